"""The file a shop owner opens: it needs nothing else, anyone can read it, and it gives nobody away."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from regulars.report.sentences import HEADINGS
from tests.report.reading import Parsed, parsed, squeezed
from tests.report.shops import CANARY, PERSON, busy_years, shop


@pytest.fixture(scope="module")
def page(busy_report: Path) -> Parsed:
    return parsed(busy_report)


def test_the_report_is_one_file_under_six_megabytes_that_asks_the_network_for_nothing(busy_report: Path) -> None:
    text = busy_report.read_text(encoding="utf-8")
    assert busy_report.stat().st_size < 6_000_000
    addresses = set(re.findall(r"https?://[^\s\"'<>)]+", text))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert not re.findall(r"url\((?!data:|#)", text)
    assert "@import" not in text


def test_the_report_runs_no_script_and_forbids_any(page: Parsed) -> None:
    assert page.of("script") == []
    assert [each.tag for each in page.elements if any(name.startswith("on") for name in each.attributes)] == []
    (policy,) = page.of("meta", http_equiv="Content-Security-Policy")
    assert "default-src 'none'" in (policy.attributes["content"] or "")


def test_texts_from_outside_stay_texts(page: Parsed, busy_report: Path) -> None:
    assert "<script" not in busy_report.read_text(encoding="utf-8")
    assert CANARY in page.of("title")[0].text
    assert any(CANARY in heading.text for heading in page.of("th", scope="row"))


def test_customers_are_shown_by_their_reference_and_never_by_name(page: Parsed, busy_report: Path) -> None:
    assert PERSON not in busy_report.read_text(encoding="utf-8")
    assert "Canarieva" not in page.words


def test_the_page_says_its_language_and_marks_what_is_in_another(page: Parsed) -> None:
    assert page.of("html")[0].attributes["lang"] == "en"
    assert page.of("small", lang="bg")
    assert page.of("th", lang="bg", scope="row")


def test_headings_go_down_one_level_at_a_time_from_a_single_first_one(page: Parsed) -> None:
    levels = [int(each.tag[1]) for each in page.elements if re.fullmatch(r"h[1-6]", each.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_link_leads_to_a_place_on_the_page_and_no_name_is_given_twice(page: Parsed) -> None:
    names = [each.attributes["id"] for each in page.elements if "id" in each.attributes]
    assert len(names) == len(set(names))
    targets = {(link.attributes["href"] or "")[1:] for link in page.of("a")}
    assert targets <= set(names)


def test_the_first_link_skips_to_the_report(page: Parsed) -> None:
    first = page.of("a")[0]
    assert first.attributes["href"] == "#content"
    assert page.of("main", id="content")


def test_every_chart_is_named_for_those_who_do_not_see_it_and_has_its_numbers_beside_it(page: Parsed) -> None:
    charts = [svg for svg in page.of("svg") if svg.attributes.get("role") == "img"]
    assert len(charts) >= 14
    assert all(len(svg.attributes["aria-label"] or "") > 20 for svg in charts)
    figures = page.of("figure")
    assert len(figures) * 2 == len(charts)
    assert all("The numbers" in figure.text for figure in figures)
    assert all(svg.attributes.get("aria-hidden") == "true" for svg in page.of("svg") if svg not in charts)


def test_every_table_has_a_caption_and_headed_columns_and_rows(page: Parsed) -> None:
    tables = page.of("table")
    assert len(tables) == len(page.of("caption"))
    assert len(page.of("th", scope="col")) >= 2 * len(tables)
    assert page.of("th", scope="row")


def test_charts_take_all_their_colours_from_the_page_so_that_they_know_the_dark(busy_report: Path) -> None:
    drawings = re.findall(r"<svg.*?</svg>", busy_report.read_text(encoding="utf-8"), flags=re.DOTALL)
    paints = {paint for each in drawings for paint in re.findall(r'(?:fill|stroke)="([^"]+)"', each)}
    assert paints
    assert {paint for paint in paints if not paint.startswith("var(--")} <= {"none", "transparent"}


def test_colours_that_charts_name_exist_by_day_and_by_night(busy_report: Path) -> None:
    text = busy_report.read_text(encoding="utf-8")
    used = set(re.findall(r"var\((--[a-z0-9-]+)\)", text))
    assert used <= set(re.findall(r"(--[a-z0-9-]+):", text))


def test_three_things_at_most_open_the_page(page: Parsed) -> None:
    assert squeezed(page.of("h1")[0].text) in HEADINGS.values()
    assert 1 <= len(page.of("li", class_="action")) <= 3


def test_end_users_and_resellers_are_shown_apart(page: Parsed) -> None:
    captions = [squeezed(caption.text) for caption in page.of("caption")]
    assert captions.count("Kinds of customers apart") == 2


def test_no_sentence_was_left_with_a_placeholder_or_a_missing_value(page: Parsed) -> None:
    words = page.words
    assert not re.findall(r"\{[a-z_]*\}|\bnan\b|\bNone\b|\bNaT\b|\binf\b", words)
    assert "  " not in words
    assert ".." not in words.replace("...", "")


def test_only_the_letters_that_the_page_needs_are_inside(busy_report: Path) -> None:
    text = busy_report.read_text(encoding="utf-8")
    assert text.count("@font-face") == 4  # Latin and Cyrillic, sans and serif
    assert text.count("data:font/woff2;base64,") == 4


def test_the_same_log_makes_the_same_report(tmp_path: Path) -> None:
    interactions, clients = busy_years(30)
    with shop(tmp_path, interactions, clients) as opened:
        first = opened.report(tmp_path / "first.html").read_bytes()
        second = opened.report(tmp_path / "second.html").read_bytes()
    assert first == second
