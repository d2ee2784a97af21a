"""Words of customers as evidence: looked up by the number of the answer, personal data masked, never copied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from regulars.workspace import Workspace
from regulars_web.accounts.permissions import holds
from regulars_web.accounts.roles import SEE_VOICE
from regulars_web.shared.frame import Frame
from regulars_web.voice.reading import sql
from regulars_web.voice.reading.answers import Answer, Asked, answer_of, conditions, page_of
from regulars_web.voice.reading.people import with_names

SIZE = 10


def quotes_of(workspace: Workspace, keys: Sequence[int], user: Any) -> Mapping[int, Answer]:
    """The answers of these numbers that hold words; whoever was erased, or took it back, is not there.

    Nothing for whoever may not read what customers say.
    """
    if not keys or not holds(user, SEE_VOICE):
        return {}
    wanted = ", ".join(str(int(key)) for key in keys)
    with workspace.engine() as engine:
        rows = engine.run(f"SELECT * FROM ({sql.each()}) WHERE interaction_id IN ({wanted})").to_pylist()  # noqa: S608  numbers
    return {one.key: one for one in with_names(workspace, [answer_of(row) for row in rows], user) if one.texts}


def offered_quotes(frame: Frame, asked: Asked, user: Any, *, page: int) -> tuple[list[Answer], int]:
    """One page of answers with words that can be attached, newest first, and how many there are."""
    where = f"{conditions(asked, frame)} AND len(texts) > 0"
    found, rows = page_of(frame, where, page=page, size=SIZE)
    return with_names(frame.workspace, found, user), rows
