"""Bands of value: everyone is in one, and only in one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.report.formats import Notation
from regulars.report.sections.bands import MOST_BANDS, bands

AMOUNTS = st.lists(st.floats(min_value=0, max_value=1e7, allow_nan=False), min_size=1, max_size=80)


@given(AMOUNTS)
def test_every_customer_is_in_exactly_one_band(amounts: list[float]) -> None:
    found = bands(amounts)
    assert sum(band.customers for band in found) == len(amounts)
    assert sum(band.money for band in found) == pytest.approx(sum(amounts), abs=1e-6)
    assert 1 <= len(found) <= MOST_BANDS


@given(AMOUNTS)
def test_bands_touch_and_the_last_one_is_open(amounts: list[float]) -> None:
    found = bands(amounts)
    assert [band.high for band in found[:-1]] == [band.low for band in found[1:]]
    assert found[-1].high is None


def test_no_customers_make_no_bands() -> None:
    assert bands([]) == []


def test_bands_are_named_by_round_amounts() -> None:
    labels = [band.label(Notation("EUR")) for band in bands([5.0, 15.0, 35.0, 60.0, 150.0, 900.0])]
    assert labels[0].startswith("under €")
    assert labels[-1].endswith("and over")
