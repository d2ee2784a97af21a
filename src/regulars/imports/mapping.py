"""Which column of a file is which field: by the person's word, by header in five languages, by content."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from regulars.errors import MappingError
from regulars.imports.contract import LINE, ColumnMapping
from regulars.imports.fields import ANSWERED, FORMS, Form, Need, form_named, meant
from regulars.imports.guessing import Draft, Tie, fill, repeats_total
from regulars.imports.names import plain_form, ranked_names
from regulars.imports.questions import ANSWER_FIELDS, ask, read_saying, said_columns
from regulars.imports.sample import Looks, looks_of
from regulars.imports.scales import marks_of, settle


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
        if form.name not in _TELLING or not all(name in form.fields for name in overrides):
            continue
        draft = Draft(form, columns, looks, alike="either")
        for name, value in overrides.items():
            _override(draft, name, value)
        fill(draft)
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
                  "birth_year": 2, "consent": 2, "customer_id": 2, "customer_type": 1, "city": 1, "address": 1,
                  "contract": 2, "contract_from": 3, "contract_until": 3, "left_on": 2, "has_left": 2,
                  "tenure_months": 3},
}  # fmt: skip


def _weight(draft: Draft) -> int:
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
    form: str | None,
    columns: list[str],
    sample: pl.DataFrame,
    overrides: Mapping[str, str],
    questions: Sequence[str] = (),
) -> ColumnMapping:
    """A column, or a constant, for each field that the file has; of a file of answers also its questions.

    overrides  field -> column; '=EUR' gives every row that text; an empty value leaves the field empty
    questions  what a person said of columns, as 'NETPRO=nps missing 11'
    Raises     MappingError: a field or column that is not there, a needed field without a column
               NeedsDecision: two columns equally good for one field
    """
    columns, overrides = [column for column in columns if column != LINE], meant(overrides)
    looks = _looks(columns, sample)
    chosen = form_named(form or ("answers" if questions else _likeliest(columns, looks, overrides)))
    draft = _filled(Draft(chosen, columns, looks), sample, overrides, questions)
    if unmet := _unmet(draft):
        raise MappingError(_missing(draft, unmet))
    return _mapping(draft)


def propose_mapping(
    form: str | None,
    columns: list[str],
    sample: pl.DataFrame,
    overrides: Mapping[str, str],
    questions: Sequence[str] = (),
) -> Proposal:
    """The same guess for a page, where what is missing or doubtful is shown beside the columns instead of raised.

    Raises  MappingError: a field or column in ``overrides`` that is not there, an unknown form
    """
    columns, overrides = [column for column in columns if column != LINE], meant(overrides)
    looks = _looks(columns, sample)
    sure = True
    if form is None:
        try:
            form = _likeliest(columns, looks, {})
        except MappingError:
            form, sure = next(iter(FORMS)), False
    draft = _filled(Draft(form_named(form), columns, looks, alike="leave"), sample, overrides, questions)
    draft.asked = settle(draft.asked, marks_of(sample, [one.column for one in draft.asked]))
    unmet = _unmet(draft)
    return Proposal(_mapping(draft), sure, tuple(unmet), tuple(draft.ties), _misnamed(draft, unmet).strip())


def _filled(draft: Draft, sample: pl.DataFrame, overrides: Mapping[str, str], questions: Sequence[str] = ()) -> Draft:
    """The draft with the person's word, then the guess."""
    for name, value in overrides.items():
        _override(draft, name, value)
    fill(draft)
    if "amount" not in overrides and repeats_total(draft, sample):
        column = draft.fields.pop("amount")
        del draft.reasons["amount"]
        draft.reasons["unit_price"] += f"; {column!r} repeats the whole order's total on every line"
    _ask(draft, sample, overrides, questions)
    return draft


def _ask(draft: Draft, sample: pl.DataFrame, overrides: Mapping[str, str], questions: Sequence[str]) -> None:
    """The questions of a file of answers, unless a column says of each line which question it answers."""
    if draft.form.name not in ANSWERED or draft.has("question"):
        if questions:
            raise MappingError(_no_questions(draft))
        return
    said = said_columns([read_saying(text) for text in questions], draft.columns)
    for name, column in [*draft.fields.items()]:
        if column in said and name not in overrides and (name not in ANSWER_FIELDS or said[column].kind == "skip"):
            del draft.fields[name]
    marks = marks_of(sample, draft.columns)
    draft.asked = ask(draft.form.name, draft.fields, draft.free_columns(), said, marks)


def _no_questions(draft: Draft) -> str:
    if draft.form.name not in ANSWERED:
        return f"A file of {draft.form.name} has no questions. Only files of answers and of reviews have."
    return (
        "Each line of this file says itself which question it answers, so nothing more can be said of its columns "
        "as questions."
    )


def _mapping(draft: Draft) -> ColumnMapping:
    return ColumnMapping(
        form=draft.form.name,
        fields={name: draft.fields[name] for name in sorted(draft.fields, key=_place_in(draft.form))},
        unused=tuple(draft.free_columns()),
        reasons=dict(draft.reasons),
        constants=dict(draft.constants),
        questions=draft.asked,
    )


def _place_in(form: Form) -> Callable[[str], tuple[int, str]]:
    """Sorts fields as the form lists them; attributes, which it does not list, come last."""
    places = {name: place for place, name in enumerate(form.fields)}
    return lambda name: (places.get(name, len(places)), name)


def _looks(columns: list[str], sample: pl.DataFrame) -> dict[str, Looks]:
    return {column: looks_of(sample, column) for column in columns}


def _override(draft: Draft, name: str, value: str) -> None:
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


def _unmet(draft: Draft) -> list[Need]:
    return [need for need in draft.form.needs if not any(all(map(draft.has, choice)) for choice in need.choices)]


def _missing(draft: Draft, unmet: list[Need]) -> str:
    words = " and ".join(need.words for need in unmet)
    mends = "; ".join(need.example for need in unmet)
    found = ", ".join(f"{name}={column}" for name, column in draft.fields.items()) or "nothing"
    misnamed = _misnamed(draft, unmet)
    return (
        f"A file of {draft.form.name} needs {words}, and no column was found for it.{misnamed} Name it, for example "
        f"{mends}; or say with --as what else the file is. Understood: {found}. "
        f"The file's columns: {', '.join(draft.columns)}."
    )


def _misnamed(draft: Draft, unmet: list[Need]) -> str:
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
