"""Promises between departments, measured from hand-overs in the log where there are any, else as both sides rate it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np

from regulars.measures.anonymity import FEWEST, TOO_FEW, waves
from regulars.measures.local_times import DAY_SECONDS, day_number, local_seconds, seconds_of
from regulars.measures.people.columns import DEPARTMENT_PROMISE_COLUMNS
from regulars.measures.purchases import interactions, month_index
from regulars.measures.registry import Columns, LogTables, Outcome
from regulars.measures.scope import Scope
from regulars.measures.scores.taken_back import newest_decisions
from regulars.measures.splits import key_columns
from regulars.measures.touchpoints import figures
from regulars.measures.touchpoints.figures import Place, Row, by_place, gathered
from regulars.measures.touchpoints.in_json import number_in_json, text_in_json, truth_in_json
from regulars.measures.touchpoints.ranks import Ranks, ranked

PROMISE, RATED = "department promise", "department promise rated"
LOG, BY_RATING = "log", "rated"
SIDES = ("from", "to")
NOBODY = "No hand-over of the period can be judged."
NO_RATING = "Nobody of this side has rated the promise in months that are over."
NAMES = tuple(column.name for column in DEPARTMENT_PROMISE_COLUMNS)


def promised(log: LogTables) -> ir.Table:
    """What departments promise each other, newest versions, without those taken back.

    Grain    one row per promise
    Columns  promise · giver, taker · within_seconds float · from_step, to_step: "" for any
    """
    rows = newest_decisions(log, PROMISE)
    rows = rows.filter(~truth_in_json(rows.body, "retired"))
    return rows.select(
        promise=rows.key,
        giver=text_in_json(rows.body, "from"),
        taker=text_in_json(rows.body, "to"),
        within_seconds=number_in_json(rows.body, "within_seconds"),
        from_step=text_in_json(rows.body, "from_step"),
        to_step=text_in_json(rows.body, "to_step"),
    )


def named(log: LogTables, scope: Scope) -> ir.Table:
    """The same as they were written: key, body."""
    return newest_decisions(log, PROMISE)


def ratings(log: LogTables, scope: Scope) -> ir.Table:
    """All ratings up to the last day, earlier versions too: key, version, body, month; one row a rating."""
    rows = log.decisions.filter(log.decisions.noun == RATED)
    rows = rows.mutate(rated_on=(local_seconds(rows.decided_at, scope) / DAY_SECONDS).floor().cast("int64"))
    rows = rows.filter(rows.rated_on <= day_number(ibis.literal(scope.last_on)))
    return rows.select("key", "version", "body", month=month_index(rows.decided_at.date()).cast("int64"))


def tallies(log: LogTables, scope: Scope) -> ir.Table:
    """Hand-overs that began in the period, by what became of them.

    Grain    one row per promise with a hand-over (and ``by``)
    Columns  promise · handovers, judged, kept, waiting int
    """
    rows = handed_over(log, scope)
    return rows.group_by([*scope.by, "promise"]).aggregate(
        handovers=rows.count(),
        judged=rows.kept.count(),
        kept=ibis.coalesce(rows.kept.cast("int64").sum(), 0),
        waiting=rows.kept.isnull().cast("int64").sum(),
    )


def values(log: LogTables, scope: Scope) -> ir.Table:
    """Order statistics of how long the finished hand-overs of each promise took; see ranks.ranked."""
    return ranked(handed_over(log, scope), [*scope.by, "promise"], "took")


def handed_over(log: LogTables, scope: Scope) -> ir.Table:
    """Hand-overs in threads, each from its first touch that starts the clock to the next one that stops it.

    ``where`` and ``by`` speak of the touch that starts the clock. Whoever asks again before the answer counts once.

    Grain    one row per hand-over that began in the period
    Columns  the ``by`` columns · promise · took int seconds, null where it is not over · kept boolean: null while it
             is neither over nor late
    Empty    no promise, or no thread with such touches: no rows
    """
    promises = promised(log)
    everything = interactions(log, Scope(as_of=scope.as_of, to_on=scope.to_on, time_zone=scope.time_zone), guests=True)
    starts = _events(interactions(log, scope, guests=True), promises, "from_step", "taker", scope, scope.by)
    ends = _events(everything, promises, "to_step", "giver", scope, ())
    nulls = {name: ibis.null(starts[name].type()) for name in scope.by}
    both = starts.mutate(is_end=0).union(ends.mutate(is_end=1, **nulls).select(*starts.columns, "is_end"))
    before = ibis.window(group_by=["promise", "thread"], order_by=["second", "is_end"], rows=(None, 0))
    both = both.mutate(ended_before=both.is_end.sum().over(before).cast("int64") - both.is_end)
    start = both.is_end == 0
    each = both.group_by(["promise", "thread", "ended_before"]).aggregate(
        started=both.second.min(where=start),
        started_local=both.local.min(where=start),
        started_on=both.occurred_on.min(where=start),
        ended=both.second.min(where=both.is_end == 1),
        within_seconds=both.within_seconds.max(),
        **{name: both[name].min(where=start) for name in scope.by},
    )
    each = each.filter(each.started.notnull())
    each = each.filter(each.started_on >= ibis.literal(scope.from_on)) if scope.from_on else each
    took = each.ended - each.started
    over = (day_number(ibis.literal(scope.last_on)) + 1) * DAY_SECONDS
    late = (each.started_local + each.within_seconds) < over
    kept = ibis.cases((each.ended.notnull(), took <= each.within_seconds), (late, False), else_=ibis.null("boolean"))
    return each.select(*scope.by, "promise", took=took, kept=kept)


def _events(
    rows: ir.Table, promises: ir.Table, step: str, department: str, scope: Scope, kept: Sequence[str]
) -> ir.Table:
    """Touches in threads that start (or stop) the clock of a promise: by their step, else by their department."""
    touched = rows.filter(rows.thread.notnull()).select(
        *dict.fromkeys(("thread", "step", "department", "occurred_on", *kept)),
        second=seconds_of(rows.occurred_at),
        local=local_seconds(rows.occurred_at, scope),
    )
    by_step = promises.filter(promises[step] != "").select("promise", "within_seconds", key_of_promise=step)
    by_department = promises.filter(promises[step] == "").select("promise", "within_seconds", key_of_promise=department)
    columns = ["promise", "thread", "second", "local", "occurred_on", "within_seconds", *kept]
    one = touched.join(by_step, touched.step == by_step.key_of_promise).select(columns)
    other = touched.join(by_department, touched.department == by_department.key_of_promise).select(columns)
    return one.union(other)


# Numbers ---------------------------------------------------------------------------------------------------


def promise_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per promise in force (and ``by``, where a hand-over is about it); see results.py."""
    told = zip(found["named"]["key"].tolist(), found["named"]["body"].tolist(), strict=True)
    promises = {str(key): figures.read_object(body) for key, body in told}
    promises = {key: body for key, body in promises.items() if body.get("retired") is not True}
    names = [*scope.by, "promise"]
    tallied, ranks = by_place(found["tallies"], names), figures.ranks_by_place(found["values"], names)
    rated = _rated(found["ratings"], scope)
    places: list[Place] = list(tallied)
    if not scope.by:
        places += [(key,) for key in promises if (key,) not in tallied]
    places = [place for place in figures.ordered(places) if place[-1] in promises]
    rows = [_row(place, promises[str(place[-1])], tallied.get(place, {}), ranks.get(place), rated) for place in places]
    return Outcome(key_columns((place[:-1] for place in places), scope.by) | gathered(rows, NAMES), _notes(rows))


def _row(
    place: Place,
    body: Mapping[str, Any],
    tallied: Row,
    ranks: Ranks | None,
    rated: Mapping[tuple[str, str], list[float]],
) -> Row:
    key = str(place[-1])
    n, kept = (int(tallied.get(name, 0)) for name in ("judged", "kept"))
    sides = {side: _rating(side, rated.get((key, side), [])) for side in SIDES}
    known = any(cells[f"rated_{side}"] is not None for side, cells in sides.items())
    within = body.get("within_seconds")
    median = figures.median("median", ranks, nobody=NOBODY)
    return {
        "promise": key,
        "name": str(body.get("name") or key),
        "from": str(body.get("from") or ""),
        "to": str(body.get("to") or ""),
        "within_seconds": within if isinstance(within, int) else None,
        "how": LOG if n else BY_RATING if known else "",
        "kept": kept if n else None,
        "waiting": int(tallied.get("waiting", 0)),
        **figures.share("kept_share", kept, n, nobody=NOBODY, prefixed=False),
        **median,
        "p90": figures.known(ranks.quantile(0.9)) if ranks else None,
        **sides["from"],
        **sides["to"],
    }


def _rated(columns: Columns, scope: Scope) -> dict[tuple[str, str], list[float]]:
    """Scores of the newest wave, by promise and side; one a person, the newest of the wave."""
    found: dict[tuple[str, str], list[tuple[int, int, str, float]]] = {}
    names = ("key", "version", "month", "body")
    for key, version, month, body in zip(*(columns[name].tolist() for name in names), strict=True):
        promise, _, person = str(key).rpartition(":")
        said = figures.read_object(body)
        if isinstance(said.get("score"), int) and said.get("side") in SIDES:
            place = (promise, str(said["side"]))
            found.setdefault(place, []).append((int(month), int(version), person, float(said["score"])))
    return {place: _newest_wave(said, scope) for place, said in found.items()}


def _newest_wave(said: Sequence[tuple[int, int, str, float]], scope: Scope) -> list[float]:
    made = waves([(month, person) for month, _, person, _ in said], scope.last_on)
    if not made:
        return []
    newest: dict[str, float] = {}
    for month, _, person, score in sorted(said):
        if made[-1].holds(month):
            newest[person] = score
    return list(newest.values())


def _rating(side: str, scores: Sequence[float]) -> Row:
    name = f"rated_{side}"
    if len(scores) < FEWEST:
        hidden = figures.unknown(name, TOO_FEW if scores else NO_RATING)
        return hidden | {f"{name}_n": None, f"{name}_small_sample": None}
    mean, deviation = float(np.mean(scores)), float(np.std(scores, ddof=1))
    return figures.mean(name, mean, deviation, len(scores), nobody=NO_RATING)


def _notes(rows: Sequence[Row]) -> tuple[str, ...]:
    if not rows:
        return ("No department has promised another one anything yet.",)
    unmeasured = sorted({row["name"] for row in rows if not row["how"]})
    if not unmeasured:
        return ()
    return (f"Neither the log nor five ratings tell how these promises are kept: {', '.join(unmeasured)}.",)
