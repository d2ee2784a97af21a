"""A run: find which records are one customer, and put what was found into the log as one import that can be undone."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pyarrow as pa

from regulars.errors import RegularsError
from regulars.identity import state, statements
from regulars.identity.explaining import Agreement, agreements, evidence
from regulars.identity.matching import DOUBTFUL, THRESHOLD, Match, match
from regulars.identity.model import Model
from regulars.identity.records import records as comparable_records
from regulars.imports.ready import add_tables
from regulars.log.customers import LINK_COLUMNS, Customers, customers
from regulars.log.locks import exclusive
from regulars.log.scratch import SPILL, open_scratch
from regulars.log.tables import DECISIONS, LINKS

if TYPE_CHECKING:
    from regulars.workspace import Workspace

Progress = Callable[[str, float], None]
FORM, SOURCE = "join", "identity"
MODEL_NOUN, MODEL_KEY = "identity_model", "records"
RUN_LOCK = ".identity.lock"
SAMPLES_EACH = 4
LARGEST_SHOWN = 10


class ThresholdError(RegularsError):
    """The probability from which records are joined is no such probability."""

    code = "identity_threshold"

    def __init__(self, threshold: float) -> None:
        super().__init__(
            f"Records can be joined from a probability between {DOUBTFUL:g} and 0.9999; {threshold:g} was asked for. "
            f"Leave it out to use {THRESHOLD:g}."
        )


@dataclass(frozen=True)
class Sample:
    """One pair as an example: why it was joined, or why a person should look."""

    left: int
    right: int
    verdict: str
    method: str
    probability: float | None
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True)
class JoinPlan:
    """What a run finds. Counts only; nothing is written, and nothing personal is in it.

    records           customer records in the vault
    looked_at         of these, new or changed since the last run
    pairs_weighed     pairs that share something and were weighed
    exact_joins, model_joins   new joins by an exact key, and by the model above the threshold
    doubtful          new pairs that a person should look at
    taken_back        joins of earlier runs that no longer hold
    customers_before, customers_after   customers that the records make
    largest           how many records the largest customers have afterwards, largest first
    samples           examples of each kind
    learned           the comparisons that were learned from the records; the others use presumed weights
    passed_over       rules of looking for pairs that had to leave out keys which too many records share
    """

    records: int
    looked_at: int
    pairs_weighed: int
    exact_joins: int
    model_joins: int
    doubtful: int
    taken_back: int
    customers_before: int
    customers_after: int
    largest: tuple[int, ...]
    samples: tuple[Sample, ...]
    learned: tuple[str, ...]
    passed_over: tuple[str, ...]
    threshold: float

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        plain: dict[str, object] = json.loads(json.dumps(asdict(self)))
        return plain


@dataclass(frozen=True)
class JoinRun:
    """A run that was written. ``import_id`` undoes it; None where there was nothing new to say."""

    import_id: int | None
    plan: JoinPlan


@dataclass(frozen=True)
class _Found:
    plan: JoinPlan
    links: pa.Table
    model: Model | None  # where it was learned anew
    seen: dict[int, state.Seen]


def preview(
    workspace: Workspace,
    *,
    now: datetime,
    threshold: float = THRESHOLD,
    everything: bool = False,
    progress: Progress = lambda step, share: None,
) -> JoinPlan:
    """What ``run`` would do. Writes nothing. Raises ThresholdError."""
    return _find(workspace, "", now, threshold, everything, progress).plan


def run(
    workspace: Workspace,
    *,
    by: str,
    now: datetime,
    threshold: float = THRESHOLD,
    everything: bool = False,
    progress: Progress = lambda step, share: None,
) -> JoinRun:
    """Join records that are one customer, as one import that ``workspace.undo`` takes back.

    threshold   probability from which the model joins; pairs below, down to 0.2, are doubtful
    everything  look at all records again, also those that have not changed since the last run, and learn anew

    What a person said of a pair is never overruled. Raises ThresholdError.
    """
    with exclusive(workspace.log.folder / RUN_LOCK):
        found = _find(workspace, by, now, threshold, everything, progress)
        number = None
        if found.links.num_rows or found.model:
            progress("Writing", 0.0)
            number = _write(workspace, found, by, now)
        marked = {key: seen if seen.run else state.Seen(seen.digest, number or 0) for key, seen in found.seen.items()}
        state.keep_seen(workspace.vault, marked)
        progress("Writing", 1.0)
        return JoinRun(number, found.plan)


def _find(
    workspace: Workspace, by: str, now: datetime, threshold: float, everything: bool, progress: Progress
) -> _Found:
    if not DOUBTFUL <= threshold <= 0.9999:
        raise ThresholdError(threshold)
    progress("Reading records", 0.0)
    records = comparable_records(workspace)
    links = statements.in_force(workspace)
    known = set(records["key"].to_list())
    before, model = _earlier(workspace, threshold, everything)
    digests = state.digests(records)
    changed = {key for key, digest in digests.items() if key not in before or before[key].digest != digest}
    scratch = open_scratch(workspace.log.folder, SPILL)
    try:
        found = match(
            records,
            spill_to=scratch.folder,
            said=statements.said(links.filter(pl.col("key_l").is_in(known) & pl.col("key_r").is_in(known))),
            changed=changed if before else None,
            model=model,
            threshold=threshold,
            progress=progress,
        )
    finally:
        scratch.close()
    fresh = found.model is not model
    looked_at = known if fresh else changed
    written = _links(found, records, by, now)
    plan = _plan(workspace, found, records, written, len(looked_at), threshold)
    seen = {key: state.Seen(digest, 0 if key in looked_at else before[key].run) for key, digest in digests.items()}
    return _Found(plan, written, found.model if fresh and found.model.records else None, seen)


def _earlier(workspace: Workspace, threshold: float, everything: bool) -> tuple[dict[int, state.Seen], Model | None]:
    """What earlier runs in force have compared, and the model they used; nothing where all is to be looked at."""
    if everything:
        return {}, None
    with workspace.engine() as engine:
        rows = engine.run(
            f"SELECT body FROM decisions WHERE noun = '{MODEL_NOUN}' ORDER BY version DESC, import_id DESC LIMIT 1"
        ).to_pylist()
    body = json.loads(rows[0]["body"]) if rows else None
    if body is None or body["threshold"] != threshold:
        return {}, None
    in_force = workspace.log.in_force()
    before = {key: seen for key, seen in state.last_seen(workspace.vault).items() if seen.run in in_force}
    return before, Model.from_dict(body["model"])


def _links(found: Match, records: pl.DataFrame, by: str, now: datetime) -> pa.Table:
    """The statements as rows of ``links``; of the two records the one known first is on the left."""
    order = dict(records.select("key", "known_first").iter_rows())
    rows = []
    for row in found.pairs.iter_rows(named=True):
        low, high = row["key_l"], row["key_r"]
        swapped = (order.get(low, 0), low) > (order.get(high, 0), high)
        rows.append(
            {
                "left_key": high if swapped else low,
                "right_key": low if swapped else high,
                "decided_at": now.astimezone(UTC),
                "decided_by": by,
                "verdict": row["verdict"],
                "method": row["method"],
                "probability": row["probability"],
                "evidence": evidence(row, found.model.compared),
            }
        )
    return pa.Table.from_pylist(rows, schema=LINKS)


def _write(workspace: Workspace, found: _Found, by: str, now: datetime) -> int:
    plan = found.plan.as_dict()
    del plan["samples"]
    tables = {"links": found.links}
    if found.model:
        body = {"threshold": found.plan.threshold, "model": found.model.as_dict()}
        row = {
            "noun": MODEL_NOUN,
            "key": MODEL_KEY,
            "version": _next_version(workspace),
            "decided_at": now,
            "decided_by": by,
            "body": json.dumps(body),
        }
        tables["decisions"] = pa.Table.from_pylist([row], schema=DECISIONS)
    return add_tables(workspace.log, tables, form=FORM, source=SOURCE, by=by, now=now, summary=plan)


def _next_version(workspace: Workspace) -> int:
    with workspace.engine() as engine:
        rows = engine.run(f"SELECT max(version) AS newest FROM decisions WHERE noun = '{MODEL_NOUN}'").to_pylist()
    return int(rows[0]["newest"] or 0) + 1


def _plan(
    workspace: Workspace, found: Match, records: pl.DataFrame, written: pa.Table, looked_at: int, threshold: float
) -> JoinPlan:
    keys = records["key"].to_numpy()
    with workspace.engine() as engine:
        before = engine.run(f"SELECT {', '.join(LINK_COLUMNS)} FROM links")
    # A run's number is higher than all before it.
    numbered = written.set_column(2, "import_id", pa.array([np.iinfo(np.int64).max] * written.num_rows, pa.int64()))
    after = customers(pa.concat_tables([before, numbered.select(LINK_COLUMNS)]))
    sizes = _sizes(after, keys)
    counted = found.pairs.group_by("verdict", "method", "cut").len()

    def count(verdict: str, method: str) -> int:
        chosen = counted.filter((pl.col("verdict") == verdict) & (pl.col("method") == method))
        return int(chosen["len"].sum())

    return JoinPlan(
        records=len(keys),
        looked_at=looked_at,
        pairs_weighed=found.compared,
        exact_joins=count("same", "exact"),
        model_joins=count("same", "model"),
        doubtful=count("doubtful", "model"),
        taken_back=found.taken_back,
        customers_before=len(_sizes(customers(before), keys)),
        customers_after=len(sizes),
        largest=tuple(int(size) for size in sorted(sizes, reverse=True)[:LARGEST_SHOWN] if size > 1),
        samples=_samples(written),
        learned=found.model.learned,
        passed_over=tuple(block.rule for block in found.blocks if block.crowded),
        threshold=threshold,
    )


def _sizes(joined: Customers, keys: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[int]:
    """How many of these records each customer has."""
    places = np.searchsorted(joined.client_keys, keys)
    inside = places < len(joined)
    inside[inside] = joined.client_keys[places[inside]] == keys[inside]
    of = keys.copy()
    of[inside] = joined.customer_keys[places[inside]]
    sizes: list[int] = np.unique(of, return_counts=True)[1].tolist()
    return sizes


def _samples(written: pa.Table) -> tuple[Sample, ...]:
    """A few pairs of each kind, evenly spread, so that weak ones are among them."""
    found: list[Sample] = []
    rows = written.to_pylist()
    for verdict, method in (("same", "exact"), ("same", "model"), ("doubtful", "model")):
        kind = [row for row in rows if row["verdict"] == verdict and row["method"] == method]
        kind.sort(key=lambda row: (row["probability"] or 1.0, row["left_key"], row["right_key"]))
        found += [_sample(row) for row in _spread(kind, SAMPLES_EACH)]
    return tuple(found)


def _spread(rows: Sequence[dict[str, object]], most: int) -> list[dict[str, object]]:
    step = max(1, len(rows) // most)
    return list(rows[::step])[:most]


def _sample(row: dict[str, object]) -> Sample:
    probability, text = row["probability"], row["evidence"]
    return Sample(
        left=int(str(row["left_key"])),
        right=int(str(row["right_key"])),
        verdict=str(row["verdict"]),
        method=str(row["method"]),
        probability=probability if isinstance(probability, float) else None,
        agreements=agreements(str(text)),
    )
