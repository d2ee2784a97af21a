"""What was decided, read for measures: bodies by noun and key, and what follows from them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from regulars.measures.index.deciding import at_work
from regulars.measures.local_times import EPOCH
from regulars.measures.registry import Columns

Body = Mapping[str, Any]
STAGE_COUNT = 7
DEFINITION = ("definition", "customer focus")
ASK_FOR_ANSWER = ("fear", "barrier", "problem")
QUESTIONS = ("means", "costs", "keeps", "brings-back")


@dataclass(frozen=True)
class Book:
    """Decisions in their newest version, and the list of staff.

    bodies   noun -> key -> body
    decided  (noun, key) -> second since 1970 in which it was decided
    listed   what the log knows of each employee
    numbers  (noun, key) -> number of the newest version, as the log counts them
    day      on which it is read: whoever leaves later works here still, and whoever comes later does not yet
    """

    bodies: Mapping[str, Mapping[str, Body]]
    decided: Mapping[tuple[str, str], float]
    listed: Sequence[Body]
    numbers: Mapping[tuple[str, str], int]
    day: date

    def of(self, noun: str) -> Mapping[str, Body]:
        """Key -> body of everything of a noun that was not retired."""
        found = self.bodies.get(noun, {})
        return {key: body for key, body in found.items() if body.get("retired") is not True}

    def number(self, noun: str, key: str) -> int:
        """Which version of something is in force; 0 where there is none."""
        return self.numbers.get((noun, key), 0)

    @property
    def definition(self) -> Body:
        """The definition in force; empty where none was published."""
        noun, key = DEFINITION
        return self.of(noun).get(key, {})

    @cached_property
    def staff(self) -> frozenset[str]:
        """Codes of those who work here: from the list of staff and from decisions, without those who left."""
        return self._known - self._gone

    @cached_property
    def _known(self) -> frozenset[str]:
        """Codes of all who ever worked here."""
        return frozenset({str(one["code"]) for one in self.listed if one.get("code")} | set(self._told))

    @cached_property
    def _gone(self) -> frozenset[str]:
        """Codes of those who left, were taken out, or have not begun."""
        day = (self.day - EPOCH).days
        return frozenset(code for code, body in self._told.items() if not at_work(body, day))

    @property
    def _told(self) -> Mapping[str, Body]:
        return self.bodies.get("employee", {})

    @cached_property
    def confirmed(self) -> tuple[int, int]:
        """So many of so many people have confirmed the newest definition, as the index counts them.

        Whoever confirmed by e-mail counts as the employee of the code noted beside it; else as one more person.
        (0, 0) where there is nothing to confirm, or nobody is listed: those who confirmed are not everybody.
        """
        if not self.definition or not self._known:
            return 0, 0
        newest = self.number(*DEFINITION)
        people, read = set(self.staff), set()
        for person, body in self.of("definition read").items():
            who = str(body.get("employee") or person)
            if who in self._gone:
                continue
            people.add(who)
            if version_read(body) >= newest:
                read.add(who)
        return len(read), len(people)

    @property
    def cells(self) -> Iterator[tuple[str, Body]]:
        """Every cell of every journey map, with the key of its stage."""
        for drawn in self.of("journey map").values():
            for stage in _objects(drawn.get("stages")):
                for cell in _objects(stage.get("cells")):
                    yield str(stage.get("key", "")), cell

    @property
    def needs_written(self) -> int:
        """Stages of the everyone-map, or of any map where there is none, that hold a need."""
        return len({stage for stage, cell in self.cells if cell.get("kind") == "need"})

    @property
    def to_answer(self) -> tuple[int, int]:
        """So many of so many fears, barriers and problems have an answer."""
        found = [cell for _, cell in self.cells if cell.get("kind") in ASK_FOR_ANSWER]
        return sum(bool(str(cell.get("answer", "")).strip()) for cell in found), len(found)

    @property
    def with_evidence(self) -> tuple[int, int]:
        """So many of so many cells rest on evidence."""
        found = [cell for _, cell in self.cells]
        return sum(bool(cell.get("evidence")) for cell in found), len(found)

    @property
    def questions_answered(self) -> int:
        """Of the four questions, those answered for everyone or for a group."""
        said = {
            str(body.get("question") or key.rpartition(":")[2])
            for key, body in self.of("four questions").items()
            if str(body.get("text", "")).strip()
        }
        return len(said.intersection(QUESTIONS))

    @property
    def targets(self) -> Mapping[str, Body]:
        """Groups that are target customers."""
        return {key: body for key, body in self.of("group").items() if body.get("stance") == "target"}

    def trainings(self, first: date, last: date) -> list[Body]:
        """Trainings held in a time."""
        found = [(day_of(body, "held_on"), body) for body in self.of("training").values()]
        return [body for day, body in found if day and first <= day <= last]

    def departments(self) -> frozenset[str]:
        """Departments that were decided on, or that an employee belongs to."""
        told = self.of("department")
        of_staff = {str(one["department"]) for one in self.listed if one.get("department")}
        return frozenset({*told, *of_staff})


def book_of(decided: Columns, staff: Columns | None, day: date) -> Book:
    """The book out of the columns of the expressions ``decided`` and ``staff``."""
    bodies: dict[str, dict[str, Body]] = {}
    seconds: dict[tuple[str, str], float] = {}
    numbers: dict[tuple[str, str], int] = {}
    rows = zip(*(decided[name].tolist() for name in ("noun", "key", "version", "body", "decided_s")), strict=True)
    for noun, key, version, body, second in rows:
        bodies.setdefault(noun, {})[key] = read_object(body)
        numbers[noun, key] = int(version)
        if second is not None and second == second:
            seconds[noun, key] = float(second)
    listed = [read_object(one) for one in staff["attributes"].tolist()] if staff else []
    return Book(bodies, seconds, listed, numbers, day)


def read_object(body: str | None) -> Body:
    """A JSON object; empty where it is none."""
    try:
        said = json.loads(body or "")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def version_read(body: Body) -> int:
    """Which version somebody says to have read; 0 where they do not say."""
    version = body.get("version")
    return version if isinstance(version, int) and not isinstance(version, bool) else 0


def day_of(body: Body, name: str) -> date | None:
    """The day under a name; None where there is none that can be read."""
    try:
        return date.fromisoformat(str(body.get(name) or ""))
    except ValueError:
        return None


def said(value: object) -> bool:
    """Whether a text was written, plain or in any language."""
    if isinstance(value, Mapping):
        return any(str(text).strip() for text in value.values())
    return isinstance(value, str) and bool(value.strip())


def listed(value: object) -> list[object]:
    """The entries of a list that say something."""
    return [one for one in value if said(one)] if isinstance(value, list) else []


def _objects(value: object) -> list[Body]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
