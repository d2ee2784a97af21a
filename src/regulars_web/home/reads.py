"""What each part of the page reads: measures, the customer base, and a few queries of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

import pyarrow as pa
import pyarrow.compute as pc

from regulars.base import Base, open_base
from regulars.errors import MeasureError
from regulars.groups.publishing import groups
from regulars_web.home import elsewhere, sql
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Readings, ask, ask_everyone, ask_log

# Days in which to come back; the longest for which there are enough customers is shown.
WINDOWS_DAYS = (365, 180, 90, 30)
ENOUGH = 30


def lead(frame: Frame) -> Readings:
    """For the title, the sentence under it, the index and the five steps."""
    return {
        "inventory": ask_log(frame, sql.inventory(frame.newest)),
        "coverage": ask(frame, "coverage"),
        **elsewhere.leading(frame),
    }


def next_things(frame: Frame) -> Readings:
    """For the next three things."""
    return {
        **elsewhere.to_do(frame),
        "inventory": ask_log(frame, sql.inventory(frame.newest)),
        "coverage": ask(frame, "coverage", period=(frame.first, frame.last)),
        "revenue": ask(frame, "revenue", period=(None, None)),
        "gaps": ask(frame, "gaps", period=(None, None)),
        "groups": Reading([{"groups": sum(1 for one in groups(frame.workspace) if one.readable)}]),
        "pairs": ask_everyone(frame, sql.DOUBTFUL_PAIRS),
        "answers": ask_log(frame, sql.recommending(frame.first, frame.last)),
        "touches": ask_log(frame, sql.touches_by_day(frame.newest)),
        **_coming_back(frame),
        **_state(frame),
    }


def numbers(frame: Frame) -> Readings:
    """For the row of numbers."""
    first, last = frame.first, frame.last
    read = {
        "inventory": ask_log(frame, sql.inventory(frame.newest)),
        "coverage": ask(frame, "coverage", period=(first, last)),
        "revenue": ask(frame, "revenue", period=(None, None)),
        "revenue_now": ask(frame, "revenue", period=(first, last)),
        "active": ask(frame, "segments", period=(first, last)),
        "pareto": ask(frame, "pareto", period=(first, last)),
        "curve": ask(frame, "pareto_curve", period=(first, last)),
        "order": ask_log(frame, sql.average_order(first, last)),
        "touches": ask_log(frame, sql.touches_by_day(frame.newest)),
        **_coming_back(frame),
        **_state(frame),
    }
    if frame.before and first:
        before_first, before_last = frame.before
        read["changes"] = ask_log(frame, sql.changes(first, last, frame.before))
        read["revenue_before"] = ask(frame, "revenue", period=(before_first, before_last))
        read["pareto_before"] = ask(frame, "pareto", period=(before_first, before_last))
    return read


def trends(frame: Frame) -> Readings:
    """For revenue and customers by month."""
    return {"revenue": ask(frame, "revenue", period=(None, None))}


def few(frame: Frame) -> Readings:
    """For who brings the money."""
    return {
        "pareto": ask(frame, "pareto", period=(frame.first, frame.last)),
        "curve": ask(frame, "pareto_curve", period=(frame.first, frame.last)),
    }


def segments(frame: Frame) -> Readings:
    """For the kinds of customers."""
    return {"segments": _segments(frame)}


def known(frame: Frame) -> Readings:
    """For what the log cannot tell."""
    return {
        "coverage": ask(frame, "coverage", period=(frame.first, frame.last)),
        "inventory": ask_log(frame, sql.inventory(frame.newest)),
    }


# Parts whose readings are kept. What customers wrote is read anew each time.
PARTS: Mapping[str, Callable[[Frame], Readings]] = {
    "lead": lead,
    "next": next_things,
    "warned": elsewhere.mistakes,
    "numbers": numbers,
    "trends": trends,
    "few": few,
    "segments": segments,
    "known": known,
}


def said(frame: Frame) -> Readings:
    """What customers wrote in the period; complaints where nobody answered in words."""
    quotes = ask_log(frame, sql.quotes(frame.first, frame.last))
    if not quotes.rows:
        quotes = ask_log(frame, sql.complaint_words(frame.first, frame.last))
    return {"quotes": quotes, **recommending(frame)}


def recommending(frame: Frame) -> Readings:
    """Answers to the question whether they recommend us, without any words; and how many customers bought."""
    return {
        "nps": ask(frame, "nps", period=(frame.first, frame.last)),
        "nps_trend": ask(frame, "nps_trend", period=(None, frame.last)),
        "answers": ask_log(frame, sql.recommending(frame.first, frame.last)),
        "active": ask(frame, "segments", period=(frame.first, frame.last)),
    }


def _coming_back(frame: Frame) -> Readings:
    """Those whose time to come back ended in the period, and in the period before; by the longest window that tells."""
    read: dict[str, Reading] = {}
    for days in WINDOWS_DAYS:
        window = timedelta(days=days)
        first = frame.first - window if frame.first else None
        now = ask(frame, "repeat", period=(first, frame.last - window))
        if now.where("window_days", days).get("customers", 0) >= (ENOUGH if days > WINDOWS_DAYS[-1] else 0):
            read["window"] = Reading([{"days": days}])
            read["repeat"] = now
            if frame.before:
                begins, ends = (day - window for day in frame.before)
                read["repeat_before"] = ask(frame, "repeat", period=(begins, ends))
            read["quarters"] = ask_log(frame, sql.came_back_by_quarter(frame.newest, days))
            break
    return read


def _state(frame: Frame) -> Readings:
    """The customers as they stand now, and those slipping away."""
    base = open_base(frame.workspace, as_of=frame.newest)
    trust = Reading([{"sentence": base.about.trust.sentence, "reason": base.about.trust.reason}])
    read = {"state": _ask_base(base, frame, sql.STATE), "trust": trust, "slipping": _slipping(base, frame)}
    gaps = ask(frame, "gaps", period=(None, None)).where("gap_number", 1)
    if gaps and gaps["p75_days"] is not None:
        days = round(gaps["p75_days"])
        still = _ask_base(base, frame, sql.STILL_IN_TIME, [days], joint=" AND")
        read["still"] = Reading([{**still.only, "days": days}], sql=still.sql)
    return read


def _ask_base(base: Base, frame: Frame, query: str, bound: list[object] | None = None, joint: str = "") -> Reading:
    text, values = query, list(bound or [])
    if frame.members is not None:
        group = sql.IN_GROUP.replace(" WHERE", joint, 1) if joint else sql.IN_GROUP
        text, values = query + group, [*values, sorted(frame.members)]
    return Reading(base.run(text, values).to_pylist(), sql=text.strip())


def _slipping(base: Base, frame: Frame) -> Reading:
    """How key customers who slip away used to buy, from the measure over all customers, as lists show it."""
    try:
        result = frame.workspace.measure("slipping", as_of=frame.newest)
    except MeasureError as error:
        return Reading(unknown=str(error), measure="slipping")
    if base.about.trust.reason:
        return Reading(unknown=base.about.trust.reason, measure="slipping", sql=result.sql)
    keys = base.run(sql.SLIPPING_KEYS)["client_key"]
    table = result.to_arrow()
    table = table.filter(pc.is_in(table["client_key"], value_set=keys.combine_chunks()))
    if frame.members is not None:
        table = table.filter(pc.is_in(table["client_key"], value_set=_as_keys(frame.members)))
    rows = [] if not table.num_rows else [_medians(table)]
    return Reading(rows, tuple(result.notes), "", "slipping", result.sql)


def _as_keys(members: frozenset[int]) -> pa.Array:
    return pa.array(sorted(members), pa.int64())


def _medians(table: pa.Table) -> dict[str, object]:
    names = ("mean_gap_days", "recency_days")
    return {name: pc.quantile(table[name], q=0.5)[0].as_py() for name in names}


def _segments(frame: Frame) -> Reading:
    base = open_base(frame.workspace, as_of=frame.newest)
    group = "" if frame.members is None else sql.IN_GROUP
    text = sql.SEGMENTS.format(group=group, joint="AND" if group else "WHERE")
    bound = [] if frame.members is None else [sorted(frame.members)]
    return Reading(base.run(text, bound).to_pylist(), measure="segments", sql=text.strip())
