"""What changed from one version of a map to the next, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from regulars.journeymap.parts import Cell, JourneyMap, Stage
from regulars_web.journeymap import words


@dataclass(frozen=True)
class Version:
    """One version and what changed in it."""

    drawn: JourneyMap
    changes: Sequence[str]
    by: str


def versions_told(history: Sequence[JourneyMap]) -> list[Version]:
    """Every version with what changed in it, newest first."""
    told = [
        Version(one, changes(before, one), words.signed_words(one.decided_by))
        for before, one in zip([None, *history[:-1]], history, strict=True)
    ]
    return told[::-1]


def changes(before: JourneyMap | None, after: JourneyMap) -> list[str]:
    """Sentences on what was added, changed, taken off or renamed; the first version says that the map was begun."""
    old = {cell.key: (stage, cell) for stage, cell in (before.cells if before else ())}
    new = {cell.key: (stage, cell) for stage, cell in after.cells}
    found = [] if before else [_("The map was begun.")]
    found += [_said(_("Added at “%(stage)s”: %(kind)s “%(text)s”."), *new[key]) for key in new if key not in old]
    for key, (stage, cell) in new.items():
        if key in old:
            found += _changed(old[key], (stage, cell))
    found += [_said(_("Taken off “%(stage)s”: %(kind)s “%(text)s”."), *old[key]) for key in old if key not in new]
    if before:
        found += _renamed(before, after)
    return found


def _changed(old: tuple[Stage, Cell], new: tuple[Stage, Cell]) -> list[str]:
    (stage, cell), (home, now) = old, new
    if (stage.key, cell) == (home.key, now):
        return []
    if cell.answer != now.answer and now.answer:
        return [_("Answered “%(text)s”: %(answer)s") % {"text": now.text, "answer": now.answer}]
    if len(cell.evidence) < len(now.evidence):
        return [_("Evidence attached to “%(text)s”.") % {"text": now.text}]
    if len(cell.evidence) > len(now.evidence):
        return [_("Evidence taken off “%(text)s”.") % {"text": now.text}]
    if stage.key != home.key:
        return [_said(_("Moved to “%(stage)s”: %(kind)s “%(text)s”."), home, now)]
    if (cell.kind, cell.text, cell.answer) == (now.kind, now.text, now.answer):
        return []
    return [_said(_("Changed at “%(stage)s”: %(kind)s “%(text)s”."), home, now)]


def _renamed(before: JourneyMap, after: JourneyMap) -> list[str]:
    if [(one.key, one.name) for one in before.stages] == [(one.key, one.name) for one in after.stages]:
        return []
    return [_("Stages are now: %(names)s.") % {"names": ", ".join(words.stage_words(one) for one in after.stages)}]


def _said(sentence: str, stage: Stage, cell: Cell) -> str:
    kind = str(words.KIND_WORDS[cell.kind]).lower()
    return sentence % {"stage": words.stage_words(stage), "kind": kind, "text": cell.text}
