"""Losses counted: who left, when, after what, worth how much."""

from regulars.measures.estimates import estimate_columns
from regulars.measures.losses import expressions
from regulars.measures.losses.expressions import SEEN, TOUCH
from regulars.measures.losses.statistics import last_touches, lost_customers, monthly_losses
from regulars.measures.registry import Column, Measure, register
from regulars.measures.survival.results import LEAVING

RULE = (
    "A customer is lost who has ordered or has had a contract, and has left as of as_of. The day of leaving: of a "
    "contract its left_on, of a good-bye (kind departure) its day, else the day when silence became leaving. "
    + LEAVING.partition("silence: time from the first order to ")[2]
)
WORTH = "Worth: orders, refunds and adjustments in the 365 days up to the last order. "

LOSSES = register(
    Measure(
        name="losses",
        question="How many customers did we lose, month by month, and what had they been worth?",
        grain="one row per month with a customer in it; one of those whose day of leaving is not known (month_on null)",
        columns=(
            Column("month_on", "date", "First day of the month; null: left on a day that is not known"),
            Column("complete", "boolean", "Whether the month has ended by as_of"),
            Column("customers", "int", "Customers at the beginning of the month, and those who came in it"),
            Column("lost", "int", "Of these, those who left in the month"),
            *estimate_columns("lost_share", "share", "lost / customers", counted="Customers"),
            Column("value", "money", "What the lost had been worth in the year up to their last order"),
            Column("value_share", "share", "value / what all lost customers had been worth"),
            Column("said_so", "int", "Lost customers who said good-bye or ended a contract"),
            Column("silent", "int", "Lost customers who fell silent"),
            Column("median_days_known", "float", "Median time from first order to leaving", "days"),
            Column("last_kind", "string", "Most frequent kind of the last touch of the lost"),
            Column("last_touchpoint", "string", "Most frequent touchpoint of it"),
        ),
        formula=RULE + WORTH + "The period chooses months by the day of leaving. Wilson's interval.",
        source="Wilson (1927), Journal of the American Statistical Association 22(158)",
        expressions={"customers": expressions.customers},
        statistics=monthly_losses,
        newest="clients",
        order_by=("month_on",),
    )
)

LOST_CUSTOMERS = register(
    Measure(
        name="lost_customers",
        question="Who left, when, after what last touch, and what had they been worth?",
        grain="one row per lost customer, the most valuable first",
        columns=(
            Column("rank", "int", "1 for the most valuable"),
            Column("client_key", "key", "The customer, by the log's random key"),
            Column("left_on", "date", "When they left; null where only known that they did"),
            Column("left_how", "string", "contract, departure or silence"),
            Column("first_on", "date", "First order, or the beginning of the contract"),
            Column("last_on", "date", "Last order"),
            Column("orders", "int", "Days with an order"),
            Column("value", "money", "Orders, refunds and adjustments in the year up to the last order"),
            Column("last_touch_on", "date", "The last touch up to leaving"),
            Column("last_kind", "string", "Its kind"),
            Column("last_touchpoint", "string", "Its touchpoint"),
            Column("last_employee", "string", "Its employee"),
            Column("last_outcome", "string", "Its outcome"),
        ),
        formula=RULE + WORTH + "The period chooses by the day of leaving. Of touches at one instant the "
        "one with the greatest number is the last.",
        source="Plain counts",
        expressions={"customers": expressions.customers},
        statistics=lost_customers,
        newest="clients",
        order_by=("rank",),
    )
)

LOSS_TOUCHES = register(
    Measure(
        name="loss_touches",
        question="After what did customers leave, compared with those who stayed?",
        grain="one row per kind of touch (or touchpoint, ...) that anyone had; the largest difference first",
        columns=(
            Column("rank", "int", "1 for the largest difference"),
            Column("touch", "string", "Kind of touch, or what the choice touch names"),
            Column("lost_with", "int", "Lost customers who had it"),
            *estimate_columns(
                "lost_share", "share", "lost_with / all lost customers", counted="Lost customers", prefixed=True
            ),
            Column("stayed_with", "int", "Customers who stayed and had it"),
            *estimate_columns(
                "stayed_share", "share", "stayed_with / all who stayed", counted="Customers who stayed", prefixed=True
            ),
            Column("difference", "share", "lost_share - stayed_share"),
            Column("difference_low", "share", "Lower end of the 95% interval of difference"),
            Column("difference_high", "share", "Upper end of the 95% interval of difference"),
            Column("difference_reason", "string", "Why difference is unknown; empty where it is known"),
            Column("p_value", "float", "Chance of so large a difference if the touch had nothing to do with leaving"),
            Column("real_difference", "boolean", "Whether p_value passes Holm's correction for all rows together"),
        ),
        formula="Lost customers by the rule of losses; those who stayed bought and have not left; of both, those whose "
        "last order (for those without, the end of the contract) is at least 30 days old (setting around_days). A "
        "touch counts within 30 days before and after the last order that is that old. Difference: Newcombe's "
        "interval; Fisher's exact test, or chi-squared where all expected counts are at least 5; Holm's correction. "
        "It says what went before leaving, not what caused it. " + RULE,
        source="Newcombe (1998), Statistics in Medicine 17(8); Holm (1979), Scandinavian Journal of Statistics 6(2)",
        expressions={
            "customers": expressions.customers,
            "touches": expressions.touches_around,
        },
        statistics=last_touches,
        newest="clients",
        order_by=("rank",),
        choices=(TOUCH, SEEN),
    )
)
