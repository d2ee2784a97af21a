"""What is wrong with a rule or a group, in sentences that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.errors import RegularsError

# reason -> sentence. Pages translate the sentence as a whole and fill in the same names.
SENTENCES: Mapping[str, str] = {
    "not_a_rule": 'A rule is {{"all": [conditions]}}; this is something else. Add conditions one by one.',
    "empty_rule": "The rule has no condition, so every customer would belong. Add at least one condition.",
    "empty_any": "One part of the rule offers alternatives but names none. Add a condition to it, or take it out.",
    "too_deep": "Alternatives cannot hold further alternatives. Write them as conditions side by side.",
    "too_long": "The rule has {found} conditions; {limit} is the most. Say it with fewer.",
    "not_a_condition": "A condition needs a field, an operator and a value. This one is not complete: {found}.",
    "unknown_field": "There is no field {field}. Choose one from the list.",
    "mistyped_field": "There is no field {field}. Did you mean {near}?",
    "unknown_operator": "There is no operator {op}. There are: {operators}.",
    "unfit_operator": "{op} does not fit {field}. What fits: {operators}.",
    "value_missing": "{field} {op} needs a value. Enter one.",
    "value_not_asked": "{field} {op} takes no value. Remove {found}.",
    "not_a_list": "{field} {op} needs a list of values. Give at least one.",
    "not_two": "{field} between needs two values, the lower one first.",
    "wrong_order": "{field} between {low} and {high} can hold for nobody. Put the lower value first.",
    "too_many_values": "{field} has {found} values; {limit} is the most. Say it with fewer.",
    "not_a_number": "{found} is not a number, and {field} is compared with numbers. Write it like 1250 or 12.5.",
    "number_too_large": "{found} is too large for {field}. Write a number below 1,000,000,000,000,000.",
    "not_a_date": "{found} is not a date. Write it as 2026-06-30.",
    "not_yes_or_no": "{field} is either true or false; {found} is neither.",
    "not_a_text": "{field} is compared with a text; {found} is none.",
    "text_too_long": "The text for {field} is longer than {limit} characters. Say it more shortly.",
    "unprintable": "The text for {field} holds a character that cannot be shown. Type it anew.",
    "no_name": "The group has no name. Give it one of up to {limit} characters.",
    "name_too_long": "The name of the group is longer than {limit} characters. Say it more shortly.",
    "bad_stance": "{found} is not a stance. There are: target, non-target, neutral.",
    "bad_needs": "Needs are a list of short texts, up to {limit} of up to {letters} characters each.",
    "bad_note": "The note is a text of up to {limit} characters.",
    "bad_key": "{found} cannot be the key of a group. Use small letters, digits and single hyphens.",
    "bad_answer": "{found} is no question of a portrait, or its answer is no text of up to {limit} characters. There "
    "are: {questions}.",
    "unknown_group": "There is no group {found}. {known}",
    "retired_group": "The group {found} has ended. Publish it again to use it.",
    "unreadable_group": "What was decided about the group {found} cannot be read. Publish the group again.",
}


class GroupError(RegularsError):
    """A group that cannot be used as it stands.

    reason  stable word, a key of SENTENCES
    facts   what fills the sentence
    path    where in the rule, e.g. ``all[2].any[0]``; empty for the whole
    """

    code = "group"

    def __init__(self, reason: str, path: str = "", **facts: object) -> None:
        self.reason, self.path, self.facts = reason, path, facts
        super().__init__(SENTENCES[reason].format(**facts))


class RuleError(GroupError):
    """A rule that cannot be read, or asks for something that is not there."""

    code = "rule"
