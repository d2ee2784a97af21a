"""BG/NBD fitted to a million customers, everybody's coming orders and chance of still being a customer.

Everybody gets the same three columns and does fit and scoring; what we do besides (standard errors, 95% intervals of
every score) counts in our time. Peers are imported, and pymc-marketing's compiled code is cached, before the clock
starts.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from bench import made_up
from bench.timing import Comparison, Sizes, median_of, timed
from regulars.measures.clv.bgnbd import fit_bgnbd
from regulars.measures.clv.histories import count_histories
from regulars.measures.clv.scoring import Scorer
from regulars.measures.clv.valuation import at

HORIZON_DAYS = 364
HORIZON_WEEKS = HORIZON_DAYS / 7
NAMES = ("r", "alpha", "a", "b")
WARM_UP_CUSTOMERS = 2_000

# Parameters, orders expected in the horizon, probability of still being a customer.
Found = tuple[np.ndarray, np.ndarray, np.ndarray]


def run(sizes: Sizes, folder: Path) -> list[Comparison]:
    """Against lifetimes, against lifetimes given our counted histories, and against pymc-marketing's MAP fit."""
    made = made_up.histories(sizes.customers)
    frame = pd.DataFrame(
        {
            "customer_id": np.arange(sizes.customers),
            "frequency": made["repeat_orders"].astype(float),
            "recency": made["last_days"] / 7,
            "T": made["age_days"] / 7,
        }
    )
    our_seconds, ours = median_of(sizes.runs, lambda: _ours(made))
    task = f"BG/NBD fit and scores, {sizes.customers:,} customers"
    found = []
    for peer, at_least, work in (
        ("lifetimes", 10.0, _lifetimes),
        ("lifetimes on counted histories", None, _lifetimes_counted),
        ("pymc-marketing MAP", 15.0, _pymc_marketing),
    ):
        work(frame.head(WARM_UP_CUSTOMERS))
        # A peer takes minutes: once is enough, its spread is a few percent.
        seconds, theirs = timed(lambda work=work: work(frame))
        found.append(Comparison(task, peer, seconds, our_seconds, _agreement(ours, theirs), at_least))
    return found


def _ours(made: dict[str, np.ndarray]) -> Found:
    counted, place = count_histories(made["repeat_orders"], made["last_days"], made["age_days"])
    fit = fit_bgnbd(counted)
    scorer = Scorer(fit, counted)
    orders, alive = at(scorer.expected_orders(HORIZON_DAYS), place), at(scorer.p_alive(), place)
    return fit.values, orders.value, alive.value


def _lifetimes(frame: pd.DataFrame, weights: pd.Series | None = None) -> Found:
    from lifetimes import BetaGeoFitter

    columns = frame["frequency"], frame["recency"], frame["T"]
    fitter = BetaGeoFitter().fit(*columns, weights=weights)
    orders = fitter.predict(HORIZON_WEEKS, *columns)
    alive = fitter.conditional_probability_alive(*columns)
    return fitter.params_[list(NAMES)].to_numpy(), np.asarray(orders), np.asarray(alive)


def _lifetimes_counted(frame: pd.DataFrame) -> Found:
    """What a user of lifetimes could do by hand: count equal rows, pass the counts, join the scores back."""
    keys = ["frequency", "recency", "T"]
    counted = frame.groupby(keys).size().rename("weight").reset_index()
    values, orders, alive = _lifetimes(counted, counted["weight"])
    scored = frame[keys].merge(counted.assign(orders=orders, alive=alive), on=keys, how="left")
    return values, scored["orders"].to_numpy(), scored["alive"].to_numpy()


def _pymc_marketing(frame: pd.DataFrame) -> Found:
    """Flat priors, so that its answer is the maximum of the likelihood too."""
    from pymc_extras.prior import Prior
    from pymc_marketing.clv import BetaGeoModel

    model = BetaGeoModel(model_config={name: Prior("HalfFlat") for name in NAMES})
    model.fit(data=frame, method="map", progressbar=False)
    values = np.array([float(model.fit_result[name].to_numpy().item()) for name in NAMES])
    orders = model.expected_purchases(future_t=HORIZON_WEEKS).to_numpy().ravel()
    return values, orders, model.expected_probability_alive().to_numpy().ravel()


def _agreement(ours: Found, theirs: Found) -> str:
    parameters = np.abs(theirs[0] / ours[0] - 1)
    listed = ", ".join(f"{name} {difference:.1e}" for name, difference in zip(NAMES, parameters, strict=True))
    orders = float(np.nanmax(np.abs(theirs[1] - ours[1])))
    alive = float(np.nanmax(np.abs(theirs[2] - ours[2])))
    unknown = int((np.isnan(theirs[1]) | np.isnan(theirs[2])).sum())
    gaps = f"; {unknown} of its scores are NaN" if unknown else ""
    return f"relative differences: {listed}; at most {orders:.1e} orders, {alive:.1e} p_alive{gaps}"
