"""Recognition from touches and answers: one row a unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from regulars.measures.estimates import SMALL_SAMPLE
from regulars.measures.intervals import mean_estimate, share_estimate
from regulars.measures.recognition.columns import RECOGNITION_COLUMNS
from regulars.measures.recognition.comparing import (
    ABOVE,
    BELOW,
    FEWEST_CUSTOMERS,
    FEWEST_TOUCHES,
    TOO_FEW,
    Compared,
    compare,
    expected_chance,
    expected_value,
)
from regulars.measures.recognition.expressions import ALIKE
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import Key, joined, splits
from regulars.measures.touchpoints import figures
from regulars.measures.touchpoints.figures import Row, gathered

NAMES = tuple(column.name for column in RECOGNITION_COLUMNS)
NO_WINDOW = "No touch lies far enough back to tell whether the customer returned."
NO_ANSWERS = "Nobody answered a question after a touch."
FEW = f"Fewer than {FEWEST_TOUCHES} cases or {FEWEST_CUSTOMERS} customers."
ALONE = "There is nobody to compare with."
NOT_APART = "The log cannot tell these apart from one another, so nobody is ranked."
OF_ANSWERS = ("asked", "like_touchpoint", "like_channel", "season")
SILENT_DAYS, ORDERS = (30, 90, 365), (0, 1, 3)


def recognition_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per unit with a touch (and ``by``); see results.py."""
    parts: dict[Key, dict[str, Columns]] = {}
    for name in ("touches", "answers"):
        for key, columns in splits(found[name], scope.by):
            parts.setdefault(key, {})[name] = columns
    listed, apart = [], False
    for key, part in parts.items():
        if "touches" in part:
            rows, sure = _rows(part["touches"], part.get("answers"))
            apart = apart or sure
            listed.append((key, gathered(rows, NAMES)))
    notes = () if apart or not listed else (NOT_APART,)
    return Outcome(joined(listed, scope.by, NAMES), notes)


def _rows(touches: Columns, answers: Columns | None) -> tuple[list[Row], bool]:
    over = touches["over"].astype(np.int64) == 1
    told = {name: values[over] for name, values in touches.items()}
    returned = _returned(told) if over.any() else None
    scored = _scored(answers) if answers is not None else None
    units = sorted({str(unit) for unit in touches["unit"].tolist()})
    rows = [_row(unit, touches, returned, scored) for unit in units]
    rows.sort(key=lambda row: (row["rank"] is None, row["rank"] or 0, row["unit"]))
    return rows, any(row[name] in (ABOVE, BELOW) for row in rows for name in ("verdict", "score_verdict"))


def _returned(told: Columns) -> Compared:
    happened = told["returned"].astype(float)
    chance = expected_chance([*(told[name] for name in ALIKE), *_history(told)], happened)
    return compare(told["unit"], told["client_key"], happened, chance, np.sqrt(chance * (1 - chance)))


def _history(told: Columns) -> list[np.ndarray[Any, Any]]:
    """What the customer had bought before: how often, how long ago, and how much, in bands."""
    orders, spent = told["orders_before"].astype(float), np.nan_to_num(told["spent_before"].astype(float))
    silent = np.nan_to_num(told["silent_days"].astype(float), nan=-1.0)
    bought = orders > 0
    cuts = np.quantile(spent[bought], (0.2, 0.4, 0.6, 0.8)) if bought.any() else np.zeros(0)
    worth = np.where(bought, 1 + np.searchsorted(cuts, spent, side="left"), 0)
    return [
        np.searchsorted(np.array(ORDERS), orders, side="left"),
        np.where(silent < 0, -1, np.searchsorted(np.array(SILENT_DAYS), silent, side="left")),
        worth,
    ]


def _scored(answers: Columns) -> Compared:
    values = answers["position"].astype(float)
    usual = expected_value([answers[name] for name in OF_ANSWERS], values)
    # A guest's questionnaire is a person of its own; ids are positive.
    known = np.array([key is not None and not np.isnan(float(key)) for key in answers["client_key"].tolist()])
    people = np.where(known, np.nan_to_num(answers["client_key"].astype(float)), -answers["alone"].astype(float))
    return compare(answers["unit"], people, values, usual)


def _row(unit: str, touches: Columns, returned: Compared | None, scored: Compared | None) -> Row:
    mine = touches["unit"].astype(str) == unit
    points = Counter(touches["like_touchpoint"][mine].tolist())
    main = min(points, key=lambda name: (-points[name], name)) if points else ""
    place = _place(returned, unit)
    other = _place(scored, unit)
    return {
        "unit": unit,
        "touchpoint": main or None,
        "customers": len(set(touches["client_key"][mine].tolist())),
        "touches": int(mine.sum()),
        **_share(returned, place),
        "expected_share": _at(returned, "expected", place),
        "raw_difference": _at(returned, "raw", place),
        **_difference("difference", returned, place, NO_WINDOW),
        "verdict": returned.verdict[place] if returned and place is not None else TOO_FEW,
        "rank": returned.rank[place] if returned and place is not None else None,
        "p_value": _at(returned, "p_value", place),
        **_mean(scored, other),
        "expected_score": _at(scored, "expected", other),
        **_difference("score_difference", scored, other, NO_ANSWERS),
        "score_verdict": scored.verdict[other] if scored and other is not None else TOO_FEW,
        "score_rank": scored.rank[other] if scored and other is not None else None,
    }


def _place(compared: Compared | None, unit: str) -> int | None:
    return compared.units.index(unit) if compared and unit in compared.units else None


def _at(compared: Compared | None, name: str, place: int | None) -> float | None:
    if compared is None or place is None:
        return None
    return figures.known(float(getattr(compared, name)[place]))  # type: ignore[no-any-return]


def _share(compared: Compared | None, place: int | None) -> Row:
    n = int(compared.n[place]) if compared and place is not None else 0
    hits = round(float(compared.observed[place]) * n) if compared and place is not None else 0
    return figures.plain("returned_share", share_estimate([hits], [n], nobody=NO_WINDOW))


def _mean(compared: Compared | None, place: int | None) -> Row:
    if compared is None or place is None:
        return figures.mean("score", None, None, 0, nobody=NO_ANSWERS)
    n, mean = int(compared.n[place]), float(compared.observed[place])
    return figures.plain("score", mean_estimate([mean], [compared.deviation[place]], [n], nobody=NO_ANSWERS))


def _difference(name: str, compared: Compared | None, place: int | None, nobody: str) -> Row:
    if compared is None or place is None:
        return figures.unknown(name, nobody) | {f"{name}_n": 0, f"{name}_small_sample": True}
    n = int(compared.n[place])
    beside = {f"{name}_n": n, f"{name}_small_sample": n < SMALL_SAMPLE}
    if np.isnan(compared.shrunk[place]):
        reason = FEW if n < FEWEST_TOUCHES or compared.people[place] < FEWEST_CUSTOMERS else ALONE
        return figures.unknown(name, reason) | beside
    value, low, high = (float(getattr(compared, end)[place]) for end in ("shrunk", "low", "high"))
    return figures.interval(name, value, low, high) | beside
