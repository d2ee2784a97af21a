"""The library's sentences about groups, to be translated as wholes; the tests hold them to the library's own list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

# What is wrong with a rule or a group: reason -> sentence.
WRONG_WORDS: Mapping[str, Any] = {
    "not_a_rule": gettext_lazy("This is no rule. Add conditions one by one."),
    "empty_rule": gettext_lazy("The rule has no condition, so everybody would belong. Add at least one condition."),
    "empty_any": gettext_lazy("One part of the rule offers alternatives but names none. Add one, or take it out."),
    "too_deep": gettext_lazy("Alternatives cannot hold further alternatives. Write them side by side."),
    "too_long": gettext_lazy("The rule has %(found)s conditions; %(limit)s is the most. Say it with fewer."),
    "not_a_condition": gettext_lazy("This condition is not complete. Choose what to ask, how, and a value."),
    "unknown_field": gettext_lazy("There is no field %(field)s. Choose one from the list."),
    "mistyped_field": gettext_lazy("There is no field %(field)s. Did you mean “%(near)s”?"),
    "unknown_operator": gettext_lazy("Choose how to compare. There are: %(operators)s."),
    "unfit_operator": gettext_lazy("“%(op)s” does not fit “%(field)s”. What fits: %(operators)s."),
    "value_missing": gettext_lazy("“%(field)s” needs a value. Enter one."),
    "value_not_asked": gettext_lazy("“%(field)s %(op)s” takes no value. Remove it."),
    "not_a_list": gettext_lazy("“%(field)s” needs at least one value. Choose one."),
    "not_two": gettext_lazy("“%(field)s” needs two values, the lower one first."),
    "wrong_order": gettext_lazy("Nobody can be between %(low)s and %(high)s. Put the lower value first."),
    "too_many_values": gettext_lazy("“%(field)s” has %(found)s values; %(limit)s is the most. Say it with fewer."),
    "not_a_number": gettext_lazy("“%(found)s” is not a number. Write it like 1250 or 12.5."),
    "number_too_large": gettext_lazy("%(found)s is too large. Write a number below 1,000,000,000,000,000."),
    "not_a_date": gettext_lazy("“%(found)s” is not a date. Write it as 2026-06-30."),
    "not_yes_or_no": gettext_lazy("“%(field)s” is either yes or no. Choose one."),
    "not_a_text": gettext_lazy("“%(field)s” is compared with a text. Enter one."),
    "text_too_long": gettext_lazy("The text is longer than %(limit)s characters. Say it more shortly."),
    "unprintable": gettext_lazy("The text holds a character that cannot be shown. Type it anew."),
    "no_name": gettext_lazy("The group has no name. Give it one of up to %(limit)s characters."),
    "name_too_long": gettext_lazy("The name is longer than %(limit)s characters. Say it more shortly."),
    "bad_stance": gettext_lazy("Choose one: target, neutral or non-target."),
    "bad_needs": gettext_lazy("Write one need a line: up to %(limit)s lines of up to %(letters)s characters each."),
    "bad_note": gettext_lazy("The note is longer than %(limit)s characters. Say it more shortly."),
    "bad_key": gettext_lazy("%(found)s cannot be the key of a group. Use small letters, digits and single hyphens."),
    "bad_answer": gettext_lazy("An answer is longer than %(limit)s characters. Say it more shortly."),
    "unknown_group": gettext_lazy("There is no group %(found)s."),
    "retired_group": gettext_lazy("The group %(found)s has ended. Publish it again to use it."),
    "unreadable_group": gettext_lazy(
        "What was decided about the group %(found)s cannot be read. Publish the group again."
    ),
}
# Why a check says what it says: code -> sentence.
REASON_WORDS: Mapping[str, Any] = {
    "known_enough": gettext_lazy("“%(field)s” is known for most customers."),
    "known_in_part": gettext_lazy(
        "“%(field)s” is known for only a part of the customers, so the group misses people who belong to it."
    ),
    "known_too_little": gettext_lazy(
        "“%(field)s” is known for less than half of the customers: the group cannot be measured with it."
    ),
    "nobody_to_ask": gettext_lazy("There are no customers yet."),
    "loose_text": gettext_lazy(
        "“%(field)s” is searched for a piece of text. That is loose: choose whole values, so that two people would "
        "sort a customer alike."
    ),
    "rests_on_notes": gettext_lazy(
        "“%(field)s” asks whether something was written down. That tells how carefully we note, not who the customer "
        "is."
    ),
    "given": gettext_lazy("“%(field)s” is a trait of the customer, whatever we do."),
    "depends_on_us": gettext_lazy(
        "“%(field)s” follows from how we treat the customer. Such a group rewards whom we have served well already; "
        "choose a trait that the customer has without us."
    ),
    "fact_from_contact": gettext_lazy(
        "“%(field)s” is learned in contact with us, so those we talk to more are found more often."
    ),
    "treated_alike": gettext_lazy("%(treatment)s: members do not get visibly more than others who buy as much."),
    "treated_unlike_more": gettext_lazy(
        "%(treatment)s: members get more than others who buy as much. Check that the group is not made by what we give."
    ),
    "treated_unlike_fewer": gettext_lazy(
        "%(treatment)s: members get fewer than others who buy as much. Check that the group is not made by what we "
        "give."
    ),
    "treatment_unclear": gettext_lazy(
        "%(treatment)s: it cannot be told whether members get more than others who buy as much."
    ),
    "one_criterion": gettext_lazy("The rule has one criterion, so there is nothing it could depend on."),
    "criteria_apart": gettext_lazy("“%(one)s” and “%(other)s” say different things."),
    "criteria_linked": gettext_lazy(
        "“%(one)s” and “%(other)s” go together: part of what one says, the other says too."
    ),
    "criteria_same": gettext_lazy(
        "“%(one)s” and “%(other)s” say almost the same. Keep the one that is easier to measure."
    ),
    "criteria_unclear": gettext_lazy("Too few customers to tell whether “%(one)s” and “%(other)s” go together."),
    "groups_apart": gettext_lazy("This group and “%(other)s” are different customers."),
    "groups_linked": gettext_lazy("This group and “%(other)s” share many customers."),
    "groups_same": gettext_lazy("This group and “%(other)s” are almost the same customers. One of them is enough."),
    "groups_unclear": gettext_lazy("Too few customers to tell whether this group and “%(other)s” are the same people."),
    "alike": gettext_lazy("Members buy more like one another than like other customers."),
    "apart_but_mixed": gettext_lazy(
        "Members buy unlike other customers, but are a mixed lot themselves. Look whether they are two groups."
    ),
    "little_alike": gettext_lazy("Members buy a little more like one another than like other customers, not by much."),
    "not_alike": gettext_lazy(
        "Members buy as differently from one another as from other customers. Choose another criterion."
    ),
    "alike_unclear": gettext_lazy("There are too few members to tell whether they buy alike."),
    "too_few_members": gettext_lazy("%(reason)s Whether members buy alike cannot be said."),
}
