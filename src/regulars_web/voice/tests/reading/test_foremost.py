"""Of fifty themes a dozen are shown: nobody reads fifty, and nothing that must be seen is left out."""

from __future__ import annotations

import pytest

from regulars_web.voice.reading.theming import MOST_THEMES, foremost


def theme(name, texts=10, **more):
    plain = {"theme": name, "texts": texts, "negative_share": None, "pinned": False, "named": False, "new": None}
    return {**plain, "real_change": None, "change": None, **more}


def names(rows):
    return [row["theme"] for row in foremost(rows)]


MANY = [theme(f"en:{number}", texts=100 - number) for number in range(50)]


def test_a_dozen_of_fifty_are_shown_those_with_most_texts_first():
    assert names(MANY) == [f"en:{number}" for number in range(MOST_THEMES)]


@pytest.mark.parametrize(
    "mark", [{"pinned": True}, {"named": True}, {"new": True}, {"real_change": True, "change": 0.05}]
)
def test_what_is_pinned_named_new_or_growing_is_always_among_them(mark):
    assert "en:last" in names([*MANY, theme("en:last", texts=1, **mark)])


def test_a_theme_that_only_shrinks_takes_no_place_of_a_larger_one():
    assert "en:last" not in names([*MANY, theme("en:last", texts=1, real_change=True, change=-0.05)])


def test_many_new_themes_are_all_shown():
    fresh = [theme(f"bg:{number}", texts=1, new=True) for number in range(20)]
    assert [name for name in names([*MANY, *fresh]) if name.startswith("en")] == []
    assert len(names([*MANY, *fresh])) == 20


def test_a_theme_of_many_complaints_goes_before_a_larger_one_without():
    found = names([*MANY, theme("en:late", texts=30, negative_share=0.9)])
    assert "en:late" in found
    assert len(found) == MOST_THEMES


def test_texts_that_no_theme_fits_are_counted_and_take_no_card_away():
    found = names([*MANY, theme("other", texts=500)])
    assert "other" in found
