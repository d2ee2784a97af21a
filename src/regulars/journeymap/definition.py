"""Journey maps as JSON, and whether they fit: texts that can be shown, kinds that there are, not too much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from regulars.journeymap.errors import JourneyMapError
from regulars.journeymap.parts import (
    EVIDENCE_KINDS,
    KINDS,
    Cell,
    Evidence,
    EvidenceKind,
    JourneyMap,
    Kind,
    Stage,
)

LONGEST_NAME, LONGEST_TEXT, LONGEST_ANSWER, LONGEST_REF = 60, 300, 600, 200
MOST_STAGES, MOST_CELLS, MOST_EVIDENCE = 12, 300, 12
_LINES = "\n\t"


def to_json(drawn: JourneyMap) -> dict[str, object]:
    """The body of a decision; group and version stand beside it."""
    stages = [
        {"key": one.key, "name": one.name, "cells": [_cell_told(cell) for cell in one.cells]} for one in drawn.stages
    ]
    return {"stages": stages}


def from_json(body: Mapping[str, Any], group: str, version: int) -> JourneyMap:
    """The map of a decision. Raises JourneyMapError for a body that is none."""
    stages = tuple(_stage(one) for one in _listed(body, "stages"))
    return check_map(JourneyMap(group, stages, version))


def check_map(drawn: JourneyMap) -> JourneyMap:
    """The map itself. Raises JourneyMapError with the first thing that has to be mended."""
    if not drawn.group or len(drawn.group) > LONGEST_REF:
        raise JourneyMapError("bad_group", found=repr(drawn.group)[:80])
    if not drawn.stages:
        raise JourneyMapError("no_stages")
    _at_most(drawn.stages, "stages", MOST_STAGES)
    _at_most(list(drawn.cells), "cells", MOST_CELLS)
    names = [one.name.strip().lower() for one in drawn.stages]
    for name in names:
        if names.count(name) > 1:
            raise JourneyMapError("same_stage", found=name)
    for stage in drawn.stages:
        _fits(stage.name, "the stage", LONGEST_NAME, needed=True)
        for cell in stage.cells:
            check_cell(cell)
    return drawn


def check_cell(cell: Cell) -> Cell:
    """The cell itself. Raises JourneyMapError with the first thing that has to be mended."""
    if cell.kind not in KINDS:
        raise JourneyMapError("unknown_kind", found=repr(cell.kind)[:40], known=", ".join(KINDS))
    _fits(cell.text, "the cell", LONGEST_TEXT, needed=True)
    _fits(cell.answer, "the answer", LONGEST_ANSWER)
    _at_most(cell.evidence, "pieces of evidence", MOST_EVIDENCE)
    for one in cell.evidence:
        if one.kind not in EVIDENCE_KINDS:
            raise JourneyMapError("unknown_evidence", found=repr(one.kind)[:40], known=", ".join(EVIDENCE_KINDS))
        _fits(one.ref, "the evidence", LONGEST_REF, needed=True)
        _fits(one.text, "the note", LONGEST_TEXT)
    return cell


def _fits(text: str, where: str, limit: int, *, needed: bool = False) -> None:
    if needed and not text.strip():
        raise JourneyMapError("no_text")
    if len(text) > limit:
        raise JourneyMapError("text_too_long", where=where, limit=limit)
    if not all(sign.isprintable() or sign in _LINES for sign in text):
        raise JourneyMapError("unprintable", where=where)


def _at_most(listed: Sequence[object], what: str, limit: int) -> None:
    if len(listed) > limit:
        raise JourneyMapError("too_many", found=len(listed), what=what, limit=limit)


# Reading -------------------------------------------------------------------------------------------------


def _cell_told(cell: Cell) -> dict[str, object]:
    evidence = [{"kind": one.kind, "ref": one.ref, "text": one.text} for one in cell.evidence]
    at = cell.at.isoformat() if cell.at else None
    told = {"key": cell.key, "kind": cell.kind, "text": cell.text, "answer": cell.answer}
    return {**told, "evidence": evidence, "by": cell.by, "at": at}


def _stage(told: Mapping[str, Any]) -> Stage:
    cells = tuple(_cell(one) for one in _listed(told, "cells"))
    return Stage(_text(told, "key"), _text(told, "name"), cells)


def _cell(told: Mapping[str, Any]) -> Cell:
    return Cell(
        key=_text(told, "key"),
        kind=cast(Kind, _text(told, "kind")),
        text=_text(told, "text"),
        answer=_text(told, "answer", ""),
        evidence=tuple(_evidence(one) for one in _listed(told, "evidence")),
        by=_text(told, "by", ""),
        at=_instant(told.get("at")),
    )


def _evidence(told: Mapping[str, Any]) -> Evidence:
    return Evidence(cast(EvidenceKind, _text(told, "kind")), _text(told, "ref"), _text(told, "text", ""))


def _listed(told: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = told.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise JourneyMapError("not_a_map", where=name)
    return found


def _text(told: Mapping[str, Any], name: str, missing: str | None = None) -> str:
    found = told.get(name, missing)
    if not isinstance(found, str):
        raise JourneyMapError("not_a_map", where=name)
    return found


def _instant(told: object) -> datetime | None:
    try:
        return datetime.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        return None
