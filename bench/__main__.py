"""`python -m bench`: every benchmark, or one; prints the table and leaves build/bench.json."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from bench import clv_fit, drivers, import_csv, journeys, rfm_cohorts, sql_limit, summary, tables
from bench.timing import Comparison, Sizes

BENCHMARKS = {
    "clv_fit": clv_fit.run,
    "summary": summary.run,
    "rfm_cohorts": rfm_cohorts.run,
    "sql_limit": sql_limit.run,
    "import_csv": import_csv.run,
    "drivers": drivers.run,
    "journeys": journeys.run,
}
# Without a peer: what they print are shares found right, or milliseconds against an aim; each also runs by itself.
ALONE = ("identity", "base", "pages", "words")
BUILD = Path("build")
QUICK = Sizes(customers=20_000, rows=400_000, lines=50_000, runs=1)


def main() -> int:
    """Run what was asked for; 0 whatever the figures are: a slow machine is no mistake."""
    asked = _parser().parse_args()
    sizes = _sizes(asked)
    found: list[Comparison] = []
    wanted = asked.only or [*BENCHMARKS, *ALONE]
    for name in wanted:
        print(f"{name} ...", file=sys.stderr, flush=True)
        if name in ALONE:
            subprocess.run([sys.executable, "-m", f"bench.{name}", *_arguments(name, sizes)], check=True)
            continue
        part = BENCHMARKS[name](sizes, BUILD / "bench-data")
        print(tables.printed(part) + "\n", flush=True)
        found += part
    if len(wanted) > 1:
        print(tables.printed(found))
    tables.written(found, BUILD / "bench.json")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=[*BENCHMARKS, *ALONE], help="run this one; may be repeated")
    parser.add_argument("--customers", type=int, help="customers that the models are fitted to (1,000,000)")
    parser.add_argument("--rows", type=int, help="interactions in the log (20,000,000)")
    parser.add_argument("--lines", type=int, help="order lines in the CSV file (1,000,000)")
    parser.add_argument("--runs", type=int, help="runs that the median is taken of (3)")
    parser.add_argument("--quick", action="store_true", help="small sizes, one run: does everything still work?")
    return parser


def _arguments(name: str, sizes: Sizes) -> list[str]:
    return ["--rows", str(sizes.rows)] if name in ("base", "pages") else []


def _sizes(asked: argparse.Namespace) -> Sizes:
    usual = QUICK if asked.quick else Sizes()
    return Sizes(
        customers=asked.customers or usual.customers,
        rows=asked.rows or usual.rows,
        lines=asked.lines or usual.lines,
        runs=asked.runs or usual.runs,
    )


if __name__ == "__main__":
    sys.exit(main())
