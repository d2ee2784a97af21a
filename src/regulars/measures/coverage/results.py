"""Coverage: what the log cannot tell, said beside every conclusion."""

from regulars.measures.coverage import expressions
from regulars.measures.coverage.statistics import coverage_checks
from regulars.measures.registry import Column, Measure, register

COVERAGE = register(
    Measure(
        name="coverage",
        question="What can our data not tell us?",
        grain="one row per check: guest_orders, missing_cost, zero_orders, negative_orders, refunds, adjustments, "
        "no_touchpoint, no_channel, one_order_customers, history_days, days_since_newest; and under_contract where the "
        "list of customers tells of running contracts",
        columns=(
            Column("name", "string", "Name of the check"),
            Column("n", "int", "What the check found: documents, customers or days"),
            Column("total", "int", "Out of how many; null for days"),
            Column("share", "share", "n / total; null for days or where total is 0"),
            Column("amount", "money", "Money in what was found; null for customers and days"),
            Column("amount_share", "share", "Its share of order value; null where that says nothing"),
            Column("sentence", "string", "The same in a plain sentence"),
        ),
        formula="Counts over orders, refunds and adjustments of the period, guests included. under_contract: customers "
        "whose contract runs at the end of the period and who did not order in it; they are active customers. "
        "one_order_customers leaves out those whose contract runs.",
        source="",
        expressions={
            "documents": expressions.documents,
            "customers": expressions.order_counts,
            "contracts": expressions.contract_customers,
        },
        statistics=coverage_checks,
        newest="clients",
        order_by=("name",),
    )
)
