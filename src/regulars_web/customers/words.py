"""Columns of the customer base, and the values in them, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from regulars.log.inbox import PAGES

# Heading of a column, and what it means where the heading alone does not say it.
COLUMN_WORDS: Mapping[str, Any] = {
    "customer_type": gettext_lazy("Customer type"),
    "acquired_by": gettext_lazy("Came by"),
    "country": gettext_lazy("Country"),
    "region": gettext_lazy("Region"),
    "city": gettext_lazy("City"),
    "gender": gettext_lazy("Gender"),
    "birth_year": gettext_lazy("Year of birth"),
    "first_seen_on": gettext_lazy("First seen"),
    "first_order_on": gettext_lazy("First order"),
    "last_order_on": gettext_lazy("Last order"),
    "recency_days": gettext_lazy("Days since last order"),
    "orders": gettext_lazy("Orders"),
    "orders_last_year": gettext_lazy("Orders, last year"),
    "spend": gettext_lazy("Bought for"),
    "spend_last_year": gettext_lazy("Bought for, last year"),
    "profit": gettext_lazy("Profit"),
    "segment": gettext_lazy("Segment"),
    "rfm": gettext_lazy("Fifths"),
    "value_rank": gettext_lazy("Rank by value"),
    "value_share": gettext_lazy("Share of all value"),
    "key_customer": gettext_lazy("Key customer"),
    "clv": gettext_lazy("Expected value"),
    "expected_orders": gettext_lazy("Expected orders"),
    "p_alive": gettext_lazy("Still a customer"),
    "slipping": gettext_lazy("Slipping away"),
    "at_stake": gettext_lazy("At stake"),
    "contacts_last_year": gettext_lazy("Contacts, last year"),
    "last_contact_at": gettext_lazy("Last contact"),
    "last_contact_kind": gettext_lazy("Kind of last contact"),
    "last_contact_touchpoint": gettext_lazy("Place of last contact"),
    "complaints_last_year": gettext_lazy("Complaints, last year"),
    "open_complaints": gettext_lazy("Open complaints"),
    "last_answer_on": gettext_lazy("Last answer"),
    "last_answer_kind": gettext_lazy("Question answered"),
    "last_answer_score": gettext_lazy("Last score"),
    "last_answer_scale": gettext_lazy("Scale of last score"),
    "overdue_promises": gettext_lazy("Overdue promises"),
    "late_last_year": gettext_lazy("Late deliveries, last year"),
    "facts_known": gettext_lazy("Known facts"),
    "facts_stale": gettext_lazy("Facts to ask again"),
}
MEANINGS: Mapping[str, Any] = {
    "segment": gettext_lazy("By how lately, how often and for how much a customer buys."),
    "rfm": gettext_lazy("Fifths of recency, frequency and amount; 5 is the best."),
    "spend": gettext_lazy("Orders less refunds, so far."),
    "spend_last_year": gettext_lazy("Orders less refunds in the last 365 days."),
    "profit": gettext_lazy("What was bought less its cost, where costs are known."),
    "key_customer": gettext_lazy("Among the few who bring 80% of the money."),
    "clv": gettext_lazy("What a model expects within the horizon, with its 95% interval."),
    "expected_orders": gettext_lazy("What a model expects within the horizon, with its 95% interval."),
    "p_alive": gettext_lazy("The chance, by a model, that the customer has not left for good."),
    "slipping": gettext_lazy("Silent for longer than usual, and would be missed."),
    "at_stake": gettext_lazy("What a customer who is slipping away would otherwise bring."),
    "facts_stale": gettext_lazy("Known facts that nobody has confirmed for too long."),
    "overdue_promises": gettext_lazy("Past their date and not kept yet."),
}
GROUP_WORDS: Mapping[str, Any] = {
    "who": gettext_lazy("Who"),
    "buying": gettext_lazy("Buying"),
    "value": gettext_lazy("Expected"),
    "contacts": gettext_lazy("Contacts"),
    "answers": gettext_lazy("Answers"),
    "promises": gettext_lazy("Promises"),
    "facts": gettext_lazy("Facts"),
}
OPERATOR_WORDS: Mapping[str, Any] = {
    "is": gettext_lazy("is"),
    "is_not": gettext_lazy("is not"),
    "one_of": gettext_lazy("is one of"),
    "none_of": gettext_lazy("is none of"),
    "contains": gettext_lazy("contains"),
    "at_least": gettext_lazy("is at least"),
    "at_most": gettext_lazy("is at most"),
    "between": gettext_lazy("is between"),
    "before": gettext_lazy("is before"),
    "after": gettext_lazy("is after"),
    "known": gettext_lazy("is known"),
    "unknown": gettext_lazy("is unknown"),
}
# A whole condition, as the chip of a filter reads.
CONDITION_SENTENCES: Mapping[str, Any] = {
    "is": gettext_lazy("%(name)s is %(value)s"),
    "is_not": gettext_lazy("%(name)s is not %(value)s"),
    "one_of": gettext_lazy("%(name)s is one of %(value)s"),
    "none_of": gettext_lazy("%(name)s is none of %(value)s"),
    "contains": gettext_lazy("%(name)s contains %(value)s"),
    "at_least": gettext_lazy("%(name)s is at least %(value)s"),
    "at_most": gettext_lazy("%(name)s is at most %(value)s"),
    "before": gettext_lazy("%(name)s is before %(value)s"),
    "after": gettext_lazy("%(name)s is after %(value)s"),
    "known": gettext_lazy("%(name)s is known"),
    "unknown": gettext_lazy("%(name)s is unknown"),
}
SEGMENT_WORDS: Mapping[str, Any] = {
    "champions": gettext_lazy("champions"),
    "loyal": gettext_lazy("loyal"),
    "new": pgettext_lazy("customers", "new"),
    "promising": gettext_lazy("promising"),
    "potential loyal": gettext_lazy("potential loyal"),
    "needs attention": gettext_lazy("needs attention"),
    "about to sleep": gettext_lazy("about to sleep"),
    "cannot lose": gettext_lazy("cannot lose"),
    "at risk": gettext_lazy("at risk"),
    "lost": pgettext_lazy("customers", "lost"),
    "hibernating": gettext_lazy("hibernating"),
}
# Words of the log that the program itself gives or proposes; anything else stands as the company wrote it.
VALUE_WORDS: Mapping[str, Mapping[str, Any]] = {
    "segment": SEGMENT_WORDS,
    "customer_type": {"end user": gettext_lazy("end user"), "reseller": gettext_lazy("reseller")},
    "gender": {"male": gettext_lazy("male"), "female": gettext_lazy("female")},
    "acquired_by": {
        "recommendation": gettext_lazy("recommendation"),
        "advert": gettext_lazy("advert"),
        "search": gettext_lazy("search"),
        "walked in": gettext_lazy("walked in"),
        "trade fair": gettext_lazy("trade fair"),
    },
    "last_answer_kind": {
        "nps": gettext_lazy("recommendation (0–10)"),
        "csat": gettext_lazy("satisfaction"),
        "ces": gettext_lazy("effort"),
        "rating": gettext_lazy("rating"),
    },
}
GOOD_SEGMENTS = ("champions", "loyal")
HARM_SEGMENTS = ("cannot lose", "at risk", "lost")


def column_words(name: str) -> str:
    """The heading of a column; a fact by its own name."""
    if name.startswith("fact:"):
        return _("Fact: %(name)s") % {"name": fact_words(name.removeprefix("fact:"))}
    return str(COLUMN_WORDS.get(name, name))


def value_words(column: str, value: object) -> str:
    """A text of the base as a person reads it."""
    if column == "last_contact_kind":
        return kind_words(str(value))
    return str(VALUE_WORDS.get(column, {}).get(str(value), value))


KIND_WORDS: Mapping[str, Any] = {
    "order": gettext_lazy("Order"),
    "refund": gettext_lazy("Refund"),
    "adjustment": gettext_lazy("Adjustment"),
    "cancellation": gettext_lazy("Cancellation"),
    "visit": gettext_lazy("Visit"),
    "call": gettext_lazy("Call"),
    "missed_call": gettext_lazy("Missed call"),
    "message": gettext_lazy("Message"),
    "delivery": gettext_lazy("Delivery"),
    "delivery_attempt": gettext_lazy("Delivery attempt"),
    "collection": gettext_lazy("Collection"),
    "assembly": gettext_lazy("Assembly"),
    "production": gettext_lazy("Production"),
    "complaint": gettext_lazy("Complaint"),
    "escalation": gettext_lazy("Escalation"),
    "answer": gettext_lazy("Answer"),
    "offer": gettext_lazy("Offer"),
    "gesture": gettext_lazy("Gesture"),
    "referral": gettext_lazy("Recommendation"),
    "departure": gettext_lazy("Departure"),
    "promise": gettext_lazy("Promise"),
    "contact": gettext_lazy("Contact"),
}


def kind_words(kind: str | None) -> str:
    """What kind of touch it was."""
    if not kind:
        return _("Contact")
    return str(KIND_WORDS.get(kind, kind.replace("_", " ")))


FACT_WORDS: Mapping[str, Any] = {
    "need": gettext_lazy("Need"),
    "fear": gettext_lazy("Fear"),
    "preference": gettext_lazy("Preference"),
    "expectation": gettext_lazy("Expectation"),
    "special date": gettext_lazy("Special date"),
}


def fact_words(name: str) -> str:
    """The name of a fact: one of the five kinds, or the company's own."""
    return str(FACT_WORDS.get(name, name))


def source_words(source: str) -> str:
    """Where something was learned; what was noted on these pages says so."""
    return _("noted here") if source == PAGES else source
