"""What pages wrote outlives kills, and a backup brings it back."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

import regulars as rg
from regulars.workspace import Workspace
from tests.log.pages import call, calls


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return rg.init(tmp_path / "shop")


def test_a_backup_holds_rows_that_wait_and_requests_that_were_answered(shop, tmp_path):
    with closing(sqlite3.connect(shop.folder / "state.sqlite3")) as pages, pages:
        pages.execute("PRAGMA journal_mode = WAL")
        pages.execute("CREATE TABLE accounts (name TEXT)")
        pages.execute("INSERT INTO accounts VALUES ('Elena')")
        pages.commit()
        shop.add([call(1)])
        shop.seal()
        shop.add([call(2)], request_id="form 8")
        shop.measure("coverage")
        archive = shop.backup(tmp_path / "copy.tar.gz")
    again = rg.restore(archive, tmp_path / "again")
    assert calls(again) == [1, 2]
    assert not again.add([call(2)], request_id="form 8")
    assert not (again.folder / "cache").exists()
    with closing(sqlite3.connect(again.folder / "state.sqlite3")) as pages:
        assert pages.execute("SELECT name FROM accounts").fetchall() == [("Elena",)]
    again.add([call(3)])
    again.seal()
    assert calls(again) == [1, 2, 3]


@pytest.mark.parametrize("older", ["missing", "older"])
def test_an_inbox_that_is_behind_its_log_loses_no_new_row(shop, tmp_path, older):
    """Somebody put an older inbox back, or deleted it: its numbers must not fall below what counts as sealed."""
    shop.add([call(1), call(2)])
    shop.close()
    kept = (shop.folder / "inbox.sqlite3").read_bytes()
    shop = rg.open(shop.folder)
    shop.add([call(number) for number in range(3, 9)])
    shop.seal()
    shop.close()
    for path in shop.folder.glob("inbox.sqlite3*"):
        path.unlink()
    if older == "older":
        (shop.folder / "inbox.sqlite3").write_bytes(kept)
    shop = rg.open(shop.folder)
    assert calls(shop) == list(range(1, 9)), "what was sealed before is not seen twice"
    shop.add([call(9)])
    assert calls(shop) == list(range(1, 10))
    shop.seal()
    assert calls(shop) == list(range(1, 10))


WRITER = """
import sys
from pathlib import Path
from regulars.workspace import Workspace
from tests.log.pages import call
shop = Workspace(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), int(sys.argv[2]) + 100_000):
    shop.add([call(number)], request_id=str(number))
    print(number, flush=True)
    if number % 3 == 0:
        shop.seal()
"""


def _killed(shop: Workspace, start: int, wait: float) -> list[int]:
    """What a writer that seals now and then had acknowledged when it was killed."""
    command = [sys.executable, "-c", WRITER, str(shop.folder), str(start)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root, env={**os.environ}) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(wait)
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read()
    return [int(line) for line in (first + rest).split() if line.isdigit()]


def check_kills(shop: Workspace, kills: int) -> None:
    shop.pages_import()
    acknowledged: list[int] = []
    for attempt in range(kills):
        acknowledged += _killed(shop, 1_000_000 * (attempt + 1), 0.03 + 0.31 * (attempt % 7) / 7)
    found = calls(shop)
    assert len(found) == len(set(found)), "nothing twice"
    assert set(acknowledged) <= set(found), "nothing lost"
    assert len(found) <= len(acknowledged) + kills, "at most the one that was on its way"
    for number in found:
        assert not shop.add([call(number)], request_id=str(number))
    shop.seal()
    assert calls(shop) == found
    assert shop.inbox.waiting(0) == []


def test_a_killed_page_server_loses_nothing_it_acknowledged(shop):
    check_kills(shop, 2)


@pytest.mark.slow
def test_five_kills_of_a_page_server_lose_nothing_and_double_nothing(shop):
    check_kills(shop, 5)
