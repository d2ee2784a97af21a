"""`python -m bench.identity`: records whose truth is known, joined the way a company's records are.

Pairwise precision, recall and F1, of the pairs above the threshold and of the customers that come out, and the seconds
from the raw records to the customers. The truth is used to count with, never to join with.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from regulars.identity.comparable import comparable
from regulars.identity.matching import THRESHOLD, Match, match

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
Records = tuple[pl.DataFrame, pl.DataFrame]
HEADINGS = ("set", "records", "true pairs", "pairs P", "R", "F1", "customers P", "R", "F1", "doubtful", "seconds")


def main() -> int:
    """Print a line for each set; 0 whatever the figures are."""
    parser = argparse.ArgumentParser(prog="python -m bench.identity", description=__doc__)
    parser.add_argument("--only", action="append", choices=list(SETS), help="this set only; may be repeated")
    asked = parser.parse_args()
    print("| " + " | ".join(HEADINGS) + " |\n|" + "---|" * len(HEADINGS), flush=True)
    for name in asked.only or SETS:
        print("| " + " | ".join(line(name, *SETS[name]())) + " |", flush=True)
    return 0


def line(name: str, raw: pl.DataFrame, truth: pl.DataFrame) -> tuple[str, ...]:
    """One set: its size, how well pairs and customers were found, and how long it took."""
    start = time.perf_counter()
    found = match(comparable(raw))
    seconds = time.perf_counter() - start
    true_pairs = _pairs(truth.group_by("person").len())
    rows = truth.with_columns(group=pl.Series([found.groups.of(key) for key in truth["key"]]))
    both = _pairs(rows.group_by("group", "person").len())
    doubtful = found.pairs.filter(pl.col("verdict") == "doubtful").height
    return (
        name,
        f"{len(truth):,}",
        f"{true_pairs:,}",
        *_shares(*_scored(found, truth), true_pairs),
        *_shares(both, _pairs(rows.group_by("group").len()), true_pairs),
        f"{doubtful:,}",
        f"{seconds:.1f}",
    )


def _scored(found: Match, truth: pl.DataFrame) -> tuple[int, int]:
    """Right ones, and all, of the pairs that the model puts above the threshold."""
    above = found.scored.filter((pl.col("probability") >= THRESHOLD) & ~pl.col("capped"))
    told = above.join(truth, left_on="key_l", right_on="key").join(truth, left_on="key_r", right_on="key")
    return told.filter(pl.col("person") == pl.col("person_right")).height, told.height


def _shares(right: int, joined: int, true: int) -> tuple[str, str, str]:
    precision, recall = right / max(joined, 1), right / true
    f1 = 2 * precision * recall / max(precision + recall, 1e-12)
    return f"{precision:.4f}", f"{recall:.4f}", f"{f1:.4f}"


def _pairs(counted: pl.DataFrame) -> int:
    sizes = counted["len"].to_numpy().astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def _febrl(*names: str, number: bool = False) -> Records:
    """FEBRL's records; with ``number`` their social security number stands for a customer number."""
    rows = pl.concat([pl.read_parquet(DATA / "identity_febrl" / f"febrl_dataset{name}.parquet") for name in names])
    rows = rows.with_row_index("key", offset=1)
    raw = rows.select(
        "key",
        # Each record from a source of its own: a number joins records of different systems only.
        source=pl.col("key").cast(pl.String),
        reference=pl.col("soc_sec_id") if number else pl.lit(None, pl.String),
        given="given_name",
        family="surname",
        address=pl.concat_str("street_number", "address_1", "address_2", separator=" ", ignore_nulls=True),
        postcode="postcode",
        city="suburb",
        birthday="date_of_birth",
    )
    return raw, rows.select(pl.col("key").cast(pl.Int64), person=pl.col("rec_id").str.extract(r"rec-(\d+)-"))


def _fake() -> Records:
    rows = pl.read_parquet(DATA / "identity_splink" / "fake_1000.parquet").with_columns(key=pl.col("unique_id") + 1)
    columns = {"given": "first_name", "family": "surname", "birthday": "dob"}
    return rows.select("key", "city", "email", **columns), rows.select("key", person="cluster")


def _historical() -> Records:
    path = DATA / "identity_splink" / "historical_figures_with_errors_50k.parquet"
    rows = pl.read_parquet(path).with_row_index("key", offset=1).with_columns(pl.col("key").cast(pl.Int64))
    columns = {
        "name": "full_name",
        "given": "first_name",
        "family": "surname",
        "birthday": "dob",
        "city": "birth_place",
        "postcode": "postcode_fake",
    }
    return rows.select("key", "occupation", **columns), rows.select("key", person="cluster")


SETS: dict[str, Callable[[], Records]] = {
    "FEBRL 1": lambda: _febrl("1"),
    "FEBRL 2": lambda: _febrl("2"),
    "FEBRL 3": lambda: _febrl("3"),
    "FEBRL 3 with its number": lambda: _febrl("3", number=True),
    "FEBRL 4": lambda: _febrl("4a", "4b"),
    "fake 1000": _fake,
    "historical 50k": _historical,
}


if __name__ == "__main__":
    sys.exit(main())
