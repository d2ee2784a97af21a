"""What pages wrote is sealed into the log exactly once, whenever it is done and whoever does it."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

import regulars as rg
from regulars.log import maintenance, sealing
from regulars.log.locks import shared
from regulars.log.store import STAGING_LOCK
from regulars.workspace import Workspace
from tests.log.pages import call, calls, fact
from tests.log.rows import add, orders, seen


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return rg.init(tmp_path / "shop")


def test_sealed_rows_leave_no_trace_in_the_inbox(shop):
    shop.add([call(1, text="Zdenka Canarova")])
    files = list(shop.folder.glob("inbox.sqlite3*"))
    assert any(b"Canarova" in path.read_bytes() for path in files)
    shop.seal()
    assert not any(b"Canarova" in path.read_bytes() for path in shop.folder.glob("inbox.sqlite3*"))
    assert calls(shop) == [1]


def test_nothing_waiting_changes_nothing(shop):
    before = shop.log.head()
    assert shop.seal() == 0
    assert shop.log.head() == before


@pytest.mark.parametrize("step", ["stage", "commit", "write_head", "drop_sealed"])
def test_a_sealing_that_dies_at_any_step_loses_nothing_and_doubles_nothing(shop, monkeypatch, step):
    add(shop, orders(range(1, 4)))
    shop.add([call(101), call(102), fact(1, "need", "quiet")])

    class PowerCut(Exception):
        pass

    def cut(*_args: object, **_named: object) -> None:
        raise PowerCut

    places = {"write_head": sealing, "drop_sealed": shop.inbox}
    with monkeypatch.context() as patch:
        patch.setattr(places.get(step, shop.log), step, cut)
        with pytest.raises(PowerCut):
            shop.seal()
    assert calls(shop) == [101, 102]
    other = rg.open(shop.folder)
    assert calls(other) == [101, 102]
    other.add([call(103)])
    other.seal()
    assert calls(other) == calls(shop) == [101, 102, 103]
    assert len(seen(other)) == 6


def test_rows_are_seen_once_while_others_seal_all_the_time(shop):
    shop.pages_import()
    stop = threading.Event()
    other = rg.open(shop.folder)

    def keep_sealing() -> None:
        while not stop.is_set():
            other.seal()

    sealer = threading.Thread(target=keep_sealing)
    sealer.start()
    try:
        for number in range(1, 31):
            shop.add([call(number)])
            assert calls(shop) == list(range(1, number + 1))
    finally:
        stop.set()
        sealer.join()
    other.seal()
    assert calls(shop) == list(range(1, 31))


def test_two_who_seal_at_once_seal_each_row_once(shop):
    shop.add([call(number) for number in range(1, 200)])
    shops = [shop, *(rg.open(shop.folder) for _ in range(3))]
    moved: list[int] = []
    threads = [threading.Thread(target=lambda each=each: moved.append(each.seal())) for each in shops]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(moved) == [0, 0, 0, 199]
    assert calls(shop) == list(range(1, 200))


def test_sealing_goes_on_while_a_long_import_runs(shop):
    shop.add([call(1)])
    with shared(shop.log.folder / STAGING_LOCK):
        assert shop.seal() == 1


def test_merging_files_seals_first(shop):
    add(shop, orders(range(1, 4)))
    shop.add([call(101)])
    shop.compact()
    assert shop.inbox.waiting(0) == []
    assert len(shop.log.files()["interactions"]) == 1
    assert calls(shop) == [101]


def test_many_small_sealings_end_in_few_files(shop):
    for number in range(1, 20):
        shop.add([call(number)])
        shop.seal()
    assert len(shop.log.files()["interactions"]) < maintenance.FILES_BEFORE_COMPACTION
    assert calls(shop) == list(range(1, 20))


class PageStory(RuleBasedStateMachine):
    """The model: a dictionary of requests. Sent again, sealed, merged, closed: the log shows each call once."""

    @initialize()
    def open_the_shop(self) -> None:
        self.folder = Path(os.environ["PAGE_STORY"]) / os.urandom(6).hex()
        self.shop = rg.init(self.folder)
        self.kept: dict[str, list[int]] = {}

    def teardown(self) -> None:
        with suppress(AttributeError):
            self.shop.close()

    @rule(request=st.sampled_from("abcdefgh"), count=st.integers(0, 3))
    def send_a_form(self, request: str, count: int) -> None:
        numbers = [100 * (ord(request) - 96) + 10 * count + place for place in range(count)]
        assert self.shop.add([call(number) for number in numbers], request_id=request) is (request not in self.kept)
        self.kept.setdefault(request, numbers)

    @rule()
    def seal(self) -> None:
        self.shop.seal()

    @rule()
    def merge(self) -> None:
        self.shop.compact()

    @rule()
    def close_and_open(self) -> None:
        self.shop.close()
        self.shop = rg.open(self.folder)

    @invariant()
    def each_call_is_there_once(self) -> None:
        assert calls(self.shop) == sorted(number for numbers in self.kept.values() for number in numbers)


def test_whatever_pages_send_and_whenever_it_is_sealed_each_call_is_there_once(tmp_path, monkeypatch):
    monkeypatch.setenv("PAGE_STORY", str(tmp_path))
    run_state_machine_as_test(
        PageStory,
        settings=settings(
            max_examples=8,
            stateful_step_count=12,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
