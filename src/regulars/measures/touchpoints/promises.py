"""Promises one by one: how often each was kept, and whether that has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import ibis
import ibis.expr.types as ir

from regulars.measures.intervals import share_estimate
from regulars.measures.registry import Columns, LogTables, Outcome
from regulars.measures.scope import Scope
from regulars.measures.scores.taken_back import newest_decisions
from regulars.measures.splits import key_columns
from regulars.measures.touchpoints import figures
from regulars.measures.touchpoints.columns import PROMISE_COLUMNS
from regulars.measures.touchpoints.comparing import beyond_chance, difference
from regulars.measures.touchpoints.figures import Place, Row, by_place
from regulars.measures.touchpoints.ranks import NOTHING, Ranks, ranked
from regulars.measures.touchpoints.reading import PROMISE, judged, touches

UNITS = {"late_days": "days", "checklist": "percent"}
NO_BEFORE = "The question has no beginning, so there is no period before it. Choose a period."
NOBODY_BEFORE = "No touch of the period before tells whether it was kept."
NOBODY = "No touch of the period tells whether it was kept."
FEW = "Fewer than six values: no interval."


def named_promises(log: LogTables, scope: Scope) -> ir.Table:
    """The newest version of every promise: key, body."""
    return newest_decisions(log, PROMISE)


def tallies(log: LogTables, scope: Scope) -> ir.Table:
    """Touches of the period, and of the equally long one before, by whether they kept each promise.

    Grain    one row per promise and period (and ``by``)
    Columns  touchpoint · promise · before boolean · touches, judged, kept, waiting int
    """
    rows = _of_both_periods(log, scope)
    return rows.group_by([*scope.by, "touchpoint", "promise", "before"]).aggregate(
        touches=rows.count(),
        judged=rows.kept.count(),
        kept=rows.kept.cast("int64").sum().fill_null(0),
        waiting=rows.waiting.cast("int64").sum(),
    )


def values(log: LogTables, scope: Scope) -> ir.Table:
    """Order statistics of what each promise measures, in the period; see ranks.ranked."""
    rows = judged(log, scope, touches(log, scope))
    return ranked(rows, [*scope.by, "touchpoint", "promise"], "value")


def _of_both_periods(log: LogTables, scope: Scope) -> ir.Table:
    if scope.from_on is None:
        rows = judged(log, scope, touches(log, scope))
        return rows.mutate(before=ibis.literal(False))
    length = scope.last_on - scope.from_on + timedelta(days=1)
    longer = replace(scope, from_on=scope.from_on - length)
    rows = judged(log, longer, touches(log, longer))
    return rows.mutate(before=rows.occurred_on < ibis.literal(scope.from_on))


def promise_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per promise in force (and ``by``, where a touch is about it); see results.py."""
    names = [*scope.by, "touchpoint", "promise"]
    told = _told(found["named"])
    tallied = by_place(found["tallies"], [*names, "before"])
    ranks = figures.ranks_by_place(found["values"], names)
    register = figures.register_of(found["register"])
    in_force = by_place(found["promises"], ["promised_at", "promise"])
    places = list(dict.fromkeys(place[:-1] for place in tallied))
    if not scope.by:
        places += [place for place in in_force if place not in places]
    places = [place for place in figures.ordered(places) if place[-2:] in in_force]
    rows = [
        figures.naming(register, place[-2])
        | _promise(in_force[place[-2:]], told.get(str(place[-1]), {}))
        | _counted(tallied, place, scope)
        | _measured(ranks.get(place))
        for place in places
    ]
    _mark_changes(rows)
    keys = key_columns((place[:-2] for place in places), scope.by)
    return Outcome(keys | figures.gathered(rows, [one.name for one in PROMISE_COLUMNS]), _notes(rows))


def _told(columns: Columns) -> dict[str, Mapping[str, Any]]:
    """What decisions say of each promise, by key."""
    bodies = (figures.read_object(body) for body in columns["body"].tolist())
    return dict(zip(columns["key"].tolist(), bodies, strict=True))


def _promise(row: Row, said: Mapping[str, Any]) -> Row:
    version = said.get("version")
    return {
        "promise": row["promise"],
        "promise_name": str(said.get("name") or row["promise"]),
        "measured": row["column"],
        "unit": UNITS.get(row["column"], "seconds"),
        "at_most": figures.known(row["at_most"]),
        "at_least": figures.known(row["at_least"]),
        "version": version if isinstance(version, int) else None,
    }


def _counted(tallied: Mapping[Place, Row], place: Place, scope: Scope) -> Row:
    now, before = (tallied.get((*place, earlier), {}) for earlier in (False, True))
    n, kept, touched = (int(now.get(name, 0)) for name in ("judged", "kept", "touches"))
    n_before, kept_before = int(before.get("judged", 0)), int(before.get("kept", 0))
    waiting = int(now.get("waiting", 0))
    apart = difference(kept, n, kept_before, n_before)
    if apart:
        change = figures.interval("change", apart.value, apart.low, apart.high)
    else:
        reason = NO_BEFORE if scope.from_on is None else NOBODY_BEFORE if n else NOBODY
        change = figures.unknown("change", reason)
    share = share_estimate([kept], [n], nobody=NOBODY)
    return {
        "kept": kept,
        **figures.plain("kept_share", share, prefixed=False),
        "waiting": waiting,
        "untold": touched - n - waiting,
        **change,
        "before_n": n_before,
        "p_value": apart.p_value if apart else None,
        "real_change": None,
    }


def _measured(ranks: Ranks | None) -> Row:
    found = ranks or NOTHING
    low, high = found.median_interval()
    reason = FEW if 0 < found.n < 6 else None if found.n else NOBODY
    return figures.interval("median", found.quantile(0.5), low, high, reason) | {
        "p90": figures.known(found.quantile(0.9)),
        "p10": figures.known(found.quantile(0.1)),
    }


def _mark_changes(rows: Sequence[Row]) -> None:
    """real_change of every row, judged together; and for a checklist the value that nine in ten reach."""
    for row, real in zip(rows, beyond_chance([row["p_value"] for row in rows]), strict=True):
        row["real_change"] = real
        tenth = row.pop("p10")
        if row["at_least"] is not None:
            row["p90"] = tenth


def _notes(rows: Sequence[Row]) -> tuple[str, ...]:
    if not rows:
        return ("Nothing was promised yet.",)
    notes = []
    untold = sorted({row["promise_name"] for row in rows if not row["n"] and row["untold"]})
    if untold:
        notes.append(f"The log does not tell what these promises measure: {', '.join(untold)}.")
    real = sum(row["real_change"] is True for row in rows)
    if real:
        notes.append(f"Promises kept more or less often than in the period before by more than chance: {real}.")
    return tuple(notes)
