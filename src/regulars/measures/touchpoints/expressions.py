"""What is counted at each touchpoint: traffic, waits, promises kept, answers, complaints, first touches."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from regulars.measures.local_times import seconds_of
from regulars.measures.purchases import PURCHASE_KINDS, in_period
from regulars.measures.registry import Expression, LogTables
from regulars.measures.scope import Scope
from regulars.measures.scores.answered import REVIEW, answered
from regulars.measures.scores.asking import Asking
from regulars.measures.scores.audience import CUSTOMERS
from regulars.measures.scores.levels import position
from regulars.measures.scores.taken_back import newest_decisions
from regulars.measures.touchpoints.ranks import ranked
from regulars.measures.touchpoints.reading import is_touch, judged, promised, touches, traffic, unnarrowed

REGISTER = "touchpoint"
COMPLAINT = "complaint"
COMPLAINT_DAYS = 30


def registered(log: LogTables, scope: Scope) -> ir.Table:
    """The register, whenever it was decided: names hold for all times.

    Grain    one row per touchpoint, in its newest version
    Columns  key · body JSON
    """
    return newest_decisions(log, REGISTER)


def promises_in_force(log: LogTables, scope: Scope) -> ir.Table:
    """Every promise in force: one row each; see reading.promised."""
    return promised(log)


def tallies(log: LogTables, scope: Scope) -> ir.Table:
    """Touches and what they cost.

    Grain    one row per touchpoint (and ``by``)
    Columns  traffic, customers, known (touches of known customers), costs int · cost, cost_deviation float or null ·
             first_on, last_on
    """
    return tally(touches(log, scope), [*scope.by, "touchpoint"])


def tally(rows: ir.Table, keys: list[str]) -> ir.Table:
    """Of touches: traffic, customers, known, costs, cost, cost_deviation, first_on and last_on by ``keys``."""
    costly = rows.cost.notnull() & ~rows.kind.isin(PURCHASE_KINDS)
    cost = rows.cost.cast("float64")
    return rows.group_by(keys).aggregate(
        traffic=rows.count(),
        customers=rows.client_key.nunique(),
        known=rows.client_key.count(),
        costs=costly.sum(),
        cost=cost.mean(where=costly),
        cost_deviation=cost.std(where=costly, how="sample"),
        first_on=rows.occurred_on.min(),
        last_on=rows.occurred_on.max(),
    )


def waits(log: LogTables, scope: Scope) -> ir.Table:
    """Order statistics of the waits at each touchpoint; see ranks.ranked."""
    return ranked(touches(log, scope), [*scope.by, "touchpoint"], "wait_seconds")


def kept(log: LogTables, scope: Scope) -> ir.Table:
    """Promises kept at each touchpoint.

    Grain    one row per touchpoint with a touch that a promise is about (and ``by``)
    Columns  judged, kept int
    """
    rows = judged(log, scope, touches(log, scope))
    return rows.group_by([*scope.by, "touchpoint"]).aggregate(
        judged=rows.kept.count(), kept=rows.kept.cast("int64").sum().fill_null(0)
    )


def patterns(asking: Asking) -> Expression:
    """Customers by what they answered at each touchpoint."""

    def expression(log: LogTables, scope: Scope) -> ir.Table:
        """How many customers gave so many good, middling and bad answers; one without a client is one of its own.

        Grain    one row per touchpoint and pattern of answers (and ``by``)
        Columns  good, middling, bad, customers int
        """
        rows = asking.counted(log, scope)
        rows = rows.mutate(alone=rows.client_key.isnull().ifelse(rows.interaction_id, 0))
        keys = [*scope.by, "touchpoint"]
        each = rows.group_by([*keys, "client_key", "alone"]).aggregate(
            good=(rows.level == 1).sum(), middling=(rows.level == 0).sum(), bad=(rows.level == -1).sum()
        )
        return each.group_by([*keys, "good", "middling", "bad"]).aggregate(customers=each.count())

    return expression


def scores(log: LogTables, scope: Scope) -> ir.Table:
    """Mean and sample deviation over customers of the mean of their answers, 0 to 100.

    Grain    one row per touchpoint with an answer (and ``by``)
    Columns  scored int · score, score_deviation float
    """
    return mean_scores(each_score(log, scope), [*scope.by, "touchpoint"])


def each_score(log: LogTables, scope: Scope) -> ir.Table:
    """Every answer of customers that has a place on its scale, of surveys and reviews.

    Grain    one row per answer
    Columns  those of scores.answered · position float 0-100 · alone int: tells answers without a client apart
    """
    said = answered(log, scope).union(answered(log, scope, listened=REVIEW))
    said = said.mutate(
        scale_min=said.scale_min.fill_null(ibis.ifelse(said.answer_kind == "nps", 0.0, ibis.null("float64"))),
        scale_max=said.scale_max.fill_null(ibis.ifelse(said.answer_kind == "nps", 10.0, ibis.null("float64"))),
    )
    said = said.filter(said.usable & ~said.duplicate & (said.audience == CUSTOMERS) & said.touchpoint.notnull())
    return said.mutate(position=position(said), alone=said.client_key.isnull().ifelse(said.interaction_id, 0))


def mean_scores(said: ir.Table, keys: list[str]) -> ir.Table:
    """Of answers as in :func:`each_score`: scored, score and score_deviation of each group of ``keys``."""
    each = said.group_by([*keys, "client_key", "alone"]).aggregate(position=said.position.mean())
    return each.group_by(keys).aggregate(
        scored=each.count(), score=each.position.mean(), score_deviation=each.position.std(how="sample")
    )


def complaints(log: LogTables, scope: Scope) -> ir.Table:
    """Complaints by where they belong; see complained.

    Grain    one row per touchpoint (and ``by``)
    Columns  complaints int · first_s: seconds since 1970 at the first of them
    """
    rows = complained(log, scope)
    keys = [*scope.by, "touchpoint"]
    return rows.group_by(keys).aggregate(complaints=rows.count(), first_s=seconds_of(rows.occurred_at).min())


def complained(log: LogTables, scope: Scope) -> ir.Table:
    """Complaints, each where its customer was touched last before, at most COMPLAINT_DAYS earlier.

    ``where`` and ``by`` are about that touch, the period is about the complaint.

    Grain    one row per complaint
    Columns  the ``by`` columns · touchpoint · occurred_at and occurred_on of the complaint
    """
    rows = _of_complainers(unnarrowed(log, scope))
    order = [rows.occurred_at, rows.complains, rows.source_row.fill_null(0), rows.interaction_id]
    # The number of touches so far: a complaint shares it with the last touch before it.
    place = (1 - rows.complains).sum().over(rows=(None, 0), group_by=rows.client_key, order_by=order)
    rows = rows.mutate(place=place)
    touch = rows.complains == 0
    same = ibis.window(group_by=[rows.client_key, rows.place])
    names = (*scope.by, "touchpoint", "occurred_on", "meets")
    of_touch = {f"of_{name}": rows[name].max(where=touch).over(same) for name in names}
    rows = in_period(rows.mutate(**of_touch).filter(rows.complains == 1), scope)
    near = (rows.occurred_on.delta(rows.of_occurred_on, unit="day") <= COMPLAINT_DAYS).fill_null(False)
    rows = rows.filter(near & (rows.of_meets == 1))
    keys = {name: rows[f"of_{name}"] for name in (*scope.by, "touchpoint")}
    return rows.select("occurred_at", "occurred_on", **keys)


def _of_complainers(rows: ir.Table) -> ir.Table:
    """Touches and complaints of those who ever complained; complains and meets as 0 and 1."""
    rows = rows.filter(rows.client_key.notnull())
    complains = (rows.kind == COMPLAINT).fill_null(False)
    who = rows.filter(complains).select(complained_key="client_key").distinct()
    rows = rows.filter(complains | is_touch(rows))
    rows = rows.join(who, rows.client_key == who.complained_key).drop("complained_key")
    complains = (rows.kind == COMPLAINT).fill_null(False)
    return rows.mutate(complains=complains.cast("int64"), meets=rows.meets.cast("int64"))


def first_touches(log: LogTables, scope: Scope) -> ir.Table:
    """Customers whose first touch of all was at the touchpoint, in the period.

    Grain    one row per touchpoint (and ``by``)
    Columns  first_touches int
    """
    rows = in_period(firsts(log, scope), scope)
    return rows.group_by([*scope.by, "touchpoint"]).aggregate(first_touches=rows.count())


def firsts(log: LogTables, scope: Scope) -> ir.Table:
    """The first touch of all of each known customer that meets ``where``, whatever the period.

    Grain    one row per customer
    Columns  the ``by`` columns · client_key · touchpoint · occurred_on
    """
    rows = traffic(unnarrowed(log, scope))
    rows = rows.filter(rows.client_key.notnull())
    begun = rows.group_by("client_key").aggregate(first_at=rows.occurred_at.min()).rename(first_key="client_key")
    rows = rows.join(begun, (rows.client_key == begun.first_key) & (rows.occurred_at == begun.first_at))
    order = [rows.source_row.fill_null(0), rows.interaction_id]
    rows = rows.mutate(place=ibis.row_number().over(group_by=rows.client_key, order_by=order))
    rows = rows.filter((rows.place == 0) & rows.meets)
    return rows.select(*scope.by, "client_key", "touchpoint", "occurred_on")
