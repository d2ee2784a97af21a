"""The day of a purchase is the day it happened, however the till wrote it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from regulars.errors import NeedsDecision
from regulars.imports.contract import ColumnFormat
from regulars.imports.dates import DateEvidence, decide_dates, parse_dates
from tests.imports.messy_files import text_cells


def evidence(*cells: str | None, custom: str | None = None) -> DateEvidence:
    seen = DateEvidence(custom)
    seen.add(pl.Series(cells, dtype=pl.String))
    return seen


def decided(
    *cells: str | None, order: str | None = None, elsewhere: str | None = None, custom: str | None = None
) -> ColumnFormat:
    return decide_dates("Date", evidence(*cells, custom=custom), order=order, elsewhere=elsewhere)


def read(*cells: str | None, order: str | None = None, zone: str = "UTC") -> list[datetime | None]:
    return parse_dates(pl.Series(cells, dtype=pl.String), decided(*cells, order=order), zone).to_list()


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


days = st.dates(min_value=date(1971, 1, 1), max_value=date(2060, 12, 31))


@given(column=st.lists(days, min_size=1, max_size=15), separator=st.sampled_from("./-"), short=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_column_with_a_day_over_twelve_reads_the_same_day_first_and_month_first(
    column: list[date], separator: str, short: bool
) -> None:
    assume(any(day.day > 12 for day in column))
    year = "%y" if short else "%Y"
    assume(not short or separator != "-")  # there the year may come first
    assume(not short or all(1970 <= day.year < 2070 for day in column))
    expected = [at(day.year, day.month, day.day) for day in column]
    for order in (("%d", "%m", year), ("%m", "%d", year)):
        cells = [day.strftime(separator.join(order)) for day in column]
        assert read(*cells) == expected


@given(column=st.lists(days, min_size=2, max_size=15), data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_order_and_the_parts_of_a_file_do_not_change_its_dates(column: list[date], data: st.DataObject) -> None:
    cells = [day.strftime(data.draw(st.sampled_from(["%d.%m.%Y", "%Y-%m-%d %H:%M"]))) for day in column]
    shuffled = data.draw(st.permutations(cells))
    cut = data.draw(st.integers(0, len(cells)))
    parts = evidence(*shuffled[:cut])
    parts.add(pl.Series(shuffled[cut:], dtype=pl.String))
    assert decide_dates("Date", parts, order=None, elsewhere=None) == decided(*cells)


def test_a_column_that_never_shows_its_order_is_asked_about() -> None:
    with pytest.raises(NeedsDecision, match=r"'03/04/2024'.*--date-format DMY.*--date-format MDY"):
        decided("03/04/2024", "05/05/2024")


@pytest.mark.parametrize(("order", "month"), [("DMY", 4), ("MDY", 3)])
def test_the_answer_to_that_question_is_followed(order: str, month: int) -> None:
    assert read("03/04/2024", order=order) == [at(2024, month, 7 - month)]


def test_a_day_equal_to_its_month_needs_no_question() -> None:
    assert read("05/05/2024") == [at(2024, 5, 5)]


def test_day_first_and_month_first_in_one_column_are_both_shown() -> None:
    with pytest.raises(NeedsDecision, match=r"'13/02/2024' and '02/13/2024'"):
        decided("13/02/2024", "02/13/2024")


def test_of_a_mixed_column_the_answer_reads_what_fits_and_leaves_the_rest() -> None:
    assert read("13/02/2024", "02/13/2024", order="DMY") == [at(2024, 2, 13), None]


def test_two_digits_on_each_side_of_dashes_may_begin_with_the_year_and_are_asked_about() -> None:
    with pytest.raises(NeedsDecision, match="'25-02-11' begins with the year, the day or the month"):
        decided("25-12-11", "25-02-11")
    assert read("25-02-11", order="YMD") == [at(2025, 2, 11)]
    assert read("25-02-98", "25-02-11") == [at(1998, 2, 25), at(2011, 2, 25)]


def test_an_answer_that_most_dates_belie_is_not_followed() -> None:
    with pytest.raises(NeedsDecision, match="You said MDY, but most dates"):
        decided("13/02/2024", "14/02/2024", "01/02/2024", order="MDY")


def test_dates_with_dots_begin_with_the_day_and_it_is_said() -> None:
    assert decided("03.04.2024").note == "day first, as everywhere where dates have dots"


def test_another_date_column_of_the_file_may_decide_and_it_is_said() -> None:
    assert decided("03/04/2024", elsewhere="MDY").note == "MDY as in the file's other dates"


@pytest.mark.parametrize(
    ("cell", "instant"),
    [
        ("2011-10-01", at(2011, 10, 1)),
        ("2011-10-01 08:26", at(2011, 10, 1, 8, 26)),
        ("2011-10-01T08:26:05Z", at(2011, 10, 1, 8, 26, 5)),
        ("2011-10-01T00:38:44.546+02:00", at(2011, 9, 30, 22, 38, 44, 546000)),
        ("2011-10-01 00:38:44 UTC", at(2011, 10, 1, 0, 38, 44)),
        ("2011-10-01 00:38:44+02", at(2011, 9, 30, 22, 38, 44)),
        ("2011/10/01 10:00:00 PM GMT+2", at(2011, 10, 1, 20)),
        ("2014/11/10 01:45:19.000", at(2014, 11, 10, 1, 45, 19)),
        ("20141110", at(2014, 11, 10)),
        ("20141110014519", at(2014, 11, 10, 1, 45, 19)),
        ("05/13/2016 12:00:00 AM", at(2016, 5, 13)),
        ("5/13/2016 1:05 pm", at(2016, 5, 13, 13, 5)),
        ("42059.4832407407", at(2015, 2, 24, 11, 35, 52)),
        ("1435636925", at(2015, 6, 30, 4, 2, 5)),
        ("1435636925000", at(2015, 6, 30, 4, 2, 5)),
        ("5.1.2011 г. 14:30:00 ч.", at(2011, 1, 5, 14, 30)),
        ("1. 2. 2011", at(2011, 2, 1)),
        ("05.01.11", at(2011, 1, 5)),
        ("85-03-01", at(1985, 3, 1)),
        ("5 января 2011 г.", at(2011, 1, 5)),
        ("5 януари 2011", at(2011, 1, 5)),
        ("12. března 2011", at(2011, 3, 12)),
        ("1 Ağustos 2011 14:30", at(2011, 8, 1, 14, 30)),
        ("March 3rd, 2011", at(2011, 3, 3)),
        ("05-Jan-11", at(2011, 1, 5)),
        ("Wed, 05 Jan 2011 10:00:00 +0000", at(2011, 1, 5, 10)),
    ],
)
def test_tills_of_many_countries_are_understood(cell: str, instant: datetime) -> None:
    assert read(cell) == [instant]


@pytest.mark.parametrize("cell", ["31.02.2011", "soon", "2011-13-01", "0001-01-01", "9999-12-31", "12", "1-2", "25:61"])
def test_what_is_no_date_is_left_empty(cell: str) -> None:
    assert read("2011-01-05", "15.01.2011", cell)[-1] is None


def test_a_clock_that_the_change_to_summer_time_skips_moves_forward() -> None:
    assert read("26.03.2023 03:30", zone="Europe/Sofia") == [at(2023, 3, 26, 1, 30)]


def test_a_clock_that_comes_twice_in_autumn_is_the_first() -> None:
    assert read("29.10.2023 03:30", zone="Europe/Sofia") == [at(2023, 10, 29, 0, 30)]


@given(st.datetimes(min_value=datetime(1995, 1, 1), max_value=datetime(2037, 1, 1)))
@settings(max_examples=60, deadline=None)
def test_local_clocks_become_the_instants_that_python_finds(clock: datetime) -> None:
    clock = clock.replace(second=0, microsecond=0)
    zone = "Europe/Prague"
    expected = clock.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert read(clock.strftime("%Y-%m-%d %H:%M"), zone=zone) == [expected]


def test_every_tweet_that_excel_turned_into_a_serial_number_has_its_time_again() -> None:
    created = text_cells("us_airline_tweets_EXCEL_MANGLED_head1000.csv")["tweet_created"]
    form = decide_dates("tweet_created", evidence(*created), order=None, elsewhere=None)
    instants = parse_dates(created, form, "UTC")
    assert form.pattern == "excel serial"
    assert instants.null_count() == 0
    slow = [datetime(1899, 12, 30, tzinfo=UTC) + timedelta(days=float(cell)) for cell in created]
    assert all(abs(fast - twin) < timedelta(milliseconds=1) for fast, twin in zip(instants, slow, strict=True))


def test_complaints_of_new_york_are_dated_month_first_from_their_own_days() -> None:
    created = text_cells("nyc311_us_dates_head1000.csv")["Created Date"]
    form = decide_dates("Created Date", evidence(*created), order=None, elsewhere=None)
    slow = [datetime.strptime(cell, "%m/%d/%Y %H:%M").replace(tzinfo=UTC) for cell in created]
    assert parse_dates(created, form, "UTC").to_list() == slow
