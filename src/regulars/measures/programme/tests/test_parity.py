"""Parity is looked at from both sides, and what nobody told is not guessed."""

from __future__ import annotations

from typing import Any

import pytest

from regulars.errors import MeasureError
from regulars.measures.programme import parity
from regulars.measures.programme.tests.company import bought, company


def rows(**said: Any) -> list[dict[str, Any]]:
    return parity._rows(company(**said))[0]


def fact(key: int, value: str, *, gone: int = 0, told_s: float = 1e9) -> dict[str, Any]:
    return {"client_key": key, "value": value, "gone": gone, "told_s": told_s}


@pytest.mark.parametrize(
    ("text", "share"),
    [("40%", 0.4), ("40", 0.4), ("0.4", 0.4), ("about 33,5 %", 0.335), ("100%", 1.0), ("0", 0.0), ("1", 1.0)],
)
def test_a_share_is_read_as_people_write_it(text: str, share: float) -> None:
    assert parity.share_of(text) == pytest.approx(share)


@pytest.mark.parametrize("text", ["half", "", "140%", "none"])
def test_what_is_no_share_is_not_made_one(text: str) -> None:
    assert parity.share_of(text) is None


def test_who_depends_on_whom_is_told_from_both_sides() -> None:
    customers = [*bought(1, spend=300.0), *bought(1, spend=200.0), *bought(1, spend=20.0), *bought(1, spend=10.0)]
    told = [fact(1, "80%"), fact(2, "10%"), fact(3, "90%"), fact(4, "5%")]
    found = rows(customers=customers, tables={"told_facts": told})
    assert [row["verdict"] for row in found] == ["both", "we depend on them", "they depend on us", "parity"]
    assert found[0]["share_of_our_sales"] == pytest.approx(300 / 530)


def test_of_a_customer_of_whom_nothing_is_told_only_our_side_is_known() -> None:
    row = rows(customers=bought(50))[0]
    assert (row["share_of_theirs"], row["verdict"]) == (None, "not known")
    assert row["share_of_theirs_reason"] == parity.NOT_TOLD


def test_the_newest_word_holds_and_a_fact_taken_back_is_nobodys_word() -> None:
    told = [fact(1, "20%"), fact(1, "70%", told_s=2e9), fact(2, "70%"), fact(2, "70%", gone=1, told_s=2e9)]
    found = {row["client_key"]: row for row in rows(customers=bought(30), tables={"told_facts": told})}
    assert found[1]["share_of_theirs"] == pytest.approx(0.7)
    assert found[2]["share_of_theirs"] is None


def test_an_answer_on_a_scale_to_a_hundred_is_read_as_percent() -> None:
    answer = {"client_key": 3, "score": 55.0, "scale_max": 100.0, "choice": None, "text": None, "told_s": 1e9}
    found = {row["client_key"]: row for row in rows(customers=bought(30), tables={"told_answers": [answer]})}
    assert (found[3]["share_of_theirs"], found[3]["told_how"]) == (0.55, "answer")


def test_only_the_largest_are_listed_and_those_who_told_something() -> None:
    customers = [*bought(40), *bought(1, spend=1.0)]
    found = rows(customers=customers, tables={"told_facts": [fact(41, "50%")]}, settings={"largest": 5})
    assert len(found) == 6
    assert found[-1]["client_key"] == 41


def test_a_limit_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(MeasureError, match="own_share"):
        rows(customers=bought(3), settings={"own_share": 0})
