"""Nothing is ticked by hand: each evidence is what was counted or decided, and says what comes next."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.measures.index import deciding
from regulars.measures.programme import stepping
from regulars.measures.programme.book import book_of
from regulars.measures.programme.evidence import PARTS, Part
from regulars.measures.programme.mistakes import RULES
from regulars.measures.programme.tests.company import AS_OF, Decision, book, bought, columns, company
from regulars.measures.programme.wording import COUNTED, EVIDENCE, MISTAKES, STEPS
from regulars.measures.splits import objects

WRITTEN: Decision = (
    "definition",
    "customer focus",
    {
        "text": {"en": "We keep what we say.", "bg": "Държим на думата си."},
        "competences": ["whole oak within a week"],
        "targets": ["hotels", "gone"],
        "granted": [{"en": "60 days"}],
        "refused": [""],
        "parity": "",
        "version": 2,
    },
)
HOTELS: Decision = ("group", "hotels", {"name": "Hotels", "stance": "target", "needs": [], "rule": {}})


def rows(**said: Any) -> dict[str, dict[str, Any]]:
    return {row["evidence"]: row for row in stepping._rows(company(**said))[0]}


def test_every_evidence_has_its_step_its_count_and_its_next_action() -> None:
    assert set(EVIDENCE) == set(stepping.NEXT)
    assert set(EVIDENCE) <= set(PARTS)
    assert {one.step for one in EVIDENCE.values()} == set(STEPS)


def test_a_company_that_has_only_just_begun_is_told_what_to_do_first_and_no_number() -> None:
    found = rows()
    assert {row["state"] for row in found.values()} == {"missing", "unknown"}
    assert all(row["next"] for row in found.values())
    assert found["definition"]["next"].startswith("Open a round")
    unknown = [row for row in found.values() if row["state"] == "unknown"]
    assert all(row["share"] is None and row["done"] is None and row["share_reason"] for row in unknown)


def test_the_definition_is_taken_apart_into_what_is_written_and_what_is_not() -> None:
    found = rows(decided=[WRITTEN, HOTELS], languages=("en", "bg", "ru"))
    states = {
        key: found[key]["state"] for key in ("definition", "competences", "targets", "granted", "refused", "parity")
    }
    assert states == {
        "definition": "done",
        "competences": "done",
        "targets": "part",
        "granted": "done",
        "refused": "missing",
        "parity": "missing",
    }
    assert (found["languages"]["done"], found["languages"]["of"]) == (2, 3)
    assert (found["group-needs"]["done"], found["group-needs"]["of"]) == (0, 1)


def test_who_confirmed_by_e_mail_and_by_code_is_one_person_and_who_left_is_none() -> None:
    decided: list[Decision] = [
        WRITTEN,
        ("employee", "E3", {"left_on": "2026-01-01"}),
        ("definition read", "ana@example.org", {"version": 2, "employee": "E1"}),
        ("definition read", "owner@example.org", {"version": 2}),
        ("definition read", "E2", {"version": 1}),
        ("definition read", "E3", {"version": 2}),
    ]
    assert book(decided, ["E1", "E2", "E3"]).confirmed == (2, 3)
    row = rows(decided=decided, staff=["E1", "E2", "E3"])["confirmed"]
    assert row["next"] == "Ask the 1 of 3 employees who have not confirmed the newest definition."


def test_those_who_confirmed_are_not_everybody_where_nobody_is_on_the_list_of_staff() -> None:
    read: list[Decision] = [("definition read", f"{name}@example.org", {"version": 2}) for name in ("ana", "bob")]
    row = rows(decided=[WRITTEN, *read])["confirmed"]
    assert (row["state"], row["done"], row["of"], row["share"]) == ("unknown", None, None, None)
    assert row["share_reason"] == "No definition is published, or nobody is on the list of staff."
    assert row["next"].startswith("Enter the employees")
    assert rows(decided=[WRITTEN, *read], staff=["E1"])["confirmed"]["of"] == 3


def test_nobody_is_asked_to_confirm_what_is_not_published() -> None:
    assert rows(staff=["E1", "E2"])["confirmed"]["state"] == "unknown"


PEOPLE = ("E1", "E2", "ana@example.org", "bob@example.org")
READS = st.builds(
    lambda key, version, code: ("definition read", key, {"version": version} | ({"employee": code} if code else {})),
    st.sampled_from(PEOPLE),
    st.integers(1, 2),
    st.sampled_from(["", "E1", "E2"]),
)
TOLD = st.builds(
    lambda key, body: ("employee", key, body),
    st.sampled_from(PEOPLE[:2]),
    st.sampled_from(
        [{}, {"left_on": "2026-01-01"}, {"left_on": "2027-01-01"}, {"started_on": "2027-01-01"}, {"retired": True}]
    ),
)


@given(st.lists(READS | TOLD, max_size=6), st.lists(st.sampled_from(PEOPLE[:2]), unique=True), st.booleans())
def test_the_steps_and_the_index_count_the_same_people(said: list[Decision], staff: list[str], written: bool) -> None:
    decided = [*said, WRITTEN] if written else said
    listed = {"code": objects(staff), "department": objects([""] * len(staff))}
    newest = {(noun, key): body for noun, key, body in decided}
    versions = [deciding.Version(noun, key, body.get("version", 1), 0, body) for (noun, key), body in newest.items()]
    version = deciding.definition_version(versions, day=1)
    people = deciding.people(versions, listed, day=(AS_OF - date(1970, 1, 1)).days) if version is not None else []
    read = deciding.confirmed(versions, day=1)
    done = sum(read.get(one.name, 0) >= (version or 0) for one in people)
    assert book(decided, staff).confirmed == (done, len(people))


def test_a_new_version_asks_again_also_where_its_text_tells_no_number() -> None:
    unnumbered = {name: value for name, value in WRITTEN[2].items() if name != "version"}
    rows_of_log = [
        {"noun": "definition", "key": "customer focus", "version": 2, "body": json.dumps(unnumbered), "decided_s": 0.0},
        *(
            {"noun": "definition read", "key": key, "version": 1, "body": json.dumps({"version": read}), "decided_s": 0}
            for key, read in (("E1", 2), ("E2", 1))
        ),
    ]
    staff = columns([{"attributes": json.dumps({"code": code})} for code in ("E1", "E2")])
    assert book_of(columns(rows_of_log), staff, AS_OF).confirmed == (1, 2)


def test_a_complaint_is_acted_on_by_what_was_decided_after_it_and_not_before() -> None:
    def acted(complained_at: datetime) -> int:
        complaint = {"touchpoint": "desk", "complaints": 2, "first_s": complained_at.timestamp()}
        decided: list[Decision] = [("standard", "desk", {"text": "new"})]
        at = datetime(2026, 5, 1, tzinfo=UTC)
        said = rows(tables={"complaints_at": [complaint]}, decided=decided, decided_at=at)["acted"]
        assert said["of"] == 1
        return int(said["done"])

    assert acted(datetime(2026, 4, 30, tzinfo=UTC)) == 1
    assert acted(datetime(2026, 5, 2, tzinfo=UTC)) == 0


def test_a_standard_counts_as_read_only_in_its_newest_version() -> None:
    decided: list[Decision] = [
        ("standard", "desk", {"text": "new", "version": 2}),
        ("standard", "van", {"text": "old", "version": 1}),
        ("standard read", "desk:E1", {"touchpoint": "desk", "person": "E1", "version": 1}),
        ("standard read", "van:E1", {"touchpoint": "van", "person": "E1", "version": 1}),
    ]
    assert (rows(decided=decided)["standards-read"]["done"], rows(decided=decided)["standards-read"]["of"]) == (1, 2)


def test_a_retired_touchpoint_asks_for_no_owner() -> None:
    decided: list[Decision] = [
        ("touchpoint", "desk", {"owner": "Ana"}),
        ("touchpoint", "kiosk", {"retired": True}),
    ]
    assert rows(decided=decided)["owners"]["state"] == "done"


def test_customers_of_the_year_are_counted_and_nobody_else() -> None:
    customers = [*bought(3, has_facts=1, answers=1), *bought(1), *bought(5, orders=0, has_facts=1)]
    found = rows(customers=customers)
    assert (found["known-facts"]["done"], found["known-facts"]["of"]) == (3, 4)
    assert found["known-facts"]["share_low"] < 0.75 < found["known-facts"]["share_high"]
    assert found["acquired"]["state"] == "unknown"


@pytest.mark.parametrize("key", EVIDENCE)
def test_what_comes_next_is_a_whole_sentence(key: str) -> None:
    for part in (Part(0, 0, "", "Nobody."), Part(0, 5, "", ""), Part(2, 5, "", "")):
        sentence = stepping.NEXT[key](part)
        assert sentence[0].isupper()
        assert sentence.endswith(".")


@given(st.integers(0, 50), st.integers(0, 50), st.floats(0.01, 1))
def test_one_more_that_is_done_never_makes_a_step_worse(done: int, missing: int, needed: float) -> None:
    order = [stepping.UNKNOWN, stepping.MISSING, stepping.PARTLY, stepping.DONE]
    of = done + missing + 1
    before, after = (stepping.state_of(Part(some, of, "", ""), needed) for some in (done, done + 1))
    assert order.index(after) >= order.index(before)


def test_what_is_counted_is_a_word_that_can_be_translated() -> None:
    seen = company(customers=bought(3))
    assert {part(seen).counted for part in PARTS.values()} <= set(COUNTED)
    assert {RULES[key](seen).counted for key in MISTAKES} <= set(COUNTED)
