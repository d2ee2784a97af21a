"""What response reads: invitations, the answers that match them, and who the people behind them are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import ibis
import ibis.expr.types as ir

from regulars.measures.clients import current_clients
from regulars.measures.conditions import parse_condition
from regulars.measures.purchases import PURCHASE_KINDS, in_period
from regulars.measures.registry import LogTables
from regulars.measures.rfm.expressions import rfm
from regulars.measures.scope import Scope
from regulars.measures.scores.answered import (
    ANSWER,
    REMIND,
    is_duplicate,
    named_columns,
    with_clients,
)
from regulars.measures.scores.audience import CUSTOMERS, INVITE, survey_named, with_audience
from regulars.measures.scores.cells import base_customers, base_scope
from regulars.measures.scores.taken_back import without_taken_back

# What invitations and answers are matched by.
MATCHED = ("survey", "client_key", "thread")
SAYS_ANSWERED = "answered"
FRESH_DAYS = 14

# What is compared between those who answered and those who kept silent.
COMPARED = ("spend", "orders", "recency_days")


def invitations(log: LogTables, scope: Scope) -> ir.Table:
    """Invitations and reminders of the period.

    An invitation belongs to the survey that its properties name. Where they name none, all that came from the same
    source by the same channel belong to the survey that some of them were answered to, in the same thread: to look at
    the thread of each alone would find a survey for the answered ones only.

    Grain    one row per invitation or reminder that meets ``where``
    Columns  those of interactions · survey · columns of clients that ``by`` or ``where`` name
    """
    rows = in_period(log.interactions.filter(log.interactions.occurred_on <= ibis.literal(scope.last_on)), scope)
    rows = rows.filter(rows.step.isin((INVITE, REMIND)))
    rows = rows.mutate(named_survey=survey_named(rows.properties))
    led_to = _led_to(rows, log, scope)
    way = [rows.source.identical_to(led_to.way_source), rows.channel.identical_to(led_to.way_channel)]
    both = rows.left_join(led_to, way)
    survey = ibis.coalesce(both.named_survey, both.way_survey)
    rows = both.mutate(survey=survey).drop("named_survey", "way_source", "way_channel", "way_survey")
    return _meeting_where(rows, log, scope)


def _led_to(asked: ir.Table, log: LogTables, scope: Scope) -> ir.Table:
    """The survey that invitations which name none were answered to: one row per source and channel with one."""
    given = _answers(log, scope)
    given = given.filter(given.thread.notnull()).select(reply_thread="thread", reply_survey="survey").distinct()
    nameless = asked.filter(asked.named_survey.isnull())
    both = nameless.join(given, nameless.thread == given.reply_thread)
    return both.group_by(way_source="source", way_channel="channel").aggregate(way_survey=both.reply_survey.min())


def replies(log: LogTables, scope: Scope) -> ir.Table:
    """Filled-in questionnaires, also those of the days after the period, as an answer takes time.

    Grain    one row per questionnaire that meets ``where``
    Columns  as :func:`invitations`
    """
    return _meeting_where(_answers(log, scope), log, scope)


def answered_shares(log: LogTables, scope: Scope) -> ir.Table:
    """Invitations and how many of them were answered.

    An invitation is answered where a questionnaire of its survey came from the same client about the same thing; one
    without a client, where its outcome says so.

    Grain    one row per survey with an invitation (and ``by``)
    Columns  survey · invited, reminded, answered, fresh int; fresh ones are less than FRESH_DAYS old
    """
    asked = invitations(log, scope)
    keys = [*scope.by, *MATCHED]
    each = asked.group_by(keys).aggregate(
        invited=(asked.step == INVITE).sum(),
        reminded=(asked.step == REMIND).sum(),
        said=((asked.step == INVITE) & (asked.outcome == SAYS_ANSWERED)).fill_null(False).sum(),
        fresh=((asked.step == INVITE) & (asked.occurred_on.delta(ibis.literal(scope.as_of), unit="day") > -FRESH_DAYS))
        .cast("int64")
        .sum(),
    )
    given = _replies_each(log, scope)
    both = each.left_join(given, [each[name].identical_to(given[f"{name}_of_reply"]) for name in MATCHED])
    matched = ibis.least(both.invited, both.replies.fill_null(0))
    nameless = both.client_key.isnull() & both.thread.isnull()
    both = both.select(*each.columns, answered=nameless.ifelse(both.said, matched))
    return both.group_by([*scope.by, "survey"]).aggregate(
        **{name: both[name].sum() for name in ("invited", "reminded", "answered", "fresh")}
    )


def open_answers(log: LogTables, scope: Scope) -> ir.Table:
    """Questionnaires of the period that answer no invitation: from open links, QR codes, paper and telephone.

    Grain    one row per survey with an answer (and ``by``)
    Columns  survey · replies, open_answers int
    """
    given = in_period(replies(log, scope), scope)
    given = given.filter(given.occurred_on <= ibis.literal(scope.last_on))
    keys = [*scope.by, *MATCHED]
    each = given.group_by(keys).aggregate(replies=given.count())
    asked = invitations(log, replace(scope, from_on=None, by=(), where=None))
    asked = asked.filter(asked.step == INVITE)
    invited = asked.group_by(list(MATCHED)).aggregate(invited=asked.count())
    invited = invited.rename({f"{name}_of_invite": name for name in MATCHED})
    both = each.left_join(invited, [each[name].identical_to(invited[f"{name}_of_invite"]) for name in MATCHED])
    nameless = both.client_key.isnull() & both.thread.isnull()
    matched = nameless.ifelse(0, ibis.least(both.replies, both.invited.fill_null(0)))
    both = both.select(*each.columns, unasked=both.replies - matched)
    return both.group_by([*scope.by, "survey"]).aggregate(replies=both.replies.sum(), open_answers=both.unasked.sum())


def sales_covered(log: LogTables, scope: Scope) -> ir.Table:
    """What the customers who answered, and those who were invited, bought in the year up to the last day.

    Grain    one row per survey (and ``by``)
    Columns  survey · people_answered, people_invited int · answered_sales, invited_sales money
    """
    given = in_period(replies(log, scope), scope).select(*scope.by, "survey", "client_key")
    asked = invitations(log, scope)
    asked = asked.filter(asked.step == INVITE).select(*scope.by, "survey", "client_key")
    both = given.mutate(answered=1, invited=0).union(asked.mutate(answered=0, invited=1))
    both = both.filter(both.client_key.notnull())
    each = both.group_by([*scope.by, "survey", "client_key"]).aggregate(
        answered=both.answered.max(), invited=both.invited.max()
    )
    year = _year_sales(log, scope)
    bought = year.group_by("client_key").aggregate(sales=year.amount.sum())
    bought = bought.rename(buyer="client_key")
    rows = each.left_join(bought, each.client_key == bought.buyer)
    return rows.group_by([*scope.by, "survey"]).aggregate(
        people_answered=rows.answered.sum(),
        people_invited=rows.invited.sum(),
        answered_sales=rows.sales.sum(where=rows.answered == 1),
        invited_sales=rows.sales.sum(where=rows.invited == 1),
    )


def all_sales(log: LogTables, scope: Scope) -> ir.Table:
    """Everything sold in the year up to the last day, guests included: one row with sales, money."""
    year = _year_sales(log, scope)
    return year.aggregate(sales=year.amount.sum())


def people_compared(log: LogTables, scope: Scope) -> ir.Table:
    """Means of what customers bought in the year up to the last day, of those who answered and of the silent.

    Grain    one row per survey, population (invited, or customers where nobody was) and answered 0 or 1 (and ``by``)
    Columns  survey, population · answered, n int · for each of COMPARED its mean and deviation float, and count int
    """
    people = _people(log, scope)
    sums = {
        f"{name}_{part}": value
        for name in COMPARED
        for part, value in {
            "mean": people[name].mean(),
            "deviation": people[name].std(how="sample"),
            "count": people[name].count(),
        }.items()
    }
    return people.group_by([*scope.by, "survey", "population", "answered"]).aggregate(n=people.count(), **sums)


def people_counted(log: LogTables, scope: Scope) -> ir.Table:
    """The same people by type and by segment.

    Grain    one row per survey, population, answered 0 or 1, what (customer_type or segment) and word (and ``by``)
    Columns  survey, population, what, word · answered, n int; word is null where it is not known
    """
    people = _people(log, scope)
    kept = [*scope.by, "survey", "population", "answered"]
    types = people.select(*kept, what=ibis.literal("customer_type"), word=people.type_of_person)
    segments = people.select(*kept, what=ibis.literal("segment"), word=people.segment)
    rows = types.union(segments)
    return rows.group_by([*kept, "what", "word"]).aggregate(n=rows.count())


def _people(log: LogTables, scope: Scope) -> ir.Table:
    """Customers of whom it can be said whether they answered: the invited; where nobody was, all of the last year.

    Grain    one row per survey and customer (and ``by``)
    """
    people = _invited(log, scope)
    if not scope.by:
        people = people.union(_uninvited(log, scope))
    return _with_attributes(people, log, scope)


def _invited(log: LogTables, scope: Scope) -> ir.Table:
    """Each customer's newest invitation that is not fresh any more, and whether it was answered.

    Whoever is asked often has answered at least once more easily; so one invitation of each is looked at.
    """
    asked = invitations(log, scope)
    old = asked.occurred_on <= ibis.literal(scope.as_of - timedelta(days=FRESH_DAYS))
    customer = asked.client_key.notnull() & (asked.client_kind.fill_null("customer") == "customer")
    asked = asked.filter((asked.step == INVITE) & customer & old)
    keys = [*scope.by, "survey", "client_key"]
    newest = asked.mutate(newest_at=asked.occurred_at.max().over(ibis.window(group_by=keys)))
    newest = newest.filter(newest.occurred_at == newest.newest_at)
    each = newest.group_by(keys).aggregate(asked_at=newest.occurred_at.max(), thread=newest.thread.max())
    given = _answers(log, scope).filter(ibis._.client_key.notnull())
    given = given.select(reply_survey="survey", reply_key="client_key", reply_thread="thread", replied_at="occurred_at")
    same = [
        each.survey.identical_to(given.reply_survey),
        each.client_key == given.reply_key,
        each.thread.identical_to(given.reply_thread),
    ]
    both = each.left_join(given, same)
    in_time = (both.replied_at >= both.asked_at).fill_null(False)
    both = both.select(*keys, answered=in_time.cast("int64"))
    return both.group_by(keys).aggregate(population=ibis.literal("invited"), answered=both.answered.max())


def _uninvited(log: LogTables, scope: Scope) -> ir.Table:
    """All customers of the year, for each survey that customers answered though nobody was invited to it."""
    given = in_period(replies(log, scope), scope)
    given = given.filter(given.client_key.notnull()).select("survey", "client_key").distinct()
    given = given.rename(reply_survey="survey", reply_key="client_key")
    asked = invitations(log, scope).filter(ibis._.step == INVITE).select(asked_survey="survey").distinct()
    surveys = given.select(survey="reply_survey").distinct()
    surveys = surveys.left_join(asked, surveys.survey.identical_to(asked.asked_survey))
    surveys = surveys.filter(surveys.asked_survey.isnull()).select("survey")
    everybody = base_customers(log, scope).select("client_key")
    # A survey that no customer of the year answered, such as one of employees, has nobody to compare.
    theirs = given.semi_join(everybody, given.reply_key == everybody.client_key)
    surveys = surveys.semi_join(theirs, surveys.survey.identical_to(theirs.reply_survey))
    people = surveys.cross_join(everybody).select("survey", "client_key")
    answered = [people.survey.identical_to(given.reply_survey), people.client_key == given.reply_key]
    both = people.left_join(given, answered)
    replied = both.reply_key.notnull().cast("int64")
    return both.select("survey", "client_key", population=ibis.literal("customers"), answered=replied)


def _with_attributes(people: ir.Table, log: LogTables, scope: Scope) -> ir.Table:
    year = rfm(log, base_scope(scope))
    year = year.select(
        "segment",
        buyer="client_key",
        bought=year.monetary_value.cast("float64"),
        ordered=year.frequency.cast("float64"),
    )
    last = log.interactions.filter(
        (log.interactions.kind == "order") & (log.interactions.occurred_on <= ibis.literal(scope.last_on))
    )
    last = last.group_by(last_key="client_key").aggregate(last_on=last.occurred_on.max())
    types = current_clients(log.clients, ["customer_type"])
    types = types.rename(typed_key="client_key", type_of_person="customer_type")
    rows = people.left_join(types, people.client_key == types.typed_key)
    rows = rows.left_join(year, rows.client_key == year.buyer)
    rows = rows.left_join(last, rows.client_key == last.last_key)
    silent_days = ibis.literal(scope.last_on).delta(rows.last_on, unit="day").cast("float64")
    return rows.mutate(spend=rows.bought.fill_null(0.0), orders=rows.ordered.fill_null(0.0), recency_days=silent_days)


def _answers(log: LogTables, scope: Scope) -> ir.Table:
    """Questionnaires up to as_of with the survey they belong to; likely repeats are left out."""
    touched = log.interactions.filter(log.interactions.occurred_on <= ibis.literal(scope.as_of))
    touched = without_taken_back(touched.filter((touched.kind == ANSWER) & ~is_duplicate(touched)), log)
    surveys = log.answers.select("interaction_id", "survey").distinct()
    return touched.join(surveys, "interaction_id")


def _meeting_where(rows: ir.Table, log: LogTables, scope: Scope) -> ir.Table:
    named = named_columns(log, scope)
    if scope.where or scope.by or scope.of_group:
        # Narrowed or split, it would show which employee or partner answered a survey in confidence.
        known = with_audience(rows, log)
        rows = known.filter(known.audience == CUSTOMERS).drop("audience")
    rows = with_clients(rows, log, scope, named)
    return rows.filter(parse_condition(scope.where, rows)) if scope.where else rows


def _replies_each(log: LogTables, scope: Scope) -> ir.Table:
    given = _answers(log, scope)
    each = given.group_by(list(MATCHED)).aggregate(replies=given.count())
    return each.rename({f"{name}_of_reply": name for name in MATCHED})


def _year_sales(log: LogTables, scope: Scope) -> ir.Table:
    year = base_scope(scope)
    rows = log.interactions.filter(log.interactions.kind.isin(PURCHASE_KINDS))
    return in_period(rows.filter(rows.occurred_on <= ibis.literal(scope.last_on)), year)
