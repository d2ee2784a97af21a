"""Touchpoints: traffic, waiting, promises, scores, consistency, first impressions and who spoke first."""

from regulars.measures.registry import Measure, register
from regulars.measures.scores import asking
from regulars.measures.touchpoints import (
    announced,
    columns,
    consistency,
    expressions,
    impressions,
    promises,
    trend,
    units,
)
from regulars.measures.touchpoints.statistics import touchpoint_rows

WILSON = "Wilson (1927), Journal of the American Statistical Association 22(158)"
AGRESTI = "Agresti, Caffo (2000), The American Statistician 54(4)"
HOLM = "Holm (1979), Scandinavian Journal of Statistics 6(2)"
CONOVER = "median: Conover (1999), Practical Nonparametric Statistics"
TRAFFIC = (
    "Touches are all interactions that name the touchpoint, but answers to surveys and invitations to them; guests "
    "count as touches and not as customers. "
)
JUDGED = (
    "Every touch is judged by the newest version of each promise in force, also where it happened before. late_days "
    "counts local days after the due day. answer_seconds runs from a client's touch to the company's next one in the "
    "same thread, resolved_seconds to the next one there whose outcome says resolved, solved, closed, done, finished "
    "or settled; a client who asks again before the answer is counted once. What is not answered yet is broken once "
    "its time is up, and judged by nobody before. "
)
GARWOOD = "complaints: Garwood (1936), Biometrika 28(3/4)"
COMPLAINED = "A complaint is counted where its customer was touched last before it, at most 30 days earlier. "

_COMMON = {"register": expressions.registered, "promises": expressions.promises_in_force}

TOUCHPOINTS = register(
    Measure(
        name="touchpoints",
        question="What does each touchpoint do: traffic, waiting, promises kept, scores, complaints, cost?",
        grain="one row per touchpoint with a touch in the period, and per registered one without any",
        columns=columns.TOUCHPOINT_COLUMNS,
        formula=TRAFFIC
        + JUDGED
        + COMPLAINED
        + "The score is the mean over customers of the mean of their answers. A customer's first touch is the first of "
        "all, whatever the condition. Intervals: Wilson's for shares, Student's for means, order statistics for "
        "medians, Garwood's for complaints.",
        source=f"{WILSON}; {CONOVER}; {GARWOOD}; net scores: Rocks (2016), The American Statistician 70(4)",
        expressions={
            "tallies": expressions.tallies,
            "waits": expressions.waits,
            "kept": expressions.kept,
            "nps": expressions.patterns(asking.NPS),
            "csat": expressions.patterns(asking.CSAT),
            "scores": expressions.scores,
            "complaints": expressions.complaints,
            "first_touches": expressions.first_touches,
            **_COMMON,
        },
        statistics=touchpoint_rows,
        order_by=("touchpoint",),
        newest="all",
    )
)

PROMISES = register(
    Measure(
        name="promises",
        question="Which promises are kept, how often, and is that better or worse than before?",
        grain="one row per promise in force",
        columns=columns.PROMISE_COLUMNS,
        formula="kept_share = kept / n. "
        + JUDGED
        + "change compares with the equally long period right before; p_value is for this promise alone, real_change "
        "is judged for all rows together by Holm's rule. Touches are taken as independent.",
        source=f"{WILSON}; change: {AGRESTI}; {HOLM}; {CONOVER}",
        expressions={
            "tallies": promises.tallies,
            "values": promises.values,
            "named": promises.named_promises,
            **_COMMON,
        },
        statistics=promises.promise_rows,
        order_by=("touchpoint", "promise"),
        newest="all",
    )
)

TOUCHPOINT_TREND = register(
    Measure(
        name="touchpoint_trend",
        question="How do traffic, waits, promises, scores, complaints and cost of each touchpoint change?",
        grain="one row per touchpoint and period with a touch or a complaint",
        columns=columns.TREND_COLUMNS,
        formula="Months; the setting period_months takes 3 for quarters and 12 for years. "
        + TRAFFIC
        + JUDGED
        + COMPLAINED
        + "Each complaint belongs to the period in which it was made.",
        source=f"{WILSON}; {CONOVER}; {GARWOOD}",
        expressions={
            "tallies": trend.tallies,
            "waits": trend.waits,
            "kept": trend.kept,
            "scores": trend.scores,
            "complaints": trend.complaints,
            **_COMMON,
        },
        statistics=trend.trend_rows,
        order_by=("touchpoint", "period_on"),
        newest="all",
    )
)

FIRST_IMPRESSIONS = register(
    Measure(
        name="first_impressions",
        question="Where do customers meet us first, and who of them buys and comes back?",
        grain="one row per touchpoint that was the first of a customer who came in the period",
        columns=columns.FIRST_COLUMNS,
        formula="The first touch is the first of all that names a touchpoint, whatever the condition. bought_share is "
        "of customers seen for return_days (365) after it, returned_share of buyers seen for so many days after their "
        "first order; a second order on the same day is no return. difference is an association: customers who "
        "come by another way may differ in more than that.",
        source=f"{WILSON}; difference: {AGRESTI}; {HOLM}",
        expressions={"counts": impressions.first_impressions, "register": expressions.registered},
        statistics=impressions.impression_rows,
        order_by=("touchpoint",),
    )
)

CONSISTENCY = register(
    Measure(
        name="consistency",
        question="Does a touchpoint feel the same whoever serves, wherever and whenever, and where to begin if not?",
        grain="one row per touchpoint, kind of unit (employee, branch, hour, branch and hour) and figure",
        columns=columns.CONSISTENCY_COLUMNS,
        formula="Every customer counts once in each unit, by the mean of their touches there; a unit is compared from "
        "10 customers on. One-way random effects: the variance inside units is pooled, the one between them is found "
        "by the method of moments (Paule, Mandel), its interval by the Q-profile, the chance of equal units by the F "
        "test. told_apart is judged for all rows together by Holm's rule. best and worst are drawn to the mean of all "
        "by as much as they may be chance. Waits are compared by the logarithm of one second more, so their figure is "
        "a geometric mean and sd_between that mean's share; hours are the company's local ones in which the customer "
        "came, and scores are not compared by hour. return_slope is a straight line through customers' first touches "
        "with the figure: an order on a later day within return_days (365). returns_a_year is that slope times what "
        "is missing to the best unit, its interval that of the slope alone. Both are associations: test what would "
        "change them. " + JUDGED.strip(),
        source="Paule, Mandel (1982), Journal of Research of the National Bureau of Standards 87(5); Viechtbauer "
        f"(2007), Statistics in Medicine 26(1); Higgins, Thompson (2002), Statistics in Medicine 21(11); {HOLM}",
        expressions={
            "units": units.units,
            "returns": units.returns,
            "register": expressions.registered,
        },
        statistics=consistency.consistency_rows,
        order_by=("touchpoint", "figure", "unit_of"),
        newest="all",
    )
)

ANNOUNCED = register(
    Measure(
        name="announced",
        question="Who spoke first when something came late, was short or faulty: we or the customer?",
        grain="three rows per kind of event and touchpoint with one: the company, the customer or nobody spoke first",
        columns=columns.ANNOUNCED_COLUMNS,
        formula="late: a touch after its due day. shortage, fault: a touch of that kind, or whose outcome says so. The "
        "company spoke first where it sent a message or called in the same thread, of its own accord, from notice_days "
        "(7) before the due moment on and before the customer's first word after it; an answer to the customer, "
        "within two days, is none. For shortages and faults words up to notice_days after count too. Coming back is "
        "an order on a later day within return_days (365). difference is an association: customers whom we tell may "
        "differ from others.",
        source=f"{WILSON}; difference: {AGRESTI}",
        expressions={"spoken": announced.spoken, "ahead": announced.ahead, "register": expressions.registered},
        statistics=announced.announced_rows,
        order_by=("event", "touchpoint", "spoke_first"),
        newest="all",
        choices=(announced.ANNOUNCEMENT,),
    )
)
