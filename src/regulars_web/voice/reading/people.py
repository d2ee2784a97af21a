"""Who gave an answer, for those who may see customers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from regulars.log.search_index import newest_names
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import holds
from regulars_web.accounts.roles import SEE_CUSTOMERS
from regulars_web.voice.reading.answers import Answer
from regulars_web.voice.reading.masks import HIDDEN

SHORTEST_NAME = 3


def with_names(workspace: Workspace, found: Sequence[Answer], user: Any) -> list[Answer]:
    """The answers with names; without names and customer keys for those who may not see customers."""
    keys = [one.client_key for one in found if one.client_key is not None]
    names = newest_names(workspace, keys) if keys else {}
    if not holds(user, SEE_CUSTOMERS):
        return [nameless(one, names.get(one.client_key, "") if one.client_key else "") for one in found]
    return [replace(one, name=names.get(one.client_key, "") if one.client_key else "") for one in found]


def own_name_hidden(workspace: Workspace, quotes: Sequence[Mapping[str, Any]], user: Any) -> dict[tuple[int, str], str]:
    """(answer, text) -> the text without the name of who wrote it, for those who may not see customers; else empty."""
    if holds(user, SEE_CUSTOMERS) or not quotes:
        return {}
    wanted = ", ".join(str(int(one["interaction_id"])) for one in quotes)
    with workspace.engine() as engine:
        rows = engine.run(
            f"SELECT interaction_id, client_key FROM interactions WHERE interaction_id IN ({wanted})"  # noqa: S608  numbers
        ).to_pylist()
    of = {row["interaction_id"]: row["client_key"] for row in rows if row["client_key"] is not None}
    names = newest_names(workspace, list(of.values())) if of else {}
    return {
        (one["interaction_id"], one["text"]): without(one["text"], names.get(of.get(one["interaction_id"], 0), ""))
        for one in quotes
    }


def without(text: str, name: str) -> str:
    """The text without the words of a name."""
    pieces = [re.escape(piece) for piece in name.split() if len(piece) >= SHORTEST_NAME]
    return re.sub(rf"(?<!\w)(?:{'|'.join(pieces)})(?!\w)", HIDDEN, text, flags=re.IGNORECASE) if pieces else text


def nameless(one: Answer, name: str) -> Answer:
    """The answer without a way to the person: their own name is taken out of what they wrote, too."""
    texts = tuple(replace(said, text=without(said.text, name)) for said in one.texts)
    note = without(one.note, name)
    return replace(one, client_key=None, name="", employee="", thread="", texts=texts, note=note)
