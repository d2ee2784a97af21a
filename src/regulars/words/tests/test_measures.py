"""Themes of a workspace: figures, new themes, decisions of people, and nothing left when a person is erased."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import regulars as rg
from regulars.engines.runner import to_columns
from regulars.log.tables import TABLES
from regulars.measures import find
from regulars.measures.log_tables import log_tables
from regulars.measures.scope import Scope
from regulars.words import figures
from regulars.words import themes as voices_of
from regulars.words.tests.voices import voices
from regulars.words.themes import ThemeError
from regulars.workspace import Workspace

LAST = date(2026, 6, 30)
RARE_WORD = "zanzibarski"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    """240 Czech and English answers over a year; staff are praised, prices are not; delivery is spoken of of late."""
    chance = random.Random(5)
    interactions: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = []
    for language in ("cs", "en"):
        for text, theme in zip(*voices(language, 40), strict=True):
            number = len(interactions) + 1
            days = chance.randrange(80) if theme == "delivery" else chance.randrange(360)
            on = LAST - timedelta(days=days)
            interactions.append(touch(number, on, channel=chance.choice(["link", "qr"])))
            score = {"staff": 10.0, "price": 2.0, "delivery": 8.0}[theme]
            answers.append({"interaction_id": number, "question": "why", "kind": "text", "text": text})
            answers.append({"interaction_id": number, "question": "nps", "kind": "nps", "score": score})
    interactions.append(touch(999, LAST) | {"kind": "complaint", "text": f"Call me on 0888 123 456, {RARE_WORD}"})
    interactions.append(touch(1_000, LAST) | {"kind": "message", "step": "invite", "text": "Please answer"})
    with rg.init(tmp_path / "shop") as workspace:
        tables = {"interactions": interactions, "answers": [{"survey": "nps", **row} for row in answers]}
        ready = {name: pa.Table.from_pylist(rows, schema=TABLES[name]) for name, rows in tables.items()}
        workspace.add_tables(ready, form="answers", source="forms")
        yield workspace


def touch(number: int, on: date, channel: str = "link") -> dict[str, Any]:
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    row = {"interaction_id": number, "source": "forms", "client_key": number, "occurred_at": at, "occurred_on": on}
    return row | {"kind": "answer", "step": "answer", "channel": channel, "initiated_by": "client"}


def told(workspace: Workspace, word: str, **asked: Any) -> voices_of.ThemeRow:
    return next(row for row in voices_of.themes(workspace, **asked).rows if word in row.words)


def test_each_theme_comes_with_its_figures(shop: Workspace) -> None:
    staff, price = told(shop, "receptionist"), told(shop, "invoice")
    assert staff.figures["score"] > 90 > 30 > price.figures["score"]
    assert price.figures["negative_share"] > 0.8 > 0.2 > staff.figures["negative_share"]
    assert price.figures["n"] == 121  # all texts in English, the complaint too
    assert price.figures["share_low"] < price.figures["share"] < price.figures["share_high"]
    assert len(price.quotes) >= 2


def test_a_theme_that_is_spoken_of_only_of_late_is_new_and_the_others_are_not(shop: Workspace) -> None:
    assert told(shop, "courier").new
    assert told(shop, "courier").figures["change_low"] > 0
    assert not told(shop, "receptionist").new


def test_invitations_are_no_voice_and_kinds_of_evidence_are_told_apart(shop: Workspace) -> None:
    notes = voices_of.themes(shop).notes
    assert any("survey 240, complaint 1" in note for note in notes)
    rows = voices_of.themes(shop, where="kind = 'complaint'").rows
    assert sum(row.texts for row in rows) == 1
    quoted = [quote.text for row in rows for quote in row.quotes]
    assert quoted == [f"Call me on [phone], {RARE_WORD}"]


def test_every_text_is_in_a_theme_or_among_the_others(shop: Workspace) -> None:
    table = shop.measure("theme_texts").to_arrow()
    assert set(table.column("interaction_id").to_pylist()) == {*range(1, 241), 999}
    assert 999 in voices_of.texts_of(shop, "other")


def test_a_text_keeps_its_theme_when_the_log_is_read_in_another_order(shop: Workspace) -> None:
    with shop.engine() as engine:
        tables = {
            name: to_columns(engine.run_expression(read(log_tables(), Scope(as_of=LAST))))
            for name, read in find("theme_texts").expressions.items()
        }
    turned = {**tables, "texts": {name: values[::-1] for name, values in tables["texts"].items()}}
    here, there = (figures.theme_members(one, Scope(as_of=LAST)).columns for one in (tables, turned))
    for name in ("interaction_id", "question", "theme"):
        assert here[name].tolist() == there[name].tolist()


def test_themes_split_by_channel_count_every_text_once(shop: Workspace) -> None:
    whole = told(shop, "courier")
    rows = shop.measure("themes", by="channel").to_arrow().to_pylist()
    assert sum(row["texts"] for row in rows if row["theme"] == whole.id) == whole.texts


def test_names_merges_and_pins_hold_in_the_next_run_and_can_be_taken_back(shop: Workspace) -> None:
    english, czech = told(shop, "courier"), told(shop, "kurýr")
    voices_of.rename(shop, english.id, "Delivery", by="Ana")
    voices_of.merge(shop, czech.id, english.id, by="Ana")
    rows = {row.id: row for row in voices_of.themes(shop).rows}
    assert rows[english.id].name == "Delivery"
    assert set(rows[english.id].languages) == {"cs", "en"}
    assert rows[english.id].texts == english.texts + czech.texts
    assert czech.id not in rows
    voices_of.part(shop, czech.id, by="Ana")
    voices_of.pin(shop, czech.id, by="Ana")
    back = {row.id: row for row in voices_of.themes(shop).rows}
    assert back[czech.id].figures["pinned"]
    assert back[english.id].texts == english.texts


def test_a_theme_is_not_merged_into_itself_and_unknown_ones_are_refused(shop: Workspace) -> None:
    with pytest.raises(ThemeError, match="into itself"):
        voices_of.merge(shop, "en:a", "en:a", by="Ana")
    with pytest.raises(ThemeError, match="no theme"):
        voices_of.rename(shop, "nonsense", "Name", by="Ana")
    with pytest.raises(ThemeError, match="80"):
        voices_of.rename(shop, "en:a", "x" * 81, by="Ana")


def test_too_few_scored_texts_leave_a_reason_instead_of_a_model(shop: Workspace) -> None:
    rows = shop.measure("sentiment").to_arrow().to_pylist()
    assert rows
    for row in rows:
        assert (row["accuracy"] is None) == (row["accuracy_reason"] is not None)


def test_nothing_of_a_text_lies_outside_the_log_once_the_cache_is_dropped(shop: Workspace) -> None:
    voices_of.themes(shop)
    shop.measure("theme_texts")
    kept = [path for path in (shop.folder / "cache").rglob("*") if path.is_file()]
    assert kept
    shop.drop_cache()  # as erasing a person does
    outside = [
        path for path in shop.folder.rglob("*") if path.is_file() and "log" not in path.relative_to(shop.folder).parts
    ]
    assert all(RARE_WORD.encode() not in path.read_bytes() for path in outside)
