"""Known mistakes: what each rule found, and which warnings were answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from regulars.measures.programme import money_rules, rules
from regulars.measures.programme.book import day_of
from regulars.measures.programme.finding import Finding
from regulars.measures.programme.seen import Seen, outcome
from regulars.measures.programme.wording import MISTAKES
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.touchpoints.figures import Row

WARNS, QUIET, UNKNOWN, ANSWERED = "warns", "quiet", "unknown", "answered"
NAMES = (
    "place", "mistake", "name", "sentence", "state", "value", "value_low", "value_high", "n", "value_reason",
    "small_sample", "unit", "counted", "limit", "warns_over", "answered_because", "answered_until",
)  # fmt: skip
RULES: Mapping[str, Callable[[Seen], Finding]] = {
    "price-war": money_rules.price_war,
    "always-right": money_rules.always_right,
    "unvalued-spending": money_rules.unvalued_spending,
    "mechanical-standards": rules.mechanical_standards,
    "discount-only": money_rules.discount_only,
    "no-corrective-action": rules.no_corrective_action,
    "training-alone": rules.training_alone,
    "strategy-unheard": rules.strategy_unheard,
    "departments-silent": rules.departments_silent,
    "no-authority": rules.no_authority,
    "skipped-level": rules.skipped_level,
    "wide-range": money_rules.wide_range,
    "chasing-new": money_rules.chasing_new,
    "growing-surprises": money_rules.growing_surprises,
    "conveyor": money_rules.conveyor,
    "customers-pay": money_rules.customers_pay,
    "short-term": money_rules.short_term,
    "refused-returns": rules.refused_returns,
}


def mistake_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row a known mistake (and ``by``); see results.py."""
    return outcome(found, scope, _rows, NAMES)


def _rows(seen: Seen) -> tuple[list[Row], list[str]]:
    rows = [_row(place, key, seen) for place, key in enumerate(MISTAKES, 1)]
    warns = sum(row["state"] == WARNS for row in rows)
    unknown = sum(row["state"] == UNKNOWN for row in rows)
    return rows, [f"{warns} of {len(rows)} known mistakes show; of {unknown} the log cannot tell."]


def _row(place: int, key: str, seen: Seen) -> Row:
    mistake, finding = MISTAKES[key], RULES[key](seen)
    said = seen.book.of("mistake answered").get(key, {})
    until = day_of(said, "until")
    holds = until is not None and until >= seen.scope.as_of
    return {
        "place": place,
        "mistake": key,
        "name": mistake.name,
        "sentence": finding.sentence,
        "state": _state(finding, answered=holds),
        **finding.cells(),
        "unit": finding.unit,
        "counted": finding.counted,
        "limit": mistake.limit,
        "warns_over": mistake.over,
        "answered_because": str(said.get("because") or "") or None if said else None,
        "answered_until": until,
    }


def _state(finding: Finding, *, answered: bool) -> str:
    if finding.warns is None:
        return UNKNOWN
    if not finding.warns:
        return QUIET
    return ANSWERED if answered else WARNS
