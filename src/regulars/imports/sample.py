"""What the cells of a column look like, from a sample: dates, numbers, addresses, long texts."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from regulars.imports.dates import DateEvidence
from regulars.imports.numbers import NumberEvidence

_ENOUGH = 500
_EMAIL = r"^\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*$"
_PHONE = r"^\s*\+?[0-9][0-9\s()./-]{4,}(?:\.0)?\s*$"


@dataclass(frozen=True)
class Looks:
    """Shares (0 to 1) of the filled cells that can be read as something; ``filled`` cells were looked at."""

    filled: int
    dates: float
    written_dates: float  # of three numbers or with a month's name: no serial or compact number
    numbers: float
    emails: float
    phones: float
    mean_length: float
    example: str

    def fit(self, kind: str, name: str) -> bool:
        """Whether the cells do not speak against a field of that kind; an empty column fits all."""
        if not self.filled:
            return True
        if kind == "date":
            return self.dates >= 0.5
        if kind in {"number", "money", "price", "quantity"}:
            return self.numbers >= 0.5
        if name == "email":
            return self.emails >= 0.5
        return name != "phone" or self.phones >= 0.5

    def surely(self, name: str) -> bool:
        """Whether the cells can hardly be anything but that field, whatever the header."""
        if name == "occurred":
            return self.written_dates >= 0.9
        if name == "email":
            return self.emails >= 0.9
        return self.mean_length >= 25 and not self.written_dates and self.emails < 0.1


def looks_of(sample: pl.DataFrame, column: str) -> Looks:
    """How the first filled cells of a column look."""
    if column not in sample.columns:
        return Looks(0, 0, 0, 0, 0, 0, 0, "")
    cells = sample[column].cast(pl.String).str.strip_chars().drop_nulls()
    cells = cells.filter(cells != "").head(_ENOUGH)
    filled = len(cells)
    if not filled:
        return Looks(0, 0, 0, 0, 0, 0, 0, "")
    dates, numbers = DateEvidence(), NumberEvidence()
    dates.add(cells)
    numbers.add(cells)
    written = sum(days.count for days in dates.families.values())
    return Looks(
        filled=filled,
        dates=1 - dates.unreadable / filled,
        written_dates=written / filled,
        numbers=1 - numbers.counts["unreadable"] / filled,
        emails=int(cells.str.contains(_EMAIL).sum()) / filled,
        phones=int(cells.str.contains(_PHONE).sum()) / filled,
        mean_length=int(cells.str.len_chars().sum()) / filled,
        example=cells[0],
    )
