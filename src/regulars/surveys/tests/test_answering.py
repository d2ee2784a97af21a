"""What a customer answered becomes exactly the rows that were answered, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.surveys import answering
from regulars.surveys.answering import About
from regulars.surveys.definition import from_json
from regulars.surveys.ready import ready, template

NOW = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
ABOUT = About(occurred_at=NOW, occurred_on=date(2026, 7, 2), channel="e-mail", client_key=7, language="cs")
NPS, FACTORS, OTHERS = template("nps"), template("what-matters"), template("compared-with-others")
ALL_KINDS = from_json(
    {
        "key": "all",
        "title": {"en": "All"},
        "pages": [
            {
                "questions": [
                    {
                        "key": "uses",
                        "kind": "multiple",
                        "words": {"en": "Uses?"},
                        "options": [{"key": "till", "words": {"en": "Till"}}, {"key": "web", "words": {"en": "Web"}}],
                    },
                    {
                        "key": "first",
                        "kind": "rank",
                        "words": {"en": "First?"},
                        "required": True,
                        "options": [{"key": "fast", "words": {"en": "F"}}, {"key": "kind", "words": {"en": "K"}}],
                    },
                    {"key": "parking", "kind": "kano", "words": {"en": "Parking"}, "required": True},
                    {"key": "size", "kind": "scale", "words": {"en": "Size?"}, "not_applicable": True},
                ]
            },
            {
                "questions": [
                    {
                        "key": "web-why",
                        "kind": "text",
                        "words": {"en": "Why?"},
                        "show_if": {"question": "uses", "op": "includes", "value": "web"},
                    },
                    {
                        "key": "parking-why",
                        "kind": "text",
                        "words": {"en": "Why?"},
                        "show_if": {"question": "parking", "op": "is", "value": "dislike"},
                    },
                ]
            },
        ],
    }
)


def rows(survey, given_answers, about=ABOUT):
    """The rows of answers as (question, kind, score or choice or text)."""
    found = answering.entries(survey, given_answers, interaction_id=5, about=about)
    return [
        (one.row["question"], one.row["kind"], one.row.get("score", one.row.get("choice", one.row.get("text"))))
        for one in found[1:]
    ]


def test_an_unhappy_customer_is_asked_what_to_put_right_and_a_happy_one_is_not():
    assert answering.shown(NPS, {"recommend": ["3"]}) == ("recommend", "why-low")
    assert answering.shown(NPS, {"recommend": ["7"]}) == ("recommend", "why-high")
    assert answering.shown(NPS, {}) == ("recommend",)
    assert answering.pages_shown(NPS, {}) == (1,)
    assert answering.pages_possible(NPS, {}, 1) == (1, 2)
    assert answering.pages_possible(NPS, {}, 2) == (1,)


def test_an_answer_is_one_interaction_and_one_row_a_question():
    found = answering.entries(NPS, {"recommend": ["10"], "why-high": ["Good."]}, interaction_id=5, about=ABOUT)
    touch, score, text = (one.row for one in found)
    assert {touch["kind"], touch["step"], touch["initiated_by"], touch["source"]} == {"answer", "client", "pages"}
    assert (touch["client_key"], touch["touchpoint"], touch["channel"]) == (7, "survey", "e-mail")
    assert touch["occurred_on"] == date(2026, 7, 2)
    assert json.loads(touch["properties"]) == {"survey": "nps", "version": 0, "complete": True}
    assert (score["survey"], score["kind"], score["score"], score["scale_min"], score["scale_max"]) == (
        ("nps", "nps", 10.0, 0.0, 10.0)
    )
    assert (text["kind"], text["text"], text["language"]) == ("text", "Good.", "cs")
    assert all(one.row["interaction_id"] == 5 for one in found)


def test_a_suspected_duplicate_and_a_broken_off_answer_are_marked_and_kept():
    about = replace(ABOUT, duplicate=True, complete=False, thread="O-1", employee="Ana", branch="north")
    touch = answering.entries(NPS, {"recommend": ["0"]}, interaction_id=5, about=about)[0].row
    assert json.loads(touch["properties"])["duplicate"] is True
    assert json.loads(touch["properties"])["complete"] is False
    assert (touch["thread"], touch["employee"], touch["branch"]) == ("O-1", "Ana", "north")


def test_zero_is_a_score_and_a_blank_is_no_row():
    assert rows(NPS, {"recommend": ["0"], "why-low": [""]}) == [("recommend", "nps", 0.0)]
    assert rows(NPS, {}) == []


def test_an_answer_to_a_question_that_was_not_shown_is_not_kept():
    assert rows(NPS, {"recommend": ["10"], "why-low": ["typed before going back"]}) == [("recommend", "nps", 10.0)]


def test_a_table_gives_ratings_and_what_does_not_apply_gives_none():
    said = {"overall": ["5"], "factors.price": ["4"], "factors.price.importance": ["5"], "factors.staff": ["n-a"]}
    assert rows(FACTORS, said) == [
        ("overall", "csat", 5.0),
        ("factors.price.importance", "rating", 5.0),
        ("factors.price", "rating", 4.0),
    ]
    beside = {"compared.price": ["4"], "compared.price@competitor-1": ["2"]}
    assert rows(OTHERS, beside) == [
        ("compared.price", "rating", 4.0),
        ("compared.price@competitor-1", "rating", 2.0),
    ]


def test_choices_ranks_and_pairs_give_one_row_each():
    said = {
        "uses": ["till", "web"],
        "first.kind": ["1"],
        "first.fast": ["2"],
        "parking.with": ["dislike"],
        "parking.without": ["like"],
        "size": ["n-a"],
        "web-why": ["Quick."],
        "parking-why": ["Noise."],
    }
    assert answering.check(ALL_KINDS, ALL_KINDS.pages[0], said) == {}
    assert rows(ALL_KINDS, said) == [
        ("uses", "choice", "till"),
        ("uses", "choice", "web"),
        ("first", "choice", 2.0),
        ("first", "choice", 1.0),
        ("parking.with", "choice", "dislike"),
        ("parking.without", "choice", "like"),
        ("web-why", "text", "Quick."),
        ("parking-why", "text", "Noise."),
    ]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, {"first", "parking"}),
        ({"first.fast": ["1"], "parking.with": ["like"]}, {"parking"}),
        ({"first.fast": ["1"], "first.kind": ["1"], "parking.with": ["like"], "parking.without": ["like"]}, {"first"}),
        ({"first.fast": ["3"], "parking.with": ["like"], "parking.without": ["love"]}, {"first", "parking"}),
        ({"uses": ["moon"], "size": ["9"], "first.fast": ["1"], "parking.with": ["like"]}, {"uses", "size", "parking"}),
    ],
)
def test_what_is_missing_or_was_never_offered_is_said_beside_its_question(said, wrong):
    found = answering.check(ALL_KINDS, ALL_KINDS.pages[0], said)
    assert set(found) == wrong
    assert all(sentence.startswith("Please") for sentence in found.values())


def test_a_text_that_is_too_long_is_refused_and_not_cut_silently():
    said = {"recommend": ["1"], "why-low": ["x" * 5_001]}
    assert "at most 5000" in answering.check(NPS, NPS.pages[1], said)["why-low"]


def test_what_is_typed_is_kept_as_text_without_signs_that_cannot_be_shown():
    taken = answering.taken(NPS.pages[1], {"why-low": [" <b>no</b>\r\nsecond\x00 \x07line "], "other": ["x"]})
    assert taken == {"why-low": ["<b>no</b>\nsecond line"]}


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(ready()), st.data())
def test_whatever_is_sent_every_row_fits_the_scale_it_names(survey, data):
    names = [name for question in survey.questions for name in answering.fields(question)]
    value = st.sampled_from(["0", "1", "5", "7", "10", "11", "-1", "n-a", "", "²", "٣", "x" * 20, "yes"])
    said = data.draw(st.dictionaries(st.sampled_from(names), st.lists(value, min_size=1, max_size=2)))
    for row in (one.row for one in answering.entries(survey, said, interaction_id=1, about=ABOUT)[1:]):
        if row["kind"] != "text" and row["kind"] != "choice":
            assert row["scale_min"] <= row["score"] <= row["scale_max"]
        assert row["question"].partition(".")[0] in answering.shown(survey, said)


def test_the_same_hand_over_has_the_same_number_however_often_it_is_tried():
    assert answering.answer_id("a") == answering.answer_id("a") != answering.answer_id("b")
    assert 0 < answering.answer_id("a") <= 1 << 62


def test_an_invitation_is_a_message_of_the_company():
    row = answering.invitation_entry(NPS, ABOUT, interaction_id=9).row
    assert (row["kind"], row["step"], row["initiated_by"], row.get("outcome")) == ("message", "invite", "company", None)
    assert answering.invitation_entry(NPS, ABOUT, interaction_id=9, reminder=True).row["step"] == "remind"
