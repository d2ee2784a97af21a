"""What people answer to the four questions: decisions, signed and dated, every version kept."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, get_args

from regulars.fourquestions.errors import FourQuestionsError
from regulars.fourquestions.parts import Question, Said
from regulars.groups.decisions import Decision, decide, versions
from regulars.journeymap.parts import EVERYONE

if TYPE_CHECKING:
    from regulars.workspace import Workspace

NOUN = "four questions"
LONGEST = 2_000


def answers(workspace: Workspace, group: str = EVERYONE) -> dict[Question, Said]:
    """What was said last to each question, for a group or everyone; a question nobody answered is not there."""
    return {question: found[-1] for question, found in histories(workspace, group).items()}


def histories(workspace: Workspace, group: str = EVERYONE) -> dict[Question, list[Said]]:
    """Everything that was said to each question, oldest first."""
    decided = versions(workspace, NOUN)
    found: dict[Question, list[Said]] = {}
    for question in get_args(Question):
        said = [_read(question, group, one) for one in decided.get(_key(question, group), [])]
        if said:
            found[question] = said
    return found


def answer(
    workspace: Workspace,
    question: Question,
    text: str,
    *,
    group: str = EVERYONE,
    by: str,
    now: datetime,
    request_id: str | None = None,
) -> Said:
    """Write down what people say to a question; what was said before stays in its history.

    Raises FourQuestionsError for an empty or too long text, or a question that there is not.
    """
    text = _checked(question, text)
    before = versions(workspace, NOUN).get(_key(question, group), [])
    number = max((one.version for one in before), default=0) + 1
    decision = Decision(_key(question, group), number, {"text": text, "question": question, "group": group}, now, by)
    if not decide(workspace, NOUN, decision, request_id=request_id):
        return answers(workspace, group)[question]
    return _read(question, group, decision)


def _checked(question: Question, text: str) -> str:
    if question not in get_args(Question):
        raise FourQuestionsError("unknown_question", found=repr(question)[:40], known=", ".join(get_args(Question)))
    text = text.strip()
    if not text:
        raise FourQuestionsError("no_text")
    if len(text) > LONGEST:
        raise FourQuestionsError("text_too_long", limit=LONGEST)
    if not all(sign.isprintable() or sign in "\n\t" for sign in text):
        raise FourQuestionsError("unprintable")
    return text


def _key(question: Question, group: str) -> str:
    return f"{group}:{question}"


def _read(question: Question, group: str, decision: Decision) -> Said:
    text = str(decision.body.get("text", ""))
    return Said(question, group, text, decision.version, decision.decided_by, decision.decided_at)
