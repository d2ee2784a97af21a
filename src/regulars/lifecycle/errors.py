"""What is wrong with a stage of the life cycle, in sentences that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.errors import RegularsError

# reason -> sentence. Pages translate the sentence as a whole and fill in the same names.
SENTENCES: Mapping[str, str] = {
    "no_key": "{found} cannot be a key. Use small letters, digits, hyphens and underscores, up to {limit} characters.",
    "no_name": "The stage has no name. Give it one, up to {limit} characters.",
    "bad_place": "{found} cannot be the place of a stage. Write a whole number from 1 to 999.",
    "same_place": "The stage {other} already has place {found}. Customers are at the stage with the greatest place, so "
    "each needs its own.",
    "unknown_figure": "There is no figure {found}. There are: {known}.",
    "no_end": "The limit on {figure} has neither a least nor a greatest value. Give it one, or take the limit out.",
    "empty_range": "The limit on {figure} goes from {low} to {high}, which nobody can meet.",
    "no_number": "The limit on {figure} is no number that can be compared: {found}.",
    "unknown_stage": "There is no stage {found}. There are: {known}.",
    "last_stage": "This is the last stage of the life cycle. Publish another one before you take it out.",
}


class LifeCycleError(RegularsError):
    """A stage that cannot be used as it stands.

    reason  stable word, a key of SENTENCES
    facts   what fills the sentence
    """

    code = "stage"

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason, self.facts = reason, facts
        super().__init__(SENTENCES[reason].format(**facts))
