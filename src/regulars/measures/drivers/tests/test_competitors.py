"""How we stand beside named competitors, by those who know both."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from regulars.measures.drivers.tests.forms import Forms, rows_of


def compared(count: int = 80, seed: int = 1) -> tuple[Forms, np.ndarray]:
    """Ratings of us and two rivals on price; Cheap is a point better, Plain is like us. Overall goes with ours."""
    draw = np.random.default_rng(seed)
    ours = draw.integers(2, 5, count)
    cheap, plain = ours + 1, np.clip(ours + draw.integers(-1, 2, count), 1, 5)
    other = draw.integers(1, 6, count)
    forms = Forms()
    for row in zip(ours, cheap, plain, other, strict=True):
        names = ("parts.price", "parts.price@Cheap", "parts.price@Plain", "parts.staff")
        given = dict(zip(names, map(float, row), strict=True))
        forms.fill_in({**given, "overall": float(row[0])})
    return forms, np.column_stack([ours, cheap, plain]) * 25.0 - 25.0


def test_the_gap_is_the_mean_of_paired_differences_with_students_interval(tmp_path: Path) -> None:
    forms, points = compared()
    found = {row["competitor"]: row for row in rows_of("competitors", forms.written(tmp_path))}
    assert set(found) == {"Cheap", "Plain"}
    assert (found["Cheap"]["gap"], found["Cheap"]["gap_high"], found["Cheap"]["n"]) == (-25, -25, 80)
    assert found["Cheap"]["real_gap"] is True
    differences = points[:, 0] - points[:, 2]
    low, high = stats.t.interval(0.95, 79, differences.mean(), stats.sem(differences))
    assert (found["Plain"]["gap_low"], found["Plain"]["gap_high"]) == pytest.approx((low, high))
    assert found["Plain"]["gap"] == pytest.approx(found["Plain"]["ours"] - found["Plain"]["theirs"])


def test_who_knows_one_of_the_two_only_is_not_compared(tmp_path: Path) -> None:
    forms, _ = compared()
    forms.fill_in({"parts.price@Cheap": 1}).fill_in({"parts.price": 5})
    assert {row["n"] for row in rows_of("competitors", forms.written(tmp_path))} == {80}


def test_the_driver_names_the_competitor_that_stands_best_and_widens_its_interval(tmp_path: Path) -> None:
    forms, _ = compared()
    files = forms.written(tmp_path)
    price = next(row for row in rows_of("drivers", files) if row["factor"] == "price")
    assert (price["best_competitor"], price["gap_to_best"]) == ("Cheap", -25)
    assert "behind a competitor" in price["reason_codes"]
    staff = next(row for row in rows_of("drivers", files) if row["factor"] == "staff")
    assert staff["gap_to_best"] is None
    assert "competitor" in staff["gap_to_best_reason"]


def test_the_worst_of_several_gaps_needs_a_wider_interval(tmp_path: Path) -> None:
    draw, forms = np.random.default_rng(2), Forms()
    rivals = "ABCDE"
    for _ in range(50):
        theirs = {f"parts.price@{rival}": float(draw.integers(1, 6)) for rival in rivals}
        forms.fill_in({**theirs, "parts.price": float(draw.integers(1, 6)), "parts.staff": float(draw.integers(1, 6))})
    files = forms.written(tmp_path)
    price = next(row for row in rows_of("drivers", files) if row["factor"] == "price")
    alone = next(row for row in rows_of("competitors", files) if row["competitor"] == price["best_competitor"])
    assert price["gap_to_best"] == pytest.approx(alone["gap"])
    wide, narrow = (
        (row[f"{name}_high"] - row[f"{name}_low"]) for row, name in ((price, "gap_to_best"), (alone, "gap"))
    )
    assert wide / narrow == pytest.approx(stats.t.ppf(1 - 0.025 / 5, 49) / stats.t.ppf(0.975, 49))


def test_gaps_that_are_chance_are_seldom_called_real(tmp_path: Path) -> None:
    real = 0
    for seed in range(15):
        draw, forms = np.random.default_rng(seed), Forms()
        for _ in range(40):
            forms.fill_in({f"p.price{rival}": float(draw.integers(1, 6)) for rival in ("", "@A", "@B", "@C", "@D")})
        real += any(row["real_gap"] for row in rows_of("competitors", forms.written(tmp_path / str(seed))))
    assert real <= 3
