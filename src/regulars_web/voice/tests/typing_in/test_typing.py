"""A stack of filled-in papers typed in, and customers named by a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from regulars.base import open_base
from regulars.surveys import publishing, ready
from regulars_web.voice.building.queries import answer_counts
from regulars_web.voice.typing_in.reading_typed import given_of

pytestmark = pytest.mark.django_db
KEY = "after-the-visit"


@pytest.fixture
def survey(shop):
    whole = replace(ready.template("nps"), key=KEY, languages=("en", "bg"))
    return publishing.publish(shop, whole, by="o", now=datetime.now(UTC))


@pytest.fixture
def clerk(client_as, survey):
    return client_as("front line")


def typed(client, **said):
    sent = {"channel": "paper", "on": "2026-06-15", "request_id": "one", "language": "en", **said}
    return client.post(f"/voice/surveys/{KEY}/type", sent)


def kept(shop):
    sql = f"""SELECT i.client_key, i.channel, i.occurred_on, a.question, a.kind, a.score, a.text
        FROM interactions i JOIN answers a USING (interaction_id) WHERE a.survey = '{KEY}' ORDER BY a.question"""
    with shop.engine() as engine:
        return engine.run(sql).to_pylist()


def test_a_paper_is_typed_in_with_its_day_and_the_next_form_keeps_day_and_way(clerk, shop):
    answer = typed(clerk, **{"a-recommend": "9"})
    assert answer.status_code == 302
    assert "on=2026-06-15" in answer["Location"]
    rows = kept(shop)
    assert [(one["channel"], str(one["occurred_on"]), one["score"]) for one in rows] == [("paper", "2026-06-15", 9.0)]
    page = clerk.get(answer["Location"]).content.decode()
    assert 'value="2026-06-15"' in page
    assert answer_counts(shop)[KEY][0] == 1


def test_the_same_form_sent_twice_is_one_answer(clerk, shop):
    typed(clerk, **{"a-recommend": "9"})
    typed(clerk, **{"a-recommend": "9"})
    assert len(kept(shop)) == 1


@pytest.mark.parametrize(
    "said", [{"a-recommend": "11"}, {"a-recommend": "x"}, {}, {"a-recommend": "9", "on": "2999-01-01"}, {"on": "?"}]
)
def test_what_cannot_be_an_answer_is_said_and_nothing_is_kept(clerk, shop, said):
    answer = typed(clerk, **said)
    assert answer.status_code == 422
    assert kept(shop) == []


def test_a_customer_is_found_by_name_and_chosen_where_several_fit(clerk, shop):
    with shop.engine() as engine:
        key = engine.run(
            "SELECT client_key FROM interactions WHERE kind = 'order' AND client_key IS NOT NULL"
        ).to_pylist()
    customer = shop.customer_of(key[0]["client_key"])
    reference = shop.references([customer])[customer]
    typed(clerk, **{"a-recommend": "3", "customer": reference})
    rows = kept(shop)
    assert [one["client_key"] for one in rows] == [customer]
    unknown = typed(clerk, request_id="two", **{"a-recommend": "3", "customer": "zzzz nobody zzzz"})
    assert unknown.status_code == 422
    assert "No customer fits" in unknown.content.decode()
    assert len(kept(shop)) == 1
    found = clerk.get("/voice/type/customers", {"name": "customer", "customer": reference}).content.decode()
    assert f'value="{customer}"' in found


def test_options_are_typed_by_their_numbers():
    survey = ready.template("leaving")
    question = next(one for one in survey.questions if one.kind in ("single", "multiple"))
    given, wrong = given_of(survey, {question.key: "2"})
    assert (given, wrong) == ({question.key: [question.options[1].key]}, {})
    _given, wrong = given_of(survey, {question.key: "99"})
    assert list(wrong) == [question.key]


def test_words_typed_in_stay_text(clerk, shop):
    text = next(one for one in ready.template("nps").questions if one.kind == "text")
    rule = text.show_if
    score = {f"a-{rule.question}": rule.value} if rule else {"a-recommend": "9"}
    answer = typed(clerk, **{f"a-{text.key}": "<script>alert(1)</script>", **score, "on": "wrong"})
    assert "<script>alert" not in answer.content.decode()
    assert "&lt;script&gt;" in answer.content.decode()
    typed(clerk, **{f"a-{text.key}": "<script>alert(1)</script>", **score})
    assert "<script>alert(1)</script>" in [one["text"] for one in kept(shop)]


def last_number(answer):
    return int(parse_qs(urlsplit(answer["Location"]).query)["last"][0])


def test_whoever_typed_an_answer_takes_it_back_and_nothing_counts_it_any_more(clerk, shop):
    answer = typed(clerk, **{"a-recommend": "0"})
    number = last_number(answer)
    assert f"/voice/answers/{number}/take-back" in clerk.get(answer["Location"]).content.decode()
    assert clerk.get(f"/voice/answers/{number}/").status_code == 200
    assert clerk.post(f"/voice/answers/{number}/take-back").status_code == 302
    assert len(kept(shop)) == 1, "what was typed stays in the log"
    assert KEY not in answer_counts(shop)
    assert clerk.get(f"/voice/answers/{number}/").status_code == 404
    assert shop.measure("nps", where=f"survey = '{KEY}'").to_arrow().to_pylist()[0]["n"] == 0
    assert f"/voice/answers/{number}/take-back" not in clerk.get(answer["Location"]).content.decode()


def test_an_answer_taken_back_is_no_longer_the_last_word_on_the_customers_card(clerk, shop):
    with shop.engine() as engine:
        found = engine.run("SELECT max(client_key) AS one FROM interactions WHERE kind = 'order'").to_pylist()
    customer = shop.customer_of(found[0]["one"])

    def last_answer():
        shop.seal()  # the base counts what is in the log's files
        rows = open_base(shop).table(columns=["client_key", "last_answer_on", "last_answer_score"]).to_pylist()
        return next((one["last_answer_on"], one["last_answer_score"]) for one in rows if one["client_key"] == customer)

    before = last_answer()
    reference = shop.references([customer])[customer]
    answer = typed(clerk, **{"a-recommend": "0", "customer": reference, "on": "2026-06-15"})
    assert [(one["client_key"], one["score"]) for one in kept(shop)] == [(customer, 0.0)]
    assert last_answer() == (date(2026, 6, 15), 0.0)
    assert "Would recommend: 0 of 10" in clerk.get(f"/customers/{customer}/").content.decode()
    clerk.post(f"/voice/answers/{last_number(answer)}/take-back")
    assert last_answer() == before
    card = clerk.get(f"/customers/{customer}/").content.decode()
    assert "Would recommend: 0 of 10" not in card
    assert "typed in by mistake and taken back" in card


def test_a_manager_takes_back_what_another_typed_and_a_colleague_does_not(clerk, client_as, colleague, shop):
    number = last_number(typed(clerk, **{"a-recommend": "0"}))
    other = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    other.force_login(colleague("front line", "other@example.com"), backend=backend)
    for stranger in (other, client_as("analyst"), client_as("viewer")):
        assert stranger.post(f"/voice/answers/{number}/take-back").status_code in (403, 422)
    assert answer_counts(shop)[KEY][0] == 1
    assert client_as("manager").post(f"/voice/answers/{number}/take-back").status_code == 302
    assert client_as("manager").post(f"/voice/answers/{number}/take-back").status_code == 302
    assert KEY not in answer_counts(shop)


def test_what_a_respondent_sent_is_never_taken_back(client_as, shop):
    with shop.engine() as engine:
        number = engine.run("SELECT max(interaction_id) AS n FROM interactions WHERE kind = 'answer'").to_pylist()
    assert client_as("owner").post(f"/voice/answers/{number[0]['n']}/take-back").status_code == 422
    assert client_as("owner").post("/voice/answers/99999999999999999999/take-back").status_code == 404


@pytest.mark.parametrize("role", ["analyst", "viewer"])
def test_others_may_not_type_answers_and_nothing_changes(client_as, survey, shop, role):
    assert typed(client_as(role), **{"a-recommend": "9"}).status_code == 403
    assert kept(shop) == []


@pytest.mark.parametrize(("audience", "kind"), [("employees", "customer"), ("customers", "employee")])
def test_nobody_is_named_beside_an_answer_to_a_survey_that_does_not_ask_them(clerk, shop, audience, kind):
    publishing.publish(
        shop,
        replace(ready.template("nps"), key=KEY, languages=("en",), audience=audience),
        by="o",
        now=datetime.now(UTC),
    )
    with shop.engine() as engine:
        key = engine.run(f"SELECT min(client_key) AS key FROM clients WHERE kind = '{kind}'").to_pylist()[0]["key"]
    refused = typed(clerk, **{"a-recommend": "9", "customer": "somebody", "customer-key": str(key)})
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "Nothing was kept. Leave the name empty" in text
    assert 'value="9"' in text
    assert kept(shop) == []
    assert typed(clerk, **{"a-recommend": "9"}).status_code == 302
    assert [one["client_key"] for one in kept(shop)] == [None]
