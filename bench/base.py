"""`python -m bench.base`: what a colleague waits for: the card, a page of the customer list, a search.

There is no peer to compare with, so what is printed are milliseconds against an aim, and the processor's time beside
the clock's: on a busy machine the first hardly moves.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

import regulars as rg
from bench.made_company import company
from regulars.base import Base, open_base
from regulars.card import open_card
from regulars.log.search_index import find, newest_names, refresh
from regulars.workspace import Workspace

BUILD = Path("build")
NOW = datetime(2025, 1, 2, 9, tzinfo=UTC)
BULGARIAN = {
    "all": [{"field": "country", "op": "is", "value": "BG"}, {"field": "spend", "op": "at_least", "value": 1000}]
}
LISTS: dict[str, dict[str, object]] = {
    "by spend": {},
    "by expected value": {"sort": "clv"},
    "by last contact, page 100": {"sort": "last_contact_at", "offset": 5_000},
    "by name": {"sort": "name", "descending": False, "language": "bg"},
    "filtered by two columns": {"conditions": BULGARIAN},
}


@dataclass(frozen=True)
class Waited:
    """How long the same question took, asked of many customers or many times: milliseconds."""

    task: str
    clock: Sequence[float]
    processor: Sequence[float]
    aim: float | None = None

    def __str__(self) -> str:
        aim = "" if self.aim is None else f"{self.aim:.0f}"
        cells = (self.task, *(f"{at(self.clock):.0f}" for at in (_p50, _p95)), f"{_p50(self.processor):.0f}", aim)
        return f"| {cells[0]:<42} | {cells[1]:>6} | {cells[2]:>6} | {cells[3]:>9} | {cells[4]:>4} |"


def main() -> int:
    """Print the table; 0 whatever the figures are."""
    asked = _parser().parse_args()
    home = company(BUILD / "bench-data", asked.rows)
    with rg.open(home) as workspace:
        _made("customer base", lambda: open_base(workspace))
        _made("search index", lambda: refresh(workspace))
        base = open_base(workspace)
        keys = np.random.default_rng(4).choice(base.keys(), asked.runs, replace=False).tolist()
        heading = f"{asked.rows:,} interactions, {base.page().total:,} customers"
        print(
            f"| {heading:<42} | p50 ms | p95 ms | processor | aim |\n|{'-' * 44}|-------:|-------:|----------:|----:|"
        )
        for waited in (*_cards(workspace, keys), *_lists(base, asked.runs), *_searches(workspace, keys)):
            print(waited, flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nMost memory of the process: {peak:,.0f} MiB")
    return 0


def _cards(workspace: Workspace, keys: Sequence[int]) -> list[Waited]:
    open_card(workspace, keys[0], now=NOW)
    return [waited("card", [lambda key=key: open_card(workspace, key, now=NOW) for key in keys], aim=100)]


def _lists(base: Base, runs: int) -> list[Waited]:
    found = []
    for task, asked in LISTS.items():
        base.page(**asked)
        found.append(waited(f"list {task}", [lambda asked=asked: base.page(**asked)] * min(runs, 20), aim=50))
    return found


def _searches(workspace: Workspace, keys: Sequence[int]) -> list[Waited]:
    names = newest_names(workspace, keys)
    people = workspace.vault.people(keys)
    searches = {
        "by whole name": [names[key] for key in keys],
        "by three letters": [names[key][:3] for key in keys],
        "by the end of a phone": [people[key]["phone"][-6:] for key in keys],
        "by phone": [people[key]["phone"] for key in keys],
        "by e-mail": [people[key]["email"] for key in keys],
    }
    return [
        waited(f"search {how}", [lambda text=text: find(workspace, text) for text in texts], aim=50)
        for how, texts in searches.items()
    ]


def waited(task: str, questions: Sequence[Callable[[], object]], *, aim: float) -> Waited:
    """How long each of the questions takes, by the clock and by the processor."""
    clock, processor = [], []
    for ask in questions:
        begun, worked = time.perf_counter(), time.process_time()
        ask()
        clock.append((time.perf_counter() - begun) * 1000)
        processor.append((time.process_time() - worked) * 1000)
    return Waited(task, clock, processor, aim)


def _made(what: str, work: Callable[[], object]) -> None:
    begun, worked = time.perf_counter(), time.process_time()
    work()
    seconds = time.perf_counter() - begun
    print(f"{what}: {seconds:.1f} s ({time.process_time() - worked:.1f} s of processor)", file=sys.stderr, flush=True)


def _p50(values: Sequence[float]) -> float:
    return statistics.median(values)


def _p95(values: Sequence[float]) -> float:
    return float(np.quantile(values, 0.95))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.base", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000_000, help="interactions in the log (20,000,000)")
    parser.add_argument("--runs", type=int, default=60, help="customers whose cards are opened (60)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
