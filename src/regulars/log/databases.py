"""The small databases beside the log (vault, inbox): SQLite files, or schemas of one PostgreSQL.

Every commit is forced to the disk before it returns, and what is deleted is overwritten.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from regulars.errors import WorkspaceError

SQLITE_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 30000", "secure_delete = ON")
POSTGRESQL = "postgresql"
_CONNECT_SECONDS = 10


def sqlite_file(path: Path) -> sa.Engine:
    """The database in a SQLite file; nothing is opened yet. A disk that is read-only is read as it is."""
    if path.exists() and not os.access(path.parent, os.W_OK):
        address = f"file:{_escaped(path.resolve())}?immutable=1&mode=ro"
        return sa.create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True), poolclass=sa.NullPool)
    return opened(sa.URL.create("sqlite", database=str(path)))


def opened(address: str | sa.URL, schema: str | None = None) -> sa.Engine:
    """The database at an address; nothing is connected yet.

    schema  where PostgreSQL keeps these tables; SQLite has a file for each kind instead
    """
    url = sa.make_url(address)
    if url.get_backend_name() not in (POSTGRESQL, "postgres"):
        engine = sa.create_engine(url)
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", _durable_sqlite)
        return engine
    engine = sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        connect_args={"connect_timeout": _CONNECT_SECONDS, "options": "-c synchronous_commit=on -c TimeZone=UTC"},
        execution_options={"schema_translate_map": {None: schema}} if schema else {},
    )
    sa.event.listen(engine, "handle_error", _in_words)
    return engine


def create_tables(engine: sa.Engine, metadata: sa.MetaData) -> None:
    """Make the tables that are missing, and the schema they live in."""
    with engine.begin() as connection:
        schema = schema_of(engine)
        if schema:
            # Two who create the same schema at once would collide; the lock goes with the transaction.
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"regulars {schema}"})
            connection.execute(sa.schema.CreateSchema(schema, if_not_exists=True))
        metadata.create_all(connection)


def schema_of(engine: sa.Engine) -> str | None:
    """The PostgreSQL schema that the engine's tables live in; None for SQLite."""
    translated = engine.get_execution_options().get("schema_translate_map") or {}
    found = translated.get(None)
    return str(found) if found else None


def insert_into(engine: sa.Engine, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what to do where the row is there already."""
    return postgresql.insert(table) if engine.dialect.name == POSTGRESQL else sqlite.insert(table)


def overwrite_deleted(engine: sa.Engine) -> None:
    """Fold SQLite's write-ahead log into its file and empty it: it still holds the pages as they were."""
    if engine.dialect.name == "sqlite":
        # A reader in the middle of something keeps it; the next one to ask empties it.
        with suppress(sa.exc.OperationalError), engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def check_reachable(engine: sa.Engine) -> None:
    """Raises WorkspaceError where the database of the settings does not answer."""
    try:
        with engine.connect():
            return
    except sa.exc.DBAPIError as error:
        raise _unusable(error.orig) from error


def _in_words(context: sa.engine.ExceptionContext) -> None:
    """A PostgreSQL that went away, told as a sentence wherever it is met."""
    if context.connection is None or (context.is_disconnect and not context.is_pre_ping):
        raise _unusable(context.original_exception) from context.original_exception


def _unusable(error: BaseException | None) -> WorkspaceError:
    said = str(error).strip().partition("\n")[0].rstrip(".")
    return WorkspaceError(
        f"The database named by `state` in regulars.toml cannot be used: {said}. Start it, or mend the address, then "
        "try again."
    )


def _durable_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Write-ahead log for readers beside a writer; every commit is forced to disk."""
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _escaped(path: Path) -> str:
    return str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
