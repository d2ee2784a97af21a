"""Surveys ready to be used or changed, each in English, Bulgarian, Russian, Czech and Turkish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from regulars.surveys.errors import SurveyError
from regulars.surveys.parts import Survey
from regulars.surveys.ready_contact import CSAT, EFFORT, NPS
from regulars.surveys.ready_elements import SEVEN_ELEMENTS
from regulars.surveys.ready_factors import COMPETITORS, IMPORTANCE, PARTNER
from regulars.surveys.ready_focus import CUSTOMER_FOCUS
from regulars.surveys.ready_order import ORDER
from regulars.surveys.ready_people import EMPLOYEES, LEAVING
from regulars.surveys.ready_staying import STAYING
from regulars.surveys.validity import check_survey

# What each is for, said to the colleague who chooses one; pages translate the sentence as a whole.
PURPOSES: Final[Mapping[str, str]] = {
    "nps": "Would customers recommend us, and why? One score and one open question.",
    "after-contact": "How satisfied was somebody with one contact, and was their request settled?",
    "effort": "How much effort did it cost a customer to get what they needed?",
    "customer-focus": "Do customers feel understood and valued, and is it worth it for them? The index reads it.",
    "what-matters": "What matters to customers, and how well do we do on it? Shows what to improve first.",
    "what-comes-first": "How well do we do, and which of these things come first for customers?",
    "compared-with-others": "How do customers rate us beside named competitors? Replace the names before publishing.",
    "employees": "Would our people recommend working here, and do they have what they need to serve customers?",
    "seven-elements": "Do strategy, structure, systems, values, skills, staff and style here serve customers?",
    "leaving": "Why does a customer leave, and what would bring them back?",
    "why-you-stay": "Do customers stay because they wish to, or because leaving is hard? Kept or loyal reads it.",
    "partner": "How do resellers and other partners find working with us?",
}
_READY: Final[Mapping[str, Survey]] = {
    one.key: one
    for one in (
        NPS,
        CSAT,
        EFFORT,
        CUSTOMER_FOCUS,
        IMPORTANCE,
        ORDER,
        COMPETITORS,
        EMPLOYEES,
        SEVEN_ELEMENTS,
        LEAVING,
        STAYING,
        PARTNER,
    )
}


def ready() -> list[Survey]:
    """All ready surveys, in the order they are offered; unpublished (version 0)."""
    return list(_READY.values())


def template(name: str, *, key: str = "", languages: Sequence[str] = ()) -> Survey:
    """One ready survey, under a key of its own and with fewer languages where they are given.

    Raises SurveyError for a name, key or language there is not.
    """
    if name not in _READY:
        raise SurveyError("unknown_template", found=repr(name)[:60], known=", ".join(_READY))
    found = _READY[name]
    return check_survey(replace(found, key=key or found.key, languages=tuple(languages) or found.languages))
