"""The history of imports: who brought what, its rejected lines, and taking it back."""

from __future__ import annotations

import csv
import io
import json

import pytest

from regulars_web.imports import queries
from regulars_web.imports.tests.sending import ORDERS, imported, send
from regulars_web.jobs.actions import do_all_waiting

pytestmark = pytest.mark.django_db


def trail(shop):
    return [json.loads(line) for line in (shop.folder / "audit.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_history_says_who_brought_what_and_when(client_as, shop):
    imported(client_as("analyst"))
    page = client_as("owner").get("/imports/").content.decode()
    assert "orders.csv" in page
    assert "Analyst" in page
    assert "till" in page


def test_an_empty_history_says_which_files_to_start_with(client_as, monkeypatch):
    monkeypatch.setattr(queries, "history", list)
    page = client_as("analyst").get("/imports/").content.decode()
    assert "Nothing was imported yet" in page
    assert "Needs a date and an amount" in page


def test_the_history_asks_the_database_as_often_for_many_imports_as_for_few(
    client_as, django_assert_num_queries, monkeypatch, shop
):
    client = client_as("manager")
    client.get("/imports/")
    for _ in range(3):
        send(client)
    few = shop.imports()
    many = [{**few[-1], "import_id": number, "recorded_by": f"{number}@example.com"} for number in range(1, 200)]
    for rows in (few, many):
        monkeypatch.setattr(type(shop), "imports", lambda _shop, rows=rows: rows)
        with django_assert_num_queries(4):  # session, colleague, names of colleagues, files not finished
            client.get("/imports/")
    assert "Page 1 of 8" in client.get("/imports/").content.decode()


def test_rejected_lines_can_be_downloaded_and_none_of_their_cells_runs(client_as, shop):
    client = client_as("analyst")
    upload = imported(client)
    page = client.get(f"/imports/{upload.import_id}").content.decode()
    assert "Download the lines that cannot be used" in page
    answer = client.get(f"/imports/{upload.import_id}/rejects")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[1][:3] == ["4", "unit price not a number", "abc"]
    assert rows[1][-1] == "'=cmd|calc"
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)
    assert trail(shop)[-1]["event"] == "rejected lines exported"
    assert trail(shop)[-1]["by"] == "analyst@example.com"


def test_an_import_without_rejected_lines_has_none_to_download(client_as):
    client = client_as("analyst")
    upload = imported(client, ORDERS.replace(b"abc", b"5.00"))
    assert client.get(f"/imports/{upload.import_id}/rejects").status_code == 404


def test_taking_an_import_back_says_what_goes_and_leaves_the_log_as_it_was(client_as, shop):
    client = client_as("manager")
    with shop.engine() as engine:
        before = engine.run("SELECT count(*) AS n, sum(amount) AS total FROM interactions").to_pylist()
    upload = imported(client)
    page = client.get(f"/imports/{upload.import_id}/undo").content.decode()
    assert "3 lines leave the log" in page
    client.post(f"/imports/{upload.import_id}/undo")
    client.post(f"/imports/{upload.import_id}/undo")
    do_all_waiting()
    with shop.engine() as engine:
        assert engine.run("SELECT count(*) AS n, sum(amount) AS total FROM interactions").to_pylist() == before
    page = client.get(f"/imports/{upload.import_id}").content.decode()
    assert f"Import {upload.import_id} was taken back" in page
    events = [event for event in trail(shop) if event["event"] == "import undone"]
    assert [event["import_id"] for event in events] == [upload.import_id]
    assert client.post(f"/imports/{upload.import_id}/undo").status_code == 422


def test_an_analyst_cannot_take_an_import_back(client_as, shop):
    client = client_as("analyst")
    upload = imported(client)
    before = shop.imports()
    assert "Take this import back" not in client.get(f"/imports/{upload.import_id}").content.decode()
    assert client.post(f"/imports/{upload.import_id}/undo").status_code == 403
    do_all_waiting()
    assert shop.imports() == before


def test_what_the_program_wrote_itself_cannot_be_taken_back_here(client_as, shop):
    demo = next(row["import_id"] for row in shop.imports() if row["form"] == "demo")
    client = client_as("owner")
    assert client.get(f"/imports/{demo}").status_code == 200
    assert client.post(f"/imports/{demo}/undo").status_code == 404


def test_an_import_that_is_not_there_is_not_found(client_as):
    for address in ("/imports/99999", "/imports/99999/rejects", "/imports/99999/undo"):
        assert client_as("owner").get(address).status_code == 404
