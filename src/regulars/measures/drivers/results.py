"""Drivers: what goes with satisfaction, what customers say matters, and how competitors stand."""

from regulars.measures.drivers import expressions
from regulars.measures.drivers.kano import kano_rows
from regulars.measures.drivers.reliability import reliability_rows
from regulars.measures.drivers.statistics import competitor_rows, driver_rows
from regulars.measures.registry import Column, ColumnType, Measure, register

CLUSTERS = (
    "Several questionnaires of one customer count as one observation in every interval; answers count by their weight. "
)
SCALE = "0 is the lowest point of the scale, 100 the highest"


def _estimate(name: str, type_: ColumnType, meaning: str, unit: str = "") -> tuple[Column, ...]:
    return (
        Column(name, type_, meaning, unit),
        Column(f"{name}_low", type_, f"Lower end of the 95% interval of {name}", unit),
        Column(f"{name}_high", type_, f"Upper end of the 95% interval of {name}", unit),
        Column(f"{name}_reason", "string", f"Why {name} or its interval is unknown; empty where it is known"),
    )


def _counted(name: str, counted: str, meaning: str) -> tuple[Column, ...]:
    return (
        Column(counted, "int", meaning),
        Column(f"{name}_small_sample", "boolean", f"Fewer than 30: read {name} with care"),
    )


DRIVERS = register(
    Measure(
        name="drivers",
        question="Which factors go with satisfaction, which do customers call important, and where to begin?",
        grain="one row per survey and factor, of surveys that rate at least two",
        columns=(
            Column("survey", "string", "Key of the survey"),
            Column("outcome", "string", "Question that factors are compared with; null where the survey has none"),
            Column("factor", "string", "The factor"),
            Column("question", "string", "Key of its question"),
            *_estimate("satisfaction", "float", f"Mean rating: {SCALE}", "points"),
            *_counted("satisfaction", "satisfaction_n", "Answers that satisfaction rests on"),
            *_estimate("importance_derived", "share", "Share of r2 that goes with the factor; all shares add up to 1"),
            Column("n", "int", "Questionnaires that answer both the factor and the outcome"),
            Column("small_sample", "boolean", "Fewer than 30 of them"),
            Column("association", "float", "Correlation of the rating with the outcome", "-1 to 1"),
            Column("correlated_with", "string", "Factors rated so much alike that they can hardly be told apart"),
            Column("r2", "share", "Share of the outcome's variance that goes with all factors together"),
            Column("r2_low", "share", "Lower end of the 95% interval of r2"),
            Column("r2_high", "share", "Upper end of the 95% interval of r2"),
            Column("r2_reason", "string", "Why r2 is unknown; empty where it is known"),
            *_estimate("importance_stated", "float", "Importance that customers state", "0 to 100"),
            *_counted("importance_stated", "stated_n", "Questionnaires that importance_stated rests on"),
            Column("stated_as", "string", "rated, ranked or chosen"),
            *_estimate("gap_to_best", "float", "Our rating less that of the competitor best against us", "points"),
            *_counted("gap_to_best", "gap_n", "Questionnaires that rate both"),
            Column("best_competitor", "string", "That competitor"),
            Column(
                "map_by", "string", "Importance that the map is drawn by: derived, or stated where no other is known"
            ),
            Column("quadrant", "string", "improve first, keep up, later or enough; cut at the factors' means"),
            Column("priority", "int", "1 for the largest shortfall"),
            Column("shortfall", "float", "Points missing to 100, times importance over the average factor's", "points"),
            Column("reason_codes", "string", "The sentences of reason as fixed codes, separated by '; '"),
            Column("reason", "string", "Why it stands where it does, and what to be careful about"),
        ),
        formula="Factors are the rating questions <matrix>.<factor>, or every rating but the outcome where there are "
        "none. Outcome: a csat or rating question whose key says overall, else the csat question with most "
        "answers, else nps, else ces; the setting drivers_outcome takes 1 satisfaction, 2 recommendation, 3 "
        "effort. It and the factors are the same for every value of by. importance_derived is the mean gain in "
        "R-squared over all orders of adding factors (LMG, Shapley), exact up to 20 factors, Johnson's relative "
        "weights beyond, from pairwise correlations where answers are missing. Interval: percentiles of 1,000 "
        "draws of customers with a fixed seed; beyond 14 factors some draws are exact and the others foretold "
        "from relative weights. Nothing is derived from fewer than 30 customers or 5 a factor; fewer than 50 and "
        "8 a factor are called thin. Rated alike: correlation above 0.8, or a variance inflation of 5. Stated: "
        "mean rating <matrix>.<factor>.importance, else mean place in a ranking, else percent who chose the "
        "factor, in questions whose key says importance or matter. gap_to_best: mean paired difference, its "
        "interval widened for the number of competitors. It is association: nothing here says what would change "
        "satisfaction. " + CLUSTERS.strip(),
        source="Lindeman, Merenda, Gold (1980), Introduction to Bivariate and Multivariate Analysis; Johnson (2000), "
        "Multivariate Behavioral Research 35(1); Martilla, James (1977), Journal of Marketing 41(1); Green (1991), "
        "Multivariate Behavioral Research 26(3)",
        expressions={"ratings": expressions.ratings, "chosen": expressions.chosen_factors},
        statistics=driver_rows,
        order_by=("survey", "priority", "factor", "question"),
        newest="all",
    )
)

COMPETITORS = register(
    Measure(
        name="competitors",
        question="How do customers rate us beside each competitor they named, factor by factor?",
        grain="one row per survey, factor and competitor",
        columns=(
            Column("survey", "string", "Key of the survey"),
            Column("factor", "string", "The factor"),
            Column("question", "string", "Key of its question"),
            Column("competitor", "string", "The competitor"),
            *_estimate("ours", "float", f"Our mean rating by those who rated both: {SCALE}", "points"),
            *_estimate("theirs", "float", "The competitor's mean rating by the same people", "points"),
            *_estimate("gap", "float", "ours - theirs; below 0 where we are behind", "points"),
            Column("n", "int", "Questionnaires that rate both"),
            Column("small_sample", "boolean", "Fewer than 30: read the row with care"),
            Column("real_gap", "boolean", "gap leaves out 0 even when widened for all gaps of the survey together"),
        ),
        formula="Rating questions <matrix>.<factor> and <matrix>.<factor>@<competitor>. The gap's interval is of "
        "paired differences; real_gap widens it by Bonferroni's rule. " + CLUSTERS.strip(),
        source="Student (1908), Biometrika 6(1)",
        expressions={"ratings": expressions.ratings},
        statistics=competitor_rows,
        order_by=("survey", "question", "competitor"),
        newest="all",
    )
)

KANO = register(
    Measure(
        name="kano",
        question="What is taken for granted, what is wished for, what delights, and what nobody minds?",
        grain="one row per survey and factor asked about in a pair of questions",
        columns=(
            Column("survey", "string", "Key of the survey"),
            Column("factor", "string", "Key of the pair"),
            Column("n", "int", "Questionnaires that answer both halves"),
            Column("must_be", "int", "Taken for granted: missed when it is not there, no joy when it is"),
            Column("one_dimensional", "int", "The more, the better: joy when it is there, missed when it is not"),
            Column("attractive", "int", "A delight when it is there, not missed when it is not"),
            Column("indifferent", "int", "Nobody minds"),
            Column("reverse", "int", "Preferred not to be there"),
            Column("questionable", "int", "The two answers contradict each other"),
            Column(
                "class",
                "string",
                "The commonest class, named as its column; of equally common ones the one first in this list",
            ),
            Column("class_sure", "boolean", "It leads the second by more than chance would have it (Fong, 90%)"),
            Column("class_reason", "string", "What is doubtful about the class; empty where nothing is"),
            *_estimate("better", "share", "(attractive + one_dimensional) / meant_n, by weight"),
            *_estimate("worse", "float", "-(one_dimensional + must_be) / meant_n, by weight", "-1 to 0"),
            Column("meant_n", "int", "Questionnaires in the first four classes"),
            Column("small_sample", "boolean", "meant_n below 30: read better and worse with care"),
        ),
        formula="Choice questions <key>.with and <key>.without, answered like, expect, neutral, tolerate or dislike; "
        "Kano's evaluation table gives each questionnaire a class. Counts are plain. " + CLUSTERS.strip(),
        source="Kano, Seraku, Takahashi, Tsuji (1984), Journal of the Japanese Society for Quality Control 14(2); "
        "Berger and others (1993), Center for Quality of Management Journal 2(4); Fong (1996), the same 5(3)",
        expressions={"pairs": expressions.kano_answers},
        statistics=kano_rows,
        order_by=("survey", "factor"),
        newest="all",
    )
)

RELIABILITY = register(
    Measure(
        name="reliability",
        question="Do the questions of a table measure one thing together?",
        grain="one row per survey and table of at least two rating questions",
        columns=(
            Column("survey", "string", "Key of the survey"),
            Column("matrix", "string", "Key of the table; null for ratings that stand in none"),
            Column("questions", "int", "Questions in it"),
            *_estimate("alpha", "float", "Standardised Cronbach's alpha", "at most 1"),
            Column("n", "int", "Questionnaires behind the pair of questions answered together least often"),
            Column("small_sample", "boolean", "Fewer than 30: read alpha with care"),
            Column("mean_correlation", "float", "Mean correlation among the questions", "-1 to 1"),
            Column("weakest", "string", "The question without which alpha is highest; null where there are two"),
            Column("alpha_without", "float", "Alpha of the others; null where there are two"),
        ),
        formula="k r / (1 + (k - 1) r), with k questions and r the mean of their pairwise correlations. Feldt's "
        "interval. From .7 a table is commonly taken as one thing. " + CLUSTERS.strip(),
        source="Cronbach (1951), Psychometrika 16(3); Feldt (1965), Psychometrika 30(3)",
        expressions={"ratings": expressions.ratings},
        statistics=reliability_rows,
        order_by=("survey", "matrix"),
        newest="all",
    )
)
