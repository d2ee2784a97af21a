"""What the index reads: of every customer, guest and colleague what counts for and against each component.

Everything is told by whole calendar months back from the month of the last day, which is 0; so the same rows make the
index and its history. Guests have no key: each is a unit of its own, and equal ones are told together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import ibis
import ibis.expr.types as ir

from regulars.measures.clients import current_clients
from regulars.measures.index.parts import FOCUS_QUESTIONS
from regulars.measures.local_times import EPOCH, day_number, local_day_number
from regulars.measures.purchases import in_period, interactions, month_index
from regulars.measures.registry import Expression, LogTables
from regulars.measures.scope import Scope
from regulars.measures.scores.answered import answered
from regulars.measures.scores.audience import CUSTOMERS, EMPLOYEES
from regulars.measures.scores.confidence import confidential
from regulars.measures.touchpoints.announced import BY_COMPANY, told
from regulars.measures.touchpoints.expressions import COMPLAINT
from regulars.measures.touchpoints.reading import judged, touches

WINDOW = 12  # months that the index looks back over
MONTHS_SHOWN = 13  # of the history: this month, and the same one a year ago
DECIDED = ("index", "definition", "definition read", "employee", "journey map")
# How files say that somebody was recommended.
RECOMMENDED = (
    "recommendation",
    "recommended",
    "referral",
    "referred",
    "word of mouth",
    "friend",
    "friends",
    "препоръка",
    "рекомендация",
    "doporučení",
    "tavsiye",
)
IN_CONFIDENCE = confidential(EMPLOYEES, kinds=("nps", "rating"))
OF_SCORES = {"nps": "recommend", "csat": "satisfied", "ces": "low effort"}
OF_FOCUS = {key: key.replace("-", " ") for key in FOCUS_QUESTIONS}


@dataclass(frozen=True)
class Reading:
    """What is read for so many months of history; 1 for the index alone."""

    windows: int

    @property
    def expressions(self) -> Mapping[str, Expression]:
        """All expressions by name."""
        return {
            "ordered": self.ordered,
            "confirmed": self.confirmed,
            "complained": self.complained,
            "first_orders": self.first_orders,
            "promises": self.promises,
            "told_first": self.told_first,
            "said": self.said,
            "staff_said": _staff_said,
            "newest": newest,
            "staff": staff,
            "decided": decided,
        }

    def ordered(self, log: LogTables, scope: Scope) -> ir.Table:
        """Orders, back to the 12 months before the oldest window.

        Grain    one row per customer, or kind of guest, and month with an order (and ``by``)
        Columns  see :func:`per_unit` · orders · in_period: those of the period
        """
        rows = interactions(log, replace(scope, from_on=None), guests=True)
        rows = with_months(rows.filter(rows.kind == "order"), scope)
        begins = ibis.literal(scope.from_on) if scope.from_on else None
        inside = ibis.literal(True) if begins is None else rows.occurred_on >= begins
        rows = rows.filter(
            (rows.months_back < 2 * WINDOW + self.windows - 1) | (inside if begins is not None else False)
        )
        rows = rows.mutate(orders=ibis.literal(1), in_period=inside.cast("int64"))
        return per_unit(rows, scope.by, ("orders", "in_period"))

    def confirmed(self, log: LogTables, scope: Scope) -> ir.Table:
        """Months in which something was learned of a customer, or confirmed; whatever ``where`` and ``by`` say.

        Grain    one row per customer and month
        Columns  unit · months_back · facts int
        """
        rows = log.facts.filter(log.facts.client_key.notnull() & log.facts.value.notnull())
        status = rows.status.fill_null("stated")
        rows = rows.filter(~status.isin(["dropped", "taken back"]))
        said_at = ibis.coalesce(rows.confirmed_at, rows.known_at)
        rows = rows.mutate(months_back=_months_before(local_day_number(said_at, scope), scope, WINDOW + self.windows))
        rows = rows.filter((rows.months_back >= 0) & (rows.months_back < WINDOW + self.windows - 1))
        rows = rows.select("months_back", unit=rows.client_key)
        return rows.group_by(["unit", "months_back"]).aggregate(facts=rows.count())

    def complained(self, log: LogTables, scope: Scope) -> ir.Table:
        """Complaints of the period by any channel, whatever ``where`` and ``by`` say.

        Grain    one row per customer and month with a complaint
        Columns  unit · months_back · complaints int
        """
        rows = log.interactions.filter(
            (log.interactions.kind == COMPLAINT)
            & log.interactions.client_key.notnull()
            & (log.interactions.occurred_on <= ibis.literal(scope.last_on))
        )
        rows = _in_windows(in_period(rows, scope), scope, self.windows).select("months_back", unit=rows.client_key)
        return rows.group_by(["unit", "months_back"]).aggregate(complaints=rows.count())

    def first_orders(self, log: LogTables, scope: Scope) -> ir.Table:
        """New customers of whom it is known how they came.

        Grain    one row per customer whose first order lies in the time (and ``by``)
        Columns  see :func:`per_unit` · recommended, known
        """
        rows = interactions(log, replace(scope, from_on=None))
        rows = rows.filter(rows.kind == "order")
        firsts = rows.group_by([*scope.by, "client_key"]).aggregate(occurred_on=rows.occurred_on.min())
        firsts = _in_windows(in_period(firsts, scope), scope, self.windows)
        came = current_clients(log.clients, ["acquired_by"]).rename(came_key="client_key", came_by="acquired_by")
        firsts = firsts.join(came, firsts.client_key == came.came_key).drop("came_key")
        word = firsts.came_by.strip().lower()
        firsts = firsts.filter((word != "").fill_null(False))
        firsts = firsts.mutate(recommended=word.isin(RECOMMENDED).cast("int64"), known=ibis.literal(1))
        firsts = firsts.mutate(interaction_id=firsts.client_key)
        return per_unit(firsts, scope.by, ("recommended", "known"))

    def promises(self, log: LogTables, scope: Scope) -> ir.Table:
        """Touches that a promise is about, complaints and others.

        Grain    one row per customer, or kind of guest, and month (and ``by``)
        Columns  see :func:`per_unit` · kept, judged: without complaints · complaints_kept, complaints_judged
        """
        wide = _wide(scope, self.windows)
        rows = judged(log, wide, touches(log, wide))
        rows = with_months(rows.filter(rows.kept.notnull()), scope)
        complaint = (rows.kind == COMPLAINT).fill_null(False).cast("int64")
        kept = rows.kept.cast("int64")
        rows = rows.mutate(judged=1 - complaint, complaints_judged=complaint)
        rows = rows.mutate(complaints_kept=kept * complaint).mutate(kept=kept * (1 - complaint))
        return per_unit(rows, scope.by, ("kept", "judged", "complaints_kept", "complaints_judged"))

    def told_first(self, log: LogTables, scope: Scope) -> ir.Table:
        """What came late, short or faulty, and whether the company told it first.

        Grain    one row per customer, or kind of guest, and month (and ``by``)
        Columns  see :func:`per_unit` · told, events
        """
        rows = told(log, replace(_wide(scope, self.windows), choices={}))
        rows = with_months(rows, scope)
        rows = rows.mutate(told=(rows.spoke_first == BY_COMPANY).cast("int64"), events=ibis.literal(1))
        return per_unit(rows, scope.by, ("told", "events"))

    def said(self, log: LogTables, scope: Scope) -> ir.Table:
        """Customers' answers that enter a component.

        Grain    one row per component, customer, or kind of guest, and month (and ``by``)
        Columns  component · see :func:`per_unit` · good, bad, answers
        """
        rows = answered(log, _wide(scope, self.windows))
        rows = rows.filter(rows.usable & ~rows.duplicate & (rows.audience == CUSTOMERS))
        rows = with_months(rows.mutate(component=_component_of(rows)), scope)
        rows = _levels(rows.filter(rows.component.notnull()))
        return per_unit(rows, ("component", *scope.by), ("good", "bad", "answers"))


def staff(log: LogTables, scope: Scope) -> ir.Table:
    """Employees as clients are listed.

    Grain    one row per employee
    Columns  code · department; "" where it is not told
    """
    known = current_clients(log.clients, ["kind", "code", "department"])
    rows = known.filter((known.kind == "employee").fill_null(False))
    return rows.select(code=rows.code.fill_null(""), department=rows.department.fill_null(""))


def decided(log: LogTables, scope: Scope) -> ir.Table:
    """Decisions that components and their weights are read from, every version.

    Grain    one row per version
    Columns  noun · key · version · decided_on: days since 1970, local · body JSON
    """
    rows = log.decisions.filter(log.decisions.noun.isin(DECIDED))
    rows = rows.mutate(decided_on=local_day_number(rows.decided_at, scope).fill_null(0))
    return rows.group_by(["noun", "key", "version"]).aggregate(decided_on=rows.decided_on.max(), body=rows.body.max())


def newest(log: LogTables, scope: Scope) -> ir.Table:
    """The last day on which anything happened.

    Grain    one row
    Columns  newest_on: days since 1970; null in an empty log
    """
    return log.interactions.aggregate(newest_on=day_number(log.interactions.occurred_on.max()))


def _staff_said(log: LogTables, scope: Scope) -> ir.Table:
    """Employees' answers, whatever is asked for: what may be told of them is decided over all of them."""
    return IN_CONFIDENCE(log, replace(scope, by=(), where=None, from_on=None))


def per_unit(rows: ir.Table, keys: Sequence[str], sums: Sequence[str]) -> ir.Table:
    """Sums of each customer; guests one by one, equal ones told together.

    rows     have client_key, interaction_id and months_back

    Grain    one row per key, customer or kind of guest, and month
    Columns  the keys · unit: the customer, 0 for guests · guest 0 or 1 · months_back · the sums, int · units int: 1,
             or how many guests
    """
    guest = rows.client_key.isnull()
    rows = rows.mutate(unit=guest.ifelse(rows.interaction_id, rows.client_key), guest=guest.cast("int64"))
    each = rows.group_by([*keys, "unit", "guest", "months_back"]).aggregate(
        **{name: rows[name].sum().cast("int64") for name in sums}
    )
    each = each.mutate(unit=ibis.ifelse(each.guest == 1, 0, each.unit))
    return each.group_by([*keys, "unit", "guest", "months_back", *sums]).aggregate(units=each.count())


def with_months(rows: ir.Table, scope: Scope) -> ir.Table:
    """Rows with months_back: whole months before the month of the last day."""
    newest = scope.last_on.year * 12 + scope.last_on.month - 1
    return rows.mutate(months_back=(newest - month_index(rows.occurred_on)).cast("int64"))


def _in_windows(rows: ir.Table, scope: Scope, windows: int) -> ir.Table:
    """Rows of the months that some window looks at; of the whole period where one is asked for."""
    rows = with_months(rows, scope)
    return rows if scope.from_on else rows.filter(rows.months_back < WINDOW + windows - 1)


def _wide(scope: Scope, windows: int) -> Scope:
    """The scope from the first day that some window looks at."""
    return scope if scope.from_on else replace(scope, from_on=_month_start(scope, WINDOW + windows - 2))


def _month_start(scope: Scope, back: int) -> date:
    months = scope.last_on.year * 12 + scope.last_on.month - 1 - back
    return date(max(months // 12, 1), months % 12 + 1, 1)


def _months_before(day: ir.IntegerValue, scope: Scope, most: int) -> ir.IntegerValue:
    """Months back of a day that is told by its number; -1 after the last day, ``most`` for whatever is older."""
    starts = [(_month_start(scope, back) - EPOCH).days for back in range(most)]
    after = (day > (scope.last_on - EPOCH).days).cast("int64")
    return sum(((day < start).cast("int64") for start in starts), start=ibis.literal(0, "int64")) - after


def _component_of(rows: ir.Table) -> ir.StringValue:
    """The component that a customer's answer enters; null for none."""
    question = rows.question.lower()
    parts = [(rows.answer_kind == kind, name) for kind, name in OF_SCORES.items()]
    parts += [
        ((rows.answer_kind == "rating") & ((question == key) | question.endswith(f".{key}")), name)
        for key, name in OF_FOCUS.items()
    ]
    return ibis.cases(*parts, else_=ibis.null("string"))


def _levels(rows: ir.Table) -> ir.Table:
    good, bad = (rows.level == 1).cast("int64"), (rows.level == -1).cast("int64")
    return rows.mutate(good=good, bad=bad, answers=ibis.literal(1))


def _of_all_time(build: Expression) -> Expression:
    """The expression without the period that is asked for: each month looks back over its own 12."""

    def asked(log: LogTables, scope: Scope) -> ir.Table:
        return build(log, replace(scope, from_on=None))

    return asked


READ: Mapping[str, Expression] = Reading(1).expressions
READ_MONTHS: Mapping[str, Expression] = {
    name: _of_all_time(build) for name, build in Reading(MONTHS_SHOWN).expressions.items()
}
