"""Retention: of those who came in one month, how many still buy months later."""

from regulars.measures.estimates import estimate_columns
from regulars.measures.registry import Column, Measure, register
from regulars.measures.retention import expressions
from regulars.measures.retention.statistics import retention_shares

RETENTION = register(
    Measure(
        name="retention",
        question="Of the customers who first bought in a month, which share still buys one, two, ... months later?",
        grain="one row per cohort (month of first order) and month since, up to the last month that has ended by "
        "as_of; months in which nobody of the cohort bought are there with zero",
        columns=(
            Column("cohort_on", "date", "First day of the month of the cohort's first orders"),
            Column("month_number", "int", "Months since, 0 for the month of the first order itself"),
            Column("customers", "int", "Customers in the cohort"),
            Column("active", "int", "Of these, those with an order in the month"),
            *estimate_columns("retention_share", "share", "active / customers", counted="Customers"),
            Column("revenue", "money", "Orders, refunds and adjustments of the cohort in the month"),
        ),
        formula="Calendar months. The period chooses cohorts by their first order; they are followed up to "
        "as_of. A cohort whose own month has not ended is absent. Wilson's interval.",
        source="Wilson (1927), Journal of the American Statistical Association 22(158)",
        expressions={"months": expressions.months},
        statistics=retention_shares,
        order_by=("cohort_on", "month_number"),
    )
)
