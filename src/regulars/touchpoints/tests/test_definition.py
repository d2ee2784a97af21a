"""What is published is read back as it was, and what nobody could keep is refused with a sentence."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.touchpoints.definition import (
    promise_from,
    promise_json,
    standard_from,
    standard_json,
    touchpoint_from,
    touchpoint_json,
)
from regulars.touchpoints.errors import SENTENCES, TouchpointError
from regulars.touchpoints.parts import SORTS, STAGES, Guide, Promise, Standard, Touchpoint
from regulars.touchpoints.validity import check_promise, check_standard, check_touchpoint

WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=30).filter(str.strip)
TOUCHPOINTS = st.builds(
    Touchpoint,
    key=WORDS,
    name=WORDS | st.just(""),
    sort=st.sampled_from(SORTS),
    owner=WORDS | st.just(""),
    channel=WORDS | st.just(""),
    stages=st.lists(st.sampled_from(STAGES), unique=True).map(tuple),
    first=st.sampled_from([None, True, False]),
    guides=st.lists(st.builds(Guide, WORDS, WORDS), max_size=3).map(tuple),
    retired=st.booleans(),
    version=st.integers(0, 9),
)
CALLS = Promise("calls", "call centre", column="wait_seconds", at_most=30)


def through_json(body):
    return json.loads(json.dumps(body, ensure_ascii=False))


@settings(max_examples=60)
@given(TOUCHPOINTS)
def test_any_touchpoint_is_read_back_as_it_was(touchpoint):
    assert touchpoint_from(through_json(touchpoint_json(touchpoint))) == touchpoint


@settings(max_examples=40)
@given(WORDS, WORDS, st.floats(0, 80_000, allow_nan=False), WORDS | st.just(""))
def test_any_standard_and_promise_is_read_back_as_it_was(text, name, limit, step):
    standard = Standard("chat", text, never=name, version=2)
    assert standard_from(through_json(standard_json(standard))) == standard
    promise = replace(CALLS, name=name, at_most=limit, step=step)
    assert promise_from(through_json(promise_json(promise))) == promise


def test_the_promises_of_older_logs_are_understood():
    body = {"touchpoint": "delivery", "kind": "delivery", "column": "late_days", "at_most": 0}
    found = promise_from({**body, "key": "deliver on the due day", "version": 1})
    assert (found.at_most, found.called) == (0, "deliver on the due day")


@pytest.mark.parametrize(
    ("promise", "reason"),
    [
        (replace(CALLS, key="Calls!"), "bad_key"),
        (replace(CALLS, key="a" * 61), "bad_key"),
        (replace(CALLS, touchpoint=" "), "no_touchpoint"),
        (replace(CALLS, column="mood"), "unknown_column"),
        (replace(CALLS, at_most=None), "no_limit"),
        (replace(CALLS, at_least=3), "two_limits"),
        (replace(CALLS, at_most=None, at_least=3), "wrong_limit"),
        (replace(CALLS, column="checklist"), "wrong_limit"),
        (replace(CALLS, at_most=-1), "bad_limit"),
        (replace(CALLS, at_most=math.nan), "bad_limit"),
        (replace(CALLS, column="late_days", at_most=500), "bad_limit"),
        (replace(CALLS, column="checklist", at_most=None, at_least=101), "bad_limit"),
        (replace(CALLS, step="x" * 200), "text_too_long"),
        (replace(CALLS, name="a\x00b"), "unprintable"),
    ],
)
def test_a_promise_that_cannot_be_judged_is_refused(promise, reason):
    with pytest.raises(TouchpointError) as refused:
        check_promise(promise)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("touchpoint", "reason"),
    [
        (Touchpoint(" "), "no_key"),
        (Touchpoint("a", sort="robot"), "unknown_sort"),
        (Touchpoint("a", stages=("dreams",)), "unknown_stage"),
        (Touchpoint("a", stages=("buys", "buys")), "same_stage"),
        (Touchpoint("a", guides=(Guide("Door", " "),)), "empty_guide"),
        (Touchpoint("a", guides=(Guide("Door", "Ring."),) * 41), "too_many_guides"),
        (Touchpoint("a", owner="x" * 121), "text_too_long"),
    ],
)
def test_a_touchpoint_that_cannot_stand_is_refused(touchpoint, reason):
    with pytest.raises(TouchpointError) as refused:
        check_touchpoint(touchpoint)
    assert refused.value.reason == reason


def test_a_standard_says_something():
    with pytest.raises(TouchpointError, match="says nothing"):
        check_standard(Standard("chat", " \n"))


@pytest.mark.parametrize("body", [{"stages": "buys"}, {"guides": ["Ring"]}, {"name": 3}, {"version": True}])
def test_what_is_no_touchpoint_is_refused(body):
    with pytest.raises(TouchpointError, match="cannot be read"):
        touchpoint_from({"key": "a", **body})


def test_every_sentence_is_one():
    assert all(sentence.endswith(".") or sentence.endswith("}") for sentence in SENTENCES.values())
