"""What the log says of pairs of records: the newest statement of each pair holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import polars as pl

from regulars.identity.matching import Said

if TYPE_CHECKING:
    from regulars.workspace import Workspace

_NEWEST = """
    SELECT least(left_key, right_key) AS key_l, greatest(left_key, right_key) AS key_r, *
    FROM links
    QUALIFY row_number() OVER (
        PARTITION BY least(left_key, right_key), greatest(left_key, right_key)
        ORDER BY decided_at DESC, import_id DESC, verdict) = 1
"""


def in_force(workspace: Workspace) -> pl.DataFrame:
    """The statement that holds of each pair.

    Grain    one row a pair, key_l < key_r
    Columns  key_l, key_r and those of ``links``
    """
    with workspace.engine() as engine:
        return pl.DataFrame(pl.from_arrow(engine.run(f"{_NEWEST} ORDER BY key_l, key_r")))


def of_pair(workspace: Workspace, left: int, right: int) -> list[dict[str, object]]:
    """All that was ever said of one pair, newest first."""
    return of_pairs(workspace, [(left, right)])[min(left, right), max(left, right)]


def of_pairs(workspace: Workspace, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], list[dict[str, object]]]:
    """(lower key, higher key) -> all that was ever said of that pair, newest first; read at once for all of them."""
    wanted = {(min(pair), max(pair)) for pair in pairs}
    if not wanted:
        return {}
    keys = ", ".join(str(key) for key in sorted({key for pair in wanted for key in pair}))
    with workspace.engine() as engine:
        found = engine.run(
            f"""SELECT * FROM links WHERE left_key IN ({keys}) AND right_key IN ({keys})
                ORDER BY decided_at DESC, import_id DESC, verdict"""
        )
    told: dict[tuple[int, int], list[dict[str, object]]] = {pair: [] for pair in wanted}
    for row in found.to_pylist():
        low, high = sorted((row["left_key"], row["right_key"]))
        if (low, high) in told:
            told[low, high].append(row)
    return told


def said(links: pl.DataFrame) -> Said:
    """The statements in force, sorted by who made them."""

    def pairs(verdict: str, *, by_person: bool) -> frozenset[tuple[int, int]]:
        chosen = links.filter((pl.col("verdict") == verdict) & ((pl.col("method") == "person") == by_person))
        return frozenset((int(left), int(right)) for left, right in chosen.select("key_l", "key_r").iter_rows())

    return Said(
        same=pairs("same", by_person=True),
        different=pairs("different", by_person=True),
        doubtful=pairs("doubtful", by_person=True),
        joined_before=pairs("same", by_person=False),
        doubted_before=pairs("doubtful", by_person=False),
    )
