"""The rules of the stages are read by everybody, changed by those who may, and hold for past days too."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from regulars.lifecycle import publishing
from regulars_web.journeys import stage_rules

pytestmark = pytest.mark.django_db
HOSTILE = '"><img src=x onerror=alert(1)>'
SLOWER = {
    "name": "slipping away",
    "place": "8",
    "meaning": "Silent for long.",
    "silence-least": "3",
    "days_since_order-least": "90",
}


def test_everybody_reads_what_puts_a_customer_at_a_stage(client_as):
    page = client_as("viewer").get("/journeys/stages/rules").content.decode()
    assert "Silence, counted in the customer&#x27;s usual gaps: at least 2" in page
    assert "Everybody who is known" in page
    assert "/journeys/stages/rules/new" not in page


def test_a_changed_rule_is_published_in_a_version_and_can_be_taken_out_and_brought_back(client_as, shop):
    client = client_as("manager")
    answer = client.post("/journeys/stages/rules/slipping", {**SLOWER, "request_id": "one"})
    assert answer.status_code == 302
    assert publishing.stage(shop, "slipping").in_words() == "days_since_order at least 90 and silence at least 3"
    client.post("/journeys/stages/rules/slipping", {**SLOWER, "request_id": "one"})
    assert publishing.stage(shop, "slipping").version == 1  # the same request, sent twice, decides once
    client.post("/journeys/stages/rules/slipping/end", {"request_id": "two"})
    assert "slipping" not in {one.key for one in publishing.stages(shop)}
    assert "taken out" in client.get("/journeys/stages/rules").content.decode()
    client.post("/journeys/stages/rules/slipping", {**SLOWER, "request_id": "three"})
    assert publishing.stage(shop, "slipping").version == 3


def test_a_new_stage_gets_a_key_and_its_name_stays_text(client_as, shop):
    client = client_as("analyst")
    sent = {"name": HOSTILE, "place": "10", "orders-least": "5", "request_id": "new"}
    assert client.post("/journeys/stages/rules/new", sent).status_code == 302
    assert HOSTILE not in client.get("/journeys/stages/rules").content.decode()
    assert publishing.stages(shop)[-1].name == HOSTILE


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"place": "7"}, "already has place 7"),
        ({"silence-most": "1"}, "which nobody can meet"),
        ({"silence-least": "long"}, "“long” is no number"),
        ({"name": ""}, "required"),
    ],
)
def test_a_rule_that_cannot_be_judged_is_told_and_nothing_decided(client_as, shop, changed, said):
    answer = client_as("owner").post("/journeys/stages/rules/slipping", {**SLOWER, **changed})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert publishing.stage(shop, "slipping").version == 0


def test_numbers_are_read_as_the_reader_writes_them():
    with override("cs"):
        (row,) = (one for one in stage_rules.read_rows({"silence-least": "2,5"}) if one.least)
        assert stage_rules.limits_of([row])[0].at_least == 2.5
    with override("en"):  # nobody writes 25 like this
        assert any(one.wrong for one in stage_rules.read_rows({"silence-least": "2,5"}))


def test_a_stage_that_is_not_there_is_not_found(client_as):
    assert client_as("owner").get("/journeys/stages/rules/nothing").status_code == 404
