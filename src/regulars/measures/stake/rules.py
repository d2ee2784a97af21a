"""What makes a touch a bad one: every rule as 1 bad, 0 good, -1 unknown, -2 not to be judged by this rule."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from regulars.measures.local_times import DAY_SECONDS
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope
from regulars.measures.scores.answered import is_duplicate
from regulars.measures.scores.levels import BAD as BAD_LEVEL
from regulars.measures.scores.levels import is_usable, level
from regulars.measures.scores.taken_back import newest_decisions, without_taken_back
from regulars.measures.touchpoints import reading

BAD, GOOD, UNKNOWN, NOT_JUDGED = 1, 0, -1, -2
LATE, WAIT, PROMISE, SCORE, COMPLAINT = "late", "long_wait", "promise_broken", "low_score", "complaint"
RULES = (LATE, WAIT, PROMISE, SCORE, COMPLAINT)
WORDS = {rule: rule.replace("_", " ") for rule in RULES}
COMPLAINT_DAYS = 30
LONG_WAIT_SHARE = 0.9
# Touches that are themselves what a complaint or a score is about.
ANSWERS = ("answer", "review")
_PROMISED = ("wait_seconds", "duration_seconds", "late_days")
# Promises that the touch alone does not tell of: what was done by the list, and what came after in its thread.
_FURTHER = (reading.CHECKLIST, *reading.LOOKING_AHEAD)
_LEADING = ("nps", "csat", "rating", "ces")


def judged(rows: ir.Table, log: LogTables, scope: Scope) -> ir.Table:
    """``rows`` of interactions with one column a rule, and ``wait_limit``: from how many seconds on a wait is long."""
    rows = _with_further(_with_limits(_numbered(rows, scope), log), log, scope)
    rows = rows.mutate(late=_late(rows), long_wait=_long_wait(rows), promise_broken=_promise_broken(rows))
    return _with_complaints(_with_scores(rows, log), log, scope)


def _numbered(rows: ir.Table, scope: Scope) -> ir.Table:
    """Wait, duration and days after the due day as numbers a promise may speak of."""
    late_days = reading.late_days(rows, scope)
    return rows.mutate(
        late_days=rows.due_at.isnull().ifelse(ibis.null("int64"), ibis.greatest(late_days, 0)),
        kind_or_none=rows.kind.fill_null(""),
        step_or_none=rows.step.fill_null(""),
    )


def _late(rows: ir.Table) -> ir.IntegerValue:
    return ibis.cases((rows.late_days.isnull(), UNKNOWN), (rows.late_days > 0, BAD), else_=GOOD).cast("int8")


def _long_wait(rows: ir.Table) -> ir.IntegerValue:
    unknown = rows.wait_seconds.isnull() | rows.wait_limit.isnull()
    return ibis.cases((unknown, UNKNOWN), (rows.wait_seconds > rows.wait_limit, BAD), else_=GOOD).cast("int8")


def _promise_broken(rows: ir.Table) -> ir.IntegerValue:
    """Broken where any promise is; kept where all that can be checked are; unknown where none can be checked."""
    none = rows.further_promises.isnull()
    known, broken = rows.further_known.fill_null(0) > 0, rows.further_broken.fill_null(0) > 0
    for column in _PROMISED:
        limit, value = rows[f"{column}_promised"], rows[column]
        none &= limit.isnull()
        known |= (limit.notnull() & value.notnull()).fill_null(False)
        broken |= (value > limit).fill_null(False)
    return ibis.cases((none, NOT_JUDGED), (broken, BAD), (known, GOOD), else_=UNKNOWN).cast("int8")


# Promises --------------------------------------------------------------------------------------------------


def promises(log: LogTables) -> ir.Table:
    """Promises that hold and can be checked touch by touch.

    Grain    one row per promise
    Columns  promised_at: the touchpoint · promised_kind, promised_step: "" for any · promised_column · at_most float
    """
    newest = newest_decisions(log, "promise")
    body = newest.body
    found = newest.select(
        promised_at=_text_in(body, "touchpoint"),
        promised_kind=_text_in(body, "kind"),
        promised_step=_text_in(body, "step"),
        promised_column=_text_in(body, "column"),
        at_most=body.re_extract(r'"at_most" *: *"?(-?[0-9]+\.?[0-9]*)', 1).nullif("").try_cast("float64"),
        retired=body.re_search(r'"retired" *: *true'),
    )
    checkable = found.promised_column.isin(_PROMISED) & found.at_most.notnull() & (found.promised_at != "")
    return found.filter(checkable & ~found.retired)


def _with_limits(rows: ir.Table, log: LogTables) -> ir.Table:
    """``rows`` with the strictest promise on each number, and from when on a wait is long."""
    sorts = rows.group_by("touchpoint", "kind_or_none", "step_or_none").aggregate(touches=rows.count())
    said = promises(log)
    meant = [
        sorts.touchpoint == said.promised_at,
        (said.promised_kind == "") | (said.promised_kind == sorts.kind_or_none),
        (said.promised_step == "") | (said.promised_step == sorts.step_or_none),
    ]
    both = sorts.join(said, meant)
    limits = both.group_by(
        limited_at=both.touchpoint, limited_kind=both.kind_or_none, limited_step=both.step_or_none
    ).aggregate(
        **{f"{name}_promised": both.at_most.min(where=both.promised_column == name) for name in _PROMISED},
    )
    waits = _waits(rows, said)
    same = [
        rows.touchpoint == limits.limited_at,
        rows.kind_or_none == limits.limited_kind,
        rows.step_or_none == limits.limited_step,
    ]
    known = rows.left_join(limits, same).drop("limited_at", "limited_kind", "limited_step")
    return known.left_join(waits, known.touchpoint == waits.waited_at).drop("waited_at")


def _with_further(rows: ir.Table, log: LogTables, scope: Scope) -> ir.Table:
    """``rows`` with how many further promises are about a touch, how many can be judged, and how many are broken."""
    needed = ("interaction_id", "occurred_at", "occurred_on", "due_at", "kind", "step", "touchpoint", "thread")
    told = ("initiated_by", "outcome", "properties", "wait_seconds", "duration_seconds")
    each = reading.judged(log, scope, rows.select(*needed, *told), _FURTHER)
    each = each.group_by(further_id=each.interaction_id).aggregate(
        further_promises=each.count(),
        further_known=each.kept.count(),
        further_broken=(~each.kept).cast("int64").sum().fill_null(0),
    )
    return rows.left_join(each, rows.interaction_id == each.further_id).drop("further_id")


def _waits(rows: ir.Table, said: ir.Table) -> ir.Table:
    """From when on a wait is long: waited_at, wait_limit; the touchpoint's promise, else its own 90th percentile."""
    promised = said.filter(said.promised_column == "wait_seconds")
    promised = promised.group_by("promised_at").aggregate(promised_limit=promised.at_most.min())
    own = rows.filter(rows.wait_seconds.notnull())
    own = own.group_by(waited_at=own.touchpoint).aggregate(
        own_limit=own.wait_seconds.cast("float64").quantile(LONG_WAIT_SHARE)
    )
    both = own.left_join(promised, own.waited_at == promised.promised_at)
    return both.select("waited_at", wait_limit=ibis.coalesce(both.promised_limit, both.own_limit))


def _text_in(body: ir.StringValue, name: str) -> ir.StringValue:
    """A text of a JSON object, "" where there is none; a name with a quotation mark is read back too."""
    found = body.re_extract(rf'"{name}" *: *"((?:[^"\\]|\\.)*)"', 1).fill_null("")
    return found.replace('\\"', '"').replace("\\\\", "\\")


# Scores and complaints -------------------------------------------------------------------------------------


def _with_scores(rows: ir.Table, log: LogTables) -> ir.Table:
    """A questionnaire's score is low where at least half of its answers to the leading kind of question are bad."""
    given = log.answers.select(
        "interaction_id", "score", "scale_min", "scale_max", answer_kind=log.answers.kind, order=_leading(log.answers)
    )
    given = without_taken_back(given, log).filter(is_usable(given, given.answer_kind))
    given = given.mutate(level=level(given, given.answer_kind))
    first = given.order.min().over(ibis.window(group_by="interaction_id"))
    leading = given.mutate(first=first)
    leading = leading.filter(leading.order == leading.first)
    scores = leading.group_by(scored_id=leading.interaction_id).aggregate(
        low=(leading.level == BAD_LEVEL).sum(), given=leading.count()
    )
    both = rows.left_join(scores, rows.interaction_id == scores.scored_id)
    out = ~both.kind_or_none.isin(ANSWERS) | is_duplicate(both)
    low = ibis.cases((out, NOT_JUDGED), (both.given.isnull(), UNKNOWN), (2 * both.low >= both.given, BAD), else_=GOOD)
    return both.select(*rows.columns, low_score=low.cast("int8"))


def _leading(answers: ir.Table) -> ir.IntegerValue:
    return ibis.cases(*((answers.kind == kind, place) for place, kind in enumerate(_LEADING)), else_=len(_LEADING))


def _with_complaints(rows: ir.Table, log: LogTables, scope: Scope) -> ir.Table:
    """Of each thread the first touch at a touchpoint, while nobody has complained yet.

    A complaint is about the order that its properties name, else about its own thread.
    """
    first = complaints(log, scope)
    same = [rows.client_key == first.complained_key, rows.thread == first.complained_of]
    both = rows.left_join(first, same).drop("complained_key", "complained_of")
    each = ibis.window(group_by=["client_key", "touchpoint", "thread"])
    both = both.mutate(begun_at=both.occurred_at.min().over(each))
    after = both.complained_at - both.at
    complained = both.complained_at.notnull()
    out = (both.kind_or_none == "complaint") | both.kind_or_none.isin(ANSWERS)
    told = ibis.cases(
        (out, NOT_JUDGED),
        (both.thread.isnull(), UNKNOWN),
        (both.occurred_at > both.begun_at, NOT_JUDGED),
        (complained & (after < 0), NOT_JUDGED),
        (complained & (after <= COMPLAINT_DAYS * DAY_SECONDS), BAD),
        else_=GOOD,
    )
    return both.select(*rows.columns, complaint=told.cast("int8"))


def complaints(log: LogTables, scope: Scope) -> ir.Table:
    """First complaints: complained_key, complained_of: the thread, complained_at: seconds since 1970."""
    from_kind = log.interactions.kind == "complaint"
    rows = log.interactions.filter(from_kind & (log.interactions.occurred_on <= ibis.literal(scope.as_of)))
    about = _text_in(rows.properties, "order").nullif("")
    rows = rows.mutate(
        about=ibis.coalesce(about, rows.thread), at=rows.occurred_at.epoch_seconds().floor().cast("int64")
    )
    rows = rows.filter(rows.about.notnull() & rows.client_key.notnull())
    return rows.group_by(complained_key=rows.client_key, complained_of=rows.about).aggregate(
        complained_at=rows.at.min()
    )
