"""A measure is counted once for one state of the log; whatever could change it makes it be counted again."""

from __future__ import annotations

import stat
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import regulars as rg
from regulars import results
from regulars import tables_read as tables_read_module
from regulars.engines.compiled import tables_read
from regulars.engines.runner import MeasureResult
from regulars.errors import MeasureError
from regulars.log.inbox import Entry
from regulars.log.tables import TABLES
from regulars.measures import all_measures
from regulars.measures.scope import Scope
from regulars.workspace import Workspace
from tests.log.pages import call, fact, link
from tests.log.rows import add, orders


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    shop = rg.init(tmp_path / "shop")
    add(shop, orders(range(1, 40)))
    add(shop, orders(range(40, 60), key=7))
    shop.pages_import()
    return shop


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the measures that were really counted."""
    names: list[str] = []
    really = results.run_measure

    def run(engine: object, measure: object, scope: object) -> MeasureResult:
        names.append(measure.name)
        return really(engine, measure, scope)

    monkeypatch.setattr(results, "run_measure", run)
    return names


def kept(shop: Workspace) -> list[Path]:
    return sorted((shop.folder / "cache" / "results").glob("*"))


def test_every_measure_reads_from_the_disk_as_it_was_counted(shop):
    for measure in all_measures():
        try:
            fresh = shop.measure(measure.name, cached=False)
        except MeasureError:
            continue
        first, again = shop.measure(measure.name), rg.open(shop.folder).measure(measure.name)
        for other in (first, again):
            assert other.table.equals(fresh.table), measure.name
            assert other.table.schema == fresh.table.schema
            assert (other.notes, other.queries, other.scope) == (fresh.notes, dict(fresh.queries), fresh.scope)


def test_a_result_without_rows_is_a_result(shop, counted):
    for _ in range(2):
        assert len(shop.measure("rfm", as_of="2020-01-01")) == 0
    assert counted == ["rfm"]


def test_the_second_who_asks_gets_what_the_first_had_counted(shop, counted):
    first = shop.measure("rfm")
    assert shop.measure("rfm").table.equals(first.table)
    assert rg.open(shop.folder).measure("rfm").table.equals(first.table)
    assert counted == ["rfm"]
    shop.measure("rfm", cached=False)
    assert counted == ["rfm", "rfm"]


@pytest.mark.parametrize(
    "asked",
    [
        {"as_of": "2026-06-30"},
        {"from_on": "2026-02-01"},
        {"to_on": date(2026, 2, 1)},
        {"by": "source"},
        {"where": "source = 'shop'"},
        {"settings": {"horizon_days": 30.0}},
        {"members": [7, 8]},
    ],
    ids=lambda asked: next(iter(asked)),
)
def test_another_question_is_counted(shop, counted, asked):
    shop.measure("revenue")
    shop.measure("revenue", **asked)
    assert counted == ["revenue"] * 2
    shop.measure("revenue", **asked)
    assert counted == ["revenue"] * 2


CHANGES = {
    "an import": lambda shop: add(shop, orders(range(70, 72))),
    "an import taken back": lambda shop: shop.undo(1),
    "a call logged on a page": lambda shop: shop.add([call(900, key=3)]),
    "two records joined": lambda shop: shop.add([link(1, 2)]),
    "files merged": lambda shop: shop.compact(),
}
NO_CHANGES = {
    "a fact about a customer": lambda shop: shop.add([fact(3, "need", "quiet")]),
    "a decision": lambda shop: shop.add([Entry("decisions", {"noun": "group", "key": "a", "version": 1})]),
    "facts sealed": lambda shop: (shop.add([fact(3, "need", "quiet")]), shop.seal()),
    "a question asked in between": lambda shop: shop.measure("repeat"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_log_is_counted_again_and_tells_the_truth(shop, counted, change):
    shop.measure("rfm")
    CHANGES[change](shop)
    again = shop.measure("rfm")
    assert counted == ["rfm", "rfm"]
    assert again.table.equals(shop.measure("rfm", cached=False).table)


@pytest.mark.parametrize("change", NO_CHANGES)
def test_what_a_measure_does_not_read_does_not_make_it_be_counted_again(shop, counted, change):
    first = shop.measure("rfm")
    NO_CHANGES[change](shop)
    assert shop.measure("rfm").table.equals(first.table)
    assert counted.count("rfm") == 1


def test_results_of_an_earlier_state_are_deleted_when_the_log_has_moved_on(shop):
    shop.measure("rfm")
    shop.measure("revenue")
    before = kept(shop)
    add(shop, orders(range(70, 72)))
    shop.measure("rfm")
    assert len(kept(shop)) == 2
    assert not set(before) & set(kept(shop))


def test_where_there_are_too_many_the_one_not_asked_for_longest_goes(shop, monkeypatch, counted):
    for day in (1, 2, 3):
        shop.measure("revenue", as_of=date(2026, 2, day))
        time.sleep(0.02)
    shop.measure("revenue", as_of=date(2026, 2, 1))
    room = sum(path.stat().st_size for path in kept(shop)) + 1
    monkeypatch.setattr(results, "MOST_BYTES", room)
    shop.measure("revenue", as_of=date(2026, 2, 4))
    counted.clear()
    shop.measure("revenue", as_of=date(2026, 2, 1))
    shop.measure("revenue", as_of=date(2026, 2, 2))
    assert counted == ["revenue"], "the second of February was not asked for longest"


def test_nobody_else_can_read_them_and_dropping_leaves_none(shop):
    shop.measure("rfm")
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept(shop)} == {0o600}
    shop.drop_cache()
    assert not (shop.folder / "cache").exists()
    assert shop.measure("rfm").table.num_rows


@pytest.mark.parametrize("damage", ["cut rows", "no rows", "cut words", "other columns"])
def test_a_damaged_result_is_counted_again(shop, counted, damage):
    first = shop.measure("rfm")
    told, rows = kept(shop)
    if damage == "no rows":
        rows.unlink()
    elif damage == "other columns":
        pq.write_table(pa.table({"x": [1]}), rows)
    else:
        path = rows if damage == "cut rows" else told
        path.write_bytes(path.read_bytes()[:40])
    assert shop.measure("rfm").table.equals(first.table)
    assert counted == ["rfm", "rfm"]


def test_a_full_disk_stops_no_measure(shop, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(results.pq, "write_table", full)
    assert shop.measure("rfm").table.num_rows
    assert kept(shop) == []


def test_ten_who_ask_the_same_at_once_have_it_counted_once(shop, monkeypatch):
    began, go_on, counts, found = threading.Event(), threading.Event(), [], []
    really = results.run_measure

    def slow(engine: object, measure: object, scope: object) -> MeasureResult:
        counts.append(1)
        began.set()
        go_on.wait(20)
        return really(engine, measure, scope)

    monkeypatch.setattr(results, "run_measure", slow)
    threads = [threading.Thread(target=lambda: found.append(shop.measure("rfm"))) for _ in range(10)]
    for thread in threads:
        thread.start()
    began.wait(20)
    time.sleep(0.3)
    go_on.set()
    for thread in threads:
        thread.join()
    assert (len(counts), len(found)) == (1, 10)
    assert all(result.table.equals(found[0].table) for result in found)


def test_an_error_is_told_to_everybody_who_waited_and_is_not_kept(shop, monkeypatch, counted):
    def broken(*_: object) -> MeasureResult:
        raise MeasureError("It cannot be counted.")

    with monkeypatch.context() as patch:
        patch.setattr(results, "run_measure", broken)
        with pytest.raises(MeasureError, match="cannot be counted"):
            shop.measure("rfm")
    assert shop.measure("rfm").table.num_rows
    assert kept(shop)


def test_rows_that_came_while_it_was_counted_do_not_stay_under_the_old_name(shop, monkeypatch):
    really = results.run_measure

    def meanwhile(engine: object, measure: object, scope: object) -> MeasureResult:
        at = datetime(2026, 3, 1, tzinfo=UTC)
        order = {"client_key": 9, "kind": "order", "occurred_at": at, "occurred_on": at.date(), "amount": 5}
        shop.add([Entry("interactions", order)])
        with shop.engine() as same:
            assert same is engine
        return really(engine, measure, scope)

    with monkeypatch.context() as patch:
        patch.setattr(results, "run_measure", meanwhile)
        shop.measure("rfm")
    assert kept(shop) == []


def test_a_restored_backup_is_not_mistaken_for_what_was_counted_since(shop, tmp_path, counted):
    archive = shop.backup(tmp_path / "copy.tar.gz")
    add(shop, orders(range(70, 72)))
    shop.measure("rfm")
    again = rg.restore(archive, tmp_path / "again")
    add(again, orders(range(80, 85)))
    (shop.folder / "cache").rename(again.folder / "cache")
    assert again.log.head().versions["interactions"] == shop.log.head().versions["interactions"]
    assert len(again.measure("rfm")) != len(shop.measure("rfm", cached=False))


def test_measures_read_no_table_that_the_log_does_not_have():
    for measure in all_measures():
        read = tables_read(measure, Scope(as_of=date(2026, 1, 1)))
        assert read
        assert read <= set(TABLES)


def test_a_new_process_knows_what_a_measure_reads_without_building_its_queries(shop, monkeypatch):
    first = shop.measure("rfm").to_arrow()

    def build(*_asked):
        raise AssertionError("a query was built")

    monkeypatch.setattr(tables_read_module, "tables_read", build)
    again = rg.open(shop.folder)
    assert again.measure("rfm").to_arrow() == first
    again.drop_cache()
    with pytest.raises(AssertionError, match="a query was built"):
        again.measure("rfm")


def test_a_split_that_the_result_has_anyway_is_refused_in_a_sentence_before_a_query_is_built(shop):
    with pytest.raises(MeasureError, match="'drivers' cannot be split by 'survey': its result has a column"):
        shop.measure("drivers", by="survey")


def test_what_another_program_knew_is_not_believed(shop, monkeypatch):
    shop.measure("rfm")
    path = shop.folder / "cache" / "tables_read.json"
    path.write_text(path.read_text().replace('"program": "', '"program": "older'))
    asked = []
    monkeypatch.setattr(tables_read_module, "tables_read", lambda *told: asked.append(told) or tables_read(*told))
    rg.open(shop.folder).measure("rfm")
    assert len(asked) == 1
    for broken in ("", "[]", '{"program": 1}'):
        path.write_text(broken)
        rg.open(shop.folder).measure("rfm")
