"""The log keeps its word: seen whole or not at all, undone exactly, never lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import regulars as rg
from regulars.errors import LogError
from regulars.log import store
from regulars.log.head import SCHEMA_VERSION, read_head
from regulars.log.locks import exclusive, shared
from regulars.log.maintenance import compact
from regulars.log.store import HEAD_LOCK, READERS_LOCK, STAGING_LOCK
from regulars.log.tables import TABLES
from regulars.workspace import Workspace
from tests.log.rows import add, orders, seen


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return rg.init(tmp_path / "shop")


def test_a_new_log_has_every_table_and_no_rows(shop):
    assert set(read_head(shop.log.folder).versions) == set(TABLES)
    assert seen(shop) == []


def test_what_was_added_is_what_is_seen(shop):
    number = add(shop, orders(range(1, 4)))
    assert seen(shop) == [(1, number), (2, number), (3, number)]


def test_undo_takes_exactly_one_import_back(shop):
    first = add(shop, orders(range(1, 4)))
    second = add(shop, orders(range(4, 8)))
    assert shop.undo(first) == 9
    assert seen(shop) == [(n, second) for n in range(4, 8)]
    with shop.engine() as engine:
        assert engine.run("SELECT count(*) AS n FROM items").to_pylist() == [{"n": 4}]


def test_undo_finds_its_rows_in_files_that_were_merged(shop):
    first = add(shop, orders(range(1, 4)))
    second = add(shop, orders(range(4, 8)))
    shop.compact()
    assert len(shop.log.files()["interactions"]) == 1
    shop.undo(first)
    assert seen(shop) == [(n, second) for n in range(4, 8)]


def test_an_import_is_undone_once(shop):
    number = add(shop, orders(range(1, 4)))
    shop.undo(number)
    with pytest.raises(LogError, match="undone already"):
        shop.undo(number)
    with pytest.raises(LogError, match="There is no import 99"):
        shop.undo(99)


def test_history_remembers_the_import_and_its_undo(shop):
    number = add(shop, orders(range(1, 4)))
    shop.undo(number, by="the owner")
    assert [(row["import_id"], row["event"], row["recorded_by"]) for row in shop.imports()] == [
        (number, "imported", "test"),
        (number, "undone", "the owner"),
    ]


def test_many_small_imports_end_in_few_files_with_the_same_rows(shop):
    for start in range(1, 41, 2):
        add(shop, orders(range(start, start + 2)))
    before = seen(shop)
    assert len(shop.log.files()["interactions"]) == 20
    compact(shop.log)
    assert seen(shop) == before
    assert len(shop.log.files()["interactions"]) == 1
    on_disk = list((shop.log.folder / "interactions").glob("*.parquet"))
    assert len(on_disk) == 1, "files nobody needs are deleted"


def test_compaction_waits_for_another_day_while_somebody_imports(shop):
    for start in range(1, 41, 2):
        add(shop, orders(range(start, start + 2)))
    with shared(shop.log.folder / STAGING_LOCK):
        assert compact(shop.log, wait=False) == {}


def test_files_stay_while_a_reader_reads(shop):
    for start in range(1, 41, 2):
        add(shop, orders(range(start, start + 2)))
    with shared(shop.log.folder / READERS_LOCK):
        before = {Path(path) for path in shop.log.files()["interactions"]}
        compact(shop.log)
        assert all(path.exists() for path in before)


def test_a_table_that_ran_ahead_is_put_back_by_the_next_writer(shop):
    """As after a kill between the commits of two tables: the first is there, the head never changed."""
    first = add(shop, orders(range(1, 4)))
    head = shop.log.head()
    with shop.log.staging() as number, shop.log.connection() as connection:
        connection.register("ready", orders(range(10, 20))["interactions"])
        staged = shop.log.stage(connection, "interactions", f"SELECT * REPLACE ({number} AS import_id) FROM ready")
        with exclusive(shop.log.folder / HEAD_LOCK):
            shop.log.commit(head, "interactions", [staged], [])
    assert seen(shop) == [(n, first) for n in (1, 2, 3)], "no head names it, nobody sees it"
    third = add(shop, orders(range(30, 32)))
    assert seen(shop) == [(1, first), (2, first), (3, first), (30, third), (31, third)]


def test_a_newer_log_is_refused_in_words(shop):
    path = shop.log.folder / "head.json"
    content = json.loads(path.read_text())
    path.write_text(json.dumps({**content, "schema_version": SCHEMA_VERSION + 1}))
    with pytest.raises(LogError, match="written by a newer Regulars"):
        rg.open(shop.folder)


def test_a_damaged_head_says_to_restore_a_backup(shop):
    (shop.log.folder / "head.json").write_text("{")
    with pytest.raises(LogError, match="Restore the latest backup"):
        rg.open(shop.folder)


def test_an_older_log_is_upgraded_after_a_backup(tmp_path, monkeypatch):
    """A log made before a column existed opens with that column empty, and the backup holds the old one."""
    older = dict(TABLES)
    older["items"] = older["items"].remove(older["items"].get_field_index("product_name"))
    with monkeypatch.context() as patch:
        for module in ("regulars.log.store.TABLES", "regulars.log.maintenance.TABLES", "regulars.log.tables.TABLES"):
            patch.setattr(module, older)
        patch.setattr("regulars.log.head.SCHEMA_VERSION", 1)
        shop = rg.init(tmp_path / "shop")
        tables = orders(range(1, 4))
        tables["items"] = tables["items"].drop_columns(["product_name"])
        number = add(shop, tables)
    head = json.loads((shop.log.folder / "head.json").read_text())
    (shop.log.folder / "head.json").write_text(json.dumps({**head, "schema_version": 1}))
    upgraded = rg.open(tmp_path / "shop")
    assert upgraded.log.head().schema_version == SCHEMA_VERSION
    assert seen(upgraded) == [(n, number) for n in (1, 2, 3)]
    with upgraded.engine() as engine:
        rows = engine.run("SELECT product, product_name FROM items").to_pylist()
    assert rows == [{"product": "chair", "product_name": None}] * 3
    backups = list((tmp_path / "shop" / "backups").glob("*.tar.gz"))
    assert len(backups) == 1


def test_a_backup_restores_to_the_same_rows(shop, tmp_path):
    add(shop, orders(range(1, 4)))
    restored = rg.restore(shop.backup(tmp_path / "copy.tar.gz"), tmp_path / "other")
    assert seen(restored) == seen(shop)
    assert restored.imports() == shop.imports()


def test_every_file_is_forced_to_the_disk_before_the_head_names_it(shop, monkeypatch):
    forced: list[str] = []
    real_fsync, real_write = os.fsync, store.write_head

    def fsync(descriptor):
        forced.append(os.path.realpath(f"/proc/self/fd/{descriptor}"))
        real_fsync(descriptor)

    def write_head(folder, head):
        named = [path for paths in shop.log.files(head).values() for path in paths]
        commits = [shop.log.folder / t / "_delta_log" / f"{v:020}.json" for t, v in head.versions.items() if v]
        assert {os.path.realpath(path) for path in (*named, *commits)} <= set(forced)
        real_write(folder, head)
        forced.append("head written")

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(store, "write_head", write_head)
    add(shop, orders(range(1, 4)))
    assert "head written" in forced
    assert os.path.realpath(shop.log.folder) in forced, "the folder that holds head.json too"


WRITER = """
import sys
from pathlib import Path
import regulars as rg
from tests.log.rows import add, orders
shop = rg.open(sys.argv[1])
start, count, size = map(int, sys.argv[2:])
print("ready", flush=True)
for n in range(count):
    add(shop, orders(range(start + n * size, start + (n + 1) * size)))
    print(n, flush=True)
"""


def _writer(shop: Workspace, start: int, count: int, size: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(shop.folder), str(start), str(count), str(size)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2], env={**os.environ}
    )


def test_two_processes_write_while_a_third_reads_and_nothing_is_lost(shop):
    writers = [_writer(shop, start, 6, 5) for start in (1_000, 2_000)]
    states = []
    while any(writer.poll() is None for writer in writers):
        with shop.engine() as engine:
            found = engine.run(
                "SELECT (SELECT count(*) FROM interactions) AS touches, (SELECT count(*) FROM items) AS lines"
            ).to_pylist()[0]
        states.append(found)
    assert all(writer.wait() == 0 for writer in writers)
    assert all(state["touches"] == state["lines"] for state in states), "an import is seen whole or not at all"
    assert len(seen(shop)) == 60
    assert len({number for _, number in seen(shop)}) == 12


def _killed_imports(shop: Workspace, kills: int, wait: float) -> int:
    """Kill a writer again and again; returns how many imports it had acknowledged."""
    acknowledged = 0
    for attempt in range(kills):
        writer = _writer(shop, 100_000 * (attempt + 1), 1_000, 3)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(wait * (1 + attempt % 7) / 7)
        writer.send_signal(signal.SIGKILL)
        acknowledged += len([line for line in writer.stdout.read().split() if line.isdigit()])
        writer.wait()
    return acknowledged


def check_after_kills(shop: Workspace, acknowledged: int, kills: int) -> None:
    add(shop, orders(range(1, 4)))
    numbers = [number for _, number in seen(shop)]
    whole = {number: numbers.count(number) for number in set(numbers)}
    assert set(whole.values()) == {3}, "no import is seen in part"
    # One more than acknowledged may be there for each kill: committed, but killed before it could say so.
    assert acknowledged + 1 <= len(whole) <= acknowledged + 1 + kills


def test_a_killed_import_leaves_the_log_whole(shop):
    kills = 4
    check_after_kills(shop, _killed_imports(shop, kills, 0.4), kills)


@pytest.mark.slow(minutes=2)
def test_sixty_kills_lose_nothing_and_double_nothing(shop):
    kills = 60
    check_after_kills(shop, _killed_imports(shop, kills, 0.5), kills)
