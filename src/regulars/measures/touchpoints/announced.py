"""Who spoke first: of what went wrong, how much the company told before the customer asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from regulars.errors import MeasureError
from regulars.measures.intervals import share_estimate
from regulars.measures.local_times import seconds_of
from regulars.measures.registry import Choice, Columns, LogTables, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import key_columns
from regulars.measures.touchpoints import figures
from regulars.measures.touchpoints.columns import ANNOUNCED_COLUMNS
from regulars.measures.touchpoints.comparing import difference
from regulars.measures.touchpoints.figures import Place, Row, by_place
from regulars.measures.touchpoints.impressions import return_days
from regulars.measures.touchpoints.ranks import NOTHING, ranked
from regulars.measures.touchpoints.reading import COMPANY, DAY_SECONDS, SENT_STEPS, late_days, touches
from regulars.measures.touchpoints.units import came_back

LATE, SHORTAGE, FAULT = "late", "shortage", "fault"
BY_COMPANY, BY_CUSTOMER, BY_NOBODY = "company", "customer", "nobody"
SPOKEN = (BY_COMPANY, BY_CUSTOMER, BY_NOBODY)
NOTICE_DAYS = 7
HOUR_SECONDS = 3_600
ANSWER_SECONDS = 2 * DAY_SECONDS
SHORT = ("shortage", "short", "incomplete", "missing", "out of stock")
FAULTY = ("fault", "faulty", "defect", "defective", "damaged", "broken")
# Kinds of interactions in which somebody says something.
WORDS = ("message", "call", "missed_call", "complaint", "question", "request", "letter", "announcement")
NAMED = "delay|late|postpon|announc|shortage|missing|fault|defect"
ANY, BY_NAME = "any word", "named"
ANNOUNCEMENT = Choice(
    "announcement",
    "What counts as the company's word: any message or call of its own, or only those whose step or outcome says so "
    "(delay, late, postponed, announced, shortage, missing, fault, defect)",
    (ANY, BY_NAME),
    ANY,
)


def notice_days(scope: Scope) -> int:
    """Days before and after that a word belongs to an event, from the setting; MeasureError for fewer than one."""
    days = int(scope.settings.get("notice_days", NOTICE_DAYS))
    if not 1 <= days <= 365:
        raise MeasureError("notice_days must be a number of days from 1 to 365.")
    return days


def spoken(log: LogTables, scope: Scope) -> ir.Table:
    """Events by who spoke first, and who came back.

    Grain    one row per kind of event, touchpoint and who spoke first (and ``by``)
    Columns  event · spoke_first · events, seen (of known customers, with return_days behind them), returned int
    """
    rows = _told(log, scope)
    return rows.group_by([*scope.by, "event", "touchpoint", "spoke_first"]).aggregate(
        events=rows.count(), seen=rows.seen.sum(), returned=(rows.seen & rows.returned).sum()
    )


def ahead(log: LogTables, scope: Scope) -> ir.Table:
    """Order statistics of the seconds from the first word to the moment itself; see ranks.ranked."""
    return ranked(_told(log, scope), [*scope.by, "event", "touchpoint", "spoke_first"], "ahead")


def _told(log: LogTables, scope: Scope) -> ir.Table:
    """Each event as in :func:`told`, and whether the customer came back."""
    return came_back(told(log, scope), log, scope)


def told(log: LogTables, scope: Scope) -> ir.Table:
    """Each event with who spoke first, and how many seconds before the moment.

    Grain    one row per touch of the period that came late, brought too little, or something faulty
    Columns  the ``by`` columns · event · touchpoint · client_key · interaction_id · occurred_on · spoke_first: company,
             customer or nobody · ahead float: seconds before the moment, or null
    """
    events = _events(log, scope)
    words = _words(log, scope, events)
    near = [
        events.thread == words.in_thread,
        words.said_at >= events.from_second,
        words.said_at <= events.until_second,
    ]
    both = events.left_join(words, near)
    told = both.said_at.min(where=both.by_company & ~both.reply)
    asked = both.said_at.min(where=~both.by_company & (both.said_at >= both.moment))
    each = both.group_by(events.columns).aggregate(told_at=told, asked_at=asked)
    company = each.told_at.notnull() & (each.asked_at.isnull() | (each.told_at <= each.asked_at))
    first = ibis.cases((company, BY_COMPANY), (each.asked_at.notnull(), BY_CUSTOMER), else_=BY_NOBODY)
    word = ibis.cases((company, each.told_at), else_=each.asked_at)
    each = each.mutate(spoke_first=first, ahead=(each.moment - word).cast("float64"))
    kept = dict.fromkeys([*scope.by, "event", "touchpoint", "client_key", "interaction_id", "occurred_on"])
    return each.select(*kept, "spoke_first", "ahead")


def _events(log: LogTables, scope: Scope) -> ir.Table:
    """What went wrong in the period.

    Grain    one row per touch that came late, brought too little, or something faulty
    Columns  the ``by`` columns · event · touchpoint · client_key · interaction_id · occurred_on · thread · moment: the
             due moment or that of the touch, in seconds · from_second, until_second: when a word belongs to it
    """
    rows = touches(log, scope)
    happened, notice = seconds_of(rows.occurred_at), notice_days(scope) * DAY_SECONDS
    late = (late_days(rows, scope) > 0).fill_null(False) & (rows.kind != "order")
    outcome = rows.outcome.lower()
    event = ibis.cases(
        ((rows.kind == SHORTAGE) | outcome.isin(SHORT).fill_null(False), SHORTAGE),
        ((rows.kind == FAULT) | outcome.isin(FAULTY).fill_null(False), FAULT),
        (late, LATE),
        else_=ibis.null("string"),
    )
    rows = rows.mutate(event=event, moment=ibis.ifelse(event == LATE, seconds_of(rows.due_at), happened))
    rows = rows.filter(rows.event.notnull())
    until = ibis.ifelse(rows.event == LATE, seconds_of(rows.occurred_at), rows.moment + notice)
    kept = dict.fromkeys([*scope.by, "event", "touchpoint", "client_key", "interaction_id", "occurred_on", "thread"])
    return rows.select(*kept, "moment", from_second=rows.moment - notice, until_second=until)


def _words(log: LogTables, scope: Scope, events: ir.Table) -> ir.Table:
    """What was said in the threads of these events.

    A word of the company within two days after one of the customer is an answer, and announces nothing. A call that
    was taken needs none.

    Grain    one row per message or call
    Columns  in_thread · said_at: seconds · by_company boolean · reply boolean
    """
    threads = events.filter(events.thread.notnull()).select(event_thread="thread").distinct()
    rows = log.interactions.filter(log.interactions.occurred_on <= ibis.literal(scope.last_on))
    sent = rows.step.isin(SENT_STEPS).fill_null(False)
    rows = rows.filter(rows.kind.isin(WORDS) & ~sent).join(threads, rows.thread == threads.event_thread)
    company = (rows.initiated_by == COMPANY).fill_null(False)
    waits = ~company & ~((rows.kind == "call") & (rows.duration_seconds > 0).fill_null(False))
    rows = rows.mutate(by_company=company, waits=waits.cast("int64"), said_at=seconds_of(rows.occurred_at))
    order = [rows.occurred_at, rows.source_row.fill_null(0), rows.interaction_id]
    open_, since = (rows[name].lag().over(group_by=rows.thread, order_by=order) for name in ("waits", "said_at"))
    answer = (open_ == 1) & (rows.said_at - since <= ANSWER_SECONDS)
    named = ibis.literal(True)
    if ANNOUNCEMENT.of(scope) == BY_NAME:
        named = (rows.step.fill_null("") + " " + rows.outcome.fill_null("")).lower().re_search(NAMED)
    rows = rows.mutate(reply=answer.fill_null(False) | ~named)
    return rows.select("by_company", "reply", "said_at", in_thread=rows.thread)


def announced_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """Three rows per kind of event and touchpoint with one (and ``by``); see results.py."""
    names = [*scope.by, "event", "touchpoint", "spoke_first"]
    counted = by_place(found["spoken"], names)
    hours = figures.ranks_by_place(found["ahead"], names)
    register = figures.register_of(found["register"])
    totals: Counter[Place] = Counter()
    for place, row in counted.items():
        totals[place[:-1]] += int(row["events"])
    places = [(*place, spoke) for place in figures.ordered(totals) for spoke in SPOKEN]
    rows = [
        {"event": place[-3], "spoke_first": place[-1]}
        | figures.naming(register, place[-2])
        | _row(counted, place, totals[place[:-1]], scope)
        | {"ahead_median": figures.known(hours.get(place, NOTHING).quantile(0.5) / HOUR_SECONDS)}
        for place in places
    ]
    keys = key_columns((place[:-3] for place in places), scope.by)
    return Outcome(keys | figures.gathered(rows, [one.name for one in ANNOUNCED_COLUMNS]), _notes(rows, scope))


def _row(counted: Mapping[Place, Row], place: Place, events: int, scope: Scope) -> Row:
    row, silent = counted.get(place, {}), counted.get((*place[:-1], BY_NOBODY), {})
    own, seen, returned = (int(row.get(name, 0)) for name in ("events", "seen", "returned"))
    others, others_back = int(silent.get("seen", 0)), int(silent.get("returned", 0))
    nobody = f"Nobody to whom this happened has been seen for {return_days(scope)} days since."
    apart = None if place[-1] == BY_NOBODY else difference(returned, seen, others_back, others)
    reason = "This is what the others are compared with." if place[-1] == BY_NOBODY else nobody
    return {
        "events": own,
        **figures.plain("share", share_estimate([own], [events], nobody=""), prefixed=False),
        **figures.share("returned_share", returned, seen, nobody=nobody),
        **(
            figures.interval("difference", apart.value, apart.low, apart.high)
            if apart
            else figures.unknown("difference", reason)
        ),
    }


def _notes(rows: Sequence[Row], scope: Scope) -> tuple[str, ...]:
    if not rows:
        return ("Nothing in the log came late, was short or faulty, as far as it tells.",)
    first = sum(row["events"] for row in rows if row["spoke_first"] == BY_COMPANY)
    every = sum(row["events"] for row in rows)
    notes = [f"The company spoke first in {first} of {every} cases."]
    if ANNOUNCEMENT.of(scope) == ANY:
        notes.append(
            "Any message or call of the company counts as its word; what was said is not read. With announcement "
            "'named' only those count whose step or outcome says so."
        )
    return tuple(notes)
