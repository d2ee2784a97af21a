"""Contacts, answers and customer lists: what they say, where it is kept, and that nothing comes twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

import regulars as rg
from regulars.workspace import Workspace
from tests.real_data import real_data


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return rg.init(tmp_path / "shop", time_zone="Europe/Sofia")


def save(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def told(shop: Workspace, query: str) -> list[dict[str, object]]:
    with shop.engine() as engine:
        return engine.run(query).to_pylist()


def test_a_call_is_kept_with_its_customer_wait_and_outcome(shop, tmp_path):
    text = (
        "customer_id,date,kind,channel,employee,wait_seconds,outcome,text\n"
        "c1,2026-01-05 09:30,Call,phone,Petya,45,solved,Asked about the table\n"
        ",2026-01-05 23:10,missed call,phone,,,,\n"
    )
    summary = shop.import_file(save(tmp_path / "calls.csv", text), form="contacts")
    assert (summary.lines_imported, summary.counts.interactions, summary.counts.guest_lines) == (2, 2, 1)
    call = told(shop, "SELECT * FROM interactions WHERE kind = 'call'")[0]
    assert call["occurred_at"] == datetime(2026, 1, 5, 7, 30, tzinfo=UTC), "Sofia is two hours ahead in January"
    assert str(call["occurred_on"]) == "2026-01-05"
    assert (call["wait_seconds"], call["outcome"], call["employee"]) == (45, "solved", "Petya")
    assert call["client_key"] is not None


def test_the_late_evening_call_belongs_to_the_local_day(shop, tmp_path):
    text = "customer_id,date,kind\nc1,2026-01-06T00:30:00+02:00,call\n"
    shop.import_file(save(tmp_path / "calls.csv", text), form="contacts")
    row = told(shop, "SELECT occurred_at, occurred_on FROM interactions")[0]
    assert (row["occurred_at"].isoformat(), str(row["occurred_on"])) == ("2026-01-05T22:30:00+00:00", "2026-01-06")


def test_two_calls_of_one_minute_stay_two_and_come_once(shop, tmp_path):
    lines = ["customer_id,date,kind", "c1,2026-01-05 09:30,call", "c1,2026-01-05 09:30,call"]
    shop.import_file(save(tmp_path / "a.csv", "\n".join(lines)), form="contacts")
    again = shop.import_file(save(tmp_path / "b.csv", "\n".join([*lines, "c2,2026-01-05 09:31,call"])), form="contacts")
    assert (again.lines_imported, again.lines_already_there) == (1, 2)
    assert told(shop, "SELECT count(*) AS n FROM interactions") == [{"n": 3}]


def test_an_answer_is_an_interaction_and_an_answer(shop, tmp_path):
    text = (
        "customer_id,date,question,score,comment\nc1,2026-01-05,recommend,9,Lovely chairs\nc2,2026-01-06,recommend,3,\n"
    )
    summary = shop.import_file(save(tmp_path / "answers.csv", text), form="answers", map={"survey": "=spring"})
    assert summary.lines_imported == 2
    rows = told(
        shop, "SELECT a.*, i.kind AS touch FROM answers a JOIN interactions i USING (interaction_id) ORDER BY score"
    )
    assert [(row["survey"], row["question"], row["score"], row["text"], row["touch"]) for row in rows] == [
        ("spring", "recommend", 3.0, None, "answer"),
        ("spring", "recommend", 9.0, "Lovely chairs", "answer"),
    ]


def test_orders_and_the_customer_list_of_one_system_meet_in_one_client(shop, tmp_path):
    shop.import_file(save(tmp_path / "o.csv", "order_id,customer_id,date,amount\n1,007,2026-01-05,10.00\n"))
    people = "customer_id,name,email,customer_type,city\n007,Иван Петров,ivan@example.org,reseller,Пловдив\n"
    shop.import_file(save(tmp_path / "p.csv", people), form="customers")
    row = shop.measure("repeat", by="customer_type").to_arrow().to_pylist()[0]
    assert row["customer_type"] == "reseller"
    key = told(shop, "SELECT DISTINCT client_key AS k FROM interactions")[0]["k"]
    assert shop.names([key]) == {key: "Иван Петров"}
    assert shop.references([key]) == {key: "007"}
    other = shop.import_file(
        save(tmp_path / "till.csv", "order_id,customer_id,date,amount\n1,007,2026-01-05,11.00\n"), source="till"
    )
    assert other.lines_imported == 1, "another system's 007 is another record"
    assert told(shop, "SELECT count(DISTINCT client_key) AS n FROM interactions") == [{"n": 2}]


def test_the_newest_statement_about_a_customer_holds_whatever_came_first(tmp_path):
    old = save(tmp_path / "old.csv", "order_id,customer_id,date,amount,customer type\n1,c1,2026-01-05,10.00,end user\n")
    new = save(tmp_path / "new.csv", "order_id,customer_id,date,amount,customer type\n2,c1,2026-02-05,10.00,reseller\n")
    for place, files in enumerate(([old, new], [new, old])):
        shop = rg.init(tmp_path / f"shop{place}")
        for path in files:
            shop.import_file(path)
        rows = shop.measure("repeat", by="customer_type").to_arrow().to_pylist()
        assert {row["customer_type"] for row in rows} == {"reseller"}


def test_customers_without_a_number_are_known_by_their_email_but_not_in_results(shop, tmp_path):
    text = "order_id,email,date,amount\n1,Ana@Example.org,2026-01-05,10.00\n2,ana@example.org ,2026-01-09,10.00\n"
    shop.import_file(save(tmp_path / "o.csv", text))
    assert told(shop, "SELECT count(DISTINCT client_key) AS n FROM interactions") == [{"n": 1}]
    key = told(shop, "SELECT DISTINCT client_key AS k FROM interactions")[0]["k"]
    assert shop.references([key]) == {key: ""}


KILLED = "import sys, regulars as rg; s = rg.open(sys.argv[1]); print('ready', flush=True); s.import_file(sys.argv[2])"


def _kill_imports(shop: Workspace, path: Path, waits: list[float]) -> None:
    for wait in waits:
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, shop.folder, path], stdout=subprocess.PIPE, text=True, env={**os.environ}
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()


def check_killed(shop: Workspace, path: Path) -> None:
    lines = told(shop, "SELECT count(*) AS n FROM items")[0]["n"]
    assert lines in (0, 3_108), "the killed import is there whole or not at all"
    summary = shop.import_file(path)
    assert summary.lines_imported + lines == 3_108
    assert told(shop, "SELECT count(*) AS n FROM items") == [{"n": 3_108}]
    left = [entry.name for entry in shop.log.folder.iterdir() if entry.name.startswith(".spool-")]
    assert left == [], "cells of dead imports may be personal: they are removed"


def test_an_import_killed_on_the_way_leaves_the_log_as_before(shop):
    path = real_data("messy_raw/online_retail_2010-12-01.csv")
    _kill_imports(shop, path, [0.3, 0.9])
    check_killed(shop, path)


@pytest.mark.slow
def test_imports_killed_at_any_moment_leave_the_log_as_before(tmp_path):
    path = real_data("messy_raw/online_retail_2010-12-01.csv")
    for step in range(12):
        shop = rg.init(tmp_path / f"shop{step}")
        _kill_imports(shop, path, [0.15 * step])
        check_killed(shop, path)
