"""Planted themes are found, keep their ids, and what people decided about them holds."""

from __future__ import annotations

import numpy as np
import pytest

from regulars.words.choices import Choices, choices_of, read_id, theme_id
from regulars.words.finding import Theme, find_themes
from regulars.words.tests.voices import PLANTED, voices


def themes_in(language: str, each: int = 40, seed: int = 1, choices: Choices | None = None) -> list[Theme]:
    texts, _ = voices(language, each, seed)
    return find_themes(texts, [language] * len(texts), choices or Choices())


@pytest.mark.parametrize("language", PLANTED)
def test_planted_themes_are_found_in_each_language(language: str) -> None:
    texts, planted = voices(language, 40)
    found = find_themes(texts, [language] * len(texts), Choices())
    truth = np.array(planted)
    for theme in PLANTED[language]:
        best = max(found, key=lambda one: float((one.members & (truth == theme)).sum()))
        right = (best.members & (truth == theme)).sum()
        assert right / (truth == theme).sum() > 0.8, theme
        assert right / best.members.sum() > 0.8, theme


def test_the_same_texts_give_the_same_themes_again() -> None:
    one, other = themes_in("bg"), themes_in("bg")
    assert [theme.id for theme in one] == [theme.id for theme in other]
    assert all((a.members == b.members).all() for a, b in zip(one, other, strict=True))


def test_a_renamed_theme_keeps_its_name_when_new_texts_came() -> None:
    delivery = next(theme for theme in themes_in("cs") if "kurýr" in theme.words)
    later = themes_in("cs", each=70, seed=9, choices=Choices(names={delivery.id: "Doprava"}))
    named = next(theme for theme in later if theme.id == delivery.id)
    assert (named.name, named.named) == ("Doprava", True)
    assert "kurýr" in named.words
    assert named.members.sum() >= 60
    assert sum("kurýr" in theme.words for theme in later) == 1


def test_a_merged_theme_is_counted_under_the_other_one_and_stands_no_more_by_itself() -> None:
    before = themes_in("en")
    delivery = next(theme for theme in before if "courier" in theme.words)
    price = next(theme for theme in before if "invoice" in theme.words)
    after = themes_in("en", choices=Choices(merged={price.id: delivery.id}))
    assert price.id not in {theme.id for theme in after}
    both = next(theme for theme in after if theme.id == delivery.id)
    assert both.members.sum() >= 0.9 * (delivery.members | price.members).sum()


def test_a_pinned_theme_stays_when_nobody_speaks_of_it() -> None:
    parking = theme_id("en", ["parking", "barrier"])
    found = next(theme for theme in themes_in("en", choices=Choices(pinned=(parking,))) if theme.id == parking)
    assert found.pinned
    assert found.members.sum() == 0


def test_five_texts_are_too_few_for_themes() -> None:
    assert find_themes(["The courier was late"] * 5, ["en"] * 5, Choices()) == []
    assert find_themes([], [], Choices()) == []


def test_themes_merged_in_a_circle_stay_apart() -> None:
    circle = Choices(merged={"en:a": "en:b", "en:b": "en:a"})
    assert (circle.target("en:a"), circle.target("en:b")) == ("en:a", "en:b")


@pytest.mark.parametrize("body", [None, "", "[1]", "{", '{"names": [1], "merged": 3, "pinned": {"a": 1}}'])
def test_a_decision_that_cannot_be_read_decides_nothing(body: str | None) -> None:
    assert choices_of(body) == Choices()


def test_an_id_says_language_and_words() -> None:
    assert read_id(theme_id("tr", ["kargo", "geç"])) == ("tr", ("kargo", "geç"))
    assert read_id("other") is None
