"""Maturity: which criteria are met, which level is reached, and whether one is skipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from regulars.measures.estimates import SMALL_SAMPLE
from regulars.measures.programme.book import Body, day_of
from regulars.measures.programme.evidence import PARTS, Part
from regulars.measures.programme.seen import Seen, outcome
from regulars.measures.programme.wording import CRITERIA, LEVELS, Criterion
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.touchpoints.figures import Row

YES, NO, UNKNOWN = "yes", "no", "unknown"
MEASURED, ATTESTED = "measured", "attested"
NOT_ATTESTED = "Only people can say this, and nobody has attested it."
NAMES = (
    "place", "level", "level_name", "criterion", "sentence", "how", "value", "value_low", "value_high", "n",
    "value_reason", "small_sample", "counted", "needed", "met", "attested_until", "attested_by", "because",
    "level_complete", "reached", "skipped",
)  # fmt: skip


@dataclass(frozen=True)
class Reached:
    """The highest level that is complete with all below it, and the criteria met beyond the next one."""

    level: int
    complete: Mapping[int, bool]
    skipped: tuple[str, ...]


def reached(met: Mapping[str, str]) -> Reached:
    """What the criteria that are met (key -> yes, no or unknown) come to. A level counts on those below."""
    complete = {level: _all_met(met, level) for level in LEVELS}
    top = 0
    while complete.get(top + 1):
        top += 1
    # The next level is being worked on; what is met beyond it stands on nothing.
    skipped = tuple(key for key, one in CRITERIA.items() if one.level > top + 1 and met.get(key) == YES)
    return Reached(top, complete, skipped)


def maturity_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row a criterion (and ``by``); see results.py."""
    return outcome(found, scope, rows_of, NAMES)


def rows_of(seen: Seen) -> tuple[list[Row], list[str]]:
    """The rows of all criteria, and what is to be said beside them."""
    rows = [_row(place, key, seen) for place, key in enumerate(CRITERIA, 1)]
    top = reached({row["criterion"]: row["met"] for row in rows})
    for row in rows:
        row["level_complete"] = top.complete[row["level"]]
        row["reached"] = top.level
        row["skipped"] = row["criterion"] in top.skipped
    return rows, _notes(rows, top)


def _all_met(met: Mapping[str, str], level: int) -> bool:
    return all(met.get(key) == YES for key, one in CRITERIA.items() if one.level == level)


def _row(place: int, key: str, seen: Seen) -> Row:
    criterion = CRITERIA[key]
    part = PARTS[key](seen) if criterion.how == MEASURED else None
    said = seen.book.of("attested").get(key, {})
    by_people = part is None or not part.of
    until = day_of(said, "until")
    value = _nothing(part.nobody) if part and not part.of else part.cells("value") if part else _nothing(NOT_ATTESTED)
    if by_people and said:
        value = _nothing(_why_attested(until, seen.scope.as_of))
    return {
        "place": place,
        "level": criterion.level,
        "level_name": LEVELS[criterion.level],
        "criterion": key,
        "sentence": criterion.sentence,
        "how": ATTESTED if by_people and (said or part is None) else MEASURED,
        **value,
        "counted": part.counted if part else None,
        "needed": criterion.needed,
        "met": _by_people(said, until, seen.scope.as_of) if by_people else _by_log(part, criterion),
        "attested_until": until if by_people else None,
        "attested_by": _text(said, "signed_by") if by_people else None,
        "because": _text(said, "because") if by_people else None,
    }


def _by_log(part: Part | None, criterion: Criterion) -> str:
    if part is None or part.share is None or criterion.needed is None:
        return UNKNOWN
    return YES if part.share >= criterion.needed else NO


def _by_people(said: Body, until: date | None, as_of: date) -> str:
    if not isinstance(said.get("met"), bool) or until is None or until < as_of:
        return UNKNOWN
    return YES if said["met"] else NO


def _why_attested(until: date | None, as_of: date) -> str:
    if until is None or until < as_of:
        ended = until.isoformat() if until else "no day"
        return f"What was attested counted until {ended}; somebody has to look again."
    return "This is attested by people, not measured."


def _nothing(reason: str) -> Row:
    cells: Row = dict.fromkeys(("value", "value_low", "value_high"))
    return cells | {"n": 0, "value_reason": reason, "small_sample": SMALL_SAMPLE > 0}


def _text(body: Body, name: str) -> str | None:
    found = body.get(name)
    return found if isinstance(found, str) and found else None


def _notes(rows: list[Row], top: Reached) -> list[str]:
    if top.level == max(LEVELS):
        return ["All three levels are complete."]
    following = top.level + 1
    missing = sum(row["level"] == following and row["met"] != YES for row in rows)
    of = sum(row["level"] == following for row in rows)
    notes = [f"Level {top.level} of {len(LEVELS)} is reached. For level {following}, {missing} of {of} are missing."]
    if top.skipped:
        notes.append(
            f"{len(top.skipped)} criteria of a higher level are met while level {following} is not complete. "
            "No level can be skipped: customers notice the mistakes of the lower one first."
        )
    return notes
