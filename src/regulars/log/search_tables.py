"""The tables and triggers of the search index, in SQLite and in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from regulars.log import databases
from regulars.log.vault import details, records

SHAPE = "1"  # goes up when the same record would give other terms
_LOCK = "regulars search index"
_PATIENCE_MS, _HURRY_MS = 30_000, 50
_CACHE_KIB = 200_000

metadata = sa.MetaData()
indexed = sa.Table(
    "search_terms",
    metadata,
    sa.Column("client_key", sa.BigInteger, primary_key=True, autoincrement=False),
    # Ranges of beginnings need the order of code points, whatever the database's own language.
    sa.Column("term", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), primary_key=True),
    sqlite_with_rowid=False,
)
sa.Index("search_terms_by_term", indexed.c.term, indexed.c.client_key)
# Records of which something was said or taken back since they were put into the index.
changed = sa.Table(
    "search_changed",
    metadata,
    sa.Column("client_key", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
)
# One row: what the index was made by.
made_by = sa.Table("search_made_by", metadata, sa.Column("form", sa.Text, primary_key=True))


def prepare(engine: sa.Engine, country: str) -> None:
    """Make what is missing; where the index was made in another form, note every record again."""
    databases.create_tables(engine, metadata)
    form = f"{SHAPE} {country}"
    with writing(engine, wait=True) as connection:
        for statement in _triggers(engine):
            connection.exec_driver_sql(statement)
        if connection.execute(sa.select(made_by.c.form)).scalars().all() == [form]:
            return
        for table in (indexed, changed, made_by):
            connection.execute(table.delete())
        everyone = sa.union(sa.select(records.c.client_key), sa.select(details.c.client_key))
        connection.execute(changed.insert().from_select(["client_key"], everyone))
        connection.execute(made_by.insert().values(form=form))


@contextmanager
def writing(engine: sa.Engine, *, wait: bool) -> Iterator[sa.Connection]:
    """A transaction that keeps other writers of the index out."""
    with engine.connect() as connection:
        if engine.dialect.name == databases.POSTGRESQL:
            with connection.begin():
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": _LOCK})
                yield connection
            return
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {_PATIENCE_MS if wait else _HURRY_MS}")
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KIB}")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {_PATIENCE_MS}")


def _triggers(engine: sa.Engine) -> Iterator[str]:
    if engine.dialect.name == databases.POSTGRESQL:
        yield from _postgresql_triggers(databases.schema_of(engine))
        return
    for table in ("details", "records"):
        for event, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
            steps = "".join(_forget(row) if row == "OLD" else "" for row in rows) + "".join(map(_note, rows))
            name = f"search_{table}_{event.lower()}"
            yield f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {event} ON {table} BEGIN {steps}END"


def _forget(row: str) -> str:
    return f"DELETE FROM search_terms WHERE client_key = {row}.client_key; "


def _note(row: str) -> str:
    there = f"SELECT 1 FROM search_changed WHERE client_key = {row}.client_key"
    return f"INSERT INTO search_changed SELECT {row}.client_key WHERE NOT EXISTS ({there}); "


def _postgresql_triggers(schema: str | None) -> Iterator[str]:
    place = f'"{schema}".' if schema else ""
    note = f"INSERT INTO {place}search_changed VALUES ({{}}.client_key) ON CONFLICT DO NOTHING;"
    yield f"""
        CREATE OR REPLACE FUNCTION {place}search_note() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                DELETE FROM {place}search_terms WHERE client_key = OLD.client_key;
                {note.format("OLD")}
            END IF;
            IF TG_OP <> 'DELETE' THEN
                {note.format("NEW")}
            END IF;
            RETURN NULL;
        END $$"""
    for table in ("details", "records"):
        yield (
            f"CREATE OR REPLACE TRIGGER search_{table} AFTER INSERT OR UPDATE OR DELETE ON {place}{table} "
            f"FOR EACH ROW EXECUTE FUNCTION {place}search_note()"
        )
