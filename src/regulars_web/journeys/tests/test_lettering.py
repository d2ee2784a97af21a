"""Names of steps fit into their boxes, whatever they are."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from regulars_web.journeys.drawing import NAME_LINES, NAME_SIZE, NAME_WIDTH
from regulars_web.journeys.lettering import text_width, wrapped


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=120))
def test_every_line_of_a_name_fits(name):
    lines = wrapped(name, size=NAME_SIZE, width=NAME_WIDTH, lines=NAME_LINES)
    assert 1 <= len(lines) <= NAME_LINES
    assert all(text_width(line, NAME_SIZE) <= NAME_WIDTH + NAME_SIZE for line in lines)


def test_a_short_name_stays_as_it_is():
    assert wrapped("deliver", size=13, width=150, lines=3) == ["deliver"]


def test_a_long_name_is_broken_between_words():
    assert wrapped("W_Nabellen incomplete dossiers", size=13, width=150, lines=3) == [
        "W_Nabellen",
        "incomplete dossiers",
    ]


def test_a_name_that_does_not_fit_at_all_says_that_it_goes_on():
    assert wrapped("word " * 40, size=13, width=100, lines=2)[-1].endswith("…")
