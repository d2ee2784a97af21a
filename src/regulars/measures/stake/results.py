"""Money at stake: how much less customers come back after a bad touch than after a good one, and what that is worth."""

from regulars.measures.registry import Choice, Column, ColumnType, Expression, Measure, register
from regulars.measures.stake import expressions
from regulars.measures.stake.statistics import balance_rows, stake_rows
from regulars.measures.touchpoints.columns import plain_interval

BAD = (
    "late: after the due moment and on a later day than the due day. long wait: longer than the touchpoint's promise "
    "on wait_seconds, else than its own 90th percentile. promise broken: any promise in force "
    "that is about the touch (wait, duration, late days, answered or settled within, checklist). low score: at least "
    "half of a questionnaire's answers to its leading question (recommendation, else satisfaction, else ratings, else "
    "effort) are bad, against other questionnaires. "
    "complaint: within 30 days of a thread's first touch there, in the thread or about it. "
)
HORIZON = (
    "Coming back: an order from the day after the touch on, within return_days (setting, 365; 180, 90 or 30 where the "
    "log is not twice as long); after a complaint from the 31st day on. Only touches with all these days ahead. "
)
BEFORE = (
    "Known before the touch, or before it was due where that was earlier: orders, days since the last one, spend, mean "
    "order, days from the first to the last; customer type, region, country, way of coming; time of year and trend; "
    "branch and channel of the touch; at most one column for every five customers of the smaller side; and the spend "
    "that all this makes expect after a good touch. "
)
ADJUSTED = (
    "A logistic regression on it gives each good touch the weight that makes good touches look like the bad ones; a "
    "regression of the good ones with these weights says what would go with a good touch for the bad ones (right if "
    "either regression is). Left out are touches whose odds are more than 20 times the average odds, or beyond those "
    "of all good ones: overlap_share. Nothing is said for fewer than 20 customers on a side, overlap_share below 0.5, "
    "or a covariate that stays more than 0.25 deviations apart. "
)
DRAWN = (
    "Intervals: percentiles of 1,000 draws of customers with all their touches, with a fixed seed; in each draw the "
    "weights move by one step. Shares alone: Wilson's, with customers as n; raw_difference: Newcombe's. "
)
MONEY = (
    "worth: net spend (orders, refunds, adjustments) in return_days after good touches, per time that somebody came "
    "back. at_stake: the adjusted difference of returns, each counted by what such a customer's return is worth "
    "(Poisson regression of spend on what was known before), times customers_a_year and overlap_share. spend_at_stake "
    "takes spend_difference instead: it also knows of customers who come back for less, and is less sure where few "
    "customers spend much. Both are sales, not profit. "
)
ASSOCIATION = (
    "It is association: customers who had a bad touch may differ in ways that nobody wrote down, so test it before "
    "much is spent on it. "
)
SOURCE = (
    "Robins, Sued, Lei-Gomez, Rotnitzky (2007), Statistical Science 22(4), regression with weights; Li, Morgan, "
    "Zaslavsky (2018), Journal of the American Statistical Association 113(521), overlap; Austin (2009), Statistics in "
    "Medicine 28(25), balance; Holm (1979), Scandinavian Journal of Statistics 6(2)"
)
VERDICTS = (
    "come back less or more: beyond chance for all rows together; perhaps less or more: for this row alone; no "
    "difference seen; not comparable; too few"
)
TOUCHES = Choice(
    "touches",
    "every touch, or only each customer's first of its kind at the touchpoint",
    ("every touch", "first touch"),
    "every touch",
)
READ: dict[str, Expression] = {
    "touches": expressions.touches,
    "profiles": expressions.profiles,
    "happened": expressions.happened,
    "span": expressions.span,
}


def _bounded(name: str, type_: ColumnType, meaning: str, unit: str = "") -> tuple[Column, ...]:
    return (
        Column(name, type_, meaning, unit),
        Column(f"{name}_low", type_, f"Lower end of the 95% interval of {name}", unit),
        Column(f"{name}_high", type_, f"Upper end of the 95% interval of {name}", unit),
    )


STAKE = register(
    Measure(
        name="stake",
        question="How much less often, and for how much less, do customers come back after a bad touch?",
        grain="one row per touchpoint and what went badly there",
        columns=(
            Column("rank", "int", "1 for most money at stake, of those that come back less beyond chance first"),
            Column("touchpoint", "string", "The touchpoint"),
            Column("bad", "string", "late, long wait, promise broken, low score or complaint"),
            Column("verdict", "string", VERDICTS),
            Column("threshold", "float", "A wait longer than this is long; null elsewhere", "seconds"),
            Column("return_days", "int", "Days that count as coming back", "days"),
            Column("touches_bad", "int", "Bad touches with all these days ahead"),
            Column("touches_good", "int", "Good touches with all these days ahead"),
            Column("customers_bad", "int", "Customers of the bad touches"),
            Column("customers_good", "int", "Customers of the good touches; some had both"),
            Column("unknown", "int", "Touches that are left out, because nobody knows how they went"),
            Column("too_recent", "int", "Touches that are left out, because their days are not over"),
            *_bounded("return_bad", "share", "Share of bad touches after which the customer came back"),
            *_bounded("return_good", "share", "Share of good touches after which the customer came back"),
            *_bounded("raw_difference", "float", "return_bad - return_good, not compared like with like", "-1 to 1"),
            *plain_interval("adjusted_difference", "float", "The same, like compared with like", "-1 to 1"),
            Column("n", "int", "Customers that it rests on: the fewer of those with a bad and those with a good touch"),
            Column("small_sample", "boolean", "Fewer than 30 of them: read the row with care"),
            Column("real_difference", "boolean", "adjusted_difference is beyond chance for all rows together (Holm)"),
            *plain_interval(
                "spend_difference", "money", "Net spend after a bad touch less that after a good one, adjusted"
            ),
            Column("worth", "money", "Net spend of one who comes back after a good touch, weighted like the bad ones"),
            Column("bad_touches_a_year", "int", "Bad touches in the last 365 days of the period"),
            Column("customers_a_year", "int", "Customers they happened to"),
            *plain_interval(
                "at_stake", "money", "Sales that go with a year's bad touches: less often, times its worth"
            ),
            *plain_interval(
                "spend_at_stake", "money", "The same from spend_difference: also of those who come for less"
            ),
            Column("overlap_share", "share", "Share of bad touches for which there are comparable good ones"),
            Column("balance_before", "float", "Largest standardised difference of what was known before", "deviations"),
            Column("balance_after", "float", "The same after weighting; up to 0.1 is well balanced", "deviations"),
            Column("worst_covariate", "string", "What balance_after is about"),
            Column("good_effective", "float", "Good touches that the weighted ones are worth"),
        ),
        formula=BAD + HORIZON + BEFORE + ADJUSTED + DRAWN + MONEY + ASSOCIATION.strip(),
        source=SOURCE,
        expressions=READ,
        statistics=stake_rows,
        order_by=("rank",),
        choices=(TOUCHES,),
    )
)

STAKE_BALANCE = register(
    Measure(
        name="stake_balance",
        question="Are bad and good touches comparable in what was known of their customers before?",
        grain="one row per touchpoint, what went badly there and what was known before",
        columns=(
            Column("touchpoint", "string", "The touchpoint"),
            Column("bad", "string", "late, long wait, promise broken, low score or complaint"),
            Column("place", "int", "Order in which it is taken into account"),
            Column("covariate", "string", "What was known before"),
            Column("level", "string", "Its value, where it is a word"),
            Column("used", "boolean", "Taken into account; false where there are too few customers for so much"),
            Column("mean_bad", "float", "Mean of comparable bad touches, or their share with this level"),
            Column("mean_good", "float", "Mean of good touches before weighting, or their share"),
            Column("mean_good_weighted", "float", "The same after weighting"),
            Column("difference_before", "float", "Standardised difference of all touches before", "deviations"),
            Column("difference_after", "float", "Standardised difference of comparable touches after", "deviations"),
            Column("balanced", "boolean", "difference_after is within 0.1 either way"),
        ),
        formula=HORIZON
        + BEFORE
        + ADJUSTED
        + "Standardised: divided by the deviation, the two sides' variances averaged.",
        source=SOURCE,
        expressions=READ,
        statistics=balance_rows,
        order_by=("touchpoint", "bad", "place"),
        choices=(TOUCHES,),
    )
)
