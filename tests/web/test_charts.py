"""Whoever cannot see a chart reads what it says: a sentence above it, and its numbers as a table beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

import regulars_web

ROOT = Path(regulars_web.__file__).parent
CHARTS = sorted(path for path in ROOT.rglob("*.html") if "{% chart " in path.read_text(encoding="utf-8"))


def test_there_are_charts():
    assert CHARTS


@pytest.mark.parametrize("path", CHARTS, ids=lambda path: path.name)
def test_every_chart_has_a_sentence_and_a_table(path):
    text = path.read_text(encoding="utf-8")
    for before in text.split("{% chart ")[:-1]:
        figure = before.rpartition("<figure")[2]
        words = figure.partition("<figcaption>")[2].partition("</figcaption>")[0]
        assert "</figure>" not in figure, "a chart stands in a figure"
        assert words.strip(), "which says in words what it shows"
    assert "<table" in text
