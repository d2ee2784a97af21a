"""What the pages read of a journey map: its grid, its holes, the evidence of a cell, and what changed when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.fourquestions.asking import Asker
from regulars.fourquestions.parts import Lens
from regulars.groups.publishing import group as group_of
from regulars.journeymap.evidence import Shelf
from regulars.journeymap.holes import holes
from regulars.journeymap.parts import EVERYONE, KINDS, Cell, Evidence, Hole, JourneyMap, Kind, Stage
from regulars.journeymap.publishing import journey_map
from regulars.workspace import Workspace
from regulars_web.journeymap import figures, words
from regulars_web.journeymap.quotes import quotes_of
from regulars_web.shared.frame import Frame
from regulars_web.shared.scope import Scope

QUOTE = "answer:"


@dataclass(frozen=True)
class Slot:
    """Where cells of one kind stand in a stage."""

    kind: Kind
    words: str
    add: str
    cells: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Row:
    """One stage as the grid shows it; ``lacking`` counts what it lacks."""

    stage: Stage
    words: str
    slots: Sequence[Slot]
    lacking: int


def key_of(scope: Scope) -> str:
    """The key of the map that the address asks for."""
    return scope.group or EVERYONE


def group_name(workspace: Workspace, scope: Scope) -> str:
    """The name of the group; empty for everyone. Raises GroupError for one that is not there."""
    return group_of(workspace, scope.group).name if scope.group else ""


def lens_of(frame: Frame) -> Lens:
    """What figures are seen through on a page."""
    return Lens(frame.members, frame.newest, frame.first, frame.last)


def drawn(workspace: Workspace, scope: Scope) -> JourneyMap:
    """The map that the address asks for; an empty one where nobody has begun it."""
    group_name(workspace, scope)
    return journey_map(workspace, key_of(scope))


def rows_of(found: JourneyMap) -> list[Row]:
    """The grid, stage by stage."""
    return [row_of(stage, found) for stage in found.stages]


def row_of(stage: Stage, found: JourneyMap) -> Row:
    """One stage of the grid."""
    slots = [
        Slot(
            kind,
            str(words.KIND_PLURALS[kind]),
            str(words.ADD_WORDS[kind]),
            [{"cell": one, "rests_on": rests_on(one)} for one in stage.cells if one.kind == kind],
        )
        for kind in KINDS
    ]
    lacking = sum(hole.stage.key == stage.key and hole.kind != "no evidence" for hole in holes(found))
    return Row(stage, words.stage_words(stage), slots, lacking)


def holes_of(found: JourneyMap) -> dict[str, Any]:
    """What the map lacks: what nobody answers, what nobody wrote down, and mere opinions."""
    listed = holes(found)
    told = [{"hole": hole, "words": words.hole_words(hole)} for hole in listed]
    return {
        "unanswered": [one for one in told if _kind(one) == "no answer"],
        "needless": [one for one in told if _kind(one) == "no need"],
        "opinions": [one for one in told if _kind(one) == "no evidence"],
        "fears": sum(
            hole.kind == "no answer" and hole.cell is not None and hole.cell.kind == "fear" for hole in listed
        ),
    }


def finding(found: JourneyMap, lacking: Mapping[str, Any]) -> str:
    """What the page says first."""
    if not any(True for _cell in found.cells):
        return _("Nobody has drawn this map yet.")
    if lacking["fears"]:
        return ngettext("%(count)s fear has no answer", "%(count)s fears have no answer", lacking["fears"]) % {
            "count": lacking["fears"]
        }
    if lacking["unanswered"]:
        count = len(lacking["unanswered"])
        return ngettext("%(count)s thing has no answer", "%(count)s things have no answer", count) % {"count": count}
    if lacking["needless"]:
        count = len(lacking["needless"])
        return ngettext(
            "At %(count)s stage nobody knows what customers need",
            "At %(count)s stages nobody knows what customers need",
            count,
        ) % {"count": count}
    return _("Everything on this map has an answer")


def rests_on(cell: Cell) -> str:
    """How much evidence a cell has, in words."""
    count = len(cell.evidence)
    if not count:
        return _("our own opinion so far")
    return ngettext("%(count)s piece of evidence", "%(count)s pieces of evidence", count) % {"count": count}


def evidence_of(cell: Cell, frame: Frame, user: Any) -> list[dict[str, Any]]:
    """The evidence of a cell as it stands now: quotes looked up, figures counted."""
    shelf = Shelf(Asker(frame.workspace, lens_of(frame)))
    keys = [number for one in cell.evidence if (number := answer_number(one)) is not None]
    quotes = quotes_of(frame.workspace, keys, user)
    return [_evidence(one, shelf, quotes, frame.workspace.settings.currency) for one in cell.evidence]


def answer_number(evidence: Evidence) -> int | None:
    """The number of the answer that a quote comes from; None for any other evidence."""
    number = evidence.ref.removeprefix(QUOTE)
    fits = evidence.kind == "quote" and evidence.ref.startswith(QUOTE) and number.removeprefix("-").isdigit()
    return int(number) if fits and len(number) < 21 else None


def _evidence(one: Evidence, shelf: Shelf, quotes: Mapping[int, Any], currency: str) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": one.kind, "words": words.EVIDENCE_WORDS[one.kind], "ref": one.ref, "note": one.text}
    if one.kind == "quote":
        return {**told, "quote": quotes.get(answer_number(one) or 0)}
    found = shelf.figure(one.ref)
    return {**told, "figure": None if found is None else figures.shown(found, currency)}


def _kind(told: Mapping[str, Any]) -> str:
    hole: Hole = told["hole"]
    return hole.kind
