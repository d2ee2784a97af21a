"""Kept or loyal, as the page shows it: standings of all and of each group, and whom to talk to first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.errors import MeasureError
from regulars.groups.errors import GroupError
from regulars.groups.publishing import groups, members
from regulars.log.search_index import newest_names
from regulars.measures.loyalty.expressions import UNTOLD
from regulars_web.home.charts import SCHEMA
from regulars_web.shared import numbers, trail
from regulars_web.shared.frame import Frame

STANDING_WORDS: Mapping[str, Any] = {
    "locked in": gettext_lazy("Locked in"),
    "loyal": gettext_lazy("Loyal"),
    "indifferent": gettext_lazy("Indifferent"),
    "unknown": gettext_lazy("Unknown"),
    "all": gettext_lazy("All who came back"),
}
STANDING_HELPS: Mapping[str, Any] = {
    "locked in": gettext_lazy("a contract, no other supplier, or the cost of changing keeps them"),
    "loyal": gettext_lazy("free to go, and satisfied"),
    "indifferent": gettext_lazy("free to go, and not satisfied"),
    "unknown": gettext_lazy("nobody knows whether they are free to go, or whether they are satisfied"),
    "all": gettext_lazy("customers with an order in the period, on a later day than their first"),
}
KEEPER_WORDS: Mapping[str, Any] = {
    "contract": gettext_lazy("contract"),
    "no alternative": gettext_lazy("no alternative"),
    "switching cost": gettext_lazy("switching cost"),
}
COLOURS = {"locked in": "--second", "loyal": "--accent", "indifferent": "--harm", "unknown": "--line"}
MOST_GROUPS, MOST_CUSTOMERS = 12, 12


@dataclass(frozen=True)
class Standing:
    """One standing, written. ``taken`` is what a newcomer could take, empty where unknown."""

    name: str
    words: str
    help: str
    customers: int
    share: str
    interval: str
    revenue: Any
    taken: str
    taken_interval: str
    taken_reason: str
    row: Mapping[str, Any]


def untold_of(said: Mapping[str, str]) -> str:
    """What customers count as of whom no terms are told, as the address asks."""
    return said["untold"] if said.get("untold") in UNTOLD.allowed else UNTOLD.default


def standings(frame: Frame, untold: str, inside: frozenset[int] | None = None) -> tuple[list[Standing], str]:
    """The five rows of the measure, or why there are none; ``inside`` are other customers than the frame's."""
    try:
        found = frame.workspace.measure(
            "kept_or_loyal",
            as_of=frame.newest,
            from_on=frame.first,
            to_on=frame.last,
            members=frame.members if inside is None else inside,
            choices={UNTOLD.name: untold},
        )
    except MeasureError as error:
        return [], str(error)
    currency = frame.workspace.settings.currency
    return [_standing(row, currency) for row in found.to_arrow().to_pylist()], " ".join(found.notes)


def by_group(frame: Frame, untold: str) -> list[tuple[str, str, list[Standing]]]:
    """(key, name, standings) of every group in force with somebody who came back."""
    found = []
    for one in groups(frame.workspace)[:MOST_GROUPS]:
        try:
            inside = frozenset(members(frame.workspace, one.key, as_of=frame.newest))
        except GroupError:
            continue
        rows, _why = standings(frame, untold, inside)
        if rows:
            found.append((one.key, one.name, rows))
    return found


def chart(rows: Sequence[tuple[str, Sequence[Standing]]]) -> dict[str, Any]:
    """One bar for each group: how its returning customers stand."""
    parts = [
        {
            "group": name,
            "standing": one.words,
            "order": place,
            "share": one.row["share"] or 0.0,
            "text": _("%(count)s customers, %(share)s") % {"count": numbers.number(one.customers), "share": one.share},
        }
        for name, listed in rows
        for place, one in enumerate(listed)
        if one.name != "all"
    ]
    names = [str(STANDING_WORDS[name]) for name in COLOURS]
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": {"step": 30},
        "data": {"values": parts},
        "mark": {"type": "bar", "height": 18},
        "encoding": {
            "y": {
                "field": "group",
                "type": "nominal",
                "sort": None,
                "axis": {"title": None, "labelLimit": 130, "domain": False, "ticks": False},
            },
            "x": {
                "field": "share",
                "type": "quantitative",
                "stack": "zero",
                "scale": {"domain": [0, 1]},
                "axis": {"title": None, "format": ".0%", "tickCount": 5},
            },
            "color": {
                "field": "standing",
                "type": "nominal",
                "scale": {"domain": names, "range": list(COLOURS.values())},
                "legend": {"title": None, "orient": "top", "columns": 2},
            },
            "order": {"field": "order", "type": "quantitative"},
            "tooltip": [{"field": "standing", "title": ""}, {"field": "text", "title": " "}],
        },
    }


def whom_to_talk_to(frame: Frame, untold: str, user: Any) -> list[dict[str, Any]]:
    """Customers a newcomer could take, by what they spend; names are shown and written to the trail."""
    try:
        found = frame.workspace.measure(
            "customer_loyalty",
            as_of=frame.newest,
            from_on=frame.first,
            to_on=frame.last,
            members=frame.members,
            choices={UNTOLD.name: untold},
        )
    except MeasureError:
        return []
    rows = [row for row in found.to_arrow().slice(0, MOST_CUSTOMERS).to_pylist() if row["open_to_others"]]
    names = newest_names(frame.workspace, [row["client_key"] for row in rows]) if rows else {}
    if rows:
        trail.note(user, "names shown", measure="customer_loyalty", rows=len(rows))
    return [
        {
            **row,
            "name": names.get(row["client_key"]) or _("no name known"),
            "standing_words": STANDING_WORDS[row["standing"]],
            "keepers": _keepers(row["locked_by"]),
        }
        for row in rows
    ]


def _keepers(locked_by: str | None) -> str:
    return ", ".join(str(KEEPER_WORDS.get(one, one)) for one in (locked_by or "").split(", ") if one)


def _standing(row: Mapping[str, Any], currency: str) -> Standing:
    taken, low, high = (row[f"could_take{end}"] for end in ("", "_low", "_high"))
    return Standing(
        name=row["standing"],
        words=str(STANDING_WORDS[row["standing"]]),
        help=str(STANDING_HELPS[row["standing"]]),
        customers=row["customers"],
        share=numbers.percent(row["share"]),
        interval=_between(numbers.percent(row["share_low"]), numbers.percent(row["share_high"])),
        revenue=row["revenue"],
        taken=numbers.money(taken, currency),
        taken_interval="" if low is None else _between(numbers.money(low, currency), numbers.money(high, currency)),
        taken_reason=row["could_take_reason"] or "",
        row=row,
    )


def _between(low: str, high: str) -> str:
    return _("%(low)s to %(high)s") % {"low": low, "high": high}
