"""What was learned stays as it was said: later words are added to it, and the newest one holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import regulars as rg
from regulars.base import open_base
from regulars.facts import FactError, confirm, correct, drop, facts_of, learn, take_back
from regulars.groups.rules import CURRENT_FACTS
from regulars.log.inbox import Entry
from regulars.privacy.retention import due
from regulars.workspace import Workspace
from tests.base.shops import ANA, CEM, add, at, small_shop

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    with small_shop(tmp_path / "shop") as workspace:
        yield workspace


def held(workspace: Workspace, key: int = ANA) -> dict[str, str]:
    return {fact.name: fact.value for fact in facts_of(workspace, key, now=LATER)}


def in_rules(workspace: Workspace, key: int = ANA) -> set[tuple[str, str]]:
    """The same facts as a group's rule sees them: a second way to the same answer."""
    with workspace.engine() as engine:
        rows = engine.run(CURRENT_FACTS).to_pylist()
    return {(row["name"], row["value"]) for row in rows if row["client_key"] == key}


def fact(workspace: Workspace, name: str, key: int = ANA):
    return next(one for one in facts_of(workspace, key, now=LATER) if one.name == name)


def test_a_fact_shows_its_source_its_day_and_its_age(shop: Workspace) -> None:
    need = next(one for one in facts_of(shop, ANA, now=NOW) if one.name == "need")
    assert (need.value, need.source, need.known_at, need.age_days) == ("washable covers", "notes", at("2026-05-01"), 61)
    assert not need.stale


def test_what_nobody_confirmed_for_long_is_asked_for_first(shop: Workspace) -> None:
    first = facts_of(shop, ANA, now=NOW)[0]
    assert (first.name, first.stale) == ("fear", True)


def test_a_confirmed_fact_is_fresh_again_and_keeps_its_history(shop: Workspace) -> None:
    assert confirm(shop, ANA, fact(shop, "fear").fact_id, by="eva", now=NOW)
    fear = fact(shop, "fear")
    assert (fear.stale, fear.confirmed_by, fear.age_days, fear.known_at) == (False, "eva", 3, at("2023-05-01"))
    assert [said.status for said in fear.history] == ["stated", "confirmed"]


@pytest.mark.parametrize("name", ["need", "occupation"])
def test_a_corrected_fact_keeps_the_old_value_as_history(shop: Workspace, name: str) -> None:
    said = {
        "client_key": ANA,
        "name": "occupation",
        "value": "teacher",
        "source": "notes",
        "known_at": at("2026-01-01"),
    }
    add(shop, facts=[said])
    before = fact(shop, name)
    correct(shop, ANA, before.fact_id, value="something else", by="eva", now=NOW)
    after = fact(shop, name)
    assert after.value == "something else"
    assert [(said.value, said.status) for said in after.history] == [
        (before.value, "stated"),
        ("something else", "corrected"),
    ]
    assert in_rules(shop) == set(held(shop).items())


def test_a_dropped_fact_is_history_only(shop: Workspace) -> None:
    number = fact(shop, "need").fact_id
    drop(shop, ANA, number, by="eva", now=NOW)
    assert "need" not in held(shop)
    assert [one.name for one in facts_of(shop, ANA, now=LATER, dropped=True)] == ["need"]
    with pytest.raises(FactError, match="not there any more"):
        confirm(shop, ANA, number, by="eva", now=LATER)
    assert in_rules(shop) == set(held(shop).items())


def test_a_customer_has_several_needs_and_one_occupation(shop: Workspace) -> None:
    for value in ("safety stock", "other documents"):
        learn(shop, CEM, name="need", value=value, by="eva", now=NOW)
    learn(shop, CEM, name="occupation", value="baker", by="eva", now=NOW)
    learn(shop, CEM, name="occupation", value="miller", by="eva", now=LATER)
    assert in_rules(shop, CEM) == {("need", "safety stock"), ("need", "other documents"), ("occupation", "miller")}
    assert [said.value for said in fact(shop, "occupation", CEM).history] == ["baker", "miller"]


def test_learning_what_is_known_confirms_it(shop: Workspace) -> None:
    learn(shop, ANA, name="fear", value="late delivery", by="eva", now=NOW)
    assert len(facts_of(shop, ANA, now=LATER)) == 2
    assert fact(shop, "fear").confirmed_by == "eva"


def test_a_fact_learned_again_after_it_was_dropped_is_a_fact_again(shop: Workspace) -> None:
    drop(shop, ANA, fact(shop, "need").fact_id, by="eva", now=NOW)
    learn(shop, ANA, name="need", value="washable covers", by="eva", now=LATER)
    assert held(shop)["need"] == "washable covers"


def test_a_double_click_is_kept_once(shop: Workspace) -> None:
    asked = {"name": "need", "value": "a lift", "by": "eva", "now": NOW, "request_id": "r1"}
    assert learn(shop, CEM, **asked)
    assert not learn(shop, CEM, **asked)
    assert len(fact(shop, "need", CEM).history) == 1


def test_sealing_changes_nothing_that_is_known(shop: Workspace) -> None:
    correct(shop, ANA, fact(shop, "need").fact_id, value="a lift", by="eva", now=NOW)
    learn(shop, ANA, name="preference", value="no small talk", by="eva", now=NOW)
    before = facts_of(shop, ANA, now=LATER)
    shop.seal()
    assert facts_of(shop, ANA, now=LATER) == before


def test_facts_of_all_joined_records_are_one_customers(shop: Workspace) -> None:
    learn(shop, CEM, name="preference", value="call after 17 h", by="eva", now=NOW)
    link = {"left_key": ANA, "right_key": CEM, "verdict": "same", "method": "person", "decided_at": NOW}
    shop.add([Entry("links", link)])
    assert set(held(shop)) == {"need", "fear", "preference"}
    confirm(shop, ANA, fact(shop, "preference").fact_id, by="eva", now=LATER)
    assert fact(shop, "preference").confirmed_at == LATER


@pytest.mark.parametrize(("name", "value"), [("", "x"), ("need", " "), ("n" * 200, "x"), ("consent: mail", "yes")])
def test_an_empty_fact_and_a_consent_are_refused_in_words(shop: Workspace, name: str, value: str) -> None:
    with pytest.raises(FactError):
        learn(shop, ANA, name=name, value=value, by="eva", now=NOW)
    assert len(facts_of(shop, ANA, now=LATER)) == 2


def test_a_confirmation_taken_back_leaves_the_fact_as_old_as_it_was(shop: Workspace) -> None:
    before = fact(shop, "fear")
    confirm(shop, ANA, before.fact_id, by="eva", now=NOW)
    assert take_back(shop, ANA, before.fact_id, by="eva", now=NOW + timedelta(seconds=5))
    after = fact(shop, "fear")
    assert (after.confirmed_at, after.confirmed_by, after.age_days) == (
        before.confirmed_at,
        before.confirmed_by,
        before.age_days,
    )
    assert after.stale
    assert after.value == before.value


def test_nothing_is_overwritten_when_a_confirmation_is_taken_back(shop: Workspace) -> None:
    fear = fact(shop, "fear")
    confirm(shop, ANA, fear.fact_id, by="eva", now=NOW)
    take_back(shop, ANA, fear.fact_id, by="eva", now=NOW + timedelta(seconds=5))
    history = fact(shop, "fear").history
    assert [said.status for said in history] == ["stated", "confirmed", "taken back"]
    assert [said.said_by for said in history[1:]] == ["eva", "eva"]


def test_an_earlier_confirmation_stands_when_the_last_one_is_taken_back(shop: Workspace) -> None:
    fear = fact(shop, "fear")
    confirm(shop, ANA, fear.fact_id, by="ivo", now=NOW)
    confirm(shop, ANA, fear.fact_id, by="eva", now=NOW + timedelta(days=1))
    take_back(shop, ANA, fear.fact_id, by="eva", now=NOW + timedelta(days=1, seconds=5))
    assert (fact(shop, "fear").confirmed_at, fact(shop, "fear").confirmed_by) == (NOW, "ivo")


def test_a_fact_confirmed_anew_after_that_is_fresh(shop: Workspace) -> None:
    fear = fact(shop, "fear")
    for seconds in (0, 20):
        confirm(shop, ANA, fear.fact_id, by="eva", now=NOW + timedelta(seconds=seconds))
        if not seconds:
            take_back(shop, ANA, fear.fact_id, by="eva", now=NOW + timedelta(seconds=5))
    assert not fact(shop, "fear").stale


@pytest.mark.parametrize("last", ["nothing", "a colleague", "a correction", "taken back before"])
def test_only_ones_own_confirmation_can_be_taken_back_and_only_as_the_last_word(shop: Workspace, last: str) -> None:
    fear = fact(shop, "fear")
    if last != "nothing":
        confirm(shop, ANA, fear.fact_id, by="ivo" if last == "a colleague" else "eva", now=NOW)
    if last == "a correction":
        correct(shop, ANA, fear.fact_id, value="splinters", by="eva", now=NOW + timedelta(seconds=1))
    if last == "taken back before":
        take_back(shop, ANA, fear.fact_id, by="eva", now=NOW + timedelta(seconds=1))
    before = facts_of(shop, ANA, now=LATER)
    with pytest.raises(FactError, match="cannot be taken back"):
        take_back(shop, ANA, fact(shop, "fear").fact_id, by="eva", now=NOW + timedelta(seconds=5))
    assert facts_of(shop, ANA, now=LATER) == before


def test_the_base_and_a_groups_rule_see_a_confirmation_taken_back_as_the_card_does(shop: Workspace) -> None:
    def stale_in_base() -> int:
        shop.seal()  # the base counts what is in the log's files
        row = open_base(shop, as_of=NOW.date()).row(ANA)
        assert row is not None
        return int(row["facts_stale"])

    before, told = stale_in_base(), in_rules(shop)
    fear = fact(shop, "fear")
    confirm(shop, ANA, fear.fact_id, by="eva", now=NOW)
    assert stale_in_base() == before - 1
    take_back(shop, ANA, fear.fact_id, by="eva", now=NOW + timedelta(seconds=5))
    assert stale_in_base() == before
    assert in_rules(shop) == told


def test_a_confirmation_taken_back_keeps_no_fact_beyond_its_term(shop: Workspace) -> None:
    """What nobody has said for longer than the term goes, also where somebody pressed the wrong key since."""
    settings = shop.folder / "regulars.toml"
    told = settings.read_text(encoding="utf-8").replace("\n[retention]", "\n[retention]\nfacts = 3")
    settings.write_text(told, encoding="utf-8")
    old = fact(shop, "fear")
    confirm(shop, ANA, old.fact_id, by="eva", now=NOW)
    with rg.open(shop.folder) as again:
        kept = due(again, NOW + timedelta(days=1))[0].rows
        take_back(again, ANA, old.fact_id, by="eva", now=NOW + timedelta(seconds=5))
        assert due(again, NOW + timedelta(days=1))[0].rows > kept
