"""Facts on the card: still true, not true, corrected, learned; and never overwritten."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from regulars.facts import facts_of
from tests.web.trail import said_in_trail

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "facts"}


@pytest.fixture
def key(customer_who):
    """A customer with something to ask again."""
    return customer_who("facts_stale", "at_least", 1)


@pytest.fixture
def known(shop, key):
    """What is known of that customer now."""
    return lambda **more: facts_of(shop, key, now=datetime.now(UTC), **more)


@pytest.fixture
def say(client_as, key):
    """An answer of a colleague about a fact."""

    def answer(fact, said, role="front line", **more):
        return client_as(role).post(f"/customers/{key}/facts/{fact}", {"said": said, **more}, headers=HTMX)

    return answer


def test_a_confirmed_fact_is_fresh_from_today_and_by_name(say, known):
    fact = known()[0]
    assert fact.stale
    say(fact.fact_id, "confirm")
    now = next(one for one in known() if one.fact_id == fact.fact_id)
    assert (now.stale, now.age_days, now.confirmed_by) == (False, 0, "Front Line")
    assert len(now.history) == len(fact.history) + 1


def test_a_confirmation_is_taken_back_with_one_press_and_the_fact_is_old_again(say, known, shop_folder):
    fact = known()[0]
    page = say(fact.fact_id, "confirm").content.decode()
    assert "Undo" in page
    assert "unconfirm" in page
    say(fact.fact_id, "unconfirm", undoes="yes")
    now = next(one for one in known() if one.fact_id == fact.fact_id)
    assert (now.confirmed_at, now.confirmed_by, now.stale) == (fact.confirmed_at, fact.confirmed_by, True)
    assert [said.status for said in now.history][-2:] == ["confirmed", "taken back"]
    assert len(said_in_trail(shop_folder, "fact confirmation taken back")) == 1


def test_a_colleagues_confirmation_is_not_mine_to_take_back(say, known):
    fact = known()[0]
    say(fact.fact_id, "confirm")
    before = known()
    assert say(fact.fact_id, "unconfirm", role="manager", undoes="yes").status_code == 422
    assert known() == before


def test_a_dropped_fact_is_history(say, known):
    fact = known()[0]
    say(fact.fact_id, "drop")
    assert fact.fact_id not in {one.fact_id for one in known()}
    assert fact.fact_id in {one.fact_id for one in known(dropped=True)}


def test_a_dropped_fact_comes_back_with_one_press(say, known):
    fact = known()[0]
    page = say(fact.fact_id, "drop").content.decode()
    assert "Undo" in page
    assert f"/facts/{fact.fact_id}" in page
    say(fact.fact_id, "restore", undoes="yes")
    back = [one for one in known() if one.value == fact.value and one.name == fact.name]
    assert [one.source for one in back] == [fact.source]


def test_a_corrected_fact_keeps_what_was_said_before(say, known):
    fact = known()[0]
    say(fact.fact_id, "correct", value="a table for twelve")
    now = next(one for one in known() if one.value == "a table for twelve")
    assert fact.value in [said.value for said in now.history]


def test_undoing_a_correction_brings_the_old_value_back(say, known):
    fact = known()[0]
    say(fact.fact_id, "correct", value="a table for twelve")
    now = next(one for one in known() if one.value == "a table for twelve")
    say(now.fact_id, "correct", value=fact.value, undoes="yes")
    assert fact.value in [one.value for one in known()]
    assert "a table for twelve" not in [one.value for one in known()]


@pytest.mark.parametrize("said", ["confirm", "unconfirm", "drop", "correct", "restore", "erase", ""])
@pytest.mark.parametrize("role", ["analyst", "viewer", ""])
def test_whoever_may_not_change_facts_changes_none(say, known, shop_folder, said, role):
    fact, before = known()[0], known()
    assert say(fact.fact_id, said, role=role, value="x").status_code in (200, 302, 403)
    assert known() == before
    assert said_in_trail(shop_folder, "fact confirmed") == []


def test_a_fact_of_another_customer_cannot_be_answered_here(client_as, known, shop, customer_who):
    fact, before = known()[0], known()
    other = customer_who("facts_known", "is", 0)
    answer = client_as("front line").post(f"/customers/{other}/facts/{fact.fact_id}", {"said": "drop"}, headers=HTMX)
    assert answer.status_code == 422
    assert known() == before


def test_a_learned_fact_says_who_learned_it(client_as, key, known, shop_folder):
    said = {"name": "fear", "value": "scratched floors", "request_id": "1"}
    client_as("front line").post(f"/customers/{key}/facts", said)
    fact = next(one for one in known() if one.value == "scratched floors")
    assert (fact.name, fact.confirmed_by, fact.age_days) == ("fear", "Front Line", 0)
    line = said_in_trail(shop_folder, "fact learned")[0]
    assert "scratched" not in line


def test_a_fact_of_the_companys_own_kind_can_be_learned(client_as, key, known):
    said = {"name": "need", "other_name": "occupation", "value": "teacher", "request_id": "2"}
    client_as("manager").post(f"/customers/{key}/facts", said)
    assert [one.value for one in known() if one.name == "occupation"] == ["teacher"]


def test_a_form_sent_twice_teaches_once(client_as, key, known):
    client, said = client_as("front line"), {"name": "need", "value": "a quiet hour", "request_id": "3"}
    for _ in range(2):
        client.post(f"/customers/{key}/facts", said)
    fact = next(one for one in known() if one.value == "a quiet hour")
    assert [said.status for said in fact.history][:1] == ["stated"]
    assert len(fact.history) == 1


def test_a_consent_cannot_be_slipped_in_as_a_fact(client_as, key, known):
    before = known()
    said = {"other_name": "consent e-mail", "value": "yes", "request_id": "4"}
    assert client_as("manager").post(f"/customers/{key}/facts", said).status_code == 422
    assert known() == before


def test_correcting_opens_the_fact_in_place_with_its_value(client_as, key, known):
    fact = known()[0]
    page = client_as("front line").get(f"/customers/{key}/facts/{fact.fact_id}/edit", headers=HTMX).content.decode()
    assert f'value="{fact.value}"' in page
    plain = client_as("front line").get(f"/customers/{key}/facts/{fact.fact_id}/edit")
    assert plain.url == f"/customers/{key}/?edit={fact.fact_id}#facts"


def test_hostile_facts_stay_text_in_the_card_and_in_the_undo(client_as, say, key, known):
    hostile = """'"><img src=x onerror=alert(1)><script>alert(2)</script>"""
    client_as("front line").post(f"/customers/{key}/facts", {"name": "need", "value": hostile, "request_id": "5"})
    page = client_as("front line").get(f"/customers/{key}/").content.decode()
    fact = next(one for one in known() if one.value == hostile)
    page += say(fact.fact_id, "correct", value="something tame").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
