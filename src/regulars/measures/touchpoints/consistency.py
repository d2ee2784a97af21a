"""Consistency: do employees, branches and hours differ by more than chance, and what goes with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from regulars.measures.estimates import Floats
from regulars.measures.intervals import Z
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import key_columns, key_rows
from regulars.measures.touchpoints import figures
from regulars.measures.touchpoints.columns import CONSISTENCY_COLUMNS
from regulars.measures.touchpoints.comparing import beyond_chance
from regulars.measures.touchpoints.figures import Place, Row
from regulars.measures.touchpoints.impressions import return_days
from regulars.measures.touchpoints.spread import Spread, spread
from regulars.measures.touchpoints.units import BRANCH, BRANCH_HOUR, EMPLOYEE, HOUR, KEPT, SCORE, WAIT

FEWEST = 10  # customers of a unit that is compared
# What one step of a figure is when coming back is set against it.
STEPS = {KEPT: 0.1, SCORE: 10.0, WAIT: float(np.log(2.0))}
CALLED = {EMPLOYEE: "Employees", BRANCH: "Branches", HOUR: "Hours", BRANCH_HOUR: "Branches and hours"}
FEWEST_RETURNS = 30
YEAR_DAYS = 365.25

ONE_UNIT = f"Fewer than two units have {FEWEST} customers, so nothing can be compared."
ALL_ALIKE = "Every unit has the same figure."
LESS_THAN_CHANCE = "The units differ less than chance alone would have it."
NOT_APART = "The units cannot be told apart, so there is nothing to set against it."


def consistency_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per touchpoint, kind of unit and figure (and ``by``); see results.py."""
    names = [*scope.by, "touchpoint", "unit_of", "figure"]
    slopes = figures.by_place(found["returns"], [*scope.by, "touchpoint", "figure"])
    register = figures.register_of(found["register"])
    groups = _groups(found["units"], names)
    places = figures.ordered(groups)
    spreads = [_spread(groups[place]) for place in places]
    apart = beyond_chance([one.p_value if one else None for one in spreads])
    rows: list[Row] = []
    for place, one, told in zip(places, spreads, apart, strict=True):
        units, (unit_of, figure) = groups[place], place[-2:]
        slope = slopes.get((*place[:-2], figure))
        rows.append(
            figures.naming(register, place[-3])
            | {"unit_of": unit_of, "figure": figure}
            | _compared(units, one, str(figure), told)
            | _return_cells(units, one if told else None, slope, str(figure), scope)
        )
        rows[-1]["sentence"] = _sentence(rows[-1])
    keys = key_columns((place[:-3] for place in places), scope.by)
    return Outcome(keys | figures.gathered(rows, [one.name for one in CONSISTENCY_COLUMNS]), _notes(rows))


class Units:
    """The units of one row: those with enough customers, and how many have too few."""

    def __init__(self, columns: Columns) -> None:
        counts = columns["n"].astype(np.float64)
        enough = counts >= FEWEST
        self.left_out = int((~enough).sum())
        self.names = [str(name) for name in columns["unit"][enough].tolist()]
        self.counts: Floats = counts[enough]
        self.means: Floats = columns["mean"][enough].astype(np.float64)
        self.deviations: Floats = columns["deviation"][enough].astype(np.float64)
        self.since: date = min(columns["since"].tolist())


def _groups(columns: Columns, names: Sequence[str]) -> dict[Place, Units]:
    rows: dict[Place, list[int]] = {}
    for row, place in enumerate(key_rows(columns, names)):
        rows.setdefault(place, []).append(row)
    return {place: Units({name: values[some] for name, values in columns.items()}) for place, some in rows.items()}


def _spread(units: Units) -> Spread | None:
    if len(units.names) < 2:
        return None
    return spread(units.means, units.deviations, units.counts)


def _compared(units: Units, one: Spread | None, figure: str, told: bool | None) -> Row:
    cells: Row = {"units": len(units.names), "units_left_out": units.left_out, "n": int(units.counts.sum())}
    if one is None:
        nothing = dict.fromkeys(("mean", "p_value", "told_apart", "best_unit", "best", "worst_unit", "worst"))
        unknown = figures.unknown("sd_between", ONE_UNIT) | figures.unknown("beyond_chance", ONE_UNIT)
        return cells | nothing | unknown
    reason = ALL_ALIKE if one.p_value == 1.0 else LESS_THAN_CHANCE if one.sd_high == 0 else None
    # On logarithms, a small difference is a share of the typical wait.
    unit = _shown(one.mean, figure) + 1.0 if figure == WAIT else 1.0
    best, worst = _ends(one, figure)
    return cells | {
        "mean": _shown(one.mean, figure),
        **figures.interval("sd_between", unit * one.sd, unit * one.sd_low, unit * one.sd_high, reason),
        **figures.interval("beyond_chance", one.beyond, one.beyond_low, one.beyond_high, reason),
        "p_value": one.p_value,
        "told_apart": bool(told),
        "best_unit": units.names[best] if told else None,
        "best": _shown(float(one.drawn[best]), figure) if told else None,
        "worst_unit": units.names[worst] if told else None,
        "worst": _shown(float(one.drawn[worst]), figure) if told else None,
    }


def _shown(value: float, figure: str) -> float:
    """A figure as it is read: waits were averaged as the logarithm of one second more."""
    return float(np.expm1(value)) if figure == WAIT else value


def _ends(one: Spread, figure: str) -> tuple[int, int]:
    """Places of the best and the worst unit; of waits, the shortest is best."""
    upwards = np.argsort(-one.drawn if figure == WAIT else one.drawn, kind="stable")
    return int(upwards[-1]), int(upwards[0])


def _return_cells(units: Units, one: Spread | None, said: Row | None, figure: str, scope: Scope) -> Row:
    """What of coming back goes with the figure, and with all units being like the best."""
    slope, margin, n = _slope(said)
    few = f"Too few customers with this figure have been seen for {return_days(scope)} days since."
    step, reason = STEPS[figure], None if np.isfinite(slope) else few
    cells = figures.interval("return_slope", step * slope, step * (slope - margin), step * (slope + margin), reason)
    cells |= {"return_n": n, "start_with": None, "start_share": None}
    if one is None:
        return cells | figures.unknown("returns_a_year", NOT_APART)
    best, _ = _ends(one, figure)
    gains = units.counts * (one.drawn[best] - one.drawn)
    first = int(np.argmax(np.abs(gains)))
    cells |= {"start_with": units.names[first], "start_share": float(gains[first] / gains.sum())}
    if reason:
        return cells | figures.unknown("returns_a_year", reason)
    years = max((scope.last_on - max(units.since, scope.from_on or units.since)).days + 1, 1) / YEAR_DAYS
    a_year = float(gains.sum()) / years
    low, high = sorted((a_year * (slope - margin), a_year * (slope + margin)))
    return cells | figures.interval("returns_a_year", a_year * slope, low, high)


def _slope(said: Row | None) -> tuple[float, float, int]:
    """Least squares of coming back on the figure: slope, half the width of its interval, customers; NaN for too few."""
    n = int(said["n"]) if said else 0
    variance = figures.known(said["variance"]) if said else None
    if not said or n < FEWEST_RETURNS or not variance or variance <= 0:
        return np.nan, np.nan, n
    slope = said["covariance"] / variance
    left = max(said["returned_variance"] - slope * said["covariance"], 0.0) * (n - 1) / (n - 2)
    return float(slope), float(Z * np.sqrt(left / (variance * (n - 1)))), n


def _sentence(row: Mapping[str, Any]) -> str:
    who = CALLED[str(row["unit_of"])]
    if row["p_value"] is None:
        return f"{who} cannot be compared here: too few of them have {FEWEST} customers."
    if not row["told_apart"]:
        return f"{who} cannot be told apart here: what differs may be chance."
    best, worst = (_words(row[name], str(row["figure"])) for name in ("best", "worst"))
    return (
        f"{who} differ by more than chance: from {best} ({row['best_unit']}) to {worst} ({row['worst_unit']}). "
        f"Start with {row['start_with']}."
    )


def _words(value: float, figure: str) -> str:
    if figure == KEPT:
        return f"{value:.1%} kept"
    return f"{value:.0f} seconds" if figure == WAIT else f"{value:.0f} points"


def _notes(rows: Sequence[Row]) -> tuple[str, ...]:
    compared = [row for row in rows if row["p_value"] is not None]
    if not compared:
        return ()
    apart = sum(row["told_apart"] for row in compared)
    notes = [f"{apart} of {len(compared)} comparisons show differences beyond chance."]
    if apart:
        notes.append(
            "Units may serve other customers at other times: what differs is where to look, not whose fault it is."
        )
    return tuple(notes)
