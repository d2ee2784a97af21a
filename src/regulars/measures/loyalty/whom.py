"""How every customer who came back stands: locked in, loyal, indifferent, or unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from regulars.measures.estimates import Floats
from regulars.measures.loyalty.expressions import TERMS, UNTOLD
from regulars.measures.loyalty.terms import SWITCHING_SHARE, Terms, terms_of
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import joined, objects, splits

LOCKED, LOYAL, INDIFFERENT, UNKNOWN = "locked in", "loyal", "indifferent", "unknown"
KEEPERS = ("contract", *TERMS[1:])
PROMOTER = 9
SATISFIED_SHARE = 0.75
_DAY_ZERO = date(1970, 1, 1)
COLUMNS = (
    "rank",
    "client_key",
    "standing",
    "locked_by",
    "contract_until",
    "satisfied",
    "heard_on",
    "open_to_others",
    "revenue",
)

Words = NDArray[np.object_]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Whom:
    """Customers who came back, one place each, by key; equally long arrays.

    told       something of the customer's terms is known
    keepers    what keeps the customer; empty for nobody locked in
    satisfied  1 yes, 0 no, NaN where nobody knows
    revenue    of a year, as money and as float
    """

    key: NDArray[np.int64]
    standing: Words
    told: Flags
    keepers: Words
    until: Words
    satisfied: Floats
    heard_on: Words
    money: Words
    revenue: Floats

    @property
    def open_to_others(self) -> Floats:
        """1 where a decent newcomer could take the customer, 0 where not, NaN where nobody knows."""
        bound = (self.standing == LOCKED) | (self.standing == INDIFFERENT) | (self.standing == LOYAL)
        return np.where(bound & ~np.isnan(self.satisfied), 1.0 - self.satisfied, np.nan)


def customer_loyalty(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row a customer (and ``by``), the ones that a newcomer could take first; see results.py."""
    parts = []
    parted, notes = customers(found, scope)
    for key, whom in parted:
        order = np.lexsort((whom.key, -whom.revenue, -np.nan_to_num(whom.open_to_others, nan=0.5)))
        columns = {
            "rank": np.arange(1, len(order) + 1),
            "client_key": whom.key[order],
            "standing": whom.standing[order],
            "locked_by": objects(", ".join(one) or None for one in whom.keepers[order]),
            "contract_until": whom.until[order],
            "satisfied": _truths(whom.satisfied[order]),
            "heard_on": whom.heard_on[order],
            "open_to_others": _truths(whom.open_to_others[order]),
            "revenue": whom.money[order],
        }
        parts.append((key, columns))
    return Outcome(joined(parts, scope.by, COLUMNS), notes)


def customers(
    found: Mapping[str, Columns], scope: Scope
) -> tuple[list[tuple[tuple[object, ...], Whom]], tuple[str, ...]]:
    """Everybody who came back, by the values of ``by``; and notes on what could not be read."""
    terms, unreadable = terms_of(found, float(scope.settings.get("switching_share", SWITCHING_SHARE)))
    felt = _newest_feelings(found["feelings"])
    parts = [(key, _whom(columns, terms, felt, scope)) for key, columns in splits(found["returned"], scope.by)]
    notes: tuple[str, ...] = ()
    later = int(found["facts"]["later"].astype(bool).sum())
    if later:
        notes = (f"Facts about customers' terms told after {scope.as_of} do not count for that day: {later:,}.",)
    if unreadable:
        notes = (
            *notes,
            f"{unreadable} terms of customers could not be read. Write the end of a contract as 2027-03-31, no "
            "alternative as yes or no, a switching cost as high, low or an amount.",
        )
    return parts, notes


def _whom(columns: Columns, terms: Mapping[int, Terms], felt: Mapping[int, tuple[float, date]], scope: Scope) -> Whom:
    order = np.argsort(columns["client_key"], kind="stable")
    keys = columns["client_key"][order].astype(np.int64)
    money = objects(0 if value is None or value != value else value for value in columns["revenue"][order].tolist())
    revenue = money.astype(np.float64)
    known = [terms.get(key) for key in keys.tolist()]
    keepers = objects(
        one.keepers(scope.as_of, yearly) if one else () for one, yearly in zip(known, revenue.tolist(), strict=True)
    )
    told = np.array([one is not None for one in known], dtype=bool)
    satisfied = np.array([felt[key][0] if key in felt else np.nan for key in keys.tolist()], dtype=np.float64)
    return Whom(
        key=keys,
        standing=_standings(np.array([bool(one) for one in keepers], dtype=bool), told, satisfied, scope),
        told=told,
        keepers=keepers,
        until=objects(one.contract_until if one else None for one in known),
        satisfied=satisfied,
        heard_on=objects(felt[key][1] if key in felt else None for key in keys.tolist()),
        money=money,
        revenue=revenue,
    )


def _standings(locked: Flags, told: Flags, satisfied: Floats, scope: Scope) -> Words:
    free = ~locked & (told | (UNTOLD.of(scope) == "free"))
    standing = np.full(len(locked), UNKNOWN, dtype=object)
    standing[locked] = LOCKED
    standing[free & (satisfied == 1)] = LOYAL
    standing[free & (satisfied == 0)] = INDIFFERENT
    return standing


def _newest_feelings(columns: Columns) -> dict[int, tuple[float, date]]:
    """Of each customer whether the newest answer is a satisfied one, and its day: of nps, else of csat."""
    score, low, high = (columns[name].astype(np.float64) for name in ("score", "scale_min", "scale_max"))
    nps = columns["answer_kind"] == "nps"
    with np.errstate(divide="ignore", invalid="ignore"):
        way = (score - low) / (high - low)
    good = np.where(nps, score >= PROMOTER, way >= SATISFIED_SHARE - 1e-9).astype(np.float64)
    readable = nps | np.isfinite(way)
    day = columns["occurred_on"].astype("datetime64[D]").astype(np.int64)
    question = columns["question"].astype(str)
    order = np.lexsort((question, columns["interaction_id"], day, nps))
    newest: dict[int, tuple[float, date]] = {}
    for place in order[readable[order]].tolist():
        newest[int(columns["client_key"][place])] = (float(good[place]), _DAY_ZERO + timedelta(days=int(day[place])))
    return newest


def _truths(values: Floats) -> Words:
    return objects(None if np.isnan(value) else bool(value) for value in values.tolist())
