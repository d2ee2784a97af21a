"""What happened at touchpoints: touches, what is promised there, and whether it was kept."""

from __future__ import annotations

from dataclasses import replace

import ibis
import ibis.expr.types as ir

from regulars.measures.conditions import column_names, parse_condition
from regulars.measures.local_times import day_number, local_day_number, seconds_of
from regulars.measures.purchases import in_period, interactions
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope
from regulars.measures.scores.taken_back import newest_decisions
from regulars.measures.touchpoints.in_json import number_in_json, text_in_json, truth_in_json

PROMISE = "promise"
DAY_SECONDS = 86_400
# Answers to surveys and what is sent to get them are no touches of the touchpoint that they are about.
ANSWER, SENT_STEPS = "answer", ("invite", "remind")
RESOLVED = ("resolved", "solved", "closed", "done", "finished", "settled")
CLIENT, COMPANY = "client", "company"
LOOKING_AHEAD = ("answer_seconds", "resolved_seconds")
CHECKLIST = "checklist"


def touches(log: LogTables, scope: Scope) -> ir.Table:
    """Traffic: every interaction that names a touchpoint, but answers to surveys and invitations to them.

    Grain    one row per interaction of the period that meets ``where``, guests included
    Columns  those of interactions · the ``by`` columns
    Empty    no touches, no rows
    """
    return in_period(traffic(interactions(log, scope, guests=True)), scope)


def traffic(rows: ir.Table) -> ir.Table:
    """Of interactions, those that are touches of a named touchpoint."""
    return rows.filter(is_touch(rows))


def is_touch(rows: ir.Table) -> ir.BooleanValue:
    """Whether an interaction is a touch of a named touchpoint."""
    sent = rows.step.isin(SENT_STEPS).fill_null(False)
    named = (rows.touchpoint != "").fill_null(False)
    return named & (rows.kind != ANSWER).fill_null(True) & ~sent


def unnarrowed(log: LogTables, scope: Scope) -> ir.Table:
    """All interactions up to the last day, whatever ``where`` says, with what it says of each.

    For what depends on a customer's whole history: a first touch is the first of all, not the first that is asked for.

    Grain    one row per interaction, guests included
    Columns  those of interactions · the ``by`` columns · meets boolean: whether it meets ``where``
    """
    known = [*log.interactions.columns, *(name for name in log.clients.columns if name not in log.interactions.columns)]
    named = column_names(scope.where, known) if scope.where else []
    of_clients = [name for name in named if name not in log.interactions.columns]
    rows = interactions(log, replace(scope, where=None, by=(*scope.by, *of_clients)), guests=True)
    return rows.mutate(meets=parse_condition(scope.where, rows).fill_null(False) if scope.where else True)


def promised(log: LogTables) -> ir.Table:
    """The promises in force, each in its newest version, whenever it was decided.

    Grain    one row per promise
    Columns  promise · promised_at: the touchpoint · column · at_most, at_least float or null · of_kind, of_step: ""
             for any
    Empty    nothing promised, no rows
    """
    rows = newest_decisions(log, PROMISE)
    rows = rows.filter(~truth_in_json(rows.body, "retired"))
    found = rows.select(
        promise=rows.key,
        promised_at=text_in_json(rows.body, "touchpoint"),
        column=text_in_json(rows.body, "column"),
        at_most=number_in_json(rows.body, "at_most"),
        at_least=number_in_json(rows.body, "at_least"),
        of_kind=text_in_json(rows.body, "kind"),
        of_step=text_in_json(rows.body, "step"),
    )
    return found.filter((found.at_most.notnull() | found.at_least.notnull()) & (found.promised_at != ""))


def judged(log: LogTables, scope: Scope, rows: ir.Table, measured: tuple[str, ...] = ()) -> ir.Table:
    """Touches beside every promise that is about them, and whether it was kept.

    rows      touches, as of :func:`touches`
    measured  only promises on these; empty: on anything
    Grain    one row per touch and promise
    Columns  those of ``rows`` · promise, column, at_most, at_least · value float: what is measured, or null ·
             kept boolean: null where nobody can judge · waiting boolean: no answer yet, and the time is not up
    """
    both = with_promises(log, rows, measured)
    ahead = _looked_ahead(log, scope, rows)
    both = both.left_join(ahead, both.interaction_id == ahead.ahead_id).drop("ahead_id")
    by_company = (both.initiated_by == COMPANY).fill_null(False)
    both = both.filter(~(both.column.isin(LOOKING_AHEAD) & (by_company | both.again.fill_null(False))))
    newest = log.interactions.filter(log.interactions.occurred_on <= ibis.literal(scope.last_on))
    newest = newest.aggregate(newest_at=newest.occurred_at.max())
    both = both.cross_join(newest)
    both = both.mutate(value=_value(both, scope), elapsed=_seconds(both.occurred_at, both.newest_at).cast("float64"))
    open_ = both.column.isin(LOOKING_AHEAD) & both.value.isnull() & both.thread.notnull()
    kept = ibis.cases(
        (both.value.notnull() & both.at_most.notnull(), both.value <= both.at_most),
        (both.value.notnull(), both.value >= both.at_least),
        (open_ & (both.elapsed > both.at_most), False),
        else_=ibis.null("boolean"),
    )
    waiting = open_ & (both.elapsed <= both.at_most)
    both = both.mutate(kept=kept, waiting=waiting.fill_null(False))
    return both.drop("again", "answered_at", "resolved_at", "newest_at", "elapsed", "promised_at", "of_kind", "of_step")


def with_promises(log: LogTables, rows: ir.Table, measured: tuple[str, ...] = ()) -> ir.Table:
    """Touches beside every promise that is about them: of their touchpoint, and of the kind and step it names.

    measured  only promises on these; empty: on anything
    """
    promises = promised(log)
    if measured:
        promises = promises.filter(promises.column.isin(measured))
    both = rows.join(promises, rows.touchpoint == promises.promised_at)
    kind = (both.of_kind == "") | (both.of_kind == both.kind).fill_null(False)
    step = (both.of_step == "") | (both.of_step == both.step).fill_null(False)
    return both.filter(kind & step)


def _value(rows: ir.Table, scope: Scope) -> ir.FloatingValue:
    """What the promise measures of the touch, as a number; null where the touch does not tell it."""
    late = late_days(rows, scope)
    at_once = rows.outcome.lower().isin(RESOLVED).fill_null(False) & rows.duration_seconds.notnull()
    resolved = ibis.ifelse(at_once, rows.duration_seconds, _seconds(rows.occurred_at, rows.resolved_at))
    return ibis.cases(
        (rows.column == "wait_seconds", rows.wait_seconds.cast("float64")),
        (rows.column == "duration_seconds", rows.duration_seconds.cast("float64")),
        (rows.column == "late_days", late.cast("float64")),
        (rows.column == "answer_seconds", _seconds(rows.occurred_at, rows.answered_at).cast("float64")),
        (rows.column == "resolved_seconds", resolved.cast("float64")),
        (rows.column == CHECKLIST, number_in_json(rows.properties, "checklist")),
        else_=ibis.null("float64"),
    )


def _looked_ahead(log: LogTables, scope: Scope, rows: ir.Table) -> ir.Table:
    """When a client's touch was answered and resolved, for touches that a promise of that kind is about.

    A client's touch right after another one of the same kind at the same touchpoint is the same question asked again,
    and counts with the first.

    Grain    one row per touch of a client in a thread in which such a promise holds
    Columns  ahead_id · again boolean · answered_at, resolved_at instant or null
    """
    wanted = with_promises(log, rows, LOOKING_AHEAD)
    wanted = wanted.filter(wanted.thread.notnull())
    threads = wanted.select(wanted_thread=wanted.thread).distinct()
    every = log.interactions.filter(log.interactions.occurred_on <= ibis.literal(scope.last_on))
    every = every.join(threads, every.thread == threads.wanted_thread)
    asked = every.initiated_by.fill_null(CLIENT) != COMPANY
    every = every.mutate(asked=asked.cast("int64"))
    order = [every.occurred_at, every.source_row.fill_null(0), every.interaction_id]
    before = ibis.window(group_by=every.thread, order_by=order)
    alike = [
        (every[name].lag().over(before) == every[name]).fill_null(False) for name in ("asked", "touchpoint", "kind")
    ]
    resolved = every.outcome.lower().isin(RESOLVED).fill_null(False)
    every = every.select(
        "asked",
        ahead_id=every.interaction_id,
        again=alike[0] & alike[1] & alike[2],
        answered_at=every.occurred_at.min(where=every.asked == 0).over(
            rows=(1, None), group_by=every.thread, order_by=order
        ),
        resolved_at=every.occurred_at.min(where=resolved).over(rows=(0, None), group_by=every.thread, order_by=order),
    )
    return every.filter(every.asked == 1).drop("asked")


def late_days(rows: ir.Table, scope: Scope) -> ir.IntegerValue:
    """Whole local days from the due day to the day of the touch; below 0: early, null without a due day.

    A touch up to the due moment is not late, whatever a clock change or another shop's time makes of the days.
    """
    late = day_number(rows.occurred_on) - local_day_number(rows.due_at, scope)
    return (rows.occurred_at <= rows.due_at).ifelse(ibis.least(late, 0), late)


def _seconds(earlier: ir.TimestampValue, later: ir.TimestampValue) -> ir.IntegerValue:
    return seconds_of(later) - seconds_of(earlier)
