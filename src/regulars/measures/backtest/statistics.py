"""Whether the lifetime value model would have been right: fit on the first part, compare with the second."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from regulars.measures.clv.fitting import Z95, Fit
from regulars.measures.clv.groups import about, each_group
from regulars.measures.clv.histories import FloatArray, Histories, IntArray, count_histories
from regulars.measures.clv.models import fit_order_models
from regulars.measures.clv.scoring import Scorer
from regulars.measures.estimates import SMALL_SAMPLE
from regulars.measures.registry import Columns, Outcome
from regulars.measures.scope import Scope
from regulars.measures.splits import joined

# Error of the total up to which plans may rest on the model, and up to which it is of use at all.
TRUSTED_ERROR = 0.10
USABLE_ERROR = 0.25
# With fewer orders chance alone moves the total by more than a tenth either way.
FEWEST_ORDERS = 100
MOST_REPEATS = 7

TOO_FEW = f"Fewer than {FEWEST_ORDERS} orders came after the split: too few to judge a model by."
NO_SPREAD = "A running total; the last one's interval stands in the row total."
ONE_CUSTOMER = "One customer has no interval."


@dataclass(frozen=True)
class Comparison:
    """Predicted and actual orders of customers known at the split.

    histories, place  distinct histories at the split; where each row of the counts finds its own
    actual, customers one entry a row: orders that came, and how many customers that row stands for
    predicted         one entry a row, of one such customer
    """

    fit: Fit
    histories: Histories
    place: IntArray
    actual: FloatArray
    customers: FloatArray
    predicted: FloatArray
    holdout_days: int

    @property
    def predicted_total(self) -> float:
        """Orders predicted of all customers."""
        return float(self.customers @ self.predicted)

    @property
    def actual_total(self) -> float:
        """Orders that came."""
        return float(self.customers @ self.actual)

    @property
    def error_share(self) -> float:
        """Predicted over actual, less one; NaN where nothing came."""
        return self.predicted_total / self.actual_total - 1 if self.actual_total else float("nan")

    @property
    def correlation(self) -> float:
        """Pearson's, between predicted and actual orders over customers; NaN where either does not vary."""
        n = self.customers.sum()
        first = self.predicted - self.predicted_total / n
        second = self.actual - self.actual_total / n
        spread = float(np.sqrt((self.customers @ first**2) * (self.customers @ second**2)))
        return float(self.customers @ (first * second)) / spread if spread > 0 else float("nan")


def back_test(tables: Mapping[str, Columns], scope: Scope) -> Outcome:
    """Predicted against actual orders: in total, week by week, and by how often customers had come back.

    tables   histories: histories_with_future · weeks: held_out_weeks
    Columns  those of the measure backtest
    Empty    where no model could be fitted on the first part, one row that says why; nobody known by the split,
             no rows
    """
    parts, notes = [], []
    for key, group in each_group({name: tables[name] for name in ("histories", "weeks")}, scope.by):
        compared = compare(group["histories"])
        if isinstance(compared, str):
            rows, sentence = [_impossible_row(group["histories"], compared)], compared
        else:
            rows = [_total_row(compared), *_week_rows(compared, group["weeks"]), *_repeat_rows(compared)]
            sentence = verdict(compared)
        parts.append((key, _columns(rows)))
        notes.append(about(key, scope.by) + sentence)
    return Outcome(joined(parts, scope.by, list(COLUMNS)), tuple(notes))


def compare(counts: Columns) -> Comparison | str:
    """Fit on the histories at the split and score them; a sentence where no model can be fitted."""
    histories, place = count_histories(
        counts["repeat_orders"],
        counts["age_at_last_order_days"],
        counts["customer_age_days"],
        counts["customers"],
    )
    first, second, chosen, _ = fit_order_models(histories)
    if chosen is None:
        reason = first.reason or second.reason
        return f"No back-test is possible: before the split there is too little to learn from. {reason}"
    holdout_days = int(counts["holdout_days"][0])
    expected = Scorer(chosen, histories).expected_orders(holdout_days).value
    return Comparison(
        fit=chosen,
        histories=histories,
        place=place,
        actual=counts["holdout_orders"].astype(np.float64),
        customers=counts["customers"].astype(np.float64),
        predicted=expected[place],
        holdout_days=holdout_days,
    )


def verdict(compared: Comparison) -> str:
    """Whether to trust the model, in plain words."""
    predicted, actual, error = compared.predicted_total, compared.actual_total, compared.error_share
    held, model, customers = compared.holdout_days, compared.fit.model, compared.customers.sum()
    # Each sentence stands whole, so that pages can say it in another language.
    if actual < FEWEST_ORDERS:
        return (
            f"In the last {held} days the model ({model}) predicted {predicted:,.0f} orders of {customers:,.0f} "
            f"customers, {actual:,.0f} came: too few to judge the model by. Do not plan with it yet."
        )
    if error > 0:
        off = (
            f"In the last {held} days the model ({model}) predicted {predicted:,.0f} orders of {customers:,.0f} "
            f"customers, {actual:,.0f} came: {abs(error):.1%} too many."
        )
    else:
        off = (
            f"In the last {held} days the model ({model}) predicted {predicted:,.0f} orders of {customers:,.0f} "
            f"customers, {actual:,.0f} came: {abs(error):.1%} too few."
        )
    return f"{off} {_fit_words(abs(error))}"


def _fit_words(error: float) -> str:
    if error <= TRUSTED_ERROR:
        return "The model fits this company: trust it."
    if error <= USABLE_ERROR:
        return (
            "The model fits roughly: use it to tell good customers from poor ones, and allow for an error of that size "
            "in plans."
        )
    return "The model does not fit this company: do not plan with it."


def mean_and_interval(values: FloatArray, counts: FloatArray) -> tuple[float, float, float]:
    """Mean of counted values with its 95% interval; the interval is NaN for a single one."""
    n = float(counts.sum())
    mean = float(counts @ values) / n
    if n < 2:
        return mean, float("nan"), float("nan")
    half = Z95 * float(np.sqrt(counts @ (values - mean) ** 2 / (n - 1) / n))
    return mean, max(mean - half, 0.0), mean + half


COLUMNS: dict[str, type] = {
    "view": object,
    "step": object,
    "model": object,
    "holdout_days": int,
    "predicted": float,
    "actual": float,
    "actual_low": float,
    "actual_high": float,
    "actual_reason": object,
    "n": int,
    "small_sample": bool,
    "error_share": float,
    "correlation": float,
    "verdict": object,
}

Row = dict[str, object]


def _row(view: str, step: int | None, predicted: float, actual: float, n: float, of: Comparison | None = None) -> Row:
    return {
        "view": view,
        "step": step,
        "model": of.fit.model if of else None,
        "holdout_days": of.holdout_days if of else 0,
        "predicted": predicted,
        "actual": actual,
        "actual_low": np.nan,
        "actual_high": np.nan,
        "actual_reason": None,
        "n": int(n),
        "small_sample": n < SMALL_SAMPLE,
        "error_share": predicted / actual - 1 if actual else np.nan,
        "correlation": np.nan,
        "verdict": None,
    }


def _total_row(compared: Comparison) -> Row:
    n = float(compared.customers.sum())
    _, low, high = mean_and_interval(compared.actual, compared.customers)
    row = _row("total", None, compared.predicted_total, compared.actual_total, n, compared)
    ends = {"actual_low": n * low, "actual_high": n * high}
    few = TOO_FEW if compared.actual_total < FEWEST_ORDERS else None
    return row | ends | {"correlation": compared.correlation, "verdict": verdict(compared), "actual_reason": few}


def _week_rows(compared: Comparison, weeks: Columns) -> list[Row]:
    last = int(np.ceil(compared.holdout_days / 7))
    came = np.bincount(weeks["week"].astype(np.int64), weights=weeks["orders"], minlength=last + 1)
    actual = np.cumsum(came)[1:]
    ends = np.minimum(np.arange(1, last + 1) * 7.0, compared.holdout_days)
    predicted = Scorer(compared.fit, compared.histories).expected_over(ends)
    n = float(compared.customers.sum())
    return [
        _row("week", week, float(predicted[week - 1]), float(actual[week - 1]), n, compared)
        | {"actual_reason": NO_SPREAD}
        for week in range(1, last + 1)
    ]


def _repeat_rows(compared: Comparison) -> list[Row]:
    repeats = np.minimum(compared.histories.repeat_orders[compared.place], MOST_REPEATS)
    rows = []
    for step in np.unique(repeats).tolist():
        some = repeats == step
        counts = compared.customers[some]
        actual, low, high = mean_and_interval(compared.actual[some], counts)
        predicted = float(counts @ compared.predicted[some] / counts.sum())
        reason = ONE_CUSTOMER if np.isnan(low) else None
        row = _row("repeat_orders", step, predicted, actual, float(counts.sum()), compared)
        rows.append(row | {"actual_low": low, "actual_high": high, "actual_reason": reason})
    return rows


def _impossible_row(counts: Columns, sentence: str) -> Row:
    row = _row("total", None, np.nan, np.nan, float(counts["customers"].sum()))
    return row | {
        "actual_reason": sentence,
        "verdict": sentence,
        "holdout_days": int(counts["holdout_days"][0]),
        "error_share": np.nan,
    }


def _columns(rows: list[Row]) -> Columns:
    return {name: np.array([row[name] for row in rows], dtype=type_) for name, type_ in COLUMNS.items()}
