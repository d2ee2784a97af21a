"""What the log says of pairs of records: the newest statement of each pair holds."""

from __future__ import annotations

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
    low, high = sorted((left, right))
    with workspace.engine() as engine:
        found = engine.run(
            f"""SELECT * FROM links WHERE left_key IN ({low}, {high}) AND right_key IN ({low}, {high})
                ORDER BY decided_at DESC, import_id DESC, verdict"""
        )
    return list(found.to_pylist())


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
