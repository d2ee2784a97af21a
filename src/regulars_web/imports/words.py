"""What forms and fields are called on pages, and why a column was taken for a field.

What fields mean and forms need is said by shared/said.py, like every other sentence of the library.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

FORMS: dict[str, tuple[Any, Any]] = {
    "orders": (_("Orders"), _("One row is one line of an order, invoice or receipt.")),
    "contacts": (_("Contacts"), _("One row is one call, visit, message, delivery or complaint.")),
    "answers": (_("Answers"), _("One row is one filled-in questionnaire, or one answer.")),
    "customers": (_("Customers"), _("One row is one customer, with name, telephone, type and so on.")),
    "reviews": (_("Reviews"), _("One row is one review: stars, words, or both.")),
}
# Kinds of question that a column may be.
QUESTIONS: dict[str, Any] = {
    "nps": _("would recommend us, 0 to 10"),
    "csat": _("satisfaction"),
    "ces": _("effort"),
    "rating": _("another mark on a scale"),
    "choice": _("an option chosen"),
    "text": _("an answer in words"),
}
OTHER_FORMS: dict[str, Any] = {
    "demo": _("Demo company"),
    "pages": _("Written on pages"),
    "join": _("Joined records"),
}
LABELS: dict[str, Any] = {
    "order_id": _("Order number"),
    "customer_id": _("Customer number"),
    "occurred": _("Date"),
    "product": _("Article number"),
    "product_name": _("Product"),
    "category": _("Product group"),
    "quantity": _("Quantity"),
    "unit_price": _("Price of one"),
    "amount": _("Amount"),
    "cost": _("Cost"),
    "unit_cost": _("Cost of one"),
    "currency": _("Currency"),
    "order_kind": _("Status or type"),
    "channel": _("Channel"),
    "branch": _("Branch"),
    "department": _("Department"),
    "employee": _("Employee"),
    "touchpoint": _("Touchpoint"),
    "customer_type": _("Type of customer"),
    "acquired_by": _("How the customer came"),
    "country": _("Country"),
    "region": _("Region"),
    "city": _("Town"),
    "name": _("Name"),
    "first_name": _("First name"),
    "last_name": _("Family name"),
    "email": _("E-mail"),
    "phone": _("Telephone"),
    "address": _("Address"),
    "text": _("Text"),
    "due": _("Promised for"),
    "delivered": _("Delivered on"),
    "kind": _("Kind"),
    "step": _("Step"),
    "initiated_by": _("Who spoke first"),
    "outcome": _("Outcome"),
    "thread": _("Case or order"),
    "wait_seconds": _("Waiting time"),
    "duration_seconds": _("Duration"),
    "survey": _("Survey"),
    "question": _("Question"),
    "score": _("Score"),
    "choice": _("Option chosen"),
    "language": _("Language"),
    "weight": _("Weight"),
    "birthday": _("Birthday"),
    "gender": _("Gender"),
    "birth_year": _("Year of birth"),
    "consent": _("Consent"),
    "contract": _("Contract"),
    "contract_from": _("Contract from"),
    "contract_until": _("Contract until"),
    "left_on": _("Left on"),
    "has_left": _("Whether the customer has left"),
    "tenure_months": _("Months as a customer"),
    "total_charges": _("Paid in all"),
}
# Why a column was taken for a field, as regulars.imports.mapping says it.
REASONS: dict[str, Any] = {
    "its name": _("known by its name"),
    "part of its name": _("known by a part of its name"),
    "a price without quantities is the line's amount": _("a price without quantities is the line's amount"),
    "the only column with dates": _("the only column with dates"),
    "the only column with e-mail addresses": _("the only column with e-mail addresses"),
    "the only column with longer texts": _("the only column with longer texts"),
    "the headers speak of complaints": _("the headers speak of complaints"),
    "as you said": _("chosen by you"),
    "as you said, for every row": _("chosen by you, for every row"),
}
STEPS = (gettext_noop("Reading"), gettext_noop("Checking"), gettext_noop("Writing"), gettext_noop("Taking back"))


def form_words(form: str) -> str:
    """What a form of file is called."""
    known = FORMS.get(form)
    return str(known[0] if known else OTHER_FORMS.get(form, form))


def label(field: str) -> str:
    """What a field is called."""
    return str(LABELS.get(field, field.replace("_", " ")))


def because(reason: str) -> str:
    """Why a column was taken for a field, part by part."""
    return "; ".join(_because(part) for part in reason.split("; "))


def _because(part: str) -> str:
    if part.startswith("as in exports of "):
        return gettext("as in exports of %(program)s") % {"program": part.removeprefix("as in exports of ")}
    if part.startswith("its name, more specific than "):
        columns = part.removeprefix("its name, more specific than ")
        return gettext("known by its name, which says more than %(columns)s") % {"columns": columns}
    if part.endswith(" repeats the whole order's total on every line"):
        column = part.removesuffix(" repeats the whole order's total on every line")
        return gettext("%(column)s repeats the whole order's total on every line") % {"column": column}
    return str(REASONS.get(part, part))


def mapped(mapping: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    """A mapping for people: label, column or text, whether every row has that text."""
    return [(label(name), column.removeprefix("="), column.startswith("=")) for name, column in mapping.items()]
