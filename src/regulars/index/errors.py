"""What is wrong with a component of the index, in sentences that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.errors import RegularsError

# reason -> sentence. Pages translate the sentence as a whole and fill in the same names.
SENTENCES: Mapping[str, str] = {
    "unknown_component": "The index has no component {found}. It has: {known}.",
    "twice": "The component {found} is named twice. Name it once.",
    "bad_weight": "{name} cannot have the weight {found}. Write a number from 0 to {limit}.",
    "no_weight": "All weights are 0, so there would be no index. Give at least one component a weight.",
    "bad_end": "{name} cannot have {found} as its floor or target. Write a number from {low} to {high}.",
    "no_span": "The floor of {name}, {floor}, is not below its target, {target}. A score needs some way between them.",
    "long_note": "The note is longer than {limit} characters. Say it more shortly.",
    "unreadable": "What was decided about the index cannot be read. Decide it again.",
}


class FocusIndexError(RegularsError):
    """A component that cannot be used as it stands.

    reason  stable word, a key of SENTENCES
    facts   what fills the sentence
    """

    code = "index"

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason, self.facts = reason, facts
        super().__init__(SENTENCES[reason].format(**facts))
