"""How strongly two things about customers go together, from 0 (not at all) to 1 (one tells the other).

Three measures on one scale, by what is compared: categories with categories (Cramér's V), numbers with numbers
(Spearman), categories with numbers (the correlation ratio of ranks). Ranks, so that a few very large customers
do not decide. Landmarks: 0.1 weak, 0.3 moderate, 0.5 strong (Cohen 1988, Statistical Power Analysis, 2nd ed.,
chapters 3 and 7).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, stats

from regulars.groups.shares import Figure, unknown_figure
from regulars.measures.estimates import SMALL_SAMPLE
from regulars.measures.intervals import LEVEL, Z

WEAK, MODERATE, STRONG = 0.1, 0.3, 0.5
MOST_CATEGORIES = 20
NORMAL_ABOVE = 5_000.0

Method = Literal["cramers_v", "spearman", "rank_correlation_ratio"]
TOO_FEW = "Fewer than 30 customers of whom both are known."
ALL_ALIKE = "All customers are alike in one of the two, so nothing can go with it."

Floats = NDArray[np.float64]
# One value a customer, of one type; None where unknown.
Texts: TypeAlias = Sequence[object] | pa.ChunkedArray


@dataclass(frozen=True)
class Association:
    """Strength 0-1 with its interval; ``sign`` is -1 where one falls as the other rises."""

    strength: Figure
    method: Method
    sign: int = 1


@dataclass(frozen=True)
class Variable:
    """One thing about every customer: numbers (NaN unknown), or codes of categories (-1 unknown)."""

    values: NDArray[np.float64] | NDArray[np.int64]
    numeric: bool

    @property
    def known(self) -> NDArray[np.bool_]:
        return ~np.isnan(self.values) if self.numeric else np.asarray(self.values >= 0)


def numbers(values: ArrayLike) -> Variable:
    """A variable of numbers."""
    return Variable(np.asarray(values, dtype=np.float64), numeric=True)


def categories(values: Texts) -> Variable:
    """A variable of categories; the rare ones beyond the 19 most frequent are one."""
    names, codes = as_text_codes(values)
    order = np.argsort(-np.bincount(codes[codes >= 0], minlength=len(names)), kind="stable")
    merged = np.full(len(names) + 1, -1, dtype=np.int64)  # the last one stands for code -1
    merged[order] = np.minimum(np.arange(len(names)), MOST_CATEGORIES - 1)
    return Variable(merged[codes], numeric=False)


def as_text_codes(values: Texts) -> tuple[list[str], NDArray[np.int64]]:
    """The distinct values as texts, in order, and the place of each customer's; -1 where unknown."""
    texts = values if isinstance(values, pa.ChunkedArray) else pa.chunked_array([pa.array(values)])
    texts = texts.cast(pa.string())
    names = sorted(text for text in texts.unique().to_pylist() if text is not None)
    places = pc.index_in(texts, value_set=pa.array(names, pa.string()), skip_nulls=True)
    return names, places.cast(pa.int64()).fill_null(-1).to_numpy()


def association(one: Variable, other: Variable) -> Association:
    """How strongly the two go together, over the customers of whom both are known."""
    both = one.known & other.known
    a, b = one.values[both], other.values[both]
    if one.numeric and other.numeric:
        return spearman(a, b)
    if one.numeric or other.numeric:
        return rank_correlation_ratio(*((b, a) if one.numeric else (a, b)))
    return cramers_v(crossed(a, b))


def crossed(a: ArrayLike, b: ArrayLike) -> NDArray[np.int64]:
    """How many customers have each pair of categories."""
    rows, of_a = np.unique(np.asarray(a), return_inverse=True)
    columns, of_b = np.unique(np.asarray(b), return_inverse=True)
    cells = np.bincount(of_a * len(columns) + of_b, minlength=len(rows) * len(columns))
    return cells.reshape(len(rows), len(columns)).astype(np.int64)


def cramers_v(table: ArrayLike) -> Association:
    """Cramér's V of a table of counts, corrected for its bias in small samples.

    The interval comes from the noncentral chi-squared distribution, and reaches 0 where chance alone would do.
    Source  Bergsma (2013), Journal of the Korean Statistical Society 42(3); interval: Smithson (2003),
            Confidence Intervals, chapter 4
    """
    counts = np.asarray(table, dtype=np.float64)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    n = int(counts.sum())
    if min(counts.shape, default=0) < 2:
        return Association(unknown_figure(ALL_ALIKE, n), "cramers_v")
    if n < SMALL_SAMPLE:
        return Association(unknown_figure(TOO_FEW, n), "cramers_v")
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / n
    chi2 = float(((counts - expected) ** 2 / expected).sum())
    sides = np.array(counts.shape) - 1
    free = int(sides.prod())
    corrected = max(0.0, chi2 / n - free / (n - 1))
    size = float((sides - sides**2 / (n - 1)).min())
    low, high = noncentrality_interval(chi2, free)
    scale = n * float(sides.min())
    value = min(1.0, math.sqrt(corrected / size))
    figure = Figure(value, *_around(value, math.sqrt(low / scale), math.sqrt(high / scale)), n)
    return Association(figure, "cramers_v", _sign_of(counts))


def spearman(a: ArrayLike, b: ArrayLike) -> Association:
    """Spearman's rank correlation, as strength and sign.

    Source  Spearman (1904); interval: Bonett and Wright (2000), Psychometrika 65(1)
    """
    x, y = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    return correlation_of_ranks(stats.rankdata(x), stats.rankdata(y))


def correlation_of_ranks(x: Floats, y: Floats, *, held_equal: int = 0) -> Association:
    """The correlation of two rankings; ``held_equal`` is how many others were taken out of both before."""
    n = len(x)
    if n < SMALL_SAMPLE:
        return Association(unknown_figure(TOO_FEW, n), "spearman")
    x, y = x - x.mean(), y - y.mean()
    size = float(np.linalg.norm(x) * np.linalg.norm(y))
    if size <= 1e-9 * n:
        return Association(unknown_figure(ALL_ALIKE, n), "spearman")
    rho = float(np.clip(x @ y / size, -1.0, 1.0))
    low, high = _correlation_interval(rho, n - held_equal)
    sign = -1 if rho < 0 else 1
    ends = (0.0 if low <= 0 <= high else min(abs(low), abs(high)), max(abs(low), abs(high)))
    return Association(Figure(abs(rho), *ends, n), "spearman", sign)


def partial_rank_correlation(a: ArrayLike, b: ArrayLike, equal: Sequence[ArrayLike]) -> Association:
    """The correlation of two rankings among customers alike in all of ``equal``.

    The ranks of ``equal`` are taken out of both by least squares.
    Source  Conover (1999), Practical Nonparametric Statistics, 3rd ed., section 5.4
    """
    ranks = [stats.rankdata(np.asarray(values, dtype=np.float64)) for values in (a, b, *equal)]
    others = np.column_stack([np.ones(len(ranks[0])), *ranks[2:]])
    x, y = (values - others @ np.linalg.lstsq(others, values, rcond=None)[0] for values in ranks[:2])
    return correlation_of_ranks(x, y, held_equal=len(equal))


def rank_correlation_ratio(codes: ArrayLike, values: ArrayLike) -> Association:
    """The part of a ranking that categories explain, as its square root, corrected for bias.

    Source  Kruskal and Wallis (1952), Journal of the American Statistical Association 47(260), whose H this is;
            epsilon squared: Kelley (1935), PNAS 21(9)
    """
    groups, ranks = np.asarray(codes), stats.rankdata(np.asarray(values, dtype=np.float64))
    found, place, counts = np.unique(groups, return_inverse=True, return_counts=True)
    n, kinds = len(ranks), len(found)
    total = float(((ranks - ranks.mean()) ** 2).sum()) if n else 0.0
    if kinds < 2 or total == 0:
        return Association(unknown_figure(ALL_ALIKE, n), "rank_correlation_ratio")
    if n < SMALL_SAMPLE or n <= kinds:
        return Association(unknown_figure(TOO_FEW, n), "rank_correlation_ratio")
    means = np.bincount(place, weights=ranks) / counts
    between = float((counts * (means - ranks.mean()) ** 2).sum()) / total
    value = math.sqrt(max(0.0, 1 - (1 - between) * (n - 1) / (n - kinds)))
    low, high = noncentrality_interval(between * (n - 1), kinds - 1)
    ends = _around(value, math.sqrt(low / n), math.sqrt(high / n))
    sign = -1 if kinds == 2 and means[1] < means[0] else 1
    return Association(Figure(value, *ends, n), "rank_correlation_ratio", sign)


def noncentrality_interval(chi2: float, free: int) -> tuple[float, float]:
    """95% interval of the noncentrality of a chi-squared statistic; 0 where chance alone would do."""
    tail = (1 - LEVEL) / 2
    if chi2 > NORMAL_ABOVE:  # the distribution is as good as normal, and its series too long
        margin = Z * math.sqrt(2 * free + 4 * (chi2 - free))
        return max(0.0, chi2 - free - margin), chi2 - free + margin
    return _noncentrality(chi2, free, 1 - tail), _noncentrality(chi2, free, tail)


def _noncentrality(chi2: float, free: int, chance: float) -> float:
    """The noncentrality under which a statistic is at most ``chi2`` with that chance; 0 where none is."""
    if stats.chi2.cdf(chi2, free) <= chance:
        return 0.0
    above = chi2 + 10 * math.sqrt(2 * free + 4 * chi2) + 50
    return float(optimize.brentq(lambda size: stats.ncx2.cdf(chi2, free, size) - chance, 0.0, above))


def _around(value: float, low: float, high: float) -> tuple[float, float]:
    """The interval, holding the estimate and within 0 and 1."""
    return max(0.0, min(low, value)), min(1.0, max(high, value))


def _correlation_interval(rho: float, n: int) -> tuple[float, float]:
    if abs(rho) >= 1:
        return rho, rho
    margin = Z * math.sqrt((1 + rho**2 / 2) / (n - 3))
    return math.tanh(math.atanh(rho) - margin), math.tanh(math.atanh(rho) + margin)


def _sign_of(counts: Floats) -> int:
    """-1 where two yes-or-no things exclude one another; 1 otherwise."""
    if counts.shape != (2, 2):
        return 1
    return -1 if counts[0, 0] * counts[1, 1] < counts[0, 1] * counts[1, 0] else 1
