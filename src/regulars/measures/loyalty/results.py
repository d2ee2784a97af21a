"""Kept or loyal: who stays because they must, and who because they wish to."""

from regulars.measures.estimates import estimate_columns
from regulars.measures.loyalty import expressions
from regulars.measures.loyalty.expressions import HEARD_DAYS, UNTOLD
from regulars.measures.loyalty.statistics import kept_or_loyal
from regulars.measures.loyalty.terms import SWITCHING_SHARE
from regulars.measures.loyalty.whom import customer_loyalty
from regulars.measures.registry import Column, Measure, register

STANDINGS = (
    "locked in (something known keeps them), loyal (free to go and satisfied), indifferent (free to go and not "
    "satisfied), unknown, all"
)
LOCKED = (
    "Locked in: a contract that runs beyond as_of ('contract until'), no other supplier ('no alternative'), or a high "
    "cost of switching ('switching cost': high, or an amount of at least switching_share of the customer's yearly "
    f"spend, {SWITCHING_SHARE:.0%} unless set), as told by facts on the card, by answers to questions of these names "
    "(no-alternative, ...), or by attributes of customer files; of several the newest counts. What was said "
    "after as_of does not count; an attribute that a file stated only later holds before, too. Free to go: something "
    "of this is told, and nothing of it locks in. Of whom nothing is told, the choice untold=free counts as free to "
    "go; else they are unknown. "
)
SATISFIED = (
    "Satisfied: the newest recommendation (nps) of the last heard_days up to the last day of the period "
    f"({HEARD_DAYS} unless set) is 9 or 10; without one, the newest satisfaction (csat) is at least three quarters up "
    "its scale. "
)
RETURNED = (
    "Customers with an order in the period (the 365 days up to its last day unless from is asked for) on a later day "
    "than their first. revenue: their orders, refunds and adjustments in the 365 days up to the last day. "
)
COULD_TAKE = (
    "could_take: the revenue of customers who are locked in or free, and not satisfied; its interval is a bootstrap "
    "over customers (1,000 samples; the normal curve where there are very many). What the unknown would do is not "
    "guessed."
)
SOURCE = (
    "Dick and Basu (1994), Journal of the Academy of Marketing Science 22(2); Wilson (1927), Journal of the American "
    "Statistical Association 22(158); Efron (1979), Annals of Statistics 7(1)"
)
READ = {
    "returned": expressions.returned,
    "facts": expressions.told_facts,
    "answers": expressions.told_answers,
    "attributes": expressions.told_attributes,
    "feelings": expressions.feelings,
}

KEPT_OR_LOYAL = register(
    Measure(
        name="kept_or_loyal",
        question="Of the customers who came back, who had to, who wished to, and what could a decent newcomer take?",
        grain="one row a standing, and one for all: locked in, loyal, indifferent, unknown, all",
        columns=(
            Column("place", "int", "1 to 5, the order in which standings are told"),
            Column("standing", "string", STANDINGS),
            Column("customers", "int", "Customers who came back in the period and stand so"),
            *estimate_columns("share", "share", "customers / all who came back", counted="Customers who came back"),
            *estimate_columns(
                "known_share",
                "share",
                "customers / those who are locked in, loyal or indifferent",
                counted="Customers whose standing is known",
                prefixed=True,
            ),
            Column("satisfied", "int", "Of these customers, those who said that they are satisfied"),
            Column("not_satisfied", "int", "Of these customers, those who answered and are not"),
            Column("unheard", "int", "Of these customers, those who have not answered"),
            Column("untold", "int", "Of these customers, those of whom no terms are told"),
            Column("by_contract", "int", "Of these customers, those whose contract still runs"),
            Column("by_no_alternative", "int", "Of these customers, those who have no other supplier"),
            Column("by_switching_cost", "int", "Of these customers, those for whom leaving is dear"),
            Column("revenue", "money", "What these customers spent in the 365 days up to the last day"),
            *estimate_columns(
                "could_take",
                "float",
                "Part of this revenue that a decent newcomer could take",
                unit="currency",
                counted="Customers of known standing and feeling",
                prefixed=True,
            ),
        ),
        formula=RETURNED + LOCKED + SATISFIED + COULD_TAKE,
        source=SOURCE,
        expressions=READ,
        statistics=kept_or_loyal,
        order_by=("place",),
        choices=(UNTOLD,),
    )
)

CUSTOMER_LOYALTY = register(
    Measure(
        name="customer_loyalty",
        question="Which customers stay only because they must, and which would leave for a decent newcomer?",
        grain="one row a customer who came back in the period, the ones a newcomer could take first, by revenue",
        columns=(
            Column("rank", "int", "1 for the customer with most to lose"),
            Column("client_key", "key", "The customer, by the log's random key"),
            Column("standing", "string", "locked in, loyal, indifferent or unknown"),
            Column("locked_by", "string", "What keeps the customer: contract, no alternative, switching cost"),
            Column("contract_until", "date", "Last day of the contract, past or to come, where it is told"),
            Column("satisfied", "boolean", "Whether the newest answer says so; empty where there is none"),
            Column("heard_on", "date", "Day of that answer"),
            Column("open_to_others", "boolean", "Locked in or indifferent, and not satisfied; empty where unknown"),
            Column("revenue", "money", "What the customer spent in the 365 days up to the last day"),
        ),
        formula=RETURNED + LOCKED + SATISFIED,
        source=SOURCE,
        expressions=READ,
        statistics=customer_loyalty,
        order_by=("rank",),
        choices=(UNTOLD,),
    )
)
