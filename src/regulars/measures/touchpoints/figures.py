"""Rows of results as dictionaries: what stands where, and estimates with their intervals."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from regulars.measures.estimates import SMALL_SAMPLE, Estimate, estimate_values
from regulars.measures.intervals import LEVEL, mean_estimate, share_estimate
from regulars.measures.registry import Columns
from regulars.measures.scores.effects import Score
from regulars.measures.splits import Key, key_rows, objects
from regulars.measures.touchpoints.ranks import NOTHING, Ranks, ranks_of

Row = dict[str, Any]
# Values of ``by``, and the touchpoint (and what else a row stands for).
Place = tuple[object, ...]

NO_WAITS = "No touch here tells how long the customer waited."
FEW_WAITS = "Fewer than six waits: no interval."
NO_PROMISE = "Nothing is promised here."
NOTHING_JUDGED = "No touch here tells whether the promise was kept."
NO_ANSWERS = "Nobody answered a question about this touchpoint."


@dataclass(frozen=True)
class Registered:
    """What the register says of a touchpoint."""

    name: str
    owner: str | None
    retired: bool


def register_of(columns: Columns) -> dict[str, Registered]:
    """The register by key."""
    found = {}
    for key, body in zip(columns["key"].tolist(), columns["body"].tolist(), strict=True):
        said = read_object(body)
        owner = said.get("owner")
        found[key] = Registered(
            str(said.get("name") or key), str(owner) if owner else None, said.get("retired") is True
        )
    return found


def read_object(body: str | None) -> Mapping[str, Any]:
    """A decision's JSON object; empty where it is none."""
    try:
        said = json.loads(body or "")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def naming(register: Mapping[str, Registered], touchpoint: object) -> Row:
    """The first columns of every row."""
    known = register.get(str(touchpoint))
    return {"touchpoint": touchpoint, "touchpoint_name": known.name if known and not known.retired else None}


def by_place(columns: Columns, names: Sequence[str]) -> dict[Place, Row]:
    """Each row under its place: the values of ``names``."""
    places: list[Key] = key_rows(columns, names)
    values = {name: column.tolist() for name, column in columns.items()}
    return {place: {name: values[name][row] for name in values} for row, place in enumerate(places)}


def ranks_by_place(columns: Columns, names: Sequence[str]) -> dict[Place, Ranks]:
    """The order statistics of each place; see ranks.ranked."""
    rows: dict[Place, list[int]] = {}
    for row, place in enumerate(key_rows(columns, names)):
        rows.setdefault(place, []).append(row)
    wanted = ("rank", "of", "value")
    return {place: ranks_of({name: columns[name][some] for name in wanted}) for place, some in rows.items()}


def gathered(rows: Sequence[Row], names: Iterable[str]) -> Columns:
    """Rows as columns; ``names`` are the columns, also where there is no row."""
    return {name: objects(row[name] for row in rows) for name in names}


def plain(name: str, estimate: Estimate, *, prefixed: bool = True) -> Row:
    """The cells of one estimate; NaN becomes None."""
    cells = estimate_values(name, estimate, prefixed=prefixed)
    return {cell: known(values.tolist()[0]) for cell, values in cells.items()}


def known(value: Any) -> Any:
    """The value; None for NaN."""
    return None if isinstance(value, float) and np.isnan(value) else value


def share(name: str, hits: float, n: float, *, nobody: str, prefixed: bool = True) -> Row:
    """A share with Wilson's interval."""
    return plain(name, share_estimate([hits], [n], nobody=nobody), prefixed=prefixed)


def mean(name: str, value: float | None, deviation: float | None, n: int, *, nobody: str) -> Row:
    """A mean with Student's interval."""
    numbers = [np.nan if one is None else one for one in (value, deviation)]
    return plain(name, mean_estimate([numbers[0]], [numbers[1]], [n], nobody=nobody))


def median(name: str, ranks: Ranks | None, *, nobody: str) -> Row:
    """A median with its interval and count."""
    found = ranks or NOTHING
    low, high = found.median_interval()
    few = FEW_WAITS if 0 < found.n < 6 else None
    return {
        name: known(found.quantile(0.5)),
        f"{name}_low": known(low),
        f"{name}_high": known(high),
        f"{name}_n": found.n,
        f"{name}_reason": few if found.n else nobody,
        f"{name}_small_sample": found.n < SMALL_SAMPLE,
    }


def net(name: str, score: Score, n: int, *, nobody: str) -> Row:
    """The cells of a net score or of a share that was counted elsewhere."""
    return {
        name: score.value,
        f"{name}_low": score.low,
        f"{name}_high": score.high,
        f"{name}_n": n,
        f"{name}_reason": None if n else nobody,
        f"{name}_small_sample": n < SMALL_SAMPLE,
    }


def rate(name: str, events: int, per: int, *, times: float, nobody: str) -> Row:
    """Events for every ``times`` cases with the exact interval of a Poisson count.

    Source  Garwood (1936), Biometrika 28(3/4)
    """
    if not per:
        return net(name, Score(None, None, None), 0, nobody=nobody)
    tail = (1 - LEVEL) / 2
    low = float(stats.chi2.ppf(tail, 2 * events)) / 2 if events else 0.0
    high = float(stats.chi2.ppf(1 - tail, 2 * (events + 1))) / 2
    return net(name, Score(times * events / per, times * low / per, times * high / per), per, nobody=nobody)


def unknown(name: str, reason: str | None) -> Row:
    """The cells of an estimate without a count of its own that is not known."""
    return {name: None, f"{name}_low": None, f"{name}_high": None, f"{name}_reason": reason}


def interval(name: str, value: float, low: float, high: float, reason: str | None = None) -> Row:
    """The cells of an estimate whose count stands elsewhere in the row."""
    return {name: known(value), f"{name}_low": known(low), f"{name}_high": known(high), f"{name}_reason": reason}


def ordered(places: Iterable[Place]) -> list[Place]:
    """Places in a fixed order, missing values last."""
    return sorted(places, key=lambda place: [(value is None, str(value)) for value in place])
