"""Answered questions, seen through a scope: who said what, where, about what.

Surveys, reviews, interviews and mystery visits are kinds of their own and never mixed: a measure names the one it
reads. Employees' and partners' answers are kept apart from customers' in the same way.
"""

from __future__ import annotations

from typing import Literal

import ibis
import ibis.expr.types as ir

from regulars.errors import MeasureError
from regulars.measures.clients import current_clients
from regulars.measures.conditions import column_names, parse_condition, unknown_column
from regulars.measures.purchases import in_period
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope

Audience = Literal["customers", "employees", "partners"]

ANSWER, REVIEW = "answer", "review"
INVITE, REMIND = "invite", "remind"

# Columns of answers that a question may be split or narrowed by, and those that measures read.
OF_ANSWERS = ("survey", "question", "score", "scale_min", "scale_max", "choice", "language", "weight")
_INSIDE = ("employee", "department")
_SURVEY_IN_JSON = '"survey" *: *"([^"]*)"'
_DUPLICATE_IN_JSON = '"duplicate":true'


def answered(log: LogTables, scope: Scope, *, listened: str = ANSWER) -> ir.Table:
    """Answers to questions in the period that meet ``where``, whoever gave them.

    Grain    one row per answer to one question, of interactions of kind ``listened``
    Columns  those of interactions · survey, question, score, scale_min, scale_max, choice, language, weight ·
             answer_kind · duplicate: marked as a likely repeat · audience: customers, employees or partners; an
             answer without a client belongs to those who alone are known to be asked by its survey, else customers ·
             columns of clients that ``by`` or ``where`` name
    Empty    no answers, no rows
    Raises   MeasureError for an unknown column or a condition that cannot be read
    """
    touched = log.interactions.filter(log.interactions.occurred_on <= ibis.literal(scope.last_on))
    touched = in_period(touched.filter(touched.kind == listened), scope)
    given = log.answers.select("interaction_id", *OF_ANSWERS, answer_kind=log.answers.kind)
    rows = with_clients(touched.join(given, "interaction_id"), log, scope, named_columns(log, scope))
    rows = _with_audience(rows.mutate(duplicate=is_duplicate(rows)), log)
    return rows.filter(parse_condition(scope.where, rows)) if scope.where else rows


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


def survey_named(properties: ir.StringValue) -> ir.StringValue:
    """The survey that an interaction's properties name; null where they name none."""
    found = properties.re_extract(_SURVEY_IN_JSON, 1)
    return (found.length() > 0).ifelse(found, ibis.null("string"))


def is_duplicate(rows: ir.Table) -> ir.BooleanValue:
    """Whether the questionnaire was marked as a likely repeat of another one."""
    return rows.properties.replace(" ", "").contains(_DUPLICATE_IN_JSON).fill_null(False)


def _with_audience(rows: ir.Table, log: LogTables) -> ir.Table:
    asked = _asked_alone(log)
    both = rows.left_join(asked, rows.survey == asked.asked_survey)
    audience = ibis.cases(
        (both.client_key.notnull(), _audience_of(both.client_kind)),
        else_=ibis.coalesce(both.asked_audience, ibis.literal("customers")),
    )
    return both.select(*rows.columns, audience=audience)


def _audience_of(kind: ir.StringValue) -> ir.StringValue:
    return ibis.cases((kind.isin(_INSIDE), "employees"), (kind == "partner", "partners"), else_="customers")


def _asked_alone(log: LogTables) -> ir.Table:
    """Surveys of whose known respondents and invited people all are employees, or all are partners.

    Grain    one row per such survey
    Columns  asked_survey · asked_audience
    """
    touched = log.interactions
    answers = log.answers.select("interaction_id", "survey").distinct()
    answers = touched.join(answers, "interaction_id").select("client_key", asked_survey="survey")
    invites = touched.filter(touched.step == INVITE)
    invites = invites.select("client_key", asked_survey=survey_named(invites.properties))
    known = answers.union(invites)
    known = known.filter(known.client_key.notnull() & known.asked_survey.notnull()).distinct()
    kinds = current_clients(log.clients, ["kind"]).rename(known_key="client_key")
    both = known.left_join(kinds, known.client_key == kinds.known_key)
    both = both.select("asked_survey", audience=_audience_of(kinds.kind))
    surveys = both.group_by("asked_survey").aggregate(one=both.audience.min(), other=both.audience.max())
    surveys = surveys.filter((surveys.one == surveys.other) & (surveys.one != "customers"))
    return surveys.select("asked_survey", asked_audience=surveys.one)
