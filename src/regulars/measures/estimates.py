"""An estimate is never shown alone: its interval, its count, and a reason where it is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regulars.measures.registry import Column, Columns, ColumnType

SMALL_SAMPLE = 30

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """Values with their 95% intervals, one element a row; NaN where unknown, with a reason beside it."""

    value: Floats
    low: Floats
    high: Floats
    n: NDArray[np.int64]
    reason: NDArray[np.object_]


def estimate_columns(
    name: str, type_: ColumnType, meaning: str, *, unit: str = "", counted: str, prefixed: bool = False
) -> tuple[Column, ...]:
    """Declare an estimate: value, interval, count, reason and the mark of a small sample.

    ``counted`` says what n counts. ``prefixed`` is for measures with several estimates, whose counts differ:
    then n and small_sample carry the estimate's name too.
    """
    prefix = f"{name}_" if prefixed else ""
    return (
        Column(name, type_, meaning, unit),
        Column(f"{name}_low", type_, f"Lower end of the 95% interval of {name}", unit),
        Column(f"{name}_high", type_, f"Upper end of the 95% interval of {name}", unit),
        Column(f"{prefix}n", "int", f"{counted} that {name} rests on"),
        Column(f"{name}_reason", "string", f"Why {name} or its interval is unknown; empty where it is known"),
        Column(f"{prefix}small_sample", "boolean", f"Fewer than {SMALL_SAMPLE}: read {name} with care"),
    )


def estimate_values(name: str, estimate: Estimate, *, prefixed: bool = False) -> Columns:
    """The columns that :func:`estimate_columns` declares."""
    prefix = f"{name}_" if prefixed else ""
    return {
        name: estimate.value,
        f"{name}_low": estimate.low,
        f"{name}_high": estimate.high,
        f"{prefix}n": estimate.n,
        f"{name}_reason": estimate.reason,
        f"{prefix}small_sample": estimate.n < SMALL_SAMPLE,
    }


def reasons(unknown: Sequence[bool] | NDArray[np.bool_], sentence: str) -> NDArray[np.object_]:
    """``sentence`` where ``unknown``, else None."""
    array = np.full(len(unknown), None, dtype=object)
    array[np.asarray(unknown, dtype=bool)] = sentence
    return array
