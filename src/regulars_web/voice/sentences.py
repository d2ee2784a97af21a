"""The library's sentences about surveys, to be translated as wholes; a test holds them to the library's own list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from regulars.surveys.errors import SurveyError

# What is wrong with a survey: reason -> sentence.
WRONG_WORDS: Mapping[str, Any] = {
    "not_a_survey": gettext_lazy("This is not a survey that can be read: %(where)s is missing or of the wrong kind."),
    "no_key": gettext_lazy(
        "%(found)s cannot be a key. Use small letters, digits and single hyphens, up to %(limit)s characters."
    ),
    "same_key": gettext_lazy("Two %(what)s have the key %(found)s. Give each its own."),
    "no_languages": gettext_lazy("The survey has no language. Choose at least one."),
    "unknown_language": gettext_lazy("%(found)s is not one of the languages of surveys. There are: %(known)s."),
    "no_title": gettext_lazy("The survey has no title. Give it one."),
    "no_questions": gettext_lazy("The survey asks nothing. Add at least one question."),
    "empty_page": gettext_lazy("Page %(number)s has no question. Add one, or take the page out."),
    "too_much": gettext_lazy(
        "The survey has %(found)s %(what)s; %(limit)s is the most. Shorter surveys are answered more often."
    ),
    "text_too_long": gettext_lazy("The text of %(where)s is longer than %(limit)s characters. Say it more shortly."),
    "no_words": gettext_lazy(
        "The question %(question)s has no words in %(language)s. Write them, or take the language out."
    ),
    "unknown_kind": gettext_lazy("There is no kind of question %(found)s. There are: %(known)s."),
    "bad_scale": gettext_lazy(
        "The scale of %(question)s goes from %(low)s to %(high)s. It needs at least two and at most %(limit)s "
        "steps, the lower one first."
    ),
    "too_few_options": gettext_lazy("The question %(question)s needs at least %(limit)s options to choose from."),
    "no_factors": gettext_lazy("The table %(question)s has no row. Add at least one factor."),
    "bad_asks": gettext_lazy(
        "The table %(question)s asks for nothing it can measure. It may ask for satisfaction and importance."
    ),
    "wrong_labels": gettext_lazy(
        "The question %(question)s has %(found)s labels for %(steps)s steps. Give each step one, or none."
    ),
    "bad_show_if": gettext_lazy(
        "The question %(question)s is shown after an answer that cannot be there. Refer to a question before "
        "it and to a value that question offers."
    ),
    "unknown_audience": gettext_lazy("There is no audience %(found)s. A survey asks one of: %(known)s."),
    "in_confidence": gettext_lazy(
        "The survey %(found)s was answered in confidence, so it goes on asking the same people: else what they said "
        "would be shown one by one. Publish a new survey for other people."
    ),
    "bad_minutes": gettext_lazy("The survey says it takes %(found)s minutes. Write a whole number from 1 to 60."),
    "bad_quota": gettext_lazy("The limit of answers is %(found)s. Write a whole number above 0, or leave it empty."),
    "bad_date": gettext_lazy("%(found)s is not a date. Write it as 2026-06-30."),
    "unprintable": gettext_lazy("The text of %(where)s holds a character that cannot be shown. Type it anew."),
    "unknown_survey": gettext_lazy("There is no survey %(found)s. %(known)s"),
    "unknown_version": gettext_lazy("The survey %(found)s has no version %(version)s."),
    "retired_survey": gettext_lazy("The survey %(found)s has been closed for good. Publish it again to use it."),
    "unreadable_survey": gettext_lazy(
        "What was published as the survey %(found)s cannot be read. Publish the survey again."
    ),
    "not_typed_in": gettext_lazy(
        "%(found)s is no answer that was typed in here. What a respondent sent cannot be taken back."
    ),
    "unknown_template": gettext_lazy("There is no ready survey %(found)s. There are: %(known)s."),
}
# What a ready survey is for, by its key.
PURPOSE_WORDS: Mapping[str, Any] = {
    "nps": gettext_lazy("Would customers recommend us, and why? One score and one open question."),
    "after-contact": gettext_lazy("How satisfied was somebody with one contact, and was their request settled?"),
    "effort": gettext_lazy("How much effort did it cost a customer to get what they needed?"),
    "what-matters": gettext_lazy(
        "What matters to customers, and how well do we do on it? Shows what to improve first."
    ),
    "what-comes-first": gettext_lazy("How well do we do, and which of these things come first for customers?"),
    "compared-with-others": gettext_lazy(
        "How do customers rate us beside named competitors? Replace the names before publishing."
    ),
    "employees": gettext_lazy(
        "Would our people recommend working here, and do they have what they need to serve customers?"
    ),
    "seven-elements": gettext_lazy(
        "Do strategy, structure, systems, values, skills, staff and style here serve customers?"
    ),
    "customer-focus": gettext_lazy(
        "Do customers feel understood and valued, and is it worth it for them? The index reads it."
    ),
    "leaving": gettext_lazy("Why does a customer leave, and what would bring them back?"),
    "why-you-stay": gettext_lazy(
        "Do customers stay because they wish to, or because leaving is hard? Kept or loyal reads it."
    ),
    "partner": gettext_lazy("How do resellers and other partners find working with us?"),
}


def wrong_words(error: SurveyError) -> str:
    """What is wrong with a survey, in the reader's language."""
    facts = {name: gettext(value) if name == "what" else value for name, value in error.facts.items()}
    return str(WRONG_WORDS[error.reason]) % facts


def purpose_words(key: str) -> str:
    """What a ready survey is for, in the reader's language."""
    return str(PURPOSE_WORDS[key])
