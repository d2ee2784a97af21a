"""Variants, steps and hand-overs as tables for people: names, shares, times, notes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from regulars.measures.estimates import estimate_values
from regulars.measures.intervals import share_estimate
from regulars.measures.journeys.expressions import SEPARATOR
from regulars.measures.journeys.moves import NO_JOURNEYS, entered
from regulars.measures.journeys.naming import ARROW, Names, labels, left_out_notes, names_of, numbered
from regulars.measures.journeys.quantiles import MICROS, median_of, time_columns
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import joined, key_rows, objects, splits

NOTHING_BEFORE = "No touch came before this step."
NOTHING_AFTER = "No touch came after this step."
NO_HANDOVER = "There is no hand-over."
_NONE: Columns = {"count": np.array([], dtype=np.int64)}
_NO_VARIANTS = _NONE | {
    "numbers": objects([]),
    "waits": objects([]),
    **{name: np.array([], dtype=np.float64) for name in ("mean", "median", "p90")},
}
_NO_STEPS = (
    {
        name: np.array([], dtype=np.int64)
        for name in ("code", "count", "followed", "starts", "ends", "self_loops", "before_n", "after_n")
    }
    | {name: np.array([], dtype=np.float64) for name in ("mean_before", "mean_after")}
    | {name: objects([]) for name in ("waits_before", "waits_after")}
)
_NO_VISITS = {name: np.array([], dtype=np.int64) for name in ("code", "journeys", "repeats")}
_NO_HANDOVERS = (
    {name: np.array([], dtype=np.int64) for name in ("count", "journeys", "returned")}
    | {name: objects([]) for name in ("unit_before", "unit", "waits")}
    | {"mean": np.array([], dtype=np.float64)}
)


def variant_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per variant (and ``by``), the most frequent first; see results.py."""
    named = numbered(found["names"])
    limit = int(scope.settings["limit"]) if "limit" in scope.settings else None
    parts = [(key, _variants(rows, named, limit)) for key, rows in splits(found["variants"], scope.by)]
    empty = _variants(_NO_VARIANTS, named, None)
    return Outcome(joined(parts, scope.by, list(empty)), left_out_notes(found["names"], scope))


def step_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per step (and ``by``), the most frequent first; see results.py."""
    named = names_of(found["names"])
    visits = dict(splits(found["visits"], scope.by))
    parts = [(key, _steps(rows, visits[key], named)) for key, rows in splits(found["steps"], scope.by)]
    empty = _steps(_NO_STEPS, _NO_VISITS, named)
    return Outcome(joined(parts, scope.by, list(empty)), left_out_notes(found["names"], scope))


def handover_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per pair that hands over (and ``by``), the most frequent first; see results.py."""
    known = found["units"]
    journeys = dict(zip(key_rows(known, scope.by), known["journeys"].tolist(), strict=True))
    parts = [(key, _handovers(rows, journeys[key])) for key, rows in splits(found["handovers"], scope.by)]
    unknown = int(known["touches"].sum() - known["known"].sum())
    notes = (f"{unknown:,} touches that name nobody are passed over.",) if unknown else ()
    return Outcome(joined(parts, scope.by, list(_handovers(_NO_HANDOVERS, 0))), notes)


def _variants(rows: Columns, named: Mapping[str, str], limit: int | None) -> Columns:
    all_journeys = int(rows["count"].sum())
    rows = _most_frequent(rows, limit)
    variants = [ARROW.join([named[one] for one in way.split(SEPARATOR)]) for way in rows["numbers"].tolist()]
    # By letters first, then by count: two plain sorts take a third of the time of one by pairs.
    letters = np.array(sorted(range(len(variants)), key=variants.__getitem__), dtype=np.int64)
    order = letters[np.argsort(-rows["count"][letters], kind="stable")][:limit]
    rows = {name: values[order] for name, values in rows.items()}
    n = np.full(len(order), all_journeys)
    median = median_of(rows["waits"], rows["count"], nothing=NO_JOURNEYS)
    return {
        "rank": np.arange(1, len(order) + 1),
        "variant": objects(variants[row] for row in order.tolist()),
        "steps": np.array([way.count(SEPARATOR) + 1 for way in rows["numbers"].tolist()], dtype=np.int64),
        "count": rows["count"],
        **estimate_values("share", share_estimate(rows["count"], n, nobody=NO_JOURNEYS)),
        "cumulated_share": np.cumsum(rows["count"]) / max(all_journeys, 1),
        "median_seconds": rows["median"] / MICROS,
        "median_seconds_low": median.low,
        "median_seconds_high": median.high,
        "median_seconds_n": median.n,
        "median_seconds_reason": median.reason,
        "median_seconds_small_sample": median.n < 30,
        "p90_seconds": rows["p90"] / MICROS,
        "mean_seconds": rows["mean"] / MICROS,
    }


def _most_frequent(rows: Columns, limit: int | None) -> Columns:
    """The rows that may stand among the first ones: naming half a million variants takes longer than counting them."""
    if limit is None or len(rows["count"]) <= limit:
        return rows
    least = np.partition(rows["count"], -limit)[-limit] if limit > 0 else rows["count"].max() + 1
    return {name: values[rows["count"] >= least] for name, values in rows.items()}


def _steps(rows: Columns, visits: Columns, named: Names) -> Columns:
    step, count = labels(rows["code"], named), rows["count"].tolist()
    order = sorted(range(len(step)), key=lambda row: (-count[row], step[row]))
    n = np.full(len(order), entered(rows))
    rows = {name: values[order] for name, values in rows.items()}
    place = {code: row for row, code in enumerate(visits["code"].tolist())}
    journeys, repeats = (
        visits[name][[place[code] for code in rows["code"].tolist()]].astype(np.int64)
        for name in ("journeys", "repeats")
    )
    before, after = rows["before_n"].astype(np.int64), rows["after_n"].astype(np.int64)
    return {
        "step": objects(step[row] for row in order),
        "count": rows["count"],
        "journeys": journeys,
        **estimate_values("share", share_estimate(journeys, n, nobody=NO_JOURNEYS)),
        **{name: rows[name] for name in ("starts", "ends", "self_loops")},
        "repeats": repeats,
        **estimate_values("repeat_share", share_estimate(repeats, journeys, nobody=NO_JOURNEYS), prefixed=True),
        **time_columns("before_seconds", rows, "waits_before", "mean_before", before, nothing=NOTHING_BEFORE),
        **time_columns("after_seconds", rows, "waits_after", "mean_after", after, nothing=NOTHING_AFTER),
    }


def _handovers(rows: Columns, journeys: int) -> Columns:
    count, before, after = rows["count"].tolist(), rows["unit_before"].tolist(), rows["unit"].tolist()
    order = sorted(range(len(count)), key=lambda row: (-count[row], before[row], after[row]))
    rows = {name: values[order] for name, values in rows.items()}
    n = np.full(len(order), journeys)
    return {
        "from_unit": rows["unit_before"],
        "to_unit": rows["unit"],
        "count": rows["count"],
        "journeys": rows["journeys"],
        **estimate_values("share", share_estimate(rows["journeys"], n, nobody=NO_JOURNEYS)),
        "returned": rows["returned"],
        **time_columns("seconds", rows, "waits", "mean", rows["count"].astype(np.int64), nothing=NO_HANDOVER),
    }
