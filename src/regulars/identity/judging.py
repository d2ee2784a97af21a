"""What a person says of two records, and what is left for a person to look at."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import polars as pl
import sqlalchemy as sa

from regulars.errors import RegularsError
from regulars.identity import statements
from regulars.identity.explaining import Agreement, agreements
from regulars.identity.grouping import Pair, weakest_on_path
from regulars.log.inbox import Entry
from regulars.log.vault import details

if TYPE_CHECKING:
    from regulars.workspace import Workspace

VERDICTS = ("same", "different", "doubtful")
EXACT_WEIGHT, PERSON_WEIGHT = 1_000.0, math.inf
CUT = '{"weights": [], "cut": true}'


class JudgementError(RegularsError):
    """A judgement that cannot be kept: of unknown records, or against another judgement."""

    code = "identity_judgement"


@dataclass(frozen=True)
class Doubt:
    """A pair of records that may be one customer. ``cut``: they look alike, but the groups around them do not."""

    left: int
    right: int
    probability: float | None
    decided_at: datetime
    cut: bool
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True)
class Join:
    """One link of the path by which the records of a customer were joined. import_id is the run, or the pages'."""

    left: int
    right: int
    method: str
    probability: float | None
    decided_at: datetime
    decided_by: str
    import_id: int
    agreements: tuple[Agreement, ...]


def judge(
    workspace: Workspace,
    left: int,
    right: int,
    verdict: str,
    *,
    by: str,
    now: datetime,
    request_id: str | None = None,
) -> bool:
    """Keep what a person says of two records: same, different or doubtful. It holds from the next look on.

    Where they are one customer over other records, ``different`` cuts the weakest link between them, which then waits
    among the doubtful pairs. No run overrules a person; a later judgement of the same pair does.

    request_id  names the request, so that one sent twice is kept once; False where it was kept before

    Raises JudgementError for records that are not there, or a judgement that another person's stands against.
    """
    _check(workspace, left, right, verdict)
    links = statements.in_force(workspace)
    rows = [_row(*_in_order(workspace, left, right), verdict, "person", None, "{}")]
    if verdict == "different":
        rows += [
            _row(row["left_key"], row["right_key"], "doubtful", "model", row["probability"], CUT)
            for row in _to_cut(links, left, right)
        ]
    elif verdict == "same":
        _refuse_clash(workspace, links, left, right)
    instant = now.astimezone(UTC)
    entries = [Entry("links", {**row, "decided_at": instant, "decided_by": by}) for row in rows]
    return workspace.add(entries, request_id=request_id)


def doubtful(workspace: Workspace, limit: int = 50, offset: int = 0) -> list[Doubt]:
    """Pairs that a person should look at, the likeliest first; none of which is decided over other records."""
    open_ = _open(workspace).slice(offset, limit)
    return [
        Doubt(
            left=row["left_key"],
            right=row["right_key"],
            probability=row["probability"],
            decided_at=row["decided_at"],
            cut='"cut"' in (row["evidence"] or ""),
            agreements=agreements(row["evidence"]),
        )
        for row in open_.iter_rows(named=True)
    ]


def count_doubtful(workspace: Workspace) -> int:
    """How many pairs wait for a person."""
    return len(_open(workspace))


def joined_path(workspace: Workspace, customer_key: int) -> list[Join]:
    """How the records of a customer were joined: every link in force, in the order in which they were made.

    Empty for a customer of one record.
    """
    keys = workspace.records_of(customer_key)
    links = statements.in_force(workspace).filter(
        (pl.col("verdict") == "same") & pl.col("key_l").is_in(keys) & pl.col("key_r").is_in(keys)
    )
    return [
        Join(
            left=row["left_key"],
            right=row["right_key"],
            method=row["method"],
            probability=row["probability"],
            decided_at=row["decided_at"],
            decided_by=row["decided_by"],
            import_id=row["import_id"],
            agreements=agreements(row["evidence"]),
        )
        for row in links.sort("decided_at", "import_id", "left_key", "right_key").iter_rows(named=True)
    ]


def _open(workspace: Workspace) -> pl.DataFrame:
    """Doubtful statements in force about records of two customers, which no person has looked at."""
    links = statements.in_force(workspace)
    customer = workspace.customers().of
    apart = {
        _two(customer(left), customer(right))
        for left, right in links.filter((pl.col("verdict") == "different") & (pl.col("method") == "person"))
        .select("key_l", "key_r")
        .iter_rows()
    }
    waiting = links.filter((pl.col("verdict") == "doubtful") & (pl.col("method") != "person"))
    pairs = [_two(customer(left), customer(right)) for left, right in waiting.select("key_l", "key_r").iter_rows()]
    kept = pl.Series([pair[0] != pair[1] and pair not in apart for pair in pairs], dtype=pl.Boolean)
    return waiting.filter(kept).sort("probability", "key_l", "key_r", descending=[True, False, False], nulls_last=True)


def _check(workspace: Workspace, left: int, right: int, verdict: str) -> None:
    if verdict not in VERDICTS:
        raise JudgementError(
            f"Two records are {', '.join(VERDICTS[:2])} or {VERDICTS[2]}; {verdict!r} is none of these."
        )
    if left == right:
        raise JudgementError("A record cannot be compared with itself. Choose two records.")
    known = workspace.vault.references([left, right])
    missing = [key for key in (left, right) if key not in known]
    if missing:
        raise JudgementError(
            f"There is no record {missing[0]} any more. It may have been erased, or its import undone."
        )


def _to_cut(links: pl.DataFrame, left: int, right: int) -> list[Mapping[str, object]]:
    """The links that must go so that two records are not one customer any more."""
    same = {
        (row["key_l"], row["key_r"]): row
        for row in links.filter(pl.col("verdict") == "same").iter_rows(named=True)
        if (row["key_l"], row["key_r"]) != _two(left, right)
    }
    weights = {pair: _strength(row) for pair, row in same.items()}
    cut: list[Mapping[str, object]] = []
    while pair := weakest_on_path(weights, left, right):
        if weights[pair] == PERSON_WEIGHT:
            row = same[pair]
            raise JudgementError(
                f"They are one customer because {row['decided_by']} said so of records between them, on "
                f"{row['decided_at']:%Y-%m-%d}. Take that back first, then say that these two are different."
            )
        cut.append(same[pair])
        del weights[pair]
    return cut


def _strength(row: Mapping[str, object]) -> float:
    if row["method"] == "person":
        return PERSON_WEIGHT
    probability = row["probability"]
    if row["method"] == "exact" or not isinstance(probability, float):
        return EXACT_WEIGHT
    return min(math.log2(max(probability, 1e-9) / max(1 - probability, 1e-12)), EXACT_WEIGHT - 1)


def _refuse_clash(workspace: Workspace, links: pl.DataFrame, left: int, right: int) -> None:
    """Two who a person said are different must not become one over a third."""
    one, other = set(workspace.records_of(left)), set(workspace.records_of(right))
    against = links.filter((pl.col("verdict") == "different") & (pl.col("method") == "person"))
    for row in against.iter_rows(named=True):
        ends = row["key_l"], row["key_r"]
        if ends == _two(left, right):
            continue
        if (ends[0] in one and ends[1] in other) or (ends[0] in other and ends[1] in one):
            raise JudgementError(
                f"{row['decided_by']} said on {row['decided_at']:%Y-%m-%d} that two of their records are different "
                "customers. Take that back first, then say that these two are the same."
            )


def _row(
    left: object, right: object, verdict: str, method: str, probability: object, evidence: str
) -> dict[str, object]:
    return {
        "left_key": left,
        "right_key": right,
        "verdict": verdict,
        "method": method,
        "probability": probability,
        "evidence": evidence,
    }


def _in_order(workspace: Workspace, left: int, right: int) -> Pair:
    """The two records, the one known first on the left, as earlier statements have it."""
    history = statements.of_pair(workspace, left, right)
    if history:
        return int(str(history[0]["left_key"])), int(str(history[0]["right_key"]))
    query = sa.select(details.c.client_key, sa.func.min(details.c.import_id)).group_by(details.c.client_key)
    with workspace.vault.engine.connect() as connection:
        first = {row[0]: row[1] for row in connection.execute(query.where(details.c.client_key.in_([left, right])))}
    low, high = sorted((left, right), key=lambda key: (first.get(key, 0), key))
    return low, high


def _two(left: int, right: int) -> Pair:
    return (left, right) if left <= right else (right, left)
