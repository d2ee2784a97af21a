"""Who is one customer, out of what was said of pairs of records.

The newest statement of a pair holds. Records joined by pairs that are the same, directly or over others, are one
customer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

LINK_COLUMNS = ("left_key", "right_key", "import_id", "decided_at", "verdict")
CUSTOMERS = pa.schema([("client_key", pa.int64()), ("customer_key", pa.int64())])
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Customers:
    """Joined records and their customers. Grain: one entry a joined record, ordered by client_key; none is fine.

    client_keys    the records that are joined with another
    customer_keys  the customer of each
    """

    client_keys: Integers
    customer_keys: Integers
    _by_customer: Integers = field(repr=False)  # places, ordered by customer_key
    _ordered: Integers = field(repr=False)  # customer_keys in that order

    def __len__(self) -> int:
        return len(self.client_keys)

    def of(self, client_key: int) -> int:
        """The customer that a record belongs to; a record that is not joined is its own customer."""
        place = int(np.searchsorted(self.client_keys, client_key))
        there = place < len(self.client_keys) and self.client_keys[place] == client_key
        return int(self.customer_keys[place]) if there else client_key

    def records_of(self, customer_key: int) -> list[int]:
        """The records of a customer (or of the customer whom this record belongs to), smallest key first."""
        customer = self.of(customer_key)
        first, last = np.searchsorted(self._ordered, [customer, customer + 1])
        return sorted(self.client_keys[self._by_customer[first:last]].tolist()) or [customer_key]

    def records_of_all(self, customer_keys: Sequence[int] | Integers) -> Integers:
        """The records of many customers, those without joins being their own."""
        wanted = np.asarray(customer_keys, dtype=np.int64)
        return np.unique(np.concatenate([self.client_keys[np.isin(self.customer_keys, wanted)], wanted]))

    def table(self) -> pa.Table:
        """client_key, customer_key of every record whose customer has another key than it."""
        other = self.client_keys != self.customer_keys
        return pa.table([self.client_keys[other], self.customer_keys[other]], schema=CUSTOMERS)


def customers(links: pa.Table) -> Customers:
    """Customers out of the table of links, in any order of its rows.

    The customer's key is the left_key (the record known first) of the earliest statement, by decided_at, that two of
    its records are the same, among pairs in force. So the key stays when further records join or a person confirms a
    join; where two customers turn out to be one, the one that was joined first keeps its key. Of two statements of a
    pair made in the same instant and import, the more careful one holds.
    """
    if links.num_rows == 0:
        return _customers(*(np.empty(0, np.int64),) * 2)
    left, right = (_integers(links, name) for name in ("left_key", "right_key"))
    said = _integers(links, "import_id"), _integers(links, "decided_at")
    same = np.asarray(links["verdict"].to_numpy(zero_copy_only=False) == "same")
    low, high = np.minimum(left, right), np.maximum(left, right)
    order = np.lexsort((~same, said[0], said[1], high, low))
    ends = np.flatnonzero(np.append((np.diff(low[order]) != 0) | (np.diff(high[order]) != 0), True))
    pair = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=-1))
    in_force = same[order[ends]]
    kept = order[in_force[pair] & same[order]]
    return _joined(left[kept], right[kept], said[0][kept], said[1][kept])


def _joined(left: Integers, right: Integers, import_id: Integers, decided_at: Integers) -> Customers:
    """Components of the pairs; each takes the left key of its earliest statement."""
    nodes, places = np.unique(np.concatenate([left, right]), return_inverse=True)
    ones = np.ones(len(left), dtype=np.int8)
    graph = coo_array((ones, (places[: len(left)], places[len(left) :])), shape=(len(nodes),) * 2)
    number, component = connected_components(graph, directed=False)
    of_link = component[places[: len(left)]]
    latest_first = np.lexsort((right, left, import_id, decided_at))[::-1]
    key = np.empty(number, dtype=np.int64)
    key[of_link[latest_first]] = left[latest_first]  # of several written to one place, the last one stays
    return _customers(nodes, key[component])


def _customers(client_keys: Integers, customer_keys: Integers) -> Customers:
    by_customer = np.argsort(customer_keys, kind="stable")
    return Customers(client_keys, customer_keys, by_customer, customer_keys[by_customer])


def _integers(links: pa.Table, name: str) -> Integers:
    """A column as integers; an instant as microseconds, and one that is not known before all others."""
    column = links[name].cast(pa.int64()).fill_null(np.iinfo(np.int64).min)
    return np.asarray(column.to_numpy(), dtype=np.int64)
