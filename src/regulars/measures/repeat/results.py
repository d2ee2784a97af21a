"""Who comes back."""

from regulars.measures.estimates import estimate_columns
from regulars.measures.registry import Column, Measure, register
from regulars.measures.repeat import expressions
from regulars.measures.repeat.statistics import repeat_shares

REPEAT = register(
    Measure(
        name="repeat",
        question="Which share of customers comes back for a second purchase, and how soon?",
        grain="one row for ever (window_days null) and one for each of 30, 90, 180, 365 days after the first order",
        columns=(
            Column("window_days", "int", "Days after the first order in which to come back; null: any time", "days"),
            Column("customers", "int", "Customers whose first order lies in the period and at least window_days back"),
            Column("repeat_customers", "int", "Of these, those who ordered again, on a later day, in the window"),
            *estimate_columns("repeat_share", "share", "repeat_customers / customers", counted="Customers"),
        ),
        formula="Orders on one day are one visit: only an order on a later day is a repeat. A window counts only "
        "customers seen for all of it, so young ones do not lower it; the row without a window counts all, "
        "so young ones do. Wilson's interval.",
        source="Wilson (1927), Journal of the American Statistical Association 22(158)",
        expressions={"repeats": expressions.repeats},
        statistics=repeat_shares,
        order_by=("window_days",),
    )
)
