"""How important customers say that each factor is: rated, ranked, or chosen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regulars.measures.drivers.questionnaires import Sheet
from regulars.measures.drivers.questions import IMPORTANCE, factor_of
from regulars.measures.drivers.weighted import Figure, Whose, mean_of, share_of
from regulars.measures.registry import Columns

NOT_ASKED = "Nobody was asked how important this factor is."
NO_SCALE = "The scale of this question is not known."
RATED, RANKED, CHOSEN = "rated", "ranked", "chosen"
SCALE = (0.0, 100.0)


@dataclass(frozen=True)
class Stated:
    """Importance 0-100 that was said, and how it was asked; none where it was not."""

    figure: Figure
    how: str | None


def stated_importance(factors: list[str], sheet: Sheet, choices: Columns) -> list[Stated]:
    """What was said of each factor's importance; ratings go before rankings, rankings before choices.

    factors  keys of their questions
    choices  rows of ``expressions.chosen_factors`` of this survey

    Rated: mean on 0-100. Ranked: 100 for the first place, 0 for the last, a factor left out counts with the mean of
    the places that are left. Chosen: percent of those who chose anything.
    """
    names = [factor_of(question) for question in factors]
    chosen = _chosen(names, choices)
    return [_rated(question, sheet) or chosen.get(factor_of(question)) or _nothing() for question in factors]


def _nothing() -> Stated:
    return Stated(Figure(reason=NOT_ASKED), None)


def _rated(question: str, sheet: Sheet) -> Stated | None:
    asked = question + IMPORTANCE
    if asked not in sheet.questions:
        return None
    if not sheet.is_scaled(asked):
        return Stated(Figure(reason=NO_SCALE), RATED)
    return Stated(mean_of(sheet.column(asked), sheet.weights, sheet.who, ends=SCALE, nobody=NOT_ASKED), RATED)


def _chosen(names: list[str], choices: Columns) -> dict[str, Stated]:
    """The question about these factors that most people answered; nothing where there is none."""
    best: dict[str, Stated] = {}
    most = 0
    for question in sorted(set(choices["question"].tolist())):
        rows = {name: values[choices["question"] == question] for name, values in choices.items()}
        given = set(rows["choice"].tolist())
        people = len(np.unique(rows["interaction_id"]))
        if given <= set(names) and people > most:
            best, most = _of_question(names, rows), people
    return best


def _of_question(names: list[str], rows: Columns) -> dict[str, Stated]:
    people, first, row = np.unique(rows["interaction_id"], return_index=True, return_inverse=True)
    weights = np.zeros(len(people))
    np.maximum.at(weights, row, rows["weight"].astype(np.float64))
    column = np.array([names.index(choice) for choice in rows["choice"].tolist()], dtype=np.int64)
    place = rows["place"].astype(np.float64)
    kept = weights > 0
    _, who = np.unique(rows["who"][first][kept], return_inverse=True)
    if np.isfinite(place).any():
        worth = _worth_of_places(place, rows["places"].astype(np.float64), row, column, (len(people), len(names)))
        return {
            name: Stated(mean_of(worth[kept, at], weights[kept], who, ends=SCALE, nobody=NOT_ASKED), RANKED)
            for at, name in enumerate(names)
        }
    taken = np.zeros((len(people), len(names)))
    taken[row, column] = 1.0
    return {name: Stated(_percent(taken[kept, at], weights[kept], who), CHOSEN) for at, name in enumerate(names)}


def _worth_of_places(
    place: np.ndarray, places: np.ndarray, row: np.ndarray, column: np.ndarray, shape: tuple[int, int]
) -> np.ndarray:
    """100 for the first of the places, 0 for the last; blanks share the places that were not given."""
    given = np.full(shape, np.nan)
    given[row, column] = place
    known = places[np.isfinite(places)]
    last = max(float(known.max()) if len(known) else 0.0, float(np.nanmax(place)), 2.0)
    count = np.isfinite(given).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        left = (last * (last + 1) / 2 - np.nansum(given, axis=1)) / (last - count)
    # Where every place was given, a factor without one was not on offer.
    filled = np.where(np.isfinite(given), given, np.where(count < last, left, np.nan)[:, None])
    return np.clip((last - filled) / (last - 1) * 100, 0.0, 100.0)


def _percent(chosen: np.ndarray, weights: np.ndarray, who: Whose) -> Figure:
    found = share_of(chosen, weights, who, nobody=NOT_ASKED)
    return Figure(found.value * 100, found.low * 100, found.high * 100, found.n, found.reason)
