"""Rows of the measures about staff, as tables and sentences show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars_web.shared import numbers
from regulars_web.shared.readings import Reading, Row
from regulars_web.staff import words
from regulars_web.touchpoints.words import cell as _cell
from regulars_web.touchpoints.words import (
    length,
    length_span,
    money,
    plain,
    points,
    points_span,
    share,
    share_span,
    span,
)

Context = dict[str, Any]
Names = Mapping[str, str]
ALL = "all"
ABOVE, BELOW = "surely above", "surely below"
_ORDER = {ABOVE: 0, BELOW: 2}  # whoever is sure to do better stands first, and nobody is put up as the worst
SPREAD_LEAST = 0.05  # half the width of the drawn scale, at the least


def _prefixed(row: Row, name: str, write: Any, write_span: Any) -> Context:
    return _cell(row, name, write, write_span, counted=f"{name}_n")


# Authority ------------------------------------------------------------------------------------------------------


def authority(reading: Reading) -> Context:
    """Decisions for customers, all together first, then by kind."""
    rows = [_authority_row(row) for row in reading.rows]
    whole = next((row for row in rows if row["decision"] == ALL), None)
    kinds = [row for row in rows if row["decision"] != ALL and row["uses_n"]]
    return {
        "whole": whole if whole and whole["uses_n"] else None,
        "kinds": kinds,
        "said": _authority_said(whole) if whole and whole["uses_n"] else "",
        "notes": reading.notes,
        "unknown": reading.unknown,
    }


def _authority_row(row: Row) -> Context:
    return {
        "decision": row["decision"],
        "words": _("All decisions") if row["decision"] == ALL else words.decision_words(row["decision"]),
        "uses_n": int(row["uses"] or 0),
        "uses": numbers.number(row["uses"]),
        "within": numbers.number(row["within"]),
        "over": numbers.number(row["over_limit"]),
        "over_n": int(row["over_limit"] or 0),
        "unlimited": numbers.number(row.get("unlimited")),
        "unlimited_n": int(row.get("unlimited") or 0),
        "refused": numbers.number(row["refused"]),
        "open": numbers.number(row.get("open")),
        "asked": _prefixed(row, "asked_share", share, share_span),
        "asked_n": int(row["asked"] or 0),
        "wait": _prefixed(row, "wait", length, length_span),
        "amount": money(row["amount"]),
        "at_once": _prefixed(row, "returned_at_once", share, share_span),
        "after_asking": _prefixed(row, "returned_asked", share, share_span),
        "difference": points(row.get("returned_difference")),
        "difference_ends": points_span(row.get("returned_difference_low"), row.get("returned_difference_high")),
        "window": numbers.number(row.get("window_days")),
    }


def _authority_said(row: Context) -> str:
    """What stands over the table."""
    if not row["asked_n"]:
        said = ngettext("%(n)s decision, none of which had to be asked for.",
                        "%(n)s decisions, none of which had to be asked for.", row["uses_n"])  # fmt: skip
        return said % {"n": row["uses"]}
    said = ngettext(
        "%(share)s of %(n)s decision had to be asked for; half of those customers waited %(wait)s or longer.",
        "%(share)s of %(n)s decisions had to be asked for; half of those customers waited %(wait)s or longer.",
        row["uses_n"],
    )
    if not row["wait"]["known"]:
        said = ngettext(
            "%(share)s of %(n)s decision had to be asked for; how long customers waited is not known.",
            "%(share)s of %(n)s decisions had to be asked for; how long customers waited is not known.",
            row["uses_n"],
        )
    return said % {"share": row["asked"]["value"], "n": row["uses"], "wait": row["wait"]["value"]}


# Promises between departments -------------------------------------------------------------------------------------


def promises(reading: Reading, called: Names) -> Context:
    """Promises, the one kept least first; those of which nothing is known last."""
    rows = sorted((_promise_row(row, called) for row in reading.rows), key=lambda row: row["order"])
    return {"rows": rows, "notes": reading.notes, "unknown": reading.unknown}


def _promise_row(row: Row, called: Names) -> Context:
    known = numbers.known(row.get("kept_share"))
    return {
        "key": row["promise"],
        "name": row["name"],
        "giver": called.get(row["from"], row["from"]),
        "taker": called.get(row["to"], row["to"]),
        "within": length(row["within_seconds"]),
        "how": row.get("how") or "",
        "kept": _cell(row, "kept_share", share, share_span),
        "waiting": int(row.get("waiting") or 0),
        "median": length(row.get("median")),
        "p90": length(row.get("p90")),
        "rated_from": _prefixed(row, "rated_from", _mark, _marks),
        "rated_to": _prefixed(row, "rated_to", _mark, _marks),
        "track": f"{float(row['kept_share']) * 100:.1f}%" if known else "",
        "order": (not known, float(row["kept_share"] or 0) if known else 0.0, str(row["name"])),
    }


def _mark(value: float | None) -> str:
    return plain(value, 1)


def _marks(low: float | None, high: float | None) -> str:
    return span(low, high, 1)


# Recognition --------------------------------------------------------------------------------------------------------


def recognition(reading: Reading, names: Names, unit: str) -> Context:
    """Everybody with enough touches; those whom the log tells apart first, the others by name."""
    rows = [_recognition_row(row, names) for row in reading.rows]
    apart = [row for row in rows if row["verdict_key"] in (ABOVE, BELOW)]
    widest = max([SPREAD_LEAST, *(abs(end) for row in rows for end in row["ends"])])
    for row in rows:
        row["spread"] = _spread(row, widest)
    rows.sort(key=lambda row: row["order"])
    return {
        "rows": [row for row in rows if row["verdict_key"] != "too few"],
        "few": [row for row in rows if row["verdict_key"] == "too few"],
        "said": _recognition_said(len(apart), len(rows), unit) if rows else "",
        "apart": bool(apart),
        "unit": unit,
        "scale": points(widest),
        "notes": reading.notes,
        "unknown": reading.unknown,
    }


def _recognition_row(row: Row, names: Names) -> Context:
    verdict = str(row["verdict"] or "")
    ends = [float(row[name]) for name in ("difference_low", "difference_high") if numbers.known(row.get(name))]
    ranked = numbers.known(row.get("rank"))
    name = names.get(row["unit"], row["unit"]) or _("not said")
    return {
        "unit": row["unit"],
        "name": name,
        "touchpoint": row.get("touchpoint") or "",
        "customers": numbers.number(row["customers"]),
        "touches": numbers.number(row["touches"]),
        "returned": _prefixed(row, "returned_share", share, share_span),
        "expected": share(row.get("expected_share")),
        "difference": _prefixed(row, "difference", points, points_span),
        "score": _prefixed(row, "score", plain, span),
        "expected_score": plain(row.get("expected_score")),
        "score_difference": _prefixed(row, "score_difference", _mark, _marks),
        "verdict_key": verdict,
        "verdict": words.VERDICTS.get(verdict, verdict),
        "tone": words.VERDICT_TONES.get(verdict, ""),
        "score_verdict": words.VERDICTS.get(str(row.get("score_verdict") or ""), ""),
        "score_tone": words.VERDICT_TONES.get(str(row.get("score_verdict") or ""), ""),
        "rank": numbers.number(row["rank"]) if ranked else "",
        "value": row.get("difference"),
        "ends": ends,
        "order": (_ORDER.get(verdict, 1), int(row["rank"]) if ranked and verdict == ABOVE else 0, name.casefold()),
    }


def _spread(row: Context, widest: float) -> Context:
    """Where the dot and the ends of an interval lie on a scale from -widest to widest, in hundredths of it."""
    if len(row["ends"]) < 2 or not numbers.known(row["value"]):
        return {}
    place = lambda value: f"{50 + 48 * value / widest:.1f}%"  # noqa: E731
    low, high = row["ends"]
    return {"low": place(low), "high": place(high), "at": place(float(row["value"])), "tone": row["tone"]}


def _recognition_said(apart: int, everybody: int, unit: str) -> str:
    if not apart:
        return {
            "employee": _("The log cannot tell anybody apart from the others. Nobody is ranked."),
            "branch": _("The log cannot tell the branches apart. None is ranked."),
        }.get(unit, _("The log cannot tell the departments apart. None is ranked."))
    told = {"n": numbers.number(apart), "all": numbers.number(everybody)}
    return (
        ngettext(
            "%(n)s of %(all)s is surely unlike the others.", "%(n)s of %(all)s are surely unlike the others.", apart
        )
        % told
    )


# Pulse --------------------------------------------------------------------------------------------------------------


def pulse(reading: Reading, audience: str, called: Names) -> Context:
    """The waves of one audience, the newest first, each with its levels and departments."""
    rows = [row for row in reading.rows if row["audience"] == audience]
    waves: dict[Any, Context] = {}
    for row in rows:
        wave = waves.setdefault(row["wave_on"], {"on": row["wave_on"], "to": row.get("wave_to"), "groups": []})
        shown = _pulse_row(row, called)
        if (row.get("split") or ALL) == ALL:
            wave["whole"] = shown
        else:
            wave["groups"].append(shown)
    listed = sorted(waves.values(), key=lambda wave: (wave["on"] is not None, wave["on"]), reverse=True)
    return {"waves": [one for one in listed if one.get("whole")], "notes": reading.notes, "unknown": reading.unknown}


def _pulse_row(row: Row, called: Names) -> Context:
    split, group = row.get("split") or ALL, row.get("group") or ""
    name = words.level_words(group) if split == "level" else called.get(group, group)
    return {
        "split": split,
        "name": name or _("not said"),
        "nps": _cell(row, "nps", plain, span),
        "value": row.get("nps"),
        "low": row.get("nps_low"),
        "high": row.get("nps_high"),
        "promoters": numbers.number(row.get("promoters")),
        "passives": numbers.number(row.get("passives")),
        "detractors": numbers.number(row.get("detractors")),
    }
