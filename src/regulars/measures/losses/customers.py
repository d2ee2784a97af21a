"""Every known customer's few dates: what stages, losses and survival are counted from.

Who is known but never bought is there too, also those of whom there is no touch at all, only a line in a list of
customers. Employees, departments and partners are not. Days are numbers, counted from 1970: a million of them then
need no million objects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import ibis
import ibis.expr.types as ir

from regulars.measures.clients import current_clients
from regulars.measures.conditions import parse_condition
from regulars.measures.purchases import PURCHASE_KINDS, days_between, interactions, named_columns
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope

OFFERS = ("offer", "quote", "visit")
REFERRAL, DEPARTURE, CUSTOMER = "referral", "departure", "customer"
YEAR_DAYS = 365
PROMOTER = 0.9  # 9 of 10
FIRST_DAY = date(1970, 1, 1)
# Other programs' attributes may go by the same names and hold anything.
_DATE = r"^\d{4}-\d{2}-\d{2}$"
_NUMBER = r"^\d{1,6}(\.\d+)?$"
# Attributes of a customer that tell of a contract; see the fields of a list of customers.
CONTRACT = ("contract_from", "left_on", "has_left", "tenure_months")


def known_customers(log: LogTables, scope: Scope) -> ir.Table:
    """What is known of each customer on ``scope.last_on``: see known_on."""
    return known_on(log, scope, [scope.last_on]).drop("on_day")


def known_on(log: LogTables, scope: Scope, days: Sequence[date]) -> ir.Table:
    """What was known of each customer on the evenings of some days, oldest day first.

    Grain    one row per day and customer (and ``by``): those with a touch, and those in a list of customers alone
    Columns  on_day · the ``by`` columns · client_key · first_day, second_day, last_day: of order days · orders int:
             order days · touched_day, offered_day, departed_day, recommended_day: the last of each; touches are those
             that the company did not begin · value money: purchases in 365 days · contract_day, contract_left_day ·
             contract_left boolean · tenure_months float
    Empty    nobody is known, no rows
    """
    looks = Looks(tuple(days))
    scope = replace(scope, from_on=None, to_on=days[-1])
    each = _of_touches(log, scope, looks)
    each = each.union(without_touches(log, scope, each, looks))
    each = joined_to(each, _second_orders(log, scope), [*scope.by, "client_key"])
    each = joined_to(each, _recommended(log, looks), ["client_key", "on_day"])
    return joined_to(each, contracts(log), ["client_key"])


@dataclass(frozen=True)
class Looks:
    """Days on whose evenings customers are looked at, all in one pass over the log.

    Time is cut at every look and a year before it. The log is added up once between the cuts, and what lies before a
    look is put together from these sums.
    """

    days: tuple[date, ...]

    @property
    def cuts(self) -> list[int]:
        """Last days before the cuts, ascending."""
        ends = [number(day) for day in self.days]
        return sorted({*ends, *(end - YEAR_DAYS for end in ends)})

    def span(self, day: ir.IntegerValue) -> ir.IntegerValue:
        """How many cuts lie before a day."""
        return sum(((day > cut).cast("int64") for cut in self.cuts), start=ibis.literal(0, "int64"))

    def each(self) -> ir.IntegerValue:
        """One row for each look: its day."""
        found: ir.IntegerValue = ibis.array([ibis.literal(number(day), "int64") for day in self.days]).unnest()
        return found

    def cut_of(self, look: ir.IntegerValue, *, days_before: int = 0) -> ir.IntegerValue:
        """The place of a look's cut, or of the one so many days before it: spans up to it are not later."""
        places = {number(day): self.cuts.index(number(day) - days_before) for day in self.days}
        found: ir.IntegerValue = ibis.cases(
            *[(look == day, ibis.literal(place, "int64")) for day, place in places.items()]
        )
        return found


def number(day: date) -> int:
    """Days since 1970."""
    return (day - FIRST_DAY).days


def contracts(log: LogTables) -> ir.Table:
    """What lists of customers say of contracts.

    Grain    one row per client of whom anything is known
    Columns  client_key · contract_day, contract_left_day int · contract_left boolean · tenure_months float
    """
    said = current_clients(log.clients, CONTRACT)
    return said.select(
        "client_key",
        contract_day=day_number(written_date(said.contract_from)),
        contract_left_day=day_number(written_date(said.left_on)),
        contract_left=said.has_left == "true",
        tenure_months=said.tenure_months.re_extract(_NUMBER, 0).try_cast("float64"),
    )


def joined_to(each: ir.Table, more: ir.Table, keys: Sequence[str]) -> ir.Table:
    """The columns of ``more``, one row a customer, beside ``each``; a missing value of ``by`` matches a missing one."""
    right = more.rename({f"{name}_of_more": name for name in keys})
    certain = ("client_key", "on_day")  # never missing: plain equality is faster
    same = [each[name] == right[f"{name}_of_more"] for name in keys if name in certain]
    same += [each[name].identical_to(right[f"{name}_of_more"]) for name in keys if name not in certain]
    both = each.left_join(right, same)
    return both.select(*each.columns, *(name for name in more.columns if name not in keys))


def written_date(text: ir.StringValue) -> ir.DateValue:
    """A date that is written as 2024-01-31; null for anything else."""
    found: ir.DateValue = text.re_extract(_DATE, 0).try_cast("date")
    return found


def day_number(day: ir.Value) -> ir.IntegerValue:
    """Days since 1970."""
    return days_between(ibis.literal(FIRST_DAY), day)


def _of_touches(log: LogTables, scope: Scope, looks: Looks) -> ir.Table:
    keys = [*scope.by, "client_key"]
    days = _days(log, scope)
    spans = days.mutate(span=looks.span(days.day))
    spans = spans.group_by([*keys, "span"]).aggregate(
        first_day=spans.day.min(where=spans.ordered == 1),
        last_day=spans.day.max(where=spans.ordered == 1),
        orders=spans.ordered.sum(),
        touched_day=spans.day.max(where=spans.touched == 1),
        offered_day=spans.day.max(where=spans.offered == 1),
        departed_day=spans.day.max(where=spans.departed == 1),
        value=spans.value.sum(),
    )
    seen = spans.mutate(on_day=looks.each())
    seen = seen.filter(seen.span <= looks.cut_of(seen.on_day))
    recent = seen.span > looks.cut_of(seen.on_day, days_before=YEAR_DAYS)
    nothing = ibis.literal(0).cast(seen.value.type())
    return seen.group_by(["on_day", *keys]).aggregate(
        first_day=seen.first_day.min(),
        last_day=seen.last_day.max(),
        orders=seen.orders.sum(),
        touched_day=seen.touched_day.max(),
        offered_day=seen.offered_day.max(),
        departed_day=seen.departed_day.max(),
        value=ibis.coalesce(seen.value.sum(where=recent), nothing),
    )


def _days(log: LogTables, scope: Scope) -> ir.Table:
    """One row per customer and day with a touch (and ``by``): what happened on it, 0 or 1, and the purchases."""
    rows = interactions(log, scope)
    others = _others(log)
    rows = rows.anti_join(others, rows.client_key == others.client_key)
    theirs = rows.initiated_by.fill_null("client") != "company"
    # A newsletter that went to everybody is no offer that anyone considers.
    offered = rows.kind.isin(OFFERS) & (theirs | rows.thread.notnull())
    days = rows.group_by([*scope.by, "client_key", "occurred_on"]).aggregate(
        ordered=(rows.kind == "order").cast("int64").max(),
        touched=theirs.cast("int64").max(),
        offered=offered.cast("int64").max(),
        departed=(rows.kind == DEPARTURE).cast("int64").max(),
        value=rows.amount.sum(where=rows.kind.isin(PURCHASE_KINDS)),
    )
    return days.mutate(day=day_number(days.occurred_on))


def _others(log: LogTables) -> ir.Table:
    """Clients who are known to be something else than customers."""
    kinds = current_clients(log.clients, ["kind"])
    return kinds.filter(kinds.kind != CUSTOMER).select("client_key")


def without_touches(log: LogTables, scope: Scope, each: ir.Table, looks: Looks) -> ir.Table:
    """Customers of a list who have no touch; what only touches have is null of them.

    Whoever is touched later was not known yet: every import of orders lists its customers too.
    """
    named = named_columns(log, scope)
    of_clients = [name for name in named if name not in log.interactions.columns]
    known = current_clients(log.clients, list(dict.fromkeys(["kind", *of_clients])))
    known = known.filter(known.kind.isnull() | (known.kind == CUSTOMER))
    touched = log.interactions.filter(log.interactions.client_key.notnull()).select("client_key").distinct()
    known = known.anti_join(touched, known.client_key == touched.client_key)
    missing = {name: ibis.null(log.interactions[name].type()) for name in named if name in log.interactions.columns}
    known = known.mutate(**missing)
    if scope.where:
        known = known.filter(parse_condition(scope.where, known))
    types, known = each.schema(), known.mutate(on_day=looks.each())
    empty = {name: ibis.null(types[name]) for name in each.columns if name not in (*scope.by, "client_key", "on_day")}
    empty |= {name: ibis.literal(0).cast(types[name]) for name in ("orders", "value") if name in each.columns}
    return known.select(*scope.by, "client_key", "on_day", **empty).select(each.columns)


def _second_orders(log: LogTables, scope: Scope) -> ir.Table:
    rows = interactions(log, scope)
    rows = rows.filter(rows.kind == "order").select(*scope.by, "client_key", "occurred_on")
    first = rows.occurred_on.min().over(ibis.window(group_by=[*scope.by, "client_key"]))
    rows = rows.mutate(first_on=first)
    rows = rows.filter(rows.occurred_on > rows.first_on)
    return rows.group_by([*scope.by, "client_key"]).aggregate(second_day=day_number(rows.occurred_on).min())


def _recommended(log: LogTables, looks: Looks) -> ir.Table:
    """By each look, the day on which a customer last recommended us: by a referral, or by an answer of 9 or 10."""
    last_on = ibis.literal(looks.days[-1])
    touched = log.interactions.filter(log.interactions.client_key.notnull() & (log.interactions.occurred_on <= last_on))
    referred = touched.filter(touched.kind == REFERRAL).select("client_key", "occurred_on")
    asked = log.answers.filter(log.answers.kind == "nps")
    high = (asked.score - asked.scale_min) >= (asked.scale_max - asked.scale_min) * PROMOTER
    said = asked.filter(high).select("interaction_id").distinct()
    told = touched.filter(touched.kind == "answer").semi_join(said, "interaction_id")
    both = referred.union(told.select("client_key", "occurred_on"))
    both = both.select("client_key", day=day_number(both.occurred_on)).distinct().mutate(on_day=looks.each())
    both = both.filter(both.day <= both.on_day)
    return both.group_by(["client_key", "on_day"]).aggregate(recommended_day=both.day.max())
