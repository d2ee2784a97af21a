"""The forms a file can have, and the fields of each: what one row is and what each column of it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from regulars.errors import MappingError

Kind = Literal["id", "number", "money", "price", "quantity", "duration", "date", "text", "choice", "yes or no"]


# A field of a list of customers that no other name fits: --map attribute_payment=PaymentMethod
ATTRIBUTE = "attribute_"
_ATTRIBUTE = re.compile(rf"{ATTRIBUTE}\w+")


@dataclass(frozen=True)
class Field:
    """One thing a form can hold. ``meaning`` is a phrase for the person who maps columns."""

    name: str
    kind: Kind
    meaning: str
    blanks_told: bool = False  # blank cells are counted and told: they would be missed in sums


@dataclass(frozen=True)
class Need:
    """What a form cannot do without: any one of ``choices``, each a set of fields that serve together."""

    words: str
    choices: tuple[tuple[str, ...], ...]
    example: str  # a --map that would mend it


@dataclass(frozen=True)
class Form:
    """A kind of file: what one row is, the fields it can have and those it needs."""

    name: str
    grain: str
    fields: Mapping[str, Field]
    needs: tuple[Need, ...]


class _WithAttributes(dict[str, Field]):
    """Fields of which, besides those that are listed, there is one for every attribute a person names."""

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or (isinstance(name, str) and bool(_ATTRIBUTE.fullmatch(name)))

    def __missing__(self, name: str) -> Field:
        if name not in self:
            raise KeyError(name)
        return Field(name, "text", "an attribute that customers may be split by")


def _fields(*fields: tuple[str, Kind, str]) -> dict[str, Field]:
    return {name: Field(name, kind, meaning) for name, kind, meaning in fields}


_PLACE: tuple[tuple[str, Kind, str], ...] = (
    ("channel", "text", "how it reached you: shop, web, phone"),
    ("branch", "id", "shop, office or warehouse"),
    ("department", "text", "department that dealt with it"),
    ("employee", "id", "who dealt with it"),
    ("touchpoint", "text", "the place or person where it happened"),
)
_PERSON: tuple[tuple[str, Kind, str], ...] = (
    ("name", "text", "the customer's full name"),
    ("first_name", "text", "the customer's first name"),
    ("last_name", "text", "the customer's family name"),
    ("email", "text", "the customer's e-mail address"),
    ("phone", "id", "the customer's telephone number"),
    ("address", "text", "street, house and postcode"),
)
_KIND_OF_CUSTOMER: tuple[tuple[str, Kind, str], ...] = (
    ("customer_type", "choice", "what sort of customer: end user, reseller"),
    ("acquired_by", "choice", "how the customer first came: recommendation, advert"),
    ("country", "text", "the customer's country"),
    ("region", "text", "the customer's state or region"),
    ("city", "text", "the customer's town"),
)
_OCCURRED = Need("a date", (("occurred",),), "--map occurred='Order date'")
_OCCURRED_ON_A_DAY = Need(
    "a date",
    (("occurred",),),
    "--map occurred='Date answered', or, when all rows are of one day, --map occurred==2025-01-31",
)

ORDERS = Form(
    "orders",
    "one line of an order",
    _fields(
        ("order_id", "id", "number of the order, invoice or receipt"),
        ("customer_id", "id", "your number for the customer"),
        ("occurred", "date", "when the order was placed"),
        ("product", "id", "article number"),
        ("product_name", "text", "what was bought"),
        ("category", "text", "group of products"),
        ("quantity", "quantity", "how many"),
        ("unit_price", "price", "price of one"),
        ("amount", "money", "total of the line"),
        ("cost", "money", "what the line cost you"),
        ("unit_cost", "price", "what one piece cost you"),
        ("currency", "choice", "currency of the line, as EUR"),
        ("order_kind", "choice", "status or type: refund, cancelled"),
        *_PLACE,
        *_KIND_OF_CUSTOMER,
        *_PERSON,
        ("text", "text", "note or comment"),
        ("due", "date", "when delivery was promised"),
        ("delivered", "date", "when it was delivered"),
    ),
    (
        _OCCURRED,
        Need(
            "an amount",
            (("amount",), ("quantity", "unit_price")),
            "--map amount='Line total' (without any amounts, --as contacts takes orders as mere contacts)",
        ),
    ),
)

CONTACTS = Form(
    "contacts",
    "one touch between a client and the company",
    _fields(
        ("customer_id", "id", "your number for the customer"),
        ("occurred", "date", "when it happened"),
        ("kind", "choice", "visit, call, message, complaint, delivery"),
        ("step", "choice", "activity inside a process"),
        *_PLACE,
        ("initiated_by", "choice", "who spoke first: client or company"),
        ("outcome", "choice", "how it ended"),
        ("thread", "id", "case, ticket or order it belongs to"),
        ("text", "text", "what was said"),
        ("wait_seconds", "duration", "how long the client waited"),
        ("duration_seconds", "duration", "how long it took"),
        ("due", "date", "when it was promised"),
        ("amount", "money", "money that changed hands"),
        ("cost", "money", "what it cost you"),
        *_KIND_OF_CUSTOMER,
        *_PERSON,
    ),
    (Need("a date", (("occurred",),), "--map occurred='Call time'"),),
)

ANSWERS = Form(
    "answers",
    "one answer to one question, or one review",
    _fields(
        ("customer_id", "id", "your number for the customer"),
        ("occurred", "date", "when the answer was given"),
        ("survey", "choice", "name of the survey"),
        ("question", "text", "what was asked"),
        ("score", "number", "the mark given"),
        ("choice", "choice", "the option chosen"),
        ("text", "text", "the answer in words"),
        ("language", "choice", "language of the text"),
        ("weight", "number", "weight of the answer in the sample"),
        ("thread", "id", "order, case or ticket it is about"),
        ("channel", "text", "where the answer was given"),
        ("touchpoint", "text", "the place or person it is about"),
        ("employee", "id", "the employee it is about"),
        *_KIND_OF_CUSTOMER,
        *_PERSON,
    ),
    (
        _OCCURRED_ON_A_DAY,
        Need("a score, a choice or a text", (("score",), ("text",), ("choice",)), "--map score='Rating'"),
    ),
)

REVIEWS = Form(
    "reviews",
    "one review",
    {
        **ANSWERS.fields,
        **_fields(
            ("occurred", "date", "when the review was written"),
            ("score", "number", "the stars given"),
            ("choice", "choice", "a verdict in a word: positive, negative"),
            ("text", "text", "the review in words"),
            ("channel", "text", "where the review stands"),
        ),
    },
    ANSWERS.needs,
)

_CONTRACT = {
    **_fields(
        ("contract", "choice", "what sort of contract: monthly, two years"),
        ("contract_from", "date", "first day of the contract"),
        ("contract_until", "date", "day up to which the contract binds"),
        ("left_on", "date", "day on which the customer left"),
        ("has_left", "yes or no", "whether the customer has left"),
    ),
    "tenure_months": Field("tenure_months", "number", "months that the customer has stayed", blanks_told=True),
    "total_charges": Field("total_charges", "money", "what the customer has paid in all", blanks_told=True),
}

CUSTOMERS = Form(
    "customers",
    "one customer",
    _WithAttributes(
        {
            **_fields(
                ("customer_id", "id", "your number for the customer"),
                *_PERSON,
                ("birthday", "date", "date of birth"),
                *_KIND_OF_CUSTOMER,
                ("gender", "choice", "gender"),
                ("birth_year", "number", "year of birth"),
                ("consent", "choice", "whether the customer agreed to be written to"),
                ("kind", "choice", "customer, employee, department or partner"),
            ),
            **_CONTRACT,
        }
    ),
    (
        Need(
            "a customer number, e-mail or phone",
            (("customer_id",), ("email",), ("phone",)),
            "--map customer_id='Client no'",
        ),
    ),
)

FORMS: dict[str, Form] = {form.name: form for form in (ORDERS, CONTACTS, ANSWERS, CUSTOMERS, REVIEWS)}
# Forms whose lines are answers: a mark, a choice or words of a client.
ANSWERED = frozenset({"answers", "reviews"})
ALIASES = {"items": "orders"}
# A column of the log says when it happened; a field of a file is what that is told by. Either name will do.
FIELD_ALIASES = {"occurred_at": "occurred", "occurred_on": "occurred", "due_at": "due"}


def form_named(name: str) -> Form:
    """The form of that name (or its alias); MappingError lists the names there are."""
    known = ALIASES.get(name, name)
    if known not in FORMS:
        names = ", ".join(sorted({*FORMS, *ALIASES}))
        raise MappingError(f"There is no form {name!r} of file. Use --as with one of: {names}.")
    return FORMS[known]


def meant(overrides: Mapping[str, str]) -> dict[str, str]:
    """What a person said of fields, under the fields' own names."""
    return {FIELD_ALIASES.get(name, name): value for name, value in overrides.items()}
