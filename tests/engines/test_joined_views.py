"""One customer out of many records: the views that measures read, and the rows as they were written."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regulars as rg
from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.engines.spark import SparkEngine
from regulars.engines.tables import Engine
from regulars.engines.views import Seen, rows_of
from regulars.log.customers import customers
from regulars.log.tables import LINKS, TABLES
from regulars.measures import find
from regulars.measures.scope import Scope
from regulars.workspace import Workspace
from tests.log.pages import call, calls, fact, link
from tests.log.rows import add, orders
from tests.small_log import client, purchase, write_log

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)

# Who is one customer ---------------------------------------------------------------------------------------


def statement(left: int, right: int, day: int, verdict: str = "same", import_id: int = 1) -> dict[str, Any]:
    at = BEGAN + timedelta(days=day)
    return {"left_key": left, "right_key": right, "decided_at": at, "verdict": verdict, "import_id": import_id}


def told(*statements: dict[str, Any]) -> dict[int, int]:
    """Record -> customer, of joined records."""
    found = customers(pa.Table.from_pylist(list(statements), schema=LINKS))
    return dict(zip(found.client_keys.tolist(), found.customer_keys.tolist(), strict=True))


def test_records_joined_over_others_are_one_customer_named_by_the_one_known_first():
    assert told(statement(30, 20, 1), statement(20, 10, 2), statement(7, 8, 3)) == {10: 30, 20: 30, 30: 30, 7: 7, 8: 7}


def test_the_newest_word_on_a_pair_holds_whichever_way_round_it_was_said():
    joined = statement(1, 2, day=1)
    parted = statement(2, 1, day=2, verdict="different")
    assert told(parted, joined) == {}
    assert told(parted, joined, statement(1, 2, day=3)) == {1: 1, 2: 1}
    assert told(statement(1, 2, 1, "doubtful")) == {}


def test_of_two_words_in_the_same_instant_the_careful_one_holds():
    assert told(statement(1, 2, 1), statement(1, 2, 1, "different")) == {}


def test_a_customer_keeps_the_key_when_a_person_confirms_the_join_or_more_records_join():
    before = told(statement(5, 9, 1))
    assert before == {5: 5, 9: 5}
    assert told(statement(5, 9, 1), statement(9, 5, 8)) == before, "confirmed, the other way round"
    later = told(statement(5, 9, 1), statement(2, 9, 8, import_id=0))
    assert later == {2: 5, 5: 5, 9: 5}, "a record known for longer joins later, by an import with a lower number"


def test_of_two_customers_that_become_one_the_one_joined_first_keeps_its_key():
    assert set(told(statement(5, 6, 1), statement(3, 4, 2), statement(4, 6, 3)).values()) == {5}


def test_records_without_a_link_are_customers_of_their_own():
    found = customers(LINKS.empty_table())
    assert (len(found), found.of(7), found.records_of(7)) == (0, 7, [7])


def slow_twin(statements: list[dict[str, Any]]) -> dict[int, int]:
    """The same by plain loops."""
    pairs: dict[frozenset[int], list[dict[str, Any]]] = {}
    for said in statements:
        pairs.setdefault(frozenset((said["left_key"], said["right_key"])), []).append(said)
    in_force: list[dict[str, Any]] = []
    for said_of_pair in pairs.values():
        newest = max(said_of_pair, key=lambda s: (s["decided_at"], s["import_id"], s["verdict"] != "same"))
        if newest["verdict"] == "same":
            in_force += [said for said in said_of_pair if said["verdict"] == "same"]
    groups: list[set[int]] = []
    for said in in_force:
        both = {said["left_key"], said["right_key"]}
        touched = [group for group in groups if group & both]
        groups = [group for group in groups if not group & both] + [both.union(*touched)]
    found: dict[int, int] = {}
    for group in groups:
        own = [said for said in in_force if said["left_key"] in group]
        first = min(own, key=lambda s: (s["decided_at"], s["import_id"], s["left_key"], s["right_key"]))
        found |= dict.fromkeys(group, first["left_key"])
    return found


said_of_pairs = st.builds(
    statement,
    left=st.integers(1, 9),
    right=st.integers(10, 14),
    day=st.integers(0, 5),
    verdict=st.sampled_from(["same", "same", "same", "different", "doubtful"]),
    import_id=st.integers(1, 3),
).flatmap(lambda said: st.sampled_from([said, {**said, "left_key": said["right_key"], "right_key": said["left_key"]}]))


@given(st.lists(said_of_pairs, max_size=25))
@settings(max_examples=150, deadline=None)
def test_customers_are_those_that_plain_loops_find(statements):
    found = customers(pa.Table.from_pylist(statements, schema=LINKS))
    expected = slow_twin(statements)
    assert {key: found.of(key) for key in range(1, 15)} == {key: expected.get(key, key) for key in range(1, 15)}
    for key in range(1, 15):
        customer = expected.get(key, key)
        assert found.records_of(key) == sorted({k for k, c in expected.items() if c == customer} or {key})


@given(st.lists(said_of_pairs, max_size=12), st.permutations(range(12)))
@settings(max_examples=50, deadline=None)
def test_the_order_of_rows_says_nothing(statements, order):
    turned = [statements[place] for place in order if place < len(statements)]
    assert told(*turned) == told(*statements)


# Views on both engines -------------------------------------------------------------------------------------

ROWS = [
    purchase(1, "2026-01-05", 10, interaction_id=1),
    purchase(2, "2026-01-06", 20, interaction_id=2),
    purchase(3, "2026-01-07", 30, interaction_id=3),
    purchase(None, "2026-01-08", 40, interaction_id=4),
]
FILES = {
    "interactions": ROWS,
    "items": [{"interaction_id": number, "line_id": number, "product": f"chair {number}"} for number in range(1, 5)],
    "answers": [{"interaction_id": 2, "score": 9.0}, {"interaction_id": 3, "score": 3.0}],
    "clients": [client(key, customer_type=f"type {key}") for key in (1, 2, 3)],
    "facts": [{"client_key": 2, "name": "need", "value": "quiet"}],
    "links": [statement(1, 2, 1)],
}
WAITING = {
    "interactions": pa.Table.from_pylist(
        [purchase(2, "2026-01-09", 50, interaction_id=5)], schema=TABLES["interactions"]
    )
}


@pytest.fixture(scope="module", params=["duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def engine_of(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Opens the log for a group, on DuckDB and on Spark."""
    files = write_log(tmp_path_factory.mktemp("joined"), **FILES)
    links = customers(pq.read_table(files["links"][0]))
    opened: list[Engine] = []

    def open_for(members: frozenset[int] | None = None, *, joins: bool = True) -> Engine:
        seen = Seen(WAITING, links if joins else None, members)
        if request.param == "spark" and shutil.which("java") is None:
            pytest.skip("no Java on this machine")
        engine = SparkEngine(files, seen=seen) if request.param == "spark" else DuckDBEngine(files, seen)
        opened.append(engine)
        return engine

    yield open_for
    for engine in opened:
        engine.close()


def keys(engine: Engine, view: str) -> list[int | None]:
    rows = engine.run(f"SELECT client_key FROM {view}").to_pylist()
    return sorted((row["client_key"] for row in rows), key=lambda key: key or 0)


def test_joined_records_are_seen_under_one_key_and_recorded_ones_under_their_own(engine_of):
    engine = engine_of()
    assert keys(engine, "interactions") == [None, 1, 1, 1, 3]
    assert keys(engine, "recorded_interactions") == [None, 1, 2, 2, 3]
    assert keys(engine, "clients") == [1, 1, 3]
    assert (keys(engine, "facts"), keys(engine, "recorded_facts")) == ([1], [2])
    assert engine.run("SELECT left_key, right_key FROM links").to_pylist() == [{"left_key": 1, "right_key": 2}]


@pytest.mark.parametrize("wanted", [[], [2], [1, 2], [3, 99], list(range(1, 50))], ids=len)
def test_rows_of_a_customers_records_are_those_and_no_others(engine_of, wanted):
    expected = [key for key in (1, 2, 2, 3) if key in wanted]
    assert keys(engine_of(), f"({rows_of('interactions', wanted)}) AS r") == expected


def test_without_links_every_record_is_its_own_customer(engine_of):
    assert keys(engine_of(joins=False), "interactions") == [None, 1, 2, 2, 3]


def test_a_group_sees_all_records_of_its_members_and_nothing_else(engine_of):
    engine = engine_of(frozenset({1}))
    assert keys(engine, "interactions") == [1, 1, 1]
    assert keys(engine, "recorded_interactions") == [1, 2, 2]
    assert sorted(engine.run("SELECT interaction_id AS i FROM items").column("i").to_pylist()) == [1, 2]
    assert engine.run("SELECT score FROM answers").to_pylist() == [{"score": 9.0}]
    assert keys(engine, "clients") == [1, 1]
    assert keys(engine_of(frozenset({99})), "interactions") == []


def test_measures_count_customers_rather_than_records(engine_of):
    scope = Scope(as_of=datetime(2026, 1, 31, tzinfo=UTC).date())
    found = run_measure(engine_of(), find("rfm"), scope).to_arrow().to_pylist()
    assert [(row["client_key"], row["frequency"], row["monetary_value"]) for row in found] == [
        (1, 3, Decimal("80.0000")),
        (3, 1, Decimal("30.0000")),
    ]
    group = run_measure(engine_of(frozenset({3})), find("rfm"), scope).to_arrow().to_pylist()
    assert [(row["client_key"], row["monetary_value"]) for row in group] == [(3, Decimal("30.0000"))]


# In a workspace --------------------------------------------------------------------------------------------


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    shop = rg.init(tmp_path / "shop")
    add(shop, orders(range(1, 6)))
    return shop


def customers_of(shop: Workspace) -> list[int]:
    with shop.engine() as engine:
        return keys(engine, "interactions")


def test_a_join_counts_at_once_stays_after_sealing_and_can_be_taken_back(shop):
    shop.add([link(1, 2), link(2, 3)])
    assert customers_of(shop) == [1, 1, 1, 4, 5]
    assert (shop.customer_of(3), shop.records_of(1), shop.records_of(5)) == (1, [1, 2, 3], [5])
    shop.seal()
    assert customers_of(shop) == [1, 1, 1, 4, 5]
    parted = link(2, 3, "different", datetime(2026, 3, 5, tzinfo=UTC))
    shop.add([parted])
    assert customers_of(shop) == [1, 1, 3, 4, 5]
    assert shop.records_of(3) == [3]


def test_undoing_a_run_takes_its_joins_back(shop):
    run = shop.add_tables(
        {"links": pa.Table.from_pylist([statement(1, 2, 1)], schema=LINKS)}, form="joins", source="identity"
    )
    assert customers_of(shop) == [1, 1, 3, 4, 5]
    shop.undo(run)
    assert customers_of(shop) == [1, 2, 3, 4, 5]


def test_a_row_logged_on_a_page_comes_into_the_engine_that_is_there(shop):
    shop.pages_import()
    with shop.engine() as first:
        pass
    shop.add([call(101, key=4)])
    with shop.engine() as second:
        assert second is first, "nothing is read again for one call"
        assert second.run("SELECT client_key FROM interactions WHERE kind = 'call'").to_pylist() == [{"client_key": 4}]
    assert shop.add([fact(4, "need", "quiet")])
    with shop.engine() as third:
        assert third is first
        assert keys(third, "facts") == [4]
    shop.seal()
    with shop.engine() as fourth:
        assert fourth is not first
        assert keys(fourth, "facts") == [4]
    assert calls(shop) == [101]


def test_an_engine_in_use_goes_on_when_the_log_moves_and_is_closed_after_its_last_user(shop):
    with shop.engine() as old:
        with shop.engine() as same:
            assert same is old
            add(shop, orders(range(10, 12)))
            with shop.engine() as new:
                assert new is not old
                assert len(keys(new, "interactions")) == 7
            assert len(keys(old, "interactions")) == 5
        assert len(keys(old, "interactions")) == 5
    with pytest.raises(rg.RegularsError):
        old.run("SELECT 1")


def test_forty_threads_read_groups_and_everybody_while_one_writes(shop):
    stop, failures = threading.Event(), []

    def read(number: int) -> None:
        members = None if number % 2 else [1 + number % 5]
        while not stop.is_set():
            try:
                with shop.engine(members) as engine:
                    found = engine.run(
                        "SELECT count(*) AS rows, count(DISTINCT interaction_id) AS ids FROM interactions"
                    ).to_pylist()[0]
                assert found["rows"] == found["ids"]
                assert found["rows"] >= (5 if members is None else 1)
            except (rg.RegularsError, AssertionError) as error:
                failures.append(error)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    try:
        for number in range(101, 113):
            shop.add([call(number)])
            if number % 4 == 0:
                shop.seal()
            if number % 6 == 0:
                shop.compact()
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert failures == []
    assert calls(shop) == list(range(101, 113))
    shop.close()


def test_a_measure_of_a_group_counts_the_group(shop):
    shop.add([link(1, 2)])
    found = shop.measure("rfm", members=[1, 4]).to_arrow().to_pylist()
    assert [(row["client_key"], row["frequency"]) for row in found] == [(1, 2), (4, 1)]
    with pytest.raises(rg.RegularsError, match="Nobody of this group"):
        shop.measure("rfm", members=[77])
