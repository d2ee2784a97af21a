"""Sentences of the report about touchpoints, journeys and the life cycle; the others stand in ``sentences``.

Numbers arrive as text that ``formats`` has written. A sentence never says that one thing brings another about.
"""

from __future__ import annotations

from regulars.report.formats import count
from regulars.report.sentences import Plural

TOUCHES = Plural("{n} touch", "{n} touches")
TOUCHPOINTS = Plural("{n} touchpoint", "{n} touchpoints")
JOURNEYS = Plural("{n} journey", "{n} journeys")
LOST_CUSTOMERS = Plural("{n} customer was lost", "{n} customers were lost")
WAYS = Plural("{n} way", "{n} ways")

# Touchpoints ------------------------------------------------------------------------------------------

TOUCHPOINTS_TITLE = "Where customers meet the company"
TOUCHPOINTS_FINDING = "In the last 12 months customers met the company {touches} times at {touchpoints}."
STAKE_FINDING = (
    "After {bad} at “{touchpoint}” customers come back less often: {difference} points ({low} to {high}), compared "
    "like with like. About {money} of sales a year go with it."
)
BAD_TOUCHES = {
    "late": "something late",
    "long wait": "a long wait",
    "promise broken": "a broken promise",
    "low score": "a low score of theirs",
    "complaint": "a complaint of theirs",
}
STAKE_NONE = "At no touchpoint do customers come back clearly less often after a bad touch than after a good one."
STAKE_UNKNOWN = "What bad touches go with cannot be said: {reason}"
STAKE_TEXT = (
    "Like with like: bad touches are set beside good ones of customers who were alike before, in value, recency, kind "
    "and season. It is association; before much is spent on it, test it."
)
TOUCHPOINTS_TABLE = "The touchpoints with most touches, last 12 months"
TOUCHPOINTS_MORE = "The {shown} with most touches of {n}."
STAKE_TABLE = "Money at stake: what happened badly, and how customers came back"
STAKE_MORE = "The {shown} with most at stake of {n} that can be compared."
PROMISES_TABLE = "Promises and how they were kept, last 12 months"
ANNOUNCED_TABLE = "Who spoke first when something went wrong"
EVENTS = {"late": "Late", "shortage": "Short", "fault": "Faulty"}
SPOKE_FIRST = {"company": "the company", "customer": "the customer", "nobody": "nobody"}
CONSISTENCY_TABLE = "Where it depends on whom, where or when customers meet the company, last 12 months"
CONSISTENCY_MORE = "{apart} of {comparisons} show more than chance."
ALL_EVEN = "Of {comparisons} between employees, branches and hours of a touchpoint, none shows more than chance."
COMPARISONS = Plural("{n} comparison", "{n} comparisons")
COMPARED = "{figure}, by {units}"
COMPARED_FIGURES = {"kept": "promise kept", "score": "score", "wait": "wait"}
COMPARED_UNITS = {"employee": "employee", "branch": "branch", "hour": "hour", "branch and hour": "branch and hour"}
EMPLOYEES_APART = "Employees differ by more than chance; the page of the touchpoint says where to begin."
FIRST_IMPRESSIONS_TABLE = "Where customers first met the company"
MOST_OF = "The first {shown} of {n}."
NO_TOUCHPOINTS = "No interaction of the last 12 months names a touchpoint."

# Life cycle -------------------------------------------------------------------------------------------

STAGES_TITLE = "Life cycle, and who was lost"
STAGES_FINDING = "In the last 12 months {lost}; in the year up to their last order they had brought {money}."
STAGES_NOBODY_LOST = "In the last 12 months nobody was seen to leave."
STAGES_TEXT = (
    "A customer is counted as lost on the day they said good-bye, their contract ended, or their silence became longer "
    "than their own habit allows."
)
STAGES_TABLE = "At what stage customers are"
LOSSES_TABLE = "Customers lost, month by month"
STAYING_TABLE = "How many are still customers after a time"
STAYING_MORE = {
    "contract": "By the dates of contracts; whoever is still under contract counts for as long as was seen.",
    "silence": "Without contracts: whoever is silent for longer than their habit allows is taken as gone.",
}
LOSS_TOUCHES_TABLE = "What those who left had met more often than those who stayed"
KEPT_TABLE = "Kept or loyal: those who came back in the last 12 months"
STANDINGS: dict[str, str] = {
    "locked in": "Locked in",
    "loyal": "Loyal",
    "indifferent": "Indifferent",
    "unknown": "Unknown",
    "all": "All who came back",
}
STANDINGS_MEAN = {
    "locked in": "a contract, no other supplier, or the cost of changing",
    "loyal": "free to go, and satisfied",
    "indifferent": "free to go, and not satisfied",
    "unknown": "not known whether they could go, or wish to",
}
NO_STAGES = "No customer is at any stage yet."

# Journeys ---------------------------------------------------------------------------------------------

JOURNEYS_TITLE = "Which way customers really go"
JOURNEYS_FINDING = (
    "In the last 12 months {journeys} took {ways} from beginning to end; the most frequent one stands for {share}."
)
JOURNEYS_TEXT = "A journey is everything that bears one order's, case's or ticket's number, in the order it happened."
VARIANTS_TABLE = "The most frequent ways"
MOVES_TABLE = "What most often follows what"
STEPS_TABLE = "Where journeys wait longest, among the steps that one journey in twenty has"
NO_JOURNEYS = "No interaction of the last 12 months bears the number of an order, case or ticket."


def of_all(n: int, shown: int) -> str:
    """What a table says where it does not show all of its rows."""
    return MOST_OF.format(shown=shown, n=count(n)) if n > shown else ""
