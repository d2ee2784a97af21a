"""The list of touchpoints: everything known of each, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.scores.asking import GOOD_SHARE, NET
from regulars.measures.scores.effects import UNKNOWN, repeats_effect, scored
from regulars.measures.splits import key_columns, key_rows
from regulars.measures.touchpoints import figures
from regulars.measures.touchpoints.columns import TOUCHPOINT_COLUMNS
from regulars.measures.touchpoints.figures import Place, Row, by_place
from regulars.measures.touchpoints.ranks import Ranks

NO_TOUCHES = "Nobody was touched here in the period."
NO_COSTS = "No touch here tells what it cost."
NO_KNOWN = "No known customer was touched here in the period."
MOST_NAMED = 12
ENDS = ("score_low", "score_high")  # of a scale that ends at 0 and 100
PATTERN = ("good", "middling", "bad")


@dataclass(frozen=True)
class Tables:
    """What was read, by place: the values of ``by`` and the touchpoint."""

    tallies: Mapping[Place, Row]
    waits: Mapping[Place, Ranks]
    kept: Mapping[Place, Row]
    scores: Mapping[Place, Row]
    nps: Mapping[Place, list[Row]]
    csat: Mapping[Place, list[Row]]
    complaints: Mapping[Place, Row]
    firsts: Mapping[Place, Row]
    promises: Mapping[str, int]
    register: Mapping[str, figures.Registered]
    all_traffic: Mapping[Place, int]


def touchpoint_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per touchpoint with a touch (and ``by``), and per registered one without any; see results.py."""
    tables = _tables(found, [*scope.by, "touchpoint"])
    places = figures.ordered(tables.tallies)
    met = {place[-1] for place in places}
    if not scope.by:
        in_use = [key for key, one in tables.register.items() if not one.retired]
        places = figures.ordered([*places, *((key,) for key in in_use if key not in met)])
    rows = [_row(tables, place) for place in places]
    keys = key_columns((place[:-1] for place in places), scope.by)
    return Outcome(keys | figures.gathered(rows, [one.name for one in TOUCHPOINT_COLUMNS]), _notes(tables, rows))


def _tables(found: Mapping[str, Columns], names: Sequence[str]) -> Tables:
    tallies = by_place(found["tallies"], names)
    everywhere: Counter[Place] = Counter()
    for place, row in tallies.items():
        everywhere[place[:-1]] += row["traffic"]
    return Tables(
        tallies=tallies,
        waits=figures.ranks_by_place(found["waits"], names),
        kept=by_place(found["kept"], names),
        scores=by_place(found["scores"], names),
        nps=_patterns(found["nps"], names),
        csat=_patterns(found["csat"], names),
        complaints=by_place(found["complaints"], names),
        firsts=by_place(found["first_touches"], names),
        promises=Counter(found["promises"]["promised_at"].tolist()),
        register=figures.register_of(found["register"]),
        all_traffic=everywhere,
    )


def _patterns(columns: Columns, names: Sequence[str]) -> dict[Place, list[Row]]:
    found: dict[Place, list[Row]] = {}
    values = {name: columns[name].tolist() for name in (*PATTERN, "customers")}
    for row, place in enumerate(key_rows(columns, names)):
        found.setdefault(place, []).append({name: values[name][row] for name in values})
    return found


def _row(tables: Tables, place: Place) -> Row:
    tally = tables.tallies.get(place, {})
    known = tables.register.get(str(place[-1]))
    in_use = known is not None and not known.retired
    traffic = int(tally.get("traffic", 0))
    return {
        **figures.naming(tables.register, place[-1]),
        "registered": in_use,
        "owner": known.owner if known and in_use else None,
        "traffic": traffic,
        "customers": int(tally.get("customers", 0)),
        **figures.share("share_of_traffic", traffic, tables.all_traffic.get(place[:-1], 0), nobody=NO_TOUCHES),
        **waiting(tables.waits.get(place), traffic),
        **promise_kept(tables.kept.get(place), tables.promises.get(str(place[-1]), 0)),
        "promises": int(tables.promises.get(str(place[-1]), 0)),
        **_net("nps", tables.nps.get(place), NET, 100.0),
        **_net("csat", tables.csat.get(place), GOOD_SHARE, 1.0),
        **score(tables.scores.get(place)),
        **complaining(tables.complaints.get(place), tally),
        **costing(tally),
        "first_touches": int(tables.firsts.get(place, {}).get("first_touches", 0)),
        "first_on": tally.get("first_on"),
        "last_on": tally.get("last_on"),
    }


def waiting(ranks: Ranks | None, traffic: int) -> Row:
    """Median and 90th percentile of the waits."""
    cells = figures.median("wait_median", ranks, nobody=figures.NO_WAITS if traffic else NO_TOUCHES)
    return cells | {"wait_p90": figures.known(ranks.quantile(0.9)) if ranks else None}


def promise_kept(row: Row | None, promises: int) -> Row:
    """Share of kept promises, and why it is unknown: nothing promised, or nothing that tells."""
    nobody = figures.NOTHING_JUDGED if promises else figures.NO_PROMISE
    judged, kept = (int(row[name]) for name in ("judged", "kept")) if row else (0, 0)
    return figures.share("kept_share", kept, judged, nobody=nobody)


def score(row: Row | None) -> Row:
    """Mean score of all answers."""
    said: Row = row or {}
    n = int(said.get("scored", 0))
    cells = figures.mean("score", said.get("score"), said.get("score_deviation"), n, nobody=figures.NO_ANSWERS)
    ends = {name: None if cells[name] is None else min(100.0, max(0.0, cells[name])) for name in ENDS}
    return cells | ends


def _net(name: str, patterns: list[Row] | None, counts: Sequence[float], factor: float) -> Row:
    """A score of answers, its interval widened for customers who answered several times."""
    if not patterns:
        return figures.net(name, UNKNOWN, 0, nobody=figures.NO_ANSWERS)
    answers = np.array([[row[part] for part in PATTERN] for row in patterns], dtype=np.float64)
    customers = np.array([row["customers"] for row in patterns], dtype=np.float64)
    totals = answers.T @ customers
    n = float(totals.sum())
    found = scored((totals / n).tolist(), n / repeats_effect(answers, customers, counts), counts)
    return figures.net(name, found.times(factor), int(n), nobody=figures.NO_ANSWERS)


def costing(tally: Mapping[str, Any]) -> Row:
    """Mean cost of a touch that tells its cost."""
    nobody = NO_COSTS if tally.get("traffic") else NO_TOUCHES
    n = int(tally.get("costs", 0))
    return figures.mean("cost_per_touch", tally.get("cost"), tally.get("cost_deviation"), n, nobody=nobody)


def complaining(row: Row | None, tally: Mapping[str, Any]) -> Row:
    """Complaints, and how many that is for every thousand touches of known customers."""
    count = int((row or {}).get("complaints", 0))
    rate = figures.rate("complaints_per_thousand", count, int(tally.get("known", 0)), times=1000.0, nobody=NO_KNOWN)
    return {"complaints": count, **rate}


def _notes(tables: Tables, rows: Sequence[Row]) -> tuple[str, ...]:
    unknown = sorted({row["touchpoint"] for row in rows if not row["registered"]})
    notes = []
    if unknown:
        listed = ", ".join(unknown[:MOST_NAMED]) + (", …" if len(unknown) > MOST_NAMED else "")
        notes.append(f"{len(unknown)} in the log and not in the register: {listed}.")
    if not tables.promises:
        notes.append("Nothing was promised yet, so nobody can say what was kept.")
    return tuple(notes)
