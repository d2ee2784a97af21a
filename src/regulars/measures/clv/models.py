"""The models of one company, or of one part of it: whether they may be fitted, and which one is used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regulars.measures.clv import bgnbd, gamma_gamma, paretonbd
from regulars.measures.clv.bgnbd import fit_bgnbd
from regulars.measures.clv.fitting import Fit, FitError
from regulars.measures.clv.gamma_gamma import fit_gamma_gamma, usable
from regulars.measures.clv.histories import DAYS_PER_WEEK, Histories
from regulars.measures.clv.paretonbd import fit_paretonbd

# Below these, estimates are so wide or so biased that they would mislead.
FEWEST_REPEAT_CUSTOMERS = 50
SHORTEST_HISTORY_WEEKS = 26
# Both models have four parameters, so BIC differs by twice the log-likelihood; a difference above 10 is
# very strong evidence (Kass & Raftery 1995, Journal of the American Statistical Association 90(430)).
CLEARLY_BETTER = 5.0


@dataclass(frozen=True)
class Fitted:
    """A model's fit, or the sentence that says why there is none."""

    model: str
    parameters: tuple[str, ...]
    fit: Fit | None
    reason: str | None


@dataclass(frozen=True)
class Models:
    """What was fitted to one set of customers.

    chosen  which of the two order models lifetime value uses, with the reason in words; None where neither
            could be fitted
    """

    bgnbd: Fitted
    paretonbd: Fitted
    spend: Fitted
    chosen: Fit | None
    why: str

    @property
    def all_fitted(self) -> tuple[Fitted, Fitted, Fitted]:
        """The three, in the order in which they are shown."""
        return self.bgnbd, self.paretonbd, self.spend


def fit_order_models(histories: Histories) -> tuple[Fitted, Fitted, Fit | None, str]:
    """BG/NBD and Pareto/NBD, the chosen one of them, and why."""
    refusal = too_little(histories)
    first = _try(bgnbd.MODEL, bgnbd.PARAMETERS, lambda: fit_bgnbd(histories), refusal)
    second = _try(paretonbd.MODEL, paretonbd.PARAMETERS, lambda: fit_paretonbd(histories), refusal)
    chosen, why = _choose(first, second)
    return first, second, chosen, why


def fit_models(
    histories: Histories, priced_repeats: npt.NDArray[np.int64], repeat_spend: npt.NDArray[np.float64]
) -> Models:
    """All three models of one set of customers.

    priced_repeats, repeat_spend  one entry a customer: repeat orders of known amount, and their sum
    """
    first, second, chosen, why = fit_order_models(histories)
    mean_spend = mean_of(repeat_spend, priced_repeats)
    refusal = too_little(histories) or _too_few_spenders(int(usable(priced_repeats, mean_spend).sum()))
    spend = _try(
        gamma_gamma.MODEL,
        gamma_gamma.PARAMETERS,
        lambda: fit_gamma_gamma(priced_repeats, mean_spend),
        refusal,
    )
    return Models(first, second, spend, chosen, why)


def mean_of(total: npt.NDArray[np.float64], count: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """total / count; NaN where nothing was counted."""
    return np.asarray(np.divide(total, count, out=np.full(len(count), np.nan), where=count > 0))


def too_little(histories: Histories) -> str | None:
    """Why these customers are too few, or seen too briefly, for a model; None where they are enough."""
    weeks = histories.longest_days / DAYS_PER_WEEK
    if weeks < SHORTEST_HISTORY_WEEKS:
        return (
            f"The history is {weeks:.0f} weeks long; below {SHORTEST_HISTORY_WEEKS} weeks nobody can tell a "
            "customer who left from one who buys seldom."
        )
    if histories.repeat_customers < FEWEST_REPEAT_CUSTOMERS:
        return f"Only {histories.repeat_customers} customers have come back; the model needs {FEWEST_REPEAT_CUSTOMERS}."
    return None


def _too_few_spenders(spenders: int) -> str | None:
    if spenders >= FEWEST_REPEAT_CUSTOMERS:
        return None
    return (
        f"Only {spenders} customers have paid for a repeat order; the model of spend needs {FEWEST_REPEAT_CUSTOMERS}."
    )


def _try(model: str, parameters: tuple[str, ...], fit: Callable[[], Fit], refusal: str | None) -> Fitted:
    if refusal:
        return Fitted(model, parameters, None, refusal)
    try:
        return Fitted(model, parameters, fit(), None)
    except FitError as error:
        return Fitted(model, parameters, None, str(error))


def _choose(first: Fitted, second: Fitted) -> tuple[Fit | None, str]:
    if first.fit is None or second.fit is None:
        only = first.fit or second.fit
        reason = first.reason or second.reason or ""
        return only, f"{only.model} is used: {reason}" if only else reason
    ahead = second.fit.log_likelihood - first.fit.log_likelihood
    if ahead > CLEARLY_BETTER:
        return second.fit, (
            f"{paretonbd.MODEL} is used: its log-likelihood is {ahead:.1f} higher, and above {CLEARLY_BETTER:.0f} "
            "that is very strong evidence."
        )
    if ahead > 0:
        return first.fit, (
            f"{bgnbd.MODEL} is used: the log-likelihood of {paretonbd.MODEL} is {ahead:.1f} higher; it would have to "
            f"be more than {CLEARLY_BETTER:.0f} higher."
        )
    return first.fit, (
        f"{bgnbd.MODEL} is used: the log-likelihood of {paretonbd.MODEL} is {abs(ahead):.1f} lower; it would have to "
        f"be more than {CLEARLY_BETTER:.0f} higher."
    )
