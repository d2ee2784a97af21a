"""What a person says of two records holds, whatever runs come after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from regulars import Workspace, identity
from regulars.identity.tests.people import NOW, add_people, company, customers_of

LATER = NOW + timedelta(days=1)
ANNA = {"name": "Anna Dvořáková", "email": "anna@example.com", "birthday": "1990-03-08"}
ANNA_AGAIN = {"name": "Anna Dvorakova", "email": "anna@example.com"}
ANNA_RANG = {"name": "Dvořáková Anna", "birthday": "1990-03-08", "email": "anna@example.com"}
KEYS = (1, 2, 3)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    """Three records of one customer, joined."""
    with company(tmp_path) as made:
        add_people(made, "till", {1: ANNA})
        add_people(made, "web", {2: ANNA_AGAIN})
        add_people(made, "call centre", {3: ANNA_RANG})
        identity.run(made, by="Ana", now=NOW)
        assert customers_of(made, KEYS) == {frozenset(KEYS)}
        yield made


def test_a_persons_no_parts_the_records_and_no_run_joins_them_again(shop: Workspace) -> None:
    identity.judge(shop, 1, 2, "different", by="Ben", now=LATER)
    assert shop.customer_of(1) != shop.customer_of(2)
    for everything in (False, True):
        identity.run(shop, by="Ana", now=LATER, everything=everything)
        assert shop.customer_of(1) != shop.customer_of(2)


def test_a_no_holds_also_when_a_new_record_would_join_both(shop: Workspace) -> None:
    identity.judge(shop, 1, 2, "different", by="Ben", now=LATER)
    add_people(shop, "app", {4: ANNA})
    identity.run(shop, by="Ana", now=LATER + timedelta(days=1))
    assert shop.customer_of(1) != shop.customer_of(2)
    assert frozenset({4}) not in customers_of(shop, (1, 2, 3, 4))


def test_a_persons_yes_joins_records_that_nothing_else_would(shop: Workspace) -> None:
    add_people(shop, "app", {4: {"name": "A. Svobodová"}})
    identity.run(shop, by="Ana", now=LATER)
    assert shop.customer_of(4) == 4
    identity.judge(shop, 4, 1, "same", by="Ben", now=LATER)
    identity.run(shop, by="Ana", now=LATER, everything=True)
    assert customers_of(shop, (1, 4)) == {frozenset({1, 2, 3, 4})}
    assert shop.customer_of(1) == 1


def test_a_double_click_is_kept_once(shop: Workspace) -> None:
    assert identity.judge(shop, 1, 2, "same", by="Ben", now=LATER, request_id="r1") is True
    assert identity.judge(shop, 1, 2, "same", by="Ben", now=LATER, request_id="r1") is False


def test_a_yes_against_an_earlier_no_about_a_third_record_is_refused_in_words(shop: Workspace) -> None:
    identity.judge(shop, 1, 2, "different", by="Ben", now=LATER)
    apart = next(key for key in KEYS[:2] if shop.customer_of(key) != shop.customer_of(3))
    with pytest.raises(identity.JudgementError, match="Ben said on 2026-07-02"):
        identity.judge(shop, 3, apart, "same", by="Eva", now=LATER)
    assert shop.customer_of(1) != shop.customer_of(2)


def test_a_no_between_records_that_a_person_joined_over_a_third_is_refused_in_words(shop: Workspace) -> None:
    identity.judge(shop, 1, 3, "same", by="Ben", now=LATER)
    identity.judge(shop, 3, 2, "same", by="Ben", now=LATER)
    with pytest.raises(identity.JudgementError, match="Ben said so"):
        identity.judge(shop, 1, 2, "different", by="Eva", now=LATER)


@pytest.mark.parametrize(("left", "right", "verdict"), [(1, 1, "same"), (1, 99, "same"), (1, 2, "twins")])
def test_judgements_that_mean_nothing_are_refused(shop: Workspace, left: int, right: int, verdict: str) -> None:
    with pytest.raises(identity.JudgementError):
        identity.judge(shop, left, right, verdict, by="Ben", now=LATER)


def test_every_join_tells_how_it_came_about(shop: Workspace) -> None:
    path = identity.joined_path(shop, shop.customer_of(2))
    assert len(path) == 2
    assert {join.method for join in path} == {"exact"}
    assert {join.decided_by for join in path} == {"Ana"}
    first = identity.explain(shop, path[0].left, path[0].right)
    assert first.verdict == "same"
    assert first.agreements[0].words.startswith("Both have the same e-mail")
    assert first.agreements[0].left == "anna@example.com"


def test_a_doubtful_pair_waits_until_a_person_decides(shop: Workspace) -> None:
    home = {"address": "Dubová 12, 110 00 Praha", "phone": "+420 777 123 456"}
    add_people(shop, "till", {11: {"name": "Jan Novák", "birthday": "1950-02-03", **home}})
    add_people(shop, "crm", {12: {"name": "Jan Novák", "birthday": "1979-11-20", **home}})
    identity.run(shop, by="Ana", now=LATER)
    waiting = [{doubt.left, doubt.right} for doubt in identity.doubtful(shop)]
    assert waiting == [{11, 12}]
    assert identity.count_doubtful(shop) == 1
    identity.judge(shop, 11, 12, "different", by="Ben", now=LATER)
    assert identity.doubtful(shop) == []
    identity.run(shop, by="Ana", now=LATER + timedelta(days=1), everything=True)
    assert identity.doubtful(shop) == []
