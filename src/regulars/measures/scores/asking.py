"""Kinds of questions that give a score: which answers each reads, and whose."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir

from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope
from regulars.measures.scores.answered import ANSWER, REVIEW, answered
from regulars.measures.scores.audience import CUSTOMERS, EMPLOYEES, PARTNERS, Audience

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
    """

    kinds: tuple[str, ...]
    listened: str
    audience: Audience

    def rows(self, log: LogTables, scope: Scope) -> ir.Table:
        """Every answer of this kind, with ``level`` and ``usable``; also those that a score leaves out."""
        rows = answered(log, scope, listened=self.listened)
        return rows.filter(rows.answer_kind.isin(self.kinds) & rows.score.notnull())

    def counted(self, log: LogTables, scope: Scope) -> ir.Table:
        """The answers that the score is made of: usable, of this audience, and no likely repeats."""
        rows = self.rows(log, scope)
        return rows.filter(rows.usable & ~rows.duplicate & (rows.audience == self.audience))


NPS = Asking(("nps",), ANSWER, CUSTOMERS)
ENPS = Asking(("nps",), ANSWER, EMPLOYEES)
PARTNER_NPS = Asking(("nps",), ANSWER, PARTNERS)
CSAT = Asking(("csat",), ANSWER, CUSTOMERS)
CES = Asking(("ces",), ANSWER, CUSTOMERS)
REVIEWS = Asking(("rating", "csat"), REVIEW, CUSTOMERS)
RATED = Asking(("csat", "ces", "rating"), ANSWER, CUSTOMERS)
