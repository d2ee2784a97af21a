"""What is wrong with a touchpoint, a standard or a promise, in sentences that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.errors import RegularsError

# reason -> sentence. Pages translate the sentence as a whole and fill in the same names.
SENTENCES: Mapping[str, str] = {
    "not_readable": "This cannot be read: {where} is missing or of the wrong kind.",
    "no_key": "The touchpoint has no name in the log. Write the word that stands in the column touchpoint.",
    "bad_key": "{found} cannot be a key. Use small letters, digits and single hyphens, up to {limit} characters.",
    "text_too_long": "The text of {where} is longer than {limit} characters. Say it more shortly.",
    "unprintable": "The text of {where} holds a character that cannot be shown. Type it anew.",
    "unknown_sort": "There is no sort of touchpoint {found}. There are: {known}.",
    "unknown_stage": "There is no stage {found}. There are: {known}.",
    "same_stage": "The stage {found} is named twice. Name it once.",
    "empty_guide": "Talk guide {number} has no title or no text. Write both, or take it out.",
    "too_many_guides": "The touchpoint has {found} talk guides; {limit} is the most.",
    "no_text": "The standard says nothing. Write what a customer can count on here.",
    "no_touchpoint": "The promise belongs to no touchpoint. Choose one.",
    "unknown_column": "A promise cannot be measured by {found}. It can be: {known}.",
    "no_limit": "The promise has no limit. Write how long it may take at most, or how much of the checklist is met.",
    "two_limits": "The promise has two limits. A checklist has a least, everything else a most.",
    "wrong_limit": "{column} has a limit of the other kind. A checklist has a least, everything else a most.",
    "bad_limit": "The limit {found} cannot be kept or broken. Write a number from {low} to {high}.",
    "unknown_touchpoint": "There is no touchpoint {found} in the register. {known}",
    "retired_touchpoint": "The touchpoint {found} is no longer in use. Publish it again to use it.",
    "unknown_version": "{found} has no version {version}.",
    "no_standard": "The touchpoint {found} has no written standard. Write one first.",
    "no_person": "Nobody is named who has read the standard. Sign in and confirm it again.",
    "unknown_promise": "There is no promise {found}. {known}",
    "retired_promise": "The promise {found} has been taken back. Publish it again to use it.",
    "unreadable": "What was published as {found} cannot be read. Publish it again.",
}


class TouchpointError(RegularsError):
    """A touchpoint, standard or promise that cannot be used as it stands.

    reason  stable word, a key of SENTENCES
    facts   what fills the sentence
    """

    code = "touchpoint"

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason, self.facts = reason, facts
        super().__init__(SENTENCES[reason].format(**facts))
