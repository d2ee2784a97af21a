"""What is left on the disk: nothing of dead work, nothing personal where others may read, and backups that hold."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

import regulars as rg
from regulars import audit, exports
from regulars import settings as configuration
from regulars.errors import LogError, WorkspaceError
from regulars.log.scratch import SPILL, SPOOL, open_scratch
from regulars.workspace import Workspace
from tests.log.rows import add, orders


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return rg.init(tmp_path / "shop")


def test_a_dead_imports_cells_go_also_when_its_process_number_lives_again(tmp_path):
    left = tmp_path / f"{SPOOL}{os.getpid()}-abc"
    spilled = tmp_path / f"{SPILL}not a number"
    for folder in (left, spilled):
        folder.mkdir()
        (folder / "cells.arrow").write_text("Zdenka Canarova")
    first = open_scratch(tmp_path, SPOOL)
    assert (first.left_behind, left.exists(), spilled.exists()) == (2, False, False)
    assert first.folder.stat().st_mode & 0o777 == 0o700
    second = open_scratch(tmp_path, SPOOL)
    assert first.folder.exists(), "an import on its way keeps its cells"
    first.close()
    second.close()
    assert list(tmp_path.glob(f"{SPOOL}*")) == []


def test_reading_leaves_nothing_beside_the_log(shop):
    add(shop, orders(range(1, 4)))
    shop.measure("revenue")
    shop.imports()
    assert [path.name for path in shop.log.folder.iterdir() if path.name.startswith((SPOOL, SPILL))] == []


def test_an_import_counter_lost_to_a_full_disk_stops_nobody(shop):
    first = add(shop, orders(range(1, 4)))
    (shop.log.folder / ".import_counter").write_text("")
    assert add(shop, orders(range(4, 6))) == first + 1


def test_two_who_undo_the_same_import_at_once_undo_it_once(shop):
    """The second asks before the first has finished: what counts is the log once it is its turn."""
    number = add(shop, orders(range(1, 4)))
    other = rg.open(shop.folder)
    other.imports()
    shop.undo(number)
    with pytest.raises(LogError, match="undone already"):
        other.undo(number)
    assert [row["event"] for row in shop.imports()] == ["imported", "undone"]


def test_a_kind_in_the_files_own_words_stays_out_of_the_transaction_log(shop, tmp_path):
    path = tmp_path / "calls.csv"
    path.write_text("customer_id,date,kind\nc1,2026-01-05,Call with Zdenka\nc2,2026-01-05,call\n")
    shop.import_file(path, form="contacts")
    commits = b"".join(path.read_bytes() for path in shop.log.folder.rglob("_delta_log/*") if path.is_file())
    assert b"zdenka" not in commits.lower()


def test_a_backup_holds_the_vault_as_it_is_with_names_not_yet_in_its_main_file(shop, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("customer_id,name\nc1,Ana Kovac\n")
    shop.import_file(path, form="customers")
    archive = shop.backup(tmp_path / "vault.sqlite3")
    assert archive.stat().st_mode & 0o777 == 0o600
    with tarfile.open(archive) as packed:
        names = packed.getnames()
        (tmp_path / "copy").mkdir()
        packed.extract("vault.sqlite3", tmp_path / "copy", filter="data")
    assert [name for name in names if "vault" in name] == ["vault.sqlite3"], "no half of a write-ahead log"
    assert not [name for name in names if SPOOL in name or SPILL in name]
    with closing(sqlite3.connect(tmp_path / "copy" / "vault.sqlite3")) as vault:
        assert vault.execute("SELECT name FROM details").fetchall() == [("Ana Kovac",)]
    assert rg.restore(archive, tmp_path / "again").imports() == shop.imports()


@pytest.mark.parametrize("damage", ["cut", "no archive", "climbs out"])
def test_a_backup_that_is_none_is_refused_in_words(shop, tmp_path, damage):
    archive = tmp_path / "backup.tgz"
    if damage == "cut":
        add(shop, orders(range(1, 400)))
        whole = shop.backup(archive).read_bytes()
        archive.write_bytes(whole[: len(whole) // 2])
    elif damage == "no archive":
        archive.write_bytes(b"order_id,customer_id\n" * 100)
    else:
        with tarfile.open(archive, "w:gz") as packed:
            entry = tarfile.TarInfo("../outside.txt")
            entry.size = 3
            packed.addfile(entry, io.BytesIO(b"bad"))
    with pytest.raises(WorkspaceError, match="is not a backup that can be read"):
        rg.restore(archive, tmp_path / "again")
    assert not (tmp_path / "outside.txt").exists()


@pytest.mark.parametrize("name", ['Shop "1"', "two\nlines", "back\\slash", "{x}", "bell\x07", "del\x7f", "Магазин"])
def test_a_company_is_called_what_it_calls_itself(tmp_path, name):
    rg.init(tmp_path / "shop", name=name)
    assert rg.open(tmp_path / "shop").settings.name == name


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("rates = 3", "rates in regulars.toml must be a section"),
        ("value = []", "value in regulars.toml must be a section"),
        ('fiscal_year_starts = "May"', "must be a month"),
        ("fiscal_year_starts = 13", "must be a month"),
        ("[rates]\nUSD = 0.000000001", "must lie between"),
        ("[rates]\nUSD = 1e12", "must lie between"),
        ("[rates]\nUSD = nan", "must lie between"),
        ("[value]\nmargin_share = inf", "not a number that can be used"),
        ('time_zone = "Europe"', "is not known"),
        ('time_zone = "../../etc/passwd"', "is not known"),
        ("name = ", "Mend that line"),
    ],
)
def test_damaged_settings_are_told_in_one_sentence(tmp_path, written, told):
    (tmp_path / configuration.FILE_NAME).write_text(written)
    with pytest.raises(WorkspaceError, match=told):
        configuration.read_settings(tmp_path)


def test_a_power_cut_while_a_line_was_written_is_not_taken_for_tampering(tmp_path):
    now = datetime(2026, 1, 5, tzinfo=UTC)
    for number in range(3):
        audit.record(tmp_path, "names shown", by="Line\u2028break \x85", now=now, rows=number)
    lines = (tmp_path / audit.FILE_NAME).read_bytes().split(b"\n")[:-1]
    seals = [json.loads(line)["before"] for line in lines]
    newest = (tmp_path / audit.SEAL_NAME).read_text()
    # The seal was announced; of the third line, nothing, half or all had reached the disk.
    for there in (lines[:2], [*lines[:2], lines[2][:9]], lines):
        half = there[-1] == lines[2][:9]
        (tmp_path / audit.SEAL_NAME).write_text(f"{seals[2]}\n{newest}")
        (tmp_path / audit.FILE_NAME).write_bytes(b"\n".join(there) + (b"" if half else b"\n"))
        assert half or audit.verify(tmp_path) is None
        audit.record(tmp_path, "names shown", by="Elena", now=now, rows=9)
        assert audit.verify(tmp_path) is None
        rest = [line for line in there if line in lines]
        assert (tmp_path / audit.FILE_NAME).read_bytes().split(b"\n")[: len(rest)] == rest


def test_a_long_cell_of_digits_is_made_inert_at_once():
    assert exports.inert("-" + "1" * 200_000 + "x").startswith("'")
    assert exports.inert("-12.50") == "-12.50"
