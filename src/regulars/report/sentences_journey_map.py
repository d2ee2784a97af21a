"""Sentences of the report about the journey map that people draw, and about the four questions.

Numbers arrive as text that ``formats`` has written. A sentence never says that one thing brings another about.
"""

from __future__ import annotations

from regulars.journeymap.parts import Kind
from regulars.report.sentences import Plural

TITLE = "What customers need and fear, and what answers it"
NOT_DRAWN = "Nobody has yet drawn what customers need, fear and choose by on their way."
FEARS_OPEN = Plural("{n} fear of customers has no answer.", "{n} fears of customers have no answer.")
THINGS_OPEN = Plural("{n} thing on the journey map has no answer.", "{n} things on the journey map have no answer.")
ALL_ANSWERED = "Everything on the journey map has an answer."
TEXT = (
    "The journey map of all customers is drawn by the people of the company: at each stage what customers need, "
    "struggle with, fear, are held up by and choose by, and what the company answers."
)
QUESTIONS_TEXT = (
    "The four questions are answered by people; the numbers under them are of the last 12 months. Coming back, the "
    "time between orders and money at stake rest on the whole log."
)
MAP_TABLE = "The journey map, stage by stage"
HOLES_TABLE = "What nothing answers yet"
HOLES_MORE = "The {shown} worst of {n}."
QUESTION_TABLE = "In numbers: {question}"
COMPANY_SAID = "The company answered on {day}: “{text}”"
NOBODY_SAID = "The company has not answered this question yet."
KINDS: dict[Kind, Plural] = {
    "need": Plural("{n} need", "{n} needs"),
    "problem": Plural("{n} problem", "{n} problems"),
    "fear": Plural("{n} fear", "{n} fears"),
    "barrier": Plural("{n} barrier", "{n} barriers"),
    "criterion": Plural("{n} criterion of choice", "{n} criteria of choice"),
}
FIGURES = {
    "average order": "Average order",
    "orders of a customer": "Orders of a customer",
    "spend of a customer": "Spent by a customer",
    "recommendation": "Would recommend us (NPS, −100 to 100)",
    "satisfied": "Satisfied",
    "what matters": "Part of satisfaction that goes with it",
    "wait": "Half wait longer than",
    "promise kept": "Promise kept",
    "easy": "Find it easy to deal with us",
    "complaints": "Complaints per 1,000 touches",
    "sent back": "Refunds for every order",
    "locked in": "Locked in",
    "loyal": "Loyal: free to go and satisfied",
    "indifferent": "Indifferent: free to go and not satisfied",
    "unknown": "Unknown whether they could go, or wish to",
    "a newcomer could take": "Yearly sales that a decent newcomer could take",
    "against a competitor": "Our points less theirs, of 100",
    "come back": "Come back within a year of the first order",
    "between orders": "Half of the times between orders are longer than",
    "satisfaction with": "Satisfaction with it, of 100",
    "at stake": "A year's sales that go with it",
}
