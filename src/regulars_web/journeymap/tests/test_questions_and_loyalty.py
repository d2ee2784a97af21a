"""The four questions and kept or loyal, as colleagues read and answer them."""

from __future__ import annotations

import pytest

from regulars.fourquestions.publishing import answers
from regulars_web.journeymap.tests.conftest import RESELLERS, said_in_trail

pytestmark = pytest.mark.django_db
QUESTIONS = ("means", "costs", "keeps", "brings-back")


def page_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_questions_show_what_was_said_by_whom_and_when(client_as):
    page = page_of(client_as("viewer"), "/journey-map/questions")
    assert "2 of four questions are not answered yet" in page
    assert "A piece made for one room" in page
    assert "owner," in page
    assert page.count('hx-trigger="load"') == 4


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_quotes_figures_with_interval_count_and_where_they_came_from(client_as, question):
    page = page_of(client_as("front line"), f"/journey-map/questions/{question}/part?period=all")
    assert page.count("jm__figure") >= 4
    assert "interval" in page
    assert "from " in page


def test_what_it_costs_is_told_as_money_time_effort_and_risk(client_as):
    page = page_of(client_as("viewer"), "/journey-map/questions/costs/part?period=all")
    places = [page.index(f"<h4>{word}</h4>") for word in ("Money", "Time", "Effort", "Risk")]
    assert places == sorted(places)


def test_an_answer_is_signed_and_the_earlier_one_stays(client_as, shop, shop_folder):
    client = client_as("manager")
    sent = {"text": "A room that is finished.", "request_id": "1"}
    for _ in range(2):
        answer = client.post("/journey-map/questions/means/answer", sent)
        assert answer["Location"] == "/journey-map/questions#means"
    said = answers(shop)["means"]
    assert (said.text, said.version, said.by) == ("A room that is finished.", 2, "manager@example.com")
    page = page_of(client, "/journey-map/questions")
    assert "1 earlier answer" in page
    assert "A piece made for one room" in page
    (line,) = said_in_trail(shop_folder, "question answered")
    assert "A room" not in line


def test_an_empty_answer_is_asked_for_again(client_as, shop):
    answer = client_as("owner").post("/journey-map/questions/keeps/answer", {"text": " "})
    assert answer.status_code == 422
    assert "Nothing is written" in answer.content.decode()
    assert "keeps" not in answers(shop)
    assert client_as("owner").post("/journey-map/questions/moon/answer", {"text": "x"}).status_code == 404


def test_a_group_has_answers_of_its_own(client_as, shop):
    client_as("owner").post(f"/journey-map/questions/keeps/answer?group={RESELLERS}", {"text": "The contract."})
    assert answers(shop, RESELLERS)["keeps"].text == "The contract."
    assert "The contract." not in page_of(client_as("owner"), "/journey-map/questions")
    assert client_as("owner").post("/journey-map/questions/keeps/answer?group=no", {"text": "x"}).status_code == 422


def test_kept_or_loyal_says_what_is_unknown_and_for_whom_it_counts(client_as):
    page = page_of(client_as("viewer"), "/journey-map/loyalty/part?period=all")
    for words in ("Locked in", "Loyal", "Indifferent", "Unknown", "no terms are told of", "By group"):
        assert words in page
    assert "/customers/" not in page, "a viewer sees no names"
    assert "Whom to talk to first" not in page


def test_names_of_whom_to_talk_to_are_shown_to_those_who_may_and_written_down(client_as, shop_folder):
    page = page_of(client_as("owner"), "/journey-map/loyalty/part?period=all&untold=free")
    assert "Whom to talk to first" in page
    assert "/customers/" in page
    assert said_in_trail(shop_folder, "names shown")


def test_who_counts_as_free_is_the_readers_choice(client_as):
    client = client_as("viewer")
    assert "are unknown here" in page_of(client, "/journey-map/loyalty/part?period=all")
    assert "count as free to go here" in page_of(client, "/journey-map/loyalty/part?period=all&untold=free")
    assert "are unknown here" in page_of(client, "/journey-map/loyalty/part?period=all&untold=moon")


def test_without_javascript_everything_comes_at_once(client_as):
    assert "How they stand" in page_of(client_as("viewer"), "/journey-map/loyalty?whole=yes&period=all")
    assert "jm__figure" in page_of(client_as("viewer"), "/journey-map/questions?whole=yes&period=all")
