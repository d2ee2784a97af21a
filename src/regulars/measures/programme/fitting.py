"""The fit check: what the log tells of each condition, what people answered, and the verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from regulars.measures.estimates import SMALL_SAMPLE
from regulars.measures.intervals import Z, share_estimate
from regulars.measures.programme.book import Body, day_of
from regulars.measures.programme.evidence import COUNTED_IN_FULL
from regulars.measures.programme.seen import Seen, outcome
from regulars.measures.programme.wording import CONDITIONS, Condition
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.touchpoints.figures import Row, known, plain

YES, NO, UNKNOWN = "yes", "no", "unknown"
START, SMALL, MEND, OPEN = "start", "start small", "mend this first", "not known yet"
NO_ORDERS = "No known customer bought in this time."
NO_YEAR = "No known customer bought in the year before."
ONLY_PEOPLE = "Only people can say this."
NOT_POSITIVE = "The customers' sales are not above zero, so no share of them can be told."
# With more than this share of the conditions open, nothing is advised.
MOST_OPEN = 1 / 3
TOP = 0.1
# So many days of the year before may lack an order at its beginning.
LATEST_BEGIN = 45
NAMES = (
    "place", "condition", "sort", "sentence", "answer", "how", "value", "value_low", "value_high", "n",
    "value_reason", "small_sample", "unit", "needed", "because", "said_by", "said_on", "verdict", "verdict_reason",
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What the answers come to, and why."""

    word: str
    reason: str


def fit_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row a condition (and ``by``); see results.py."""
    return outcome(found, scope, _rows, NAMES)


def verdict(answers: Mapping[str, str]) -> Verdict:
    """What the answers (key -> yes, no or unknown) come to."""
    against = [key for key, one in CONDITIONS.items() if answers.get(key) == (NO if one.sort == "helps" else YES)]
    first = [key for key in against if CONDITIONS[key].first]
    if first:
        said = " ".join(CONDITIONS[key].sentence for key in first)
        return Verdict(MEND, f"Mend first what keeps the work on customers from paying. {said}")
    unanswered = [key for key in CONDITIONS if answers.get(key, UNKNOWN) == UNKNOWN]
    if any(CONDITIONS[key].first for key in unanswered) or len(unanswered) > MOST_OPEN * len(CONDITIONS):
        return Verdict(OPEN, f"{len(unanswered)} of {len(CONDITIONS)} conditions are not answered yet. Answer them.")
    if against:
        return Verdict(
            SMALL,
            f"{len(against)} of {len(CONDITIONS)} conditions speak against it. Begin with one group of customers at "
            "one touchpoint, and look again in half a year.",
        )
    return Verdict(START, "The conditions help, and nothing that was answered hinders.")


def _rows(seen: Seen) -> tuple[list[Row], list[str]]:
    rows = [_row(place, key, seen) for place, key in enumerate(CONDITIONS, 1)]
    found = verdict({row["condition"]: row["answer"] for row in rows})
    rows = [row | {"verdict": found.word, "verdict_reason": found.reason} for row in rows]
    return rows, [found.reason]


def _row(place: int, key: str, seen: Seen) -> Row:
    condition = CONDITIONS[key]
    value = FIGURES[key](seen) if key in FIGURES else _unknown(ONLY_PEOPLE)
    by_log = _answer(condition, value["value"])
    said = seen.book.of("fit").get(key, {}) if by_log == UNKNOWN else {}
    by_people = str(said.get("answer"))
    answer = by_log if by_log != UNKNOWN else by_people if by_people in (YES, NO) else UNKNOWN
    how = "log" if by_log != UNKNOWN else "people" if answer != UNKNOWN else ""
    return {
        "place": place,
        "condition": key,
        "sort": condition.sort,
        "sentence": condition.sentence,
        "answer": answer,
        "how": how,
        **value,
        "unit": condition.unit,
        "needed": condition.limit,
        "because": _text(said, "because"),
        "said_by": _text(said, "by"),
        "said_on": day_of(said, "on"),
    }


def _answer(condition: Condition, value: float | None) -> str:
    if value is None or condition.limit is None:
        return UNKNOWN
    beyond = value <= condition.limit if condition.limit < 0 else value >= condition.limit
    return YES if beyond else NO


# Figures ---------------------------------------------------------------------------------------------------


def _many(seen: Seen) -> Row:
    orders = seen.numbers("each", "orders")
    if not len(orders):
        return _unknown(NO_ORDERS)
    bought = int((orders > 0).sum())
    return _cells(float(bought), None, None, bought, COUNTED_IN_FULL)


def _contact(seen: Seen) -> Row:
    """Customers of the year who were touched by an employee; unknown where the log names no employee at all."""
    bought = seen.numbers("each", "orders") > 0
    met = seen.numbers("each", "staffed") > 0
    if not bought.any():
        return _unknown(NO_ORDERS)
    if not met.any():
        return _unknown("The log does not tell which touches were with an employee.")
    estimate = share_estimate([(bought & met).sum()], [bought.sum()], nobody=NO_ORDERS)
    return plain("value", estimate, prefixed=False)


def _largest(seen: Seen) -> Row:
    spend = seen.numbers("each", "spend")
    bought = seen.numbers("each", "orders") > 0
    if not bought.any():
        return _unknown(NO_ORDERS)
    if spend[bought].sum() <= 0:
        return _unknown(NOT_POSITIVE)
    share = float(spend[bought].max() / spend[bought].sum())
    return _cells(share, None, None, int(bought.sum()), COUNTED_IN_FULL)


def top_share(spend: np.ndarray, share: float = TOP) -> tuple[float, float, float]:
    """What the best customers bring of all, with the interval of the large sample.

    Source  Hampel (1974), Journal of the American Statistical Association 69(346)
    """
    ordered = np.sort(spend)[::-1]
    n, best = len(ordered), share * len(ordered)
    ends = np.concatenate([[0.0], np.cumsum(ordered)])
    brought = float(np.interp(best, np.arange(n + 1), ends))
    value = brought / float(ends[-1])
    border = ordered[min(int(np.ceil(best)) - 1, n - 1)]
    above = np.where(ordered > border, ordered - border, 0.0) + share * border - brought / n
    influence = (above - value * (ordered - ordered.mean())) / ordered.mean()
    error = float(np.sqrt(influence.var(ddof=1) / n)) if n > 1 else float("nan")
    return value, max(0.0, value - Z * error), min(1.0, value + Z * error)


def _few(seen: Seen) -> Row:
    spend = seen.numbers("each", "spend")[seen.numbers("each", "orders") > 0]
    if len(spend) < 10:
        return _unknown("Fewer than ten known customers bought in this time." if len(spend) else NO_ORDERS)
    if spend.sum() <= 0:
        return _unknown(NOT_POSITIVE)
    return _cells(*top_share(spend), len(spend), None)


def change(now: np.ndarray, before: np.ndarray) -> tuple[float, float, float]:
    """sum(now) / sum(before) - 1 over customers, with the interval of the delta method.

    Source  Cochran (1977), Sampling Techniques, 3rd ed., chapter 6
    """
    ratio = float(now.sum() / before.sum())
    rest = now - ratio * before
    error = float(np.sqrt(rest.var(ddof=1) * len(rest)) / before.sum()) if len(rest) > 1 else float("nan")
    return ratio - 1, ratio - 1 - Z * error, ratio - 1 + Z * error


def _falling(seen: Seen) -> Row:
    now, before = seen.numbers("each", "spend"), seen.numbers("each", "spend_before")
    there = (seen.numbers("each", "orders") > 0) | (seen.numbers("each", "orders_before") > 0)
    if before[there].sum() <= 0:
        return _unknown(NO_YEAR if there.any() else NO_ORDERS)
    if seen.total("tally", "begins_late") > LATEST_BEGIN:
        return _unknown("The log does not reach back over the whole year before, so nothing can be compared.")
    return _cells(*change(now[there], before[there]), int(there.sum()), None)


FIGURES: Mapping[str, Callable[[Seen], Row]] = {
    "many-customers": _many,
    "contact": _contact,
    "largest-customer": _largest,
    "few-carry": _few,
    "falling-sales": _falling,
}


def _cells(value: float, low: float | None, high: float | None, n: int, reason: str | None) -> Row:
    return {
        "value": known(value),
        "value_low": known(low),
        "value_high": known(high),
        "n": n,
        "value_reason": reason,
        "small_sample": n < SMALL_SAMPLE,
    }


def _unknown(reason: str) -> Row:
    cells: Row = dict.fromkeys(("value", "value_low", "value_high"))
    return cells | {"n": 0, "value_reason": reason, "small_sample": True}


def _text(body: Body, name: str) -> str | None:
    found = body.get(name)
    return found if isinstance(found, str) and found else None
