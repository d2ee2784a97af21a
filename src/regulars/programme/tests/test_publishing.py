"""What the programme decides is kept in every version, signed and dated, and read as it was written."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

import regulars as rg
from regulars.groups.decisions import Decision, decide
from regulars.log.inbox import Entry
from regulars.programme import publishing
from regulars.programme.errors import ProgrammeError
from regulars.programme.parts import (
    Attested,
    Definition,
    FitAnswer,
    MistakeAnswered,
    Pilot,
    Programme,
    StepAction,
)

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
BY = {"by": "ana@example.com", "now": NOW}
OURS = Definition(
    text={"en": "We keep what we say to every guest.", "bg": "Държим на думата си пред госта."},
    competences=({"en": "Rooms ready at noon", "bg": "Готови стаи на обед"},),
    targets=("families",),
    granted=({"en": "A free night if the room is not ready by 14:00."},),
    refused=({"en": "We do not overbook."},),
    parity={"en": "Nobody brings more than a tenth of our nights."},
    criteria=({"en": "A guest could check it."},),
)


@pytest.fixture
def hotel(tmp_path):
    with rg.init(tmp_path / "hotel", name="Hotel") as made:
        yield made


def employee(hotel, code, email):
    """Put an employee on the list of staff, with an e-mail in the vault."""
    key = hotel.vault.keys("staff", [code])[code]
    hotel.vault.add_details(hotel.pages_import(), [{"client_key": key, "source": "staff", "email": email}])
    row = {"client_key": key, "asserted_at": NOW, "kind": "employee", "attributes": json.dumps({"code": code})}
    hotel.add([Entry("clients", row)])


def test_a_definition_is_read_as_it_was_written_in_every_language(hotel):
    publishing.publish_definition(hotel, OURS, **BY)
    assert publishing.definition(hotel) == replace(OURS, version=1)
    told = publishing.definition(hotel).told("bg")
    assert (told.text, told.competences) == ("Държим на думата си пред госта.", ("Готови стаи на обед",))
    assert told.refused == ("We do not overbook.",)


def test_a_plain_text_is_in_the_companys_first_language(hotel):
    decide(hotel, "definition", Decision("customer focus", 1, {"text": "We mend what fails."}, NOW, "owner"))
    first = hotel.settings.languages[0]
    assert publishing.definition(hotel).text == {first: "We mend what fails."}


def test_every_version_stays_and_a_double_click_publishes_once(hotel):
    for _ in range(2):
        publishing.publish_definition(hotel, OURS, request_id="one", **BY)
    publishing.publish_definition(hotel, replace(OURS, targets=()), **BY)
    assert [one.version for one in publishing.history(hotel)] == [1, 2]
    assert publishing.history(hotel)[0].decided_by == "ana@example.com"
    assert publishing.definition(hotel, 1).targets == ("families",)
    with pytest.raises(ProgrammeError, match="no version 7"):
        publishing.definition(hotel, 7)


def test_whoever_confirmed_is_asked_again_when_a_new_version_comes(hotel):
    publishing.publish_definition(hotel, OURS, **BY)
    read = publishing.confirm_definition(hotel, person="boris@example.com", own_words="Noon.", now=NOW)
    assert (read.version, read.own_words) == (1, "Noon.")
    assert publishing.not_read(hotel, ["boris@example.com", "E1"]) == ["E1"]
    publishing.publish_definition(hotel, OURS, **BY)
    assert publishing.not_read(hotel, ["boris@example.com", "E1", "E1"]) == ["boris@example.com", "E1"]
    publishing.confirm_definition(hotel, person="boris@example.com", now=NOW)
    assert [(one.person, one.version) for one in publishing.readers(hotel)] == [("boris@example.com", 2)]


def test_whoever_confirms_twice_is_counted_once_and_the_newer_own_words_stay(hotel):
    publishing.publish_definition(hotel, OURS, **BY)
    publishing.confirm_definition(hotel, person="E1", own_words="First.", now=NOW)
    publishing.confirm_definition(hotel, person="E1", now=NOW)
    publishing.confirm_definition(hotel, person="E1", own_words="Better.", now=NOW)
    assert [(one.version, one.own_words) for one in publishing.readers(hotel)] == [(1, "Better.")]


def test_a_colleague_who_confirms_by_e_mail_counts_as_the_employee_of_that_e_mail(hotel):
    employee(hotel, "E7", "vera@example.com")
    publishing.publish_definition(hotel, OURS, **BY)
    read = publishing.confirm_definition(hotel, person="Vera@example.com", now=NOW)
    assert read.code == "E7"
    assert publishing.not_read(hotel, ["E7", "E8"]) == ["E8"]
    row = next(one for one in hotel.measure("steps").to_arrow().to_pylist() if one["evidence"] == "confirmed")
    assert (row["done"], row["of"]) == (1, 1)


def test_nobody_confirms_a_definition_that_there_is_not(hotel):
    with pytest.raises(ProgrammeError, match="nothing to confirm"):
        publishing.confirm_definition(hotel, person="E1", now=NOW)
    assert publishing.not_read(hotel, ["E1"]) == []


def test_a_fit_answer_is_signed_and_dated_and_one_to_no_condition_is_refused(hotel):
    publishing.answer_fit(hotel, FitAnswer("competition", "yes", "three rivals in town"), **BY)
    found = publishing.fit_answers(hotel)["competition"]
    assert (found.answer, found.by, found.on) == ("yes", "ana@example.com", date(2026, 7, 1))
    with pytest.raises(ProgrammeError, match="no such condition"):
        publishing.answer_fit(hotel, FitAnswer("weather", "yes"), **BY)


def test_the_programme_starts_with_a_pilot_pauses_and_starts_again(hotel):
    assert publishing.programme(hotel) == Programme()
    publishing.publish_programme(hotel, Programme("started", Pilot("families", "reception"), "spring"), **BY)
    publishing.publish_programme(hotel, Programme("paused", None, "the season"), **BY)
    assert publishing.programme(hotel).state == "paused"
    assert [one.body.state for one in publishing.programme_history(hotel)] == ["started", "paused"]
    assert publishing.programme_history(hotel)[0].body.pilot == Pilot("families", "reception")
    with pytest.raises(ProgrammeError, match="neither a group nor a touchpoint"):
        publishing.publish_programme(hotel, Programme("started", Pilot()), **BY)


def test_an_action_belongs_to_an_evidence_of_its_step(hotel):
    action = StepAction("2:known-sales", "Ask for the name", "boris", date(2026, 8, 1))
    publishing.publish_action(hotel, action, **BY)
    publishing.publish_action(hotel, replace(action, done_on=date(2026, 7, 20)), **BY)
    assert publishing.actions(hotel)["2:known-sales"].done_on == date(2026, 7, 20)
    assert len(publishing.action_history(hotel, "2:known-sales")) == 2
    with pytest.raises(ProgrammeError, match="no key"):
        publishing.publish_action(hotel, replace(action, key="3:known-sales"), **BY)


def test_nothing_is_attested_for_ever_without_evidence_or_of_what_is_not_asked(hotel):
    seen = Attested("courteous", True, "two visits in June", date(2026, 12, 31))
    signed = publishing.attest(hotel, seen, **BY)
    assert (signed.signed_by, signed.on) == ("ana@example.com", date(2026, 7, 1))
    assert publishing.attestations(hotel) == {"courteous": signed}
    for wrong, match in (
        (replace(seen, because=" "), "reason"),
        (replace(seen, until=date(2028, 1, 1)), "too far away"),
        (replace(seen, until=date(2026, 6, 30)), "passed already"),
        (replace(seen, key="polite"), "no key"),
    ):
        with pytest.raises(ProgrammeError, match=match):
            publishing.attest(hotel, wrong, **BY)


def test_a_mistake_is_answered_until_a_day(hotel):
    answer = MistakeAnswered("price-war", "A rival closes down", date(2026, 9, 30))
    publishing.answer_mistake(hotel, answer, **BY)
    assert publishing.answered_mistakes(hotel)["price-war"] == replace(answer, version=1)
    with pytest.raises(ProgrammeError, match="no key"):
        publishing.answer_mistake(hotel, replace(answer, key="greed"), **BY)


def test_what_cannot_be_read_is_left_out_and_does_not_hide_what_was_decided_before(hotel):
    publishing.publish_definition(hotel, OURS, **BY)
    decide(hotel, "definition", Decision("customer focus", 2, {"text": 7}, NOW, "somebody"))
    assert publishing.definition(hotel).version == 1


def test_an_empty_company_is_answered_by_every_measure_of_the_programme_without_a_number(hotel):
    for name in ("fit", "steps", "maturity", "mistakes"):
        found = hotel.measure(name).to_arrow().to_pylist()
        assert found, name
        values = [row.get("value", row.get("share")) for row in found if row.get("state") != "missing"]
        assert not any(values), name
    assert hotel.measure("parity").to_arrow().num_rows == 0
