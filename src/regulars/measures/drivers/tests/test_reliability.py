"""Whether the questions of a table measure one thing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from regulars.measures.drivers.reliability import OPPOSITE, TOO_FEW, Reliability, feldt_interval, reliability_of
from regulars.measures.drivers.tests.forms import Forms, ecsi, numbers, reputation, rows_of

# Tenenhaus and others (2005), Computational Statistics & Data Analysis 48(1).
PUBLISHED = {"IMAG": 0.723, "CUEX": 0.452, "PERQ": 0.877, "PERV": 0.824, "CUSA": 0.779, "CUSL": 0.472}


def reliable(scores: np.ndarray) -> Reliability:
    columns = [f"q{place}" for place in range(scores.shape[1])]
    return reliability_of(columns, scores, np.ones(len(scores)), np.arange(len(scores)))


@pytest.mark.parametrize(("block", "published"), PUBLISHED.items())
def test_alphas_of_the_mobile_phone_survey_are_as_published(block: str, published: float) -> None:
    frame = ecsi()
    found = reliable(numbers(frame, *[name for name in frame.columns if name.startswith(block)]))
    assert round(found.alpha.value, 3) == published
    assert found.alpha.low < found.alpha.value < found.alpha.high
    assert found.alpha.n == 250


def test_the_published_alphas_come_out_of_the_log_too(tmp_path: Path) -> None:
    forms = Forms()
    for row in ecsi().iter_rows(named=True):
        forms.fill_in({f"{name[:4].lower()}.{name}": float(value) for name, value in row.items() if name != "CUSCO"})
    found = {row["matrix"]: row["alpha"] for row in rows_of("reliability", forms.written(tmp_path))}
    assert {name.upper(): round(alpha, 3) for name, alpha in found.items()} == PUBLISHED


def test_the_question_that_fits_least_is_named() -> None:
    frame = ecsi()
    names = ["CUSL1", "CUSL2", "CUSL3"]
    found = reliable(numbers(frame, *names))
    without = {name: reliable(numbers(frame, *[n for n in names if n != name])).alpha.value for name in names}
    best = max(without, key=lambda name: without[name])
    assert found.weakest == f"q{names.index(best)}"
    assert found.alpha_without == pytest.approx(without[best])


def test_blanks_are_left_out_pair_by_pair() -> None:
    frame = reputation()
    gaps = [name for name in frame.columns if frame[name].null_count()][:4]
    found = reliable(numbers(frame, *gaps))
    assert np.isfinite(found.alpha.value)
    assert 0 < found.alpha.n < len(frame)


def test_95_of_100_intervals_hold_the_true_alpha() -> None:
    true = 4 * 0.5 / (1 + 3 * 0.5)
    held = 0
    for seed in range(300):
        draw = np.random.default_rng(seed)
        scores = np.sqrt(0.5) * (draw.normal(size=(80, 1)) + draw.normal(size=(80, 4)))
        figure = reliable(scores).alpha
        held += figure.low <= true <= figure.high
    assert 0.92 * 300 <= held <= 0.98 * 300


def test_more_respondents_make_a_narrower_interval() -> None:
    widths = [np.diff(feldt_interval(0.8, n, 5))[0] for n in (50, 200, 800)]
    assert widths == sorted(widths, reverse=True)


def test_a_question_that_points_the_other_way_is_said() -> None:
    frame = ecsi()
    scores = numbers(frame, "PERQ1", "PERQ3", "PERQ4")
    scores[:, 0] = 11 - scores[:, 0]
    assert reliable(scores).alpha.reason == OPPOSITE


def test_nine_respondents_are_too_few_and_one_answer_for_all_says_nothing() -> None:
    assert reliable(np.random.default_rng(1).normal(size=(9, 3))).alpha.reason == TOO_FEW
    scores = np.random.default_rng(1).normal(size=(40, 3))
    scores[:, 1] = 5
    assert "same answer" in (reliable(scores).alpha.reason or "")


def test_a_table_of_one_question_has_no_row(tmp_path: Path) -> None:
    forms = Forms()
    for score in (1, 2, 3, 4, 5) * 4:
        forms.fill_in({"alone.price": score})
    assert rows_of("reliability", forms.written(tmp_path)) == []
