"""Scores of many slices at once: answers counted by the log's engine in one query, intervals by the measures' own
statistics. One slice gives the same figures as the measure split by that column; a test holds the two together."""

# ruff: noqa: S608  SQL is put together of texts of ours and days

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.groups.publishing import groups, members
from regulars.measures.scores.asking import GOOD_SHARE, NET
from regulars.measures.scores.effects import repeats_effect, scored
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Row
from regulars_web.voice.reading.sql import answers, within

SPLITS = ("survey", "customer_type", "touchpoint", "branch", "employee")
MOST_GROUPS = 12
PATTERN = ("good", "middling", "bad")
KINDS: Mapping[str, Sequence[float]] = {"nps": NET, "csat": GOOD_SHARE, "ces": GOOD_SHARE}


def slices(frame: Frame) -> dict[str, Reading]:
    """Recommendation by each column, as ``by_<column>``, and by group; satisfaction and effort as a whole."""
    with frame.workspace.engine(members=frame.members) as engine:
        rows = engine.run(_by_columns(frame)).to_pylist()
        each = engine.run(_by_customer(frame)) if not frame.group else None
    found = {f"by_{name}": Reading(_scores(rows, name, "nps"), measure="nps") for name in SPLITS}
    found |= {kind: Reading(_scores(rows, "all", kind), measure=kind) for kind in ("csat", "ces")}
    if each is not None:
        found["by_group"] = Reading(_by_group(frame, each), measure="nps")
    return found


def _answers(frame: Frame) -> str:
    """One row an answer that counts: of customers, usable, no likely repeat; with its level and its columns."""
    return f"""
SELECT a.kind, a.survey, i.client_key, i.touchpoint, i.branch, i.employee, t.customer_type, 'all' AS "all",
    coalesce('c' || i.client_key, 'i' || i.interaction_id) AS who, a.level
FROM ({answers()}) a JOIN interactions i USING (interaction_id)
    LEFT JOIN (
        SELECT client_key, arg_max(customer_type, asserted_at) FILTER (customer_type IS NOT NULL) AS customer_type
        FROM clients GROUP BY client_key) t ON t.client_key = i.client_key
WHERE i.kind = 'answer' AND a.kind IN ('nps', 'csat', 'ces') AND a.score IS NOT NULL AND a.usable AND NOT a.duplicate
    AND a.audience = 'customers' AND {within(frame.first, frame.last, "i.")}"""


_COUNTED = ", ".join(
    f"count(*) FILTER (level = {level}) AS {name}" for name, level in zip(PATTERN, (1, 0, -1), strict=True)
)


def _by_columns(frame: Frame) -> str:
    """One row a column, value and pattern of answers: how many customers have it."""
    parts = [
        f"""SELECT '{name}' AS split, kind, value, good, middling, bad, count(*) AS customers FROM (
SELECT kind, "{name}" AS value, who, {_COUNTED} FROM given GROUP BY kind, "{name}", who)
GROUP BY kind, value, good, middling, bad"""
        for name in (*SPLITS, "all")
    ]
    return f"WITH given AS ({_answers(frame)})\n" + "\nUNION ALL\n".join(parts)


def _by_customer(frame: Frame) -> str:
    """One row a known customer: answers to the recommendation by level."""
    return f"""
SELECT client_key, {_COUNTED} FROM ({_answers(frame)}) WHERE kind = 'nps' AND client_key IS NOT NULL
GROUP BY client_key"""


def _scores(rows: Sequence[Row], split: str, kind: str) -> list[Row]:
    """One row a value, most answers first."""
    values: dict[str | None, list[Row]] = {}
    for row in rows:
        if row["split"] == split and row["kind"] == kind:
            values.setdefault(row["value"], []).append(row)
    found = [{split: value, **score_of(_matrix(each), kind)} for value, each in values.items()]
    return sorted(found, key=lambda row: (-row["n"], str(row[split])))


def score_of(patterns: np.ndarray, kind: str) -> Row:
    """The score of patterns: rows of good, middling, bad answers and how many customers gave just these."""
    answers, customers = patterns[:, :3], patterns[:, 3]
    totals = answers.T @ customers
    n = float(totals.sum())
    counts = KINDS[kind]
    effect = repeats_effect(answers, customers, counts)
    found = scored((totals / n).tolist(), n / effect, counts).times(100.0 if kind == "nps" else 1.0)
    name = "nps" if kind == "nps" else "share"
    levels = ("promoters", "passives", "detractors") if kind == "nps" else PATTERN
    row: Row = {level: int(total) for level, total in zip(levels, totals, strict=True)}
    return {**row, name: found.value, f"{name}_low": found.low, f"{name}_high": found.high, "n": int(n)}


def _by_group(frame: Frame, each: pa.Table) -> list[Row]:
    """The score of each group; a customer may belong to several."""
    found = []
    for group in [one for one in groups(frame.workspace) if one.readable][:MOST_GROUPS]:
        keys = pa.array(sorted(members(frame.workspace, group.key)), pa.int64())
        inside = each.filter(pc.is_in(each["client_key"], value_set=keys))
        if inside.num_rows:
            patterns = _matrix([{**row, "customers": 1} for row in inside.to_pylist()])
            found.append({"group": group.name, "key": group.key, **score_of(patterns, "nps")})
    return found


def _matrix(rows: Sequence[Row]) -> np.ndarray:
    return np.array([[row[name] for name in (*PATTERN, "customers")] for row in rows], dtype=np.float64)
