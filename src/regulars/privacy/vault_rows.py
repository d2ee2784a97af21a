"""Clients leave the vault and its neighbours: rows deleted, and the pages they stood on overwritten."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable

import sqlalchemy as sa

from regulars.log.databases import schema_of
from regulars.privacy.person import CHUNK, PrivacyError

WAIT_SECONDS = 30.0


def forget_clients(engine: sa.Engine, keys: Iterable[int], *, but: Collection[str] = ()) -> dict[str, int]:
    """Delete the rows of these clients from every table that has a client_key, ``but`` these; table -> rows."""
    wanted = sorted(keys)
    removed: dict[str, int] = {}
    with engine.begin() as connection:
        for table in _tables_with_keys(engine):
            if table.name in but:
                continue
            gone = 0
            for start in range(0, len(wanted), CHUNK):
                mine = table.c.client_key.in_(wanted[start : start + CHUNK])
                gone += connection.execute(table.delete().where(mine)).rowcount
            if gone:
                removed[table.name] = gone
    return removed


def overwrite_free_space(engine: sa.Engine, *, wait_seconds: float = WAIT_SECONDS) -> None:
    """Take what was deleted off the disk: free pages, the write-ahead log, dead rows.

    SQLite overwrites rows as they are deleted where it is told to, as we do; else, as PostgreSQL's tables, the whole
    file is written anew. What PostgreSQL archives of its write-ahead log is its administrator's to delete.

    Raises PrivacyError where somebody reads for longer than ``wait_seconds``.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "sqlite":
            if not connection.exec_driver_sql("PRAGMA secure_delete").scalar():
                connection.exec_driver_sql("VACUUM")
            _empty_write_ahead_log(connection, wait_seconds)
            return
        preparer, schema = engine.dialect.identifier_preparer, schema_of(engine)
        for name in sorted(sa.inspect(engine).get_table_names(schema=schema)):
            table = preparer.format_table(sa.Table(name, sa.MetaData(), schema=schema))
            connection.exec_driver_sql(f"VACUUM (FULL) {table}")


def _empty_write_ahead_log(connection: sa.Connection, wait_seconds: float) -> None:
    """A reader in the middle of something keeps the log; so wait for it."""
    until = time.monotonic() + wait_seconds
    while connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0][0]:
        if time.monotonic() > until:
            raise PrivacyError(
                "The person is erased from the vault, but somebody has been reading it for "
                f"{wait_seconds:g} seconds, so old pages are still on the disk. Run the same command again."
            )
        time.sleep(0.05)


def _tables_with_keys(engine: sa.Engine) -> list[sa.Table]:
    """Whatever stands in the database with a client_key, whoever made it: a search index, consents."""
    found = sa.MetaData()
    inspector = sa.inspect(engine)
    schema = schema_of(engine)
    tables = []
    for name in sorted(inspector.get_table_names(schema=schema)):
        if any(column["name"] == "client_key" for column in inspector.get_columns(name, schema=schema)):
            tables.append(sa.Table(name, found, sa.Column("client_key", sa.BigInteger), schema=schema))
    return tables
