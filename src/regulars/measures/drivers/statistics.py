"""From answers to rows of the measures drivers and competitors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from regulars.measures.clv.groups import about
from regulars.measures.drivers.competitors import Rivalry, best_gap, rivalries
from regulars.measures.drivers.importance import NO_OUTCOME, Importance, importance_of
from regulars.measures.drivers.priorities import Place, places, sentences
from regulars.measures.drivers.questionnaires import Sheet, questions_seen, sheet_of
from regulars.measures.drivers.questions import Seen, factor_of, factors_of, matrix_of, outcome_of
from regulars.measures.drivers.stated import Stated, stated_importance
from regulars.measures.drivers.weighted import Figure, mean_of
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import Key, key_columns, objects, splits

NO_RATINGS = "Nobody rated this factor."
NO_SCALE = "The scale of this question is not known."
ASSOCIATION = (
    "Importance says how far answers go together. It is no proof that a better rating of a factor would change the "
    "overall answer."
)
OTHER_OUTCOME = (
    "Another question to compare with: drivers_outcome = 1 (satisfaction), 2 (recommendation) or 3 (effort) under "
    "[value] in regulars.toml."
)

Row = dict[str, object]


@dataclass(frozen=True)
class Questionnaires:
    """One survey as one group of customers answered it; outcome and factors are the same for every group."""

    key: Key
    survey: str
    outcome: Seen | None
    factors: list[str]
    sheet: Sheet
    choices: Columns


def driver_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per survey and factor (and ``by``); see results.py. A survey with fewer than two factors has none."""
    rows: list[tuple[Key, Row]] = []
    notes: list[str] = []
    for one in questionnaires(found["ratings"], found["chosen"], scope):
        if len(one.factors) < 2:
            continue
        importance = _importance(one)
        rows += [(one.key, row) for row in _rows(one, importance)]
        notes += [f"{about(one.key, scope.by)}{text}" for text in _notes(one, importance)]
    if rows:
        notes += [ASSOCIATION, OTHER_OUTCOME]
    return Outcome(table(rows, scope.by, DRIVER_COLUMNS), tuple(dict.fromkeys(notes)))


def competitor_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per survey, factor and competitor (and ``by``); see results.py."""
    rows: list[tuple[Key, Row]] = []
    for one in questionnaires(found["ratings"], None, scope):
        rows += [(one.key, _rival_row(one.survey, rival)) for rival in rivalries(one.factors, one.sheet)]
    return Outcome(table(rows, scope.by, COMPETITOR_COLUMNS))


def questionnaires(ratings: Columns, chosen: Columns | None, scope: Scope) -> Iterator[Questionnaires]:
    """Every survey and group of customers that has ratings, by the survey's name."""
    choices = {} if chosen is None else dict(splits(chosen, (*scope.by, "survey")))
    none = {} if chosen is None else {name: values[:0] for name, values in chosen.items()}
    for (survey,), of_survey in sorted(splits(ratings, ("survey",)), key=lambda part: str(part[0])):
        seen = questions_seen(of_survey)
        outcome = outcome_of(seen, scope.settings)
        factors = factors_of(seen, outcome)
        for key, rows in splits(of_survey, scope.by):
            given = choices.get((*key, survey), none)
            yield Questionnaires(key, str(survey), outcome, factors, sheet_of(rows), given)


def table(rows: Sequence[tuple[Key, Row]], by: Sequence[str], names: Sequence[str]) -> Columns:
    """Rows with their keys as columns."""
    return key_columns((key for key, _ in rows), by) | {name: objects(row[name] for _, row in rows) for name in names}


def _importance(one: Questionnaires) -> Importance:
    ratings, sheet = one.sheet.columns(one.factors), one.sheet
    if one.outcome is None:
        unknown = [Figure(n=int(np.isfinite(column).sum()), reason=NO_OUTCOME) for column in ratings.T]
        nothing = np.full(len(unknown), np.nan)
        return Importance(unknown, nothing, [()] * len(unknown), Figure(reason=NO_OUTCOME))
    return importance_of(one.factors, ratings, sheet.column(one.outcome.question), sheet.weights, sheet.who)


def _rows(one: Questionnaires, importance: Importance) -> list[Row]:
    satisfaction = [_satisfaction(one.sheet, question) for question in one.factors]
    stated = stated_importance(one.factors, one.sheet, one.choices)
    rivals = rivalries(one.factors, one.sheet)
    gaps = [best_gap(question, rivals, one.sheet) for question in one.factors]
    on_map = places(importance.shares, [said.figure for said in stated], satisfaction)
    return [
        _asked(one, place)
        | satisfaction[place].columns("satisfaction", "satisfaction_n")
        | _derived(importance, place)
        | _said(stated[place])
        | _gap(*gaps[place])
        | _priority(on_map[place], importance, place, gaps[place][1])
        for place in range(len(one.factors))
    ]


def _asked(one: Questionnaires, place: int) -> Row:
    question = one.factors[place]
    return {
        "survey": one.survey,
        "outcome": one.outcome.question if one.outcome else None,
        "factor": factor_of(question),
        "question": question,
    }


def _satisfaction(sheet: Sheet, question: str) -> Figure:
    if not sheet.is_scaled(question):
        return Figure(n=int(np.isfinite(sheet.column(question)).sum()), reason=NO_SCALE)
    return mean_of(sheet.column(question), sheet.weights, sheet.who, ends=(0.0, 100.0), nobody=NO_RATINGS)


def _derived(importance: Importance, place: int) -> Row:
    cells = importance.shares[place].columns("importance_derived", "n")
    cells["small_sample"] = cells.pop("importance_derived_small_sample")
    r2 = importance.r2
    return cells | {
        "association": float(importance.association[place]),
        "correlated_with": ", ".join(importance.alike[place]) or None,
        "r2": r2.value,
        "r2_low": r2.low,
        "r2_high": r2.high,
        "r2_reason": r2.reason,
    }


def _said(stated: Stated) -> Row:
    return stated.figure.columns("importance_stated", "stated_n") | {"stated_as": stated.how}


def _gap(competitor: str | None, gap: Figure) -> Row:
    return gap.columns("gap_to_best", "gap_n") | {"best_competitor": competitor}


def _priority(on_map: Place, importance: Importance, place: int, gap: Figure) -> Row:
    codes = [*on_map.codes]
    codes += ["behind a competitor"] if gap.high < 0 else []
    unknown = importance.shares[place].reason
    if np.isfinite(importance.shares[place].value):
        codes += ["alike"] if importance.alike[place] else []
        codes += ["thin"] if importance.thin else []
        codes += ["by chance"] if importance.by_chance else []
        codes += ["opposite"] if importance.association[place] < 0 else []
    return {
        "map_by": on_map.by,
        "quadrant": on_map.quadrant,
        "priority": on_map.priority,
        "shortfall": on_map.shortfall,
        "reason_codes": "; ".join(codes) or None,
        # A factor off the map has no sentence of its own: it is said why.
        "reason": " ".join(filter(None, (sentences(tuple(codes)), unknown))) or None,
    }


def _notes(one: Questionnaires, importance: Importance) -> list[str]:
    """What a reader must know of this survey: each note whole, so that pages can say it in another language."""
    r2, survey = importance.r2, one.survey
    if one.outcome is None or not np.isfinite(r2.value):
        return [f"Survey {survey}: {r2.reason}"]
    outcome, together = one.outcome.question, f"{r2.value:.0%}"
    return [
        f"Survey {survey}: factors are compared with the question {outcome}; together they go with {together} of its "
        f"differences, in {r2.n:,} answers.",
        *importance.notes,
    ]


def _rival_row(survey: str, rival: Rivalry) -> Row:
    cells: Row = {
        "survey": survey,
        "factor": factor_of(rival.question),
        "question": rival.question,
        "competitor": rival.competitor,
        "real_gap": rival.real if np.isfinite(rival.gap.low) else None,
    }
    for name, figure in (("ours", rival.ours), ("theirs", rival.theirs), ("gap", rival.gap)):
        cells |= figure.columns(name, "n")
        cells["small_sample"] = cells.pop(f"{name}_small_sample")
    return cells


def matrix_name(question: str) -> str | None:
    """The table a factor stands in, as a result shows it; None for none."""
    return matrix_of(question) or None


def _names(*parts: tuple[str, str]) -> list[str]:
    """Columns of estimates: name and the column of its count."""
    listed = []
    for name, counted in parts:
        listed += [name, f"{name}_low", f"{name}_high", f"{name}_reason", counted]
    return listed


DRIVER_COLUMNS = list(
    dict.fromkeys(
        [
            "survey",
            "outcome",
            "factor",
            "question",
            *_names(("satisfaction", "satisfaction_n"), ("importance_derived", "n")),
            *_names(("importance_stated", "stated_n"), ("gap_to_best", "gap_n")),
            "satisfaction_small_sample",
            "small_sample",
            "importance_stated_small_sample",
            "gap_to_best_small_sample",
            "association",
            "correlated_with",
            "r2",
            "r2_low",
            "r2_high",
            "r2_reason",
            "stated_as",
            "best_competitor",
            "map_by",
            "quadrant",
            "priority",
            "shortfall",
            "reason_codes",
            "reason",
        ]
    )
)
COMPETITOR_COLUMNS = list(
    dict.fromkeys(
        [
            "survey",
            "factor",
            "question",
            "competitor",
            *_names(("ours", "n"), ("theirs", "n"), ("gap", "n")),
            "small_sample",
            "real_gap",
        ]
    )
)
