"""What people add to a portrait: who these customers are, what they get, how they choose, what focus means to them.

The program finds what sets customers apart; why, only people can say, best the customers themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, get_args

from regulars.groups.decisions import Decision, decide, versions
from regulars.groups.errors import GroupError

if TYPE_CHECKING:
    from regulars.workspace import Workspace

NOUN = "portrait"
KEY_CUSTOMERS = "key-customers"
LONGEST = 4_000

Question = Literal["who they are", "what the product gives them", "how they choose", "what focus means to them"]
QUESTIONS: tuple[Question, ...] = get_args(Question)


@dataclass(frozen=True)
class Description:
    """Answers by question, in the words of who wrote them; questions without one are left out."""

    key: str
    answers: Mapping[Question, str] = field(default_factory=dict)
    version: int = 0
    decided_at: datetime | None = None
    decided_by: str = ""


def describe(
    workspace: Workspace,
    answers: Mapping[str, object],
    *,
    by: str,
    now: datetime,
    key: str = KEY_CUSTOMERS,
    request_id: str | None = None,
) -> Description:
    """Write what people know of the key customers, or of a group; earlier versions stay.

    Raises GroupError for another question, or an answer that is no text of up to 4,000 characters.
    """
    for question, answer in answers.items():
        if question not in QUESTIONS or not isinstance(answer, str) or len(answer) > LONGEST:
            raise GroupError("bad_answer", found=repr(question)[:60], questions=", ".join(QUESTIONS), limit=LONGEST)
    body: dict[str, object] = {
        question: str(answers[question]).strip() for question in QUESTIONS if answers.get(question)
    }
    before = versions(workspace, NOUN).get(key, [])
    decision = Decision(key, before[-1].version + 1 if before else 1, body, now, by)
    if not decide(workspace, NOUN, decision, request_id=request_id):
        return description(workspace, key)
    return _description(decision)


def description(workspace: Workspace, key: str = KEY_CUSTOMERS) -> Description:
    """The newest version; without answers where nobody has written any."""
    found = descriptions(workspace, key)
    return found[-1] if found else Description(key)


def descriptions(workspace: Workspace, key: str = KEY_CUSTOMERS) -> list[Description]:
    """All versions, oldest first."""
    return [_description(decision) for decision in versions(workspace, NOUN).get(key, [])]


def _description(decision: Decision) -> Description:
    answers = {question: str(decision.body[question]) for question in QUESTIONS if decision.body.get(question)}
    return Description(decision.key, answers, decision.version, decision.decided_at, decision.decided_by)
