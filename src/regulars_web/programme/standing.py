"""Where the company stands, in three figures beside the steps: the index, its maturity, and mistakes that warn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regulars.workspace import Workspace
from regulars_web.programme import indexing, known_mistakes, ladder
from regulars_web.shared.readings import Readings


def standing_context(read: Readings, workspace: Workspace) -> Mapping[str, Any]:
    """The index with its coverage, the level that is reached, and how many known mistakes warn."""
    whole = next((row for row in read["index"].rows if row["level"] == "index"), {})
    levels = ladder.levels_of(read["maturity"])
    found = known_mistakes.mistakes_context(read, workspace)
    return {
        **indexing.scored(whole),
        "index_unknown": read["index"].unknown,
        "levels": levels,
        "level_words": ladder.finding(levels),
        "next_level": next((level for level in levels if not level.reached), None),
        "mistakes_words": found["finding"],
        "mistakes": found["warns"][:3],
        "marks": indexing.MARKS,
    }
