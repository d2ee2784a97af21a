"""What the register is made of: touchpoints, their standards, who has read them, and what is promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, TypeVar

Sort = Literal["business", "employee"]
PromiseColumn = Literal[
    "wait_seconds", "duration_seconds", "late_days", "answer_seconds", "resolved_seconds", "checklist"
]
Body = TypeVar("Body")
HoleKind = Literal["not registered", "no owner", "no standard", "nobody confirmed", "no promise", "no traffic"]

SORTS: Final[tuple[Sort, ...]] = ("business", "employee")
# Stages of the life cycle that a touchpoint may belong to.
STAGES: Final = ("learns of us", "considers", "buys", "uses", "buys again", "recommends", "leaves")
PROMISE_COLUMNS: Final[tuple[PromiseColumn, ...]] = (
    "wait_seconds",
    "duration_seconds",
    "late_days",
    "answer_seconds",
    "resolved_seconds",
    "checklist",
)
# A checklist is kept by having at least so many points; every other promise by taking at most so long.
AT_LEAST: Final[tuple[PromiseColumn, ...]] = ("checklist",)


@dataclass(frozen=True)
class Guide:
    """A talk guide: a help to speak with customers, never a text that has to be said."""

    title: str
    text: str


@dataclass(frozen=True)
class Touchpoint:
    """One version of a touchpoint of the register.

    key      its text in the column ``touchpoint`` of interactions, exactly as it stands there
    name     what people call it; empty: the key
    sort     business (site, sign, parcel) or employee (a person who speaks)
    owner    who answers for it; empty: nobody
    channel  phone, web, showroom, …; empty: any
    stages   stages of the life cycle that it belongs to, of STAGES
    first    the first thing that customers meet; None: nobody has said
    guides   talk guides
    version  0 as long as it is not published
    retired  it is no longer in use
    """

    key: str
    name: str = ""
    sort: Sort = "business"
    owner: str = ""
    channel: str = ""
    stages: tuple[str, ...] = ()
    first: bool | None = None
    guides: tuple[Guide, ...] = ()
    retired: bool = False
    version: int = 0

    @property
    def called(self) -> str:
        """What people call it."""
        return self.name or self.key


@dataclass(frozen=True)
class Standard:
    """One version of a touchpoint's written standard; ``key`` is the touchpoint's.

    text   what a customer can count on here
    never  what is never done here
    """

    key: str
    text: str
    never: str = ""
    retired: bool = False
    version: int = 0


@dataclass(frozen=True)
class Confirmation:
    """A person has read a version of a touchpoint's standard and confirmed it."""

    touchpoint: str
    person: str
    version: int
    confirmed_at: datetime | None = None


@dataclass(frozen=True)
class Promise:
    """The measurable part of a standard.

    touchpoint  key of the touchpoint
    name        in words; empty: the key
    column      what is measured: ``wait_seconds`` and ``duration_seconds`` of the touch, ``late_days`` after the due
                moment (a part of a day counts as a day), ``answer_seconds`` from the client's touch to the company's
                next in the same thread, ``resolved_seconds`` to the touch there that says it is resolved, or
                ``checklist``: percent of the points that were met
    at_most     for every column but the checklist: kept up to this
    at_least    for a checklist: kept from this on
    kind, step  only touches of this kind or step; empty: all of the touchpoint
    """

    key: str
    touchpoint: str
    name: str = ""
    column: PromiseColumn = "wait_seconds"
    at_most: float | None = None
    at_least: float | None = None
    kind: str = ""
    step: str = ""
    retired: bool = False
    version: int = 0

    @property
    def called(self) -> str:
        """What people call it."""
        return self.name or self.key


@dataclass(frozen=True)
class Hole:
    """Something that is missing; ``sentence`` says what and where."""

    kind: HoleKind
    touchpoint: str
    sentence: str


@dataclass(frozen=True)
class Seen:
    """A touchpoint as the log has it: touches, known customers, and the first and the last day with a touch."""

    touchpoint: str
    traffic: int
    customers: int
    first_on: date
    last_on: date
