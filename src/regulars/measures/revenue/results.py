"""Orders and revenue over time."""

from regulars.measures.estimates import estimate_columns
from regulars.measures.registry import Column, Measure, register
from regulars.measures.revenue import expressions
from regulars.measures.revenue.statistics import revenue_by_period

REVENUE = register(
    Measure(
        name="revenue",
        question="How much do we sell, to how many customers, and how many of them are new?",
        grain="one row per calendar month (or quarter or year: setting period_months = 3 or 12), from the first "
        "to the last with a purchase; months without one are there with zeros",
        columns=(
            Column("period_on", "date", "First day of the period"),
            Column("complete", "boolean", "The period had ended by as_of"),
            Column("orders", "int", "Orders, those of zero amount included"),
            Column("refunds", "int", "Returns and cancellations"),
            Column("customers", "int", "Known customers with an order in the period"),
            Column("new_customers", "int", "Known customers whose first order ever was in the period"),
            Column("guest_orders", "int", "Orders that name no customer"),
            Column("revenue", "money", "Orders, refunds and adjustments together"),
            Column("orders_amount", "money", "Amount of orders alone"),
            Column("refunds_amount", "money", "Amount of refunds alone, negative"),
            Column("guest_revenue", "money", "The part of revenue that names no customer"),
            Column("cost", "money", "Known cost of the orders and refunds; null where none is known"),
            Column("profit", "money", "Revenue less cost; null where the cost of too many orders is unknown"),
            Column("profit_reason", "string", "Why profit is unknown"),
            *estimate_columns("average_order", "float", "Mean amount of an order", counted="Orders"),
        ),
        formula="revenue = amounts of orders + refunds + adjustments. profit = amounts less costs over documents of "
        "known cost, refunds and adjustments of unknown cost in full; shown where the cost of at least 90% of "
        "order value is known. average_order = orders_amount / orders, with Student's interval.",
        source="Student (1908), Biometrika 6(1)",
        expressions={
            "periods": expressions.periods,
            "customers": expressions.customers_by_period,
            "first_orders": expressions.first_orders,
        },
        statistics=revenue_by_period,
        order_by=("period_on",),
    )
)
