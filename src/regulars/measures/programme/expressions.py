"""What the programme reads: decisions, staff, counts of interactions, customers one by one, and what followed what."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import ibis
import ibis.expr.types as ir

from regulars.measures.clients import current_clients
from regulars.measures.local_times import seconds_of
from regulars.measures.programme import asked, bought, shares
from regulars.measures.programme.windows import windows, yearly
from regulars.measures.purchases import interactions
from regulars.measures.registry import Expression, LogTables
from regulars.measures.scope import Scope
from regulars.measures.scores.asking import CSAT
from regulars.measures.touchpoints import announced
from regulars.measures.touchpoints.expressions import complaints, each_score
from regulars.measures.touchpoints.expressions import kept as kept_at
from regulars.measures.touchpoints.reading import touches

NOUNS = (
    "definition",
    "definition read",
    "fit",
    "programme",
    "attested",
    "mistake answered",
    "group",
    "touchpoint",
    "standard",
    "standard read",
    "promise",
    "journey map",
    "four questions",
    "employee",
    "department",
    "limit",
    "training",
    "department promise",
    "visit planned",
)
_OF_EVIDENCE = (
    "decided", "staff", "tally", "each", "facts", "followed", "seen", "said", "kept", "complaints_at", "spoken",
)  # fmt: skip
_OF_MISTAKES = ("products", "fees", "gifts")


def decided(log: LogTables, scope: Scope) -> ir.Table:
    """What the programme and its neighbours decided, in the newest version, whenever that was.

    Grain    one row per noun and key
    Columns  noun · key · version int · body JSON · decided_s: seconds since 1970, null where it is not known
    """
    rows = log.decisions.filter(log.decisions.noun.isin(NOUNS))
    newest = rows.group_by(newest_noun="noun", newest_key="key").aggregate(newest_version=rows.version.max())
    same = [
        rows.noun == newest.newest_noun,
        rows.key == newest.newest_key,
        rows.version == newest.newest_version,
    ]
    both = rows.join(newest, same)
    both = both.mutate(second=seconds_of(both.decided_at))
    return both.group_by(["noun", "key"]).aggregate(
        version=both.version.max(), body=both.body.max(), decided_s=both.second.max()
    )


def staff(log: LogTables, scope: Scope) -> ir.Table:
    """Clients who are employees: client_key and what is known of them, a JSON object."""
    rows = current_clients(log.clients, ["kind", "attributes"])
    return rows.filter(rows.kind == "employee").select("client_key", "attributes")


def seen(log: LogTables, scope: Scope) -> ir.Table:
    """Touches of the year at each touchpoint (and ``by``): touches int."""
    rows = touches(log, yearly(scope))
    return rows.group_by([*scope.by, "touchpoint"]).aggregate(touches=rows.count())


def said(log: LogTables, scope: Scope) -> ir.Table:
    """What customers answered in the year about each touchpoint; null for answers about none.

    Grain    one row per touchpoint (and ``by``)
    Columns  answers, good int: to questions on satisfaction, and of these the satisfied ones · scored int: answers of
             any kind with a place on a scale
    """
    asked_for = yearly(scope)
    satisfied = CSAT.counted(log, asked_for)
    satisfied = satisfied.select(
        *scope.by, "touchpoint", answers=ibis.literal(1), good=(satisfied.level == 1).cast("int64"), scored=0
    )
    any_ = each_score(log, asked_for)
    any_ = any_.select(*scope.by, "touchpoint", answers=ibis.literal(0), good=0, scored=1)
    rows = _whole_numbers(satisfied).union(_whole_numbers(any_))
    return rows.group_by([*scope.by, "touchpoint"]).aggregate(
        answers=rows.answers.sum(), good=rows.good.sum(), scored=rows.scored.sum()
    )


def kept(log: LogTables, scope: Scope) -> ir.Table:
    """Promises kept in the year at each touchpoint: judged, kept int."""
    return kept_at(log, yearly(scope))


def complaints_at(log: LogTables, scope: Scope) -> ir.Table:
    """Complaints of the year where their customers were touched last before: touchpoint, complaints int, first_s."""
    return complaints(log, yearly(scope))


def spoken(log: LogTables, scope: Scope) -> ir.Table:
    """Who spoke first when something came late, was short or faulty; see touchpoints.announced."""
    rows = announced.spoken(log, yearly(scope))
    return rows.group_by([*scope.by, "spoke_first"]).aggregate(events=rows.events.sum())


def followed(log: LogTables, scope: Scope) -> ir.Table:
    """Complaints, good-byes and missed calls of known customers, and whether a word of ours followed.

    Grain    one row per kind of event (and ``by``)
    Columns  kind · events int: those whose days are over, and those that were followed before · followed int
    """
    window = windows(scope)
    rows = interactions(log, scope).filter(lambda row: window.is_now(row.occurred_on))
    rows = rows.filter(rows.kind.isin(list(asked.ANSWER_DAYS)))
    events = rows.select(
        *scope.by,
        "kind",
        "client_key",
        "interaction_id",
        "occurred_at",
        done=rows.outcome.lower().isin(asked.SETTLED).fill_null(False),
        days=asked.answer_days(rows.kind),
        age=ibis.literal(window.last).delta(rows.occurred_on, unit="day"),
    )
    words = asked.words_of_ours(log, scope)
    near = [
        events.client_key == words.to_client,
        words.said_s > seconds_of(events.occurred_at),
        words.said_s <= seconds_of(events.occurred_at) + events.days * asked.DAY_SECONDS,
    ]
    both = events.left_join(words, near)
    each_event = both.group_by(events.columns).aggregate(words=both.said_s.count())
    each_event = each_event.mutate(heard=each_event.done | (each_event.words > 0))
    judged = each_event.filter(each_event.heard | (each_event.age >= each_event.days))
    return judged.group_by([*scope.by, "kind"]).aggregate(
        events=judged.count(), followed=judged.heard.cast("int64").sum()
    )


def _whole_numbers(rows: ir.Table) -> ir.Table:
    return rows.mutate(**{name: rows[name].cast("int64") for name in ("answers", "good", "scored")})


ALL: Mapping[str, Expression] = {
    "decided": decided,
    "staff": staff,
    "tally": asked.tally,
    "each": bought.each,
    "facts": bought.facts,
    "followed": followed,
    "seen": seen,
    "said": said,
    "kept": kept,
    "complaints_at": complaints_at,
    "spoken": spoken,
    "products": bought.products,
    "fees": bought.fees,
    "gifts": bought.gifts,
}
OF_PARITY: Mapping[str, Callable[[LogTables, Scope], ir.Table]] = {
    "told_facts": shares.told_facts,
    "told_answers": shares.told_answers,
}


def of_evidence() -> Mapping[str, Expression]:
    """What steps and maturity read."""
    return {name: ALL[name] for name in _OF_EVIDENCE}


def of_mistakes() -> Mapping[str, Expression]:
    """What mistakes read: all evidence, and what was bought and given."""
    return {name: ALL[name] for name in (*_OF_EVIDENCE, *_OF_MISTAKES)}
