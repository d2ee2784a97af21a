"""Sentences of the report about touchpoints, journeys and the life cycle; the others stand in ``sentences``.

Numbers arrive as text that ``formats`` has written. A sentence never says that one thing brings another about.
"""

from __future__ import annotations

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
