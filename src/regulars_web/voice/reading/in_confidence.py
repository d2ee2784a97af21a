"""What the page of a survey tells of answers given in confidence: whole questions in whole waves, nothing narrower.

A question is counted in the waves of the measures that count it, so nothing here can be subtracted from a measure. A
recommendation is told by value only where no other question is put together with it in the same wave; statements on
the seven elements never are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from regulars.measures.anonymity import FEWEST, TOO_FEW, Wave, waves
from regulars.measures.people.statements import element_of
from regulars.measures.scope import Scope
from regulars.measures.scores.confident_ratings import STATEMENTS_APART
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Row
from regulars_web.voice.reading import sql

NPS = "nps"
_KEYS = ("audience", "question", "kind", "low", "high")
_COLUMNS = ("question", "kind", "score", "choice", "low", "high")


def distributions(frame: Frame, survey: str) -> Reading:
    """One row a question and value: how many chose it; and why some questions are not told.

    The whole company's answers, whatever group the page shows.
    """
    rows = everybody(frame, sql.said_in_confidence(survey, frame.last))
    own = [row for row in rows if row["survey"] == survey]
    statements = [row for row in own if element_of(row["question"])]
    found: list[Row] = []
    hidden = False
    for key, asked in _by(own, lambda row: tuple(row[name] for name in _KEYS)).items():
        if element_of(asked[0]["question"]):
            continue
        told = _told(rows, key, asked, survey, frame)
        found += _counted(told)
        hidden = hidden or not told
    notes = ((TOO_FEW,) if hidden else ()) + ((STATEMENTS_APART,) if statements else ())
    found.sort(key=lambda row: (row["question"], row["kind"], row["score"] or 0.0, row["choice"] or ""))
    return Reading(found, notes)


def versions(frame: Frame, survey: str) -> Reading:
    """One row a version with how often it was answered, without days; nothing of fewer than five."""
    told = everybody(frame, sql.versions(survey))
    nothing = {"first_on": None, "last_on": None, "duplicates": None, "unfinished": None}
    return Reading([{**row, **nothing, "n": row["n"] if row["n"] >= FEWEST else None} for row in told])


def everybody(frame: Frame, text: str) -> list[Row]:
    """A query over the whole log: a group of customers would single people out."""
    with frame.workspace.engine() as engine:
        rows: list[Row] = engine.run(text).to_pylist()
    return rows


def is_inner(frame: Frame, survey: str) -> bool:
    """Whether only colleagues or partners answered a survey; False where nobody did."""
    found = {row["audience"] for row in everybody(frame, sql.whose(survey))}
    return bool(found) and sql.OPEN not in found


def audiences(frame: Frame, survey: str) -> set[str]:
    """Whose answers to a survey there are."""
    return {row["audience"] for row in everybody(frame, f"{sql.whose(survey)} ORDER BY audience")}


def _told(rows: Sequence[Row], key: tuple[Any, ...], asked: Sequence[Row], survey: str, frame: Frame) -> list[Row]:
    """The answers to one question that the period's whole waves hold; none where they are not to be shown."""
    if key[2] != NPS:
        return _inside(asked, _waves(asked, frame))
    together = [row for row in rows if row["kind"] == NPS and row["audience"] == key[0]]
    found = _inside(together, _waves(together, frame))
    alone = all((row["survey"], *(row[name] for name in _KEYS)) == (survey, *key) for row in found)
    return found if alone else []


def _waves(rows: Sequence[Row], frame: Frame) -> list[Wave]:
    scope = Scope(as_of=frame.last, from_on=frame.first)
    made = waves([(int(row["month"]), row["person"]) for row in rows], frame.last)
    return [wave for wave in made if wave.lies_in(scope)]


def _inside(rows: Sequence[Row], made: Sequence[Wave]) -> list[Row]:
    return [row for row in rows if any(wave.holds(int(row["month"])) for wave in made)]


def _counted(rows: Sequence[Row]) -> list[Row]:
    """One row a value of a question, with how many questionnaires answered it."""
    answered = len({row["interaction_id"] for row in rows})
    counts = Counter(tuple(row[name] for name in _COLUMNS) for row in rows)
    return [dict(zip(_COLUMNS, value, strict=True)) | {"n": n, "answered": answered} for value, n in counts.items()]


def _by(rows: Sequence[Row], key: Callable[[Mapping[str, Any]], tuple[Any, ...]]) -> dict[tuple[Any, ...], list[Row]]:
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found
