"""Everything the report rests on, read once: measures by name, and what the log holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import polars as pl

from regulars.fourquestions.parts import Question, Said
from regulars.journeymap.parts import EVERYONE, JourneyMap, empty_map
from regulars.programme.parts import StepAction
from regulars.report.formats import Notation

Row = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """A measure's result, or the reason why there is none; ``notes`` are to be read beside it."""

    frame: pl.DataFrame = field(default_factory=pl.DataFrame)
    notes: tuple[str, ...] = ()
    unknown: str = ""

    @property
    def rows(self) -> list[Row]:
        """The result row by row; missing is None."""
        return self.frame.to_dicts()

    @property
    def known(self) -> bool:
        """Whether there is a row to speak of."""
        return self.frame.height > 0

    @property
    def only(self) -> Row:
        """The first row, or an empty one."""
        return self.frame.row(0, named=True) if self.known else {}

    def why_unknown(self, otherwise: str) -> str:
        """The reason why there is no row."""
        return self.unknown or " ".join(self.notes) or otherwise

    def missing(self, *columns: str) -> bool:
        """Whether there is no row, or one of the columns is not there."""
        return not self.known or any(column not in self.frame.columns for column in columns)


@dataclass(frozen=True)
class Source:
    """One import that the log rests on."""

    name: str
    file_name: str
    lines: int
    recorded_at: datetime | None


@dataclass(frozen=True)
class Inventory:
    """What the log holds up to the day of the report."""

    interactions: int = 0
    purchases: int = 0
    customers: int = 0
    customer_types: tuple[str, ...] = ()
    first_on: date | None = None
    newest_on: date | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Readings:
    """What is known of a company on a day.

    ``as_of`` is None for an empty log without a day asked for. ``references`` are the sources' own ids of the
    customers whom a table may show; never names.
    """

    company: str
    notation: Notation
    languages: tuple[str, ...]
    as_of: date | None
    inventory: Inventory
    horizon_days: int = 364
    measures: Mapping[str, Reading] = field(default_factory=dict)
    references: Mapping[int, str] = field(default_factory=dict)
    actions: tuple[StepAction, ...] = ()
    journey_map: JourneyMap = field(default_factory=lambda: empty_map(EVERYONE))
    said: Mapping[Question, Said] = field(default_factory=dict)

    def of(self, name: str) -> Reading:
        """The reading of that name; an unknown one where it was not taken."""
        return self.measures.get(name, Reading())

    def reference(self, client_key: int) -> str:
        """What the source calls a customer; a shortened key where it calls them nothing that may be shown."""
        return self.references.get(client_key) or f"…{client_key % 1_000_000:06d}"
