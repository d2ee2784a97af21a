"""The library's words for forms, fields, needs and reasons, in the reader's language.

The library says them in English; what stands here as ``noop`` is collected for translation and looked up by its
English text. A sentence that is not here is shown as the library wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

FORMS: dict[str, tuple[Any, Any]] = {
    "orders": (_("Orders"), _("One row is one line of an order, invoice or receipt.")),
    "contacts": (_("Contacts"), _("One row is one call, visit, message, delivery or complaint.")),
    "answers": (_("Answers"), _("One row is one answer to a survey, or one review.")),
    "customers": (_("Customers"), _("One row is one customer, with name, telephone, type and so on.")),
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
}
# Meanings of fields, as regulars.imports.fields has them.
MEANINGS = (
    gettext_noop("number of the order, invoice or receipt"),
    gettext_noop("your number for the customer"),
    gettext_noop("when the order was placed"),
    gettext_noop("article number"),
    gettext_noop("what was bought"),
    gettext_noop("group of products"),
    gettext_noop("how many"),
    gettext_noop("price of one"),
    gettext_noop("total of the line"),
    gettext_noop("what the line cost you"),
    gettext_noop("what one piece cost you"),
    gettext_noop("currency of the line, as EUR"),
    gettext_noop("status or type: refund, cancelled"),
    gettext_noop("how it reached you: shop, web, phone"),
    gettext_noop("shop, office or warehouse"),
    gettext_noop("department that dealt with it"),
    gettext_noop("who dealt with it"),
    gettext_noop("the place or person where it happened"),
    gettext_noop("what sort of customer: end user, reseller"),
    gettext_noop("how the customer first came: recommendation, advert"),
    gettext_noop("the customer's country"),
    gettext_noop("the customer's state or region"),
    gettext_noop("the customer's town"),
    gettext_noop("the customer's full name"),
    gettext_noop("the customer's first name"),
    gettext_noop("the customer's family name"),
    gettext_noop("the customer's e-mail address"),
    gettext_noop("the customer's telephone number"),
    gettext_noop("street, house and postcode"),
    gettext_noop("note or comment"),
    gettext_noop("when delivery was promised"),
    gettext_noop("when it was delivered"),
    gettext_noop("when it happened"),
    gettext_noop("visit, call, message, complaint, delivery"),
    gettext_noop("activity inside a process"),
    gettext_noop("who spoke first: client or company"),
    gettext_noop("how it ended"),
    gettext_noop("case, ticket or order it belongs to"),
    gettext_noop("what was said"),
    gettext_noop("how long the client waited"),
    gettext_noop("how long it took"),
    gettext_noop("when it was promised"),
    gettext_noop("money that changed hands"),
    gettext_noop("what it cost you"),
    gettext_noop("when the answer was given"),
    gettext_noop("name of the survey"),
    gettext_noop("what was asked"),
    gettext_noop("the mark given"),
    gettext_noop("the option chosen"),
    gettext_noop("the answer in words"),
    gettext_noop("language of the text"),
    gettext_noop("weight of the answer in the sample"),
    gettext_noop("order, case or ticket it is about"),
    gettext_noop("where the answer was given"),
    gettext_noop("the place or person it is about"),
    gettext_noop("the employee it is about"),
    gettext_noop("date of birth"),
    gettext_noop("gender"),
    gettext_noop("year of birth"),
    gettext_noop("whether the customer agreed to be written to"),
    gettext_noop("customer, employee, department or partner"),
)
NEEDS = (
    gettext_noop("a date"),
    gettext_noop("an amount"),
    gettext_noop("a score, a choice or a text"),
    gettext_noop("a customer number, e-mail or phone"),
)
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


def said(text: str) -> str:
    """A phrase of the library in the reader's language; as it stands where there is none."""
    return gettext(text) if text else ""


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
