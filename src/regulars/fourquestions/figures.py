"""What the log says to each of the four questions: figures of measures, each with its interval and count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from regulars.fourquestions.asking import NOTHING, Answers, Asker, Row, filled, total
from regulars.fourquestions.parts import Figure, Lens, Question
from regulars.measures.intervals import LEVEL, mean_estimate, share_estimate

if TYPE_CHECKING:
    from regulars.workspace import Workspace

MOST = 3  # touchpoints, promises or factors of one kind
YEAR_DAYS = 365


def figures(workspace: Workspace, question: Question, lens: Lens | None = None) -> list[Figure]:
    """The figures of one question, in the order they are told; an unknown one has its reason.

    Figures of measures that this installation does not have are left out.
    """
    return figures_from(Asker(workspace, lens or Lens()), question)


def figures_from(asker: Answers, question: Question) -> list[Figure]:
    """The same out of rows that somebody else has at hand."""
    return [figure for read in _READ[question] for figure in read(asker) if asker.there(figure.measure)]


# What it means -------------------------------------------------------------------------------------------


def _average_order(asker: Answers) -> list[Figure]:
    """The mean of all orders of the period, put together from its months; the interval is that of the whole."""
    blank = Figure("average order", "revenue", "money", "orders")
    rows, why = asker.rows("revenue")
    months = [row for row in rows if row["n"]]
    orders = int(total(months, "n"))
    if not orders:
        return [replace(blank, reason=why or NOTHING)]
    mean = sum(float(row["average_order"]) * row["n"] for row in months) / orders
    squares = sum(_squares(row) + row["n"] * (float(row["average_order"]) - mean) ** 2 for row in months)
    deviation = float(np.sqrt(squares / (orders - 1))) if orders > 1 else 0.0
    found = mean_estimate([mean], [deviation], [orders], nobody=NOTHING)
    return [replace(blank, value=mean, low=_end(found.low[0]), high=_end(found.high[0]), n=orders)]


def _squares(row: Row) -> float:
    """The sum of squares about the month's mean, which its Student interval was made of."""
    n = int(row["n"])
    if n < 2:
        return 0.0
    margin = (float(row["average_order_high"]) - float(row["average_order_low"])) / 2
    return (n - 1) * (margin / float(stats.t.ppf(0.5 + LEVEL / 2, n - 1))) ** 2 * n


def _orders_each(asker: Answers) -> list[Figure]:
    """What a customer orders in the period: the mean over those with an order."""
    return [_mean_over_customers(asker, Figure("orders of a customer", "rfm", "number", "customers"), "frequency")]


def _spend_each(asker: Answers) -> list[Figure]:
    """What a customer spends in the period."""
    return [_mean_over_customers(asker, Figure("spend of a customer", "rfm", "money", "customers"), "monetary_value")]


def _mean_over_customers(asker: Answers, blank: Figure, column: str) -> Figure:
    rows, why = asker.rows("rfm")
    if not rows:
        return replace(blank, reason=why or NOTHING)
    values = np.array([float(row[column]) for row in rows])
    deviation = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    found = mean_estimate([values.mean()], [deviation], [len(values)], nobody=NOTHING)
    low, high = _end(found.low[0]), _end(found.high[0])
    return replace(blank, value=float(values.mean()), low=low, high=high, n=len(values), reason=found.reason[0] or "")


def _recommend(asker: Answers) -> list[Figure]:
    return [asker.one(Figure("recommendation", "nps", "points", "answers"), "nps")]


def _satisfied(asker: Answers) -> list[Figure]:
    return [asker.one(Figure("satisfied", "csat", "share", "answers"), "share")]


def _matters(asker: Answers) -> list[Figure]:
    """What goes most with satisfaction, in the survey that most people answered."""
    blank = Figure("what matters", "drivers", "share", "questionnaires")
    return _factors(asker, blank, "importance_derived", lambda row: -_weight(row["importance_derived"]))


def _factors(
    asker: Answers, blank: Figure, column: str, order: Callable[[Row], float], *, prefixed: bool = False
) -> list[Figure]:
    rows, why = asker.rows("drivers")
    known = [row for row in rows if row[column] is not None]
    if not known:
        return [replace(blank, reason=why or NOTHING)]
    largest = max(known, key=lambda row: (row["n"] or 0, row["survey"]))["survey"]
    chosen = sorted((row for row in known if row["survey"] == largest), key=order)[:MOST]
    return [filled(replace(blank, about=str(row["factor"])), row, column, prefixed) for row in chosen]


def _weight(value: float | None) -> float:
    return 0.0 if value is None else float(value)


# What it costs -------------------------------------------------------------------------------------------


def _waits(asker: Answers) -> list[Figure]:
    """The longest waits: touchpoints by their median."""
    blank = Figure("wait", "touchpoints", "seconds", "touches")
    return asker.several(
        blank, "wait_median", "touchpoint", order=lambda row: -row["wait_median"], most=MOST, prefixed=True
    )


def _broken(asker: Answers) -> list[Figure]:
    """Promises, the one that is kept least first."""
    blank = Figure("promise kept", "promises", "share", "touches")
    return asker.several(blank, "kept_share", "promise_name", order=lambda row: row["kept_share"], most=MOST)


def _effort(asker: Answers) -> list[Figure]:
    return [asker.one(Figure("easy", "ces", "share", "answers"), "share")]


def _complaints(asker: Answers) -> list[Figure]:
    blank = Figure("complaints", "touchpoints", "per thousand", "touches")
    column = "complaints_per_thousand"
    return asker.several(blank, column, "touchpoint", order=lambda row: -row[column], most=MOST, prefixed=True)


def _sent_back(asker: Answers) -> list[Figure]:
    """Refunds for every order of the period: what it came to that something was not as it should be."""
    blank = Figure("sent back", "revenue", "share", "orders")
    rows, why = asker.rows("revenue")
    orders, refunds = int(total(rows, "orders")), int(total(rows, "refunds"))
    if not orders:
        return [replace(blank, reason=why or NOTHING)]
    if refunds > orders:
        return [replace(blank, reason="There are more refunds than orders in this period, so they are no share of it.")]
    found = share_estimate([refunds], [orders], nobody=NOTHING)
    return [replace(blank, value=refunds / orders, low=float(found.low[0]), high=float(found.high[0]), n=orders)]


# What keeps ----------------------------------------------------------------------------------------------


def _standings(asker: Answers) -> list[Figure]:
    rows, why = asker.rows("kept_or_loyal")
    found = []
    for standing in ("locked in", "loyal", "indifferent", "unknown"):
        blank = Figure(standing, "kept_or_loyal", "share", "customers who came back")
        row = next((one for one in rows if one["standing"] == standing), None)
        found.append(filled(blank, row, "share") if row else replace(blank, reason=why or NOTHING))
    blank = Figure("a newcomer could take", "kept_or_loyal", "money", "customers of known standing")
    whole = next((one for one in rows if one["standing"] == "all"), None)
    return [
        *found,
        filled(blank, whole, "could_take", prefixed=True) if whole else replace(blank, reason=why or NOTHING),
    ]


def _rivals(asker: Answers) -> list[Figure]:
    """Where competitors stand against us: the factors on which we are furthest behind."""
    blank = Figure("against a competitor", "competitors", "points", "questionnaires")
    rows, why = asker.rows("competitors")
    known = sorted((row for row in rows if row["gap"] is not None), key=lambda row: row["gap"])
    if not known:
        return [replace(blank, reason=why or NOTHING)]
    return [filled(replace(blank, about=f"{row['factor']}, {row['competitor']}"), row, "gap") for row in known[:MOST]]


# What brings back ----------------------------------------------------------------------------------------


def _repeat(asker: Answers) -> list[Figure]:
    blank = Figure("come back", "repeat", "share", "customers")
    # A period of a year has nobody who was seen for a year after a first order in it.
    return [asker.one(blank, "repeat_share", row=lambda row: row["window_days"] == YEAR_DAYS, whole=True)]


def _gaps(asker: Answers) -> list[Figure]:
    blank = Figure("between orders", "gaps", "days", "gaps")
    return [asker.one(blank, "median_days", row=lambda row: row["gap_number"] is None)]


def _improve(asker: Answers) -> list[Figure]:
    """Where most is to gain: factors by what is missing, as much as they matter."""
    blank = Figure("satisfaction with", "drivers", "points", "questionnaires")
    return _factors(asker, blank, "satisfaction", lambda row: -_weight(row["shortfall"]), prefixed=True)


def _stake(asker: Answers) -> list[Figure]:
    """What comes back less often after: the bad touches with most money at stake."""
    blank = Figure("at stake", "stake", "money", "customers")
    rows = asker.rows("stake", whole=True)[0]
    known = sorted((row for row in rows if row["at_stake"] is not None), key=lambda row: row["rank"] or 10**6)
    if not known:
        reasons = [row["at_stake_reason"] for row in rows if row["at_stake_reason"]]
        return [replace(blank, reason=reasons[0] if reasons else NOTHING)]
    return [filled(replace(blank, about=f"{row['touchpoint']}, {row['bad']}"), row, "at_stake") for row in known[:MOST]]


def _end(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


_READ: dict[Question, tuple[Callable[[Answers], list[Figure]], ...]] = {
    "means": (_average_order, _orders_each, _recommend, _satisfied, _matters),
    "costs": (_average_order, _spend_each, _waits, _broken, _effort, _complaints, _sent_back),
    "keeps": (_standings, _rivals),
    "brings-back": (_repeat, _gaps, _improve, _stake),
}
