"""The columns that measures of touchpoints are made of."""

from __future__ import annotations

from regulars.measures.estimates import estimate_columns
from regulars.measures.registry import Column, ColumnType

_COUNTED_TOUCHES = "Touches"


def named(what: str = "touchpoint") -> tuple[Column, ...]:
    """The touchpoint and what the register calls it."""
    return (
        Column("touchpoint", "string", f"The {what}, as the log has it"),
        Column("touchpoint_name", "string", "What the register calls it; null where it is not registered"),
    )


def several(name: str, type_: ColumnType, meaning: str, counted: str, unit: str = "") -> tuple[Column, ...]:
    """One of several estimates of a row, with its own count."""
    return estimate_columns(name, type_, meaning, unit=unit, counted=counted, prefixed=True)


def plain_interval(name: str, type_: ColumnType, meaning: str, unit: str = "") -> tuple[Column, ...]:
    """An estimate whose count stands elsewhere in the row."""
    return (
        Column(name, type_, meaning, unit),
        Column(f"{name}_low", type_, f"Lower end of the 95% interval of {name}", unit),
        Column(f"{name}_high", type_, f"Upper end of the 95% interval of {name}", unit),
        Column(f"{name}_reason", "string", f"Why {name} or its interval is unknown; empty where it is known"),
    )


WAIT = (
    *several("wait_median", "float", "Median wait of the touches that tell one", _COUNTED_TOUCHES, "seconds"),
    Column("wait_p90", "float", "Nine waits in ten are no longer than this", "seconds"),
)
KEPT = several(
    "kept_share", "share", "Share of touches that kept what is promised here, all promises together", "Judged touches"
)
SCORE = several(
    "score",
    "float",
    "Mean of all answers given at the touchpoint, every scale stretched from 0 to 100",
    "Customers who answered",
    "0-100",
)
COMPLAINTS = (
    Column("complaints", "int", "Complaints of customers whose last touch before it was here"),
    *several(
        "complaints_per_thousand",
        "float",
        "Those complaints for every thousand touches of known customers",
        "Touches of known customers",
        "per 1000",
    ),
)
COST = several("cost_per_touch", "money", "Mean cost of a touch whose cost is known; purchases left out", "Touches")

TOUCHPOINT_COLUMNS = (
    *named(),
    Column("registered", "boolean", "Whether it stands in the register and is in use"),
    Column("owner", "string", "Who answers for it; null where nobody does"),
    Column("traffic", "int", "Touches: all interactions there but answers to surveys and invitations to them"),
    Column("customers", "int", "Known customers who were touched there"),
    *several("share_of_traffic", "share", "Share of all touches that name a touchpoint", "Touches of all touchpoints"),
    *WAIT,
    *KEPT,
    Column("promises", "int", "Promises that hold there"),
    *several("nps", "float", "Net promoter score of the answers given there", "Answers", "-100 to 100"),
    *several("csat", "share", "Share of satisfied answers given there", "Answers"),
    *SCORE,
    *COMPLAINTS,
    *COST,
    Column("first_touches", "int", "Customers whose first touch of all was here, in the period"),
    Column("first_on", "date", "First day with a touch"),
    Column("last_on", "date", "Last day with a touch"),
)

PROMISE_COLUMNS = (
    *named(),
    Column("promise", "string", "Key of the promise"),
    Column("promise_name", "string", "The promise in words"),
    Column("measured", "string", "What is measured: wait_seconds, late_days, answer_seconds, …"),
    Column("unit", "string", "seconds, days or percent"),
    Column("at_most", "float", "Kept up to this; null for a checklist"),
    Column("at_least", "float", "Kept from this on; null but for a checklist"),
    Column("version", "int", "Version of the promise, by which the whole period is judged"),
    Column("kept", "int", "Touches that kept it"),
    *estimate_columns("kept_share", "share", "Share of touches that kept it", counted="Judged touches"),
    Column("waiting", "int", "Touches still unanswered whose time is not up, which nobody can judge yet"),
    Column("untold", "int", "Touches it is about that do not tell what is measured"),
    *plain_interval("median", "float", "Median of what is measured", "unit"),
    Column("p90", "float", "Nine in ten are no more than this; for a checklist: no less", "unit"),
    *plain_interval("change", "share", "kept_share less that of the equally long period before"),
    Column("before_n", "int", "Judged touches of the period before"),
    Column("p_value", "float", "Chance of a change this large if nothing had changed, for this one alone"),
    Column("real_change", "boolean", "change leaves out 0 even after a correction for all promises of the list"),
)

TREND_COLUMNS = (
    *named(),
    Column("period_on", "date", "First day of the period"),
    Column("period", "string", "month, quarter or year"),
    Column("complete", "boolean", "Whether the question's frame holds the whole period"),
    Column("traffic", "int", "Touches"),
    Column("customers", "int", "Known customers among them"),
    *WAIT,
    *KEPT,
    *SCORE,
    *COMPLAINTS,
    *COST,
)

FIRST_COLUMNS = (
    *named("touchpoint of the customer's first touch"),
    Column("customers", "int", "Customers who met us first here"),
    *several(
        "bought_share",
        "share",
        "Share with an order on the day of the first touch or in the days of return_days after it",
        "Customers seen for all these days",
    ),
    *several(
        "returned_share",
        "share",
        "Share of buyers with an order on a later day, in the days of return_days after their first",
        "Buyers seen for all these days",
    ),
    *plain_interval("difference", "share", "returned_share less that of all who met us first elsewhere"),
    Column("real_difference", "boolean", "difference leaves out 0 even after a correction for all rows of the list"),
)

CONSISTENCY_COLUMNS = (
    *named(),
    Column("unit_of", "string", "What is compared: employee, branch, hour, or branch and hour"),
    Column("figure", "string", "kept (share of promises kept), score (0-100) or wait (typical seconds)"),
    Column("units", "int", "Employees, branches or hours with enough customers to compare"),
    Column("units_left_out", "int", "Those with too few"),
    Column("n", "int", "Customers of the compared, counted once in each"),
    Column("mean", "float", "Mean over all of them; for waits the geometric mean", "figure"),
    *plain_interval("sd_between", "float", "Standard deviation between units, without what chance brings", "figure"),
    *plain_interval("beyond_chance", "share", "Share of the differences seen between units that is not chance"),
    Column("p_value", "float", "Chance of differences this large if all units were alike, for this row alone"),
    Column("told_apart", "boolean", "The units differ even after a correction for all rows; else nobody can tell"),
    Column("best_unit", "string", "The best unit; null where they cannot be told apart"),
    Column("best", "float", "Its figure, drawn to the mean by what may be chance; null as its unit", "figure"),
    Column("worst_unit", "string", "The worst unit; null where they cannot be told apart"),
    Column("worst", "float", "Its figure, drawn to the mean by what may be chance; null as its unit", "figure"),
    Column("start_with", "string", "The unit where most is to gain: many customers and far from the best"),
    Column("start_share", "share", "Its part of all there is to gain"),
    *plain_interval(
        "return_slope",
        "float",
        "Difference in the share who come back that goes with one step of the figure: 0.10 kept, 10 points, or a "
        "wait twice as long",
        "share per step",
    ),
    Column("return_n", "int", "Customers that return_slope rests on"),
    *plain_interval(
        "returns_a_year",
        "float",
        "Returns a year that go with all units being like the best: an association, not a forecast",
        "customers",
    ),
    Column("sentence", "string", "What the row says"),
)

ANNOUNCED_COLUMNS = (
    Column("event", "string", "late, shortage or fault"),
    *named(),
    Column("spoke_first", "string", "company (told before the customer asked), customer (asked first), or nobody"),
    Column("events", "int", "Such events"),
    *estimate_columns("share", "share", "Share of all events of that kind there", counted="Events of that kind there"),
    Column("ahead_median", "float", "Median hours from the first word to the moment itself; negative: after", "hours"),
    *several(
        "returned_share",
        "share",
        "Share of customers with another order in the days of return_days after it",
        "Events of known customers seen for all these days",
    ),
    *plain_interval("difference", "share", "returned_share less that of the same events that nobody spoke about"),
)
