"""The log's tables as ``regulars.log.tables`` declares them: types from the schemas, meanings from its comments."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from regulars.log import tables

# What columns mean whose names say it well enough in the code, and not to a stranger.
MEANINGS = {
    "right_key": "the other record",
    "client_key": "random number that stands for the client; who it is, only the vault knows",
    "interaction_id": "the interaction it belongs to",
    "import_id": "the import or application that wrote the row",
    "occurred_at": "when it happened",
    "touchpoint": "the place or person where it happened",
    "step": "activity inside a process",
    "channel": "how it reached the company: shop, web, phone",
    "branch": "shop, office or warehouse",
    "department": "department that dealt with it",
    "employee": "who dealt with it, by the company's own number or name for them",
    "cost": "what it cost the company",
    "original_amount": "amount in the currency of the file",
    "original_currency": "that currency, three letters; null where it is the workspace's",
    "wait_seconds": "how long the client waited",
    "duration_seconds": "how long it took",
    "outcome": "how it ended; of an order, its status in the file",
    "text": "what was said or written, as it stands in the file",
    "source": "where it comes from",
    "source_row": "first line of the file that said so",
    "product": "article number",
    "product_name": "what was bought",
    "category": "group of products",
    "quantity": "how many; negative for what came back",
    "unit_price": "price of one",
    "amount": "total of the line",
    "survey": "name of the survey",
    "question": "what was asked",
    "score": "the mark given",
    "scale_min": "lowest mark possible",
    "scale_max": "highest mark possible",
    "choice": "the option chosen",
    "language": "language of the text",
    "weight": "weight of the answer in the sample",
    "country": "country of the client",
    "region": "state or region",
    "city": "town",
    "gender": "gender, as the file has it",
    "birth_year": "year of birth; the day is in the vault",
    "name": "what was learned: preference, need, birthday gift",
    "value": "the fact itself",
    "known_at": "when the company learned it",
    "confirmed_at": "when somebody last said that it still holds",
    "confirmed_by": "who said so",
    "noun": "what was decided about: group, promise, theme",
    "key": "its name",
    "version": "1, 2, …: a new decision never overwrites the old one",
    "decided_at": "when",
    "decided_by": "by whom",
    "recorded_at": "when the import or its undo became visible",
    "recorded_by": "the account that did it",
    "file_name": "name of the file",
    "lines_read": "lines read = imported + rejected + already there",
    "lines_imported": "new lines",
    "lines_rejected": "lines that could not be used",
    "lines_already_there": "lines that an earlier import had brought",
}
_SCHEMA = re.compile(r"((?:^# [^\n]*\n)+)^([A-Z]+) = pa\.schema\(\n    \[\n(.*?)^    \]\n\)", re.MULTILINE | re.DOTALL)
_COLUMN = re.compile(r'((?:^ *# .*\n)*)^ *\("(\w+)", [^#\n]*\),(?:  # (.*))?$', re.MULTILINE)


@dataclass(frozen=True)
class LogColumn:
    """A column of a log table: its type as engines name it, and its meaning."""

    name: str
    type: str
    meaning: str


def log_tables() -> Iterator[tuple[str, str, list[LogColumn]]]:
    """Each table: its name, what one row is, and its columns in order.

    Raises KeyError for a column that has no meaning anywhere.
    """
    grains = {name: (_prose(above), _comments(body)) for above, name, body in _SCHEMA.findall(_source())}
    for name, schema in tables.TABLES.items():
        grain, comments = grains[name.upper()]
        yield name, grain, [_column(field, comments.get(field.name, "")) for field in schema]


def _source() -> str:
    return inspect.getsource(tables)


def _comments(body: str) -> dict[str, str]:
    return {name: beside or _prose(above) for above, name, beside in _COLUMN.findall(body)}


def _prose(comment: str) -> str:
    return " ".join(line.strip().removeprefix("# ") for line in comment.splitlines()).rstrip(".")


def _column(field: pa.Field, comment: str) -> LogColumn:
    return LogColumn(field.name, _type(field.type), comment or MEANINGS[field.name])


def _type(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return f"decimal({kind.precision},{kind.scale})"
    if pa.types.is_timestamp(kind):
        return "instant (UTC, µs)"
    names = {"int64": "integer", "double": "float", "date32[day]": "date"}
    return names.get(str(kind), str(kind))
