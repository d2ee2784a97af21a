"""The guess itself: fields filled from the columns of a file, the surest ways first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from regulars.errors import NeedsDecision
from regulars.imports.contract import Asked
from regulars.imports.fields import Form
from regulars.imports.known_exports import known_export
from regulars.imports.names import COMPLAINT_WORDS, phrases, plain_form, plain_words, ranked_names
from regulars.imports.questions import ANSWER_FIELDS
from regulars.imports.sample import Looks

# A header may merely contain a name of these fields, unless it holds one of the words that change its meaning.
_CONTAINED: dict[str, frozenset[str]] = {
    "order_id": frozenset({"item", "line", "date", "status", "type"}),
    "customer_id": frozenset({"name", "type", "group", "email", "phone", "city", "state", "zip", "note", "segment"}),
    "occurred": frozenset({"due", "birth", "closed", "limit", "delivered", "carrier", "estimated", "updated", "срок"}),
    "quantity": frozenset({"photos", "stock", "available"}),
    "unit_price": frozenset({"compare", "old", "list", "cost"}),
    "amount": frozenset({"tax", "vat", "shipping", "freight", "discount", "disc", "refunded", "cost", "installments"}),
    "email": frozenset({"consent", "marketing", "type"}),
    "phone": frozenset({"service", "type"}),
    "text": frozenset({"length", "title", "date", "id", "count", "language", "location"}),
    "score": frozenset({"title", "count", "date", "max", "min"}),
    "choice": frozenset({"confidence", "gold", "count"}),
}  # fmt: skip


@dataclass(frozen=True)
class Tie:
    """Columns that are equally good for one field."""

    field: str
    columns: tuple[str, ...]


@dataclass
class Draft:
    """A mapping in the making: every column serves at most one field, save by the person's word."""

    form: Form
    columns: list[str]
    looks: Mapping[str, Looks]
    fields: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)  # fields that the person wants left empty
    # Two columns alike are a question; to tell the form either will do; a page leaves both open and shows it.
    alike: Literal["ask", "either", "leave"] = "ask"
    ties: list[Tie] = field(default_factory=list)
    asked: tuple[Asked, ...] = ()  # of a file of answers in which one line is one respondent

    def free_columns(self) -> list[str]:
        taken = {*self.fields.values(), *(one.column for one in self.asked)}
        return [column for column in self.columns if column not in taken]

    def open_fields(self) -> list[str]:
        closed = {*self.fields, *self.constants, *self.refused}
        return [name for name in self.form.fields if name not in closed]

    def take(self, name: str, column: str, reason: str) -> None:
        self.fields[name] = column
        self.reasons[name] = reason

    def fits(self, name: str, column: str) -> bool:
        return self.looks[column].fit(self.form.fields[name].kind, name)

    def settle(self, name: str, columns: list[str]) -> str | None:
        """The column to take of those that are equally good; None leaves the field empty."""
        if len(columns) > 1 and self.alike == "ask":
            raise _tie(self, name, columns)
        if len(columns) > 1 and self.alike == "leave":
            self.ties.append(Tie(name, tuple(columns)))
            self.refused.add(name)
            return None
        return columns[0]

    def has(self, name: str) -> bool:
        return name in self.fields or name in self.constants or (name in ANSWER_FIELDS and bool(self.asked))


def fill(draft: Draft) -> None:
    """Fill the open fields, the surest ways first."""
    export = known_export(draft.form.name, draft.columns)
    if export is not None:
        for name, column in export.fields.items():
            if name in draft.open_fields() and column in draft.free_columns():
                draft.take(name, column, f"as in exports of {export.program}")
        return
    for name in draft.open_fields():
        _by_name(draft, name)
    for name in draft.open_fields():
        if name in _CONTAINED:
            _by_part_of_name(draft, name)
    _price_alone_is_amount(draft)
    _by_content(draft)
    _complaints(draft)


def _by_name(draft: Draft, name: str) -> None:
    """The column whose header is the most specific name of the field; two alike are a question."""
    if name == "unit_price" and draft.has("amount") and not draft.has("quantity"):
        return
    ranks = ranked_names(draft.form.name, name)
    named = [(ranks[plain_form(column)], column) for column in draft.free_columns() if plain_form(column) in ranks]
    fitting = sorted((rank, column) for rank, column in named if draft.fits(name, column))
    if not fitting:
        return
    best = [column for rank, column in fitting if rank == fitting[0][0]]
    chosen = draft.settle(name, best)
    rest = [column for _, column in fitting[1:]]
    if chosen is not None:
        draft.take(name, chosen, "its name" + (f", more specific than {', '.join(map(repr, rest))}" if rest else ""))


def _by_part_of_name(draft: Draft, name: str) -> None:
    """The one column whose header contains a name of the field and that looks like it."""
    found: list[tuple[float, str]] = []
    for column in draft.free_columns():
        words = plain_words(column)
        if _CONTAINED[name].intersection(words) or not draft.fits(name, column) or not draft.looks[column].filled:
            continue
        shares = [len(part) / len(words) for part in phrases(draft.form.name, name) if _contains(words, part)]
        if shares and max(shares) >= 1 / 3:
            found.append((max(shares), column))
    best = [column for share, column in found if share == max(found)[0]]
    if len(best) == 1:
        draft.take(name, best[0], "part of its name")


def _contains(words: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(words[start : start + len(part)] == part for start in range(len(words) - len(part) + 1))


def _price_alone_is_amount(draft: Draft) -> None:
    if draft.form.name == "orders" and not draft.has("amount") and not draft.has("quantity"):
        column = draft.fields.pop("unit_price", None)
        if column is not None and "amount" not in draft.refused:
            del draft.reasons["unit_price"]
            draft.take("amount", column, "a price without quantities is the line's amount")


def repeats_total(draft: Draft, sample: pl.DataFrame) -> bool:
    """Whether 'amount' is the order's total, written on each of its lines: added up, it would count manifold."""
    if not all(name in draft.fields for name in ("order_id", "amount", "quantity", "unit_price")):
        return False
    order, amount, quantity, price = (
        pl.col(draft.fields[name]) for name in ("order_id", "amount", "quantity", "unit_price")
    )
    several = (
        sample.group_by(order)
        .agg(totals=amount.n_unique(), lines=pl.struct(quantity, price).n_unique())
        .filter(pl.col("lines") > 1)
    )
    return several.height > 0 and several.filter(pl.col("totals") == 1).height * 2 > several.height


def _by_content(draft: Draft) -> None:
    """What is still needed, where a single column can only be that."""
    open_fields = draft.open_fields()
    for name in ("occurred", "email", "text"):
        if name not in open_fields or (name == "text" and draft.form.name != "answers"):
            continue
        if name == "text" and (draft.has("score") or draft.has("choice")):
            continue
        surely = [column for column in draft.free_columns() if draft.looks[column].surely(name)]
        if len(surely) > 1 and name != "occurred" and draft.alike != "either":
            continue
        chosen = draft.settle(name, surely) if surely else None
        if chosen is not None:
            what = {"occurred": "dates", "email": "e-mail addresses", "text": "longer texts"}[name]
            draft.take(name, chosen, f"the only column with {what}")


def _complaints(draft: Draft) -> None:
    """A list of contacts whose headers speak of complaints is a list of complaints."""
    if draft.form.name != "contacts" or draft.has("kind") or "kind" in draft.refused:
        return
    if any(COMPLAINT_WORDS.intersection(plain_words(column)) for column in draft.columns):
        draft.constants["kind"] = "complaint"
        draft.reasons["kind"] = "the headers speak of complaints"


def _tie(draft: Draft, name: str, columns: list[str]) -> NeedsDecision:
    quoted = " and ".join(repr(column) for column in columns)
    meaning = draft.form.fields[name].meaning
    choices = " or ".join(f"--map {name}={_shell(column)}" for column in columns)
    return NeedsDecision(f"Columns {quoted} could each be {name} ({meaning}).", f"Say which: {choices}.")


def _shell(column: str) -> str:
    return column if column.isalnum() else f"'{column}'"
