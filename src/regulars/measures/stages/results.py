"""The life cycle: at what stage every customer is, and how they move."""

from regulars.measures.estimates import estimate_columns
from regulars.measures.registry import Column, Measure, register
from regulars.measures.stages import expressions
from regulars.measures.stages.expressions import EVERY, SPAN
from regulars.measures.stages.moving import moves_between, stage_trends, times_in_stages
from regulars.measures.stages.statistics import stage_of_customers, stage_rows

WILSON = "Wilson (1927), Journal of the American Statistical Association 22(158)"
RULES = (
    "A customer is at the furthest stage whose rule holds; the rules are those that were published (decisions of the "
    "noun 'stage'), else the usual ones: knows (anyone known) - learns (never bought, a touch within 90 days) - "
    "considers (never bought; an offer, quote or visit within 90 days) - buys (first order or contract within 30 "
    "days) - uses (bought once, longer ago) - buys again (two order days) - recommends (bought; a referral or an "
    "answer of 9 or 10 to whether one would recommend within 365 days) - slipping (silent for 2 usual gaps and 60 "
    "days) - left (by contract, good-bye or silence). Touches that the company began do not count as touches here. "
    "Silence, usual gap and leaving as in the measure losses. "
)
STAGE = (
    Column("place", "int", "Place of the stage in the life cycle, from 1"),
    Column("stage", "string", "Key of the stage; null for those at no stage"),
    Column("name", "string", "Its name"),
)

STAGES = register(
    Measure(
        name="stages",
        question="At what stage of the life cycle are our customers?",
        grain="one row per stage, those without customers too",
        columns=(
            *STAGE,
            Column("rule", "string", "Its rule in words"),
            Column("customers", "int", "Customers at it on as_of"),
            *estimate_columns("share", "share", "customers / all known customers", counted="Customers"),
            Column("value", "money", "Their orders, refunds and adjustments in the last 365 days"),
            Column("value_share", "share", "value / that of all customers"),
            Column("median_days", "float", "Median time that they have been at it so far", "days"),
        ),
        formula=RULES + "Wilson's interval.",
        source=WILSON,
        expressions={"customers": expressions.customers, "rules": expressions.rules},
        statistics=stage_rows,
        order_by=("place",),
        newest="clients",
    )
)

CUSTOMER_STAGES = register(
    Measure(
        name="customer_stages",
        question="At what stage is each customer, and since when?",
        grain="one row per known customer",
        columns=(
            Column("client_key", "key", "The customer, by the log's random key"),
            *STAGE,
            Column("since_on", "date", "Since when the rule has held; null where that is not known"),
            Column("first_on", "date", "First order, or the beginning of the contract"),
            Column("last_on", "date", "Last order"),
            Column("last_touch_on", "date", "Last touch that the company did not begin"),
            Column("orders", "int", "Days with an order"),
            Column("value", "money", "Orders, refunds and adjustments in the last 365 days"),
            Column("usual_gap_days", "float", "The customer's usual time between orders; see losses", "days"),
            Column("leaves_on", "date", "When silence becomes leaving if nothing is ordered; null without an order"),
            Column("left_on", "date", "When the customer left; null for those who have not, or where not known"),
            Column("left_how", "string", "contract, departure or silence; null for those who have not left"),
        ),
        formula=RULES,
        source="Plain counts",
        expressions={"customers": expressions.customers, "rules": expressions.rules},
        statistics=stage_of_customers,
        order_by=("client_key",),
        newest="clients",
    )
)

STAGE_MOVES = register(
    Measure(
        name="stage_moves",
        question="How do customers move between the stages of the life cycle?",
        grain="one row per span of time, stage at its beginning and stage at its end that anyone was at",
        columns=(
            Column("from_on", "date", "The day on whose evening the span begins"),
            Column("to_on", "date", "The day on whose evening it ends"),
            Column("from_place", "int", "Place of the first stage; 0 for those not known before"),
            Column("from_stage", "string", "Stage on from_on; null for those not known before"),
            Column("from_name", "string", "Its name"),
            Column("to_place", "int", "Place of the second stage"),
            Column("to_stage", "string", "Stage on to_on"),
            Column("to_name", "string", "Its name"),
            Column("customers", "int", "Customers who did so"),
            *estimate_columns(
                "share", "share", "customers / all who were at from_stage", counted="Customers at from_stage"
            ),
        ),
        formula="The period is from the evening before its first day to its last day; a year where no first day "
        "is asked for. Each end is seen as the log stood then. " + RULES + "Wilson's interval.",
        source=WILSON,
        expressions={"customers": expressions.moved, "rules": expressions.rules},
        statistics=moves_between,
        order_by=("from_on", "from_place", "to_place"),
        newest="clients",
        choices=(EVERY,),
    )
)

STAGE_TREND = register(
    Measure(
        name="stage_trend",
        question="How have the stages of the life cycle grown and shrunk?",
        grain="one row per end of a month (or quarter) in the period and stage; the last one is as_of",
        columns=(
            Column("on_day", "date", "The day on whose evening customers are counted"),
            *STAGE,
            Column("customers", "int", "Customers at it then"),
            *estimate_columns("share", "share", "customers / all known customers then", counted="Customers"),
        ),
        formula="At most the last 24 ends; a year where no first day is asked for. Each is seen as the log stood then. "
        + RULES,
        source=WILSON,
        expressions={"customers": expressions.followed, "rules": expressions.rules},
        statistics=stage_trends,
        order_by=("on_day", "place"),
        newest="clients",
        choices=(SPAN,),
    )
)

STAGE_TIMES = register(
    Measure(
        name="stage_times",
        question="How long do customers stay at each stage, and where do they go from it?",
        grain="one row per stage that anyone was at in the period",
        columns=(
            *STAGE,
            Column("customers", "int", "Customers who were at it in the period"),
            Column("moved_on", "int", "Times that a customer went from it to another stage"),
            *estimate_columns(
                "median_days",
                "float",
                "Time after which half of them have gone to another stage",
                unit="days",
                counted="Stays",
                prefixed=True,
            ),
            *estimate_columns(
                "left_share",
                "share",
                "Share of those who moved on that went to the stage left",
                counted="Moves",
                prefixed=True,
            ),
            Column("next_stage", "string", "Where most of those who moved on went"),
            Column("next_share", "share", "Their share of those who moved on"),
        ),
        formula="Stages are looked at at the end of every month of the period (as in stage_trend); a stay begins and "
        "ends with the since_on of the stage, and one that falls between two ends of months is not seen. median_days: "
        "Kaplan and Meier's estimate over stays, those that began before the period counted from its beginning on "
        "(late entry), those that go on as not yet ended. " + RULES,
        source="Kaplan and Meier (1958); late entry: Tsai, Jewell and Wang (1987), Biometrika 74(4); " + WILSON,
        expressions={"customers": expressions.followed, "rules": expressions.rules},
        statistics=times_in_stages,
        order_by=("place",),
        newest="clients",
        choices=(SPAN,),
    )
)
