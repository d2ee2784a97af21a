"""Scores from counts: raw, weighted and re-weighted to the customer base, each with its interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from regulars.measures.estimates import SMALL_SAMPLE, Estimate, Floats, estimate_values
from regulars.measures.intervals import mean_estimate, share_estimate
from regulars.measures.registry import Columns, Outcome, Statistics
from regulars.measures.scope import Scope
from regulars.measures.scores.asking import GOOD_SHARE, NET
from regulars.measures.scores.effects import UNKNOWN, Score, repeats_effect, scored, weights_effect
from regulars.measures.scores.rebasing import Cell, Rebased, Voices, rebased
from regulars.measures.splits import Key, joined, objects, splits

NOBODY = "Nobody answered a question of this kind in the period."
NO_WEIGHTS = "No answer carries a weight."
MIXED_SCALES = "The answers are on different scales; split by question."
LEVELS = (1, 0, -1)
COUNTS = ("good", "middling", "bad")

Row = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What a score is called: its columns for good, middling and bad answers, itself, and its unit.

    counts  what a good, a middling and a bad answer count
    factor  100 for points of a net score, 1 for a share
    """

    name: str
    levels: tuple[str, str, str]
    counts: tuple[float, float, float] = NET
    factor: float = 100.0
    with_mean: bool = False


def scores(wanted: Wanted) -> Statistics:
    """The statistics of a score: one row (and ``by``); see results.py."""

    def statistics(found: Mapping[str, Columns], scope: Scope) -> Outcome:
        parts = _parts(found, scope)
        base = _bases(found["base"], scope)
        rows = [(key, _row(wanted, part, base(key))) for key, part in parts.items() if "tallies" in part or not key]
        names = list(_row(wanted, {}, {}))
        return Outcome(joined([(key, _columns(row)) for key, row in rows], scope.by, names), _notes(parts, wanted))

    return statistics


def unknown_row(wanted: Wanted, reason: str) -> Row:
    """A row of which nothing is told, with the reason."""
    row = _row(wanted, {}, {})
    said = {name: reason for name in row if name.endswith("_reason")}
    return dict.fromkeys(row) | said


def _parts(found: Mapping[str, Columns], scope: Scope) -> dict[Key, dict[str, Columns]]:
    """The rows of every table by their key; one key of nothing where nobody answered and nothing is split."""
    parts: dict[Key, dict[str, Columns]] = {} if scope.by else {(): {}}
    for name in ("tallies", "weights", "means", "left_out"):
        for key, columns in splits(found[name], scope.by) if name in found else ():
            parts.setdefault(key, {})[name] = columns
    return parts


def _bases(cells: Columns, scope: Scope) -> Callable[[Key], dict[Cell, float]]:
    """The cells of the base that go with a key: of these clients where it is split by a column of clients."""
    shared = tuple(name for name in scope.by if name in cells)
    by_key: dict[Key, dict[Cell, float]] = {}
    for key, columns in splits(cells, shared):
        found = zip(columns["base_type"].tolist(), columns["base_fifth"], columns["customers"], strict=True)
        by_key[key] = {(type_, int(fifth)): float(n) for type_, fifth, n in found}
    places = [scope.by.index(name) for name in shared]
    return lambda key: by_key.get(tuple(key[place] for place in places), {})


def _row(wanted: Wanted, part: Mapping[str, Columns], base: dict[Cell, float]) -> Row:
    tallies = part.get("tallies", {name: np.zeros(0) for name in (*COUNTS, "customers", "base_fifth", "base_type")})
    answers = np.column_stack([tallies[name] for name in COUNTS]).astype(np.float64)
    customers = tallies["customers"].astype(np.float64)
    totals = answers.T @ customers
    n = float(totals.sum())
    effect = repeats_effect(answers, customers, wanted.counts) if n else 1.0
    raw = scored((totals / n).tolist(), n / effect, wanted.counts) if n else UNKNOWN
    again = rebased(base, _voices(answers, tallies), wanted.counts)
    return {
        **{name: int(total) for name, total in zip(wanted.levels, totals, strict=True)},
        **_ends(wanted.name, raw.times(wanted.factor)),
        "n": int(n),
        f"{wanted.name}_reason": None if n else NOBODY,
        "small_sample": n < SMALL_SAMPLE,
        "customers": int(customers.sum()),
        **_weighted(wanted, part.get("weights"), n, effect),
        **_rebased(wanted, again, n),
        **(mean_rows(part.get("means"), effect) if wanted.with_mean else {}),
        "duplicates": _left_out(part, "duplicates"),
    }


def _ends(name: str, score: Score) -> Row:
    return {name: score.value, f"{name}_low": score.low, f"{name}_high": score.high}


def _weighted(wanted: Wanted, weights: Columns | None, n: float, effect: float) -> Row:
    name = f"{wanted.name}_weighted"
    if weights is None or not weights["weighted"].sum() or not weights["weights"].sum() > 0:
        reason = NO_WEIGHTS if n else NOBODY
        return {**_ends(name, UNKNOWN), f"{name}_reason": reason, "design_effect": None}
    place = {int(level): row for row, level in enumerate(weights["level"])}
    sums = [
        np.array([weights[column][place[level]] if level in place else 0.0 for level in LEVELS], dtype=np.float64)
        for column in ("weights", "squares")
    ]
    design = weights_effect(sums[0], sums[1], n, wanted.counts)
    score = scored((sums[0] / sums[0].sum()).tolist(), n / (design * effect), wanted.counts)
    return {**_ends(name, score.times(wanted.factor)), f"{name}_reason": None, "design_effect": design}


def _voices(answers: Floats, tallies: Columns) -> dict[Cell, Voices]:
    """Customers of the base who answered, in their cells."""
    said: dict[Cell, Voices] = {}
    for row, fifth in enumerate(tallies["base_fifth"].tolist()):
        if fifth is None or np.isnan(fifth):
            continue
        voices = said.setdefault((tallies["base_type"][row], int(fifth)), Voices())
        voices.parts.append(answers[row] / answers[row].sum())
        voices.customers.append(float(tallies["customers"][row]))
    return said


def _rebased(wanted: Wanted, again: Rebased, n: float) -> Row:
    name = f"{wanted.name}_rebased"
    return {
        **_ends(name, again.score.times(wanted.factor)),
        f"{name}_n": again.customers,
        f"{name}_reason": again.reason if n else NOBODY,
    }


def mean_rows(means: Columns | None, effect: float, *, nobody: str = NOBODY) -> Row:
    """The mean on the scale as asked, where all were asked on one, and from 0 to 100; with intervals and reasons."""
    n = int(means["scored"][0]) if means is not None else 0
    if means is None or not n:
        nothing = (_mean_row(name, np.nan, np.nan, 0, nobody) for name in ("mean", "mean_100"))
        return {"scale": None} | next(nothing) | next(nothing)
    one = all(means[f"least_{end}"][0] == means[f"greatest_{end}"][0] for end in ("min", "max"))
    wider = np.sqrt(effect)
    row = _mean_row("mean", float(means["mean"][0]), wider * float(means["deviation"][0]), n, nobody)
    if not one:
        row = {**_ends("mean", UNKNOWN), "mean_reason": MIXED_SCALES}
    return {
        **row,
        "scale": f"{means['least_min'][0]:g}-{means['least_max'][0]:g}" if one else None,
        **_mean_row("mean_100", float(means["mean_100"][0]), wider * float(means["deviation_100"][0]), n, nobody),
    }


def _mean_row(name: str, mean: float, deviation: float, n: int, nobody: str) -> Row:
    found = mean_estimate([mean], [deviation], [n], nobody=nobody)
    ends = [None if np.isnan(end[0]) else float(end[0]) for end in (found.value, found.low, found.high)]
    return {**_ends(name, Score(*ends)), f"{name}_reason": found.reason[0]}


def _columns(row: Row) -> Columns:
    return {name: objects([value]) for name, value in row.items()}


def _left_out(part: Mapping[str, Columns], name: str) -> int:
    found = part["left_out"][name][0] if "left_out" in part else 0
    return 0 if found is None or np.isnan(found) else int(found)


def _notes(parts: Mapping[Key, Mapping[str, Columns]], wanted: Wanted) -> tuple[str, ...]:
    """What a reader must know of answers that are not counted, or that are counted together."""
    totals = {
        name: sum(_left_out(part, name) for part in parts.values())
        for name in ("duplicates", "other_scale", "other_people")
    }
    questions = max((_left_out(part, "questions") for part in parts.values()), default=0)
    said = []
    if totals["duplicates"]:
        said.append(f"{totals['duplicates']:,} answers are marked as likely repeats and are left out.")
    if totals["other_scale"]:
        said.append(f"{totals['other_scale']:,} answers are on no scale that {wanted.name} can read and are left out.")
    if totals["other_people"]:
        said.append(f"{totals['other_people']:,} answers of other people are left out; {OTHERS}.")
    if questions > 1:
        said.append(f"{questions} different questions are put together; --by question shows each.")
    return tuple(said)


OTHERS = "customers, employees and partners are never mixed (nps, enps, partner_nps)"

NPS = Wanted("nps", ("promoters", "passives", "detractors"))
ENPS = Wanted("enps", NPS.levels)
PARTNER_NPS = Wanted("partner_nps", NPS.levels)
CSAT = Wanted("share", ("satisfied", "neutral", "dissatisfied"), GOOD_SHARE, 1.0, with_mean=True)
CES = Wanted("share", ("easy", "neutral", "difficult"), GOOD_SHARE, 1.0, with_mean=True)


def rating_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per survey, question and scale (and ``by``); see results.py."""
    columns = found["ratings"]
    n = columns["n"].astype(np.int64)
    low, high = columns["scale_min"], columns["scale_max"]
    mean = mean_estimate(columns["mean"], columns["deviation"], n, nobody=NOBODY)
    way = 100.0 / (high - low)
    of_100 = Estimate((mean.value - low) * way, (mean.low - low) * way, (mean.high - low) * way, n, mean.reason)
    tops, bottoms = (share_estimate(columns[name], n, nobody=NOBODY) for name in ("top", "bottom"))
    kept = ("survey", "question", "answer_kind")
    return Outcome(
        {name: columns[name] for name in (*scope.by, *kept)}
        | {"scale": objects(f"{one:g}-{other:g}" for one, other in zip(low, high, strict=True))}
        | estimate_values("mean", mean)
        | _without_count("mean_100", of_100)
        | _without_count("top_share", tops)
        | _without_count("bottom_share", bottoms),
        _other_people(found),
    )


def _other_people(found: Mapping[str, Columns]) -> tuple[str, ...]:
    """That answers of others than customers are counted elsewhere."""
    counted = found["left_out"]["other_people"] if "left_out" in found else ()
    n = sum(int(count) for count in counted if count is not None and not np.isnan(count))
    said = (
        f"{n:,} answers of other people are left out; customers, employees and partners are never mixed "
        "(ratings, employee_ratings, partner_ratings)."
    )
    return (said,) if n else ()


def _without_count(name: str, estimate: Estimate) -> Columns:
    return {name: estimate.value, f"{name}_low": estimate.low, f"{name}_high": estimate.high}
