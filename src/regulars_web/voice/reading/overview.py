"""The overview's parts: readings in, what templates show out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from regulars.surveys.parts import said
from regulars.surveys.publishing import surveys
from regulars_web.accounts.permissions import holds
from regulars_web.home.addresses import with_group
from regulars_web.home.provenance import origins
from regulars_web.home.writing import span as days_words
from regulars_web.shared import numbers
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Readings, Row
from regulars_web.voice.models_reading import FollowUp
from regulars_web.voice.reading import charts, words
from regulars_web.voice.reading.findings import Ground, findings, new_theme
from regulars_web.voice.reading.things import things

Context = dict[str, Any]
MOST_ROWS = 12
SPLIT_NAMES: Mapping[str, Any] = {
    "group": gettext_lazy("By group"),
    "customer_type": gettext_lazy("By type of customer"),
    "touchpoint": gettext_lazy("By touchpoint"),
    "branch": gettext_lazy("By branch"),
    "employee": gettext_lazy("By employee"),
}
TRENDS: Mapping[str, tuple[Any, str, float, tuple[float, float]]] = {
    "nps_trend": (gettext_lazy("Would they recommend us? (NPS)"), "nps", 1.0, (-100.0, 100.0)),
    "csat_trend": (gettext_lazy("Satisfied customers"), "share", 100.0, (0.0, 100.0)),
    "ces_trend": (gettext_lazy("Customers who found it easy"), "share", 100.0, (0.0, 100.0)),
}


def ground_of(frame: Frame, read: Readings) -> Ground:
    """What sentences look at: the readings, and which poor answers have no follow-up yet."""
    poor = read["poor"].rows
    followed = set(FollowUp.objects.values_list("answer", flat=True)) if poor else set()
    waiting = tuple(row for row in poor if row["interaction_id"] not in followed)
    return Ground(frame, read, waiting, len(poor))


def now_context(frame: Frame, read: Readings, user: Any, group: str) -> Context:
    """Sentences, three things, and the numbers beside them."""
    ground = ground_of(frame, read)
    do = [
        {
            "place": place,
            "thing": thing,
            "address": with_group(thing.address, group) if holds(user, thing.permission) else "",
        }
        for place, thing in enumerate(things(ground), start=1)
    ]
    names = ("nps", "nps_trend", "csat", "ces", "response", "drivers", "reviews")
    return {
        "findings": findings(ground),
        "things": do,
        "figures": figures(read),
        "origins": origins(read, *names),
    }


def figures(read: Readings) -> list[Context]:
    """The scores as numbers: recommendation, satisfaction, effort, response, bad reviews, time to a follow-up."""
    found = [_nps_figure(read["nps"])]
    found += [_share_figure(read[name], title) for name, title in (("csat", _("Satisfied")), ("ces", _("Easy")))]
    found.append(_closing_figure())
    return [one for one in found if one]


def _nps_figure(reading: Reading) -> Context | None:
    row = reading.only
    if not row or not row.get("n"):
        return None
    told = {"name": _("Recommendation (NPS)"), **words.nps_cells(row)}
    if numbers.known(row.get("nps_rebased")):
        value, ends = (
            words.plain(row["nps_rebased"]),
            words.span(row.get("nps_rebased_low"), row.get("nps_rebased_high")),
        )
        told["more"] = _("%(value)s (%(ends)s) re-weighted to all customers") % {"value": value, "ends": ends}
    return told


def _share_figure(reading: Reading, title: str) -> Context | None:
    rows = [row for row in reading.rows if row.get("n")]
    if not rows:
        return None
    row = max(rows, key=lambda one: int(one["n"]))
    n = int(row["n"])
    return {
        "name": title,
        "value": words.share(row.get("share")),
        "interval": words.share_span(row.get("share_low"), row.get("share_high")),
        "n": numbers.number(n),
        "reason": row.get("share_reason") or "",
        "few": n < words.FEW,
        "more": "",
    }


def _closing_figure() -> Context | None:
    """The median time from a poor answer to the first reply or closing."""
    waited = [one.waited for one in FollowUp.objects.all() if one.waited is not None]
    if not waited:
        return None
    days = median(one.total_seconds() for one in waited) / 86_400
    n = len(waited)
    return {
        "name": _("From answer to follow-up"),
        "value": days_words(max(days, 0.0)) if days >= 1 else _("within a day"),
        "interval": _("median"),
        "n": numbers.number(n),
        "reason": "",
        "few": n < words.FEW,
        "more": "",
    }


def evidence_context(frame: Frame, read: Readings, user: Any, group: str) -> Context:
    """Kinds of evidence side by side, never added up; and the surveys."""
    kinds = {row["evidence"]: row for row in read["evidence"].rows}
    rows = [
        {"name": name, "tells": words.EVIDENCE_TELLS[kind], "row": kinds.get(kind)}
        for kind, name in words.EVIDENCE.items()
    ]
    language = (get_language() or "en")[:2]
    titles = {one.key: said(one.title, language) for one in surveys(frame.workspace, retired=True)}
    return {"kinds": rows, "surveys": [_survey(row, read, titles) for row in read["surveys"].rows]}


def _survey(row: Row, read: Readings, titles: Mapping[str, str]) -> Context:
    score = read["nps"].where("survey", row["survey"])
    asked = read["response"].where("survey", row["survey"])
    response = None
    if asked.get("response_share") is not None:
        response = {
            "value": words.share(asked["response_share"]),
            "interval": words.share_span(asked.get("response_share_low"), asked.get("response_share_high")),
            "invited": numbers.number(asked["invited"]),
        }
    title = titles.get(row["survey"]) or row["survey"]
    return {"row": row, "title": title, "nps": words.nps_cells(score) if score.get("n") else None, "response": response}


def trend_context(frame: Frame, read: Readings, user: Any, group: str) -> Context:
    """One chart a score that has at least two periods."""
    shown = [one for name in TRENDS if (one := _trend(read[name], *TRENDS[name], name))]
    return {"trends": shown, "origins": origins(read, *TRENDS)}


def _trend(
    reading: Reading, title: Any, column: str, times: float, domain: tuple[float, float], name: str
) -> Context | None:
    rows = [_point(row, column, times) for row in reading.rows if row.get(column) is not None]
    if len(rows) < 2:
        return None
    real = [row for row in rows if row["real"]]
    return {
        "name": name,
        "title": title,
        "rows": rows,
        "chart": charts.trend(rows, str(title), domain=domain),
        "words": _trend_words(rows, real),
    }


def _point(row: Row, column: str, times: float) -> Row:
    low, high = row.get(f"{column}_low"), row.get(f"{column}_high")
    known = low is not None and high is not None
    value, n = row[column] * times, int(row.get("n") or 0)
    ends = words.span(low * times, high * times) if known else ""
    change = row.get("change")
    return {
        "when": numbers.month(row["period_on"]),
        "value": value,
        "low": low * times if known else value,
        "high": high * times if known else value,
        "shown": words.plain(value),
        "ends": ends,
        "n": numbers.number(n),
        "few": n < words.FEW,
        "real": bool(row.get("real_change")),
        "text": f"{words.plain(value)} ({ends})" if ends else words.plain(value),
        "change": words.plain(change * times) if change is not None and row.get("real_change") else "",
    }


def _trend_words(rows: Sequence[Row], real: Sequence[Row]) -> str:
    told = {"when": rows[-1]["when"], "text": rows[-1]["text"], "n": rows[-1]["n"]}
    last = _("In the period from %(when)s: %(text)s, n = %(n)s.") % told
    if not real:
        none = _("No change between periods is larger than chance allows.")
        return f"{last} {none}"
    moved = ngettext(
        "%(n)s change is real; its point is filled.", "%(n)s changes are real; their points are filled.", len(real)
    ) % {"n": numbers.number(len(real))}
    return f"{last} {moved}"


def splits_context(frame: Frame, read: Readings, user: Any, group: str) -> Context:
    """One table a split that has at least two values."""
    tables = [one for name in SPLIT_NAMES if (one := _split(read.get(f"by_{name}", Reading()), name))]
    return {"tables": tables, "origins": origins(read, *(f"by_{name}" for name in SPLIT_NAMES))}


def _split(reading: Reading, name: str) -> Context | None:
    rows = sorted((row for row in reading.rows if row.get("n")), key=lambda row: -int(row["n"]))
    if len(rows) < 2:
        return None
    shown = [
        {"label": words.label(row[name]), "group": row.get("key", ""), **words.nps_cells(row)}
        for row in rows[:MOST_ROWS]
    ]
    return {"name": name, "title": SPLIT_NAMES[name], "rows": shown, "more": len(rows) - len(shown)}


def fresh_context(frame: Frame, read: Readings, user: Any, group: str) -> Context:
    """The sentence about the largest new theme, where there is one."""
    return {"finding": new_theme(Ground(frame, read)), "origins": origins(read, "themes")}


CONTEXTS: Mapping[str, Callable[[Frame, Readings, Any, str], Context]] = {
    "now": now_context,
    "fresh": fresh_context,
    "evidence": evidence_context,
    "trend": trend_context,
    "splits": splits_context,
}
