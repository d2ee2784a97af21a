"""How customer-focused the company is: an open index, the views that disagree, and what moved it."""

from regulars.measures.estimates import estimate_columns
from regulars.measures.index import expressions
from regulars.measures.index.gaps import gap_rows
from regulars.measures.index.sensitivity import sensitivity_rows
from regulars.measures.index.statistics import index_rows
from regulars.measures.index.trend import trend_rows
from regulars.measures.registry import Column, Measure, register

SCORE = (
    "A component is numerator over denominator. Its score is 100 times (value - floor) / (target - floor), never under "
    "0 or over 100. A part, a view and the index are means of the known components by their weights. A component "
    "without anything to count is unknown, not 0, and changes the coverage alone. Below half of the weight known, "
    "there is no score. "
)
WINDOW = (
    "What happened counts in the 12 calendar months that end with the month of the last day, up to that day, or in "
    "the period asked for; customers came back in these 12 months who had ordered in the 12 before. Floors, targets "
    "and weights are those of the newest version, for all months alike. "
)
INTERVAL = (
    "Intervals: customers, and staff, are drawn anew 1,000 times with all that they did, half a best and half a worst "
    "case added to every component so that a few equal answers are not taken for certainty; the middle 95% of the "
    "results are the interval. "
)
STAFF = (
    "Answers of staff count in waves of whole months in which at least five people answered. They are never narrowed "
    "by a condition or a group, and split by department alone. "
)
SOURCE = (
    "Efron (1979), Annals of Statistics 7(1); Brown, Cai and DasGupta (2001), Statistical Science 16(2), for the half "
    "cases; Chamandy and others (2012), Estimating uncertainty for massive data streams, for drawing by Poisson counts"
)
LEVEL = Column("level", "string", "index, view, part, part in view or component")
NAME = Column("name", "string", "Which of them: index, the view, the part, 'part: view', or the component's key")
PART = Column("part", "string", "understanding, valuing or creating value; empty for the index and for views")
VIEW = Column("view", "string", "staff, customers or evidence; empty for the index and for parts")
WHO = "Customers, orders of guests and staff"
SCORE_COLUMNS = estimate_columns("score", "float", "Score, 0 to 100", unit="points", counted=WHO, prefixed=True)
COVERAGE = Column("coverage", "share", "Share of the weight that is known")
READ = expressions.READ

INDEX = register(
    Measure(
        name="index",
        question="How customer-focused are we, and what is it made of?",
        grain="one row a level: the index, 3 views, 3 parts, 9 parts in a view, and every component",
        columns=(
            Column("place", "int", "The order in which the rows are told"),
            LEVEL,
            NAME,
            Column("title", "string", "What people call it"),
            PART,
            VIEW,
            *estimate_columns(
                "value",
                "float",
                "numerator / denominator, for net scores times 100; of components only",
                unit="share or points, see unit",
                counted=WHO,
            ),
            Column("numerator", "int", "What counts for it; for net scores less what counts against it"),
            Column("denominator", "int", "Out of how many"),
            *SCORE_COLUMNS,
            Column("floor", "float", "Value at which the score is 0", "as value"),
            Column("target", "float", "Value from which the score is 100", "as value"),
            Column("weight", "share", "Share of the weight of all components"),
            COVERAGE,
            Column("meaning", "string", "What it is, in a sentence"),
            Column("unit", "string", "share (0 to 1), points (-100 to 100), or score (0 to 100)"),
            Column("formula", "string", "How the component is counted"),
            Column("source", "string", "Where this way of counting comes from"),
        ),
        formula=SCORE + WINDOW + INTERVAL + STAFF,
        source=SOURCE,
        expressions=READ,
        statistics=index_rows,
        order_by=("place",),
        newest="ever",
    )
)

INDEX_GAPS = register(
    Measure(
        name="index_gaps",
        question="Where do staff, customers and the evidence disagree on how customer-focused we are?",
        grain="one row a part (and all parts together) and pair of views, the widest gap first",
        columns=(
            Column("place", "int", "1 for the widest gap that is known"),
            Column("part", "string", "understanding, valuing, creating value, or all"),
            Column("view", "string", "staff, customers or evidence"),
            Column("other_view", "string", "The view that it is compared with"),
            Column("score", "float", "Score of the part in the view", "points, 0 to 100"),
            Column("other_score", "float", "Score of the part in the other view", "points, 0 to 100"),
            *estimate_columns(
                "difference", "float", "score - other_score", unit="points", counted="Units of the view with fewer"
            ),
            Column("apart", "boolean", "Whether the interval leaves out 0; empty where unknown"),
            Column("said", "string", "The same in a plain sentence"),
        ),
        formula=SCORE + WINDOW + INTERVAL + STAFF,
        source=SOURCE,
        expressions=READ,
        statistics=gap_rows,
        order_by=("place",),
        newest="ever",
    )
)

INDEX_TREND = register(
    Measure(
        name="index_trend",
        question="How did the index move, month by month, and what moved it?",
        grain="one row a month, for the index and every view and part; each month looks back over 12 months",
        columns=(
            Column("month_on", "date", "First day of the last of the 12 months"),
            LEVEL,
            NAME,
            PART,
            VIEW,
            *SCORE_COLUMNS,
            COVERAGE,
            Column("change", "float", "Score less that of the month before; empty where either is unknown", "points"),
            Column("moved_by", "string", "Key of the component that moved it most against the month before"),
            Column("moved_points", "float", "How many points of the change came from that component", "points"),
        ),
        formula=SCORE + WINDOW + "The points of all components add up to the change: what a component adds is its "
        "share of the weight times how far it lies from the score of the month before, now less then. Neighbouring "
        "months share 11 of their 12 months. Intervals are drawn 400 times a month. " + INTERVAL + STAFF,
        source=SOURCE,
        expressions=expressions.READ_MONTHS,
        statistics=trend_rows,
        order_by=("month_on", "level", "name"),
        newest="ever",
    )
)

INDEX_SENSITIVITY = register(
    Measure(
        name="index_sensitivity",
        question="How far would the index move if the weights were others?",
        grain="one row a component, the one that moves most first, and one for weights drawn at random",
        columns=(
            Column("place", "int", "1 for the component that moves the index most; last for weights at random"),
            Column("sort", "string", "component, or random weights"),
            Column("name", "string", "Key of the component, or random weights"),
            Column("title", "string", "What people call it"),
            PART,
            VIEW,
            Column("weight", "share", "Share of the weight of all components"),
            Column("score", "float", "Score of the component", "points, 0 to 100"),
            *estimate_columns("total", "float", "The index as it is weighted now", unit="points", counted=WHO),
            Column("doubled", "float", "The index with twice the weight for this component", "points"),
            Column("halved", "float", "The index with half the weight for it", "points"),
            Column("left_out", "float", "The index without it", "points"),
            Column("doubled_points", "float", "doubled - total", "points"),
            Column("halved_points", "float", "halved - total", "points"),
            Column("left_out_points", "float", "left_out - total", "points"),
            Column("range_low", "float", "Of weights at random: below it lie 2.5% of the indexes", "points"),
            Column("range_high", "float", "Of weights at random: above it lie 2.5% of the indexes", "points"),
            Column("draws", "int", "Of weights at random: how many were drawn"),
        ),
        formula=SCORE + "Weights at random are drawn 2,000 times around the present ones: on average the same, each "
        "as uneven as weights that nobody chose (Dirichlet, as many cases as there are components). The range is of "
        "the weights alone, for customers and staff as they are. " + WINDOW + INTERVAL + STAFF,
        source=SOURCE,
        expressions=READ,
        statistics=sensitivity_rows,
        order_by=("place",),
        newest="ever",
    )
)
