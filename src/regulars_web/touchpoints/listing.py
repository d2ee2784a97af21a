"""The list of touchpoints: the register beside what was measured, most money at stake first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from regulars.touchpoints.parts import Hole, Promise, Touchpoint
from regulars_web.shared import numbers
from regulars_web.shared.readings import Readings, Row
from regulars_web.touchpoints import staking, words

Context = dict[str, Any]
HOLES: Mapping[str, Any] = {
    "no owner": gettext_lazy("nobody"),
    "no standard": gettext_lazy("no standard"),
    "nobody confirmed": gettext_lazy("standard not read"),
    "no promise": gettext_lazy("no promise"),
    "no traffic": gettext_lazy("no touches"),
}


def list_context(
    registered: Sequence[Touchpoint], promises: Sequence[Promise], holes: Sequence[Hole], read: Readings
) -> Context:
    """Rows of the register, with most at stake first; before that is counted, with most touches first."""
    measured = {row["touchpoint"]: row for row in read["touchpoints"].rows}
    stakes: dict[str, list[Row]] = {}
    for row in read["stake"].rows if "stake" in read else ():
        stakes.setdefault(row["touchpoint"], []).append(row)
    missing: dict[str, list[str]] = {}
    for hole in holes:
        missing.setdefault(hole.touchpoint, []).append(hole.kind)
    rows = [
        _row(one, measured.get(one.key, {}), stakes.get(one.key, []), [p for p in promises if p.touchpoint == one.key])
        | {"holes": [HOLES[kind] for kind in missing.get(one.key, ()) if kind in HOLES and kind != "no owner"]}
        for one in registered
    ]
    rows.sort(key=lambda row: row["order"])
    counted = "stake" in read
    best = next((row for row in rows if row["stake"] and row["stake"]["harm"]), None)
    return {
        "rows": rows,
        "counted": counted,
        "headline": _headline(best, counted),
        "best": best,
        "notes": read["stake"].notes if counted else (),
        "unknown": read["stake"].unknown if counted else "",
    }


def _row(touchpoint: Touchpoint, measured: Row, stakes: Sequence[Row], promises: Sequence[Promise]) -> Context:
    top = staking.worst(stakes)
    traffic = int(measured.get("traffic") or 0)
    harm = bool(top) and staking.is_harm(top)
    perhaps = bool(top) and staking.is_perhaps(top)
    money = float(top.get("at_stake") or 0.0) if harm or perhaps else 0.0
    return {
        "touchpoint": touchpoint,
        "sort": words.SORTS[touchpoint.sort],
        "traffic": numbers.number(traffic),
        "share": words.share(measured.get("share_of_traffic")),
        "kept": words.cell(measured, "kept_share", words.share, words.share_span, counted="kept_share_n"),
        "promise": words.limit_words(promises[0]) if promises else "",
        "promises": len(promises),
        "wait": words.cell(measured, "wait_median", words.length, words.length_span, counted="wait_median_n"),
        "score": words.cell(measured, "score", words.plain, words.span, counted="score_n"),
        "stake": staking.told(top) if top else None,
        "order": (not harm, not perhaps, -money, -traffic, touchpoint.called),
    }


def _headline(best: Context | None, counted: bool) -> str:
    """The finding over the list."""
    if not counted:
        return _("Where customers meet us, and what each place does")
    if best is None:
        return _("No touchpoint shows a loss that chance could not explain")
    told = {"name": best["touchpoint"].called, "money": best["stake"]["money"]}
    if not best["stake"]["sure"]:
        return _("Customers come back less often after a bad touch at “%(name)s”") % told
    return _("Most is at stake at “%(name)s”: about %(money)s of sales a year") % told


def hole_lines(holes: Sequence[Hole], names: Mapping[str, str]) -> list[Context]:
    """What is missing, by kind, with the touchpoints it is missing at."""
    titles: Mapping[str, Any] = {
        "no owner": gettext_lazy("Nobody answers for it"),
        "no standard": gettext_lazy("No written standard"),
        "nobody confirmed": gettext_lazy("Standard written, read by nobody"),
        "no promise": gettext_lazy("Nothing is promised that can be measured"),
        "no traffic": gettext_lazy("Registered, but the log shows no touch"),
    }
    found = []
    for kind, title in titles.items():
        listed = [(one.touchpoint, names.get(one.touchpoint, one.touchpoint)) for one in holes if one.kind == kind]
        if listed:
            found.append({"kind": kind, "title": title, "touchpoints": listed, "n": numbers.number(len(listed))})
    return found


def counted_words(registered: int, unregistered: int) -> str:
    """How much of what the log shows stands in the register."""
    stands = ngettext("%(n)s touchpoint is registered.", "%(n)s touchpoints are registered.", registered)
    said = stands % {"n": numbers.number(registered)}
    if not unregistered:
        return said
    more = ngettext("%(n)s more is seen in the log.", "%(n)s more are seen in the log.", unregistered)
    return f"{said} {more % {'n': numbers.number(unregistered)}}"
