"""What somebody writes on a page is kept at once and seen at once; neighbours of such rows leave them alone."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import event

import regulars as rg
from regulars import results
from regulars.errors import LogError
from regulars.log import maintenance, sealing
from regulars.log.inbox import REMEMBERED, Entry
from regulars.workspace import Workspace
from tests.log.pages import WRITTEN_AT, call, calls, fact, link
from tests.log.rows import add, orders


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return rg.init(tmp_path / "shop")


def test_a_call_that_was_logged_is_seen_at_once_and_again_after_closing(shop):
    assert shop.add([call(7, amount=Decimal("12.3400"), text="asks for a chair – дъб")])
    with shop.engine() as engine:
        row = engine.run("SELECT * FROM interactions").to_pylist()[0]
    assert (row["amount"], row["text"]) == (Decimal("12.3400"), "asks for a chair – дъб")
    assert row["occurred_at"] == WRITTEN_AT
    assert row["import_id"] == shop.pages_import()
    shop.close()
    assert calls(rg.open(shop.folder)) == [7]


def test_every_kind_of_row_reads_the_same_before_and_after_sealing(shop):
    rows = [
        call(1, wait_seconds=30, rate=Decimal("1.95583000"), due_at=datetime(2026, 3, 3, tzinfo=UTC)),
        Entry(
            "items", {"interaction_id": 1, "line_id": 5, "quantity": Decimal("0.5"), "unit_price": Decimal("0.000001")}
        ),
        Entry("answers", {"interaction_id": 1, "kind": "nps", "score": 9.5}),
        Entry("clients", {"client_key": 1, "kind": "customer", "birth_year": 1980, "asserted_at": WRITTEN_AT}),
        fact(1, "need", 'a "quiet" room\nwith a view'),
        link(1, 2),
        Entry("decisions", {"noun": "group", "key": "regulars", "version": 1, "body": "{}", "decided_at": WRITTEN_AT}),
    ]
    shop.add(rows)

    def told() -> dict[str, list[dict[str, object]]]:
        with shop.engine() as engine:
            return {row.table: engine.run(f"SELECT * FROM recorded_{row.table}").to_pylist() for row in rows}

    before = told()
    assert all(len(found) == 1 for found in before.values())
    assert shop.seal() == len(rows)
    assert told() == before
    assert shop.inbox.waiting(0) == []


def test_a_double_click_is_kept_once(shop):
    assert shop.add([call(1)], request_id="form 8")
    assert not shop.add([call(1)], request_id="form 8")
    shop.seal()
    assert not shop.add([call(2)], request_id="form 8"), "also after sealing, and whatever it says now"
    assert calls(shop) == [1]


def test_a_request_is_remembered_for_thirty_days_after_sealing_and_then_forgotten(shop):
    shop.add([call(1)], request_id="form 8")
    sealed = datetime(2026, 3, 2, tzinfo=UTC)
    sealing.seal(shop.log, shop.inbox, now=sealed)
    sealing.seal(shop.log, shop.inbox, now=sealed + REMEMBERED)
    assert not shop.add([call(2)], request_id="form 8")
    sealing.seal(shop.log, shop.inbox, now=sealed + REMEMBERED + timedelta(seconds=1))
    assert shop.add([call(2)], request_id="form 8")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (Entry("facts", {"client_key": 1, "colour": "red"}), "no column colour"),
        (Entry("nowhere", {}), "cannot be added to a table 'nowhere'"),
        (Entry("imports", {"event": "imported"}), "cannot be added to a table 'imports'"),
        (Entry("facts", {"client_key": "Ana"}), "cannot be kept"),
        (call(1, occurred_at=datetime(2026, 3, 2)), "must say its time zone"),
        (call(1, amount=Decimal("1.23456")), "cannot be kept"),
        (call(2**63), "cannot be kept"),
    ],
)
def test_a_row_that_its_table_cannot_hold_is_refused_with_all_that_came_with_it(shop, row, told):
    with pytest.raises(LogError, match=told):
        shop.add([call(9), row], request_id="form 8")
    assert calls(shop) == []
    assert shop.add([call(9)], request_id="form 8"), "the request was not acknowledged"


def test_twenty_threads_add_and_every_row_gets_a_number_of_its_own(shop):
    shop.pages_import()
    acknowledged: list[bool] = []

    def work(worker: int) -> None:
        for number in range(10):
            acknowledged.append(shop.add([call(100 * worker + number)], request_id=f"{worker % 10} {number}"))

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(acknowledged) == 100, "two workers share each request: one of them wins"
    waiting = shop.inbox.waiting(0)
    assert [row.seq for row in waiting] == list(range(1, 101))
    assert len(calls(shop)) == 100


def test_what_is_acknowledged_was_forced_to_the_disk(shop, tmp_path):
    """strace shows the order of system calls: the write-ahead log is synced before the answer is given."""
    shop.add([call(1)])
    shop.close()
    program = (
        "import os, sys\nfrom regulars.workspace import Workspace\nfrom pathlib import Path\n"
        "from tests.log.pages import call\nshop = Workspace(Path(sys.argv[1]))\n"
        "shop.add([call(2)])\nos.write(1, b'begin')\n"
        "shop.add([call(3)])\nos.write(1, b'acknowledged')\n"
    )
    log = tmp_path / "strace.txt"
    command = ["strace", "-f", "-y", "-e", "trace=fdatasync,fsync,write", "-o", str(log), sys.executable, "-c", program]
    try:
        subprocess.run([*command, str(shop.folder)], check=True, capture_output=True, cwd=Path(__file__).parents[2])
    except FileNotFoundError:
        pytest.skip("no strace on this machine")
    lines = log.read_text(errors="replace").splitlines()
    begun = next(place for place, line in enumerate(lines) if '"begin"' in line)
    told = next(place for place, line in enumerate(lines) if '"acknowledged"' in line)
    synced = [line for line in lines[begun:told] if "sync(" in line and "inbox.sqlite3-wal" in line]
    assert synced, "no acknowledgement before the write-ahead log is on the disk"


def test_a_full_disk_is_told_in_words_and_the_request_can_be_sent_again(shop):
    shop.add([call(1)])
    with shop.inbox.engine.connect() as connection:
        used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def small(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {used}")

    shop.inbox.close()
    event.listen(shop.inbox.engine, "connect", small)
    with pytest.raises(LogError, match=r"could not be kept: .*full.* Nothing was added"):
        shop.add([call(number, text="x" * 1000) for number in range(2, 50)], request_id="form 8")
    assert calls(shop) == [1]
    event.remove(shop.inbox.engine, "connect", small)
    shop.inbox.close()
    assert shop.add([call(2)], request_id="form 8")
    assert calls(shop) == [1, 2]


def test_a_read_only_disk_can_be_read_and_says_that_it_cannot_be_written(shop, monkeypatch):
    add(shop, orders(range(1, 4)))
    shop.add([call(101), link(1, 2)])
    shop.close()
    really_open = Path.open

    def read_only(path: Path, mode: str = "r", *rest: object, **named: object) -> object:
        if set(mode) & set("wax+") and shop.folder in path.parents:
            raise OSError(errno.EROFS, "Read-only file system")
        return really_open(path, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", read_only)
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)
    monkeypatch.setattr(results.Results, "_keep", lambda *_: read_only(shop.folder / "cache", "w"))
    seen_read_only = rg.open(shop.folder)
    assert calls(seen_read_only) == [101]
    assert seen_read_only.records_of(2) == [1, 2]
    assert seen_read_only.measure("revenue").table.num_rows
    with pytest.raises(LogError, match="could not be kept"):
        seen_read_only.add([call(102)])


def test_what_pages_wrote_is_one_import_that_is_never_taken_back(shop):
    add(shop, orders(range(1, 4)))
    shop.add([call(101)])
    number = shop.pages_import()
    others = rg.open(shop.folder)
    assert others.pages_import() == number, "made once"
    assert [(row["form"], row["source"]) for row in shop.imports() if row["import_id"] == number] == [
        ("pages", "pages")
    ]
    with pytest.raises(LogError, match="cannot be taken back as a whole"):
        shop.undo(number)
    assert calls(shop) == [101]


def test_ten_who_open_the_first_page_at_once_make_one_import(shop):
    shops = [rg.open(shop.folder) for _ in range(10)]
    found: list[int] = []
    threads = [threading.Thread(target=lambda each=each: found.append(each.pages_import())) for each in shops]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 10
    assert len(set(found)) == 1
    assert [row["form"] for row in shop.imports()] == ["pages"]


def test_tidying_keeps_the_customers_of_rows_that_wait(shop):
    key = shop.vault.keys("pages", ["new customer"])["new customer"]
    linked = shop.vault.keys("pages", ["known by a link"])["known by a link"]
    nobody = shop.vault.keys("pages", ["nobody"])["nobody"]
    shop.vault.add_details(shop.pages_import(), [{"client_key": key, "source": "pages", "name": "Ana Kovac"}])
    shop.add([call(1, key=key), link(key, linked)])
    maintenance.tidy(shop.log, shop.vault, thorough=True)
    assert set(shop.vault.references([key, linked, nobody])) == {key, linked}
    shop.seal()
    maintenance.tidy(shop.log, shop.vault, thorough=True)
    assert shop.vault.people([key]) == {key: {"name": "Ana Kovac"}}
    assert set(shop.vault.references([key, linked, nobody])) == {key, linked}


def test_erased_rows_leave_the_inbox_and_every_reader(shop):
    shop.add([call(1, key=5, text="Zdenka"), call(2, key=6), fact(5, "need", "Zdenka"), link(6, 5)])
    shop.add([Entry("answers", {"interaction_id": 1, "text": "Zdenka was here"})])
    assert calls(shop) == [1, 2]
    assert shop.inbox.forget([5]) == 4
    assert calls(shop) == [2]
    assert not any(b"Zdenka" in path.read_bytes() for path in shop.folder.glob("inbox.sqlite3*"))
