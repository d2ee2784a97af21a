"""Who is one customer and who is not, in a shop with a till and a call centre."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from regulars import Workspace, identity
from regulars.errors import LogError
from regulars.identity.tests.people import NOW, add_people, company, customers_of

IVAN = {"name": "Иван Петров", "phone": "0888 123 456", "birthday": "1980-05-17"}
IVAN_LATIN = {"name": "Petrov, Ivan", "phone": "+359 888 12 34 56", "email": "ivan@example.com"}
MARIA = {"name": "Мария Петрова", "phone": "0888 123 456", "birthday": "1982-01-30"}
JULIA = {"name": "Юлия Щукина", "email": "yulia.sh@example.com"}
JULIA_LATIN = {"name": "Julia Shchukina", "email": "Yulia.Sh@Example.com"}
KEYS = (1, 2, 3, 4, 5)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    with company(tmp_path) as made:
        yield made


@pytest.fixture
def joined(shop: Workspace) -> Workspace:
    """A shop that has joined its till's and its call centre's records."""
    add_people(shop, "till", {1: IVAN, 2: MARIA, 3: JULIA})
    add_people(shop, "call centre", {4: IVAN_LATIN, 5: JULIA_LATIN})
    identity.run(shop, by="Ana", now=NOW)
    return shop


def test_a_customer_written_in_cyrillic_and_in_latin_letters_is_one(joined: Workspace) -> None:
    assert {1, 4} in customers_of(joined, KEYS)
    assert {3, 5} in customers_of(joined, KEYS)


def test_husband_and_wife_with_one_telephone_are_two(joined: Workspace) -> None:
    assert joined.customer_of(1) != joined.customer_of(2)
    assert {2} in customers_of(joined, KEYS)


def test_a_couple_that_shares_an_email_too_is_two(shop: Workspace) -> None:
    mail = {"email": "petrovi@example.com"}
    add_people(shop, "till", {1: {**IVAN, **mail}, 2: {**MARIA, **mail}})
    identity.run(shop, by="Ana", now=NOW)
    assert customers_of(shop, (1, 2)) == {frozenset({1}), frozenset({2})}


def test_father_and_son_of_one_name_at_one_address_are_two(shop: Workspace) -> None:
    home = {"name": "Jan Novák", "address": "Dubová 12, Praha", "phone": "+420 777 123 456"}
    add_people(shop, "till", {1: {**home, "birthday": "1950-02-03"}, 2: {**home, "birthday": "1979-11-20"}})
    identity.run(shop, by="Ana", now=NOW)
    assert customers_of(shop, (1, 2)) == {frozenset({1}), frozenset({2})}


def test_the_mailbox_of_an_office_joins_nobody(shop: Workspace) -> None:
    office = {"email": "info@hotel.example"}
    add_people(shop, "till", {1: {"name": "Ivan Petrov", **office}, 2: {"name": "I. Petrov", **office}})
    plan = identity.preview(shop, now=NOW)
    assert plan.exact_joins == 0


def test_namesakes_of_whom_nothing_else_is_known_are_not_joined(shop: Workspace) -> None:
    add_people(shop, "till", {1: {"name": "Zdislava Kratochvílová"}})
    add_people(shop, "call centre", {2: {"name": "Zdislava Kratochvílová"}})
    identity.run(shop, by="Ana", now=NOW)
    assert customers_of(shop, (1, 2)) == {frozenset({1}), frozenset({2})}


def test_one_customer_number_in_two_systems_joins_only_with_the_same_name(shop: Workspace) -> None:
    add_people(
        shop,
        "till",
        {1: {"name": "Ayşe Yıldız", "reference": "K0012345"}, 2: {"name": "Can Şahin", "reference": "77812"}},
    )
    add_people(
        shop,
        "crm",
        {3: {"name": "Ayse Yildiz", "reference": "K0012345"}, 4: {"name": "Emre Kaplan", "reference": "77812"}},
    )
    identity.run(shop, by="Ana", now=NOW)
    assert customers_of(shop, (1, 2, 3, 4)) == {frozenset({1, 3}), frozenset({2}), frozenset({4})}


def test_no_fact_is_lost_when_records_become_one(joined: Workspace) -> None:
    with joined.engine() as engine:
        recorded, seen = (
            engine.run(f"SELECT count(*) AS n, sum(amount) AS total FROM {view}").to_pylist()
            for view in ("recorded_interactions", "interactions")
        )
        ivan = engine.run(f"SELECT sum(amount) AS total FROM interactions WHERE client_key = {joined.customer_of(1)}")
    assert recorded == seen == [{"n": 5, "total": 15}]
    assert ivan.to_pylist() == [{"total": 1 + 4}]


def test_a_preview_says_what_a_run_does_and_changes_nothing(shop: Workspace) -> None:
    add_people(shop, "till", {1: IVAN, 2: MARIA, 3: JULIA})
    add_people(shop, "call centre", {4: IVAN_LATIN, 5: JULIA_LATIN})
    plan = identity.preview(shop, now=NOW)
    assert (plan.customers_before, plan.customers_after) == (5, 3)
    assert customers_of(shop, KEYS) == {frozenset({key}) for key in KEYS}
    assert identity.run(shop, by="Ana", now=NOW).plan == plan
    assert len(customers_of(shop, KEYS)) == plan.customers_after


def test_a_customer_keeps_the_key_when_a_third_record_joins(joined: Workspace) -> None:
    before = joined.customer_of(1)
    add_people(joined, "web", {6: {"name": "Ivan Petrov", "email": "ivan@example.com", "birthday": "1980-05-17"}})
    identity.run(joined, by="Ana", now=NOW)
    assert joined.records_of(before) == [1, 4, 6]
    assert joined.customer_of(6) == before


def test_undoing_a_run_restores_the_customers_exactly_and_the_next_run_finds_them_again(joined: Workspace) -> None:
    number = int(str(joined.imports()[-1]["import_id"]))
    after = customers_of(joined, KEYS)
    joined.undo(number)
    assert customers_of(joined, KEYS) == {frozenset({key}) for key in KEYS}
    identity.run(joined, by="Ana", now=NOW)
    assert customers_of(joined, KEYS) == after


def test_a_second_run_without_news_writes_nothing(joined: Workspace) -> None:
    before = len(joined.imports())
    assert identity.run(joined, by="Ana", now=NOW).import_id is None
    assert len(joined.imports()) == before


def test_the_log_holds_no_word_of_what_the_records_say(joined: Workspace) -> None:
    with joined.engine() as engine:
        told = (
            engine.run("SELECT evidence FROM links").to_pylist() + engine.run("SELECT body FROM decisions").to_pylist()
        )
        told += [{"summary": row["summary"]} for row in joined.imports() if row["form"] == "join"]
    text = str(told).casefold()
    assert not any(word in text for word in ("petrov", "петров", "ivan", "888", "example.com", "1980"))


def test_a_threshold_that_is_none_is_refused_in_words(shop: Workspace) -> None:
    with pytest.raises(identity.ThresholdError, match=r"between 0\.2 and 0\.9999"):
        identity.preview(shop, now=NOW, threshold=1.5)


def test_a_company_without_customers_has_nothing_to_join(shop: Workspace) -> None:
    done = identity.run(shop, by="Ana", now=NOW)
    assert done.import_id is None
    assert done.plan.records == 0
    with pytest.raises(LogError):
        shop.undo(1)
