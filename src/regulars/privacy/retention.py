"""Terms: what the company keeps for some years only, by the [retention] section of regulars.toml.

First ``due`` says what would go; ``apply`` does it, once: what was done is not found again. Nobody is put on the list
of erased people, since a customer whose term is over may come back any day.

interactions   touches older than the term: those with money stay as a guest's sale, the rest goes
texts          words of older touches and answers; the touches stay
facts          things noted about customers, not said or confirmed within the term, with their whole history
contacts       name, e-mail, phone, birthday, address and consents of customers not heard of within the term, and
               rejected lines as old; what the company did by itself (an offer, a greeting) is not hearing of them
"""

# ruff: noqa: S608  SQL is put together of names of our own columns, keys and file names; see quoted()

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from regulars import audit
from regulars.engines.duckdb import DuckDBEngine
from regulars.facts import standing_rows
from regulars.log.head import write_head
from regulars.log.locks import exclusive
from regulars.log.maintenance import alone
from regulars.log.sealing import seal_alone
from regulars.log.vault import details, records
from regulars.places import REJECTS_FOLDER
from regulars.privacy.erasing import LOCK, WAIT_SECONDS
from regulars.privacy.log_history import forget_past
from regulars.privacy.log_rows import Rewrite
from regulars.privacy.person import CHUNK, HIDDEN
from regulars.privacy.vault_rows import forget_clients, overwrite_free_space

if TYPE_CHECKING:
    from regulars.workspace import Workspace

DAYS_IN_YEAR = 365.2425
INTERACTIONS, TEXTS, FACTS, CONTACTS = "interactions", "texts", "facts", "contacts"
KINDS = (INTERACTIONS, TEXTS, FACTS, CONTACTS)


@dataclass(frozen=True)
class Due:
    """What a term takes. ``rows``: touches, touches with words, facts, or customers; 0 where nothing is due.

    before   the first day that is kept
    guests   of the touches, those that stay as a guest's sale
    files    of contacts, files of rejected lines that go too
    """

    kind: str
    years: float
    before: date
    rows: int
    guests: int = 0
    files: int = 0


def due(workspace: Workspace, now: datetime) -> list[Due]:
    """What would go today, one entry a term of regulars.toml; empty where the company set none. Changes nothing."""
    with workspace.engine() as engine:
        found = []
        for kind, years, before in _terms(workspace, now):
            if kind == CONTACTS:
                rows, files = len(_silent_customers(workspace, engine, before)), len(_old_rejects(workspace, before))
                found.append(Due(kind, years, before, rows, files=files))
                continue
            table = "facts" if kind == FACTS else "interactions"
            query = _QUERIES[kind].format(rows=f"recorded_{table}", answers="recorded_answers", before=before)
            guests = "count(*) FILTER (WHERE has_money)" if kind == INTERACTIONS else "0"
            row = engine.run(f"SELECT count(*) AS n, {guests} AS guests FROM ({query})").to_pylist()[0]
            found.append(Due(kind, years, before, int(row["n"]), guests=int(row["guests"])))
    return found


def apply(workspace: Workspace, *, by: str, now: datetime, wait_seconds: float = WAIT_SECONDS) -> list[Due]:
    """Do what ``due`` says, and return what was done. Doing it again on the same day does nothing.

    Raises PrivacyError where somebody reads for longer than ``wait_seconds``; doing it again finishes.
    """
    with exclusive(workspace.folder / LOCK):
        planned = due(workspace, now)
        silent: list[int] = []
        for term in planned:
            if term.kind == CONTACTS:
                with workspace.engine() as engine:
                    silent = _silent_customers(workspace, engine, term.before)
        _rewrite_log(workspace, planned, now, wait_seconds)
        for term in planned:
            if term.kind == CONTACTS:
                _forget_contacts(workspace, silent, term.before)
        if any(term.rows or term.files for term in planned):
            told = {term.kind: term.rows for term in planned}
            audit.record(workspace.folder, "terms applied", by=by, now=now, rows=told)
    return planned


# Inside ----------------------------------------------------------------------------------------------

# A touch that says nothing of anybody any more is left alone, so that doing it again finds nothing.
_QUERIES = {
    INTERACTIONS: """
        SELECT interaction_id, coalesce(amount, cost) IS NOT NULL AS has_money FROM {rows}
        WHERE occurred_on < DATE '{before}' AND NOT (
            coalesce(amount, cost) IS NOT NULL AND client_key IS NULL AND thread IS NULL AND text IS NULL
            AND properties IS NULL AND source_row IS NULL)""",
    TEXTS: """
        SELECT interaction_id FROM {rows} i WHERE occurred_on < DATE '{before}' AND (text IS NOT NULL
            OR interaction_id IN (SELECT interaction_id FROM {answers} WHERE text IS NOT NULL))""",
    FACTS: """
        SELECT client_key, coalesce(fact_id, 0) AS fact_id, name, coalesce(value, '') AS value FROM {rows}
        WHERE (client_key, coalesce(CAST(fact_id AS VARCHAR), name)) IN (
            SELECT (client_key, coalesce(CAST(fact_id AS VARCHAR), name)) FROM ("""
    + standing_rows("{rows}")
    + """)
            GROUP BY client_key, coalesce(CAST(fact_id AS VARCHAR), name)
            HAVING max(greatest(coalesce(confirmed_at, known_at), known_at)) < TIMESTAMPTZ '{before} 00:00:00+00')""",
}
_SILENT = """
    WITH heard AS (
        SELECT client_key, max(occurred_on) AS at FROM interactions
        WHERE client_key IS NOT NULL AND initiated_by IS DISTINCT FROM 'company' GROUP BY client_key),
    told AS (
        SELECT client_key, CAST(max(greatest(known_at, confirmed_at)) AS DATE) AS at FROM facts GROUP BY client_key),
    stated AS (SELECT client_key, CAST(max(asserted_at) AS DATE) AS at FROM clients GROUP BY client_key)
    SELECT client_key FROM stated FULL JOIN heard USING (client_key) FULL JOIN told USING (client_key)
    WHERE coalesce(greatest(heard.at, told.at), stated.at) < DATE '{before}'"""


def _terms(workspace: Workspace, now: datetime) -> list[tuple[str, float, date]]:
    kept = workspace.settings.retention
    today = now.astimezone(UTC).date()
    return [
        (kind, kept[kind], today - timedelta(days=round(kept[kind] * DAYS_IN_YEAR))) for kind in KINDS if kind in kept
    ]


def _rewrite_log(workspace: Workspace, planned: Sequence[Due], now: datetime, wait_seconds: float) -> None:
    wanted = {term.kind: term for term in planned if term.rows and term.kind != CONTACTS}
    if not wanted:
        return
    with alone(workspace.log) as head, workspace.log.connection() as connection:
        head = seal_alone(workspace.log, workspace.inbox, head, connection)
        rewrite = Rewrite(workspace.log, connection, head)
        take = {
            INTERACTIONS: lambda query: rewrite.take_touches(query, keep_amounts=True),
            TEXTS: rewrite.take_texts,
            FACTS: rewrite.take_facts,
        }
        for kind, term in wanted.items():
            rows = rewrite.read("facts" if kind == FACTS else "interactions")
            answers = rewrite.read("answers") or "(SELECT NULL::BIGINT AS interaction_id, NULL AS text WHERE false)"
            if rows:
                take[kind](_QUERIES[kind].format(rows=rows, answers=answers, before=term.before))
        head = rewrite.run()
        write_head(workspace.log.folder, head)
        forget_past(workspace.log, head, wait_seconds=wait_seconds)
        workspace.inbox.drop_sealed(head.inbox_offset, now)
    workspace.drop_cache()


def _silent_customers(workspace: Workspace, engine: DuckDBEngine, before: date) -> list[int]:
    """Customers not heard of since, of whom the vault still says something."""
    found = engine.run(_SILENT.format(before=before)).to_pylist()
    quiet = {int(row["client_key"]) for row in found}
    with workspace.vault.engine.connect() as connection:
        known = {int(row[0]) for row in connection.execute(sa.select(details.c.client_key).distinct())}
        marked = sa.or_(*(records.c.reference.like(f"{mark}%") for mark in HIDDEN))
        known |= {int(row[0]) for row in connection.execute(sa.select(records.c.client_key).where(marked))}
    customers = {key: workspace.customer_of(key) for key in known}
    return sorted({customer for customer in customers.values() if customer in quiet})


def _forget_contacts(workspace: Workspace, customers: Sequence[int], before: date) -> None:
    """The records stay under their source's number, so that a customer who comes back is the same one."""
    keys = sorted({key for customer in customers for key in workspace.records_of(customer)})
    engine = workspace.vault.engine
    if keys:
        forget_clients(engine, keys, but=(records.name,))
        with engine.begin() as connection:
            for start in range(0, len(keys), CHUNK):
                mine = records.c.client_key.in_(keys[start : start + CHUNK])
                marked = sa.or_(*(records.c.reference.like(f"{mark}%") for mark in HIDDEN))
                connection.execute(records.delete().where(mine, marked))
        overwrite_free_space(engine)
    for path in _old_rejects(workspace, before):
        path.unlink()


def _old_rejects(workspace: Workspace, before: date) -> list[Path]:
    folder = workspace.folder / REJECTS_FOLDER
    first = datetime(before.year, before.month, before.day, tzinfo=UTC).timestamp()
    return sorted(path for path in folder.glob("*.csv") if path.stat().st_mtime < first) if folder.is_dir() else []
