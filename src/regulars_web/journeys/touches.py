"""First touches of customers, and last touches before they leave or buy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from regulars_web.home.provenance import origins
from regulars_web.journeys import words
from regulars_web.journeys.lens import Lens
from regulars_web.journeys.reading import ask
from regulars_web.shared import numbers
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Readings, Row

Context = dict[str, Any]
BEFORE: Mapping[str, Any] = {
    "leaving": gettext_lazy("they leave"),
    "first order": gettext_lazy("their first order"),
    "buying": gettext_lazy("any order"),
}
MOST, FEW = 100, 30


def reads(frame: Frame, lens: Lens, before: str) -> Readings:
    """One row a step that came first, one a step that came last."""
    told = {"activity": lens.activity}
    return {
        "first": ask(frame, "first_touches", choices=told, where=lens.where, most=MOST),
        "last": ask(frame, "last_touches", choices={**told, "before": before}, where=lens.where, most=MOST),
    }


def context(read: Readings, before: str) -> Context:
    """Both tables with what they come down to."""
    return {
        "first": {
            "unknown": read["first"].unknown,
            "notes": read["first"].notes,
            "rows": [_first_row(row) for row in read["first"].rows],
            "finding": _first_finding(read["first"].rows),
        },
        "last": {
            "unknown": read["last"].unknown,
            "notes": read["last"].notes,
            "rows": [_last_row(row) for row in read["last"].rows],
            "finding": _last_finding(read["last"].rows, before),
        },
        "before": before,
        "befores": BEFORE,
        "origins": origins(read, "first", "last"),
    }


def _first_finding(rows: Sequence[Row]) -> str:
    known = [row for row in rows if numbers.known(row.get("bought_share")) and int(row["bought_share_n"]) >= FEW]
    if not rows:
        return ""
    told = {"step": rows[0]["step"], "share": words.share(rows[0]["share"]), "n": numbers.number(rows[0]["n"])}
    said = _("Customers begin most often with “%(step)s” (%(share)s of %(n)s).") % told
    if not known:
        return said
    best = max(known, key=lambda row: (float(row["bought_share_low"]), row["step"]))
    told = {
        "step": best["step"],
        "share": words.share(best["bought_share"]),
        "ends": words.share_span(best["bought_share_low"], best["bought_share_high"]),
    }
    bought = _("Of those who begin with “%(step)s”, %(share)s go on to buy (%(ends)s).") % told
    return f"{said} {bought}"


def _last_finding(rows: Sequence[Row], before: str) -> str:
    if not rows:
        return ""
    row, n = rows[0], int(rows[0]["n"])
    told = {"step": row["step"], "share": words.share(row["share"]), "n": numbers.number(n)}
    if before == "leaving":
        said = ngettext(
            "%(n)s customer has left; the last touch was “%(step)s”.",
            "Of %(n)s customers who have left, %(share)s had “%(step)s” as their last touch.",
            n,
        )
        return said % told
    said = ngettext(
        "%(n)s order; the last touch before it was “%(step)s”.",
        "Before %(n)s orders the last touch was most often “%(step)s” (%(share)s).",
        n,
    )
    return said % told


def _estimate(row: Row, name: str, n: str) -> Context:
    return {
        "value": words.share(row.get(name)),
        "span": words.share_span(row.get(f"{name}_low"), row.get(f"{name}_high")),
        "reason": row.get(f"{name}_reason") or "",
        "n": numbers.number(row.get(n)),
        "few": 0 < int(row.get(n) or 0) < FEW,
    }


def _days(row: Row) -> Context:
    return {
        "value": words.duration(_seconds(row.get("median_days"))),
        "span": words.duration_span(_seconds(row.get("median_days_low")), _seconds(row.get("median_days_high"))),
    }


def _seconds(days: float | None) -> float | None:
    return float(days) * words.DAY if numbers.known(days) and days is not None else None


def _first_row(row: Row) -> Context:
    return {
        "name": row["step"],
        "count": numbers.number(row["customers"]),
        "share": _estimate(row, "share", "n"),
        "bought": _estimate(row, "bought_share", "bought_share_n"),
        "days": _days(row),
    }


def _last_row(row: Row) -> Context:
    return {
        "name": row["step"],
        "count": numbers.number(row["count"]),
        "share": _estimate(row, "share", "n"),
        "followed": _estimate(row, "followed_share", "followed_share_n"),
        "days": _days(row),
    }
