"""Answered questions, seen through a scope: who said what, where, about what.

Surveys, reviews, interviews and mystery visits are kinds of their own and never mixed: a measure names the one it
reads. Employees' and partners' answers are kept apart from customers' in the same way.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from regulars.errors import MeasureError
from regulars.measures.clients import current_clients
from regulars.measures.conditions import column_names, parse_condition, unknown_column
from regulars.measures.purchases import in_period
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope
from regulars.measures.scores.audience import with_audience
from regulars.measures.scores.levels import is_usable, level
from regulars.measures.scores.taken_back import without_taken_back

ANSWER, REVIEW = "answer", "review"
REMIND = "remind"

# Columns of answers that a question may be split or narrowed by, and those that measures read.
OF_ANSWERS = ("survey", "question", "score", "scale_min", "scale_max", "choice", "language", "weight")
_DUPLICATE_IN_JSON = '"duplicate":true'


def answered(log: LogTables, scope: Scope, *, listened: str = ANSWER) -> ir.Table:
    """Answers to questions in the period that meet ``where``, whoever gave them; those taken back are left out.

    Grain    one row per answer to one question, of interactions of kind ``listened``
    Columns  those of interactions · survey, question, score, scale_min, scale_max, choice, language, weight ·
             answer_kind · duplicate: marked as a likely repeat · usable: the score lies on a scale that can be read ·
             level: see levels.py · audience: see audience.py · columns of clients that ``by`` or ``where`` name
    Empty    no answers, no rows
    Raises   MeasureError for an unknown column or a condition that cannot be read
    """
    touched = log.interactions.filter(log.interactions.occurred_on <= ibis.literal(scope.last_on))
    touched = in_period(touched.filter(touched.kind == listened), scope)
    rows = with_clients(judged(touched, log), log, scope, named_columns(log, scope))
    return rows.filter(parse_condition(scope.where, rows)) if scope.where else rows


def judged(touched: ir.Table, log: LogTables) -> ir.Table:
    """All answers of interactions, each with whose it is and how good: what measures and pages count from.

    Grain    one row per answer to one question
    Columns  those of ``touched`` · OF_ANSWERS · answer_kind · said: own words · duplicate · usable · level · audience
    """
    given = log.answers.select("interaction_id", *OF_ANSWERS, answer_kind=log.answers.kind, said=log.answers.text)
    rows = without_taken_back(touched, log).join(given, "interaction_id")
    rows = rows.mutate(
        duplicate=is_duplicate(rows), usable=is_usable(rows, rows.answer_kind), level=level(rows, rows.answer_kind)
    )
    return with_audience(rows, log)


def named_columns(log: LogTables, scope: Scope) -> list[str]:
    """Columns that ``by`` and ``where`` name, each checked to exist and to be fit for splitting."""
    known = list(dict.fromkeys([*log.interactions.columns, *OF_ANSWERS, *log.clients.columns]))
    for name in scope.by:
        if name not in known:
            raise unknown_column(name, known)
        if name in ("client_key", "interaction_id"):
            raise MeasureError(f"A result cannot be split by {name}: single answers are on the customer's card.")
    return list(dict.fromkeys([*scope.by, *(column_names(scope.where, known) if scope.where else ())]))


def client_columns(log: LogTables, names: list[str] | tuple[str, ...]) -> list[str]:
    """Those of the names that are columns of clients alone."""
    others = {*log.interactions.columns, *OF_ANSWERS}
    return [name for name in names if name in log.clients.columns and name not in others]


def with_clients(rows: ir.Table, log: LogTables, scope: Scope, named: list[str]) -> ir.Table:
    """``rows`` with client_kind and the named columns of their clients; null for guests and for what is not known."""
    wanted = client_columns(log, named)
    known = current_clients(log.clients, [*wanted, "kind"]).rename(known_key="client_key", client_kind="kind")
    both = rows.left_join(known, rows.client_key == known.known_key)
    return both.select(rows, *(known[name] for name in (*wanted, "client_kind")))


def is_duplicate(rows: ir.Table) -> ir.BooleanValue:
    """Whether the questionnaire was marked as a likely repeat of another one."""
    return rows.properties.replace(" ", "").contains(_DUPLICATE_IN_JSON).fill_null(False)
