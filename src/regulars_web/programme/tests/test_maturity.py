"""Maturity refuses to skip a level, and takes what only people can say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from regulars.programme.publishing import attestations
from regulars_web.programme import ladder
from regulars_web.programme.tests.conftest import NASTY, page_of
from regulars_web.shared.readings import Reading
from tests.web.trail import said_in_trail

pytestmark = pytest.mark.django_db


def sent(**more):
    until = (timezone.localdate() + timedelta(days=200)).isoformat()
    return {"met": "yes", "because": "Ten visits in May.", "until": until, "request_id": "1", **more}


def rows(*levels):
    """Criteria as the measure tells them: (level, criterion, met)."""
    complete = {level: all(met == "yes" for of, _key, met in levels if of == level) for level, _key, _met in levels}
    return Reading(
        [
            {
                "place": place,
                "level": level,
                "level_name": "",
                "criterion": key,
                "sentence": f"{key}.",
                "how": "attested",
                "met": met,
                "level_complete": complete[level],
                "skipped": False,
            }
            for place, (level, key, met) in enumerate(levels)
        ]
    )


def test_the_page_says_which_level_is_reached_and_what_is_missing(client_as):
    page = page_of(client_as("viewer"), "/programme/maturity")
    for name in ("Good service", "Professional service", "Customer service centre"):
        assert name in page
    assert "criteria met" in page


def test_whoever_tries_to_skip_a_level_is_refused_and_told_what_is_missing_below(client_as, shop):
    before = attestations(shop)
    answer = client_as("owner").post("/programme/maturity/prevented", sent())
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "A level cannot be skipped: level 3 does not count before level 1 is complete" in page
    assert "What is promised at touchpoints is kept." in page
    assert attestations(shop) == before


def test_that_a_higher_criterion_is_not_met_may_always_be_said(client_as, shop):
    assert client_as("owner").post("/programme/maturity/prevented", sent(met="no")).status_code == 302
    assert attestations(shop)["prevented"].met is False


def test_what_only_people_can_say_is_signed_with_its_evidence_and_a_day(client_as, shop, shop_folder):
    client = client_as("manager")
    assert client.post("/programme/maturity/courteous", sent())["Location"] == "/programme/maturity#courteous"
    signed = attestations(shop)["courteous"]
    assert (signed.met, signed.because, signed.signed_by) == (True, "Ten visits in May.", "manager@example.com")
    page = page_of(client, "/programme/part/maturity")
    assert "Ten visits in May." in page
    assert "Signed by Manager" in page
    (line,) = said_in_trail(shop_folder, "criterion attested")
    assert "Ten visits" not in line


def test_what_the_log_can_tell_is_not_signed_by_hand(client_as, shop):
    before = attestations(shop)
    assert client_as("owner").post("/programme/maturity/promises-kept", sent()).status_code == 404
    assert client_as("owner").post("/programme/maturity/moon", sent()).status_code == 404
    assert attestations(shop) == before


@pytest.mark.parametrize("wrong", [{"because": ""}, {"met": ""}, {"until": ""}, {"until": "2019-01-01"}])
def test_a_signature_without_evidence_or_a_day_to_come_is_asked_for_again(client_as, shop, wrong):
    before = attestations(shop)
    assert client_as("owner").post("/programme/maturity/courteous", sent(**wrong)).status_code == 422
    assert attestations(shop) == before


@pytest.mark.parametrize("role", ["analyst", "front line", "viewer"])
def test_who_does_not_lead_signs_nothing(client_as, shop, role):
    before = attestations(shop)
    assert client_as(role).post("/programme/maturity/courteous", sent()).status_code == 403
    assert attestations(shop) == before
    assert "Sign it" not in page_of(client_as(role), "/programme/maturity")


def test_hostile_evidence_stays_text(client_as):
    client = client_as("owner")
    for place, text in enumerate(NASTY):
        client.post("/programme/maturity/courteous", sent(because=text, request_id=str(place)))
        page = page_of(client, "/programme/part/maturity")
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_complete_level_above_an_incomplete_one_does_not_count():
    levels = ladder.levels_of(rows((1, "a", "no"), (2, "b", "yes"), (3, "c", "yes")))
    assert [level.reached for level in levels] == [False, False, False]
    assert ladder.finding(levels) == "No level is complete yet"
    assert "level 1" in ladder.refusal(levels[2])


def test_the_level_above_a_complete_one_may_be_worked_at():
    levels = ladder.levels_of(rows((1, "a", "yes"), (2, "b", "no"), (3, "c", "no")))
    assert [level.reached for level in levels] == [True, False, False]
    assert ladder.refusal(levels[1]) == ""
    assert "Still missing at level 2: b." in ladder.refusal(levels[2])
    assert ladder.finding(levels) == "Level 1 is complete: good service"
