"""What the programme looks at: conditions of the fit check, evidence of the steps, criteria, known mistakes.

Keys are stable: decisions name them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Sort = Literal["helps", "hinders"]
How = Literal["measured", "attested"]

STEPS: Final[Mapping[int, str]] = {
    1: "One shared understanding",
    2: "Know the customer",
    3: "Touchpoints",
    4: "Life cycle and journey",
    5: "Experience",
}
LEVELS: Final[Mapping[int, str]] = {
    1: "Good service",
    2: "Professional service",
    3: "Customer service centre",
}


@dataclass(frozen=True)
class Condition:
    """One condition of the fit check.

    sentence  as something that is so or is not so
    first     hinders: where it is so, it has to be mended before anything else
    limit     where the log answers: from this value on it is so
    unit      of that value: customers, share; empty where only people can say
    """

    sort: Sort
    sentence: str
    first: bool = False
    limit: float | None = None
    unit: str = ""


CONDITIONS: Final[Mapping[str, Condition]] = {
    "many-customers": Condition("helps", "There are many customers.", limit=100, unit="customers"),
    "contact": Condition("helps", "Staff and customers meet or speak with each other.", limit=0.5, unit="share"),
    "competition": Condition("helps", "There is real competition, and nobody is a monopolist."),
    "stable-shares": Condition("helps", "The shares of the market are stable."),
    "time": Condition("helps", "There is time to develop."),
    "largest-customer": Condition(
        "hinders", "Much of the sales hangs on a single customer.", first=True, limit=0.25, unit="share"
    ),
    "few-carry": Condition(
        "hinders", "A tenth of the customers brings nearly all of the sales.", limit=0.8, unit="share"
    ),
    "falling-sales": Condition(
        "hinders", "Sales are falling by a fifth a year or more.", first=True, limit=-0.2, unit="share"
    ),
    "dictating": Condition("hinders", "A customer dictates the terms, or we depend on one.", first=True),
    "monopoly": Condition("hinders", "Customers have nobody else to go to: they only wait for a rival."),
    "aggressive-growth": Condition("hinders", "We want to take a greater share of the market quickly."),
    "short-term-profit": Condition("hinders", "Profit has to come within months."),
    "survival": Condition("hinders", "The company fights for its survival.", first=True),
}


@dataclass(frozen=True)
class Evidence:
    """One evidence of a step: what it means, and from which share on it is done.

    counted_as  what is counted, where the sentence alone would claim more than the log can tell
    """

    step: int
    sentence: str
    needed: float = 1.0
    counted_as: str = ""


EVIDENCE: Final[Mapping[str, Evidence]] = {
    "definition": Evidence(1, "A definition of customer focus is published."),
    "confirmed": Evidence(1, "Employees have read the newest definition and confirmed that they understand it."),
    "competences": Evidence(1, "The key competence is named."),
    "targets": Evidence(1, "The target customers are named, each by a group with a formal rule."),
    "granted": Evidence(1, "It is decided beforehand what is granted beyond the law."),
    "refused": Evidence(1, "It is decided what we will not do."),
    "parity": Evidence(1, "It is said how neither side comes to depend on the other."),
    "languages": Evidence(1, "The definition stands in every language of the company."),
    "known-sales": Evidence(2, "Orders of the last year name their customer.", 0.8),
    "known-costs": Evidence(2, "The cost of orders is known, so profitable customers can be told.", 0.9),
    "known-facts": Evidence(2, "Customers of the last year have at least one fact on their card.", 0.5),
    "fresh-facts": Evidence(2, "Facts about customers were learned or confirmed in the last year.", 0.7),
    "group-needs": Evidence(2, "Target groups have their unique needs written down."),
    "heard": Evidence(2, "Customers of the last year have answered a question.", 0.1),
    "acquired": Evidence(2, "It is known how new customers came to us.", 0.5),
    "registered": Evidence(3, "Touchpoints where customers were touched stand in the register.", 0.9),
    "owners": Evidence(3, "Registered touchpoints have an owner."),
    "standards": Evidence(3, "Registered touchpoints have a written standard."),
    "standards-read": Evidence(3, "Somebody has confirmed the newest version of each standard."),
    "promises": Evidence(3, "Registered touchpoints have a measurable promise.", 0.8),
    "promises-kept": Evidence(3, "What is promised at touchpoints is kept.", 0.9),
    "stage-needs": Evidence(4, "For every stage of the life cycle it is written what customers need."),
    "fears-answered": Evidence(4, "Fears, barriers and problems of customers have an answer.", 0.9),
    "map-evidence": Evidence(4, "What the journey map says rests on a quote, a score or a measure.", 0.5),
    "four-questions": Evidence(4, "The four questions about being our customer are answered."),
    "spoke-first": Evidence(4, "We speak first when something comes late, is short or faulty.", 0.5),
    "goodbyes-answered": Evidence(4, "Customers who say good-bye hear from us within 30 days.", 0.8),
    "satisfied": Evidence(5, "Customers who were asked are satisfied.", 0.8),
    "touchpoints-heard": Evidence(5, "Customers were asked about registered touchpoints.", 0.7),
    "complaints-answered": Evidence(5, "Complaints are answered within 30 days.", 0.9),
    "acted": Evidence(
        5,
        "Where customers complained, the standard or the promise was looked at again.",
        0.8,
        "Counted are touchpoints with a complaint in this time. One is done where its entry in the register, its "
        "standard or a promise of it got a new version after the first of these complaints. What was mended without "
        "such a decision, the log does not show.",
    ),
    "decided-at-once": Evidence(5, "Employees decide on the spot, without asking their boss.", 0.7),
    "gesture-costs": Evidence(5, "The cost of unasked kindnesses is known.", 0.9),
}


@dataclass(frozen=True)
class Criterion:
    """One criterion of a level of maturity; ``needed`` is the share from which a measured one is met."""

    level: int
    sentence: str
    how: How = "measured"
    needed: float | None = None


CRITERIA: Final[Mapping[str, Criterion]] = {
    "standards": Criterion(1, "Every registered touchpoint has a written standard.", needed=1.0),
    "promises-kept": Criterion(1, "What is promised at touchpoints is kept.", needed=0.8),
    "satisfied": Criterion(1, "Customers who were asked are satisfied.", needed=0.8),
    "calls-taken": Criterion(1, "Calls of customers are taken.", needed=0.9),
    "known-sales": Criterion(1, "Orders name their customer, who is served as a person.", needed=0.8),
    "no-complaint": Criterion(1, "Customers had nothing to complain about.", needed=0.95),
    "courteous": Criterion(1, "Everyone is met with respect, buyer or not, as visits in disguise show.", "attested"),
    "personal": Criterion(1, "Staff know their regular customers and act on what they know of them.", "attested"),
    "complaints-answered": Criterion(2, "Complaints are answered within 30 days.", needed=0.9),
    "complained-once": Criterion(2, "Whoever complained did not have to complain again.", needed=0.9),
    "decided-at-once": Criterion(2, "Employees decide on the spot, without asking their boss.", needed=0.7),
    "trained": Criterion(2, "Employees who were trained understood it.", needed=0.8),
    "confirmed": Criterion(2, "Employees have confirmed the newest definition.", needed=0.9),
    "fresh-facts": Criterion(2, "What is known of customers was confirmed in the last year.", needed=0.5),
    "competent": Criterion(2, "A question is answered by whoever is asked, without sending customers on.", "attested"),
    "unusual": Criterion(2, "Unusual wishes are solved, and the solutions are written down.", "attested"),
    "spoke-first": Criterion(3, "We speak first when something comes late, is short or faulty.", needed=0.8),
    "called-back": Criterion(3, "Missed calls are called back within two days.", needed=0.9),
    "goodbyes-answered": Criterion(3, "Customers who say good-bye hear from us within 30 days.", needed=0.8),
    "fears-answered": Criterion(3, "Fears, barriers and problems of customers have an answer.", needed=0.9),
    "acted": Criterion(3, "Where customers complained, the standard or the promise was looked at again.", needed=0.8),
    "visits-done": Criterion(3, "Planned visits to key customers took place.", needed=0.8),
    "plans": Criterion(3, "Key customers and we tell each other our plans.", "attested"),
    "prevented": Criterion(3, "Causes of trouble are looked for before a customer meets them.", "attested"),
}


@dataclass(frozen=True)
class Mistake:
    """One known mistake: its name, and the value from which (``over``) or below which it warns."""

    name: str
    limit: float
    over: bool = True


MISTAKES: Final[Mapping[str, Mistake]] = {
    "price-war": Mistake("Sliding into a price war", -0.03, over=False),
    "always-right": Mistake("The customer is always right, at any cost", 0.05),
    "unvalued-spending": Mistake("Spending on what customers do not value", 0.02, over=False),
    "mechanical-standards": Mistake("Standards applied mechanically", 0.7, over=False),
    "discount-only": Mistake("A loyalty scheme of discounts alone", 0.8),
    "no-corrective-action": Mistake("Feedback with no corrective action", 0.5, over=False),
    "training-alone": Mistake("Training without motivation", 0.1, over=False),
    "strategy-unheard": Mistake("A strategy that staff never heard", 0.7, over=False),
    "departments-silent": Mistake("Departments that do not talk", 0.5, over=False),
    "no-authority": Mistake("Staff without authority", 0.5, over=False),
    "skipped-level": Mistake("Skipping a level of maturity", 0.0),
    "wide-range": Mistake("Too wide a range", 0.5),
    "chasing-new": Mistake("Chasing new customers while losing cheaper-to-keep old ones", 0.5, over=False),
    "growing-surprises": Mistake("Ever-growing surprises", 0.25),
    "conveyor": Mistake("Automating until nobody sees the customer", 0.8),
    "customers-pay": Mistake("Saving at the customer's cost", 0.05),
    "short-term": Mistake("Short-term profit", 0.0, over=False),
    "refused-returns": Mistake("Refusing returns because the law allows it", 0.2),
}
# For translation: what tables and pages call each mistake, and what counts are of.
MISTAKE_NAMES: Final[Mapping[str, str]] = {key: one.name for key, one in MISTAKES.items()}
COUNTED: Final[Mapping[str, str]] = {
    one: one
    for one in (
        "parts of the definition", "employees", "target groups", "languages", "orders", "customers", "facts",
        "touchpoints", "standards", "touches", "stages", "fears, barriers and problems",
        "entries of the journey map", "questions", "cases", "good-byes", "answers", "complaints", "decisions",
        "kindnesses", "calls", "customers who complained", "employees asked", "missed calls", "visits", "products",
        "orders with a present", "offers and presents", "departments", "criteria", "requests",
    )
}  # fmt: skip
