"""Customers for the tests of lifetime value: CDNOW's, made-up ones, and plain slow twins of the models."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st
from scipy import stats
from scipy.special import betaln, gammaln, hyp2f1

from regulars.log.tables import INTERACTIONS
from regulars.measures.clv.statistics import Histories, count_histories
from tests.real_data import real_data
from tests.small_log import Files

CALIBRATION_END = date(1997, 9, 30)


def cdnow_sample_days() -> pl.DataFrame:
    """client_key, occurred_on, amount: the published tenth of CDNOW, one row a customer and day."""
    return (
        pl.read_parquet(real_data("cdnow/sample.parquet"))
        .select(
            client_key=pl.col("sample_id").cast(pl.Int64),
            occurred_on=pl.col("date").cast(pl.String).str.to_date("%Y%m%d"),
            amount=pl.col("dollars"),
        )
        .group_by("client_key", "occurred_on")
        .agg(pl.col("amount").sum())
    )


def cdnow_sample_log(folder: Path) -> Files:
    """The same as files that an engine reads, several orders on one day kept apart."""
    rows = pl.read_parquet(real_data("cdnow/sample.parquet")).select(
        client_key=pl.col("sample_id").cast(pl.Int64),
        occurred_on=pl.col("date").cast(pl.String).str.to_date("%Y%m%d"),
        kind=pl.lit("order"),
        amount=pl.col("dollars").cast(pl.String).cast(pl.Decimal(18, 4)),
    )
    path = folder / "interactions.parquet"
    schema = pa.schema([INTERACTIONS.field(name) for name in rows.columns])
    pq.write_table(rows.to_arrow().cast(schema), path)
    return {"interactions": [str(path)]}


def cdnow_calibration() -> Histories:
    """The 2,357 histories of the published fits, from the published summary (weeks of two decimals)."""
    summary = pl.read_parquet(real_data("cdnow/summary_rfm_calibration.parquet"))
    days = {name: (summary[name].to_numpy() * 7).round() for name in ("recency", "T")}
    return count_histories(summary["frequency"].to_numpy(), days["recency"], days["T"])[0]


def made_up(n: int, seed: int, r: float = 0.5, alpha: float = 4.0, a: float = 0.8, b: float = 2.5) -> Histories:
    """Customers who behave as BG/NBD says, watched for up to two years."""
    draw = np.random.default_rng(seed)
    age = draw.integers(0, 728, n)
    rate, leaving = draw.gamma(r, 1 / alpha, n) / 7, draw.beta(a, b, n)
    repeats, last, now, here = np.zeros(n, int), np.zeros(n), np.zeros(n), np.arange(n)
    while len(here):
        now[here] += draw.exponential(1 / rate[here])
        here = here[now[here] <= age[here] - 1]
        day = np.ceil(now[here])
        repeats[here] += day > last[here]
        last[here] = day
        here = here[draw.random(len(here)) >= leaving[here]]
    return count_histories(repeats, last, age)[0]


@st.composite
def histories(draw: st.DrawFn) -> Histories:
    """Any possible histories, heavy buyers and first-day customers among them."""
    rows = []
    for _ in range(draw(st.integers(1, 12))):
        age = draw(st.integers(0, 1500))
        repeats = draw(st.integers(0, min(age, 900)))
        last = draw(st.integers(repeats, age)) if repeats else 0
        rows.append((repeats, last, age))
    return count_histories(*zip(*rows, strict=True))[0]


def slow_bgnbd(parameters: tuple[float, ...], x: float, t_x: float, age: float) -> float:
    """log-likelihood of one customer, as the paper's formula (6) writes it."""
    r, alpha, a, b = parameters
    stayed = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + age)
    left = betaln(a + 1, b + x - 1) - betaln(a, b) - (r + x) * np.log(alpha + t_x) if x else -np.inf
    return float(gammaln(r + x) - gammaln(r) + r * np.log(alpha) + np.logaddexp(stayed, left))


def slow_pareto(parameters: tuple[float, ...], x: float, t_x: float, age: float) -> float:
    """log-likelihood of one customer with Gaussian hypergeometric functions, as Fader & Hardie's note has it."""
    r, alpha, s, beta = parameters
    both, most, apart = r + s + x, max(alpha, beta), abs(alpha - beta)
    second = s + 1 if alpha >= beta else r + x

    def piece(t: float) -> float:
        return float(hyp2f1(both, second, both + 1, apart / (most + t)) / (most + t) ** both)

    stayed = (alpha + age) ** -(r + x) * (beta + age) ** -s
    mixture = stayed + s / both * (piece(t_x) - piece(age))
    return float(gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta) + np.log(mixture))


def slow_expected_orders(parameters: tuple[float, ...], x: float, t_x: float, age: float, weeks: float) -> float:
    """BG/NBD's expectation in closed form, as the paper's formula (10) writes it."""
    r, alpha, a, b = parameters
    shrink = ((alpha + age) / (alpha + age + weeks)) ** (r + x)
    curve = hyp2f1(r + x, b + x, a + b + x - 1, weeks / (alpha + age + weeks))
    top = (a + b + x - 1) / (a - 1) * (1 - shrink * curve)
    left = a / (b + x - 1) * ((alpha + age) / (alpha + t_x)) ** (r + x) if x else 0.0
    return float(top / (1 + left))


def simulated_future(
    parameters: tuple[float, ...], history: tuple[int, float, float], weeks: float, draws: int
) -> tuple[float, float]:
    """Share still customers, and mean orders ahead, of many Pareto/NBD customers weighted by their likelihood."""
    r, alpha, s, beta = parameters
    x, t_x, age = history
    draw = np.random.default_rng(11)
    rate = stats.gamma.rvs(r, scale=1 / alpha, size=draws, random_state=draw)
    leave = stats.gamma.rvs(s, scale=1 / beta, size=draws, random_state=draw)
    both = rate + leave
    alive = rate**x * np.exp(-both * age)
    gone = rate**x * leave / both * (np.exp(-both * t_x) - np.exp(-both * age))
    ahead = rate / leave * -np.expm1(-leave * weeks)
    whole = (alive + gone).sum()
    return float(alive.sum() / whole), float((alive * ahead).sum() / whole)
