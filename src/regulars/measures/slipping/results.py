"""Who is slipping away, and what is at stake."""

from regulars.measures.clv import expressions
from regulars.measures.clv.results import COHORT, COUNTED, INTERVALS, ORDERS_ON_ONE_DAY, SOURCE, VALUE, estimated
from regulars.measures.registry import Column, Measure, register
from regulars.measures.slipping.statistics import slipping_customers

SLIPPING = register(
    Measure(
        name="slipping",
        question="Which good customers have probably just stopped buying, and how much money is at stake?",
        grain="one row per customer who has come back at least once, is silent for longer than the mean of their "
        "own gaps, also with one typical gap of the company (the median of its customers' mean gaps) added to "
        "them, and is still a customer with a probability from 5% to 60%; most at stake first",
        columns=(
            Column("rank", "int", "1 for the customer with most at stake"),
            Column("client_key", "key", "The customer, by the log's random key"),
            Column("last_on", "date", "Day of the last order"),
            Column("repeat_orders", "int", "Order days after the first"),
            Column("recency_days", "int", "Days from the last order to as_of", "days"),
            Column("mean_gap_days", "float", "Mean of the customer's own gaps between order days", "days"),
            *estimated("p_alive", "share", "Probability of still being a customer"),
            *estimated("value_if_alive", "float", "Discounted value in the horizon if still a customer", "currency"),
            *estimated("at_stake", "float", "(1 - p_alive) x value_if_alive", "currency"),
            *COUNTED,
        ),
        formula="at_stake = (1 - p_alive) x value_if_alive: what the customer would bring if certainly still one, "
        "times the probability of having left. " + VALUE + INTERVALS + ORDERS_ON_ONE_DAY + COHORT,
        source=SOURCE,
        expressions={"customers": expressions.customer_histories, "totals": expressions.spend_totals},
        statistics=slipping_customers,
        order_by=("rank",),
    )
)
