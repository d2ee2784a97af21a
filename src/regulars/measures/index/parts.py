"""What the index is made of: its parts, its views, and every component with its formula, floor, target and weight.

A component is a share or a net score of numerator over denominator, counted over customers, orders of guests, or
staff. Its score is 0 at the floor, 100 at the target, and between them in proportion.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Part = Literal["understanding", "valuing", "creating value"]
View = Literal["staff", "customers", "evidence"]
Unit = Literal["share", "points"]

PARTS: Final[tuple[Part, ...]] = ("understanding", "valuing", "creating value")
VIEWS: Final[tuple[View, ...]] = ("staff", "customers", "evidence")
# What a value of such a unit lies between.
ENDS: Final[Mapping[Unit, tuple[float, float]]] = {"share": (0.0, 1.0), "points": (-100.0, 100.0)}
# The survey in which customers say it, and its questions.
FOCUS_SURVEY: Final = "customer-focus"
FOCUS_QUESTIONS: Final = ("understands-me", "matters-to-them", "worth-it")


@dataclass(frozen=True)
class Component:
    """One component of the index.

    name     its key, in decisions, columns and addresses
    part     what it says something of: understanding, valuing or creating value
    view     who says it: staff, customers, or the evidence of the log
    meaning  what the value is, in a sentence
    unit     "share" (0 to 1) or "points" (-100 to 100)
    floor    the value at which the score is 0
    target   the value from which the score is 100; above the floor
    weight   against the weights of the other components; 0: left out
    formula  numerator over denominator, and over whom, in sentences
    source   where the way of counting comes from; "" where it is ours
    nobody   the reason where nothing was there to be counted
    counted  what its units are, for n
    """

    name: str
    part: Part
    view: View
    meaning: str
    unit: Unit
    floor: float
    target: float
    weight: float
    formula: str
    source: str
    nobody: str
    counted: str

    @property
    def title(self) -> str:
        """What people call it."""
        return TITLES[self.name]


TITLES: Final[Mapping[str, str]] = {
    "known orders": "Orders of known customers",
    "fresh facts": "Customers with something confirmed this year",
    "fears answered": "Fears and problems with an answer",
    "definition confirmed": "Staff who confirmed the definition",
    "understands me": "Customers who feel understood",
    "staff on understanding": "Staff on strategy and skills",
    "promises kept": "Promises kept",
    "told first": "Bad news told first",
    "complaints in time": "Complaints handled in time",
    "without complaint": "Customers without a complaint",
    "matters to them": "Customers who feel that they matter",
    "low effort": "Customers for whom it was easy",
    "staff on valuing": "Staff on shared values and style",
    "staff recommend": "Staff who would recommend working here",
    "came back": "Customers who came back",
    "by recommendation": "New customers by recommendation",
    "worth it": "Customers for whom it is worth it",
    "satisfied": "Satisfied customers",
    "recommend": "Customers who would recommend us",
    "staff on value": "Staff on structure, systems and people",
}

_ASKED = "Customers are drawn anew for the interval; whoever answered twice counts with both answers."
_AGREE = "Answers of 4 and 5 on a scale from 1 to 5 over all answers, in other scales from three quarters up. " + _ASKED
_STATEMENTS = (
    "Agreements, 4 and 5 on a scale from 1 to 5, over all answers to these statements in the newest wave. A wave is "
    "made of whole calendar months in which at least five people answered."
)
_NO_ANSWER = "No customer answered this question in this time."
_NO_STAFF = "Staff have not answered this in a way that can be shown."
_ELEMENTS = "Our own words on the seven elements of Waterman, Peters and Phillips (1980), Business Horizons 23(3)"

_UNDERSTANDING: Final = (
    Component(
        "known orders",
        "understanding",
        "evidence",
        "Share of orders of which the customer is known.",
        "share",
        0.3,
        0.95,
        3,
        "Orders with a known customer over all orders. Every order of a guest is a unit of its own.",
        "",
        "There is no order in this time.",
        "Customers, and orders of guests",
    ),
    Component(
        "fresh facts",
        "understanding",
        "evidence",
        "Share of active customers of whom something was learned or confirmed in the last 12 months.",
        "share",
        0.0,
        0.6,
        3,
        "Customers with an order in this time and a fact that was learned or confirmed in the 12 months, over all "
        "customers with an order in this time.",
        "",
        "No known customer ordered in this time.",
        "Customers with an order",
    ),
    Component(
        "fears answered",
        "understanding",
        "evidence",
        "Share of fears, problems and barriers on the journey maps that the company answers.",
        "share",
        0.3,
        1.0,
        3,
        "Fears, problems and barriers with an answer over all of them, on the newest maps of that day. All are "
        "counted, none is drawn, so there is nothing to estimate.",
        "",
        "No fear, problem or barrier stands on a journey map yet.",
        "Fears, problems and barriers",
    ),
    Component(
        "definition confirmed",
        "understanding",
        "evidence",
        "Share of staff who have confirmed the newest definition of customer focus.",
        "share",
        0.3,
        1.0,
        3,
        "People who confirmed the version in force on that day over all who work there: the register of employees, "
        "and whoever confirmed a version under a name of their own.",
        "",
        "No definition has been published yet, or nobody is known to work here.",
        "People who work here",
    ),
    Component(
        "understands me",
        "understanding",
        "customers",
        "Share of customers' answers that agree: this company understands what I need.",
        "share",
        0.3,
        0.9,
        12,
        _AGREE,
        "",
        _NO_ANSWER,
        "Customers who answered",
    ),
    Component(
        "staff on understanding",
        "understanding",
        "staff",
        "Share of staff's answers that agree with the statements on strategy and skills.",
        "share",
        0.3,
        0.9,
        6,
        _STATEMENTS,
        _ELEMENTS,
        _NO_STAFF,
        "Staff who answered",
    ),
)

_VALUING: Final = (
    Component(
        "promises kept",
        "valuing",
        "evidence",
        "Share of touches that kept what is promised at their touchpoint, complaints left out.",
        "share",
        0.5,
        0.98,
        4,
        "Touches that kept a promise over touches that can be judged by one, as in the measure promises. Complaints "
        "have a component of their own.",
        "",
        "No touch of this time tells whether a promise was kept.",
        "Customers, and touches of guests",
    ),
    Component(
        "told first",
        "valuing",
        "evidence",
        "Share of what came late, short or faulty that the company told before the customer asked.",
        "share",
        0.0,
        0.8,
        2,
        "Events in which the company spoke first over all events, as in the measure announced.",
        "",
        "Nothing in the log came late, short or faulty in this time.",
        "Customers, and guests",
    ),
    Component(
        "complaints in time",
        "valuing",
        "evidence",
        "Share of complaints that were handled within what is promised for them.",
        "share",
        0.5,
        0.98,
        3,
        "Complaints that kept a promise over complaints that can be judged by one, as in the measure promises.",
        "",
        "No complaint of this time can be judged by a promise.",
        "Customers, and guests",
    ),
    Component(
        "without complaint",
        "valuing",
        "evidence",
        "Share of active customers who did not complain.",
        "share",
        0.8,
        0.99,
        3,
        "Customers with an order and no complaint in this time over all customers with an order in it. Customers who "
        "are silent may still be unhappy.",
        "",
        "No known customer ordered in this time.",
        "Customers with an order",
    ),
    Component(
        "matters to them",
        "valuing",
        "customers",
        "Share of customers' answers that agree: I matter to this company.",
        "share",
        0.3,
        0.9,
        8,
        _AGREE,
        "",
        _NO_ANSWER,
        "Customers who answered",
    ),
    Component(
        "low effort",
        "valuing",
        "customers",
        "Share of customers' answers that found it easy to get what they needed.",
        "share",
        0.3,
        0.9,
        4,
        "Answers of 5 to 7 on a scale from 1 to 7 over all answers, as in the measure ces. " + _ASKED,
        "Dixon, Freeman and Toman (2010), Harvard Business Review 88(7)",
        _NO_ANSWER,
        "Customers who answered",
    ),
    Component(
        "staff on valuing",
        "valuing",
        "staff",
        "Share of staff's answers that agree with the statements on shared values and style.",
        "share",
        0.3,
        0.9,
        3,
        _STATEMENTS,
        _ELEMENTS,
        _NO_STAFF,
        "Staff who answered",
    ),
    Component(
        "staff recommend",
        "valuing",
        "staff",
        "Net score of staff who would recommend working here: promoters less detractors, of 100.",
        "points",
        -50.0,
        50.0,
        3,
        "Answers of 9 and 10 less answers of 0 to 6 over all answers in the newest wave, times 100. A wave is made of "
        "whole calendar months in which at least five people answered.",
        "Reichheld (2003), Harvard Business Review 81(12)",
        _NO_STAFF,
        "Staff who answered",
    ),
)

_CREATING_VALUE: Final = (
    Component(
        "came back",
        "creating value",
        "evidence",
        "Share of customers of the year before who ordered again within the last 12 months.",
        "share",
        0.1,
        0.7,
        7,
        "Customers with an order in the 12 months, over customers with an order in the 12 months before them, of "
        "those alone. The calendar month of the last day counts up to that day.",
        "",
        "Nobody is known who ordered in the year before.",
        "Customers of the year before",
    ),
    Component(
        "by recommendation",
        "creating value",
        "evidence",
        "Share of new customers who came by recommendation, of those of whom it is known how they came.",
        "share",
        0.0,
        0.5,
        5,
        "Customers whose first order lies in this time and who came by recommendation, over those of them of whom it "
        "is known how they came.",
        "",
        "Of no new customer it is known how they came.",
        "New customers",
    ),
    Component(
        "worth it",
        "creating value",
        "customers",
        "Share of customers' answers that agree: what I get is worth what it costs me.",
        "share",
        0.3,
        0.9,
        4,
        _AGREE,
        "",
        _NO_ANSWER,
        "Customers who answered",
    ),
    Component(
        "satisfied",
        "creating value",
        "customers",
        "Share of customers' answers that are satisfied.",
        "share",
        0.5,
        0.95,
        4,
        "Answers of 4 and 5 on a scale from 1 to 5 over all answers, as in the measure csat. " + _ASKED,
        "",
        _NO_ANSWER,
        "Customers who answered",
    ),
    Component(
        "recommend",
        "creating value",
        "customers",
        "Net score of customers who would recommend us: promoters less detractors, of 100.",
        "points",
        -50.0,
        70.0,
        4,
        "Answers of 9 and 10 less answers of 0 to 6 over all answers, times 100, as in the measure nps. " + _ASKED,
        "Reichheld (2003), Harvard Business Review 81(12)",
        _NO_ANSWER,
        "Customers who answered",
    ),
    Component(
        "staff on value",
        "creating value",
        "staff",
        "Share of staff's answers that agree with the statements on structure, systems and staff.",
        "share",
        0.3,
        0.9,
        6,
        _STATEMENTS,
        _ELEMENTS,
        _NO_STAFF,
        "Staff who answered",
    ),
)

COMPONENTS: Final[tuple[Component, ...]] = (*_UNDERSTANDING, *_VALUING, *_CREATING_VALUE)
NAMES: Final = tuple(one.name for one in COMPONENTS)
# Elements of the staff questionnaire, by the component that their statements enter.
STATEMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "staff on understanding": ("strategy", "skills"),
    "staff on valuing": ("shared-values", "style"),
    "staff on value": ("structure", "systems", "staff"),
}
