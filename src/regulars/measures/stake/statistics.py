"""From touches to rows: for every touchpoint and everything that can go badly there, what customers did afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from regulars.measures.local_times import EPOCH
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import Key, key_columns, key_rows, objects
from regulars.measures.stake.comparing import Comparison, compared
from regulars.measures.stake.design import Bools, Ints, design_of
from regulars.measures.stake.expressions import WORDED, horizons
from regulars.measures.stake.rules import BAD, COMPLAINT, COMPLAINT_DAYS, RULES, UNKNOWN, WAIT, WORDS
from regulars.measures.stake.verdicts import judge, ranks

Row = dict[str, object]

ASSOCIATION = (
    "These are associations, not proof: customers who had a bad touch may differ in ways that nobody wrote down. "
    "Test it before much is spent on it."
)
NOTHING_BAD = "No touch of the period went badly, or nobody knows how touches went."


@dataclass(frozen=True)
class Group:
    """Touches of one touchpoint that one rule judges, with all their days ahead.

    key, touchpoint, rule
    rows        columns of expressions.touches for them
    counts      of expressions.happened for the touchpoint
    return_days how many days count as coming back
    judged      touches that the rule judges, also those whose days are not over
    """

    key: Key
    touchpoint: str
    rule: str
    rows: Columns
    counts: Mapping[str, float]
    return_days: int
    old_enough: int

    @property
    def bad(self) -> Bools:
        """Whether each touch was a bad one."""
        return np.asarray(self.rows[self.rule] == BAD)


def stake_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per touchpoint and what went badly (and ``by``); see results.py."""
    rows: list[tuple[Key, Row]] = []
    for group in groups(found, scope):
        comparison = _compared(group, found["profiles"])
        rows.append((group.key, _row(group, comparison)))
    for key in dict.fromkeys(key for key, _ in rows):
        of_key = [row for other, row in rows if other == key]
        judge(of_key)
        ranks(of_key)
    return Outcome(_table(rows, scope, STAKE_COLUMNS), _notes(found, rows, scope))


def balance_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per touchpoint, what went badly and covariate (and ``by``); see results.py."""
    rows: list[tuple[Key, Row]] = []
    for group in groups(found, scope):
        comparison = _compared(group, found["profiles"], drawn=False)
        rows += [(group.key, _named(group) | cells) for cells in comparison.balance_rows()]
    return Outcome(_table(rows, scope, BALANCE_COLUMNS), ())


def groups(found: Mapping[str, Columns], scope: Scope) -> Iterator[Group]:
    """Every touchpoint and rule (and ``by``) with a bad touch that has its days ahead or happened this year."""
    touches, profiles, happened = found["touches"], found["profiles"], found["happened"]
    days = return_days(found["span"], scope)
    keys = [*scope.by, "touchpoint"]
    place_of = {key: place for place, key in enumerate(key_rows(happened, keys))}
    profile_place = np.array([place_of[key] for key in key_rows(profiles, keys)], dtype=np.int64)
    place = profile_place[touches["profile"]] if len(touches["profile"]) else np.zeros(0, dtype=np.int64)
    # The same order on every engine, so that sums of floats are the same to the last digit.
    order = np.lexsort([touches[name] for name in (*RULES, "profile", "due", "day", "at", "client_key")] + [place])
    ends = np.searchsorted(place[order], np.arange(len(place_of) + 1))
    for key, number in sorted(place_of.items(), key=lambda item: str(item[0])):
        here = {name: values[order[ends[number] : ends[number + 1]]] for name, values in touches.items()}
        counts = {name: float(values[number]) for name, values in happened.items() if name not in keys}
        for rule in RULES:
            group = _group(key, rule, here, counts, days, scope)
            if group.bad.any() or counts[f"{rule}_year"]:
                yield group


def return_days(span: Columns, scope: Scope) -> int:
    """The longest horizon for which the log is at least twice as long; else the shortest."""
    known = span["first_day"]
    length = 0 if not len(known) or np.isnan(known[0]) else (scope.as_of - EPOCH).days - int(known[0])
    fitting = [days for days in horizons(scope) if 2 * days <= length]
    return fitting[0] if fitting else horizons(scope)[-1]


def _group(key: Key, rule: str, here: Columns, counts: Mapping[str, float], days: int, scope: Scope) -> Group:
    ahead = days + (COMPLAINT_DAYS if rule == COMPLAINT else 0)
    chosen = (here[rule] > UNKNOWN) & (here["day"] + ahead <= (scope.as_of - EPOCH).days)
    old_enough = int(chosen.sum())
    rows = {name: values[chosen] for name, values in here.items()}
    if scope.choices.get("touches") == "first touch":
        first = _first(rows)
        rows = {name: values[first] for name, values in rows.items()}
    return Group(key[:-1], str(key[-1]), rule, rows, counts, days, old_enough)


def _first(rows: Columns) -> Ints:
    """Places of each customer's first touch."""
    order = np.lexsort((rows["at"], rows["client_key"]))
    key = rows["client_key"][order]
    return order[np.concatenate([[True], key[1:] != key[:-1]])] if len(key) else order


def _compared(group: Group, profiles: Columns, *, drawn: bool = True) -> Comparison:
    late = "late_" if group.rule == COMPLAINT else ""
    ahead = group.return_days + (COMPLAINT_DAYS if late else 0)
    rows, bad = group.rows, group.bad
    # NaN where the customer never came again; a comparison with it is false.
    returned = (rows[f"{late}next_day"] - rows["day"] <= ahead).astype(np.float64)
    outcomes = np.column_stack([returned, rows[f"{late}spend_{group.return_days}"]])
    _, who = np.unique(rows["client_key"], return_inverse=True)
    sides = [len(np.unique(who[side])) for side in (bad, ~bad)]
    words = {name: profiles[name] for name in WORDED}
    return compared(design_of(rows, words, min(sides)), bad, outcomes, who, drawn=drawn)


# Rows ------------------------------------------------------------------------------------------------------


def _named(group: Group) -> Row:
    return {"touchpoint": group.touchpoint, "bad": WORDS[group.rule]}


def _row(group: Group, comparison: Comparison) -> Row:
    rule, counts = group.rule, group.counts
    return {
        **_named(group),
        "threshold": counts["wait_limit"] if rule == WAIT else np.nan,
        "return_days": group.return_days,
        "unknown": int(counts[f"{rule}_unknown"]),
        "too_recent": int(counts[f"{rule}_known"]) - group.old_enough,
        "bad_touches_a_year": int(counts[f"{rule}_year"]),
        "customers_a_year": int(counts[f"{rule}_customers"]),
        **comparison.columns(),
        **comparison.at_stake(int(counts[f"{rule}_customers"])),
    }


def _table(rows: Sequence[tuple[Key, Row]], scope: Scope, names: Sequence[str]) -> Columns:
    cells = {name: objects(row[name] for _, row in rows) for name in names}
    return key_columns((key for key, _ in rows), scope.by) | cells


def _notes(found: Mapping[str, Columns], rows: Sequence[tuple[Key, Row]], scope: Scope) -> tuple[str, ...]:
    if not rows:
        return (NOTHING_BAD,)
    days = return_days(found["span"], scope)
    wanted = horizons(scope)[0]
    notes = [ASSOCIATION, f"Coming back means an order within {days:,} days; money is sales in these days, not profit."]
    if days < wanted:
        notes.append(f"The log is too short for {wanted:,} days; it would have to be twice as long as that.")
    return tuple(notes)


STAKE_COLUMNS = (
    *("rank", "touchpoint", "bad", "verdict", "threshold", "return_days"),
    *("touches_bad", "touches_good", "customers_bad", "customers_good", "unknown", "too_recent"),
    *("return_bad", "return_bad_low", "return_bad_high", "return_good", "return_good_low", "return_good_high"),
    *("raw_difference", "raw_difference_low", "raw_difference_high"),
    *("adjusted_difference", "adjusted_difference_low", "adjusted_difference_high", "adjusted_difference_reason"),
    *("n", "small_sample", "real_difference"),
    *("spend_difference", "spend_difference_low", "spend_difference_high", "spend_difference_reason"),
    *("worth", "bad_touches_a_year", "customers_a_year"),
    *("at_stake", "at_stake_low", "at_stake_high", "at_stake_reason"),
    *("spend_at_stake", "spend_at_stake_low", "spend_at_stake_high", "spend_at_stake_reason"),
    *("overlap_share", "balance_before", "balance_after", "worst_covariate", "good_effective"),
)
BALANCE_COLUMNS = (
    *("touchpoint", "bad", "place", "covariate", "level", "used", "mean_bad", "mean_good", "mean_good_weighted"),
    *("difference_before", "difference_after", "balanced"),
)
