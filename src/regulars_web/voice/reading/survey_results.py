"""The page of one survey: what each part reads, and what its template shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.engines.connection import quoted
from regulars.measures.intervals import share_estimate
from regulars.measures.scores.audience import EMPLOYEES, PARTNERS
from regulars_web.home.provenance import origins
from regulars_web.shared import numbers
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Readings, Row
from regulars_web.voice.reading import in_confidence, sql, words
from regulars_web.voice.reading.frame import ask, ask_rows
from regulars_web.voice.reading.wording import Wording

Context = dict[str, Any]
FEWEST_COLLEAGUES = 5
SCORES: Mapping[str, Any] = {
    "nps": gettext_lazy("Recommendation (NPS)"),
    "enps": gettext_lazy("Colleagues would recommend us as an employer (eNPS)"),
    "partner_nps": gettext_lazy("Partners would recommend working with us (NPS)"),
    "csat": gettext_lazy("Satisfied customers"),
    "ces": gettext_lazy("Customers who found it easy"),
}
# What a recommendation is called where others than customers are asked.
OWN_SCORES: Mapping[str, str] = {EMPLOYEES: "enps", PARTNERS: "partner_nps"}
OWN_RATINGS: Mapping[str, str] = {EMPLOYEES: "employee_ratings", PARTNERS: "partner_ratings"}
WHAT: Mapping[str, Any] = {
    "customer_type": gettext_lazy("Type of customer"),
    "segment": gettext_lazy("Segment"),
    "orders": gettext_lazy("Orders"),
    "spend": gettext_lazy("Spend"),
    "recency_days": gettext_lazy("Days since the last order"),
}
LEVELS: Mapping[str, Any] = {
    "promoters": gettext_lazy("9 and 10"),
    "passives": gettext_lazy("7 and 8"),
    "detractors": gettext_lazy("0 to 6"),
    "satisfied": gettext_lazy("satisfied"),
    "easy": gettext_lazy("easy"),
    "neutral": gettext_lazy("in between"),
    "dissatisfied": gettext_lazy("dissatisfied"),
    "difficult": gettext_lazy("difficult"),
}
WAYS: Sequence[tuple[str, Any, Any]] = (
    ("", gettext_lazy("As answered"), gettext_lazy("Every answer counts once.")),
    (
        "nps_weighted",
        gettext_lazy("Weighted"),
        gettext_lazy("Each answer counts as much as the survey's own weights say."),
    ),
    (
        "_rebased",
        gettext_lazy("Re-weighted to all customers"),
        gettext_lazy("Answers are weighted so that types and worth of customers stand as they do among all customers."),
    ),
)


def scores(frame: Frame, survey: str) -> Readings:
    """Response, the survey's first kind of score three ways, and every rating."""
    if in_confidence.is_inner(frame, survey):
        return _scores_in_confidence(frame, survey)
    here = f"survey = {quoted(survey)}"
    found = {row["kind"] for row in ask_rows(frame, sql.kinds_of(survey, frame.first, frame.last)).rows}
    name = next((kind for kind in ("nps", "csat", "ces") if kind in found), "")
    return {
        "response": ask(frame, "response"),
        "score": ask(frame, name, by=("question",), where=here) if name else Reading(),
        "ratings": ask(frame, "ratings", where=here),
    }


def _scores_in_confidence(frame: Frame, survey: str) -> Readings:
    """The same of answers given in confidence: in whole waves, of the whole company and of all surveys, never narrowed.

    A rating of a survey is a question of that survey, so it is picked and not narrowed.
    """
    audiences = in_confidence.audiences(frame, survey)
    whose = next(iter(sorted(audiences)))
    asked = {row["kind"] for row in in_confidence.everybody(frame, sql.said_in_confidence(survey, frame.last))
             if row["survey"] == survey}  # fmt: skip
    ratings = ask(frame, OWN_RATINGS[whose], everybody=True)
    return {
        "response": ask(frame, "response", everybody=True),
        "score": ask(frame, OWN_SCORES[whose], everybody=True) if "nps" in asked else Reading(),
        "ratings": replace(ratings, rows=[row for row in ratings.rows if row["survey"] == survey]),
    }


def questions(frame: Frame, survey: str) -> Readings:
    """Distributions, languages and versions."""
    inner = in_confidence.is_inner(frame, survey)
    return {
        "distributions": in_confidence.distributions(frame, survey)
        if inner
        else ask_rows(frame, sql.distributions(survey, frame.first, frame.last)),
        "languages": ask_rows(frame, sql.by_language(survey, frame.first, frame.last)),
        "versions": in_confidence.versions(frame, survey) if inner else ask_rows(frame, sql.versions(survey)),
    }


def silent(frame: Frame, survey: str) -> Readings:
    """Those who did not answer."""
    return {"nonresponse": ask(frame, "nonresponse")}


PARTS: Mapping[str, Callable[[Frame, str], Readings]] = {"scores": scores, "questions": questions, "silent": silent}


def scores_context(read: Readings, survey: str, wording: Wording) -> Context:
    """Response in a sentence; the score three ways side by side; every rating."""
    score = read["score"]
    return {
        "response": _response(read["response"].where("survey", survey)),
        "name": SCORES.get(score.measure, ""),
        "scores": [_three_ways(row, wording, score.measure) for row in score.rows if row.get("n")],
        "ratings": [_rating(row, wording) for row in read["ratings"].rows if row.get("n")],
        "origins": origins(read, "response", "score", "ratings"),
    }


def _response(row: Row) -> Context | None:
    if not row:
        return None
    known = row.get("response_share") is not None
    return {
        "known": known,
        "value": words.share(row.get("response_share")),
        "interval": words.share_span(row.get("response_share_low"), row.get("response_share_high")),
        "invited": numbers.number(row.get("invited")),
        "answered": numbers.number(row.get("answered")),
        "open": int(row.get("open_answers") or 0),
        "value_share": words.share(row.get("value_share")) if row.get("value_share") is not None else "",
        "reason": row.get("response_share_reason") or "",
    }


def _three_ways(row: Row, wording: Wording, measure: str) -> Context:
    n = int(row["n"])
    name = measure if measure in ("nps", *OWN_SCORES.values()) else "share"
    ways = [
        {"title": title, "explained": explained, **_cells(row, f"{name}{ending}")} for ending, title, explained in WAYS
    ]
    return {
        "question": wording.question(row["question"]) if "question" in row else SCORES[measure],
        "ways": ways,
        "n": numbers.number(n),
        "few": n < words.FEW,
        "counts": [(title, row[level], words.share(row[level] / n)) for level, title in LEVELS.items() if level in row],
    }


def _cells(row: Row, name: str) -> Context:
    if "nps" in name:
        return words.nps_cells(row, name)
    return {
        "value": words.share(row.get(name)),
        "interval": words.share_span(row.get(f"{name}_low"), row.get(f"{name}_high")),
        "reason": row.get(f"{name}_reason") or "",
    }


def _rating(row: Row, wording: Wording) -> Context:
    return {
        "question": wording.question(row["question"]),
        "scale": row.get("scale") or "",
        "mean": words.plain(row.get("mean"), 2),
        "interval": words.span(row.get("mean_low"), row.get("mean_high"), 2),
        "top": words.share(row.get("top_share")),
        "top_interval": words.share_span(row.get("top_share_low"), row.get("top_share_high")),
        "n": numbers.number(row["n"]),
        "few": row["n"] < words.FEW,
    }


def questions_context(read: Readings, survey: str, wording: Wording) -> Context:
    """One table a question, with the share of each value and its interval."""
    rows = read["distributions"].rows
    grouped = [_distribution(key, list(each), wording) for key, each in groupby(rows, key=lambda row: row["question"])]
    grouped.sort(key=lambda one: (wording.place(one["key"]), one["key"]))
    return {
        "questions": grouped,
        "languages": [_language(row) for row in read["languages"].rows],
        "versions": read["versions"].rows,
        "notes": read["distributions"].notes,
    }


def _distribution(key: str, rows: list[Row], wording: Wording) -> Context:
    answered = int(rows[0]["answered"])
    ranked = rows[0]["choice"] is not None and rows[0]["score"] is not None
    if ranked:
        rows = _first_places(rows)
    elif len(rows) > 12:
        rows = _fewer(rows)
    part = share_estimate([row["n"] for row in rows], [answered] * len(rows), nobody="")
    return {
        "key": key,
        "question": wording.question(key),
        "answered": answered,
        "chosen": rows[0]["choice"] is not None and not ranked,
        "ranked": ranked,
        "rows": [
            {
                "label": _value(row, wording),
                "told": _place_words(row),
                "n": row["n"],
                "share": words.share(part.value[place]),
                "interval": words.share_span(part.low[place], part.high[place]),
                "width": round(float(part.value[place]) * 100, 1),
            }
            for place, row in enumerate(rows)
        ],
    }


def _first_places(rows: list[Row]) -> list[Row]:
    """Of a question that puts options in order: how many gave each the first place, and which place on average."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["choice"], []).append(row)
    return sorted((_first_place(given) for given in found.values()), key=lambda row: (-row["n"], row["mean_place"]))


def _first_place(given: list[Row]) -> Row:
    placed = sum(row["n"] for row in given)
    mean = sum(row["score"] * row["n"] for row in given) / placed
    first = sum(row["n"] for row in given if row["score"] == 1)
    return {**given[0], "n": first, "placed": placed, "mean_place": mean}


def _place_words(row: Row) -> str:
    """Which place an option was given, and by how many; empty where nothing was put in order."""
    if "mean_place" not in row:
        return ""
    told = {"n": numbers.number(row["placed"]), "place": words.plain(row["mean_place"], 1)}
    return _("place %(place)s on average, n = %(n)s") % told


def _fewer(rows: list[Row]) -> list[Row]:
    """A wide scale in ten steps of equal width, so that it can be read."""
    low, high = rows[0]["low"], rows[0]["high"]
    if low is None or high is None or high <= low or rows[0]["score"] is None:
        return sorted(rows, key=lambda row: -row["n"])[:12]
    step = (high - low) / 10
    found: dict[int, int] = {}
    for row in rows:
        place = min(int((row["score"] - low) / step), 9)
        found[place] = found.get(place, 0) + row["n"]
    return [
        {**rows[0], "from": low + place * step, "to": low + (place + 1) * step, "n": n}
        for place, n in sorted(found.items())
    ]


def _value(row: Row, wording: Wording) -> str:
    if "from" in row:
        return words.span(row["from"], row["to"])
    if row["choice"] is not None:
        return wording.option(row["question"], row["choice"])
    label = wording.label(row["question"], row["score"])
    value = words.plain(row["score"], 0 if float(row["score"]).is_integer() else 1)
    return _("%(value)s: %(label)s") % {"value": value, "label": label} if label else value


def _language(row: Row) -> Context:
    n = int(row["scored"] or 0)
    told = {"language": row["language"] or "", "n": row["n"], "texts": int(row["texts"] or 0), "good": "", "poor": ""}
    if n:
        part = share_estimate([row["good"], row["poor"]], [n, n], nobody="")
        told |= {
            name: f"{words.share(part.value[place])} ({words.share_span(part.low[place], part.high[place])})"
            for place, name in enumerate(("good", "poor"))
        }
    return told


def silent_context(read: Readings, survey: str, wording: Wording) -> Context:
    """How those who did not answer differ from those who did."""
    reading: Reading = read["nonresponse"]
    rows = [row for row in reading.rows if row.get("survey", survey) == survey]
    return {"rows": [_silent(row) for row in rows], "unknown": reading.unknown, "origins": origins(read, "nonresponse")}


def _silent(row: Row) -> Context:
    low, high = row.get("difference_low"), row.get("difference_high")
    real = low is not None and high is not None and (low > 0 or high < 0)
    name, colon, value = str(row.get("what") or "").partition(": ")
    shares = bool(colon)
    times, places = (100, 0) if shares else (1, 2 if abs(row.get("answered_mean") or 0) < 10 else 0)

    def shown(column: str) -> str:
        known = row.get(column)
        return words.plain(None if known is None else known * times, places)

    return {
        "what": _("%(what)s: %(value)s, per cent") % {"what": WHAT.get(name, name), "value": value}
        if shares
        else str(WHAT.get(name, name)),
        "answered": shown("answered_mean"),
        "answered_n": numbers.number(row.get("answered_n")),
        "silent_n": numbers.number(row.get("silent_n")),
        "silent": shown("silent_mean"),
        "difference": shown("difference"),
        "interval": words.span(low * times, high * times, places) if low is not None and high is not None else "",
        "real": real,
        "reason": row.get("difference_reason") or "",
    }


CONTEXTS: Mapping[str, Callable[[Readings, str, Wording], Context]] = {
    "scores": scores_context,
    "questions": questions_context,
    "silent": silent_context,
}
