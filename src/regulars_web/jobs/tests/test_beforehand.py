"""In quiet times the worker counts what the next visitor would wait for, once a state of the log."""

from __future__ import annotations

from regulars.errors import MeasureError
from regulars_web.jobs import beforehand
from regulars_web.jobs.beforehand import Beforehand
from regulars_web.journeys.ahead import AHEAD as JOURNEYS
from regulars_web.journeys.lens import Lens
from regulars_web.journeys.reading import known_readings
from regulars_web.shared.scope import Scope
from regulars_web.shared.shelf import state_of
from regulars_web.touchpoints.ahead import AHEAD as TOUCHPOINTS
from regulars_web.touchpoints.reading import SHELF


def test_everything_is_counted_once_and_again_when_the_log_has_moved_on(monkeypatch):
    told, log = [], ["monday"]
    monkeypatch.setattr(beforehand, "_READINGS", [told.append, lambda shop: told.append("second")])
    worker = Beforehand(lambda shop: log[0])
    assert [worker.step("shop") for _ in range(4)] == [True, True, False, False]
    assert told == ["shop", "second"]
    log[0] = "tuesday"
    assert worker.step("shop")
    assert told[2:] == ["shop"]


def test_what_a_log_cannot_answer_keeps_nothing_else_from_being_counted(monkeypatch):
    told = []

    def lacking(shop):
        raise MeasureError("The log is empty.")

    monkeypatch.setattr(beforehand, "_READINGS", [lacking, told.append, lacking])
    worker = Beforehand(lambda shop: "monday")
    while worker.step("shop"):
        pass
    assert told == ["shop"]


def test_after_a_quiet_while_nobody_waits_for_touchpoints_or_the_map(shop):
    worker = Beforehand(state_of)
    assert set(JOURNEYS) | set(TOUCHPOINTS) <= set(beforehand._READINGS)
    while worker.step(shop):
        pass
    assert SHELF.known(shop, Scope(), "ranked", [""]) is not None
    assert known_readings(shop, Scope(), "map", [Lens().mark]) is not None
    assert known_readings(shop, Scope(), "life-cycle", []) is not None
