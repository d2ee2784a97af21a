"""A survey is refused, in a sentence, before a customer could meet what is wrong with it."""

from __future__ import annotations

import copy
import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.surveys.definition import SurveyError, from_json, said, to_json
from regulars.surveys.ready import PURPOSES, ready, template

PLAIN = {
    "key": "after-a-visit",
    "title": {"en": "Your visit"},
    "languages": ["en", "bg"],
    "about": "shop",
    "pages": [
        {"questions": [{"key": "score", "kind": "nps", "words": {"en": "Would you?"}, "required": True}]},
        {
            "questions": [
                {
                    "key": "why",
                    "kind": "text",
                    "words": {"en": "Why?"},
                    "show_if": {"question": "score", "op": "at most", "value": "6"},
                }
            ]
        },
    ],
}


def changed(path, value):
    """The plain survey with one thing changed; ``path`` like pages.0.questions.0.kind."""
    body = copy.deepcopy(PLAIN)
    place = body
    *before, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in before:
        place = place[step]
    place[last] = value
    return body


@pytest.mark.parametrize("survey", ready(), ids=lambda one: one.key)
def test_a_ready_survey_is_written_and_read_again_without_a_word_lost(survey):
    assert from_json(json.loads(json.dumps(to_json(survey)))) == survey


def test_a_survey_says_whose_answers_it_asks_for_and_an_old_one_asks_customers():
    assert from_json(PLAIN).audience == "customers"
    assert from_json({**PLAIN, "audience": "partners"}).audience == "partners"
    assert {one.key: one.audience for one in ready() if one.audience != "customers"} == {
        "employees": "employees",
        "partner": "partners",
        "seven-elements": "employees",
    }
    with pytest.raises(SurveyError, match="no audience 'everybody'"):
        from_json({**PLAIN, "audience": "everybody"})


@pytest.mark.parametrize("survey", ready(), ids=lambda one: one.key)
def test_a_ready_survey_speaks_all_five_languages_everywhere(survey):
    texts = [survey.title, survey.intro, survey.thanks, survey.who_reads]
    for question in survey.questions:
        texts += [question.words, *question.labels, *(question.ends or ())]
        texts += [one.words for one in (*question.options, *question.factors, *question.competitors)]
    for said_of in texts:
        assert set(said_of) == {"en", "bg", "ru", "cs", "tr"}
        assert all(words.strip() for words in said_of.values())
        own = {said_of[language] for language in ("en", "bg", "cs", "tr")}
        assert len(own) == 4 or len(said_of["en"]) < 10, said_of


def test_every_ready_survey_says_what_it_is_for():
    assert set(PURPOSES) == {survey.key for survey in ready()}


def test_a_ready_survey_is_taken_under_an_own_key_and_in_fewer_languages():
    taken = template("nps", key="our-nps", languages=("cs", "en"))
    assert (taken.key, taken.languages, taken.version) == ("our-nps", ("cs", "en"), 0)
    with pytest.raises(SurveyError, match="There is no ready survey 'moon'"):
        template("moon")


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("key", "Not A Key", "cannot be a key"),
        ("key", "n-a", "cannot be a key"),
        ("languages", [], "has no language"),
        ("languages", ["xx"], "not one of the languages"),
        ("languages", ["en", "en"], "Give each its own"),
        ("title", {"en": "  "}, "has no title"),
        ("title", {"en": "x" * 121}, "longer than 120"),
        ("title", {"en": "a\x00b"}, "cannot be shown"),
        ("pages", [], "asks nothing"),
        ("pages", "none", "pages is missing or of the wrong kind"),
        ("pages.1.questions", [], "asks nothing|has no question"),
        ("minutes", 0, "1 to 60"),
        ("minutes", "two", "minutes is missing"),
        ("quota", 0, "above 0"),
        ("closes_on", "tomorrow", "is not a date"),
        ("pages.0.questions.0.kind", "guess", "no kind of question"),
        ("pages.0.questions.0.key", "why", "Give each its own"),
        ("pages.0.questions.0.words", {"bg": "Бихте ли?"}, "no words in en"),
        ("pages.0.questions.0.low", 1, "goes from 1 to 10"),
        ("pages.0.questions.0.labels", [{"en": "no"}], "1 labels for 11 steps"),
        ("pages.0.questions.0", {"key": "one", "kind": "single", "words": {"en": "?"}}, "at least 2 options"),
        ("pages.0.questions.0", {"key": "all", "kind": "matrix", "words": {"en": "?"}}, "has no row"),
        ("pages.1.questions.0.show_if.question", "later", "shown after an answer that cannot be there"),
        ("pages.1.questions.0.show_if.value", "11", "shown after an answer that cannot be there"),
        ("pages.1.questions.0.show_if.op", "includes", "shown after an answer that cannot be there"),
        ("pages.1.questions.0.show_if.op", "near", "show_if.op"),
    ],
)
def test_what_a_customer_could_not_answer_is_refused_with_a_sentence(path, value, sentence):
    with pytest.raises(SurveyError, match=sentence):
        from_json(changed(path, value))


def test_a_question_may_not_depend_on_itself_or_on_a_later_one():
    with pytest.raises(SurveyError, match="question before"):
        from_json(changed("pages.0.questions.0.show_if", {"question": "score", "op": "is", "value": "3"}))


def test_words_that_are_missing_in_a_language_are_said_in_the_first_one():
    survey = from_json(PLAIN)
    assert said(survey.title, "bg") == "Your visit"
    assert said({"en": "Why?", "bg": " "}, "bg") == "Why?"
    assert said({}, "bg") == ""


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(list(PLAIN)), JUNK)
def test_whatever_stands_in_a_survey_it_is_read_or_refused_in_words(name, junk):
    with suppress(SurveyError):  # the error made its sentence, or the test would end here
        survey = from_json({**PLAIN, name: junk})
        assert from_json(to_json(survey)) == survey
