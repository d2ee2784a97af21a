"""Moves from one step to the next, those from the start and to the end among them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from regulars.measures.estimates import Estimate, Floats, estimate_values, reasons
from regulars.measures.intervals import share_estimate
from regulars.measures.journeys.choosing import DETAIL
from regulars.measures.journeys.expressions import FIRST
from regulars.measures.journeys.naming import LAST, Names, labels, left_out_notes, names_of
from regulars.measures.journeys.quantiles import time_columns
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import Key, joined, objects, splits

AT_THE_ENDS = "Nothing comes before the first touch or after the last one."
NO_DETAILS = "Not counted: ask for it with the choice details."
NO_JOURNEYS = "There are no journeys."
NO_MOVES: Columns = {
    **{name: np.array([], dtype=np.int64) for name in ("before", "code", "count", "followed")},
    "mean": np.array([], dtype=np.float64),
    "waits": objects([]),
}
_DETAILS = ("journeys", "handovers", "departments")


def journey_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per move (and ``by``), the most frequent first; see results.py."""
    named, detailed = names_of(found["names"]), DETAIL.of(scope) == "yes"
    parts: list[tuple[Key, Columns]] = [
        (key, move_columns(rows, named, detailed=detailed)) for key, rows in splits(found["moves"], scope.by)
    ]
    empty = move_columns(NO_MOVES, named, detailed=False)
    return Outcome(joined(parts, scope.by, list(empty)), left_out_notes(found["names"], scope))


def move_columns(rows: Columns, named: Names, *, detailed: bool) -> Columns:
    """The moves of one split as the measure ``journey`` shows them."""
    ended = with_ends(rows)
    before, after = labels(ended["before"], named), labels(ended["code"], named)
    count = ended["count"].tolist()
    order = sorted(range(len(count)), key=lambda row: (-count[row], before[row], after[row]))
    ended = {name: values[order] for name, values in ended.items()}
    journeys = ended["journeys"] if detailed else np.full(len(order), np.nan)
    return {
        "from_step": objects(before[row] for row in order),
        "to_step": objects(after[row] for row in order),
        "count": ended["count"],
        **estimate_values("next_share", next_share(ended), prefixed=True),
        "journeys": journeys,
        **estimate_values("share", _share(journeys, entered(rows)) if detailed else _not_counted(len(order))),
        "handovers": np.where(ended["departments"] > 0, ended["handovers"], np.nan),
        **time_columns("seconds", ended, "waits", "mean", timed(ended), nothing=AT_THE_ENDS),
    }


def with_ends(rows: Columns) -> Columns:
    """The moves, and one more row for every step that journeys ended with.

    Of a step's touches in the period, those that nothing followed are the ends of journeys: no second look at the log.
    Details that were not asked for are NaN.
    """
    count, followed = rows["count"].astype(np.int64), rows["followed"].astype(np.int64)
    steps, place = np.unique(np.concatenate([rows["code"], rows["before"]]), return_inverse=True)
    touched, left = place[: len(count)], place[len(count) :]
    still = np.zeros(len(steps), dtype=np.int64)
    np.add.at(still, touched, count)
    np.subtract.at(still, left, followed)
    ends = (still > 0) & (steps != FIRST)
    nothing = np.full(int(ends.sum()), np.nan)
    ended: Columns = {"before": steps[ends], "code": np.full(len(nothing), LAST), "count": still[ends]}
    ended |= {"mean": nothing, "waits": objects([None] * len(nothing)), "journeys": still[ends]}
    ended |= {"handovers": nothing, "departments": nothing}
    inner = {**{name: np.full(len(count), np.nan) for name in _DETAILS}, **rows, "count": count}
    return {name: np.concatenate([inner[name], values]) for name, values in ended.items()}


def entered(rows: Columns) -> int:
    """Journeys with a touch in the period: touches that no other one of the period came before."""
    return int(rows["count"].sum() - rows["followed"].sum())


def timed(ended: Columns) -> NDArray[np.int64]:
    """How many times each move has: none at the two ends of a journey."""
    at_an_end = (ended["before"] == FIRST) | (ended["code"] == LAST)
    return np.where(at_an_end, 0, ended["count"])


def next_share(ended: Columns) -> Estimate:
    """Of all that came next after a step, the share of each."""
    _, place = np.unique(ended["before"], return_inverse=True)
    all_after = np.bincount(place, weights=ended["count"]) if len(place) else np.array([])
    return share_estimate(ended["count"], all_after[place], nobody=NO_JOURNEYS)


def _share(journeys: Floats, n: int) -> Estimate:
    return share_estimate(journeys, np.full(len(journeys), n), nobody=NO_JOURNEYS)


def _not_counted(length: int) -> Estimate:
    unknown = np.full(length, np.nan)
    n = np.zeros(length, dtype=np.int64)
    return Estimate(unknown, unknown, unknown, n, reasons(np.full(length, True), NO_DETAILS))
