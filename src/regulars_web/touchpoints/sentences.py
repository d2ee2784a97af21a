"""The library's sentences about touchpoints, translated as wholes; a test holds them to its list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from regulars.touchpoints.errors import TouchpointError

# What is wrong with a touchpoint, a standard or a promise: reason -> sentence.
WRONG_WORDS: Mapping[str, Any] = {
    "not_readable": gettext_lazy("This cannot be read: %(where)s is missing or of the wrong kind."),
    "no_key": gettext_lazy(
        "The touchpoint has no name in the log. Write the word that stands in the column touchpoint."
    ),
    "bad_key": gettext_lazy(
        "%(found)s cannot be a key. Use small letters, digits and single hyphens, up to %(limit)s characters."
    ),
    "text_too_long": gettext_lazy("The text of %(where)s is longer than %(limit)s characters. Say it more shortly."),
    "unprintable": gettext_lazy("The text of %(where)s holds a character that cannot be shown. Type it anew."),
    "unknown_sort": gettext_lazy("There is no sort of touchpoint %(found)s. There are: %(known)s."),
    "unknown_stage": gettext_lazy("There is no stage %(found)s. There are: %(known)s."),
    "same_stage": gettext_lazy("The stage %(found)s is named twice. Name it once."),
    "empty_guide": gettext_lazy("Talk guide %(number)s has no title or no text. Write both, or take it out."),
    "too_many_guides": gettext_lazy("The touchpoint has %(found)s talk guides; %(limit)s is the most."),
    "no_text": gettext_lazy("The standard says nothing. Write what a customer can count on here."),
    "no_touchpoint": gettext_lazy("The promise belongs to no touchpoint. Choose one."),
    "unknown_column": gettext_lazy("A promise cannot be measured by %(found)s. It can be: %(known)s."),
    "no_limit": gettext_lazy(
        "The promise has no limit. Write how long it may take at most, or how much of the checklist is met."
    ),
    "two_limits": gettext_lazy("The promise has two limits. A checklist has a least, everything else a most."),
    "wrong_limit": gettext_lazy(
        "%(column)s has a limit of the other kind. A checklist has a least, everything else a most."
    ),
    "bad_limit": gettext_lazy("The limit %(found)s cannot be kept or broken. Write a number from %(low)s to %(high)s."),
    "unknown_touchpoint": gettext_lazy("There is no touchpoint %(found)s in the register. %(known)s"),
    "retired_touchpoint": gettext_lazy("The touchpoint %(found)s is no longer in use. Publish it again to use it."),
    "unknown_version": gettext_lazy("%(found)s has no version %(version)s."),
    "no_standard": gettext_lazy("The touchpoint %(found)s has no written standard. Write one first."),
    "no_person": gettext_lazy("Nobody is named who has read the standard. Sign in and confirm it again."),
    "unknown_promise": gettext_lazy("There is no promise %(found)s. %(known)s"),
    "retired_promise": gettext_lazy("The promise %(found)s has been taken back. Publish it again to use it."),
    "unreadable": gettext_lazy("What was published as %(found)s cannot be read. Publish it again."),
}


def wrong_words(error: TouchpointError) -> str:
    """What is wrong with a touchpoint, in the reader's language."""
    return str(WRONG_WORDS[error.reason]) % error.facts
