"""Scores: what customers say of the company, and how sure that is."""

from regulars.measures.estimates import estimate_columns
from regulars.measures.registry import Column, ColumnType, Measure, register
from regulars.measures.scores import asking, expressions, statistics
from regulars.measures.scores.audience import EMPLOYEES, PARTNERS, Audience
from regulars.measures.scores.cells import base_cells
from regulars.measures.scores.confidence import answers_of, confident_scores
from regulars.measures.scores.confident_ratings import confident_rating_rows, rated_in_confidence
from regulars.measures.scores.reviews import REVIEWED, review_rows
from regulars.measures.scores.statistics import Wanted, rating_rows, scores
from regulars.measures.scores.trends import trends

LEVELS = {
    "promoters": "Answers 9 and 10",
    "passives": "Answers 7 and 8",
    "detractors": "Answers 0 to 6",
    "satisfied": "Answers at least three quarters up their scale: 4 and 5 of 5, 6 and 7 of 7, 8 to 10 of 10",
    "dissatisfied": "Answers at most a quarter up their scale: 1 and 2 of 5, 1 and 2 of 7",
    "easy": "Answers at least two thirds up their scale: 5 to 7 of 7, 4 and 5 of 5",
    "difficult": "Answers at most a third up their scale: 1 to 3 of 7, 1 and 2 of 5",
    "neutral": "Answers between the two",
    "positive": "Reviews at least three quarters up their scale: 4 and 5 stars of 5",
    "negative": "Reviews at most a quarter up their scale: 1 and 2 stars of 5",
}
EVERY_ANSWER = (
    "Every answer counts once, also where one customer was asked about several orders or contacts; the interval is "
    "widened by the design effect of customers who answered several times. Answers marked as likely repeats are left "
    "out and counted in duplicates. Customers, employees and partners are never mixed; an answer without a client "
    "counts for those whom its survey asked. "
)
WEIGHTED = (
    "weighted: each answer counts by its weight (1 where it has none), the interval by the answers' number divided by "
    "design_effect. "
)
REBASED = (
    "rebased: customers who ordered in the 365 days up to the last day are cut into fifths of spend within which "
    "customer types are kept apart; each customer who answered counts once, by the mean of their answers, and each "
    "cell as much as it has customers. Neighbouring fifths are joined until each has five who answered. Of the "
    "condition, the parts on clients alone narrow the customer base too."
)
IN_CONFIDENCE = (
    "Answers given in confidence are counted in waves: calendar months that are over, joined until at least five "
    "people answered. Whole waves of the period count and no condition narrows them. A department is shown where at "
    "least five of it answered and nothing that is shown can be subtracted to get fewer. "
)
EACH_IN_CONFIDENCE = (
    "Answers given in confidence are counted in waves, each question in its own: calendar months that are over, joined "
    "until at least five people answered it. Whole waves of the period count and no condition narrows them. Employees "
    "can be split by department, which is shown where at least five of it answered and nothing that is shown can be "
    "subtracted to get fewer. "
)
ADJUSTED = "Interval: adjusted Wald with three answers added, 3/4 promoters, 3/2 passives and 3/4 detractors. "
WILSON = "Interval of shares: Wilson's; of means: Student's. "
NET_SOURCE = "Reichheld (2003), Harvard Business Review 81(12); interval: Rocks (2016), The American Statistician 70(4)"
EFFECTS_SOURCE = "; design effects: Kish (1965), Survey Sampling"
CELLS_SOURCE = "; re-weighting: Holt and Smith (1979), Journal of the Royal Statistical Society A 142(1)"
WILSON_SOURCE = "Wilson (1927), Journal of the American Statistical Association 22(158)"
HOLM = (
    "Months where half of them have at least 30 answers, else quarters; the setting period_months decides otherwise. "
    "change is the difference from the period before that has answers; its interval is wide enough for all "
    "comparisons of the row's split together (Holm), and real_change is true where it leaves out 0. Answers are "
    "taken as independent."
)
TREND_SOURCE = "Holm (1979), Scandinavian Journal of Statistics 6(2); "


def _level_columns(wanted: Wanted) -> tuple[Column, ...]:
    return tuple(Column(name, "int", LEVELS[name]) for name in wanted.levels)


def _unit(wanted: Wanted) -> tuple[ColumnType, str]:
    return ("float", "-100 to 100") if wanted.factor > 1 else ("share", "0-1")


def _other(wanted: Wanted, ending: str, meaning: str, more: tuple[Column, ...]) -> tuple[Column, ...]:
    """A second estimate of the same score, with its own reason."""
    type_, unit = _unit(wanted)
    name = f"{wanted.name}_{ending}"
    return (
        Column(name, type_, meaning, unit),
        Column(f"{name}_low", type_, f"Lower end of the 95% interval of {name}", unit),
        Column(f"{name}_high", type_, f"Upper end of the 95% interval of {name}", unit),
        *more,
        Column(f"{name}_reason", "string", f"Why {name} is unknown; empty where it is known"),
    )


def _mean_columns(name: str, meaning: str) -> tuple[Column, ...]:
    return (
        Column(name, "float", meaning),
        Column(f"{name}_low", "float", f"Lower end of the 95% interval of {name}"),
        Column(f"{name}_high", "float", f"Upper end of the 95% interval of {name}"),
        Column(f"{name}_reason", "string", f"Why {name} or its interval is unknown; empty where it is known"),
    )


_MEANS = (
    *_mean_columns("mean", "Mean on the scale as asked; unknown where answers are on several scales"),
    Column("scale", "string", "That scale, for example 1-5; null where there are several"),
    *_mean_columns("mean_100", "Mean with every scale stretched from 0 to 100"),
)


def _score_columns(wanted: Wanted, meaning: str) -> tuple[Column, ...]:
    type_, unit = _unit(wanted)
    rebased_n = Column(f"{wanted.name}_rebased_n", "int", "Customers of the base who answered")
    return (
        *_level_columns(wanted),
        *estimate_columns(wanted.name, type_, meaning, unit=unit, counted="Answers"),
        Column("customers", "int", "Customers who gave them; each answer without a client counts as one"),
        *_other(wanted, "weighted", "The same by the answers' weights", ()),
        Column("design_effect", "float", "How many times the weights enlarge the variance; null without weights"),
        *_other(wanted, "rebased", "The same re-weighted to the customer base", (rebased_n,)),
        *(_MEANS if wanted.with_mean else ()),
        Column("duplicates", "int", "Answers marked as likely repeats, which are left out"),
    )


def _trend_columns(wanted: Wanted, meaning: str) -> tuple[Column, ...]:
    type_, unit = _unit(wanted)
    return (
        Column("period_on", "date", "First day of the period"),
        Column("period", "string", "month, quarter or year"),
        Column("complete", "boolean", "Whether the question's frame holds the whole period"),
        *_level_columns(wanted),
        *estimate_columns(wanted.name, type_, meaning, unit=unit, counted="Answers"),
        Column("change", type_, "Difference from the period before that has answers", unit),
        Column("change_low", type_, "Lower end of its interval, widened for all comparisons", unit),
        Column("change_high", type_, "Upper end of its interval, widened for all comparisons", unit),
        Column("change_reason", "string", "Why change is unknown; empty where it is known"),
        Column("p_value", "float", "Chance of a difference this large if nothing had changed, for this one alone"),
        Column("real_change", "boolean", "Whether the interval of change leaves out 0; null for the first period"),
    )


def _score(
    name: str, question: str, ask: asking.Asking, wanted: Wanted, meaning: str, formula: str, source: str
) -> Measure:
    read = {
        "tallies": expressions.tallies(ask),
        "weights": expressions.weights(ask),
        "left_out": expressions.left_out(ask),
        "base": base_cells,
        **({"means": expressions.means(ask)} if wanted.with_mean else {}),
    }
    return register(
        Measure(
            name=name,
            question=question,
            grain="one row",
            columns=_score_columns(wanted, meaning),
            formula=formula + EVERY_ANSWER + WEIGHTED + REBASED,
            source=source + EFFECTS_SOURCE + CELLS_SOURCE,
            expressions=read,
            statistics=scores(wanted),
            newest="all",
        )
    )


def _confident(name: str, question: str, ask: asking.Asking, wanted: Wanted, meaning: str, formula: str) -> Measure:
    """A score of people who answered in confidence."""
    return register(
        Measure(
            name=name,
            question=question,
            grain="one row",
            columns=_score_columns(wanted, meaning),
            formula=formula + EVERY_ANSWER + IN_CONFIDENCE + WEIGHTED,
            source=NET_SOURCE + EFFECTS_SOURCE,
            expressions=answers_of(ask),
            statistics=confident_scores(wanted),
            newest="all",
            in_confidence=True,
        )
    )


def _trend(
    name: str, question: str, ask: asking.Asking, wanted: Wanted, meaning: str, formula: str, source: str
) -> Measure:
    return register(
        Measure(
            name=name,
            question=question,
            grain="one row per period with an answer",
            columns=_trend_columns(wanted, meaning),
            formula=formula + HOLM,
            source=TREND_SOURCE + source,
            expressions={"months": expressions.months(ask)},
            statistics=trends(wanted),
            order_by=("period_on",),
            newest="all",
        )
    )


_NET = "nps = 100 x (promoters - detractors) / n, of answers 0 to 10 to whether one would recommend the company. "
_SATISFIED = (
    "share = satisfied / n. An answer is satisfied at least three quarters of the way up its scale: the top two boxes "
    "of five. A higher answer means more satisfied. "
)
_EASY = (
    "share = easy / n. A higher answer means easier ('the company made it easy'). An answer is easy at least two "
    "thirds of the way up its scale: 5 to 7 of seven. "
)
_CES_SOURCE = "Dixon, Toman, DeLisi (2013), The Effortless Experience; " + WILSON_SOURCE
_AGRESTI = "change of shares: Agresti and Caffo (2000), The American Statistician 54(4); "

NPS = _score(
    "nps",
    "Would our customers recommend us, and how sure is that?",
    asking.NPS,
    statistics.NPS,
    "Net promoter score of customers",
    _NET + ADJUSTED,
    NET_SOURCE,
)
NPS_TREND = _trend(
    "nps_trend",
    "Do customers recommend us more or less than before?",
    asking.NPS,
    statistics.NPS,
    "Net promoter score of the period",
    _NET + ADJUSTED,
    NET_SOURCE,
)
ENPS = _confident(
    "enps",
    "Would the people who work here recommend the company as an employer?",
    asking.ENPS,
    statistics.ENPS,
    "Net promoter score of employees and departments",
    _NET.replace("nps =", "enps =") + ADJUSTED,
)
PARTNER_NPS = _confident(
    "partner_nps",
    "Would our partners recommend working with us?",
    asking.PARTNER_NPS,
    statistics.PARTNER_NPS,
    "Net promoter score of partners",
    _NET.replace("nps =", "partner_nps =") + ADJUSTED,
)
CSAT = _score(
    "csat",
    "Which share of customers is satisfied?",
    asking.CSAT,
    statistics.CSAT,
    "Share of satisfied answers",
    _SATISFIED + WILSON,
    WILSON_SOURCE,
)
CSAT_TREND = _trend(
    "csat_trend",
    "Are customers more or less satisfied than before?",
    asking.CSAT,
    statistics.CSAT,
    "Share of satisfied answers in the period",
    _SATISFIED + WILSON,
    _AGRESTI + WILSON_SOURCE,
)
CES = _score(
    "ces",
    "Do customers find it easy to deal with us?",
    asking.CES,
    statistics.CES,
    "Share of answers that found it easy",
    _EASY + WILSON,
    _CES_SOURCE,
)
CES_TREND = _trend(
    "ces_trend",
    "Is it easier or harder to deal with us than before?",
    asking.CES,
    statistics.CES,
    "Share of answers that found it easy, in the period",
    _EASY + WILSON,
    _AGRESTI + _CES_SOURCE,
)


def _shared(name: str, type_: ColumnType, meaning: str, unit: str) -> tuple[Column, ...]:
    return (
        Column(name, type_, meaning, unit),
        Column(f"{name}_low", type_, f"Lower end of the 95% interval of {name}", unit),
        Column(f"{name}_high", type_, f"Upper end of the 95% interval of {name}", unit),
    )


_RATING_COLUMNS = (
    Column("survey", "string", "Key of the survey"),
    Column("question", "string", "Key of the question"),
    Column("answer_kind", "string", "csat, ces or rating"),
    Column("scale", "string", "Ends of the scale, for example 1-5"),
    *estimate_columns("mean", "float", "Mean on that scale", counted="Answers"),
    *_shared("mean_100", "float", "The same with the scale stretched from 0 to 100", "0-100"),
    *_shared("top_share", "share", "Share at least three quarters (ces: two thirds) up the scale: 4 and 5 of 5", "0-1"),
    *_shared("bottom_share", "share", "Share at most a quarter (ces: a third) up the scale: 1 and 2 of 5", "0-1"),
)
_BY_QUESTION = "one row per survey, question and scale"
_RATING_SOURCE = "Student (1908), Biometrika 6(1); " + WILSON_SOURCE
RATINGS = register(
    Measure(
        name="ratings",
        question="How did customers answer each question that has a scale?",
        grain=_BY_QUESTION,
        columns=_RATING_COLUMNS,
        formula="Means with Student's interval, shares with Wilson's, over customers' answers as they are: unweighted, "
        "likely repeats left out. Questions on importance and on competitors have keys of their own. Answers of "
        "employees and of partners are counted by employee_ratings and partner_ratings.",
        source=_RATING_SOURCE,
        expressions={"ratings": expressions.ratings, "left_out": expressions.left_out(asking.RATED)},
        statistics=rating_rows,
        order_by=("survey", "question", "scale"),
        newest="all",
    )
)


def _confident_ratings(name: str, question: str, whose: Audience, formula: str) -> Measure:
    """Ratings of people who answered in confidence."""
    return register(
        Measure(
            name=name,
            question=question,
            grain=_BY_QUESTION,
            columns=_RATING_COLUMNS,
            formula=formula + EACH_IN_CONFIDENCE,
            source=_RATING_SOURCE,
            expressions=rated_in_confidence(whose),
            statistics=confident_rating_rows(),
            order_by=("survey", "question", "scale"),
            newest="all",
            in_confidence=True,
        )
    )


EMPLOYEE_RATINGS = _confident_ratings(
    "employee_ratings",
    "How did the people who work here answer each question that has a scale?",
    EMPLOYEES,
    "Means with Student's interval, shares with Wilson's, over employees' and departments' answers as they are: "
    "unweighted, likely repeats left out. Statements on the seven elements are counted by elements alone: shown one "
    "by one as well, they could be subtracted to get what one person said. ",
)
PARTNER_RATINGS = _confident_ratings(
    "partner_ratings",
    "How did our partners answer each question that has a scale?",
    PARTNERS,
    "Means with Student's interval, shares with Wilson's, over partners' answers as they are: unweighted, likely "
    "repeats left out. ",
)
REVIEW_SHARE = register(
    Measure(
        name="reviews",
        question="Which share of public reviews is negative?",
        grain="one row",
        columns=(
            *_level_columns(REVIEWED),
            *estimate_columns("negative_share", "share", "negative / n", unit="0-1", counted="Reviews"),
            *_shared("positive_share", "share", "positive / n", "0-1"),
            *_mean_columns("mean", "Mean on the scale as given; unknown where reviews are on several scales"),
            Column("scale", "string", "That scale, for example 1-5; null where there are several"),
            *_mean_columns("mean_100", "Mean with every scale stretched from 0 to 100"),
        ),
        formula="Stars of reviews, which nobody was invited to: never mixed with answers to surveys. " + WILSON,
        source=WILSON_SOURCE,
        expressions={"weights": expressions.weights(asking.REVIEWS), "means": expressions.means(asking.REVIEWS)},
        statistics=review_rows,
        newest="all",
    )
)
REVIEWS_TREND = _trend(
    "reviews_trend",
    "Are public reviews getting better or worse?",
    asking.REVIEWS,
    REVIEWED,
    "Share of negative reviews in the period",
    "negative_share = negative / n. " + WILSON,
    _AGRESTI + WILSON_SOURCE,
)
