"""Two sets of journeys on one map: two periods, two conditions, or two groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray
from scipy import stats

from regulars.errors import MeasureError
from regulars.measures.estimates import SMALL_SAMPLE, Floats, reasons
from regulars.measures.intervals import share_estimate
from regulars.measures.journeys import expressions
from regulars.measures.journeys.choosing import COMPARE, DETAIL, SIDE_A, SIDE_B
from regulars.measures.journeys.moves import NO_MOVES, move_columns
from regulars.measures.journeys.naming import names_of
from regulars.measures.registry import Columns, LogTables, Outcome
from regulars.measures.scope import Scope
from regulars.measures.scores.trends import holm_levels
from regulars.measures.splits import Key, joined, objects, splits

PERIOD_DAYS = 365
NOBODY_HERE = "There are no journeys on this side."
NEVER_HERE = "It does not happen on this side."
ONE_SIDE = "One side has no journeys."
NOT_BOTH = "It has no time on one of the sides."
NO_INTERVAL = "Fewer than six times on a side have no interval."
_MEDIAN = ("", "_low", "_high")


@dataclass(frozen=True)
class Apart:
    """Differences of two shares, side b less side a, with intervals wide enough for all of them together."""

    value: Floats
    low: Floats
    high: Floats
    p_value: Floats
    real: NDArray[np.bool_]


def moves_of_a(log: LogTables, scope: Scope) -> ir.Table:
    """The moves of side a, as :func:`expressions.moves`."""
    return expressions.moves(log, sides(scope)[0])


def moves_of_b(log: LogTables, scope: Scope) -> ir.Table:
    """The moves of side b, as :func:`expressions.moves`."""
    return expressions.moves(log, sides(scope)[1])


def sides(scope: Scope) -> tuple[Scope, Scope]:
    """What each side is asked for: the period before and the period itself, or the two conditions.

    Raises  MeasureError where conditions are to be compared and none is given
    """
    detailed = replace(scope, choices={**scope.choices, DETAIL.name: "yes"})
    a, b = SIDE_A.of(scope).strip(), SIDE_B.of(scope).strip()
    if a or b:
        return _narrowed(detailed, a), _narrowed(detailed, b)
    if COMPARE.of(scope) == "conditions":
        raise MeasureError(
            "Say what to compare: a condition for side a, for side b, or for both. "
            "Example: a is channel = 'web', b is channel = 'shop'."
        )
    begins = scope.from_on or scope.last_on - timedelta(days=int(scope.settings.get("period_days", PERIOD_DAYS)) - 1)
    length = scope.last_on - begins + timedelta(days=1)
    before = replace(detailed, from_on=begins - length, to_on=begins - timedelta(days=1))
    return before, replace(detailed, from_on=begins, to_on=scope.last_on)


def compared_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per move on either side (and ``by``), the most frequent first; see results.py."""
    named = names_of(found["names"])
    a, b = (dict(splits(found[side], scope.by)) for side in ("a", "b"))
    parts: list[tuple[Key, Columns]] = []
    for key in dict.fromkeys([*b, *a]):
        both = (move_columns(side.get(key, NO_MOVES), named, detailed=True) for side in (a, b))
        parts.append((key, compared(*both)))
    nothing = move_columns(NO_MOVES, named, detailed=True)
    real = sum(int(np.sum(columns["real_change"] == True)) for _, columns in parts)  # noqa: E712  objects, some None
    return Outcome(joined(parts, scope.by, list(compared(nothing, nothing))), _notes(scope, real, len(parts)))


def compared(left_rows: Columns, right_rows: Columns) -> Columns:
    """Two results of the measure ``journey``, with details, beside one another: left is side a, right is side b.

    For two groups of customers: ask for ``journey`` twice, with ``members`` and the choice details, and hand the
    columns of both tables in. The result has the columns of ``journey_compared``, the most frequent move first.

    Source  Newcombe (1998), Statistics in Medicine 17(8); Zou and Donner (2008), Statistics in Medicine 27(10);
            Holm (1979), Scandinavian Journal of Statistics 6(2)
    """
    places = [_places(rows) for rows in (left_rows, right_rows)]
    total = {move: sum(_count(rows, at, move) for rows, at in zip((left_rows, right_rows), places, strict=True))
             for move in {**places[0], **places[1]}}  # fmt: skip
    moves = sorted(total, key=lambda move: (-total[move], move))
    a, b = (_side(rows, at, moves) for rows, at in zip((left_rows, right_rows), places, strict=True))
    apart = difference_of_shares(a["journeys"], a["share_n"], b["journeys"], b["share_n"])
    known = ~np.isnan(apart.value)
    return {
        "from_step": objects(before for before, _ in moves),
        "to_step": objects(after for _, after in moves),
        **{f"{_suffixed(name, 'a')}": values for name, values in a.items()},
        **{f"{_suffixed(name, 'b')}": values for name, values in b.items()},
        "difference": apart.value,
        "difference_low": apart.low,
        "difference_high": apart.high,
        "difference_reason": reasons(~known, ONE_SIDE),
        "p_value": apart.p_value,
        "real_change": objects(bool(real) if sure else None for real, sure in zip(apart.real, known, strict=True)),
        **_seconds_apart(a, b),
    }


def difference_of_shares(hits_a: Floats, n_a: NDArray[np.int64], hits_b: Floats, n_b: NDArray[np.int64]) -> Apart:
    """Share b less share a of each row; NaN where a side has nobody.

    p values are those of the score test. Each interval is Newcombe's, at the level that Holm's procedure judges it by.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share_a, share_b = hits_a / n_a, hits_b / n_b
        pooled = (hits_a + hits_b) / (n_a + n_b)
        error = np.sqrt(pooled * (1 - pooled) * (1 / n_a + 1 / n_b))
        z = np.where(error > 0, np.abs(share_b - share_a) / error, 0.0)
    known = (n_a > 0) & (n_b > 0)
    p_value = np.where(known, 2 * stats.norm.sf(z), np.nan)
    level = np.full(len(known), np.nan)
    level[known] = holm_levels(p_value[known].tolist())
    width = stats.norm.ppf(1 - level / 2)
    (low_a, high_a), (low_b, high_b) = _wilson(share_a, n_a, width), _wilson(share_b, n_b, width)
    value = np.where(known, share_b - share_a, np.nan)
    low = value - np.hypot(share_b - low_b, high_a - share_a)
    high = value + np.hypot(high_b - share_b, share_a - low_a)
    return Apart(value, low, high, p_value, (low > 0) | (high < 0))


def _wilson(share: Floats, n: NDArray[np.int64], z: Floats) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        margin = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return np.where(share == 0, 0.0, centre - margin), np.where(share == 1, 1.0, centre + margin)


def _seconds_apart(a: Columns, b: Columns) -> Columns:
    """The difference of medians, its interval put together from the two intervals (MOVER)."""
    (mid_a, low_a, high_a), (mid_b, low_b, high_b) = (
        [side[f"median_seconds{end}"].astype(np.float64) for end in _MEDIAN] for side in (a, b)
    )
    value = mid_b - mid_a
    low = value - np.hypot(mid_b - low_b, high_a - mid_a)
    high = value + np.hypot(high_b - mid_b, mid_a - low_a)
    reason = reasons(np.isnan(value), NOT_BOTH)
    reason[~np.isnan(value) & np.isnan(low)] = NO_INTERVAL
    return {
        "seconds_difference": value,
        "seconds_difference_low": low,
        "seconds_difference_high": high,
        "seconds_difference_reason": reason,
        "real_seconds_change": objects(
            None if np.isnan(down) else bool(down > 0 or up < 0) for down, up in zip(low, high, strict=True)
        ),
    }


def _places(rows: Columns) -> dict[tuple[str, str], int]:
    both = zip(rows["from_step"].tolist(), rows["to_step"].tolist(), strict=True)
    return {move: row for row, move in enumerate(both)}


def _count(rows: Columns, places: Mapping[tuple[str, str], int], move: tuple[str, str]) -> int:
    return int(rows["count"][places[move]]) if move in places else 0


def _side(rows: Columns, places: Mapping[tuple[str, str], int], moves: list[tuple[str, str]]) -> Columns:
    """One side's columns for all moves of both; a move that does not happen here is 0 of its journeys."""
    here = np.array([places.get(move, -1) for move in moves], dtype=np.int64)
    missing = here < 0
    n = int(rows["n"][0]) if len(rows["n"]) else 0
    picked = {name: _picked(rows[name], here) for name in ("count", "journeys")}
    medians = {f"median_seconds{end}": _picked(rows[f"median_seconds{end}"], here, np.nan) for end in _MEDIAN}
    timed = _picked(rows["median_seconds_n"], here)
    share = share_estimate(picked["journeys"], np.full(len(moves), n), nobody=NOBODY_HERE)
    reason = np.full(len(moves), None, dtype=object)
    reason[~missing] = rows["median_seconds_reason"][here[~missing]]
    reason[missing] = NEVER_HERE
    return {
        **picked,
        "share": share.value,
        "share_low": share.low,
        "share_high": share.high,
        "share_n": share.n,
        "share_reason": share.reason,
        "share_small_sample": share.n < SMALL_SAMPLE,
        **medians,
        "median_seconds_n": timed.astype(np.int64),
        "median_seconds_reason": reason,
        "median_seconds_small_sample": timed < SMALL_SAMPLE,
    }


def _picked(values: np.ndarray, here: NDArray[np.int64], missing: float = 0) -> Floats:
    found = np.full(len(here), missing, dtype=np.float64)
    found[here >= 0] = values[here[here >= 0]]
    return found


def _suffixed(name: str, side: str) -> str:
    """The side comes right after the estimate's name: share_a_low, median_seconds_b_n."""
    for estimate in ("median_seconds", "share"):
        if name.startswith(estimate):
            return f"{estimate}_{side}{name.removeprefix(estimate)}"
    return f"{name}_{side}"


def _narrowed(scope: Scope, condition: str) -> Scope:
    both = [f"({one})" for one in (scope.where, condition) if one]
    return replace(scope, where=" and ".join(both) or None)


def _notes(scope: Scope, real: int, parts: int) -> tuple[str, ...]:
    a, b = sides(scope)
    notes = []
    if a.from_on != b.from_on:
        notes.append(f"Side a: {a.from_on} to {a.last_on}; side b: {b.from_on} to {b.last_on}.")
    if parts and real == 1:
        notes.append("1 move differs by more than chance may bring.")
    elif parts and real:
        notes.append(f"{real:,} moves differ by more than chance may bring.")
    elif parts:
        notes.append("No move differs by more than chance may bring.")
    return tuple(notes)
