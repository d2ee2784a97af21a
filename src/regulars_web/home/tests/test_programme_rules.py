"""Things to do from all parts: money at stake, fears without answer, promises without owner, definition, steps."""

from __future__ import annotations

from regulars_web.home import programme_rules
from regulars_web.home.tests.test_rules import ground
from regulars_web.home.things import all_things, things
from regulars_web.shared.readings import Reading

STAKE = {
    "touchpoint": "delivery",
    "bad": "late",
    "verdict": "come back less",
    "at_stake": 9000.0,
    "at_stake_low": 4000.0,
    "at_stake_high": 14000.0,
    "customers_a_year": 120,
}


def evidence(key: str, state: str, step: int = 1, place: int = 1, done: int = 0, of: int = 1) -> dict[str, object]:
    told = {"place": place, "step": step, "step_name": "Touchpoints", "evidence": key, "sentence": "Owners are named."}
    return {**told, "state": state, "done": done, "of": of, "next": "" if state == "done" else "Name an owner."}


def test_the_touchpoint_with_most_at_stake_beyond_chance_is_named_with_its_interval():
    more = {**STAKE, "touchpoint": "phone", "at_stake": 50000.0, "verdict": "perhaps less"}
    found = programme_rules.stake(ground(stake=Reading([more, STAKE])))
    assert found.money == 9000
    assert "“delivery”" in found.sentence
    assert "€4,000 to €14,000" in found.sentence
    assert "association" in found.why
    assert found.address.endswith("/touchpoints/of/delivery#stake")


def test_money_at_stake_is_ranked_among_the_other_money():
    keys = [thing.key for thing in all_things(ground(stake=Reading([STAKE])))]
    assert keys[:2] == ["stake", "slipping"]  # 9,000 before 8,000
    less = all_things(ground(stake=Reading([{**STAKE, "at_stake": 7000.0}])))
    assert [thing.key for thing in less[:2]] == ["slipping", "stake"]


def test_no_difference_beyond_chance_is_no_thing_to_do():
    for verdict in ("no difference seen", "perhaps less", "too few", "come back more"):
        assert programme_rules.stake(ground(stake=Reading([{**STAKE, "verdict": verdict}]))) is None
    assert programme_rules.stake(ground()) is None


def test_a_fear_that_nothing_answers_is_said_in_the_words_of_the_map():
    fear = {"group": "", "kind": "fear", "text": "It will not fit", "stage": "considers"}
    need = {**fear, "kind": "need"}
    found = programme_rules.unanswered(ground(unanswered=Reading([fear, {**fear, "kind": "barrier"}, need])))
    assert "“It will not fit”" in found.sentence
    assert found.why.startswith("1 more fear")
    assert programme_rules.unanswered(ground(unanswered=Reading([need]))) is None


def test_promises_without_an_owner_are_counted_and_named():
    rows = [{"touchpoint": f"t{place}", "called": f"Desk {place}"} for place in range(5)]
    found = programme_rules.ownerless(ground(ownerless=Reading(rows)))
    assert "5 touchpoints" in found.sentence
    assert "“Desk 2” …" in found.sentence
    assert programme_rules.ownerless(ground()) is None


def test_a_missing_definition_comes_before_those_who_have_not_confirmed_one():
    missing = Reading([evidence("definition", "missing"), evidence("confirmed", "missing", of=45)])
    assert "Nobody has written down" in programme_rules.definition(ground(steps=missing)).sentence
    part = Reading([evidence("definition", "done"), evidence("confirmed", "part", done=40, of=45)])
    assert "5 of 45 employees" in programme_rules.definition(ground(steps=part)).sentence
    done = Reading([evidence("definition", "done"), evidence("confirmed", "done", done=45, of=45)])
    assert programme_rules.definition(ground(steps=done)) is None


def test_the_first_open_evidence_of_the_steps_is_the_next_action_and_unknown_ones_are_not():
    rows = [
        evidence("confirmed", "missing", place=2),
        evidence("owners", "part", step=3, place=18),
        evidence("known-sales", "unknown", step=2, place=9),
    ]
    found = programme_rules.step(ground(steps=Reading(rows)))
    assert found.sentence == "Name an owner."
    assert found.address.endswith("#step-3")
    assert programme_rules.step(ground(steps=Reading([evidence("owners", "done")]))) is None


def test_a_known_mistake_that_was_answered_is_no_thing_to_do():
    row = {"mistake": "price-war", "name": "Sliding into a price war", "sentence": "Prices fell.", "state": "warns"}
    found = programme_rules.mistake(ground(mistakes=Reading([row, row])))
    assert found.sentence == "Sliding into a price war: Prices fell."
    assert "1 more warns" in found.why
    assert programme_rules.mistake(ground(mistakes=Reading([{**row, "state": "answered"}]))) is None


def test_what_has_no_money_follows_what_has():
    steps = Reading([evidence("definition", "missing")])
    found = [thing.key for thing in things(ground(steps=steps))]
    assert found[0] == "slipping"
    assert "definition" in found
