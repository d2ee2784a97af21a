"""JSON files of records: one object a line, an array of objects, or such an array inside one object.

Numbers stay as they are written (2.50 is not 2.5), nested objects become columns with dots in their names,
lists stay JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TextIO, cast

from regulars.errors import FileUnreadable
from regulars.imports import budget
from regulars.imports.batches import Row, collector_paused, first_records, make_batch
from regulars.imports.contract import BrokenRow, FileFormat, RawBatch
from regulars.imports.encoding import NAMES, Encoding, shown
from regulars.imports.headers import unique_names
from regulars.imports.streams import ByteSource, Progress

_BLANKS = " \t\r\n,"
_MAX_VALUE_CHARACTERS = 64 * budget.MIB
_MAX_DEPTH = 20


class WrittenNumber(str):
    """A number as the file writes it."""


_DECODER = json.JSONDecoder(parse_float=WrittenNumber, parse_int=WrittenNumber, parse_constant=WrittenNumber)

# Where there is no list, numbers may be plain texts at once, which is several times faster.
_PLAIN_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
_PLAIN = frozenset((str, type(None)))

# A record: its line or number, and its cells by name, or why it is broken.
Flat = dict[str, str | None]
Found = tuple[int, Flat | BrokenRow]


@dataclass
class JsonTable:
    """A JSON file opened for reading. ``names`` are the paths in the records, one a column."""

    format: FileFormat
    columns: list[str]
    names: tuple[str, ...]
    source: ByteSource
    codec: str
    by_line: bool

    def batches(self, progress: Progress | None = None) -> Iterator[RawBatch]:
        """Every record as text; the line is the physical one, or the record's number in an array."""
        with self.source.text(self.codec, progress, one_line=not self.by_line) as (stream, report):
            for block in _record_blocks(stream, by_line=self.by_line):
                yield self._batch(block)
                report()

    def sample(self, rows: int = 200) -> RawBatch:
        """The first records, and the broken ones among them."""
        return first_records(self.batches(), rows, self.columns)

    def _batch(self, block: list[Found]) -> RawBatch:
        good = [(line, found) for line, found in block if not isinstance(found, BrokenRow)]
        broken = [found for _, found in block if isinstance(found, BrokenRow)]
        rows: list[Row] = [[found.get(name) for name in self.names] for _, found in good]
        return make_batch(rows, [line for line, _ in good], self.columns, broken, self.format.encoding)


def open_json(source: ByteSource, encoding: Encoding) -> JsonTable:
    """Open a JSON file; all of it is read once, as any record may bring a new column.

    Raises FileUnreadable where there is no record.
    """
    by_line = _one_a_line(source, encoding.name)
    names: dict[str, None] = {}
    with source.text(encoding.name, one_line=not by_line) as (stream, _):
        for _, found in chain.from_iterable(_record_blocks(stream, by_line=by_line)):
            if not isinstance(found, BrokenRow) and not names.keys() >= found.keys():
                names.update(dict.fromkeys(found))
                _check_width(len(names), source.name)
    if not names:
        raise FileUnreadable(
            f"{source.name} is JSON, but not a list of records with named values. Save the table as CSV or XLSX and "
            "import that."
        )
    columns, renamed = unique_names(names)
    notes = (encoding.note, *((f"Columns renamed: {', '.join(renamed)}.",) if renamed else ()))
    form = FileFormat(
        "jsonl" if by_line else "json",
        NAMES.get(encoding.name, encoding.name),
        member=source.member,
        notes=notes,
    )
    return JsonTable(form, columns, tuple(names), source, encoding.name, by_line)


def _check_width(columns: int, name: str) -> None:
    if columns > budget.MAX_COLUMNS:
        raise FileUnreadable(f"{name} has more than {budget.MAX_COLUMNS:,} columns, which is no table.")


def _one_a_line(source: ByteSource, codec: str) -> bool:
    """Whether the first line that is not blank is a whole object that wraps no list of records."""
    with source.text(codec, one_line=True) as (stream, _):
        first = ""
        while not first.strip("\ufeff \t\r\n"):
            first = stream.readline(_MAX_VALUE_CHARACTERS)
            if not first:
                return True
    first = first.lstrip("\ufeff \t")
    if not first.startswith("{"):
        return False
    value = _decoded(first)
    return isinstance(value, dict) and _wrapped(value) is None


def _record_blocks(stream: TextIO, *, by_line: bool) -> Iterator[list[Found]]:
    """The records, some ten thousand at a time."""
    if by_line:
        line = 1
        while texts := stream.readlines(budget.CHUNK_CHARACTERS):
            with collector_paused():
                block = [_line_record(text, number) for number, text in enumerate(texts, start=line)]
                line += len(texts)
                block = [found for found in block if found[1]]
            yield block
    else:
        records = _array_records(stream)
        while block := list(islice(records, budget.BATCH_RECORDS)):
            yield block


def _line_record(text: str, line: int) -> Found:
    """The record of a line; a blank line has no cells."""
    written = text.strip("\ufeff \t\r\n")
    value = _decoded(written) if written else {}
    if isinstance(value, dict):
        return line, _flatten(value)
    reason = "This line is not a JSON object: mend the line, or leave it out."
    return line, BrokenRow(line, reason, (shown(written[:500]),))


def _array_records(stream: TextIO) -> Iterator[Found]:
    """Records of an array, of a list inside one object, or written one after another."""
    number = 0
    for value in _values(stream):
        for item in _wrapped(value) or [value]:
            number += 1
            if isinstance(item, dict):
                yield number, _flatten(item)
            elif isinstance(item, BrokenRow):
                yield number, BrokenRow(number, item.reason, item.cells)
            else:
                cells = (shown(_as_json(item)[:500]),)
                yield number, BrokenRow(number, "This record is not a JSON object with named values.", cells)


def _values(stream: TextIO) -> Iterator[object]:
    """JSON values one after another, in an array or not; a BrokenRow where the file stops being JSON."""
    text, position, wanted, at_end = "", 0, budget.MIB, False
    opened = False
    while True:
        position = _past_blanks(text, position, "[" if not opened else "")
        if position < len(text):
            opened = True
            if text[position] == "]":
                return
            try:
                value, position = _DECODER.raw_decode(text, position)
            except (ValueError, RecursionError):
                if at_end or len(text) - position > _MAX_VALUE_CHARACTERS:
                    reason = "The file stops being JSON at this record; nothing after it can be read."
                    yield BrokenRow(0, reason, (shown(text[position : position + 500]),))
                    return
            else:
                wanted = budget.MIB
                yield value
                continue
        elif at_end:
            return
        fresh = stream.read(wanted)
        wanted = min(2 * wanted, _MAX_VALUE_CHARACTERS)
        at_end = not fresh
        text, position = text[position:] + fresh, 0


def _past_blanks(text: str, position: int, also: str) -> int:
    blanks = _BLANKS + "\ufeff"
    while position < len(text) and text[position] in blanks:
        position += 1
    if also and position < len(text) and text[position] == also:
        return _past_blanks(text, position + 1, "")
    return position


def _decoded(text: str) -> object:
    """The value of a text that is JSON from beginning to end; None where it is not."""
    try:
        value: object = (_DECODER if "[" in text else _PLAIN_DECODER).decode(text)
    except (ValueError, RecursionError):
        return None
    return value


def _wrapped(value: object) -> list[object] | None:
    """The one list of objects inside an object, as programs answer: {"orders": [...], "page": 1}."""
    if not isinstance(value, dict):
        return None
    lists = [item for item in value.values() if isinstance(item, list) and item and isinstance(item[0], dict)]
    scalars_only = all(not isinstance(item, dict) for item in value.values())
    short = len(value) <= 5 and "id" not in value
    return lists[0] if len(lists) == 1 and scalars_only and short else None


def _flatten(record: dict[str, object], prefix: str = "", depth: int = 0) -> Flat:
    if _PLAIN.issuperset(map(type, record.values())):
        return cast("Flat", {f"{prefix}{key}": value for key, value in record.items()} if prefix else record)
    flat: Flat = {}
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and value and depth < _MAX_DEPTH:
            flat |= _flatten(value, f"{name}.", depth + 1)
        else:
            flat[name] = _text(value)
    return flat


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str) else _as_json(value)


def _as_json(value: object) -> str:
    """JSON text again, with numbers as they were written."""
    if isinstance(value, WrittenNumber):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_as_json, value))}]"
    if isinstance(value, dict):
        inner = (f"{json.dumps(key, ensure_ascii=False)}: {_as_json(item)}" for key, item in value.items())
        return f"{{{', '.join(inner)}}}"
    return json.dumps(value, ensure_ascii=False)
