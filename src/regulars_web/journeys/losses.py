"""Losses counted: who left, when, after what, worth how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from regulars_web.customers.words import kind_words
from regulars_web.home.addresses import card_address
from regulars_web.home.provenance import origins
from regulars_web.journeys import charts, words
from regulars_web.journeys.reading import ask
from regulars_web.shared import numbers
from regulars_web.shared.company import company
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Readings, Row

Context = dict[str, Any]
FEW, SHOWN = 30, 20
TOUCHES: Mapping[str, Any] = {
    "kind": gettext_lazy("Kind of touch"),
    "touchpoint": gettext_lazy("Touchpoint"),
    "channel": gettext_lazy("Channel"),
    "outcome": gettext_lazy("Outcome"),
}
HOW: Mapping[str, Any] = {
    "contract": gettext_lazy("the contract ended"),
    "departure": gettext_lazy("said good-bye"),
    "silence": gettext_lazy("fell silent"),
}


def reads(frame: Frame, touch: str) -> Readings:
    """Losses month by month, touches before them, and the most valuable of the lost (by key, never by name)."""
    return {
        "losses": ask(frame, "losses"),
        "loss_touches": ask(frame, "loss_touches", choices={"touch": touch}),
        "lost_customers": ask(frame, "lost_customers", most=SHOWN),
    }


def context(read: Readings, touch: str, names: Mapping[int, str], *, cards: bool) -> Context:
    """The parts of the page. ``names`` are of those who may be seen; ``cards`` whether they lead to their cards."""
    rows = [row for row in read["losses"].rows if row.get("month_on") is not None]
    undated = next((row for row in read["losses"].rows if row.get("month_on") is None), None)
    return {
        "unknown": read["losses"].unknown,
        "empty": not read["losses"].rows and not read["losses"].unknown,
        "notes": read["losses"].notes,
        "findings": _findings(rows, read),
        "chart": _chart(rows),
        "months": [_month_row(row) for row in reversed(rows)],
        "undated": numbers.number(undated["lost"]) if undated and undated["lost"] else "",
        "touch": touch,
        "touches": TOUCHES,
        "before": [_touch_row(row, touch) for row in read["loss_touches"].rows if row["touch"] is not None][:SHOWN],
        "before_unknown": read["loss_touches"].unknown,
        "before_notes": read["loss_touches"].notes,
        "lost": [_lost_row(row, names, cards=cards) for row in read["lost_customers"].rows],
        "origins": origins(read, "losses", "loss_touches", "lost_customers"),
    }


def _findings(rows: Sequence[Row], read: Readings) -> list[str]:
    lost = int(sum(row["lost"] for row in rows))
    if not lost:
        return [_("Nobody was lost in the period, as far as the log tells.")] if rows else []
    told = {
        "n": numbers.number(lost),
        "worth": numbers.money(sum(row["value"] or 0 for row in rows), company().settings.currency),
        "silent": numbers.number(sum(row["silent"] for row in rows)),
    }
    said = ngettext(
        "%(n)s customer was lost in the period, worth %(worth)s in the year up to the last order.",
        "%(n)s customers were lost in the period; together they were worth %(worth)s in the year up to their last "
        "order. %(silent)s of them just fell silent.",
        lost,
    )
    found = [said % told]
    real = [row for row in read["loss_touches"].rows if row.get("real_difference") and row["difference"] > 0]
    if real:
        row = real[0]
        told = {
            "touch": row["touch"],
            "lost": words.share(row["lost_share"]),
            "stayed": words.share(row["stayed_share"]),
        }
        more = _(
            "“%(touch)s” is much more frequent among the last touches of those who left (%(lost)s) than of those who "
            "stayed (%(stayed)s)."
        )
        found.append(more % told)
    return found


def _chart(rows: Sequence[Row]) -> Context | None:
    if len(rows) < 2:
        return None
    points = [
        {
            "month": numbers.month(row["month_on"]),
            "lost": int(row["lost"]),
            "over": bool(row["complete"]),
            "text": f"{numbers.number(row['lost'])} · {words.share(row['lost_share'])}",
        }
        for row in rows
    ]
    return charts.losses(points, _("Lost customers"))


def _month_row(row: Row) -> Context:
    return {
        "month": numbers.month(row["month_on"]),
        "over": bool(row["complete"]),
        "lost": numbers.number(row["lost"]),
        "share": words.share(row["lost_share"]),
        "share_span": words.share_span(row["lost_share_low"], row["lost_share_high"]),
        "n": numbers.number(row["n"]),
        "value": numbers.money(row["value"], company().settings.currency),
        "said_so": numbers.number(row["said_so"]),
        "silent": numbers.number(row["silent"]),
        "last": row["last_touchpoint"] or kind_words(row["last_kind"]),
    }


def _touch_row(row: Row, touch: str) -> Context:
    difference = row.get("difference")
    return {
        "name": kind_words(row["touch"]) if touch == "kind" else row["touch"],
        "lost": words.share(row["lost_share"]),
        "lost_span": words.share_span(row["lost_share_low"], row["lost_share_high"]),
        "stayed": words.share(row["stayed_share"]),
        "stayed_span": words.share_span(row["stayed_share_low"], row["stayed_share_high"]),
        "difference": points(difference),
        "difference_span": points_span(row.get("difference_low"), row.get("difference_high")),
        "real": bool(row.get("real_difference")),
        "harm": bool(row.get("real_difference")) and (difference or 0) > 0,
        "few": int(row["lost_share_n"] or 0) < FEW,
    }


def _lost_row(row: Row, names: Mapping[int, str], *, cards: bool) -> Context:
    key = int(row["client_key"])
    return {
        "name": names.get(key) or "",
        "key": key,
        "address": card_address(key) if cards else "",
        "left_on": row["left_on"],
        "how": HOW.get(row["left_how"], row["left_how"]),
        "orders": numbers.number(row["orders"]),
        "value": numbers.money(row["value"], company().settings.currency),
        "last": row["last_touchpoint"] or kind_words(row["last_kind"]),
        "outcome": row["last_outcome"] or "",
        "last_on": row["last_touch_on"],
    }


def points(difference: float | None) -> str:
    """A difference of shares in percentage points, with its sign."""
    if not numbers.known(difference):
        return numbers.UNKNOWN
    value = words.plain(100 * float(difference or 0), 1)
    sign = "+" if float(difference or 0) > 0 else ""
    return pgettext("percentage points", "%(value)s pts") % {"value": f"{sign}{value}"}


def points_span(low: float | None, high: float | None) -> str:
    """Both ends of an interval of such differences; empty where there is none."""
    if not numbers.known(low) or not numbers.known(high):
        return ""
    ends = {"low": words.plain(100 * float(low or 0), 1), "high": words.plain(100 * float(high or 0), 1)}
    return _("%(low)s to %(high)s") % ends
