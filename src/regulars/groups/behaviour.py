"""How customers buy and how the company treats them, read from the log: what validity and portraits compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from regulars.engines.duckdb import DuckDBEngine
from regulars.groups.snapshot import KEY, Keys

MOST_CATEGORIES = 8
DAYS_A_YEAR = 365.25

# What the company gives of its own accord, unlike deliveries and messages that an order brings with it.
# Name -> column below; "calls and visits" are those the company began.
TREATMENTS = {"gestures": "gestures", "offers": "offers", "calls and visits": "approaches", "discounts": "discounts"}
FIRSTS = ("first_channel", "first_branch", "first_category", "first_season")
DISCOUNTS = ("discount", "retail_disc", "coupon_disc", "coupon_match_disc")

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Behaviour:
    """Customers with an order, in the order of ``keys``, which rise.

    orders, age_days, spend   up to the date; age from the first order
    treatments   name -> how often, or (discounts) how much, they were given something unasked
    firsts       name -> what the first order was: channel, branch, category, season (quarter); None unknown
    categories   one column a category of goods: share of the customer's purchases, 0 where nothing is known
    """

    keys: Keys
    orders: Floats
    age_days: Floats
    spend: Floats
    treatments: dict[str, Floats]
    firsts: dict[str, list[object]]
    category_names: tuple[str, ...]
    categories: Floats

    @property
    def features(self) -> dict[str, Floats]:
        """The sides of buying that are compared: per year, a first year counted in full; logarithms, as money is
        spread unevenly; of categories the roots of shares, whose distances are even (Hellinger)."""
        years = np.maximum(self.age_days, 365.0) / DAYS_A_YEAR
        spend = np.maximum(self.spend, 0.0)
        found = {
            "spend a year": np.log1p(spend / years),
            "orders a year": np.log(self.orders / years),
            "average order": np.log1p(spend / self.orders),
        }
        return found | ({"what they buy": np.sqrt(self.categories)} if self.categories.shape[1] > 1 else {})


def behaviour(engine: DuckDBEngine, as_of: date) -> Behaviour:
    """Read how everybody bought up to a date."""
    seen = _SEEN.format(as_of=as_of.isoformat())
    table = engine.run(_CUSTOMERS.format(seen=seen, as_of=as_of.isoformat(), discounts=_discounts()))
    keys = np.asarray(table[KEY].to_numpy(), dtype=np.int64)
    names, shares = _category_shares(engine.run(_CATEGORIES.format(seen=seen)), keys)
    column = {name: np.asarray(table[name].to_numpy(), dtype=np.float64) for name in _NUMBERS}
    return Behaviour(
        keys=keys,
        orders=column["orders"],
        age_days=column["age_days"],
        spend=column["spend"],
        treatments={name: column[field] for name, field in TREATMENTS.items()},
        firsts={name: table[name].to_pylist() for name in FIRSTS},
        category_names=names,
        categories=shares,
    )


_NUMBERS = ("orders", "age_days", "spend", *TREATMENTS.values())

# {as_of} is a date of our own making, {discounts} names of our own; nothing here is a user's text.
_SEEN = """
WITH seen AS (
    SELECT * FROM interactions WHERE occurred_on <= DATE '{as_of}' AND client_key IS NOT NULL
)
"""
_CUSTOMERS = """
{seen}, firsts AS (
    SELECT client_key, arg_min(interaction_id, (occurred_at, interaction_id)) AS interaction_id
    FROM seen WHERE kind = 'order' GROUP BY client_key
), bought AS (
    SELECT f.client_key, arg_max(i.category, (amount, category)) AS first_category
    FROM firsts f JOIN items i USING (interaction_id) WHERE i.category IS NOT NULL GROUP BY f.client_key
), each_one AS (
    SELECT client_key,
        count(*) FILTER (kind = 'order') AS orders,
        date_diff('day', min(occurred_on) FILTER (kind = 'order'), DATE '{as_of}') AS age_days,
        coalesce(sum(amount) FILTER (kind IN ('order', 'refund', 'adjustment')), 0)::DOUBLE AS spend,
        count(*) FILTER (kind = 'gesture') AS gestures,
        count(*) FILTER (kind = 'offer') AS offers,
        count(*) FILTER (kind IN ('call', 'visit') AND initiated_by = 'company') AS approaches,
        coalesce(sum({discounts}) FILTER (kind = 'order'), 0) AS discounts
    FROM seen GROUP BY client_key
)
SELECT e.*, s.channel AS first_channel, s.branch AS first_branch, b.first_category,
    'Q' || quarter(s.occurred_on) AS first_season
FROM each_one e JOIN firsts f USING (client_key) JOIN seen s ON s.interaction_id = f.interaction_id
LEFT JOIN bought b ON b.client_key = e.client_key
ORDER BY e.client_key
"""
_CATEGORIES = """
{seen}
SELECT client_key, category, sum(i.amount)::DOUBLE AS amount
FROM seen JOIN items i USING (interaction_id)
WHERE kind = 'order' AND i.amount > 0 AND category IS NOT NULL
GROUP BY client_key, category
"""


def _discounts() -> str:
    found = (f"coalesce(abs(TRY_CAST(json_extract_string(properties, '$.{name}') AS DOUBLE)), 0)" for name in DISCOUNTS)
    return " + ".join(found)


def _category_shares(bought: pa.Table, keys: Keys) -> tuple[tuple[str, ...], Floats]:
    """Shares of the largest categories, the rest of them together as the last."""
    totals = bought.group_by("category").aggregate([("amount", "sum")])
    ranked = totals.sort_by([("amount_sum", "descending"), ("category", "ascending")])["category"].to_pylist()
    names = ranked if len(ranked) <= MOST_CATEGORIES else [*ranked[: MOST_CATEGORIES - 1], "other"]
    place = {name: min(number, len(names) - 1) for number, name in enumerate(ranked)}
    amounts = np.zeros((len(keys), len(names)))
    if bought.num_rows:
        codes = bought["category"].combine_chunks().dictionary_encode()
        column = np.array([place[name] for name in codes.dictionary.to_pylist()])[codes.indices.to_numpy()]
        of = bought[KEY].to_numpy()
        row = np.minimum(np.searchsorted(keys, of), len(keys) - 1)
        fits = keys[row] == of
        np.add.at(amounts, (row[fits], column[fits]), bought["amount"].to_numpy()[fits])
    totals_each = amounts.sum(axis=1, keepdims=True)
    return tuple(names), np.divide(amounts, totals_each, out=amounts, where=totals_each > 0)
