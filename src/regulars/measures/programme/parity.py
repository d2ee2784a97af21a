"""Parity: our share in what customers buy, theirs in what we sell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from regulars.errors import MeasureError
from regulars.measures.programme.seen import Seen, outcome
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.touchpoints.figures import Row

OWN_SHARE, THEIR_SHARE, LARGEST = 0.1, 0.5, 20
WE, THEY, BOTH, PARITY, OPEN = "we depend on them", "they depend on us", "both", "parity", "not known"
NOT_TOLD = "Nobody has told what else this customer buys."
NOT_READABLE = "What was told of this customer is no share. Write it in percent, such as 40%."
FACT, ANSWER = "fact", "answer"
NAMES = (
    "rank", "client_key", "sales", "share_of_our_sales", "share_of_theirs", "share_of_theirs_reason", "told_on",
    "told_how", "verdict",
)  # fmt: skip
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)\s*(%?)")
_DAY_ZERO = date(1970, 1, 1)


@dataclass(frozen=True)
class Told:
    """What was told of one customer; ``share`` is None where it cannot be read."""

    share: float | None
    second: float
    how: str


def parity_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row a customer of whom something is told, and each of the largest (and ``by``); see results.py."""
    return outcome(found, scope, _rows, NAMES)


def share_of(text: str) -> float | None:
    """A share out of a text: 40%, 40 or 0.4; None for none."""
    found = _NUMBER.search(text.strip())
    if not found:
        return None
    number = float(found[1].replace(",", "."))
    share = number / 100 if found[2] or number > 1 else number
    return share if 0 <= share <= 1 else None


def verdict(ours: float, theirs: float | None, scope: Scope) -> str:
    """Who depends on whom."""
    own, other = _limit(scope, "own_share", OWN_SHARE), _limit(scope, "their_share", THEIR_SHARE)
    we, they = ours >= own, theirs is not None and theirs >= other
    if we and they:
        return BOTH
    if we:
        return WE
    if they:
        return THEY
    return OPEN if theirs is None else PARITY


def _rows(seen: Seen) -> tuple[list[Row], list[str]]:
    told = _told(seen)
    table = seen.tables.get("each")
    keys = table["client_key"].tolist() if table else []
    spend = dict(zip(keys, seen.numbers("each", "spend").tolist(), strict=True))
    total = sum(spend.values())
    bought = [key for key, orders in zip(keys, seen.numbers("each", "orders").tolist(), strict=True) if orders]
    ranked = sorted({*bought, *(key for key in told if key in spend)}, key=lambda key: (-spend[key], key))
    largest = int(_limit(seen.scope, "largest", LARGEST, most=100_000))
    chosen = [key for place, key in enumerate(ranked) if place < largest or key in told]
    if total <= 0:
        return [], ["No known customer bought in this time."]
    rows = [_row(place, key, spend[key], total, told.get(key), seen) for place, key in enumerate(chosen, 1)]
    known = sum(row["share_of_theirs"] is not None for row in rows)
    return rows, [f"Of {known:,} of {len(rows):,} customers it is told what share of their purchases is ours."]


def _row(place: int, key: int, spend: float, total: float, told: Told | None, seen: Seen) -> Row:
    ours, theirs = spend / total, told.share if told else None
    return {
        "rank": place,
        "client_key": key,
        "sales": spend,
        "share_of_our_sales": ours,
        "share_of_theirs": theirs,
        "share_of_theirs_reason": None if theirs is not None else NOT_READABLE if told else NOT_TOLD,
        "told_on": _DAY_ZERO + timedelta(seconds=told.second) if told else None,
        "told_how": told.how if told else None,
        "verdict": verdict(ours, theirs, seen.scope),
    }


def _told(seen: Seen) -> dict[int, Told]:
    """The newest that was told of each customer."""
    found: dict[int, Told] = {}
    for key, one in [*_facts(seen.tables.get("told_facts")), *_answers(seen.tables.get("told_answers"))]:
        if key not in found or found[key].second <= one.second:
            found[key] = one
    return {key: one for key, one in found.items() if one.how}


def _facts(table: Columns | None) -> list[tuple[int, Told]]:
    if table is None:
        return []
    rows = zip(*(table[name].tolist() for name in ("client_key", "value", "gone", "told_s")), strict=True)
    # A fact that was taken back is told by nobody any more.
    return sorted(
        ((key, Told(share_of(value or ""), second or 0.0, "" if gone else FACT)) for key, value, gone, second in rows),
        key=lambda row: (row[0], row[1].second),
    )


def _answers(table: Columns | None) -> list[tuple[int, Told]]:
    if table is None:
        return []
    names = ("client_key", "score", "scale_max", "choice", "text", "told_s")
    rows = zip(*(table[name].tolist() for name in names), strict=True)
    return sorted(
        (
            (key, Told(_scored(score, most) if score == score else share_of(choice or text or ""), second, ANSWER))
            for key, score, most, choice, text, second in rows
        ),
        key=lambda row: (row[0], row[1].second),
    )


def _scored(score: float, most: float) -> float | None:
    """A score of a scale to 100, or of one that ends elsewhere, as a share."""
    end = most if most == most and most > 0 else 100.0
    return score / end if 0 <= score <= end else None


def _limit(scope: Scope, name: str, default: float, *, most: float = 1.0) -> float:
    value = float(scope.settings.get(name, default))
    if not 0 < value <= most:
        raise MeasureError(f"{name} must be a number above 0, up to {most:g}.")
    return value
