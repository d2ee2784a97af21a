"""Standings counted, with the revenue of each and what a decent newcomer could take."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from regulars.measures.estimates import Estimate, Floats, estimate_values
from regulars.measures.intervals import Z, share_estimate
from regulars.measures.loyalty.whom import INDIFFERENT, KEEPERS, LOCKED, LOYAL, UNKNOWN, Whom, customers
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import joined, objects

ALL = "all"
STANDINGS = (LOCKED, LOYAL, INDIFFERENT, UNKNOWN, ALL)
NOBODY = "Nobody came back in this period."
NONE_KNOWN = "Of nobody it is known whether they are free to go and satisfied."
NOT_KNOWN = "Whether these customers could leave, or wish to, is not known."
NOT_HEARD = "None of these customers has said how satisfied they are."
TOO_FEW = "Two customers are needed for an interval."
SAMPLES, SEED = 1_000, 20_260_630
MOST_DRAWS = 20_000_000


def kept_or_loyal(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row a standing and one for all (and ``by``); see results.py."""
    parted, notes = customers(found, scope)
    parts = [(key, _rows(whom)) for key, whom in parted]
    return Outcome(joined(parts, scope.by, list(_rows(_nobody()))), (*notes, *_unknown_note(parted)))


def _rows(whom: Whom) -> Columns:
    inside = [whom.standing == standing if standing != ALL else np.ones(len(whom.key), bool) for standing in STANDINGS]
    counts = np.array([int(one.sum()) for one in inside])
    known = counts[-1] - counts[3]
    of_known = [counts[0], counts[1], counts[2], 0, known]
    ns = np.array([known, known, known, 0, known])
    known_share = share_estimate(of_known, ns, nobody=NONE_KNOWN)
    known_share.reason[3] = NOT_KNOWN
    return {
        "place": np.arange(1, len(STANDINGS) + 1),
        "standing": objects(STANDINGS),
        "customers": counts,
        **estimate_values("share", _whole(share_estimate(counts, np.full(5, counts[-1]), nobody=NOBODY))),
        **estimate_values("known_share", _whole(known_share), prefixed=True),
        "satisfied": np.array([int((whom.satisfied[one] == 1).sum()) for one in inside]),
        "not_satisfied": np.array([int((whom.satisfied[one] == 0).sum()) for one in inside]),
        "unheard": np.array([int(np.isnan(whom.satisfied[one]).sum()) for one in inside]),
        "untold": np.array([int((~whom.told[one]).sum()) for one in inside]),
        **{
            f"by_{keeper.replace(' ', '_')}": np.array(
                [sum(keeper in kept for kept in whom.keepers[one]) for one in inside]
            )
            for keeper in KEEPERS
        },
        "revenue": objects(sum(whom.money[one].tolist()) for one in inside),
        **estimate_values("could_take", _could_take(whom, inside), prefixed=True),
    }


def _whole(estimate: Estimate) -> Estimate:
    """Of all, all: nothing is estimated."""
    estimate.low[-1] = estimate.value[-1]
    return estimate


def _could_take(whom: Whom, inside: list[np.ndarray]) -> Estimate:
    """The money, its interval and count for every standing; null with a reason where nothing is known."""
    marks = whom.open_to_others
    values, lows, highs = (np.full(len(STANDINGS), np.nan) for _ in range(3))
    counted = np.zeros(len(STANDINGS), dtype=np.int64)
    why = objects([NOT_HEARD, NONE_KNOWN, NONE_KNOWN, NOT_KNOWN, NONE_KNOWN])
    for row, one in enumerate(inside):
        heard = one & ~np.isnan(marks)
        counted[row] = int(heard.sum())
        if not counted[row]:
            continue
        taken = np.where(heard & (marks == 1), whom.revenue, 0.0)
        values[row] = float(taken.sum())
        lows[row], highs[row] = _interval(taken)
        why[row] = TOO_FEW if np.isnan(lows[row]) else None
    return Estimate(values, lows, highs, counted, why)


def _interval(values: Floats) -> tuple[float, float]:
    """The sum's 95% interval, customers drawn anew: what another lot of such customers might have brought.

    Customers who bring nothing to the sum are drawn by their number alone.
    """
    customers, bringing = len(values), values[values != 0]
    if customers < 2:
        return float("nan"), float("nan")
    if not len(bringing):
        return 0.0, 0.0
    if SAMPLES * len(bringing) > MOST_DRAWS:
        margin = Z * float(np.sqrt(customers * values.var()))
        return float(values.sum()) - margin, float(values.sum()) + margin
    draw = np.random.default_rng(SEED)
    sizes = draw.binomial(customers, len(bringing) / customers, SAMPLES)
    chosen = bringing[draw.integers(0, len(bringing), int(sizes.sum()))]
    ends = np.concatenate([[0.0], np.cumsum(chosen)])[np.concatenate([[0], np.cumsum(sizes)])]
    low, high = np.quantile(np.diff(ends), [0.025, 0.975])
    return float(low), float(high)


def _unknown_note(parted: list[tuple[tuple[object, ...], Whom]]) -> tuple[str, ...]:
    """Most measures of this kind rest on few: the reader is told on how few."""
    total = sum(len(whom.key) for _, whom in parted)
    untold = sum(int((~whom.told).sum()) for _, whom in parted)
    unheard = sum(int(np.isnan(whom.satisfied).sum()) for _, whom in parted)
    if not total:
        return ()
    return (
        f"Of {total:,} customers who came back, no terms are told of {untold:,}, and {unheard:,} have not said how "
        "satisfied they are.",
    )


def _nobody() -> Whom:
    none, words = np.zeros(0), objects([])
    keys, flags = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)
    return Whom(keys, words, flags, words, words, none, words, words, none)
