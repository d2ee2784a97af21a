"""Which column of a file is which field: by the person's word, by header in five languages, by content."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from regulars.errors import MappingError, NeedsDecision
from regulars.imports.contract import LINE, ColumnMapping
from regulars.imports.fields import FORMS, Form, Need, form_named
from regulars.imports.known_exports import known_export
from regulars.imports.names import COMPLAINT_WORDS, phrases, plain_form, plain_words, ranked_names
from regulars.imports.sample import Looks, looks_of

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


@dataclass(frozen=True)
class Proposal:
    """A mapping as far as it goes, with what is still open.

    form_is_sure  False where the columns hardly speak of any form and orders were taken
    unmet         what the form needs and has no column for
    ties          fields left empty because two columns are equally good for them
    misnamed      a sentence about a column that has the right name and the wrong content; mostly empty
    """

    mapping: ColumnMapping
    form_is_sure: bool = True
    unmet: tuple[Need, ...] = ()
    ties: tuple[Tie, ...] = ()
    misnamed: str = ""


@dataclass
class _Draft:
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

    def free_columns(self) -> list[str]:
        taken = set(self.fields.values())
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
        return name in self.fields or name in self.constants


def guess_form(columns: list[str], sample: pl.DataFrame) -> str:
    """The form that most of the columns speak of; one whose needs they meet goes before one as likely.

    Raises MappingError where the columns hardly speak of any form.
    """
    return _likeliest([column for column in columns if column != LINE], _looks(columns, sample), {})


def _likeliest(columns: list[str], looks: Mapping[str, Looks], overrides: Mapping[str, str]) -> str:
    ranked = []
    for name in overrides:
        if not any(name in form.fields for form in FORMS.values()):
            fields = list(dict.fromkeys(field for form in FORMS.values() for field in form.fields))
            raise MappingError(
                f"No kind of file has a field {name!r}{_did_you_mean(name, fields)}. Fields: {', '.join(fields)}."
            )
    for place, form in enumerate(FORMS.values()):
        if not set(overrides) <= set(form.fields):
            continue
        draft = _Draft(form, columns, looks, alike="either")
        for name, value in overrides.items():
            _override(draft, name, value)
        _guess(draft)
        ranked.append((_weight(draft) + (not _unmet(draft)), -place, form.name))
    weight, _, name = max(ranked, default=(0, 0, ""))
    if weight < 3:
        raise MappingError(
            f"The columns do not show what kind of file this is. Say it with --as ({', '.join(FORMS)}) and name the "
            f"columns with --map field=column. Found: {', '.join(columns)}."
        )
    return name


_TELLING: dict[str, dict[str, int]] = {
    "orders": {"amount": 3, "unit_price": 3, "quantity": 3, "order_id": 2, "product": 2, "product_name": 1,
               "order_kind": 1, "customer_id": 1, "occurred": 1, "cost": 1},
    "contacts": {"step": 4, "kind": 2, "outcome": 2, "thread": 2, "wait_seconds": 3, "duration_seconds": 3,
                 "initiated_by": 3, "employee": 1, "channel": 1, "customer_id": 1, "occurred": 1, "text": 1},
    "answers": {"score": 4, "question": 4, "survey": 3, "choice": 2, "text": 2, "occurred": 1, "customer_id": 1,
                "language": 1},
    "customers": {"email": 2, "phone": 2, "birthday": 3, "name": 1, "first_name": 2, "last_name": 2, "gender": 2,
                  "birth_year": 2, "consent": 2, "customer_id": 2, "customer_type": 1, "city": 1, "address": 1},
}  # fmt: skip


def _weight(draft: _Draft) -> int:
    """How much the columns speak of the form; a date column that customers have no use for speaks against them."""
    telling = _TELLING[draft.form.name]
    weight = sum(points for name, points in telling.items() if draft.has(name))
    if draft.form.name == "customers":
        dates = [column for column in draft.free_columns() if draft.looks[column].dates >= 0.8]
        weight -= 4 * len(dates)
    if draft.form.name == "contacts" and draft.constants.get("kind") == "complaint":
        weight += 4
    return weight


def guess_mapping(
    form: str | None, columns: list[str], sample: pl.DataFrame, overrides: Mapping[str, str]
) -> ColumnMapping:
    """A column, or a constant, for each field that the file has.

    overrides  field -> column; '=EUR' gives every row that text; an empty value leaves the field empty
    Raises     MappingError: a field or column that is not there, a needed field without a column
               NeedsDecision: two columns equally good for one field
    """
    columns = [column for column in columns if column != LINE]
    looks = _looks(columns, sample)
    chosen = form_named(form or _likeliest(columns, looks, overrides))
    draft = _filled(_Draft(chosen, columns, looks), sample, overrides)
    if unmet := _unmet(draft):
        raise MappingError(_missing(draft, unmet))
    return _mapping(draft)


def propose_mapping(
    form: str | None, columns: list[str], sample: pl.DataFrame, overrides: Mapping[str, str]
) -> Proposal:
    """The same guess for a page, where what is missing or doubtful is shown beside the columns instead of raised.

    Raises  MappingError: a field or column in ``overrides`` that is not there, an unknown form
    """
    columns = [column for column in columns if column != LINE]
    looks = _looks(columns, sample)
    sure = True
    if form is None:
        try:
            form = _likeliest(columns, looks, {})
        except MappingError:
            form, sure = next(iter(FORMS)), False
    draft = _filled(_Draft(form_named(form), columns, looks, alike="leave"), sample, overrides)
    unmet = _unmet(draft)
    return Proposal(_mapping(draft), sure, tuple(unmet), tuple(draft.ties), _misnamed(draft, unmet).strip())


def _filled(draft: _Draft, sample: pl.DataFrame, overrides: Mapping[str, str]) -> _Draft:
    """The draft with the person's word, then the guess."""
    for name, value in overrides.items():
        _override(draft, name, value)
    _guess(draft)
    if "amount" not in overrides and _repeats_total(draft, sample):
        column = draft.fields.pop("amount")
        del draft.reasons["amount"]
        draft.reasons["unit_price"] += f"; {column!r} repeats the whole order's total on every line"
    return draft


def _mapping(draft: _Draft) -> ColumnMapping:
    order = list(draft.form.fields)
    return ColumnMapping(
        form=draft.form.name,
        fields={name: draft.fields[name] for name in sorted(draft.fields, key=order.index)},
        unused=tuple(draft.free_columns()),
        reasons=dict(draft.reasons),
        constants=dict(draft.constants),
    )


def _looks(columns: list[str], sample: pl.DataFrame) -> dict[str, Looks]:
    return {column: looks_of(sample, column) for column in columns}


def _override(draft: _Draft, name: str, value: str) -> None:
    """Take the person's word for one field."""
    if name not in draft.form.fields:
        raise MappingError(
            f"A file of {draft.form.name} has no field {name!r}{_did_you_mean(name, list(draft.form.fields))}. "
            f"Its fields: {', '.join(draft.form.fields)}."
        )
    if value.startswith("="):
        draft.constants[name] = value[1:]
        draft.reasons[name] = "as you said, for every row"
        return
    if not value.strip():
        draft.refused.add(name)
        return
    alike = [column for column in draft.columns if plain_form(column) == plain_form(value)]
    if value not in draft.columns and len(alike) != 1:
        raise MappingError(
            f"The file has no column {value!r} (for {name}){_did_you_mean(value, draft.columns)}. "
            f"Its columns: {', '.join(draft.columns)}."
        )
    draft.take(name, value if value in draft.columns else alike[0], "as you said")


def _did_you_mean(word: str, words: list[str]) -> str:
    folded = {known.casefold(): known for known in words}
    close = difflib.get_close_matches(word.casefold(), folded, n=1)
    return f"; did you mean {folded[close[0]]!r}?" if close else ""


def _guess(draft: _Draft) -> None:
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


def _by_name(draft: _Draft, name: str) -> None:
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


def _by_part_of_name(draft: _Draft, name: str) -> None:
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


def _price_alone_is_amount(draft: _Draft) -> None:
    if draft.form.name == "orders" and not draft.has("amount") and not draft.has("quantity"):
        column = draft.fields.pop("unit_price", None)
        if column is not None and "amount" not in draft.refused:
            del draft.reasons["unit_price"]
            draft.take("amount", column, "a price without quantities is the line's amount")


def _repeats_total(draft: _Draft, sample: pl.DataFrame) -> bool:
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


def _by_content(draft: _Draft) -> None:
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


def _complaints(draft: _Draft) -> None:
    """A list of contacts whose headers speak of complaints is a list of complaints."""
    if draft.form.name != "contacts" or draft.has("kind") or "kind" in draft.refused:
        return
    if any(COMPLAINT_WORDS.intersection(plain_words(column)) for column in draft.columns):
        draft.constants["kind"] = "complaint"
        draft.reasons["kind"] = "the headers speak of complaints"


def _tie(draft: _Draft, name: str, columns: list[str]) -> NeedsDecision:
    quoted = " and ".join(repr(column) for column in columns)
    meaning = draft.form.fields[name].meaning
    choices = " or ".join(f"--map {name}={_shell(column)}" for column in columns)
    return NeedsDecision(f"Columns {quoted} could each be {name} ({meaning}).", f"Say which: {choices}.")


def _shell(column: str) -> str:
    return column if column.isalnum() else f"'{column}'"


def _unmet(draft: _Draft) -> list[Need]:
    return [need for need in draft.form.needs if not any(all(map(draft.has, choice)) for choice in need.choices)]


def _missing(draft: _Draft, unmet: list[Need]) -> str:
    words = " and ".join(need.words for need in unmet)
    mends = "; ".join(need.example for need in unmet)
    found = ", ".join(f"{name}={column}" for name, column in draft.fields.items()) or "nothing"
    misnamed = _misnamed(draft, unmet)
    return (
        f"A file of {draft.form.name} needs {words}, and no column was found for it.{misnamed} Name it, for example "
        f"{mends}; or say with --as what else the file is. Understood: {found}. "
        f"The file's columns: {', '.join(draft.columns)}."
    )


def _misnamed(draft: _Draft, unmet: list[Need]) -> str:
    """A column that has the right name and the wrong content is worth a sentence."""
    for need in unmet:
        for name in dict.fromkeys(name for choice in need.choices for name in choice):
            ranks = ranked_names(draft.form.name, name)
            for column in draft.free_columns():
                if plain_form(column) in ranks and draft.looks[column].example:
                    return (
                        f" Column {column!r} is named like one, but holds such things as "
                        f"{draft.looks[column].example!r}."
                    )
    return ""
