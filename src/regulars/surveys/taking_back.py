"""An answer typed in by mistake, taken back: by a decision of a named person, as facts in the log are never edited.

What was typed stays in the log. Measures and pages leave it out as soon as the decision stands.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from regulars.groups.decisions import Decision, decide, versions
from regulars.measures.scores.taken_back import NOUN
from regulars.surveys.answering import KIND, SOURCE, TYPED_CHANNELS
from regulars.surveys.errors import SurveyError

if TYPE_CHECKING:
    from regulars.workspace import Workspace


@dataclass(frozen=True)
class Typed:
    """An answer that a colleague typed in; ``typed_by`` names them as pages do, empty where that is not known."""

    number: int
    survey: str
    typed_by: str
    taken_back: bool


def typed_answer(workspace: Workspace, number: int) -> Typed | None:
    """The answer of that number; None where there is none, or where it was not typed in."""
    with workspace.engine() as engine:
        rows = engine.run(
            f"SELECT kind, source, channel, properties FROM interactions WHERE interaction_id = {int(number)}"  # noqa: S608
        ).to_pylist()
    if not rows or (rows[0]["kind"], rows[0]["source"]) != (KIND, SOURCE) or rows[0]["channel"] not in TYPED_CHANNELS:
        return None
    said = json.loads(rows[0]["properties"] or "{}")
    decided = versions(workspace, NOUN).get(str(number), [])
    back = bool(decided) and decided[-1].body.get("taken_back") is True
    return Typed(number, str(said.get("survey", "")), str(said.get("typed_by", "")), back)


def take_back(workspace: Workspace, number: int, *, by: str, now: datetime) -> bool:
    """Leave a typed-in answer out of everything from now on; False where that was done before.

    Raises SurveyError for an answer that nobody here typed in: what a respondent sent is theirs.
    """
    found = typed_answer(workspace, number)
    if found is None:
        raise SurveyError("not_typed_in", found=number)
    if found.taken_back:
        return False
    version = max((one.version for one in versions(workspace, NOUN).get(str(number), [])), default=0) + 1
    request = f"answer taken back {number} {version}"
    return decide(workspace, NOUN, Decision(str(number), version, {"taken_back": True}, now, by), request_id=request)
