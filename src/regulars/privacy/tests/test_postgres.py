"""The same with the vault and the inbox in PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

import regulars as rg
from regulars.log import databases
from regulars.privacy.erasing import erase
from regulars.privacy.kept_out import is_suppressed
from regulars.privacy.searching import found_in
from regulars.privacy.tests.people import EMAIL, NOW, WORDS, key_of
from regulars.workspace import Workspace


def found_in_database(shop: Workspace) -> set[str]:
    """Tables, and files of the cluster on the disk, in which one of the words stands."""
    found = set()
    for engine in (shop.vault.engine, shop.inbox.engine):
        schema = databases.schema_of(engine)
        with engine.connect() as connection:
            for table in sa.inspect(engine).get_table_names(schema=schema):
                for row in connection.execute(sa.text(f'SELECT * FROM "{schema}"."{table}"')):
                    if any(word.lower() in str(row).lower() for word in WORDS):
                        found.add(table)
    return found


def files_of(engine: sa.Engine) -> Path:
    """Where the cluster keeps the tables of this database."""
    with engine.connect() as connection:
        connection.execute(sa.text("COMMIT"))
        connection.execute(sa.text("CHECKPOINT"))
        query = "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
        folder, number = connection.execute(sa.text(query)).one()
    return Path(folder) / "base" / str(number)


@pytest.fixture
def moved(shop: Workspace, postgres_address: str) -> Workspace:
    """The company, its state moved to PostgreSQL."""
    shop.close()
    path = shop.folder / "regulars.toml"
    path.write_text(f'state = "{postgres_address}"\n{path.read_text(encoding="utf-8")}', encoding="utf-8")
    return rg.open(shop.folder)


def test_a_person_leaves_postgres_its_files_and_the_folder(moved):
    assert found_in_database(moved) >= {"details", "records", "entries"}
    files = files_of(moved.vault.engine)
    assert found_in(files, WORDS)
    erase(moved, key_of(moved, "AZ-77"), by="Elena", now=NOW, reason="asked by letter")
    assert found_in_database(moved) == set()
    assert found_in(files_of(moved.vault.engine), WORDS) == {}
    assert found_in(moved.folder, WORDS) == {}
    assert is_suppressed(moved, emails=[EMAIL])
    assert moved.vault.people([key_of(moved, "AZ-78")])
    moved.close()
