"""What a survey is made of: pages, questions, words in every language, and when it ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

Texts = Mapping[str, str]  # language -> words
Kind = Literal["nps", "csat", "ces", "scale", "single", "multiple", "text", "matrix", "kano", "rank"]
Audience = Literal["customers", "employees", "partners"]
Op = Literal["at most", "at least", "is", "is not", "includes"]

LANGUAGES: Final = ("en", "bg", "ru", "cs", "tr")
KINDS: Final[tuple[Kind, ...]] = (
    "nps",
    "csat",
    "ces",
    "scale",
    "single",
    "multiple",
    "text",
    "matrix",
    "kano",
    "rank",
)
SCALED: Final = ("nps", "csat", "ces", "scale")  # one number is the answer
CHOSEN: Final = ("single", "multiple", "rank")  # options are the answer
AUDIENCES: Final[tuple[Audience, ...]] = ("customers", "employees", "partners")
OPS: Final[tuple[Op, ...]] = ("at most", "at least", "is", "is not", "includes")
ASKS: Final = ("satisfaction", "importance")
KANO: Final = ("like", "expect", "neutral", "tolerate", "dislike")
SCALES: Final[Mapping[str, tuple[int, int]]] = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
LIKERT: Final = (1, 5)  # scales and tables that name none


@dataclass(frozen=True)
class Option:
    """Something to choose or to rate: an option, a factor of a table, a competitor."""

    key: str
    words: Texts


@dataclass(frozen=True)
class ShowIf:
    """A question is shown where the answer to an earlier one passes; a blank or hidden one never does."""

    question: str
    op: Op
    value: str


@dataclass(frozen=True)
class Question:
    """One question.

    low, high       ends of the scale; 0 and 0 for kinds without one
    ends            what the lower and the upper end mean; None where labels say it or nothing has to be said
    labels          one a step of the scale from low to high, or none
    options         to choose from (single, multiple, rank)
    factors         rows of a table (matrix), rated for what ``asks`` says; ``competitors`` are rated on each too
    not_applicable  offers "does not apply to me", which counts as no answer
    """

    key: str
    kind: Kind
    words: Texts
    help: Texts = field(default_factory=dict)
    required: bool = False
    low: int = 0
    high: int = 0
    ends: tuple[Texts, Texts] | None = None
    labels: tuple[Texts, ...] = ()
    options: tuple[Option, ...] = ()
    factors: tuple[Option, ...] = ()
    asks: tuple[str, ...] = ()
    competitors: tuple[Option, ...] = ()
    not_applicable: bool = False
    show_if: ShowIf | None = None

    @property
    def steps(self) -> range:
        """The values of the scale, lowest first; empty for kinds without one."""
        return range(self.low, self.high + 1) if self.high > self.low else range(0)


@dataclass(frozen=True)
class Page:
    """Questions that are seen together."""

    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Survey:
    """One version of a survey.

    about      the touchpoint it asks about; empty: the company as a whole
    audience   whose answers they are, also where nobody knows who gave them; never counted with those of others
    languages  the first one is spoken where a text is missing in another
    minutes    how long it takes, as respondents are told
    closes_on  last local day on which it takes answers; None: open
    quota      most finished answers it takes; None: any number
    version    0 as long as it is not published
    retired    this version closed the survey for good
    """

    key: str
    title: Texts
    pages: tuple[Page, ...]
    languages: tuple[str, ...] = ("en",)
    about: str = ""
    audience: Audience = "customers"
    intro: Texts = field(default_factory=dict)
    thanks: Texts = field(default_factory=dict)
    who_reads: Texts = field(default_factory=dict)
    minutes: int = 1
    closes_on: date | None = None
    quota: int | None = None
    version: int = 0
    retired: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order they are asked."""
        return tuple(question for page in self.pages for question in page.questions)

    def question(self, key: str) -> Question | None:
        """The question under a key; None where there is none."""
        return next((question for question in self.questions if question.key == key), None)


def said(texts: Texts, language: str) -> str:
    """The words in a language; in the first one that has any where it is missing; empty where none has."""
    found = texts.get(language, "").strip()
    return found or next((words.strip() for words in texts.values() if words.strip()), "")
