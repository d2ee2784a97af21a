"""What is wrong with something that the programme decides, in sentences that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.errors import RegularsError

# reason -> sentence. Pages translate the sentence as a whole and fill in the same names.
SENTENCES: Mapping[str, str] = {
    "not_readable": "This cannot be read: {where} is missing or of the wrong kind.",
    "no_text": "The definition says nothing. Write in one or two sentences what customer focus means here.",
    "text_too_long": "The text of {where} is longer than {limit} characters. Say it more shortly.",
    "unprintable": "The text of {where} holds a character that cannot be shown. Type it anew.",
    "too_many": "{where} has {found} entries; {limit} is the most.",
    "unknown_language": "{found} is no language. Write its code: two or three small letters, such as en.",
    "no_definition": "No definition was published yet, so there is nothing to confirm.",
    "unknown_version": "There is no version {version} of the definition. The newest one is {newest}.",
    "no_person": "Nobody is named. Sign in and do it again.",
    "unknown_condition": "There is no such condition: {found}. There are: {known}.",
    "unknown_answer": "A condition cannot be answered by {found}. Answer yes, no or unsure.",
    "unknown_state": "The programme cannot be {found}. It can be: {known}.",
    "no_pilot": "The pilot names neither a group nor a touchpoint. Choose one of each, or start without a pilot.",
    "bad_key": "{found} is no key of this. Choose it on the page again.",
    "no_action": "Write what is to be done.",
    "no_because": "Nothing is given as the reason. Write what was seen, where and when.",
    "too_long_until": "{found} is too far away. It can hold for {limit} days at the most; then it is looked at again.",
    "until_passed": "{found} has passed already. Choose a later day.",
    "unreadable": "What was published as {found} cannot be read. Publish it again.",
}


class ProgrammeError(RegularsError):
    """Something the programme decides that cannot be used as it stands.

    reason  stable word, a key of SENTENCES
    facts   what fills the sentence
    """

    code = "programme"

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason, self.facts = reason, facts
        super().__init__(SENTENCES[reason].format(**facts))
