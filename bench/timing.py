"""One way to take times, for peers and for us alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Sizes:
    """How much to measure with: ``customers`` of the models, ``rows`` of the log, ``lines`` of the CSV file."""

    customers: int = 1_000_000
    rows: int = 20_000_000
    lines: int = 1_000_000
    runs: int = 3

    @property
    def table_rows(self) -> int:
        """Rows for peers that hold everything in memory as pandas frames."""
        return self.rows // 10


@dataclass(frozen=True)
class Comparison:
    """A peer and us on one task.

    at_least    how many times faster than the peer we want to be; 0.5 means "within twice its time"
    agreement   how the two results differ, in words
    peak_mib    most memory our process ever had, where it was measured
    """

    task: str
    peer: str
    peer_seconds: float
    our_seconds: float
    agreement: str
    at_least: float | None = None
    peak_mib: float | None = None

    @property
    def times_faster(self) -> float:
        """The peer's time over ours."""
        return self.peer_seconds / self.our_seconds

    @property
    def met(self) -> bool | None:
        """Whether the aim is reached; None where there is none."""
        return None if self.at_least is None else self.times_faster >= self.at_least


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds that ``work`` took, and what it returned; rubbish of earlier work is swept before, not during."""
    gc.collect()
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def median_of(runs: int, work: Callable[[], T], *, warm_up: bool = True) -> tuple[float, T]:
    """The median of several runs, after one that does not count, and what the last run returned."""
    if warm_up:
        work()
    taken = [timed(work) for _ in range(runs)]
    return statistics.median(seconds for seconds, _ in taken), taken[-1][1]


def medians_in_turn(runs: int, works: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Median of each, taken in turns after a warm-up, so that a busy moment of the machine hits them alike."""
    for work in works.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            taken[name].append(timed(work)[0])
    return {name: statistics.median(seconds) for name, seconds in taken.items()}
