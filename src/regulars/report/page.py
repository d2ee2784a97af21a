"""What a page is made of: plain values that templates write out. Texts are unescaped; templates escape them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

Tone = Literal["plain", "good", "bad", "old"]


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its text, small type under it, and a bar of the given length from 0 to 1."""

    text: str
    note: str = ""
    bar: float | None = None


@dataclass(frozen=True)
class Heading:
    """A column's heading; numbers stand at the end of the line. ``wide`` columns are left out on a phone."""

    text: str
    number: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of each row heads it.

    ``more`` says what is not shown; a ``folded`` table opens on a click.
    """

    caption: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: str = ""
    folded: bool = False
    kind: str = field(default="table", init=False)


@dataclass(frozen=True)
class Drawing:
    """A chart as SVG, drawn for a desktop and for a phone."""

    wide: Markup
    narrow: Markup


@dataclass(frozen=True)
class Figure:
    """A chart with its title, what it shows in a sentence, and its numbers as a table."""

    title: str
    summary: str
    drawing: Drawing
    table: Table
    kind: str = field(default="figure", init=False)


@dataclass(frozen=True)
class Verdict:
    """A judgement in a sentence, coloured by what it means for the reader."""

    tone: Tone
    label: str
    text: str
    kind: str = field(default="verdict", init=False)


@dataclass(frozen=True)
class Facts:
    """A list of sentences, each with a name."""

    items: tuple[tuple[str, str], ...]
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True)
class Notes:
    """Sentences to be read beside the numbers."""

    sentences: tuple[str, ...]
    kind: str = field(default="notes", init=False)


Block = Table | Figure | Verdict | Facts | Notes


@dataclass(frozen=True)
class Section:
    """A part of the report: what was found in one sentence, then how one can see it."""

    anchor: str
    title: str
    finding: str
    text: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Change:
    """A difference from the year before; ``tone`` is plain unless its interval is clear of zero."""

    text: str
    interval: str
    tone: Tone


@dataclass(frozen=True)
class KeyNumber:
    """A headline number with what it counts; or, where it is not known, why."""

    label: str
    value: str
    note: str
    change: Change | None = None
    spark: Markup | None = None
    unknown: str = ""


@dataclass(frozen=True)
class Term:
    """A word, what it means here, how it is computed and where that comes from."""

    name: str
    question: str
    formula: str
    source: str


@dataclass(frozen=True)
class Action:
    """One of the things that deserve attention, as the page shows it."""

    sentence: str
    why: str
    what_to_do: str
    anchor: str
    link: str
    caution: str = ""


@dataclass(frozen=True)
class Page:
    """The whole report."""

    company: str
    as_of: str
    heading: str
    lede: tuple[str, ...]
    actions: tuple[Action, ...]
    numbers: tuple[KeyNumber, ...]
    sections: tuple[Section, ...]
    terms: tuple[Term, ...]
    made_from: tuple[str, ...]
