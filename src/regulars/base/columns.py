"""What the customer base says of a customer: one column a question that lists, cards and groups ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from regulars.measures.registry import ColumnType

ColumnGroup = Literal["who", "buying", "value", "contacts", "answers", "promises", "facts"]

YEAR_DAYS = 365


@dataclass(frozen=True)
class BaseColumn:
    """One column of the customer base.

    group          the part of a list's column chooser that it belongs to
    depends_on_us  its value follows from how the company treats the customer, so a group cannot be defined by it
    """

    name: str
    type: ColumnType
    meaning: str
    group: ColumnGroup
    unit: str = ""
    depends_on_us: bool = True


def columns() -> tuple[BaseColumn, ...]:
    """Every column of the customer base, in the order in which a card shows them."""
    return COLUMNS


def column(name: str) -> BaseColumn | None:
    """The column of that name."""
    return _BY_NAME.get(name)


def _who(name: str, type_: ColumnType, meaning: str) -> BaseColumn:
    return BaseColumn(name, type_, meaning, "who", depends_on_us=False)


def _estimate(name: str, type_: ColumnType, meaning: str, unit: str = "") -> tuple[BaseColumn, ...]:
    """An estimate of a model with its 95% interval, and why it is missing where it is."""
    return (
        BaseColumn(name, type_, meaning, "value", unit),
        BaseColumn(f"{name}_low", type_, f"Lower end of the 95% interval of {name}", "value", unit),
        BaseColumn(f"{name}_high", type_, f"Upper end of the 95% interval of {name}", "value", unit),
        BaseColumn(f"{name}_reason", "string", f"Why {name} or its interval is unknown; empty where known", "value"),
    )


_WHO = (
    BaseColumn("client_key", "key", "The customer, by the log's random key", "who", depends_on_us=False),
    _who("kind", "string", "customer, employee, department or partner"),
    _who("customer_type", "string", "For example end user or reseller"),
    _who("acquired_by", "string", "How the customer first came"),
    _who("country", "string", "Country"),
    _who("region", "string", "Region"),
    _who("city", "string", "City or town"),
    _who("gender", "string", "Gender, where it was stated"),
    _who("birth_year", "int", "Year of birth"),
    BaseColumn("first_seen_on", "date", "Day of the first touch of any kind", "who"),
)
_BUYING = (
    BaseColumn("first_order_on", "date", "Day of the first order", "buying"),
    BaseColumn("last_order_on", "date", "Day of the last order", "buying"),
    BaseColumn("recency_days", "int", "Days since the last order", "buying", "days"),
    BaseColumn("orders", "int", "Orders so far", "buying"),
    BaseColumn("orders_last_year", "int", "Orders in the last 365 days", "buying"),
    BaseColumn("spend", "money", "Orders, refunds and adjustments so far", "buying", "currency"),
    BaseColumn("spend_last_year", "money", "The same in the last 365 days", "buying", "currency"),
    BaseColumn("profit", "money", "Spend less the cost of what was sold", "buying", "currency"),
    BaseColumn("profit_reason", "string", "Why profit is unknown; empty where it is known", "buying"),
    BaseColumn("segment", "string", "Segment by recency, frequency and amount", "buying"),
    BaseColumn("rfm", "string", "Fifths of recency, frequency and amount, 5 the best", "buying"),
    BaseColumn("value_rank", "int", "Place by what the customer brings, 1 the most", "buying"),
    BaseColumn("value_share", "share", "Share of what all customers bring", "buying", "0-1"),
    BaseColumn("key_customer", "boolean", "Among the few who bring 80% of the money", "buying"),
)
_VALUE = (
    *_estimate("clv", "float", "Value expected within the horizon", "currency"),
    *_estimate("expected_orders", "float", "Orders expected within the horizon"),
    *_estimate("p_alive", "share", "Chance of still being a customer", "0-1"),
    BaseColumn("slipping", "boolean", "Silent for longer than usual, and would be missed", "value"),
    *_estimate("at_stake", "float", "Money at stake while slipping away", "currency"),
)
_CONTACTS = (
    BaseColumn("contacts_last_year", "int", "Calls, messages, visits and the like in the last 365 days", "contacts"),
    BaseColumn("last_contact_at", "instant", "The last of them, ever", "contacts"),
    BaseColumn("last_contact_kind", "string", "What it was", "contacts"),
    BaseColumn("last_contact_touchpoint", "string", "Where it was", "contacts"),
    BaseColumn("complaints_last_year", "int", "Complaints in the last 365 days", "contacts"),
    BaseColumn("open_complaints", "int", "Complaints whose outcome is open", "contacts"),
)
_ANSWERS = (
    BaseColumn("last_answer_on", "date", "Day of the last answer to a survey", "answers"),
    BaseColumn("last_answer_kind", "string", "What was asked: nps, csat, ces or rating", "answers"),
    BaseColumn("last_answer_score", "float", "The score given then, on the question's own scale", "answers"),
    BaseColumn("last_answer_scale", "string", "That scale, for example 0-10", "answers"),
)
_PROMISES = (
    BaseColumn("overdue_promises", "int", "Promises past their date and not kept yet", "promises"),
    BaseColumn("late_last_year", "int", "Deliveries that came late in the last 365 days", "promises"),
)
_FACTS = (
    BaseColumn("facts_known", "int", "Things learned about the customer that hold now", "facts"),
    BaseColumn("facts_stale", "int", "Of these, confirmed too long ago", "facts"),
)
COLUMNS: tuple[BaseColumn, ...] = (*_WHO, *_BUYING, *_VALUE, *_CONTACTS, *_ANSWERS, *_PROMISES, *_FACTS)
_BY_NAME = {one.name: one for one in COLUMNS}

# Sums that stand under a list, where the column can be added up.
SUMMED = ("spend", "spend_last_year", "profit", "clv", "at_stake")
