"""What of an answer counts as good, middling or bad: the one place that says so, for measures and pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

NPS_SCALE = (0, 10)
PROMOTER_FROM, PASSIVE_FROM = 9, 7
GOOD, MIDDLING, BAD = 1, 0, -1


@dataclass(frozen=True)
class Cut:
    """Good from ``good_from`` of so many parts of the way up the scale, bad up to ``bad_to`` of them."""

    parts: int
    good_from: int
    bad_to: int


# Three quarters of the way: 4 and 5 of five, 6 and 7 of seven, 8 to 10 of ten. Two thirds: 5 to 7 of seven.
QUARTERS, THIRDS = Cut(4, 3, 1), Cut(3, 2, 1)
CUTS: Mapping[str, Cut] = {"csat": QUARTERS, "rating": QUARTERS, "ces": THIRDS}
SCORED = ("nps", *CUTS)


def is_usable(rows: ir.Table, kind: ir.StringValue) -> ir.BooleanValue:
    """Whether an answer has a score on a scale that can be read: 0 to 10 for nps, else two ends around the score."""
    return ((kind == "nps").ifelse(_on_nps_scale(rows), on_its_scale(rows)) & kind.isin(SCORED)).fill_null(False)


def level(rows: ir.Table, kind: ir.StringValue) -> ir.IntegerValue:
    """GOOD, MIDDLING or BAD, by the kind of question; null for kinds without a score.

    A score between two steps belongs to the lower one: a recommendation of 6.5 is no passive's.
    """
    parts = [(kind == name, _by_cut(rows, cut)) for name, cut in CUTS.items()]
    nps = ibis.cases((rows.score >= PROMOTER_FROM, GOOD), (rows.score >= PASSIVE_FROM, MIDDLING), else_=BAD)
    return ibis.cases((kind == "nps", nps), *parts, else_=ibis.null("int8")).cast("int64")


def on_its_scale(rows: ir.Table) -> ir.BooleanValue:
    """Whether the scale has two ends and the score lies between them."""
    return (rows.scale_min < rows.scale_max) & rows.score.between(rows.scale_min, rows.scale_max)


def position(rows: ir.Table) -> ir.FloatingValue:
    """Where on its scale a score lies, from 0 to 100."""
    return 100.0 * (rows.score - rows.scale_min) / (rows.scale_max - rows.scale_min)


def _on_nps_scale(rows: ir.Table) -> ir.BooleanValue:
    low, high = NPS_SCALE
    stated = (rows.scale_min.fill_null(low) == low) & (rows.scale_max.fill_null(high) == high)
    return stated & rows.score.between(low, high)


def _by_cut(rows: ir.Table, cut: Cut) -> ir.IntegerValue:
    way, whole = cut.parts * (rows.score - rows.scale_min), rows.scale_max - rows.scale_min
    return ibis.cases((way >= cut.good_from * whole, GOOD), (way <= cut.bad_to * whole, BAD), else_=MIDDLING)
