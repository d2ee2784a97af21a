"""The fit check and the known mistakes, as colleagues read and answer them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from regulars.programme.publishing import answered_mistakes, fit_answers
from regulars_web.programme.tests.conftest import NASTY, page_of
from tests.web.trail import said_in_trail

pytestmark = pytest.mark.django_db


def warning(shop):
    """A mistake that warns in the demo company."""
    rows = shop.measure("mistakes").to_arrow().to_pylist()
    return next(row for row in rows if row["state"] == "warns")


def in_days(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_the_verdict_stands_first_and_the_log_answers_what_it_can(client_as, shop):
    page = page_of(client_as("viewer"), "/programme/fit")
    row = next(row for row in shop.measure("fit").to_arrow().to_pylist() if row["condition"] == "largest-customer")
    assert row["how"] == "log"
    assert "The log says:" in page
    assert "What helps" in page
    assert "What hinders" in page


def test_an_answer_is_signed_and_sent_twice_is_kept_once(client_as, shop, shop_folder):
    client = client_as("manager")
    for _ in range(2):
        sent = {"answer": "no", "because": "Nobody asks for it.", "request_id": "1"}
        assert client.post("/programme/fit/short-term-profit", sent)["Location"] == "/programme/fit#short-term-profit"
    said = fit_answers(shop)["short-term-profit"]
    assert (said.answer, said.because, said.by) == ("no", "Nobody asks for it.", "manager@example.com")
    assert "Manager said no on" in page_of(client, "/programme/part/fit")
    lines = said_in_trail(shop_folder, "fit answered")
    assert lines
    assert not any("Nobody asks" in line for line in lines)


def test_an_answer_that_is_none_is_asked_for_again(client_as, shop):
    before = fit_answers(shop)
    answer = client_as("owner").post("/programme/fit/monopoly", {"answer": "maybe"})
    assert answer.status_code == 422
    assert "Answer yes, no or not sure." in answer.content.decode()
    assert fit_answers(shop) == before
    assert client_as("owner").post("/programme/fit/moon", {"answer": "yes"}).status_code == 404


def test_mistakes_that_warn_stand_first_with_their_numbers_and_limit(client_as, shop):
    page = page_of(client_as("viewer"), "/programme/mistakes")
    row = warning(shop)
    assert page.index("These warn") < page.index(row["name"])
    assert row["sentence"].replace("'", "&#x27;") in page
    assert "warns above" in page or "warns below" in page


def test_a_warning_that_is_answered_is_quiet_until_its_day(client_as, shop, shop_folder):
    client, key = client_as("manager"), warning(shop)["mistake"]
    sent = {"because": "It is planned for spring.", "until": in_days(200), "request_id": "1"}
    for _ in range(2):
        assert client.post(f"/programme/mistakes/{key}", sent)["Location"] == f"/programme/mistakes#{key}"
    assert answered_mistakes(shop)[key].because == "It is planned for spring."
    page = page_of(client, "/programme/part/mistakes")
    assert page.index("Answered") < page.index("It is planned for spring.")
    assert len(said_in_trail(shop_folder, "warning answered")) == 2, "both requests are in the trail"


@pytest.mark.parametrize(("because", "until"), [("", 30), ("We know.", -2), ("We know.", 900)])
def test_an_answer_without_a_reason_or_with_a_day_that_cannot_be_is_refused(client_as, shop, because, until):
    key, before = warning(shop)["mistake"], answered_mistakes(shop)
    answer = client_as("owner").post(f"/programme/mistakes/{key}", {"because": because, "until": in_days(until)})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert answered_mistakes(shop) == before


@pytest.mark.parametrize("role", ["analyst", "front line", "viewer"])
def test_who_does_not_lead_answers_nothing(client_as, shop, role):
    client, key = client_as(role), warning(shop)["mistake"]
    before = (fit_answers(shop), answered_mistakes(shop))
    assert client.post("/programme/fit/monopoly", {"answer": "yes"}).status_code == 403
    assert client.post(f"/programme/mistakes/{key}", {"because": "x", "until": in_days(9)}).status_code == 403
    assert (fit_answers(shop), answered_mistakes(shop)) == before
    assert "We know, because" not in page_of(client, "/programme/mistakes")


def test_hostile_reasons_stay_text(client_as, shop):
    client, key = client_as("owner"), warning(shop)["mistake"]
    for place, text in enumerate(NASTY):
        client.post("/programme/fit/monopoly", {"answer": "no", "because": text, "request_id": f"f{place}"})
        said = {"because": text, "until": in_days(200), "request_id": f"m{place}"}
        client.post(f"/programme/mistakes/{key}", said)
    page = page_of(client, "/programme/part/fit") + page_of(client, "/programme/part/mistakes")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
