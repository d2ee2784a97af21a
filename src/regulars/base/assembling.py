"""Puts the parts of the base side by side: one row a client, columns as declared.

Parts are matched by sorted keys rather than joined: a dozen hash tables of a million customers would not fit into the
memory that one query may take.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from regulars.base.columns import COLUMNS, BaseColumn
from regulars.engines.connection import quoted, sql_type
from regulars.engines.runner import RESULT_TYPES
from regulars.measures.purchases import COST_KNOWN_SHARE

COSTS_UNKNOWN = "Costs are known for less than 90% of this customer's orders by value."
NO_ORDERS = "No orders yet."
NOT_SLIPPING = "Not slipping away."
# Counts of what a part did not find are 0; anything else is unknown.
COUNTS = (
    *("orders_last_year", "spend_last_year", "contacts_last_year", "complaints_last_year", "open_complaints"),
    *("overdue_promises", "late_last_year", "facts_known", "facts_stale"),
)
Keys = npt.NDArray[np.int64]


def aligned(parts: Mapping[str, pa.Table], everyone: Iterable[str]) -> pa.Table:
    """All parts side by side: client_key, and each part's columns as part__column; null where a part has no row.

    everyone  the parts whose clients make the rows, in the order of their keys
    """
    keys = np.unique(np.concatenate([_keys(parts[name]) for name in everyone]))
    columns: dict[str, pa.ChunkedArray | pa.Array] = {"client_key": pa.array(keys)}
    for name, part in parts.items():
        places = _places(keys, _keys(part))
        rest = part.drop_columns(["client_key"])
        columns |= {f"{name}__{column}": rest[column].take(places) for column in rest.column_names}
    return pa.table(columns)


def projection(found: Iterable[str], *, models_reason: str | None) -> str:
    """The base's columns out of the aligned parts.

    found          the columns that there are
    models_reason  why nothing that rests on the models is shown; None where it is
    """
    own = _expressions(models_reason)
    taken = {column.partition("__")[2]: column for column in found if "__" in column}
    return ", ".join(
        f"CAST({own.get(one.name) or _as_found(one.name, taken)} AS {_sql_type(one)}) AS {one.name}" for one in COLUMNS
    )


def _expressions(models_reason: str | None) -> dict[str, str]:
    """Columns that are more than what a part says under the same name."""
    costs_known = f"touches__known_value >= {COST_KNOWN_SHARE} * touches__order_value"
    no_profit = f"CASE WHEN {costs_known} THEN NULL ELSE {quoted(COSTS_UNKNOWN)} END"
    reason = quoted(models_reason or NOT_SLIPPING)
    brings = "ranked__total > 0 AND ranked__brings > 0 AND coalesce(ranked__better, 0) < 0.8 * ranked__total"
    return {
        "client_key": "client_key",
        "kind": "coalesce(who__kind, 'customer')",
        "first_order_on": "rfm__first_on",
        "last_order_on": "rfm__last_on",
        "orders": "coalesce(rfm__frequency, 0)",
        "spend": "coalesce(rfm__monetary_value, 0)",
        "profit": f"CASE WHEN {costs_known} THEN touches__margin END",
        "profit_reason": f"CASE WHEN touches__order_value IS NULL THEN {quoted(NO_ORDERS)} ELSE {no_profit} END",
        "value_share": "CASE WHEN ranked__total > 0 THEN CAST(ranked__brings / ranked__total AS DOUBLE) END",
        "key_customer": f"coalesce({brings}, false)",
        "slipping": "slipping__at_stake IS NOT NULL" if models_reason is None else "NULL",
        "at_stake_reason": f"CASE WHEN slipping__at_stake IS NULL THEN {reason} ELSE slipping__at_stake_reason END",
        "last_contact_at": 'touches__last_contact."at"',
        "last_contact_kind": "touches__last_contact.kind",
        "last_contact_touchpoint": "touches__last_contact.touchpoint",
    }


def _as_found(name: str, taken: Mapping[str, str]) -> str:
    return f"coalesce({taken[name]}, 0)" if name in COUNTS else taken[name]


def _sql_type(column: BaseColumn) -> str:
    return "BOOLEAN" if column.type == "boolean" else sql_type(RESULT_TYPES[column.type])


def _keys(part: pa.Table) -> Keys:
    return np.asarray(part["client_key"].to_numpy(), dtype=np.int64)


def _places(keys: Keys, of_part: Keys) -> pa.Array:
    """For each key the row of the part, null where it has none."""
    if not len(of_part):
        return pa.nulls(len(keys), pa.int64())
    order = np.argsort(of_part, kind="stable")
    place = np.minimum(np.searchsorted(of_part, keys, sorter=order), len(of_part) - 1)
    rows = order[place]
    return pa.array(rows, mask=of_part[rows] != keys)
