"""What drivers read: the ratings and choices of filled-in questionnaires, one row an answer."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope
from regulars.measures.scores.answered import answered
from regulars.measures.scores.audience import CUSTOMERS

SCORED_KINDS = ("rating", "csat", "nps", "ces")


def ratings(log: LogTables, scope: Scope) -> ir.Table:
    """Every number given in a questionnaire; a question answered twice in one counts with the mean.

    Grain    one row per questionnaire and question; likely repeats of a questionnaire are left out
    Columns  the ``by`` columns · interaction_id · survey · question · kind · score, as given · scaled 0-100 from the
             lowest to the highest point of its scale, null where the scale is not known · who: the customer, or the
             questionnaire itself where it names none · weight, 1 where none is given
    Empty    no questionnaires with numbers, no rows
    """
    rows = _answers(log, scope)
    rows = rows.filter(rows.answer_kind.isin(SCORED_KINDS) & rows.score.notnull())
    rows = rows.mutate(scaled=(rows.score - rows.scale_min) / (rows.scale_max - rows.scale_min).nullif(0) * 100)
    grain = [*scope.by, "interaction_id", "who", "survey", "question"]
    return rows.group_by(grain, kind=rows.answer_kind).aggregate(
        score=rows.score.mean(), scaled=rows.scaled.mean(), weight=rows.weight.fill_null(1.0).max()
    )


def chosen_factors(log: LogTables, scope: Scope) -> ir.Table:
    """What was put in order, and what was chosen where a questionnaire asks what matters most.

    Grain    one row per questionnaire, question and choice
    Columns  the ``by`` columns · interaction_id · who · survey · question · choice · place from 1 in a ranking,
             else null · places int, how many could be given · weight
    """
    rows = _choices(log, scope)
    asks = rows.question.lower().contains("importan") | rows.question.lower().contains("matter")
    in_order = rows.score.notnull() & rows.scale_max.notnull()
    return _each_choice(rows.filter(asks | in_order), scope)


def kano_answers(log: LogTables, scope: Scope) -> ir.Table:
    """Both halves of Kano's question pairs: one row per questionnaire, question and choice."""
    rows = _choices(log, scope)
    return _each_choice(rows.filter(rows.question.endswith(".with") | rows.question.endswith(".without")), scope)


def _choices(log: LogTables, scope: Scope) -> ir.Table:
    rows = _answers(log, scope)
    return rows.filter((rows.answer_kind == "choice") & rows.choice.notnull())


def _each_choice(rows: ir.Table, scope: Scope) -> ir.Table:
    return rows.group_by([*scope.by, "interaction_id", "who", "survey", "question", "choice"]).aggregate(
        place=rows.score.min(), places=rows.scale_max.max(), weight=rows.weight.fill_null(1.0).max()
    )


def _answers(log: LogTables, scope: Scope) -> ir.Table:
    rows = answered(log, scope)
    # Keys and ids are positive, so a guest's questionnaire never takes a customer's place.
    rows = rows.mutate(who=ibis.coalesce(rows.client_key, -rows.interaction_id))
    ours = ~rows.duplicate & (rows.audience == CUSTOMERS)
    return rows.filter(ours & rows.survey.notnull() & rows.question.notnull())
