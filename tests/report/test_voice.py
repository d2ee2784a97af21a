"""What the report says of the customers' voice: what they answered, who was asked, and who kept silent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.measures import find
from regulars.measures.scope import Scope
from regulars.report import headings as head
from regulars.report import sentences as say
from regulars.report.formats import Notation
from regulars.report.gather import questions
from regulars.report.page import Notes, Section, Table
from regulars.report.readings import Inventory, Reading, Readings
from regulars.report.sections.voice import voice
from tests.voices import Voices

DAY = date(2024, 6, 30)
HELD = Inventory(interactions=900, purchases=900, customers=200, first_on=date(2022, 6, 1), newest_on=DAY)
NAMES = ("nps", "nps_by_survey", "response", "nonresponse")


def chapter(voices: Voices, folder: Path) -> Section:
    """The chapter as a report of that day would have it."""
    engine, asked, measures = DuckDBEngine(voices.files(folder)), questions(DAY, HELD), {}
    for name in NAMES:
        one = asked[name]
        scope = Scope(as_of=DAY, from_on=one.from_on, by=(one.by,) if one.by else ())
        result = run_measure(engine, find(one.measure), scope)
        measures[name] = Reading(result.to_polars(), tuple(result.notes))
    engine.close()
    return voice(Readings("Oak", Notation("EUR"), ("en",), DAY, HELD, measures=measures))


def table(section: Section, caption: str) -> list[tuple[str, ...]]:
    found = next(block for block in section.blocks if isinstance(block, Table) and block.caption == caption)
    return [tuple(cell.text for cell in row) for row in found.rows]


def test_the_chapter_begins_with_the_score_its_interval_and_how_many_answered(tmp_path: Path) -> None:
    voices = Voices().many(120, 9, survey="till").many(120, 8, survey="till").many(60, 3, survey="till")
    section = chapter(voices, tmp_path)
    assert "is 20 (11 to 28), from 300 answers" in section.finding
    assert table(section, say.VOICE_SCORES) == [("till", "120", "60", "20")]
    assert say.VOICE_CAUTION in section.text


def test_scores_below_nothing_have_a_true_minus_sign(tmp_path: Path) -> None:
    section = chapter(Voices().many(40, 2).many(10, 9), tmp_path)
    assert "is \N{MINUS SIGN}60" in section.finding


def test_answers_older_than_a_year_are_no_answers_of_now(tmp_path: Path) -> None:
    section = chapter(Voices().many(50, 0, on="2023-06-01").many(40, 10, on="2023-07-03"), tmp_path)
    assert "is 100" in section.finding
    assert "from 40 answers" in section.finding


def test_who_was_asked_and_who_answered_stands_beside_the_score(tmp_path: Path) -> None:
    voices = Voices()
    for key in range(1, 41):
        voices.asked(key, "2024-04-01", survey="till")
    for key in range(1, 11):
        voices.says(key, 9, on="2024-04-02", survey="till")
    section = chapter(voices.many(3, 9, survey="till"), tmp_path)
    [row] = table(section, say.VOICE_ASKED)
    assert row[:4] == ("till", "40", "25%", "3")
    assert any(f"{say.INVITATIONS.of(40)} went out, and 25%" in sentence for sentence in section.text)


def test_those_who_kept_silent_are_described_where_they_clearly_differ(tmp_path: Path) -> None:
    voices = Voices()
    for key in range(1, 121):
        voices.asked(key, "2024-04-01", survey="till").buys(key, 1000 + key if key <= 60 else 50 + key, "2024-03-01")
    for key in range(1, 61):
        voices.says(key, 9, on="2024-04-02", survey="till")
    section = chapter(voices, tmp_path)
    [notes] = [block for block in section.blocks if isinstance(block, Notes)]
    assert all(sentence.startswith("till: ") for sentence in notes.sentences)


def test_employees_are_not_among_the_customers_of_the_chapter(tmp_path: Path) -> None:
    voices = Voices().decided("survey", "pulse", audience="employees").many(40, 0, survey="pulse").many(40, 10)
    section = chapter(voices, tmp_path)
    assert "is 100" in section.finding
    assert [row[0] for row in table(section, say.VOICE_SCORES)] == ["s"]


@pytest.mark.parametrize("voices", [Voices().buys(1, 10), Voices().says(1, 4, kind="csat")])
def test_where_nobody_was_asked_the_chapter_says_so_and_shows_no_nought(tmp_path: Path, voices: Voices) -> None:
    section = chapter(voices, tmp_path)
    assert section.finding.startswith(say.NOT_KNOWN.split("{", 1)[0])
    assert section.blocks == ()
    assert head.NOT_KNOWN not in section.finding
