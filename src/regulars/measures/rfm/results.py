"""Recency, frequency and monetary value of every customer, and the segments they make."""

from regulars.measures.estimates import estimate_columns
from regulars.measures.registry import Column, Measure, register
from regulars.measures.rfm import expressions
from regulars.measures.rfm.statistics import segment_shares

_FIFTHS = (
    "Fifths are cut at the 20, 40, 60 and 80% quantiles (linear between neighbours) of the customers in the result, "
    "within each value of by; equal values share a fifth, so fifths need not be equally large. "
)
_SOURCE = "Hughes (1994), Strategic Database Marketing; quantiles: Hyndman and Fan (1996), type 7"

RFM = register(
    Measure(
        name="rfm",
        question="Who bought lately, who often, who much; and so who are our champions and who is drifting off?",
        grain="one row per known customer with an order in the period",
        columns=(
            Column("client_key", "key", "The customer, by the log's random key"),
            Column("first_on", "date", "Day of the first order in the period"),
            Column("last_on", "date", "Day of the last order in the period"),
            Column("recency_days", "int", "Days from the last order to as_of", "days"),
            Column("frequency", "int", "Orders in the period"),
            Column("monetary_value", "money", "Orders, refunds and adjustments in the period together"),
            Column("recency_fifth", "int", "5 for the most recent fifth, 1 for the least"),
            Column("frequency_fifth", "int", "5 for the most frequent fifth, 1 for the least"),
            Column("monetary_fifth", "int", "5 for the fifth that spent most, 1 for the one that spent least"),
            Column("rfm", "string", "The three fifths, e.g. 5-4-3"),
            Column("segment", "string", "Name of the segment"),
        ),
        formula=_FIFTHS + "Segments follow the usual grid of recency and frequency, monetary value deciding at its "
        "corners; whoever bought on as_of or the day before counts as recent, whatever the fifth.",
        source=_SOURCE,
        expressions={"result": expressions.rfm},
        order_by=("client_key",),
    )
)

SEGMENTS = register(
    Measure(
        name="segments",
        question="How many customers are champions, new, at risk or lost, what do they bring, and what to do?",
        grain="one row per segment that has a customer",
        columns=(
            Column("segment", "string", "Name of the segment"),
            Column("customers", "int", "Customers in the segment"),
            *estimate_columns(
                "share_of_customers",
                "share",
                "Share of all customers that are in the segment",
                counted="All customers",
                prefixed=True,
            ),
            Column("revenue", "money", "What the segment's customers spent in the period"),
            Column("share_of_revenue", "share", "Share of the customers' revenue; null where that is not positive"),
            Column("median_recency_days", "float", "Median of days since the last order", "days"),
            *estimate_columns(
                "average_value", "float", "Mean spend of a customer in the period", counted="Customers", prefixed=True
            ),
            Column("what_to_do", "string", "The usual next step with such customers"),
        ),
        formula=_FIFTHS + "Shares with Wilson's interval, averages with Student's.",
        source=f"{_SOURCE}; Wilson (1927); Student (1908)",
        expressions={"segments": expressions.segments},
        statistics=segment_shares,
        order_by=("segment",),
    )
)
