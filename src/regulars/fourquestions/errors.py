"""What is wrong with an answer to one of the four questions, in sentences that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.errors import RegularsError

# reason -> sentence. Pages translate the sentence as a whole and fill in the same names.
SENTENCES: Mapping[str, str] = {
    "unknown_question": "There is no question {found}. There are: {known}.",
    "no_text": "Nothing is written. Say in your own words what it is like for customers.",
    "text_too_long": "The answer is longer than {limit} characters. Say it more shortly.",
    "unprintable": "The answer holds a character that cannot be shown. Type it anew.",
}


class FourQuestionsError(RegularsError):
    """An answer that cannot be kept as it stands.

    reason  stable word, a key of SENTENCES
    facts   what fills the sentence
    """

    code = "four_questions"

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason, self.facts = reason, facts
        super().__init__(SENTENCES[reason].format(**facts))
