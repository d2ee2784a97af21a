"""Kano's classes from pairs of questions."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from regulars.measures.drivers.kano import ANSWERS, CLASSES, TOO_CLOSE, Kano, class_of, kano_of
from regulars.measures.drivers.tests.forms import Forms, rows_of

# The evaluation table as printed: a row an answer with the feature, a column one without it, in the order of ANSWERS.
PRINTED = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
LETTERS = {"A": "attractive", "O": "one_dimensional", "M": "must_be", "I": "indifferent"}
LETTERS |= {"R": "reverse", "Q": "questionable"}


def made(**counts: int) -> list[str]:
    return [name for name, count in counts.items() for _ in range(count)]


def found(classes: list[str]) -> Kano:
    return kano_of(classes, np.ones(len(classes)), np.arange(len(classes)))


@pytest.mark.parametrize("pair", list(itertools.product(range(5), range(5))), ids=str)
def test_every_pair_of_answers_has_the_class_of_kanos_table(pair: tuple[int, int]) -> None:
    with_it, without_it = (ANSWERS[place] for place in pair)
    assert class_of(with_it, without_it) == LETTERS[PRINTED[pair[0]][pair[1]]]


def test_better_and_worse_are_bergers_shares() -> None:
    kano = found(made(attractive=20, one_dimensional=30, must_be=40, indifferent=10, reverse=5, questionable=5))
    assert kano.better.value == pytest.approx(0.5)
    assert kano.worse.value == pytest.approx(-0.7)
    assert kano.better.n == 100
    # Wilson's intervals of 50 and of 70 out of 100.
    assert (kano.better.low, kano.better.high) == pytest.approx((0.4038, 0.5962), abs=2e-3)
    assert (kano.worse.low, kano.worse.high) == pytest.approx((-0.7811, -0.6042), abs=2e-3)


def test_a_class_that_leads_by_little_is_not_sure() -> None:
    # Fong: 1.65 * sqrt((a + b)(2N - a - b) / 2N) = 1.65 * sqrt(80 * 120 / 200) = 11.4 for 100 respondents.
    close = found(made(must_be=45, attractive=35, indifferent=20))
    clear = found(made(must_be=46, attractive=34, indifferent=20))
    assert (close.leading, close.sure, close.reason) == ("must_be", False, TOO_CLOSE)
    assert (clear.leading, clear.sure, clear.reason) == ("must_be", True, None)


def test_of_equally_common_classes_the_one_that_would_be_missed_goes_first() -> None:
    assert found(made(attractive=10, must_be=10)).leading == "must_be"
    assert found(made(indifferent=10, one_dimensional=10)).leading == "one_dimensional"


def test_contradictions_say_nothing_of_better_and_worse() -> None:
    kano = found(made(questionable=8, reverse=2))
    assert np.isnan(kano.better.value)
    assert kano.better.reason
    assert "not understood" in (kano.reason or "")


def test_pairs_in_the_log_become_classes_and_halves_alone_are_left_out(tmp_path: Path) -> None:
    forms = Forms()
    for _ in range(30):
        forms.fill_in({"gift.with": "like", "gift.without": "neutral"})
    for _ in range(10):
        forms.fill_in({"gift.with": "neutral", "gift.without": "dislike", "parking.with": "expect"})
    forms.fill_in({"gift.with": "like"}).fill_in({"gift.with": "do not know", "gift.without": "like"})
    rows = {row["factor"]: row for row in rows_of("kano", forms.written(tmp_path))}
    gift = rows["gift"]
    assert {name: gift[name] for name in CLASSES if gift[name]} == {
        "attractive": 30,
        "must_be": 10,
    }
    assert (gift["n"], gift["class"], gift["class_sure"]) == (40, "attractive", True)
    assert (gift["better"], gift["worse"]) == (0.75, -0.25)
    assert (rows["parking"]["n"], rows["parking"]["class"], rows["parking"]["better"]) == (0, None, None)
    assert rows["parking"]["class_reason"]


def test_weights_move_the_coefficients_and_leave_the_counts(tmp_path: Path) -> None:
    forms = Forms()
    for place in range(40):
        without = "neutral" if place < 20 else "dislike"
        with_it = "like" if place < 20 else "neutral"
        forms.fill_in({"gift.with": with_it, "gift.without": without}, weight=3.0 if place < 20 else 1.0)
    gift = rows_of("kano", forms.written(tmp_path))[0]
    assert (gift["attractive"], gift["must_be"]) == (20, 20)
    assert (gift["better"], gift["worse"]) == (0.75, -0.25)
