"""Whose answers they are: customers', employees' or partners', never mixed silently. The one place that says so.

Measures and pages both ask here, so that no page counts a colleague's answer as a customer's.
"""

from __future__ import annotations

from typing import Literal

import ibis
import ibis.expr.types as ir

from regulars.measures.clients import current_clients
from regulars.measures.registry import LogTables
from regulars.measures.scores.taken_back import newest_decisions

Audience = Literal["customers", "employees", "partners"]
CUSTOMERS: Audience = "customers"
EMPLOYEES: Audience = "employees"
PARTNERS: Audience = "partners"

INVITE = "invite"
_INSIDE = ("employee", "department")
_SURVEY = "survey"
_SURVEY_IN_JSON = '"survey" *: *"([^"]*)"'
_AUDIENCE_IN_JSON = '"audience" *: *"(customers|employees|partners)"'


def with_audience(rows: ir.Table, log: LogTables) -> ir.Table:
    """``rows`` with whose answers they are.

    rows  have client_key and survey, which may be null

    Whoever answers a survey published for employees or partners answers as one. Else it is as the client is known.
    An answer without a client belongs to those for whom its survey was published; where that was not said, to those
    who alone are known to be asked by it, else to customers.

    Grain    that of ``rows``
    Columns  those of ``rows`` · audience: customers, employees or partners
    """
    declared, alone = _declared(log), _asked_alone(log)
    kinds = current_clients(log.clients, ["kind"]).rename(known_key="client_key", client_kind_now="kind")
    both = rows.left_join(declared, rows.survey == declared.declared_survey)
    both = both.left_join(alone, both.survey == alone.asked_survey)
    both = both.left_join(kinds, both.client_key == kinds.known_key)
    audience = ibis.cases(
        (both.declared_audience != CUSTOMERS, both.declared_audience),
        (both.client_key.notnull(), _of_kind(both.client_kind_now)),
        else_=ibis.coalesce(both.declared_audience, both.asked_audience, ibis.literal(CUSTOMERS)),
    )
    return both.select(*rows.columns, audience=audience)


def survey_named(properties: ir.StringValue) -> ir.StringValue:
    """The survey that an interaction's properties name; null where they name none."""
    return _found(properties, _SURVEY_IN_JSON)


def _of_kind(kind: ir.StringValue) -> ir.StringValue:
    return ibis.cases((kind.isin(_INSIDE), EMPLOYEES), (kind == "partner", PARTNERS), else_=CUSTOMERS)


def _declared(log: LogTables) -> ir.Table:
    """Surveys of which it was said for whom they are; the newest version holds for all answers.

    Grain    one row per such survey
    Columns  declared_survey · declared_audience
    """
    newest = newest_decisions(log, _SURVEY)
    found = newest.select(declared_survey="key", declared_audience=_found(newest.body, _AUDIENCE_IN_JSON))
    return found.filter(found.declared_audience.notnull())


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
    both = both.select("asked_survey", audience=_of_kind(kinds.kind))
    surveys = both.group_by("asked_survey").aggregate(one=both.audience.min(), other=both.audience.max())
    surveys = surveys.filter((surveys.one == surveys.other) & (surveys.one != CUSTOMERS))
    return surveys.select("asked_survey", asked_audience=surveys.one)


def _found(text: ir.StringValue, pattern: str) -> ir.StringValue:
    found = text.re_extract(pattern, 1)
    return (found.length() > 0).ifelse(found, ibis.null("string"))
