"""Text cells to typed fields, a frame at a time, with a reason beside every row that cannot be used."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from regulars.imports.contract import LINE, REASON, VALUE, WARNING, ColumnFormat, ColumnFormats, ColumnMapping
from regulars.imports.dates import parse_dates
from regulars.imports.fields import Field, Form, Need, form_named
from regulars.imports.ids import parse_ids, parse_texts
from regulars.imports.numbers import parse_numbers
from regulars.imports.questions import ANSWER_FIELDS
from regulars.imports.yes_no import parse_yes_no

SCALES = {"number": 6, "money": 4, "price": 6, "quantity": 4, "duration": 3}  # digits after the point
_CLOCK = r"^([0-9]{1,3}):([0-5][0-9]):([0-5][0-9])$"


def parse(
    frame: pl.DataFrame, mapping: ColumnMapping, formats: ColumnFormats, *, time_zone: str = "UTC"
) -> pl.DataFrame:
    """The mapped fields of each row, typed; rows and their order stay.

    Columns  each mapped field: String; Decimal(18,4) for money and quantities, Decimal(18,6) for unit prices and
             plain numbers, Decimal(18,3) for seconds; dates as Datetime('us', 'UTC') and besides, as
             ``<field>_on``, the local Date · LINE where the frame has it · REASON, null for a good row, else a
             kind of fault such as 'no date' or 'amount not a number' · VALUE, the cell at fault · WARNING, what
             was left empty in a good row because it cannot be read, e.g. 'cost not a number'
    Empty    an empty cell is null, a row without a needed field has a REASON
    """
    form = form_named(mapping.form)
    parsed: list[pl.Series] = []
    faults: dict[str, pl.Series] = {}
    sources: dict[str, pl.Series] = {}
    for name in (*mapping.fields, *mapping.constants):
        source = _source(frame, mapping, name)
        columns, fault = _typed(form.fields[name], source, formats.fields[name], time_zone)
        parsed += columns
        if name in ANSWER_FIELDS and mapping.questions:
            continue  # a questionnaire's marks have scales and codes, which are looked at all together
        if fault is not None and fault.null_count() < len(fault):
            faults[name], sources[name] = fault, source
    typed = pl.DataFrame(parsed) if parsed else pl.DataFrame(height=len(frame))
    marked = typed.with_columns(_verdict(form, typed, mapping, faults, sources))
    return marked.with_columns(frame[LINE]) if LINE in frame.columns else marked


def _source(frame: pl.DataFrame, mapping: ColumnMapping, name: str) -> pl.Series:
    if name in mapping.fields:
        return frame[mapping.fields[name]]
    return pl.repeat(mapping.constants[name], len(frame), dtype=pl.String, eager=True)


def _typed(
    field: Field, source: pl.Series, form: ColumnFormat, time_zone: str
) -> tuple[list[pl.Series], pl.Series | None]:
    """The field's columns, and the kind of fault of every cell that is not empty and cannot be read."""
    name = field.name
    if field.kind == "date":
        instants = parse_dates(source, form, time_zone).alias(name)
        local = instants.dt.convert_time_zone(time_zone).dt.date().alias(f"{name}_on")
        return [instants, local], _fault(source, instants, f"{_words(name)} not readable")
    if field.kind in SCALES:
        return _number(field, source, form)
    if field.kind == "id":
        return [parse_ids(source, form).alias(name)], None
    if field.kind == "yes or no":
        said = parse_yes_no(source).alias(name)
        return [said], _fault(source, said, f"{_words(name)} not yes or no")
    return [parse_texts(source).alias(name)], None


def _number(field: Field, source: pl.Series, form: ColumnFormat) -> tuple[list[pl.Series], pl.Series | None]:
    scale = SCALES[field.kind]
    numbers, too_large = parse_numbers(source, form, scale)
    if field.kind == "duration":
        numbers = numbers.zip_with(numbers.is_not_null(), _seconds(source, scale))
    fault = _fault(source, numbers, f"{_words(field.name)} not a number")
    if fault is not None and too_large.any():
        large = pl.repeat(f"{_words(field.name)} too large", len(source), eager=True)
        fault = large.zip_with(too_large, fault)
    if field.blanks_told:
        fault = _with_blanks(source, fault, f"{_words(field.name)} blank")
    return [numbers.alias(field.name)], fault


def _with_blanks(source: pl.Series, fault: pl.Series | None, words: str) -> pl.Series:
    blank = source.str.strip_chars().fill_null("") == ""
    told = pl.repeat(words, len(source), dtype=pl.String, eager=True)
    nothing = pl.repeat(None, len(source), dtype=pl.String, eager=True)
    return told.zip_with(blank, nothing if fault is None else fault)


def _seconds(source: pl.Series, scale: int) -> pl.Series:
    """Seconds of cells written as H:MM:SS, else null."""
    hours, minutes, seconds = (source.str.strip_chars().str.extract(_CLOCK, part).cast(pl.Int64) for part in (1, 2, 3))
    return (hours * 3600 + minutes * 60 + seconds).cast(pl.Decimal(18, scale))


def _fault(source: pl.Series, result: pl.Series, words: str) -> pl.Series | None:
    """``words`` where a cell holds something and the result is null; None where no cell does."""
    lost = result.is_null() & source.is_not_null()
    if not lost.any():
        return None
    lost &= source.str.strip_chars() != ""
    return pl.select(pl.when(lost).then(pl.lit(words))).to_series()


def _words(name: str) -> str:
    return {"occurred": "date"}.get(name, name.replace("_", " "))


def _verdict(
    form: Form,
    typed: pl.DataFrame,
    mapping: ColumnMapping,
    faults: Mapping[str, pl.Series],
    sources: Mapping[str, pl.Series],
) -> list[pl.Series]:
    """REASON, VALUE and WARNING of each row."""
    nothing = pl.repeat(None, len(typed), dtype=pl.String, eager=True)
    reason, value = nothing, nothing
    mapped = {*mapping.fields, *mapping.constants}
    if mapping.questions:
        mapped -= ANSWER_FIELDS.keys()  # an answer to any of the questions will do
    for need in form.needs:
        choices = [choice for choice in need.choices if mapped.issuperset(choice)]
        if not choices:  # the mapping does not meet the need at all: no fault of this row
            continue
        unmet = _unmet(typed, choices) & reason.is_null()
        if unmet.any():
            why, cell = pl.repeat(_lacking(need), len(typed), eager=True), nothing
            for name in reversed([name for choice in choices for name in choice if name in faults]):
                at_fault = faults[name].is_not_null()
                why, cell = faults[name].zip_with(at_fault, why), sources[name].zip_with(at_fault, cell)
            reason, value = why.zip_with(unmet, reason), cell.zip_with(unmet, value)
    warnings = [fault.alias(name) for name, fault in faults.items()]
    if not warnings:
        return [reason.alias(REASON), value.alias(VALUE), nothing.alias(WARNING)]
    joined = pl.DataFrame(warnings).select(pl.concat_str(pl.all(), separator="; ", ignore_nulls=True)).to_series()
    keep = reason.is_null() & (joined != "")
    return [reason.alias(REASON), value.alias(VALUE), joined.set(~keep, None).alias(WARNING)]


def _unmet(typed: pl.DataFrame, choices: list[tuple[str, ...]]) -> pl.Series:
    """Whether a row has none of the sets of fields in full."""
    full = [pl.all_horizontal(pl.col(name).is_not_null() for name in choice) for choice in choices]
    return typed.select(pl.any_horizontal(full).not_().alias("unmet"))["unmet"]


def _lacking(need: Need) -> str:
    return "no " + need.words.removeprefix("a ").removeprefix("an ")
