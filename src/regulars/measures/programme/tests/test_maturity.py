"""A level counts only where the one below is complete; what is measured is not attested, and nothing is for ever."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.measures.programme.levels import reached, rows_of
from regulars.measures.programme.tests.company import AS_OF, Decision, bought, company
from regulars.measures.programme.wording import CRITERIA

TOUCHPOINT: Decision = ("touchpoint", "desk", {"name": "Desk"})
STANDARD: Decision = ("standard", "desk", {"text": "We greet."})
DEFINED: Decision = ("definition", "customer focus", {"text": "New", "version": 1})


def one_row(table: str, **row: Any) -> dict[str, Any]:
    return {"tables": {table: [row]}}


def cell(answer: str) -> Decision:
    fear = {"kind": "fear", "text": "late", "answer": answer}
    return ("journey map", "everyone", {"stages": [{"key": "buys", "cells": [fear]}]})


def visit(done: str | None) -> Decision:
    return ("visit planned", "v", {"client_key": 1, "on": "2026-03-03", "keeper": "E1", "done_on": done})


def followed(kind: str, count: int) -> dict[str, Any]:
    return one_row("followed", kind=kind, events=20, followed=count)


def training(word: str) -> dict[str, Any]:
    held = {"name": "Calls", "held_on": "2026-02-02", "understood": {"E1": word}}
    return {"decided": [("training", "calls", held)]}


def promised(kept: int) -> dict[str, Any]:
    return one_row("kept", touchpoint="desk", kept=kept, judged=20)


SPOKEN = [{"spoke_first": "company", "events": 18}, {"spoke_first": "nobody", "events": 2}]
# Long before the decisions of ``company``, which are of May 2026.
COMPLAINED_S = datetime(2026, 2, 1, tzinfo=UTC).timestamp()
ACTED = {**one_row("complaints_at", touchpoint="desk", complaints=3, first_s=COMPLAINED_S), "decided": [TOUCHPOINT]}
MET: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "standards": ({"decided": [TOUCHPOINT, STANDARD]}, {"decided": [TOUCHPOINT]}),
    "promises-kept": (promised(19), promised(9)),
    "satisfied": (
        one_row("said", touchpoint="desk", good=18, answers=20, scored=20),
        one_row("said", touchpoint="desk", good=9, answers=20, scored=20),
    ),
    "calls-taken": ({"tally": {"calls": 95, "missed_calls": 5}}, {"tally": {"calls": 50, "missed_calls": 50}}),
    "known-sales": ({"tally": {"orders": 10, "known_orders": 9}}, {"tally": {"orders": 10, "known_orders": 2}}),
    "no-complaint": (
        {"customers": [*bought(99), *bought(1, complaints=1)], "tally": {"complaints": 1}},
        {"customers": [*bought(80), *bought(20, complaints=1)], "tally": {"complaints": 20}},
    ),
    "complaints-answered": (followed("complaint", 19), followed("complaint", 10)),
    "complained-once": (
        {"customers": bought(10, complaints=1)},
        {"customers": [*bought(5, complaints=1), *bought(5, complaints=2)]},
    ),
    "decided-at-once": ({"tally": {"uses": 10, "uses_asked": 1}}, {"tally": {"uses": 10, "uses_asked": 9}}),
    "trained": (training("yes"), training("no")),
    "confirmed": (
        {"decided": [DEFINED, ("definition read", "E1", {"version": 1})], "staff": ["E1"]},
        {"decided": [DEFINED], "staff": ["E1"]},
    ),
    "fresh-facts": (one_row("facts", facts=10, fresh=8), one_row("facts", facts=10, fresh=2)),
    "spoke-first": ({"tables": {"spoken": SPOKEN}}, {"tables": {"spoken": SPOKEN[1:]}}),
    "called-back": (followed("missed_call", 19), followed("missed_call", 2)),
    "goodbyes-answered": (followed("departure", 19), followed("departure", 2)),
    "fears-answered": ({"decided": [cell("we call")]}, {"decided": [cell("")]}),
    "acted": (ACTED, {**ACTED, "decided": []}),
    "visits-done": ({"decided": [visit("2026-03-04")]}, {"decided": [visit(None)]}),
}
PEOPLE = [key for key, one in CRITERIA.items() if one.how == "attested"]


def row_of(key: str, **said: Any) -> dict[str, Any]:
    return next(row for row in rows_of(company(**said))[0] if row["criterion"] == key)


def attested(key: str, until: str = "2026-12-31", *, met: bool = True) -> Decision:
    return ("attested", key, {"met": met, "because": "two visits", "until": until, "signed_by": "ana"})


def test_every_criterion_is_measured_or_attested() -> None:
    assert set(MET) | set(PEOPLE) == set(CRITERIA)
    assert {one.level for one in CRITERIA.values()} == {1, 2, 3}


@pytest.mark.parametrize("key", MET)
def test_a_measured_criterion_is_met_by_what_was_counted_and_by_nothing_else(key: str) -> None:
    good, bad = (row_of(key, **one) for one in MET[key])
    assert (good["met"], bad["met"]) == ("yes", "no")
    assert good["value"] >= good["needed"] > bad["value"]
    assert good["how"] == "measured"
    assert good["n"] > 0


@pytest.mark.parametrize("key", MET)
def test_where_the_log_is_silent_people_may_attest_a_criterion_and_where_it_speaks_they_may_not(key: str) -> None:
    silent = row_of(key, decided=[attested(key)])
    assert (silent["met"], silent["how"], silent["because"]) == ("yes", "attested", "two visits")
    bad = MET[key][1]
    spoken = row_of(key, **{**bad, "decided": [*bad.get("decided", []), attested(key)]})
    assert (spoken["met"], spoken["how"], spoken["attested_until"]) == ("no", "measured", None)


@pytest.mark.parametrize("key", PEOPLE)
def test_what_only_people_can_say_counts_until_its_day(key: str) -> None:
    assert row_of(key)["met"] == "unknown"
    assert row_of(key, decided=[attested(key, AS_OF.isoformat())])["met"] == "yes"
    assert row_of(key, decided=[attested(key, met=False)])["met"] == "no"
    over = row_of(key, decided=[attested(key, "2026-06-29")])
    assert (over["met"], over["value"]) == ("unknown", None)
    assert "counted until 2026-06-29" in over["value_reason"]


@given(st.dictionaries(st.sampled_from(list(CRITERIA)), st.sampled_from(["yes", "no", "unknown"])))
def test_no_level_is_reached_above_one_that_is_not(met: dict[str, str]) -> None:
    found = reached(met)
    assert all(found.complete[level] for level in range(1, found.level + 1))
    assert found.level == 3 or not found.complete[found.level + 1]
    assert all(met[key] == "yes" and CRITERIA[key].level > found.level + 1 for key in found.skipped)


@given(st.sets(st.sampled_from(list(CRITERIA))), st.sampled_from(list(CRITERIA)))
def test_one_more_criterion_met_never_lowers_the_level(keys: set[str], more: str) -> None:
    before = reached(dict.fromkeys(keys, "yes"))
    assert reached(dict.fromkeys({*keys, more}, "yes")).level >= before.level


def test_whoever_has_the_third_level_alone_has_reached_none() -> None:
    met = {key: "yes" for key, one in CRITERIA.items() if one.level == 3}
    found = reached(met)
    assert found.level == 0
    assert set(found.skipped) == set(met)


def test_a_company_without_a_log_has_reached_nothing_and_is_told_so_without_a_number() -> None:
    rows, notes = rows_of(company())
    assert {row["met"] for row in rows} == {"unknown"}
    assert {row["reached"] for row in rows} == {0}
    assert all(row["value"] is None and row["value_reason"] for row in rows)
    assert notes == ["Level 0 of 3 is reached. For level 1, 8 of 8 are missing."]
