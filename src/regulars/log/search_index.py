"""Finds customers by name, phone, e-mail, reference or key, in an index beside the vault's own tables.

Triggers of the database note every record of which something was said or taken back, whoever does it; what was taken
back leaves the index in the same transaction, so that an erased person cannot be found. The noted records are put into
the index before the next search; after an import of many records ``refresh`` does so, and until it is done searches
find the others only.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from regulars.log import search_tables
from regulars.log.search_tables import changed, indexed
from regulars.log.search_terms import MATCHED, Matched, Search, Wanted, terms, understood
from regulars.log.vault import details, records

if TYPE_CHECKING:
    from regulars.workspace import Workspace

BATCH_RECORDS = 5_000
CANDIDATES = 500
COUNTED_ROWS = 2_000  # enough to tell a rare word from a frequent one
LAST = "\U0010ffff"

_ready: WeakKeyDictionary[sa.Engine, str] = WeakKeyDictionary()
_refreshing = threading.Lock()


@dataclass(frozen=True)
class Found:
    """A customer who meets a search: the key, the name ("" where none is known), and what matched first."""

    client_key: int
    name: str
    matched: Matched


def find(workspace: Workspace, text: str, *, limit: int = 20, offset: int = 0) -> list[Found]:
    """Customers who meet every part of the text, the best first; none for a text that says nothing.

    A whole name comes before names that begin with the text, exact words before beginnings of words. Phones are found
    in any format and by their last four digits or more. Whoever shows names records that they were shown.
    """
    found = list(islice(_matches(workspace, text), offset, offset + limit))
    names = newest_names(workspace, [key for key, _ in found])
    return [Found(key, names.get(key, ""), matched) for key, matched in found]


def matching_keys(workspace: Workspace, text: str, *, limit: int = 100_000) -> list[int]:
    """Keys of the customers who meet the text, the best first: for the list page."""
    return [key for key, _ in islice(_matches(workspace, text), limit)]


def newest_names(workspace: Workspace, customer_keys: Iterable[int]) -> dict[int, str]:
    """Customer key -> name: of a customer with several records, the name said last. Those without are left out."""
    customers = workspace.customers()
    of_record = {record: key for key in customer_keys for record in customers.records_of(key)}
    query = sa.select(details.c.client_key, details.c.name).order_by(details.c.import_id, details.c.detail_id)
    found: dict[int, str] = {}
    with workspace.vault.engine.connect() as connection:
        for chunk in _chunks(of_record, CANDIDATES):
            named = query.where(details.c.client_key.in_(chunk), details.c.name.is_not(None), details.c.name != "")
            found |= {of_record[record]: name for record, name in connection.execute(named)}
    return found


def refresh(workspace: Workspace, *, wait: bool = True, most: int | None = None) -> int:
    """Put the records noted since the last time into the index; returns how many. Called after imports and by searches.

    A million records take some minutes the first time, so it is called after an import rather than by the first search.

    wait  False: where another writer holds the vault, leave it for the next time
    most  about how many at once; the rest is left for the next time
    """
    engine, country = workspace.vault.engine, workspace.settings.country
    done = 0
    with _refreshing:
        if _ready.get(engine) != country:
            search_tables.prepare(engine, country)
            _ready[engine] = country
        try:
            while (most is None or done < most) and (count := _refresh_batch(engine, country, wait=wait)):
                done += count
        except sa.exc.OperationalError:
            if wait:
                raise
    return done


def pending(workspace: Workspace) -> int:
    """Records that searches do not find yet, because ``refresh`` has not come to them: to be said beside results."""
    refresh(workspace, wait=False, most=0)
    with workspace.vault.engine.connect() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(changed)).scalar_one())


# Inside ----------------------------------------------------------------------------------------------


def _refresh_batch(engine: sa.Engine, country: str, *, wait: bool) -> int:
    """Some records, in one transaction: what is noted, read and written belongs together."""
    with engine.connect() as connection:
        if connection.execute(sa.select(changed.c.client_key).limit(1)).first() is None:
            return 0
    with search_tables.writing(engine, wait=wait) as connection:
        noted = connection.execute(sa.select(changed.c.client_key).limit(BATCH_RECORDS)).scalars().all()
        rows = []
        for keys in _chunks(noted, CANDIDATES):
            connection.execute(changed.delete().where(changed.c.client_key.in_(keys)))
            connection.execute(indexed.delete().where(indexed.c.client_key.in_(keys)))
            rows += _rows(connection, keys, country)
        if rows:
            connection.execute(indexed.insert(), sorted(rows, key=lambda row: (row["client_key"], row["term"])))
    return len(noted)


def _rows(connection: sa.Connection, keys: Sequence[int], country: str) -> list[dict[str, object]]:
    said: dict[int, list[dict[str, str | None]]] = defaultdict(list)
    wanted = sa.select(details.c.client_key, details.c.name, details.c.email, details.c.phone)
    for key, name, email, phone in connection.execute(wanted.where(details.c.client_key.in_(keys)).distinct()):
        said[key].append({"name": name, "email": email, "phone": phone})
    called: dict[int, list[str]] = defaultdict(list)
    of_records = sa.select(records.c.client_key, records.c.reference).where(records.c.client_key.in_(keys))
    for key, reference in connection.execute(of_records):
        called[key].append(reference)
    return [{"client_key": key, "term": term} for key in keys for term in terms(said[key], called[key], country)]


def _matches(workspace: Workspace, text: str) -> Iterator[tuple[int, Matched]]:
    """Customers and what matched, each customer once."""
    search = understood(text, workspace.settings.country)
    if not search.wanted:
        return
    refresh(workspace, wait=False, most=BATCH_RECORDS)
    customers = workspace.customers()
    seen: set[int] = set()
    with workspace.vault.engine.connect() as connection:
        for batch in _candidates(connection, search):
            of_record = {record: customers.of(record) for record, _ in batch}
            matched = {of_record[record]: how for record, how in reversed(batch)}
            fresh = [key for key in dict.fromkeys(of_record.values()) if key not in seen]
            seen.update(fresh)
            meeting = _meeting_all(connection, search, fresh, customers.records_of)
            yield from ((key, matched[key]) for key in fresh if key in meeting)


def _candidates(connection: sa.Connection, search: Search) -> Iterator[list[tuple[int, Matched]]]:
    """Records that meet one part of the search, in batches: whole names, exact words, then beginnings."""
    if search.whole:
        yield from _batches(connection, [_exactly("w" + search.whole)])
        yield from _batches(connection, [_beginning("w" + search.whole)])
    rarest = min(search.wanted, key=lambda wanted: _frequency(connection, wanted))
    if rarest.key is not None:
        known = sa.select(records.c.client_key).where(records.c.client_key == rarest.key)
        yield [(key, "key") for key in connection.execute(known.distinct()).scalars()]
    yield from _batches(connection, [_exactly(one) for one in rarest.beginnings])
    yield from _batches(connection, [_beginning(one + "@") for one in rarest.beginnings if one[0] == "e"])
    yield from _batches(connection, [_beginning(one) for one in rarest.beginnings])


def _batches(
    connection: sa.Connection, conditions: Iterable[sa.ColumnElement[bool]]
) -> Iterator[list[tuple[int, Matched]]]:
    for condition in conditions:
        query = sa.select(indexed.c.client_key, indexed.c.term).where(condition).order_by(indexed.c.term)
        result = connection.execute(query.execution_options(yield_per=CANDIDATES))
        for part in result.partitions():
            yield [(key, MATCHED[term[0]]) for key, term in part]


def _meeting_all(
    connection: sa.Connection, search: Search, customer_keys: Sequence[int], records_of: Callable[[int], list[int]]
) -> set[int]:
    """Those of the customers who meet every part, each part by any of their records."""
    left = set(customer_keys)
    for wanted in search.wanted:
        of_record = {record: key for key in left for record in records_of(key)}
        left = {key for key in left if wanted.key is not None and wanted.key in (key, *records_of(key))}
        for chunk in _chunks(of_record, CANDIDATES):
            any_of = sa.or_(*map(_beginning, wanted.beginnings))
            query = sa.select(indexed.c.client_key).where(indexed.c.client_key.in_(chunk), any_of)
            left |= {of_record[record] for record in connection.execute(query.distinct()).scalars()}
    return left


def _frequency(connection: sa.Connection, wanted: Wanted) -> int:
    """About how many terms meet a part of the search, counted up to a limit."""
    total = 0
    for one in wanted.beginnings:
        some = sa.select(sa.literal(1)).select_from(indexed).where(_beginning(one)).limit(COUNTED_ROWS).subquery()
        total += connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one()
    return total


def _exactly(term: str) -> sa.ColumnElement[bool]:
    return indexed.c.term == term


def _beginning(term: str) -> sa.ColumnElement[bool]:
    return sa.and_(indexed.c.term >= term, indexed.c.term < term + LAST)


def _chunks(values: Iterable[int], size: int) -> Iterator[list[int]]:
    rest = iter(values)
    while chunk := list(islice(rest, size)):
        yield chunk
