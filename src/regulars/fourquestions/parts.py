"""The four questions, a figure that belongs to one of them, and what people say to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

Question = Literal["means", "costs", "keeps", "brings-back"]
Unit = Literal["money", "share", "points", "days", "seconds", "number", "per thousand"]

QUESTIONS: Final[Mapping[Question, str]] = {
    "means": "What does it mean to be our customer?",
    "costs": "What does it cost to be our customer, in money, time, effort and risk?",
    "keeps": "What keeps customers from leaving?",
    "brings-back": "What makes customers come back for more?",
}


@dataclass(frozen=True)
class Lens:
    """What figures are seen through: a group's customers (None: everyone) and a period.

    as_of   None: the newest day of the log
    """

    members: frozenset[int] | None = None
    as_of: date | None = None
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True)
class Figure:
    """One figure of a measure: its value, 95% interval and count, or the reason why it is unknown.

    name      what it is, a stable word: average order, wait, …
    about     the touchpoint, promise or factor that it is about; empty: the company
    counted   what n counts: orders, customers, answers, …
    measure   the measure it came from, as ``regulars measure`` names it
    """

    name: str
    measure: str
    unit: Unit
    counted: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    reason: str = ""
    about: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return self.value is not None

    @property
    def small(self) -> bool:
        """Whether it rests on fewer than 30."""
        return self.known and self.n is not None and self.n < 30


@dataclass(frozen=True)
class Said:
    """What the people of the company answer to a question, for a group or everyone: signed and dated."""

    question: Question
    group: str
    text: str
    version: int
    by: str
    at: datetime | None
