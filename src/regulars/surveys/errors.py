"""What is wrong with a survey, in sentences that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.errors import RegularsError

# reason -> sentence. Pages translate the sentence as a whole and fill in the same names.
SENTENCES: Mapping[str, str] = {
    "not_a_survey": "This is not a survey that can be read: {where} is missing or of the wrong kind.",
    "no_key": "{found} cannot be a key. Use small letters, digits and single hyphens, up to {limit} characters.",
    "same_key": "Two {what} have the key {found}. Give each its own.",
    "no_languages": "The survey has no language. Choose at least one.",
    "unknown_language": "{found} is not one of the languages of surveys. There are: {known}.",
    "no_title": "The survey has no title. Give it one.",
    "no_questions": "The survey asks nothing. Add at least one question.",
    "empty_page": "Page {number} has no question. Add one, or take the page out.",
    "too_much": "The survey has {found} {what}; {limit} is the most. Shorter surveys are answered more often.",
    "text_too_long": "The text of {where} is longer than {limit} characters. Say it more shortly.",
    "no_words": "The question {question} has no words in {language}. Write them, or take the language out.",
    "unknown_kind": "There is no kind of question {found}. There are: {known}.",
    "bad_scale": "The scale of {question} goes from {low} to {high}. It needs at least two and at most {limit} steps, "
    "the lower one first.",
    "too_few_options": "The question {question} needs at least {limit} options to choose from.",
    "no_factors": "The table {question} has no row. Add at least one factor.",
    "bad_asks": "The table {question} asks for nothing it can measure. It may ask for satisfaction and importance.",
    "wrong_labels": "The question {question} has {found} labels for {steps} steps. Give each step one, or none.",
    "bad_show_if": "The question {question} is shown after an answer that cannot be there. Refer to a question before "
    "it and to a value that question offers.",
    "unknown_audience": "There is no audience {found}. A survey asks one of: {known}.",
    "in_confidence": "The survey {found} was answered in confidence, so it goes on asking the same people: else what "
    "they said would be shown one by one. Publish a new survey for other people.",
    "bad_minutes": "The survey says it takes {found} minutes. Write a whole number from 1 to 60.",
    "bad_quota": "The limit of answers is {found}. Write a whole number above 0, or leave it empty.",
    "bad_date": "{found} is not a date. Write it as 2026-06-30.",
    "unprintable": "The text of {where} holds a character that cannot be shown. Type it anew.",
    "unknown_survey": "There is no survey {found}. {known}",
    "unknown_version": "The survey {found} has no version {version}.",
    "retired_survey": "The survey {found} has been closed for good. Publish it again to use it.",
    "unreadable_survey": "What was published as the survey {found} cannot be read. Publish the survey again.",
    "not_typed_in": "{found} is no answer that was typed in here. What a respondent sent cannot be taken back.",
    "unknown_template": "There is no ready survey {found}. There are: {known}.",
}


class SurveyError(RegularsError):
    """A survey that cannot be used as it stands.

    reason  stable word, a key of SENTENCES
    facts   what fills the sentence
    """

    code = "survey"

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason, self.facts = reason, facts
        super().__init__(SENTENCES[reason].format(**facts))
