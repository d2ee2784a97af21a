"""Where a table begins and what its columns are called.

Exports put a title, a date or empty rows above the header, leave a column unnamed, name two alike, or have no
header at all. All readers of rows (text and spreadsheets) decide it here, in the same way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regulars.errors import FileUnreadable
from regulars.imports import budget
from regulars.imports.contract import LINE, REASON
from regulars.imports.encoding import shown

_VALUE_SHAPES = (
    ("date", re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}([T ].*)?")),
    ("number", re.compile(r"[-+(]?\s*[\d.,'  ]*\d[\d.,'  ]*\)?\s*[%€$£]?")),
    ("time", re.compile(r"\d{1,2}:\d{2}(:\d{2})?.*")),
    ("e-mail", re.compile(r"\S+@\S+\.\S+")),
    ("truth", re.compile(r"true|false", re.IGNORECASE)),
)
_YEAR = re.compile(r"(19|20)\d\d")
_TITLE_ROWS = 20  # a header further down is not looked for


@dataclass(frozen=True)
class Header:
    """Where the records begin.

    columns  names, unique and none empty
    skip     rows before the first record (titles, empty rows, the header itself)
    notes    what a person should know: titles skipped, names made up
    """

    columns: list[str]
    skip: int
    has_header: bool
    notes: tuple[str, ...]


def find_header(rows: Sequence[Sequence[str]], name: str) -> Header:
    """The header of a table, from its first rows. Raises FileUnreadable where no row has a filled cell."""
    filled = [index for index, row in enumerate(rows) if any(cell.strip() for cell in row)]
    if not filled:
        raise FileUnreadable(f"{name} is empty: there is nothing to import.")
    first = _first_row(rows, filled)
    notes: list[str] = []
    titles = [index for index in filled if index < first]
    if titles:
        notes.append(f"{len(titles)} title rows above the header were left out.")
    top = rows[first]
    below = [rows[index] for index in filled if index > first]
    if _holds_values(top, below):
        width = max(len(_trimmed(row)) for row in (top, *below))
        notes.append(
            "The first row already holds values, so there is no header: the columns are called column_1 to "
            f"column_{width}."
        )
        return Header([f"column_{place + 1}" for place in range(width)], first, False, tuple(notes))
    columns, renamed = unique_names(_header_cells(top, below))
    if renamed:
        notes.append(f"Columns without a name or with the name of another are called {', '.join(renamed)}.")
    if len(columns) > budget.MAX_COLUMNS:
        raise FileUnreadable(f"{name} has {len(columns):,} columns; at most {budget.MAX_COLUMNS:,} can be read.")
    return Header(columns, first + 1, True, tuple(notes))


def unique_names(cells: Iterable[str]) -> tuple[list[str], list[str]]:
    """Column names, stripped, none empty and no two alike; and those that were made up."""
    names: list[str] = []
    made_up: list[str] = []
    taken = {LINE, REASON}
    for place, cell in enumerate(cells, start=1):
        wished = " ".join(shown(cell).replace("\0", "").split())
        name = wished or f"column_{place}"
        suffix = 2
        while name in taken:
            name = f"{wished or f'column_{place}'}_{suffix}"
            suffix += 1
        if name != wished:
            made_up.append(name)
        taken.add(name)
        names.append(name)
    return names, made_up


def _first_row(rows: Sequence[Sequence[str]], filled: list[int]) -> int:
    """The first row that is about as wide as the table; narrower ones above it are titles."""
    widths = Counter(len(_trimmed(rows[index])) for index in filled)
    usual = max(widths, key=lambda width: (widths[width], width))
    for index in filled[:_TITLE_ROWS]:
        cells = _trimmed(rows[index])
        named = sum(1 for cell in cells if cell.strip())
        if named >= 0.6 * usual and len(cells) >= min(usual, 2):
            return index
    return filled[0]


def _header_cells(top: Sequence[str], below: Sequence[Sequence[str]]) -> list[str]:
    """The header's cells, without empty ones at its end under which nothing stands."""
    cells = [*_trimmed(top)]
    if len(cells) < len(top):
        used = max((len(_trimmed(row)) for row in below), default=0)
        cells += [""] * (min(used, len(top)) - len(cells))
    return cells


def _trimmed(row: Sequence[str]) -> Sequence[str]:
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


def _shape(cell: str) -> str:
    text = cell.strip()
    return next((shape for shape, pattern in _VALUE_SHAPES if pattern.fullmatch(text)), "text")


def _holds_values(top: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether the first row looks like the rows below it rather than like names for them."""
    like_values = like_names = 0
    for place, cell in enumerate(top):
        if not cell.strip() or _YEAR.fullmatch(cell.strip()):
            continue
        shapes = Counter(_shape(row[place]) for row in below[:200] if place < len(row) and row[place].strip())
        usual = shapes.most_common(1)[0][0] if shapes else "text"
        here = _shape(cell)
        if here == "text":
            like_names += usual != "text"
        elif usual == here or not below:
            like_values += 1
    return like_values > like_names
