"""Colours that everyone can read, letters, and stylesheets that stay small."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from regulars.report import sentences
from regulars.report.charts.drawing import COLOURS, levels
from regulars.report.fonts import RANGES, font_css
from regulars.report.rendering import STYLES, language_of

STATIC = Path(str(files("regulars.report"))) / "static"
AA_TEXT, AA_GRAPHIC = 4.5, 3.0


def theme(name: str) -> dict[str, str]:
    """Variable -> colour, by day, by night, or on paper (where it changes what day says)."""
    tokens = (STATIC / "css" / "tokens.css").read_text()
    day, night = tokens.split("@media", 1)
    parts = {"day": [day], "night": [day, night], "print": [day, (STATIC / "css" / "print.css").read_text()]}[name]
    return {key: value for part in parts for key, value in re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", part)}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["day", "night", "print"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((text, ground) for text in ("ink", "soft", "accent", "harm", "old") for ground in ("paper", "card")),
        ("on-accent", "accent"),
        ("ink", "wash"),
        ("soft", "wash"),
        ("accent", "accent-wash"),
        ("harm", "harm-wash"),
        ("old", "old-wash"),
        *(("heat-dark", f"heat-{level}") for level in range(4)),
        *(("heat-light", f"heat-{level}") for level in (4, 5)),
    ],
)
def test_text_can_be_read_on_its_ground(name: str, text: str, ground: str) -> None:
    colours = theme(name)
    assert contrast(colours[text], colours[ground]) >= AA_TEXT


@pytest.mark.parametrize("name", ["day", "night", "print"])
@pytest.mark.parametrize("mark", ["accent", "second", "grey", "soft"])
def test_bars_and_lines_stand_out_from_the_card(name: str, mark: str) -> None:
    colours = theme(name)
    assert contrast(colours[mark], colours["card"]) >= AA_GRAPHIC


def test_every_colour_of_a_chart_is_a_variable_of_the_page() -> None:
    assert set(COLOURS) <= set(theme("day")) & set(theme("night"))


def test_stylesheets_are_all_used_and_stay_short() -> None:
    sheets = sorted((STATIC / "css").glob("*.css"))
    assert {sheet.stem for sheet in sheets} == set(STYLES)
    assert max(len(sheet.read_text().splitlines()) for sheet in sheets) < 150


def test_only_the_token_sheet_and_paper_name_colours() -> None:
    for sheet in (STATIC / "css").glob("*.css"):
        if sheet.stem not in ("tokens", "print"):
            assert re.findall(r"#[0-9a-f]{3,8}\b", sheet.read_text()) == [], sheet.name


def test_fonts_stay_small_and_carry_their_licence() -> None:
    fonts = list((STATIC / "fonts").iterdir())
    assert sum(font.stat().st_size for font in fonts) < 700_000
    assert sum("Open Font License" in font.read_text() for font in fonts if font.suffix == ".txt") == 2


@pytest.mark.parametrize(
    ("text", "subsets"),
    [
        ("Oak & Hearth", {"latin"}),
        ("Dřevo a Žár", {"latin", "latin-ext"}),
        ("Дъб", {"cyrillic"}),
        ("₺ 5", {"latin", "latin-ext"}),
    ],
)
def test_a_page_carries_only_the_letters_it_uses(text: str, subsets: set[str]) -> None:
    css = font_css(text)
    assert {subset for subset, characters in RANGES.items() if characters in css} == subsets


def test_cyrillic_is_bulgarian_or_russian_as_the_company_says() -> None:
    assert language_of("Дъб", ("en", "bg")) == "bg"
    assert language_of("Дуб", ("ru", "en")) == "ru"
    assert language_of("Дъб", ("en",)) == "bg"
    assert language_of("Oak", ("bg",)) == ""


def test_a_share_on_a_step_belongs_to_the_level_above_it() -> None:
    assert [levels(value, (0.1, 0.2)) for value in (0.0, 0.1, 0.15, 0.2, 0.9)] == [0, 1, 1, 2, 2]


def test_no_sentence_of_ours_claims_a_cause() -> None:
    words = ("because", "caused by", "due to", "leads to", "results in", "thanks to")
    texts = [text for text in vars(sentences).values() if isinstance(text, str) and "causes another" not in text]
    assert [text for text in texts if any(word in text.lower() for word in words)] == []
