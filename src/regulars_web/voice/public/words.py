"""What respondents are told beside a survey's own words, in their language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from regulars.surveys.answering import Fault
from regulars_web.shared import numbers

FAULTS = {
    "required": gettext_lazy("Please answer this question."),
    "required_table": gettext_lazy("Please choose an answer in every row."),
    "required_pair": gettext_lazy("Please answer both parts."),
    "unknown_choice": gettext_lazy("Please choose one of the answers shown."),
    "too_long": gettext_lazy("Please write at most %(limit)s characters. You wrote %(found)s."),
    "same_place": gettext_lazy("Please give each place once."),
}
KANO = {
    "like": gettext_lazy("I like it"),
    "expect": gettext_lazy("I expect it"),
    "neutral": gettext_lazy("I do not mind"),
    "tolerate": gettext_lazy("I can live with it"),
    "dislike": gettext_lazy("I dislike it"),
}
# Whom a survey is for, where it is not for everybody.
WHOSE = {
    "employees": gettext_lazy("This survey is for those who work here."),
    "partners": gettext_lazy("This survey is for our partners."),
}
# Why a link takes no answer: status, heading, sentence.
CLOSED = {
    "unknown": (
        404,
        gettext_lazy("There is no survey here"),
        gettext_lazy("The link may not be complete. Open it again from the message you got."),
    ),
    "closed": (
        410,
        gettext_lazy("This survey is closed"),
        gettext_lazy("Thank you for wanting to answer. It does not take answers any more."),
    ),
    "full": (
        410,
        gettext_lazy("This survey has enough answers"),
        gettext_lazy("Thank you for wanting to answer. As many people as were needed have done so already."),
    ),
    "revoked": (
        410,
        gettext_lazy("This link no longer works"),
        gettext_lazy("It was taken back. If you have something to tell us, please write or call us."),
    ),
    "answered": (
        410,
        gettext_lazy("You have answered already"),
        gettext_lazy("Thank you. This link was for one answer, and we have it."),
    ),
}


def fault_words(fault: Fault) -> str:
    """What is to be mended about an answer."""
    told = {name: numbers.number(value) if isinstance(value, int) else value for name, value in fault.facts.items()}
    return str(FAULTS[fault.reason]) % told
