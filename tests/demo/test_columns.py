"""Columns are built exactly: money to the cent, ids that never meet."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.demo.columns import Calendar, decimals, local_dates, money, numbered, picks, scattered
from regulars.demo.names import latin

CENTS = st.integers(-(10**15), 10**15)


@settings(max_examples=50)
@given(st.lists(st.tuples(CENTS, st.booleans()), max_size=40))
def test_whole_cents_become_exactly_that_money(rows: list[tuple[int, bool]]) -> None:
    cents = np.array([cents for cents, _ in rows], dtype=np.int64)
    known = np.array([known for _, known in rows], dtype=bool)
    expected = [Decimal(cents).scaleb(-2) if known else None for cents, known in rows]
    built = money(cents, known)
    built.validate(full=True)
    assert built.to_pylist() == expected
    assert money(cents).to_pylist() == [Decimal(int(c)).scaleb(-2) for c in cents]


def test_millionths_become_unit_prices() -> None:
    price = decimals(np.array([1_234_567, -1]), pa.decimal128(18, 6), unit_scale=6)
    assert price.to_pylist() == [Decimal("1.234567"), Decimal("-0.000001")]


@settings(max_examples=50)
@given(st.integers(0, 2**62), st.integers(0, 10**13), st.integers(1, 500))
def test_distinct_numbers_get_distinct_positive_ids(salt: int, first: int, count: int) -> None:
    ids = scattered(np.arange(first, first + count), salt)
    assert len(set(ids.tolist())) == count
    assert ids.min() > 0


def test_local_times_become_the_instants_of_their_zone_in_summer_and_winter() -> None:
    calendar = Calendar(date(2026, 6, 30), "Europe/Sofia")
    times = [
        datetime(2026, 1, 15, 9),
        datetime(2026, 3, 29, 7),
        datetime(2026, 6, 30, 22, 59),
        datetime(2025, 10, 26, 23),
    ]
    seconds = np.array([int(time.replace(tzinfo=UTC).timestamp()) for time in times])
    expected = [time.replace(tzinfo=ZoneInfo("Europe/Sofia")).astimezone(UTC) for time in times]
    assert calendar.instants(seconds).to_pylist() == expected
    assert local_dates(seconds).to_pylist() == [time.date() for time in times]


def test_a_negative_code_is_nothing() -> None:
    assert picks(np.array([1, -1, 0]), ("oak", "ash")).to_pylist() == ["ash", None, "oak"]
    assert numbered("O", np.array([7, 12_345_678])).to_pylist() == ["O0000007", "O12345678"]


def test_names_of_every_alphabet_fit_an_address() -> None:
    assert [latin(name) for name in ("Щукин", "Růžičková", "Çiğdem", "Yıldız", "İpek", "Желязкова")] == [
        "shtukin",
        "ruzickova",
        "cigdem",
        "yildiz",
        "ipek",
        "zhelyazkova",
    ]
