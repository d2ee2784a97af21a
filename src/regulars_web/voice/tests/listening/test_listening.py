"""Interviews, focus groups and mystery visits, as colleagues write them down."""

from __future__ import annotations

from datetime import date

import pytest

from regulars_web.voice.listening.notes import heard
from regulars_web.voice.reading import sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client_as):
    return client_as("front line")


def keep(client, slug, **said):
    sent = {
        "on": "2026-06-15",
        "rows": "4",
        "request_id": "one",
        **said,
    }
    return client.post(f"/voice/listening/new/{slug}", sent)


def mine(shop):
    return [one for one in heard(shop) if one.title == "T"]


def customers(shop, count):
    with shop.engine() as engine:
        rows = engine.run(
            "SELECT DISTINCT client_key FROM interactions WHERE kind = 'order' AND client_key > 0"
        ).to_pylist()
    return sorted({shop.customer_of(row["client_key"]) for row in rows})[:count]


def rows_of(shop, sql):
    with shop.engine() as engine:
        return engine.run(sql).to_pylist()


def test_an_interview_stands_in_the_log_with_its_customer_and_quotes_under_topics(clerk, shop):
    [customer] = customers(shop, 1)
    said = {"title": "T", "note": "A long talk.", "customer-key": str(customer), "touchpoint": "delivery"}
    answer = keep(clerk, "interview", **said, **{"topic-0": "punctual", "words-0": "They rang me before."})
    assert answer.status_code == 302
    [one] = mine(shop)
    assert (one.kind, one.customer_key, one.touchpoint, one.note) == ("interview", customer, "delivery", "A long talk.")
    assert one.quotes == (("punctual", "They rang me before.", None, ""),)
    answers = rows_of(shop, "SELECT survey, kind FROM answers WHERE question = 'punctual'")
    assert answers == [{"survey": "interviews", "kind": "text"}]


def test_a_focus_group_ties_each_quote_to_who_said_it_and_is_one_piece_of_evidence(clerk, shop):
    first, second = customers(shop, 2)
    quotes = {"topic-0": "price", "words-0": "Fair.", "customer-0-key": str(first)}
    quotes |= {"topic-1": "price", "words-1": "Too high.", "customer-1-key": str(second), "touchpoint-1": "shop"}
    before = len(heard(shop))
    evidence = sql.evidence(None, date(2027, 1, 1))
    groups = [one["n"] for one in rows_of(shop, evidence) if one["evidence"] == "focus group"] or [0]
    keep(clerk, "focus-group", **{"title": "T", "people": "6", **quotes, "words-2": "Nobody in particular."})
    [one] = mine(shop)
    assert len(heard(shop)) == before + 1
    assert one.people == 6
    assert {(words, key) for _topic, words, key, _where in one.quotes} == {
        ("Fair.", first),
        ("Too high.", second),
        ("Nobody in particular.", None),
    }
    touches = rows_of(
        shop, f"SELECT step, touchpoint FROM interactions WHERE kind='focus group' AND client_key={second}"
    )
    assert touches == [{"step": "quote", "touchpoint": "shop"}]
    [row] = [one for one in rows_of(shop, evidence) if one["evidence"] == "focus group"]
    assert row["n"] == groups[0] + 1, "one session, however many are quoted"
    assert row["customers"] >= 2


def test_a_mystery_visit_is_scored_by_its_check_list_from_nothing_to_all(clerk, shop):
    marks = {
        "topic-0": "Greeted",
        "mark-0": "1",
        "topic-1": "Badge",
        "mark-1": "0.5",
        "topic-2": "Promise",
        "mark-2": "0",
    }
    keep(clerk, "mystery-visit", **{"title": "T", "touchpoint": "shop", **marks, "topic-3": "Not looked at"})
    [one] = mine(shop)
    assert dict(one.items) == {"Greeted": 1.0, "Badge": 0.5, "Promise": 0.0}
    assert one.score == 0.5
    rows = rows_of(shop, "SELECT DISTINCT kind, scale_min, scale_max FROM answers WHERE survey = 'mystery visits'")
    assert {"kind": "rating", "scale_min": 0.0, "scale_max": 1.0} in rows


@pytest.mark.parametrize(
    ("slug", "said", "sentence"),
    [
        ("interview", {}, "Write a note or at least one quote"),
        ("mystery-visit", {"touchpoint": "shop"}, "at least one point"),
        ("mystery-visit", {"topic-0": "Greeted", "mark-0": "1"}, "which touchpoint"),
        ("interview", {"note": "x", "on": "2999-01-01"}, "lies in the future"),
        ("interview", {"note": "x", "customer": "zzzz nobody zzzz"}, "not known, or several fit"),
    ],
)
def test_what_is_not_complete_is_said_and_nothing_is_kept(clerk, shop, slug, said, sentence):
    before = len(heard(shop))
    answer = keep(clerk, slug, **said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert len(heard(shop)) == before


def test_the_same_form_sent_twice_is_kept_once_and_more_rows_keep_what_was_typed(clerk, shop):
    more = keep(clerk, "interview", title="T", **{"do": "more", "words-0": "typed before"})
    assert more.content.decode().count("typed before") == 1
    assert 'name="words-7"' in more.content.decode()
    for _ in range(2):
        keep(clerk, "interview", title="T", note="once")
    assert len(mine(shop)) == 1


def test_markup_in_notes_and_quotes_stays_text(client_as, clerk, shop):
    nasty = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    quotes = {"topic-0": nasty, "words-0": nasty}
    keep(clerk, "interview", **{"title": "T", "note": nasty, "touchpoint": nasty, "branch": nasty, **quotes})
    number = mine(shop)[0].number
    for path in ("/voice/listening/", f"/voice/listening/{number}"):
        page = clerk.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_viewer_reads_notes_without_names_and_writes_none(client_as, clerk, shop):
    [customer] = customers(shop, 1)
    keep(clerk, "interview", **{"title": "T", "note": "n", "customer-key": str(customer)})
    name = shop.names([customer])[customer]
    assert name in clerk.get("/voice/listening/").content.decode()
    viewer = client_as("viewer")
    assert name not in viewer.get("/voice/listening/").content.decode()
    assert keep(viewer, "interview", note="x", request_id="two").status_code == 403


def test_the_list_asks_the_same_few_questions_for_many_notes(clerk, django_assert_max_num_queries):
    keep(clerk, "interview", title="T", note="n", request_id="first")
    with django_assert_max_num_queries(5):
        clerk.get("/voice/listening/")
    for number in range(12):
        keep(clerk, "interview", title="T", note="n", request_id=f"r{number}")
    with django_assert_max_num_queries(5):
        clerk.get("/voice/listening/")
