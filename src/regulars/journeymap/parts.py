"""What a journey map is made of: stages of the life cycle, cells within them, and the evidence of a cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

Kind = Literal["need", "problem", "fear", "barrier", "criterion"]
EvidenceKind = Literal["quote", "score", "measure"]
HoleKind = Literal["no answer", "no need", "no evidence"]

EVERYONE: Final = "everyone"
# criterion: what customers choose by.
KINDS: Final[tuple[Kind, ...]] = ("need", "problem", "fear", "barrier", "criterion")
EVIDENCE_KINDS: Final[tuple[EvidenceKind, ...]] = ("quote", "score", "measure")
# Stages that a new map begins with: key and name.
STAGES: Final = (
    ("learns-of-us", "learns of us"),
    ("considers", "considers"),
    ("buys", "buys"),
    ("uses", "uses"),
    ("buys-again", "buys again"),
    ("recommends", "recommends"),
    ("leaves", "leaves"),
)


@dataclass(frozen=True)
class Evidence:
    """What a cell rests on, beside the opinion of the company.

    kind  quote: the words of a customer · score: what customers scored at a touchpoint · measure: any other figure
    ref   where it is found again: the number of an answer, or the name of a figure. Words of customers are never
          copied, so that whoever is erased is gone from here too
    text  a note of whoever attached it
    """

    kind: EvidenceKind
    ref: str
    text: str = ""


@dataclass(frozen=True)
class Cell:
    """One thing that customers need, struggle with, fear, are kept away by, or choose by.

    answer    what the company does about it; empty: nobody has said
    by, at    who changed the cell last, and when
    """

    key: str
    kind: Kind
    text: str
    answer: str = ""
    evidence: tuple[Evidence, ...] = ()
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Stage:
    """One stage of the life cycle with its cells, in the order they were added."""

    key: str
    name: str
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class JourneyMap:
    """One version of the map of a group (its key), or of everyone; version 0 where nobody has begun it."""

    group: str
    stages: tuple[Stage, ...]
    version: int = 0
    decided_at: datetime | None = None
    decided_by: str = ""

    @property
    def cells(self) -> Iterator[tuple[Stage, Cell]]:
        """Every cell with its stage, stage by stage."""
        return ((stage, cell) for stage in self.stages for cell in stage.cells)

    def find(self, key: str) -> tuple[Stage, Cell] | None:
        """The cell of that key and its stage."""
        return next(((stage, cell) for stage, cell in self.cells if cell.key == key), None)


@dataclass(frozen=True)
class Hole:
    """Something that the map lacks: an answer, a need, evidence; ``sentence`` says what and where.

    cell   None where the whole stage lacks it
    """

    kind: HoleKind
    stage: Stage
    cell: Cell | None
    sentence: str


def empty_map(group: str) -> JourneyMap:
    """A map that nobody has begun: the stages of the method, without cells."""
    return JourneyMap(group, tuple(Stage(key, name) for key, name in STAGES))
