"""Kinds of questions that give a score, and what of an answer counts as good, middling or bad."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope
from regulars.measures.scores.answered import ANSWER, REVIEW, Audience, answered

NPS_SCALE = (0, 10)
PROMOTER_FROM, PASSIVE_FROM = 9, 7

# What a good, a middling and a bad answer count in a score.
NET = (1.0, 0.0, -1.0)
GOOD_SHARE = (1.0, 0.0, 0.0)
BAD_SHARE = (0.0, 0.0, 1.0)


@dataclass(frozen=True)
class Asking:
    """One kind of question.

    kinds     of answers that are read
    listened  kind of the interactions that carry them
    audience  whose answers
    usable    whether an answer has a score on a scale that can be read
    level     1 good, 0 middling, -1 bad
    """

    kinds: tuple[str, ...]
    listened: str
    audience: Audience
    usable: Callable[[ir.Table], ir.BooleanValue]
    level: Callable[[ir.Table], ir.IntegerValue]

    def rows(self, log: LogTables, scope: Scope) -> ir.Table:
        """Every answer of this kind, with ``level`` and ``usable``; also those that a score leaves out."""
        rows = answered(log, scope, listened=self.listened)
        rows = rows.filter(rows.answer_kind.isin(self.kinds) & rows.score.notnull())
        return rows.mutate(usable=self.usable(rows).fill_null(False), level=self.level(rows))

    def counted(self, log: LogTables, scope: Scope) -> ir.Table:
        """The answers that the score is made of: usable, of this audience, and no likely repeats."""
        rows = self.rows(log, scope)
        return rows.filter(rows.usable & ~rows.duplicate & (rows.audience == self.audience))


def _on_nps_scale(rows: ir.Table) -> ir.BooleanValue:
    low, high = NPS_SCALE
    stated = (rows.scale_min.fill_null(low) == low) & (rows.scale_max.fill_null(high) == high)
    return stated & rows.score.between(low, high)


def _nps_level(rows: ir.Table) -> ir.IntegerValue:
    return ibis.cases((rows.score >= PROMOTER_FROM, 1), (rows.score >= PASSIVE_FROM, 0), else_=-1).cast("int64")


def on_its_scale(rows: ir.Table) -> ir.BooleanValue:
    """Whether the scale has two ends and the score lies between them."""
    return (rows.scale_min < rows.scale_max) & rows.score.between(rows.scale_min, rows.scale_max)


def position(rows: ir.Table) -> ir.FloatingValue:
    """Where on its scale a score lies, from 0 to 100."""
    return 100.0 * (rows.score - rows.scale_min) / (rows.scale_max - rows.scale_min)


def _parts(parts: int, good_from: int, bad_to: int) -> Callable[[ir.Table], ir.IntegerValue]:
    """Good from ``good_from`` of so many parts of the way up the scale, bad up to ``bad_to`` of them."""

    def level(rows: ir.Table) -> ir.IntegerValue:
        way, whole = parts * (rows.score - rows.scale_min), rows.scale_max - rows.scale_min
        return ibis.cases((way >= good_from * whole, 1), (way <= bad_to * whole, -1), else_=0).cast("int64")

    return level


# Three quarters of the way: 4 and 5 of five, 6 and 7 of seven, 8 to 10 of ten. Two thirds: 5 to 7 of seven.
by_quarters, _by_thirds = _parts(4, 3, 1), _parts(3, 2, 1)

NPS = Asking(("nps",), ANSWER, "customers", _on_nps_scale, _nps_level)
ENPS = Asking(("nps",), ANSWER, "employees", _on_nps_scale, _nps_level)
PARTNER_NPS = Asking(("nps",), ANSWER, "partners", _on_nps_scale, _nps_level)
CSAT = Asking(("csat",), ANSWER, "customers", on_its_scale, by_quarters)
CES = Asking(("ces",), ANSWER, "customers", on_its_scale, _by_thirds)
REVIEWS = Asking(("rating", "csat"), REVIEW, "customers", on_its_scale, by_quarters)
