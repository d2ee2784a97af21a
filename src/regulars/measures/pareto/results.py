"""Concentration: which few customers bring most of the money."""

from regulars.measures.estimates import estimate_columns
from regulars.measures.pareto import expressions
from regulars.measures.pareto.statistics import concentration, curve
from regulars.measures.registry import Column, Measure, register

_BASIS = (
    "value = profit where the cost of at least 90% of order value is known, else revenue (orders, refunds and "
    "adjustments), per known customer with a purchase in the period. "
)

PARETO = register(
    Measure(
        name="pareto",
        question="Which share of our customers brings 80% of the money?",
        grain="one row",
        columns=(
            Column("basis", "string", "profit or revenue: what is counted"),
            Column("basis_reason", "string", "Why it is revenue rather than profit; empty for profit"),
            Column("customers", "int", "Known customers with a purchase in the period"),
            Column("total", "money", "What they bring together"),
            Column("top_customers", "int", "The fewest customers that bring 80% of the total"),
            *estimate_columns("top_share", "share", "top_customers as share of customers", counted="Customers"),
            Column("top10_percent_share", "share", "Share of the total that the top 10% of customers bring"),
            Column("top20_percent_share", "share", "Share of the total that the top 20% of customers bring"),
            Column("gini", "float", "Concentration, 0 all equal to 1 one customer brings all", "0-1"),
            Column("negative_customers", "int", "Customers whose own total is below zero"),
            Column("negative_total", "money", "What those customers cost together, zero or below"),
        ),
        formula=_BASIS + "Customers are ranked by value; negative ones stay, last. top_share has the large-sample "
        "interval of its influence function 1(x>q)(1-x/q) + 0.8 x/q - top_share, q the value at the border. gini is "
        "the mean difference between customers over twice the mean absolute value, so that it stays between 0 and "
        "1 with negative totals and is the usual one without.",
        source="Pareto (1896); Raffinetti, Siletti and Vernizzi (2015), Statistical Methods & Applications 24(3); "
        "Hampel (1974), Journal of the American Statistical Association 69(346)",
        expressions={"values": expressions.values},
        statistics=concentration,
    )
)

PARETO_CURVE = register(
    Measure(
        name="pareto_curve",
        question="How does the money gather, from the best customer to the last?",
        grain="101 rows: the best 0%, 1%, ... 100% of customers; none where nobody bought or the total is not positive",
        columns=(
            Column("basis", "string", "profit or revenue: what is counted"),
            Column("customers_share", "share", "The best customers, as share of all"),
            Column("value_share", "share", "What they bring, as share of the total; above 1 before negative ones"),
            Column("n", "int", "Customers that the curve rests on"),
        ),
        formula=_BASIS + "value_share is linear between neighbouring customers.",
        source="Lorenz (1905), Publications of the American Statistical Association 9(70)",
        expressions={"values": expressions.values},
        statistics=curve,
        order_by=("customers_share",),
    )
)
