"""Response: who answered, who kept silent, and what that means for the scores."""

from regulars.measures.estimates import estimate_columns
from regulars.measures.registry import Column, Measure, register
from regulars.measures.response import expressions
from regulars.measures.response.statistics import nonresponse_rows, response_rows

RESPONSE = register(
    Measure(
        name="response",
        question="How many of those we asked answered, and how much of our sales do they stand for?",
        grain="one row per survey with an invitation or an answer",
        columns=(
            Column("survey", "string", "Key of the survey; empty for invitations that name none"),
            Column("invited", "int", "Invitations sent in the period"),
            Column("reminded", "int", "Reminders sent in the period"),
            Column("answered", "int", "Invitations that were answered, also after the period"),
            *estimate_columns("response_share", "share", "answered / invited", unit="0-1", counted="Invitations"),
            Column("fresh", "int", "Invitations less than 14 days old, which may still be answered"),
            Column("open_answers", "int", "Questionnaires that answer no invitation: open links, QR codes, paper"),
            Column("people_answered", "int", "Known people who answered"),
            Column("value_share", "share", "Share of all sales of the last 365 days that is theirs", "0-1"),
            Column("value_share_reason", "string", "Why value_share is unknown; empty where it is known"),
            Column("invited_value_share", "share", "The same of everybody who was invited", "0-1"),
            Column("invited_value_share_reason", "string", "Why it is unknown; empty where it is known"),
        ),
        formula="An invitation is answered where a questionnaire of its survey came from the same client about the "
        "same order or case. Sales are orders, refunds and adjustments of the 365 days up to the last day, guests "
        "included; what is sold to whom cannot be known for answers without a client. Likely repeats are left out. "
        "Wilson's interval.",
        source="Wilson (1927), Journal of the American Statistical Association 22(158)",
        expressions={
            "asked": expressions.answered_shares,
            "open": expressions.open_answers,
            "covered": expressions.sales_covered,
            "sales": expressions.all_sales,
        },
        statistics=response_rows,
        order_by=("survey",),
        newest="all",
    )
)
NONRESPONSE = register(
    Measure(
        name="nonresponse",
        question="How do those who kept silent differ from those who answered?",
        grain="one row per survey and thing compared: spend, orders, recency_days, each customer type, each segment",
        columns=(
            Column("survey", "string", "Key of the survey"),
            Column("population", "string", "invited; customers of the last year where no invitation is recorded"),
            Column("what", "string", "What is compared"),
            Column("unit", "string", "currency, orders, days or share"),
            Column("answered_mean", "float", "Mean, or share, of those who answered"),
            Column("silent_mean", "float", "Mean, or share, of those who kept silent"),
            *estimate_columns("difference", "float", "silent_mean - answered_mean", counted="People"),
            Column("answered_n", "int", "Of them, people who answered"),
            Column("silent_n", "int", "Of them, people who kept silent"),
            Column("real_difference", "boolean", "Whether the interval leaves out 0"),
            Column("sentence", "string", "The same in a plain sentence"),
        ),
        formula="Customers who were invited in the period at least 14 days ago, by whether they answered their newest "
        "invitation: who is asked more often answers once more easily. Spend and "
        "orders are those of the 365 days up to the last day, 0 where there were none; segments are those of the "
        "measure segments over that year. Intervals of means are Welch's, of shares adjusted with one answer added to "
        "either side; they are wide enough for all comparisons of a survey together (Holm). A difference between the "
        "two is no measure of what the silent think.",
        source="Welch (1947), Biometrika 34; Agresti and Caffo (2000), The American Statistician 54(4); Holm (1979), "
        "Scandinavian Journal of Statistics 6(2)",
        expressions={"compared": expressions.people_compared, "counted": expressions.people_counted},
        statistics=nonresponse_rows,
        order_by=("survey", "what"),
        newest="all",
    )
)
