"""How the columns of a file write their values, decided in one pass over all of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from regulars.errors import NeedsDecision
from regulars.imports.contract import ColumnFormat, ColumnFormats, ColumnMapping
from regulars.imports.dates import ORDERS, DateEvidence, decide_dates, shown_order
from regulars.imports.fields import form_named
from regulars.imports.ids import IdEvidence, decide_ids
from regulars.imports.numbers import NumberEvidence, decide_numbers

_NUMBERS = frozenset({"number", "money", "price", "quantity", "duration"})
_PATTERN = re.compile(r"(?=.*%)(?:[^%]|%-?[YyCGgmbBhdejUWVuwaAHIklMSpPzsFTDRr%]|%\.?f|%:z)+")
_ENOUGH_ROWS = 100_000  # small frames are put together first: evidence costs a few milliseconds a column
Evidence = NumberEvidence | DateEvidence | IdEvidence


def decide_formats(
    mapping: ColumnMapping,
    frames: Iterable[pl.DataFrame],
    *,
    date_format: str | None = None,
    decimal_mark: str | None = None,
    typed: bool = False,
) -> ColumnFormats:
    """The format of every mapped field, from all frames of text cells; memory does not grow with the file.

    date_format   DMY, MDY, YMD or a strptime pattern: what the person said of the dates
    decimal_mark  '.' or ',': what the person said of the numbers
    typed         the file kept numbers as numbers (spreadsheet, Parquet), so '1.234' is less than two
    Empty         no rows: every number is taken as written with '.', every date as YYYY-MM-DD
    Raises        NeedsDecision where the cells of a column can be read in two ways and nothing decides
    """
    order, custom = _said(date_format)
    if decimal_mark not in (None, ".", ","):
        raise NeedsDecision(
            f"The decimal mark is '.' or ',', not {decimal_mark!r}.",
            "Use --decimal-mark . or ,.",
            asks="decimal_mark",
            options=(".", ","),
        )
    fields = form_named(mapping.form).fields
    seen = {name: _evidence(fields[name].kind, custom) for name in (*mapping.fields, *mapping.constants)}
    for frame in _larger(frames, list(dict.fromkeys(mapping.fields.values()))):
        for name, column in mapping.fields.items():
            _take(seen[name], frame[column])
    for name, text in mapping.constants.items():
        _take(seen[name], pl.Series([text], dtype=pl.String))
    columns = {**{name: f"={text}" for name, text in mapping.constants.items()}, **mapping.fields}
    return ColumnFormats(_decided(columns, seen, order, decimal_mark, typed=typed))


def _said(date_format: str | None) -> tuple[str | None, str | None]:
    """The order of day and month, or else the strptime pattern, that the person gave."""
    if date_format is None:
        return None, None
    if date_format.upper() in ORDERS:
        return date_format.upper(), None
    if not _PATTERN.fullmatch(date_format):
        raise NeedsDecision(
            f"The date format {date_format!r} is not known.",
            "Use --date-format DMY, MDY or YMD, or a strptime pattern such as '%d.%m.%Y %H:%M'.",
            asks="date_format",
            options=("DMY", "MDY", "YMD"),
        )
    pattern = re.sub(r"\.?%f", "%.f", date_format)
    try:
        pl.Series(["2011-01-05"]).str.to_datetime(pattern, strict=False)
    except pl.exceptions.PolarsError as problem:
        raise NeedsDecision(
            f"The date format {date_format!r} cannot be used: {str(problem).splitlines()[0]}.",
            "It must give day, month and year, as '%d.%m.%Y'.",
            asks="date_format",
            options=("DMY", "MDY", "YMD"),
        ) from problem
    return None, pattern


def _evidence(kind: str, custom: str | None) -> Evidence | None:
    if kind in _NUMBERS:
        return NumberEvidence()
    if kind == "date":
        return DateEvidence(custom)
    return IdEvidence() if kind == "id" else None


def _take(seen: Evidence | None, values: pl.Series) -> None:
    if seen is not None:
        seen.add(values)


def _larger(frames: Iterable[pl.DataFrame], columns: list[str]) -> Iterator[pl.DataFrame]:
    """The same rows in fewer frames."""
    held: list[pl.DataFrame] = []
    rows = 0
    for frame in frames:
        held.append(frame.select(columns))
        rows += len(frame)
        if rows >= _ENOUGH_ROWS:
            yield pl.concat(held)
            held, rows = [], 0
    if held:
        yield pl.concat(held)


def _decided(
    columns: Mapping[str, str],
    seen: Mapping[str, Evidence | None],
    order: str | None,
    mark: str | None,
    *,
    typed: bool,
) -> dict[str, ColumnFormat]:
    marks = {shown.mark for shown in seen.values() if isinstance(shown, NumberEvidence)} - {None}
    orders = {shown_order(shown) for shown in seen.values() if isinstance(shown, DateEvidence)} - {None}
    elsewhere_mark = "." if typed else marks.pop() if len(marks) == 1 else None
    elsewhere_order = orders.pop() if len(orders) == 1 else None
    decided: dict[str, ColumnFormat] = {}
    for name, column in columns.items():
        shown = seen[name]
        if isinstance(shown, NumberEvidence):
            decided[name] = decide_numbers(column, shown, forced=mark, elsewhere=elsewhere_mark)
        elif isinstance(shown, DateEvidence):
            decided[name] = decide_dates(column, shown, order=order, elsewhere=elsewhere_order)
        else:
            decided[name] = decide_ids(shown) if shown is not None else ColumnFormat("text")
    return decided
