"""Days between purchases."""

from regulars.measures.estimates import estimate_columns
from regulars.measures.gaps import expressions
from regulars.measures.gaps.statistics import gap_quantiles
from regulars.measures.registry import Column, Measure, register

GAPS = register(
    Measure(
        name="gaps",
        question="How many days pass between a customer's purchases?",
        grain="one row for all gaps (gap_number null) and one for each place: 1 first to second order day, ... "
        "6 sixth to seventh and all later ones",
        columns=(
            Column("gap_number", "int", "Place of the gap; null: all; 6: the sixth and later"),
            *estimate_columns("median_days", "float", "Median gap", unit="days", counted="Gaps"),
            Column("mean_days", "float", "Mean gap", "days"),
            Column("p25_days", "float", "A quarter of gaps are at most this long", "days"),
            Column("p75_days", "float", "Three quarters of gaps are at most this long", "days"),
            Column("p90_days", "float", "Nine in ten gaps are at most this long", "days"),
        ),
        formula="Days between a customer's consecutive order days; gaps that end in the period. Only gaps that have "
        "ended are seen, so customers who are still away make the true gaps longer than these. The median's "
        "interval is between order statistics (binomial), as if gaps were independent.",
        source="Conover (1999), Practical Nonparametric Statistics, section 3.2; quantiles: Hyndman and Fan (1996), "
        "type 7",
        expressions={"gaps": expressions.gaps},
        statistics=gap_quantiles,
        order_by=("gap_number",),
    )
)
