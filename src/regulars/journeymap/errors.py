"""What is wrong with a journey map, in sentences that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.errors import RegularsError

# reason -> sentence. Pages translate the sentence as a whole and fill in the same names.
SENTENCES: Mapping[str, str] = {
    "not_a_map": "This is not a journey map that can be read: {where} is missing or of the wrong kind.",
    "bad_group": "{found} cannot be the group of a map. Take the key of a group, or everyone.",
    "no_text": "Nothing is written. Say what customers need, fear, or choose by at this stage.",
    "text_too_long": "The text of {where} is longer than {limit} characters. Say it more shortly.",
    "unprintable": "The text of {where} holds a character that cannot be shown. Type it anew.",
    "unknown_kind": "There is no kind {found}. There are: {known}.",
    "unknown_stage": "The map has no stage {found}. There are: {known}.",
    "unknown_cell": "This is not on the map any more: somebody took it off. Open the map again.",
    "changed_meanwhile": "Somebody has changed this meanwhile. Open the map again, read it, and change it then.",
    "unknown_evidence": "There is no evidence of the kind {found}. There are: {known}.",
    "same_evidence": "This evidence is attached already.",
    "too_many": "There are {found} {what}; {limit} is the most.",
    "no_stages": "The map needs at least one stage.",
    "stage_in_use": "The stage {found} still has cells. Move them or take them off first.",
    "same_stage": "Two stages are called {found}. Give each its own name.",
    "unknown_version": "The map of {found} has no version {version}.",
}


class JourneyMapError(RegularsError):
    """A change of a journey map that cannot be made as asked.

    reason  stable word, a key of SENTENCES
    facts   what fills the sentence
    """

    code = "journey_map"

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason, self.facts = reason, facts
        super().__init__(SENTENCES[reason].format(**facts))
