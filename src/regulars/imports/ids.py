"""How ids are written: 17850.0 for 17850, leading zeros, and what a spreadsheet has spoilt."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from regulars.imports.contract import ColumnFormat

_WHOLE_FLOAT = r"^\s*[0-9]+\.0+\s*$"
_OTHER_NUMBER = r"^\s*(?:[0-9]+|[0-9]+[.,][0-9]*[1-9][0-9]*)\s*$"
_EXPONENT = r"^\s*[0-9][.,][0-9]+[eE]\+[0-9]+\s*$"
_LONG = r"^\s*[0-9]{16,}\s*$"
_ROUNDED = r"^\s*[0-9]{15}0+\s*$"


@dataclass
class IdEvidence:
    """How a column's ids are written; evidence of two parts of a column adds up."""

    whole_floats: int = 0
    other_numbers: int = 0
    exponents: int = 0
    long: int = 0
    rounded: int = 0

    def add(self, values: pl.Series) -> None:
        """Take in some cells; nulls say nothing."""
        self.whole_floats += count(values.str.contains(_WHOLE_FLOAT))
        self.other_numbers += count(values.str.contains(_OTHER_NUMBER))
        self.exponents += count(values.str.contains(_EXPONENT))
        self.long += count(values.str.contains(_LONG))
        self.rounded += count(values.str.contains(_ROUNDED))


def count(flags: pl.Series) -> int:
    """How many are true; null is not."""
    return int(flags.sum() or 0)


def decide_ids(seen: IdEvidence) -> ColumnFormat:
    """Whether '.0' is part of the writing only, and what to tell the person."""
    notes = []
    whole_float = bool(seen.whole_floats) and not seen.other_numbers
    if whole_float:
        notes.append("17850.0 means 17850")
    if seen.exponents:
        notes.append(f"{seen.exponents} ids were rounded by a spreadsheet (as 5.7E+17): different ones may look alike")
    elif seen.long >= 3 and seen.rounded == seen.long:
        notes.append("ids of 16 and more digits were rounded by a spreadsheet: different ones may look alike")
    return ColumnFormat("id", whole_float=whole_float, note="; ".join(notes))


def parse_ids(values: pl.Series, form: ColumnFormat) -> pl.Series:
    """Ids without blanks around them; 'NA' is an id, leading zeros stay, null where the cell is empty."""
    cells = parse_texts(values)
    if form.whole_float:
        numeric = cells.str.contains(_WHOLE_FLOAT)
        cells = cells.zip_with(~numeric.fill_null(False), cells.str.replace(r"\.0+$", ""))
    return cells


def parse_texts(values: pl.Series) -> pl.Series:
    """Texts without blanks around them; null where nothing is left."""
    cells = values.str.strip_chars()
    return cells.set(cells == "", None)
