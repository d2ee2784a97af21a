"""Killed without warning while erasing: the log is whole, and the next start finishes it."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import regulars as rg
from regulars import audit
from regulars.privacy.pending import pending
from regulars.privacy.searching import found_in
from regulars.privacy.tests.people import WORDS, key_of

ERASER = """
import sys
from datetime import UTC, datetime
import regulars as rg
from regulars.privacy import erasing, kept_out, leaving_out
shop = rg.open(sys.argv[1])
print("ready", flush=True)
erasing.erase(shop, int(sys.argv[2]), by="Elena", now=datetime.now(UTC), reason="asked")
print("done", flush=True)
"""


def kill_once(made: Path, folder: Path, wait: float | None) -> bool:
    """Erase in another process and kill it after so many seconds (None: never); whether it said that it was done."""
    shutil.copytree(made, folder)
    with rg.open(folder / "shop") as shop:
        her = key_of(shop, "AZ-77")
    command = [sys.executable, "-c", ERASER, str(folder / "shop"), str(her)]
    eraser = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert eraser.stdout is not None
    eraser.stdout.readline()
    if wait is not None:
        time.sleep(wait)
        eraser.send_signal(signal.SIGKILL)
    said = eraser.stdout.read()
    eraser.wait()
    return "done" in said


def seconds_to_erase(made: Path, folder: Path) -> float:
    """How long an erasure takes here and now when nobody kills it, so that kills fall into all of it."""
    begun = time.perf_counter()
    assert kill_once(made, folder, None)
    return time.perf_counter() - begun


def check(folder: Path, *, said_done: bool) -> bool:
    """Open it again, which finishes what had begun; whether the erasure had begun."""
    begun = said_done or bool(pending(folder / "shop"))
    with rg.open(folder / "shop") as shop, shop.engine() as engine:
        total = engine.run("SELECT sum(amount) AS total FROM interactions").to_pylist()[0]["total"]
        assert total == 830, "the sales are whole in either state"
        lines = engine.run("SELECT sum(amount) AS total FROM items").to_pylist()[0]["total"]
        assert lines == 830
    left = found_in(folder / "shop", WORDS)
    assert (left == {}) == begun, left
    assert pending(folder / "shop") == []
    assert audit.verify(folder / "shop") is None
    return begun


@pytest.mark.slow(minutes=2)
def test_twelve_kills_leave_either_state_and_opening_finishes(made, tmp_path):
    kills, begun = 12, 0
    whole = seconds_to_erase(made, tmp_path / "whole")
    for number in range(kills):
        folder = tmp_path / str(number)
        said_done = kill_once(made, folder, random.Random(number).random() * whole)
        begun += check(folder, said_done=said_done)
        shutil.rmtree(folder)
    assert 0 < begun <= kills
