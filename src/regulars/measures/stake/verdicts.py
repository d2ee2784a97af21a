"""What a row comes to in words, and the order in which rows are read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import stats

from regulars.measures.stake.comparing import TOO_FEW

LESS, MORE = "come back less", "come back more"
PERHAPS_LESS, PERHAPS_MORE, SAME = "perhaps less", "perhaps more", "no difference seen"
UNLIKE, FEW = "not comparable", "too few"
LEVEL = 0.05

Row = dict[str, object]


def judge(rows: Sequence[Row]) -> None:
    """Add verdict and real_difference to rows that are read together; takes away ``error``.

    Holm's rule: the smallest p value is compared with 5% over the number of rows, the next with one row fewer.
    """
    chances = [_chance(row) for row in rows]
    real = holm(chances)
    for row, beyond in zip(rows, real, strict=True):
        del row["error"]
        gap = row["adjusted_difference"]
        if row["adjusted_difference_reason"] is not None or not isinstance(gap, float):
            row["verdict"] = FEW if row["adjusted_difference_reason"] == TOO_FEW else UNLIKE
            row["real_difference"] = None
            continue
        row["real_difference"] = beyond
        row["verdict"] = _seen(row, real=beyond)


def _seen(row: Row, *, real: bool) -> str:
    """Perhaps: the row's own interval leaves out 0, but so would one in twenty rows by chance alone."""
    low, high = row["adjusted_difference_low"], row["adjusted_difference_high"]
    if isinstance(high, float) and high < 0:
        return LESS if real else PERHAPS_LESS
    if isinstance(low, float) and low > 0:
        return MORE if real else PERHAPS_MORE
    return SAME


def holm(chances: Sequence[float]) -> list[bool]:
    """Which p values are beyond chance taken together; NaN counts for nothing."""
    known = sorted((chance, place) for place, chance in enumerate(chances) if np.isfinite(chance))
    real = [False] * len(chances)
    for passed, (chance, place) in enumerate(known):
        if chance > LEVEL / (len(known) - passed):
            break
        real[place] = True
    return real


def ranks(rows: Sequence[Row]) -> None:
    """Add ``rank``: rows that come back less beyond chance by money, then the others by money, the unknown last."""
    order = sorted(range(len(rows)), key=lambda place: _order(rows[place]))
    for rank, place in enumerate(order, start=1):
        rows[place]["rank"] = rank


def _order(row: Row) -> tuple[int, float, str, str]:
    money = row["at_stake"]
    known = isinstance(money, float) and np.isfinite(money)
    part = 0 if row["verdict"] == LESS else 1 if known else 2
    return part, -float(money) if known and isinstance(money, float) else 0.0, str(row["touchpoint"]), str(row["bad"])


def _chance(row: Row) -> float:
    """Two-sided p value of no difference, from the draws' standard error."""
    gap, error = row["adjusted_difference"], row["error"]
    if not isinstance(gap, float) or not isinstance(error, float) or not error > 0:
        return float("nan")
    return float(2 * stats.norm.sf(abs(gap) / error))
