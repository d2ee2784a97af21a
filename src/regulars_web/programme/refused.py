"""What the library refuses of the programme and of the index, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from regulars.programme.errors import ProgrammeError
from regulars_web.shared import numbers

# code of the library -> sentence with the same names.
WRONG_WORDS: Mapping[str, Any] = {
    "not_readable": gettext_lazy("This cannot be read: %(where)s is missing or of the wrong kind."),
    "no_text": gettext_lazy(
        "The definition says nothing. Write in one or two sentences what customer focus means here."
    ),
    "text_too_long": gettext_lazy("This text is longer than %(limit)s characters. Say it more shortly."),
    "unprintable": gettext_lazy("The text holds a character that cannot be shown. Type it anew."),
    "too_many": gettext_lazy("That would be %(found)s entries; %(limit)s is the most."),
    "unknown_language": gettext_lazy("%(found)s is no language. Choose one of those offered."),
    "no_definition": gettext_lazy("No definition was published yet, so there is nothing to confirm."),
    "unknown_version": gettext_lazy("There is no version %(version)s of the definition. The newest is %(newest)s."),
    "no_person": gettext_lazy("Nobody is named. Sign in and do it again."),
    "unknown_condition": gettext_lazy("This condition is not asked any more. Open the fit check again."),
    "unknown_answer": gettext_lazy("Answer yes, no or not sure."),
    "unknown_state": gettext_lazy("The programme can be started, paused or started again, nothing else."),
    "no_pilot": gettext_lazy("The pilot names neither a group nor a touchpoint. Choose one, or start without a pilot."),
    "bad_key": gettext_lazy("%(found)s is not asked here any more. Open the page again and choose."),
    "no_action": gettext_lazy("Write what is to be done."),
    "no_because": gettext_lazy("Nothing is given as the reason. Write what was seen, where and when."),
    "too_long_until": gettext_lazy(
        "%(found)s is too far away. It can hold for %(limit)s days at the most; then somebody looks again."
    ),
    "until_passed": gettext_lazy("%(found)s has passed already. Choose a later day."),
    "unreadable": gettext_lazy("What was published as %(found)s cannot be read. Publish it again."),
}


def wrong_words(error: ProgrammeError) -> str:
    """What the library refused, and what to do; as it wrote it where the pages have no words for it yet."""
    facts = {name: _shown(value) for name, value in error.facts.items()}
    return str(WRONG_WORDS[error.reason]) % facts if error.reason in WRONG_WORDS else str(error)


def _shown(value: object) -> object:
    try:
        return numbers.day(date.fromisoformat(str(value)))
    except ValueError:
        return value
