"""Journeys: what customers really go through, step by step, how long it takes, and where it ends."""

from regulars.measures.estimates import estimate_columns
from regulars.measures.journeys import expressions, statistics, touches
from regulars.measures.journeys.choosing import (
    ACTIVITY,
    BEFORE,
    COMPARE,
    DETAIL,
    OF_JOURNEYS,
    SIDE_A,
    SIDE_B,
    UNIT,
)
from regulars.measures.journeys.comparing import compared_rows, moves_of_a, moves_of_b
from regulars.measures.journeys.moves import journey_rows
from regulars.measures.journeys.touching import (
    customers_before,
    first_touch_rows,
    first_touches,
    last_touch_rows,
    last_touches,
    names_before,
)
from regulars.measures.losses.results import RULE
from regulars.measures.registry import Column, Measure, register

ORDER = "Touches of a journey follow one another by time; those of one instant as they stand in the file. "
WHOSE = (
    "A journey is all touches of one thread, or of one customer, up to the last day. Touches without a thread (or "
    "without a customer) or without the chosen name of a step are left out, and a note says how many. "
)
PERIOD = (
    "With a period, a move counts on the day of the touch it goes to, and the end on the day of the last touch, so "
    "journeys that cross its edge do not seem to begin or end there. "
)
ENDS = "A journey that is still under way ends, so far, with its last touch. "
SHARE = (
    "share = journeys / n, where n is all journeys with a touch in the period; interval: Wilson's, as if journeys were "
    "independent. "
)
TIMES = (
    "Times are from one touch to the next. The interval of a median lies between two of the times seen (binomial), "
    "taken a little too wide, never too narrow. "
)
WILSON = "Wilson (1927), Journal of the American Statistical Association 22(158)"
SOURCE = f"van der Aalst (2016), Process Mining, 2nd ed.; {WILSON}"
MEDIANS = "; medians: Conover (1999), Practical Nonparametric Statistics, section 3.2"
NEWCOMBE = (
    "; differences of shares: Newcombe (1998), Statistics in Medicine 17(8); of medians: Zou and Donner (2008), "
    "Statistics in Medicine 27(10); many comparisons: Holm (1979), Scandinavian Journal of Statistics 6(2)"
)


def _times(name: str, meaning: str, more: str) -> tuple[Column, ...]:
    """A median time with its interval, and the time that nine in ten keep within."""
    short = name.removeprefix("median_")
    return (
        *estimate_columns(name, "float", meaning, unit="seconds", counted=more, prefixed=True),
        Column(f"p90_{short}", "float", f"Nine in ten are at most this long: {meaning.lower()}", "seconds"),
        Column(f"mean_{short}", "float", f"Mean: {meaning.lower()}", "seconds"),
    )


def _share(meaning: str) -> tuple[Column, ...]:
    return estimate_columns("share", "share", meaning, unit="0-1", counted="Journeys")


_MOVE = (
    Column("from_step", "string", "The step before; (start) before the first one"),
    Column("to_step", "string", "The step after; (end) after the last one"),
)

JOURNEY = register(
    Measure(
        name="journey",
        question="Which step follows which, how often, and after how long?",
        grain="one row per step and the step that follows it directly",
        columns=(
            *_MOVE,
            Column("count", "int", "How often the one follows the other"),
            *estimate_columns(
                "next_share",
                "share",
                "Of all that comes next after from_step, the share of to_step",
                unit="0-1",
                counted="Touches of from_step",
                prefixed=True,
            ),
            Column("journeys", "int", "With details: journeys in which that happens at least once"),
            *_share("With details: share of journeys in which that happens"),
            Column("handovers", "int", "With details: how often it passes to another department, where both are known"),
            *_times("median_seconds", "Time from the one to the other", "Moves"),
        ),
        formula=WHOSE + ORDER + PERIOD + ENDS + SHARE + TIMES + "Rows stand with the most frequent move first.",
        source=SOURCE + MEDIANS,
        expressions={"moves": expressions.moves, "names": touches.names},
        statistics=journey_rows,
        newest="all",
        choices=(*OF_JOURNEYS, DETAIL),
    )
)
VARIANTS = register(
    Measure(
        name="variants",
        question="Which ways do journeys take from beginning to end, and how many take each?",
        grain="one row per variant: a sequence of steps",
        columns=(
            Column("rank", "int", "1 for the most frequent variant"),
            Column("variant", "string", "Its steps in order, joined by →"),
            Column("steps", "int", "How many steps it has"),
            Column("count", "int", "Journeys that took exactly these steps"),
            *_share("Share of journeys that took exactly these steps"),
            Column("cumulated_share", "share", "Share of this and all more frequent variants together", "0-1"),
            *_times("median_seconds", "Time from the first to the last touch", "Journeys"),
        ),
        formula=WHOSE
        + ORDER
        + ENDS
        + "With a period: journeys that began in it, as far as they have come by the last day. "
        + SHARE.replace("journeys / n", "count / n").replace("with a touch in the period", "counted")
        + "Variants of one count stand in the order of their letters. The setting limit shows so many of the most "
        "frequent ones; shares stay those of all journeys.",
        source=SOURCE + MEDIANS,
        expressions={"variants": expressions.variants, "names": touches.numbered_names},
        statistics=statistics.variant_rows,
        newest="all",
        choices=OF_JOURNEYS,
    )
)
JOURNEY_STEPS = register(
    Measure(
        name="journey_steps",
        question="At which steps do journeys begin, wait, go round in circles and end?",
        grain="one row per step",
        columns=(
            Column("step", "string", "The step"),
            Column("count", "int", "Touches of this step"),
            Column("journeys", "int", "Journeys with this step"),
            *_share("Share of journeys with this step"),
            Column("starts", "int", "Journeys that begin with it"),
            Column("ends", "int", "Journeys that end with it, so far"),
            Column("self_loops", "int", "Touches that directly follow one of the same step"),
            Column("repeats", "int", "Journeys in which the step comes again, at once or later"),
            *estimate_columns(
                "repeat_share",
                "share",
                "Share of journeys with this step in which it comes again",
                unit="0-1",
                counted="Journeys",
                prefixed=True,
            ),
            *_times("median_before_seconds", "Waiting from the touch before to this step", "Touches with one before"),
            *_times("median_after_seconds", "Time from this step to the next touch", "Touches with one after"),
        ),
        formula=WHOSE
        + ORDER
        + "With a period, touches in it count; a step comes again where it came before, within the period or earlier. "
        + ENDS
        + SHARE
        + TIMES,
        source=SOURCE + MEDIANS,
        expressions={
            "steps": expressions.steps,
            "visits": expressions.visits,
            "names": touches.names,
        },
        statistics=statistics.step_rows,
        newest="all",
        choices=OF_JOURNEYS,
    )
)
HANDOVERS = register(
    Measure(
        name="handovers",
        question="Who hands customers over to whom, and how long do they wait for it?",
        grain="one row per pair of departments (or employees, branches, channels) that hand over",
        columns=(
            Column("from_unit", "string", "Who dealt with the touch before"),
            Column("to_unit", "string", "Who dealt with the touch after"),
            Column("count", "int", "Hand-overs"),
            Column("journeys", "int", "Journeys with such a hand-over"),
            *_share("Share of journeys with such a hand-over"),
            Column("returned", "int", "Of these hand-overs, those followed directly by one the other way"),
            *_times("median_seconds", "Time from the touch before to the touch after", "Hand-overs"),
        ),
        formula=WHOSE
        + ORDER
        + "Touches without the chosen unit are passed over: a hand-over is from one known unit to the next known one, "
        "where the two differ. " + PERIOD + SHARE + TIMES,
        source=SOURCE + MEDIANS,
        expressions={"handovers": expressions.handovers, "units": expressions.units_known},
        statistics=statistics.handover_rows,
        newest="all",
        choices=(OF_JOURNEYS[0], UNIT, *OF_JOURNEYS[2:]),
    )
)


def _side(side: str, words: str) -> tuple[Column, ...]:
    return (
        Column(f"count_{side}", "int", f"How often the one follows the other, {words}"),
        Column(f"journeys_{side}", "int", f"Journeys in which that happens, {words}"),
        *estimate_columns(
            f"share_{side}",
            "share",
            f"Share of journeys in which that happens, {words}",
            unit="0-1",
            counted="Journeys",
            prefixed=True,
        ),
        *estimate_columns(
            f"median_seconds_{side}",
            "float",
            f"Time from the one to the other, {words}",
            unit="seconds",
            counted="Moves",
            prefixed=True,
        ),
    )


def _difference(name: str, unit: str, what: str) -> tuple[Column, ...]:
    return (
        Column(name, "share" if unit == "0-1" else "float", f"Difference of {what}: side b less side a", unit),
        Column(f"{name}_low", "share" if unit == "0-1" else "float", f"Lower end of the interval of {name}", unit),
        Column(f"{name}_high", "share" if unit == "0-1" else "float", f"Upper end of the interval of {name}", unit),
        Column(f"{name}_reason", "string", f"Why {name} or its interval is unknown; empty where it is known"),
    )


JOURNEY_COMPARED = register(
    Measure(
        name="journey_compared",
        question="How do journeys differ between two periods or two kinds of journeys?",
        grain="one row per step and the step that follows it directly, on either side",
        columns=(
            *_MOVE,
            *_side("a", "side a"),
            *_side("b", "side b"),
            *_difference("difference", "0-1", "the shares"),
            Column("p_value", "float", "Chance of a difference of shares this large if there were none"),
            Column("real_change", "boolean", "Whether the difference of shares is more than chance may bring"),
            *_difference("seconds_difference", "seconds", "the median times"),
            Column("real_seconds_change", "boolean", "Whether the interval of seconds_difference leaves out 0"),
        ),
        formula="Side b is the period, side a the equally long one before it; or side a and b are what meets the two "
        "conditions. Without a beginning the period is the last 365 days (setting period_days). Each side is the "
        "measure journey, seen up to its own last day. "
        + SHARE
        + "difference = share_b - share_a; its interval (Newcombe's, of shares that do not depend on each other) is "
        "wide enough for all rows together (Holm), and real_change is true where it leaves out 0. seconds_difference = "
        "median_seconds_b - median_seconds_a; its interval is put together from those of the two medians, 95% for "
        "each row alone.",
        source=SOURCE + MEDIANS + NEWCOMBE,
        expressions={"a": moves_of_a, "b": moves_of_b, "names": touches.names},
        statistics=compared_rows,
        newest="all",
        choices=(*OF_JOURNEYS, COMPARE, SIDE_A, SIDE_B),
    )
)
FIRST_TOUCHES = register(
    Measure(
        name="first_touches",
        question="With which touch do customers begin, and who of them buys?",
        grain="one row per step that was the first touch of a customer who had not bought before",
        columns=(
            Column("step", "string", "The first touch"),
            Column("customers", "int", "Customers who began with it"),
            *estimate_columns(
                "share", "share", "Share of customers who began with it", unit="0-1", counted="Customers"
            ),
            Column("bought", "int", "Of those with all the days to look at, customers who bought within them"),
            *estimate_columns(
                "bought_share",
                "share",
                "Share of them who bought within the days to look at",
                unit="0-1",
                counted="Customers whose days to look at are over",
                prefixed=True,
            ),
            *estimate_columns(
                "median_days",
                "float",
                "Days from the first touch to the first order, of those who bought within the days to look at",
                unit="days",
                counted="Customers who bought",
                prefixed=True,
            ),
        ),
        formula="The first touch of each customer in the log, by time; with a period, first touches in it. Customers "
        "whose first touch is an order are left out, and a note says how many: their way to it was not seen. "
        "bought_share counts customers who have been seen for all the days to look at (setting buy_days, 90).",
        source=WILSON + MEDIANS,
        expressions={"first": first_touches},
        statistics=first_touch_rows,
        newest="all",
        choices=(ACTIVITY,),
    )
)
LAST_TOUCHES = register(
    Measure(
        name="last_touches",
        question="Which touch came last before customers left, or before they bought?",
        grain="one row per step that was the last touch before the event",
        columns=(
            Column("step", "string", "The last touch before the event"),
            Column("count", "int", "Events that it came last before"),
            *estimate_columns(
                "share", "share", "Share of events that it came last before", unit="0-1", counted="Events"
            ),
            Column("touches", "int", "All touches of this step by customers, as far as what followed can be told"),
            *estimate_columns(
                "followed_share",
                "share",
                "Share of those touches that the event followed next",
                unit="0-1",
                counted="Touches",
                prefixed=True,
            ),
            *estimate_columns(
                "median_days",
                "float",
                "Days from the touch to the event; to leaving by silence: to the day when it became leaving",
                unit="days",
                counted="Events",
                prefixed=True,
            ),
        ),
        formula="Events: leaving, any order, or the first order. Touches that the company began are left out, except "
        "deliveries. For leaving, customers are those of the measure losses; touches count up to the day of leaving, "
        "and of who has not left those after which the silence could have become leaving by as_of (of contracts all). "
        "The period chooses touches. " + RULE + "It is what came before, not why.",
        source=WILSON + MEDIANS,
        expressions={"last": last_touches, "customers": customers_before, "names": names_before},
        statistics=last_touch_rows,
        newest="all",
        choices=(BEFORE, ACTIVITY),
    )
)
