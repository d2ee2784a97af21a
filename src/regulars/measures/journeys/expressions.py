"""What journeys read: moves, variants, steps and hand-overs, each in one pass over the log."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from regulars.measures.journeys.choosing import DETAIL, UNIT
from regulars.measures.journeys.quantiles import FEWEST, FRACTIONS
from regulars.measures.journeys.touches import in_turn, numbered_names, touches
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope

# Stands for the step before the first one; no code is below 0 on DuckDB, and on Spark one of many trillions of logs.
FIRST = -1
SEPARATOR = ","
# Journeys of one way whose quantiles their shortest and longest time tell.
FEW = 2


def moves(log: LogTables, scope: Scope) -> ir.Table:
    """How often one step directly follows another, and after how long.

    Only the touch before is looked up: what a journey ends with is what nothing follows, and the statistics find it by
    subtraction.

    Grain    one row per step and the step before it (and ``by``), of touches in the period
    Columns  before int: code of the step before; FIRST for the first touch of a journey · code int · count int ·
             followed int: those whose step before is in the period too · mean, waits: microseconds, their mean and
             quantiles · with details also journeys, handovers, departments int
    """
    detailed = DETAIL.of(scope) == "yes"
    rows = touches(log, scope, {"department": "department"} if detailed else {})
    order = in_turn(scope)
    found = rows.mutate(
        before=rows.code.lag().over(order),
        wait=rows.micros - rows.micros.lag().over(order),
        **({"period_before": rows.in_period.lag().over(order)} if scope.from_on else {}),
        **({"department_before": rows.department.lag().over(order)} if detailed else {}),
    )
    if scope.from_on:
        found = found.filter(found.in_period)
    found = found.mutate(before=found.before.fill_null(FIRST))
    return found.group_by([*scope.by, "before", "code"]).aggregate(
        count=found.count(),
        followed=_followed(found, scope),
        mean=found.wait.mean(),
        waits=found.wait.quantile(FRACTIONS),
        **(_details(found) if detailed else {}),
    )


def variants(log: LogTables, scope: Scope) -> ir.Table:
    """Journeys by the steps they took, of those that began in the period.

    Grain    one row per sequence of steps (and ``by``), the most frequent first
    Columns  numbers: of the steps in order, as one text · count int · mean, median, p90: microseconds from the first
             touch to the last · waits: their quantiles, null where journeys are too few for an interval

    Most ways are taken once where ways are many. Quantiles of one or two are plain sums, so that engines keep no
    quantiles of half a million groups.
    """
    each = _ways(log, scope)
    key = [*scope.by, "ways"]
    counted = each.group_by(key).aggregate(
        count=each.count(), mean=each.lasted.mean(), least=each.lasted.min(), most=each.lasted.max()
    )
    few = counted.filter(counted["count"] <= FEW)
    few = few.select(
        *key,
        "count",
        "mean",
        median=few.least + (few.most - few.least) * 0.5,
        p90=few.least + (few.most - few.least) * 0.9,
        waits=ibis.null("array<float64>"),
    )
    more = counted.filter(counted["count"] > FEW).select(**{f"{name}_of_each": counted[name] for name in key})
    many = each.semi_join(more, [each[name].identical_to(more[f"{name}_of_each"]) for name in key])
    found = few.union(_timed(many, key))
    found = found.order_by([ibis.desc("count"), "ways"])
    return found.mutate(numbers=ibis.literal(SEPARATOR).join(found.ways.map(_as_text))).drop("ways")


def _ways(log: LogTables, scope: Scope) -> ir.Table:
    """Each journey that began in the period: the numbers of its steps in order, and how long it took."""
    rows = touches(log, scope)
    known = numbered_names(log, scope)
    known = known.filter(known.step.notnull()).select(named="step", number=known.number).distinct()
    rows = rows.join(known, rows.step == known.named)
    touch = ibis.struct({"micros": rows.micros, "turn": rows.turn, "number": rows.number})
    each = rows.group_by([*scope.by, "journey"]).aggregate(
        touches=touch.collect(),
        lasted=rows.micros.max() - rows.micros.min(),
        begun=rows.in_period.min() if scope.from_on else ibis.literal(True),
    )
    each = each.filter(each.begun) if scope.from_on else each
    return each.select(*scope.by, "lasted", ways=each.touches.sort().map(lambda one: one.number))


def _timed(many: ir.Table, key: list[str]) -> ir.Table:
    found = many.group_by(key).aggregate(
        count=many.count(),
        mean=many.lasted.mean(),
        median=many.lasted.quantile(0.5),
        p90=many.lasted.quantile(0.9),
        waits=many.lasted.quantile(FRACTIONS),
    )
    return found.mutate(waits=(found["count"] >= FEWEST).ifelse(found.waits, ibis.null(found.waits.type())))


def _as_text(number: ir.IntegerValue) -> ir.StringValue:
    return number.cast("string")


def steps(log: LogTables, scope: Scope) -> ir.Table:
    """Each step with the waiting before and after it.

    Grain    one row per step (and ``by``), of touches in the period
    Columns  code, count, followed, starts, ends, self_loops int · before_n, after_n int · mean_before, waits_before,
             mean_after, waits_after: microseconds
    """
    rows = touches(log, scope)
    order = in_turn(scope)
    found = rows.mutate(
        before=rows.code.lag().over(order),
        wait=rows.micros - rows.micros.lag().over(order),
        rest=rows.micros.lead().over(order) - rows.micros,
        **({"period_before": rows.in_period.lag().over(order)} if scope.from_on else {}),
    )
    found = found.filter(found.in_period) if scope.from_on else found
    return found.group_by([*scope.by, "code"]).aggregate(
        count=found.count(),
        followed=_followed(found, scope),
        starts=found.before.isnull().sum(),
        ends=found.rest.isnull().sum(),
        self_loops=(found.before == found.code).sum().fill_null(0),
        before_n=found.wait.count(),
        after_n=found.rest.count(),
        mean_before=found.wait.mean(),
        waits_before=found.wait.quantile(FRACTIONS),
        mean_after=found.rest.mean(),
        waits_after=found.rest.quantile(FRACTIONS),
    )


def visits(log: LogTables, scope: Scope) -> ir.Table:
    """Journeys with each step, and those in which it comes again.

    Grain    one row per step (and ``by``)
    Columns  code, journeys, repeats int
    """
    rows = touches(log, scope)
    each = rows.group_by([*scope.by, "journey", "code"]).aggregate(
        times=rows.count(), in_period=rows.in_period.cast("int64").sum()
    )
    each = each.filter(each.in_period > 0)
    return each.group_by([*scope.by, "code"]).aggregate(
        journeys=each.count(), repeats=(each.times > 1).sum().fill_null(0)
    )


def handovers(log: LogTables, scope: Scope) -> ir.Table:
    """Moves from one department (employee, branch, channel) to another.

    Grain    one row per pair that hands over (and ``by``), of hand-overs in the period
    Columns  from_unit, to_unit · count, journeys, returned int · mean, waits: microseconds
    """
    rows = touches(log, scope, {"unit": UNIT.of(scope)})
    rows = rows.filter(rows.unit.notnull())
    order = in_turn(scope)
    found = rows.mutate(unit_before=rows.unit.lag().over(order), wait=rows.micros - rows.micros.lag().over(order))
    found = found.filter(found.unit_before.notnull() & (found.unit_before != found.unit))
    # Of hand-overs alone, the next one begins where this one ended.
    found = found.mutate(unit_after=found.unit.lead().over(order))
    found = found.filter(found.in_period) if scope.from_on else found
    return found.group_by([*scope.by, "unit_before", "unit"]).aggregate(
        count=found.count(),
        journeys=found.journey.nunique(),
        returned=(found.unit_after == found.unit_before).sum().fill_null(0),
        mean=found.wait.mean(),
        waits=found.wait.quantile(FRACTIONS),
    )


def units_known(log: LogTables, scope: Scope) -> ir.Table:
    """Journeys of the period with a touch whose unit is known.

    Grain    one row (per ``by``)
    Columns  journeys, known, touches int
    """
    rows = touches(log, scope, {"unit": UNIT.of(scope)})
    rows = rows.filter(rows.in_period) if scope.from_on else rows
    return rows.aggregate(
        by=list(scope.by),
        journeys=rows.journey.nunique(where=rows.unit.notnull()),
        known=rows.unit.count(),
        touches=rows.count(),
    )


def _followed(found: ir.Table, scope: Scope) -> ir.IntegerScalar:
    """Touches that another one of the period came before; the others are the first ones of their journey in it."""
    return found.period_before.sum().fill_null(0) if scope.from_on else found.wait.count()


def _details(found: ir.Table) -> dict[str, ir.Value]:
    differs = found.department != found.department_before
    return {
        "journeys": found.journey.nunique(),
        "handovers": differs.sum(),
        "departments": (found.department.notnull() & found.department_before.notnull()).sum(),
    }
