"""Sentences of the report about the index, the five steps, maturity and known mistakes.

Numbers arrive as text that ``formats`` has written. A sentence never says that one thing brings another about.
"""

from __future__ import annotations

from regulars.report.sentences import Plural

EVIDENCES = Plural("{n} point of evidence", "{n} points of evidence")
CRITERIA = Plural("{n} criterion", "{n} criteria")
MISTAKES = Plural("{n} known mistake shows", "{n} known mistakes show")

# Index ------------------------------------------------------------------------------------------------

INDEX_TITLE = "How customer-focused the company is"
INDEX_VIEWS = "Out of 100: {views}."
VIEWS = {"staff": "staff say {score}", "customers": "customers say {score}", "evidence": "the evidence says {score}"}
VIEW_UNKNOWN = {
    "staff": "what staff say is not known",
    "customers": "what customers say is not known",
    "evidence": "what the evidence says is not known",
}
INDEX_TOTAL = (
    "Together they make a customer-focus index of {score} ({low} to {high}); {coverage} of its weight is known."
)
INDEX_NO_TOTAL = "There is no total: {reason} {coverage} of its weight is known."
INDEX_TEXT = (
    "The index has an open formula: each score is a measure between its floor, which stands for 0, and its target, "
    "which stands for 100. What cannot be measured is left out and lowers the coverage, not the score. The index "
    "promises no profit."
)
INDEX_MARKS = (
    "Another firm's study, with a formula of its own, found most companies below 55 and the best not above 80. Neither "
    "mark can be compared with this index."
)
INDEX_APART = "The views differ most on {part}: {said} ({points} points apart, {low} to {high})."
INDEX_ALL = "all parts together"
INDEX_CHART = "The three parts as each of the three views shows them"
INDEX_CHART_SUMMARY = "A dot is a score out of 100, the bar its 95% interval. Where nothing is known, nothing is drawn."
INDEX_GAPS = "Where the views differ"
INDEX_PARTS = "Index, views and parts"
INDEX_COMPONENTS = "What the index is made of"
NO_INDEX = "There is nothing yet that the index could be made of."

# Steps ------------------------------------------------------------------------------------------------

STEPS_TITLE = "Five steps: what is done, and what comes next"
STEPS_FINDING = "Of {evidences} in five steps {done} {are} done. {next}"
STEPS_ALL_DONE = "All of {evidences} in five steps are done."
STEPS_NEXT = "Next: {next}"
STEPS_TEXT = "Nothing here is ticked by hand: each line is counted from the log, or from what was decided and signed."
STEPS_TABLE = "The five steps"
STEPS_EVIDENCE = "The evidence, line by line"
STEPS_PLANNED = "What is planned"
NOBODY_YET = "nobody yet"
NO_DAY_YET = "no day yet"
LATE = "late"
STEP_ALL_DONE = "Everything is done."
NO_STEPS = "The steps cannot be counted."

# Maturity ---------------------------------------------------------------------------------------------

MATURITY_TITLE = "How mature the service is"
MATURITY_NONE = "No level is complete yet. For the first one, {level}, {criteria} {are} missing."
MATURITY_REACHED = (
    "Level {reached} of {levels} is complete: {level}. For the next one, {next}, {criteria} {are} missing."
)
MATURITY_TOP = "All {levels} levels are complete."
MATURITY_TEXT = (
    "A level counts only when the one below is complete. What cannot be measured is attested by a person, with what "
    "was seen and until which day it holds."
)
MATURITY_SKIP = (
    "{criteria} of a higher level {are} met already. No level can be skipped: customers notice the mistakes of the "
    "lower one first."
)
MATURITY_SKIP_LABEL = "Do not skip a level"
MATURITY_MISSING = "What is missing for level {level}, {name}"
MATURITY_TABLE = "All criteria"
NO_MATURITY = "The criteria cannot be counted."

# Known mistakes ---------------------------------------------------------------------------------------

MISTAKES_TITLE = "Known mistakes"
MISTAKES_FINDING = "{mistakes}, of {n} that are looked for."
MISTAKES_NONE = "No known mistake shows, of {n} that are looked for."
MISTAKES_ANSWERED = Plural("{n} more is known and answered for.", "{n} more are known and answered for.")
MISTAKES_TEXT = "Each is a rule over numbers, so that it can be wrong about a company; then say why, until a day."
MISTAKES_TABLE = "What shows"
MISTAKES_OPEN = "What the log cannot tell"
MISTAKE_UNTIL = "answered until {day}: {because}"
NO_MISTAKES = "The known mistakes cannot be looked for."

IS, ARE = "is", "are"
