"""Every sentence of the report, whole, with named placeholders, so that it can be translated as it stands.

Numbers arrive as text that ``formats`` has written. A sentence never says that one thing causes another.
"""

from __future__ import annotations

from dataclasses import dataclass

from regulars.report.formats import count


@dataclass(frozen=True)
class Plural:
    """A counted noun in the forms that its language has."""

    one: str
    many: str

    def of(self, n: int) -> str:
        """The noun with its number: 1 order, 2,104 orders."""
        return (self.one if n == 1 else self.many).format(n=count(n))


CUSTOMERS = Plural("{n} customer", "{n} customers")
KNOWN_CUSTOMERS = Plural("{n} known customer", "{n} known customers")
INTERACTIONS = Plural("{n} interaction", "{n} interactions")
ORDERS = Plural("{n} order", "{n} orders")
FULL_MONTHS = Plural("full month", "{n} full months")
GROUPS = Plural("{n} group", "{n} groups")
CUSTOMERS_FALL = Plural("{n} customer falls", "{n} customers fall")
ARE_SLIPPING = Plural("{n} customer is slipping away", "{n} customers are slipping away")
HAVE_GONE_QUIET = Plural(
    "{n} good customer of the past has gone quiet", "{n} good customers of the past have gone quiet"
)
OF_BRING = Plural("{n} customer brings", "{n} customers bring")
DAYS_OF_PURCHASES = Plural("{n} day", "{n} days")

# Headings ---------------------------------------------------------------------------------------------

HEADINGS = {
    0: "Nothing stands out yet",
    1: "One thing deserves your attention",
    2: "Two things deserve your attention",
    3: "Three things deserve your attention",
}
HEADING_EMPTY = "There is nothing to report yet"
READ_FROM = "Read from {interactions} of {customers}, {first} to {newest}."
KNOWN_SALES = "Known customers stand for {share} of sales in that time."
RANKED = "Ranked by the money each concerns in a year."
EMPTY_LOG = "The log is empty, so no measure can be taken. Import a file first: regulars import orders.csv"
EMPTY_BEFORE = "The log holds nothing up to {day}. Ask for a later day, or import older files."
NO_FINDING = (
    "No rule of this report found enough in the data to name a next step. The sections below show what is known, "
    "and the last one what is missing."
)
MADE_FROM = "{lines} lines from {file} (source {source})"
MADE_FROM_TABLES = "{lines} rows from source {source}"
MADE_FROM_MORE = Plural("{n} more import", "{n} more imports")
MADE_FROM_ALL = "Read from {imports}."
MADE_BY = "Made by Regulars from the company's own log, on this machine. It holds no names of customers."

# What deserves attention ------------------------------------------------------------------------------

CALL_LIST = (
    "{customers} customers who used to come back are slipping away. About {money} of what they would bring in "
    "{horizon} is at stake ({interval})."
)
CALL_LIST_WITHOUT_INTERVAL = (
    "{customers} customers who used to come back are slipping away. About {money} of what they would bring in "
    "{horizon} is at stake."
)
CALL_LIST_WHY = (
    "They are used to buying every {gap} and have been silent for {silence} (medians); each may still be a customer."
)
CALL_LIST_DO = "Call the first {first}: {share} of the money at stake is with them. Ask what happened, and note it."
CALL_LIST_LINK = "Call list"
QUIET_LIST = "{customers} customers who used to buy often or much have gone quiet. They spent {money} a year."
QUIET_LIST_YOUNG = (
    "{customers} customers who used to buy often or much have gone quiet. They have spent {money} so far."
)
QUIET_LIST_WHY = (
    "Half of them have been silent for {silence} or longer. They are named by how lately, how often and how much they "
    "bought, not by a forecast."
)
QUIET_LIST_DO = "Call those who spent most, this week, and ask what happened."
RETURN_LOW = (
    "{share} of new customers come back within {window} ({interval}). Five more in each hundred would be worth about "
    "{money} a year."
)
RETURN_FELL = (
    "Fewer new customers come back: {share} within {window}, {fall} points fewer than the year before. "
    "That is about {money} a year."
)
RETURN_WHY = (
    "Counted over {customers} customers who had the time to come back. {new} new ones arrive in a year, and an "
    "order is worth {order} on average."
)
RETURN_DO = "Ask new customers how the first order went, and make the second one easy."
RETURN_DO_WITHIN = (
    "Ask new customers how the first order went before {days} are over: half of all second orders have come by then."
)
RETURN_LINK = "Who comes back"
FALL = "{points} ({low} to {high})"
REFUNDS = "{share} of the value sold goes back: {money} of refunds in the last {months} months."
REFUNDS_WHY = "{refunds} refunds against {orders} orders; cancellations and returns together."
REFUNDS_DO = "Read the largest ten, write down the reason of each, and give the most frequent reason an owner."
REFUNDS_LINK = "Sales and refunds"
FEW = (
    "{few} customers bring {share} of the money of known customers. The largest alone brought {money} in the last "
    "12 months."
)
FEW_WHY = "{customers} customers bought in the last 12 months; the largest stands for {largest} of what they spent."
FEW_DO = "Give each of them a named person, and agree with them now how bad news travels, both ways."
FEW_LINK = "Who brings most"
COSTLY = "{customers} customers cost more than they bring: about {money} a year together."
COSTLY_WHY = "Their refunds and costs are larger than their orders; that equals {share} of what all bring."
COSTLY_DO = "Look at the largest first: an unpaid order, a return without its order, or a promise that costs too much."
MISFIT_MANY = "Do not plan with forecasts of customer value: tested on your own past, they were {error} too high."
MISFIT_FEW = "Do not plan with forecasts of customer value: tested on your own past, they were {error} too low."
MISFIT_WHY = "For the last {days} the model expected {predicted} orders of the customers known before; {actual} came."
MISFIT_DO = "Use the plain lists of who bought lately, often and much until a back-test fits."
MISFIT_LINK = "See the test"
GUESTS = "{share} of orders name no customer. Who made {money} of sales, and whether they return, is not known."
GUESTS_WHY = "{n} of {total} orders carry no customer; nothing on this page that speaks of customers counts them."
GUESTS_DO = "Ask for one thing at the till or checkout, a telephone number or e-mail, and say what it is for."
COVERAGE_LINK = "What is not known"
COSTS = "Profit is not known: {share} of orders have no cost. Every ranking here is by sales."
COSTS_WHY = "{n} of {total} orders carry no cost. A customer who buys much may still bring little."
COSTS_DO = "Import costs with the orders, or set margin_share in regulars.toml."
CAUTION_ROUGH = "Forecasts were off by {error} when tested on your own past: use the order of the list, not the cents."
CAUTION_UNJUDGED = "Forecasts could not be tested on your own past yet: take the money as a rough size."
CAUTION_SMALL = "Rests on {n} customers only: read it with care."

# Key numbers ------------------------------------------------------------------------------------------

KEY_CUSTOMERS = "Customers in the last 12 months"
KEY_CUSTOMERS_EVER = "Known customers"
KEY_CUSTOMERS_NOTE = "of {customers} ever known; each ordered at least once"
KEY_CUSTOMERS_EVER_NOTE = "each ordered at least once"
KEY_REPEAT = "New customers who came back within {window}"
KEY_REPEAT_NOTE = "{interval}, of {n}"
KEY_FEW = "Customers who bring 80% of the money"
KEY_FEW_NOTE = "{interval}; {top} of {n}, by {basis}"
KEY_FEW_YEAR_NOTE = "{interval}; {top} of {n} in 12 months, by {basis}"
KEY_VALUE = "Expected from a customer in the next {horizon}"
KEY_VALUE_NOTE = "{interval}; mean of {n}, all together {total}"
KEY_VALUE_PLAIN_NOTE = "mean of {n}, all together {total}"
KEY_STAKE = "At stake with customers slipping away"
KEY_STAKE_NOTE = "{interval}; {n}"
KEY_STAKE_PLAIN_NOTE = "{n}"
KEY_MISFIT = "Not shown: forecasts failed the test on your own past."
KEY_NOBODY = "No order names its customer."
KEY_TOO_SHORT = "No customer has been known for 30 days yet."
KEY_NONE = "Nothing"
KEY_NOBODY_SLIPS = "The model names nobody; the call list goes by recency and frequency."
KEY_TOO_FEW = "Fewer than {least} customers give no share worth knowing."
KEY_NOT_POSITIVE = "The money of all customers together is not above zero."
ON_YEAR_BEFORE = "on the year before"
NO_YEAR_BEFORE = "No earlier year to compare with: the log begins on {first}."

# Not known --------------------------------------------------------------------------------------------

NOT_KNOWN = "Not known: {reason}"
NO_PURCHASES = "the log holds no orders, refunds or adjustments."
NO_CUSTOMERS = "no order names its customer."
NO_RETENTION = "no month of first orders has ended and been followed yet."
NO_MODEL = "no model could be fitted."
SMALL_SAMPLE = "fewer than 30"

# Sections ---------------------------------------------------------------------------------------------

SALES_TITLE = "Orders and sales"
SALES = "In the last {months} you sold {revenue} in {orders}."
SALES_BEGUN = "So far you sold {revenue} in {orders}; no month has ended yet."
SALES_GREW = "In the last 12 full months you sold {revenue} in {orders}, {change} more than in the 12 before."
SALES_FELL = "In the last 12 full months you sold {revenue} in {orders}, {change} less than in the 12 before."
SALES_TEXT = "Refunds and adjustments are taken off. {guests} of it came with orders that name no customer."
SALES_TEXT_ALL_KNOWN = "Refunds and adjustments are taken off. Every order names its customer."
SALES_NOBODY_NEW = (
    "Nobody's first order is later than {last}: is this file one intake of customers, or did new ones stop coming?"
)
SALES_CHART = "Sales by month"
SALES_CHART_SUMMARY = "Best month: {best} with {best_amount}; weakest: {worst} with {worst_amount}."
SALES_CHART_UNENDED = "{month} has not ended and is drawn faintly."
CUSTOMERS_CHART = "Customers by month, new and returning"
CUSTOMERS_CHART_SUMMARY = "In the last {months} {share} of the customers of a month, on average, had bought before."
BY_TYPE = "Kinds of customers apart"
PART_KNOWN, PART_GUESTS = "known customers", "guests"
PART_NEW, PART_RETURNING = "first order ever", "bought before"

FEW_TITLE = "The few who bring most"
FEW_FINDING = "{top} of {n} customers, {share} of them ({interval}), bring 80% of the money."
FEW_FINDING_SMALL = "{bring} 80% of the money, of {n} in all; so few give no firm share."
FEW_TEXT = "The best tenth bring {tenth}, the best fifth {fifth}. Counted by {basis} over the whole log."
FEW_KIND = "“{kind}” are {customers} of customers and bring {money} of the money."
FEW_NEGATIVE = "{n} customers cost more than they bring, {money} together; they stand last and stay in the sum."
FEW_CHART = "How the money gathers, best customers first"
FEW_CHART_SUMMARY = "The dotted line is where all customers would bring the same. Concentration (Gini) is {gini}."
FEW_MARK = "{share} bring 80%"
TOP_TABLE = "The customers who brought most"
TOP_MORE = "{shown} of {n} customers; by what they spent in the whole log, less refunds."

RETURN_TITLE = "Who comes back"
RETURN_FINDING = "{share} of customers come back within {window} of their first order ({interval}, of {n})."
RETURN_EVER = "Up to now {share} have come back at all ({hits} of {n}); young customers still have time."
RETURN_CHART = "Came back, by time since the first order"
RETURN_CHART_SUMMARY = "Each row counts only customers who have had that long. The pale bar is the 95% interval."
GAPS_CHART = "Days from one order to the next"
GAPS_CHART_SUMMARY = (
    "Half of all second orders come within {median} of the first, nine in ten within {most}. Bars hold the middle "
    "half. Customers still away are not in it, so true gaps are longer."
)
GAP_LABELS = {
    None: "all orders",
    1: "1st to 2nd",
    2: "2nd to 3rd",
    3: "3rd to 4th",
    4: "4th to 5th",
    5: "5th to 6th",
    6: "6th and later",
}
WINDOW_LABEL = "within {days} days"
WINDOW_EVER = "at any time"

COHORTS_TITLE = "Month by month since the first order"
COHORTS_FINDING = "Of new customers, {share} buy again in the month after their first order ({interval}, of {n})."
COHORTS_LATER = "In the {month}th month after it, {share} do ({interval}, of {n})."
COHORTS_CHANGED = (
    "Of those who came in the last 12 months {share} bought again in the month after, of those in the 12 before "
    "{before}: a difference of {interval} points, clear of chance."
)
COHORTS_SAME = (
    "Of those who came in the last 12 months {share} bought again in the month after, of those in the 12 before "
    "{before}: not clear of chance ({interval} points)."
)
COHORTS_CHART = "Share of each month's new customers who buy again"
COHORTS_CHART_SUMMARY = (
    "One row is the customers whose first order fell in that month; numbers are percent of them. Months that have "
    "not ended are left out."
)
COHORTS_MORE = "The newest {shown} of {n} cohorts are drawn; the table holds all."

SEGMENTS_TITLE = "Kinds of customers by what they did"
SEGMENTS_FINDING = "Champions and loyal customers are {share} of all and bring {revenue} of the money."
SEGMENTS_FINDING_NONE = "No customer is a champion or loyal yet; {fall} into {kinds}."
SEGMENTS_TEXT = (
    "Every customer is placed by how lately, how often and how much they bought. A customer who bought yesterday "
    "never counts as lost."
)
SEGMENTS_CHART = "Share of customers and share of money"
SEGMENTS_CHART_SUMMARY = "Where the coloured bar is longer than the grey one, the group brings more than its number."
SEGMENTS_TABLE = "What to do with each group"
PART_CUSTOMERS, PART_MONEY = "share of customers", "share of money"

VALUE_TITLE = "What customers are likely to bring"
VALUE_FINDING = (
    "An average customer is expected to bring {mean} in the next {horizon} ({interval}); all {n} together {total}."
)
VALUE_FINDING_PLAIN = "An average customer is expected to bring {mean} in the next {horizon}; all {n} together {total}."
VALUE_ORDERS = "That is {orders} orders a customer. {reason}"
VALUE_MISFIT = (
    "Forecasts do not fit this company, so no lifetime value is shown. The test below says how far off they were."
)
VALUE_NOT_TESTED = "Forecasts could not be tested on your own past: {reason}"
VALUE_TEXT = "{share} of that comes from the {n} customers with the highest expectation, a tenth of all."
VALUE_BANDS = "Customers and expected money, by what each is expected to bring"
VALUE_BANDS_SUMMARY = "Half of all customers are expected to bring less than {median}; one in ten more than {high}."
VALUE_MODEL = "The models behind it"
TEST_TRUSTED = "Fits this company"
TEST_ROUGH = "Fits roughly"
TEST_MISFIT = "Does not fit"
TEST_UNJUDGED = "Not tested"
TEST_RESULT = (
    "For the last {days} the model expected {predicted} orders of the {n} customers known before; {actual} came"
)
TEST_OFF_MANY = "{result}: {error} too many."
TEST_OFF_FEW = "{result}: {error} too few."
TEST_SMALL = "{result}: too few to judge the model by."
TEST_MEANS = {
    "trusted": "Plans may rest on it.",
    "rough": "Use it to tell good customers from poor ones, and allow for an error of that size in plans.",
    "misfit": "Do not plan with it.",
    "unjudged": "Do not plan with it yet.",
}
TEST_CHART = "The test: orders expected and orders that came"
TEST_CHART_SUMMARY = "The model saw only what came before {split}; from there on its forecast runs beside the facts."
TEST_GROUPS = "The test by how often customers had come back"
TEST_GROUPS_SUMMARY = (
    "Orders a customer in the tested time. Where the two bars part, the model misjudges customers of that kind."
)
LINE_CAME, LINE_EXPECTED = "came", "expected"

SLIP_TITLE = "Who is slipping away"
SLIP_FINDING = "{slipping}, and {money} is at stake with them ({interval})."
SLIP_FINDING_PLAIN = "{slipping}, and {money} is at stake with them."
SLIP_NOBODY = "Nobody is slipping away: the model sees no good customer who has probably just stopped."
SLIP_QUIET_NOBODY = "No good customer of the past has gone quiet."
SLIP_QUIET = "{quiet}. They spent {money} a year."
SLIP_QUIET_YOUNG = "{quiet}. They have spent {money} so far."
SLIP_QUIET_TEXT = "No forecast is used here: they are named by how lately, how often and how much they bought."
SLIP_QUIET_WHY = {
    "misfit": "The model of lifetime value failed the test on your own past, so it names nobody here.",
    "nobody": "The model of lifetime value names nobody: by its measure hardly any customer has left for good.",
    "none": "There is no model of lifetime value: {reason}",
}
SLIP_TEXT = (
    "They came back before, are silent for longer than they are used to, and may still be customers. At stake is "
    "what each would bring if certainly still a customer, times the chance of having left. Intervals say how well "
    "that expectation is known; what one customer then does varies far more."
)
SLIP_TABLE = "Call list, most at stake first"
SLIP_MORE = "{shown} of {n}; the rest: regulars measure slipping. Names: add --names, which is recorded."
QUIET_TABLE = "Call list, by what they spent"
QUIET_MORE = "{shown} of {n}; the rest: regulars measure rfm. Names: add --names, which is recorded."

VOICE_TITLE = "What customers say"
VOICE_FINDING = "Customers' net promoter score of the last 12 months is {nps} ({low} to {high}), from {answers}."
VOICE_RESPONSE = "{invitations} went out, and {share} of them were answered."
VOICE_REBASED = (
    "Re-weighted to all customers of the last year, by what they spend and their type: {nps} ({low} to {high})."
)
VOICE_NOT_REBASED = "It cannot be re-weighted to all customers: {reason}"
VOICE_CAUTION = (
    "Those who did not answer may think otherwise, and polite people do not say all. So this is never the only "
    "evidence: read it beside what customers do."
)
VOICE_SCORES = "Would they recommend the company, by survey"
VOICE_ASKED = "Who was asked and who answered"
VOICE_SILENT = "{survey}: {sentence}"
BETWEEN = "{low} to {high}"
ANSWERS = Plural("{n} answer", "{n} answers")
INVITATIONS = Plural("{n} invitation", "{n} invitations")
NO_ANSWERS = "No customer was asked yet."

COVERAGE_TITLE = "What the data cannot tell"
COVERAGE_FINDING = "{share} of sales come from known customers; the rest of this page speaks of them only."
COVERAGE_FINDING_ALL = "Every order names its customer, so this page speaks of all of them."
COVERAGE_FINDING_ORDERS = "{n} of {total} orders name no customer; the rest of this page speaks of the others only."
COVERAGE_FINDING_NONE = "No order names its customer, so nothing can be said of customers."
COVERAGE_SHORT = "The log covers {length}. Forecasts and comparisons with the year before need about two years."
COVERAGE_FACTS = {
    "guest_orders": "{n} of {total} orders ({share}), worth {amount}, name no customer. Nothing here that speaks of "
    "customers counts them.",
    "missing_cost": "{n} of {total} orders ({share}), worth {amount}, have no known cost. Their profit is not known.",
    "one_order_customers": "{n} of {total} customers ({share}) have ordered once. Nothing tells yet if they return.",
    "refunds": "{n} of {total} documents ({share}) are refunds or cancellations, {amount} together.",
    "adjustments": "{n} of {total} documents are adjustments such as bad debt, {amount} together.",
    "negative_orders": "{n} of {total} orders are below zero, {amount} together. Check whether they are refunds.",
    "zero_orders": "{n} of {total} orders ({share}) have an amount of zero. They count as orders.",
    "no_channel": "{n} of {total} orders ({share}) do not say through which channel they came.",
    "no_touchpoint": "{n} of {total} orders ({share}) do not say at which touchpoint they were made.",
    "history_days": "From the first purchase to the last day it is {days}.",
}
COVERAGE_LABELS = {
    "guest_orders": "Guests",
    "missing_cost": "Costs",
    "zero_orders": "Orders of zero",
    "negative_orders": "Orders below zero",
    "refunds": "Refunds",
    "adjustments": "Adjustments",
    "no_touchpoint": "Touchpoints",
    "no_channel": "Channels",
    "one_order_customers": "Single orders",
    "history_days": "Length",
}
IMPORTS_TABLE = "What this was read from"

TERMS_TITLE = "Words and methods"
TERMS_FINDING = "How every number on this page is made, and who described the method."
WORDS = (
    ("Known customer", "Somebody whom an order names, by whatever id its source uses. Orders without one are guests'."),
    (
        "Sales",
        "Orders less refunds and adjustments, in the company's currency. Profit, where costs are known, is said.",
    ),
    ("Came back", "Ordered again on a later day. Several orders on one day are one visit."),
    (
        "Interval",
        "The numbers in brackets: were the same company seen again under the same conditions, 95 of 100 such "
        "intervals would hold the true value. A change is coloured only where its interval is clear of zero.",
    ),
    ("n", "How many customers, orders or gaps a number rests on. Under 30 it is marked: read it with care."),
    ("Not known", "The data do not tell, and the reason stands beside it. It never means zero."),
)
METHODS = "Methods, measure by measure"
METHOD_SOURCE = "Source: {source}"
