"""The index as the page shows it: three views and where they disagree first, then parts and total, then components."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.workspace import Workspace
from regulars_web.home.provenance import origins
from regulars_web.programme import figures, words
from regulars_web.shared import numbers
from regulars_web.shared.readings import Reading, Readings, Row

MARKS = ("55%", "80%")  # of another firm's study: most companies below the first, none above the second
GAPS_SHOWN = 4
# Who thinks better of a part than whom, by how many points.
GAP_WORDS: Mapping[tuple[str, str], Any] = {
    ("staff", "customers"): gettext_lazy("Staff think better of “%(part)s” than customers do, by %(points)s points"),
    ("customers", "staff"): gettext_lazy("Customers think better of “%(part)s” than staff do, by %(points)s points"),
    ("staff", "evidence"): gettext_lazy(
        "Staff think better of “%(part)s” than the evidence shows, by %(points)s points"
    ),
    ("evidence", "staff"): gettext_lazy("The evidence on “%(part)s” is better than staff think, by %(points)s points"),
    ("customers", "evidence"): gettext_lazy(
        "Customers think better of “%(part)s” than the evidence shows, by %(points)s points"
    ),
    ("evidence", "customers"): gettext_lazy(
        "The evidence on “%(part)s” is better than customers say, by %(points)s points"
    ),
}
WHOLE_GAP_WORDS: Mapping[tuple[str, str], Any] = {
    ("staff", "customers"): gettext_lazy("Staff think better of us than customers do, by %(points)s points"),
    ("customers", "staff"): gettext_lazy("Customers think better of us than staff do, by %(points)s points"),
    ("staff", "evidence"): gettext_lazy("Staff think better of us than the evidence shows, by %(points)s points"),
    ("evidence", "staff"): gettext_lazy("The evidence is better than staff think, by %(points)s points"),
    ("customers", "evidence"): gettext_lazy(
        "Customers think better of us than the evidence shows, by %(points)s points"
    ),
    ("evidence", "customers"): gettext_lazy("The evidence is better than customers say, by %(points)s points"),
}


def index_context(read: Readings, workspace: Workspace) -> Mapping[str, Any]:
    """The three views apart, the gaps between them, the parts and the total, and every component."""
    reading = read["index"]
    whole = next((row for row in reading.rows if row["level"] == "index"), {})
    gaps = gaps_of(read["index_gaps"])
    shown = [gap for gap in gaps if gap["figure"].known]
    return {
        "reading": reading,
        "finding": finding(reading, shown),
        "views": [_view(reading, view) for view in words.VIEWS],
        "rows": [_row_of_views(reading, part) for part in (*words.PARTS, "")],
        "gaps": shown[:GAPS_SHOWN],
        "more_gaps": shown[GAPS_SHOWN:],
        "unknown_gaps": [gap for gap in gaps if not gap["figure"].known],
        "total": scored(whole),
        "parts": [
            {"name": words.PARTS[part], "help": words.PART_QUESTIONS[part], **scored(_level(reading, "part", part))}
            for part in words.PARTS
        ],
        "components": [
            {"name": name, "components": [component(row) for row in _components(reading, part)]}
            for part, name in words.PARTS.items()
        ],
        "marks": MARKS,
        "notes": reading.notes,
        "origins": origins(read, "index", "index_gaps"),
    }


def finding(reading: Reading, gaps: Sequence[Mapping[str, Any]]) -> str:
    """What the page says first: the widest gap that chance does not explain, else what can be seen."""
    if not reading.rows:
        return _("How customer-focused we are")
    clear = next((gap for gap in gaps if gap["apart"]), None)
    if clear:
        return str(clear["words"])
    seen = [view for view in words.VIEWS if numbers.known(_level(reading, "view", view).get("score"))]
    if len(seen) == len(words.VIEWS):
        return _("Staff, customers and the evidence do not clearly disagree")
    if not seen:
        return _("Too little is known yet to say how customer-focused we are")
    return {
        1: _("Only one of three views can be seen yet"),
        2: _("Two of three views can be seen, and they do not clearly disagree"),
    }[len(seen)]


def gaps_of(reading: Reading) -> list[Mapping[str, Any]]:
    """Every pair of views, the widest known gap first."""
    return [_gap(row) for row in sorted(reading.rows, key=lambda row: row["place"])]


def scored(row: Row) -> dict[str, Any]:
    """A score with its coverage; ``reason`` says why there is none."""
    share = row.get("coverage")
    return {
        "score": figures.figure(row, "score", "score", counted="score_n"),
        "coverage": numbers.percent(share) if numbers.known(share) else numbers.UNKNOWN,
    }


def component(row: Row) -> Mapping[str, Any]:
    """One component: what it is, its value, floor, target and weight, and its score."""
    unit = str(row.get("unit") or "share")
    return {
        "name": row.get("title") or row["name"],
        "key": row["name"],
        "meaning": row.get("meaning") or "",
        "view": words.VIEW_NOUNS.get(row["view"], row["view"]),
        "value": figures.figure(row, "value", unit),
        "floor": figures.written(row.get("floor"), unit),
        "target": figures.written(row.get("target"), unit),
        "weight": figures.written(row.get("weight"), "share"),
        "formula": row.get("formula") or "",
        "source": row.get("source") or "",
        **scored(row),
    }


def _gap(row: Row) -> Mapping[str, Any]:
    value = row.get("difference")
    view, other = row["view"], row["other_view"]
    first, second = (other, view) if numbers.known(value) and float(value or 0) < 0 else (view, other)
    part = row["part"]
    told = {
        "part": words.PARTS.get(part, part),
        "points": figures.plain(abs(float(value))) if value is not None and numbers.known(value) else numbers.UNKNOWN,
    }
    sentences = GAP_WORDS if part in words.PARTS else WHOLE_GAP_WORDS
    turned = dict(row)
    if (first, second) != (view, other):
        low, high = row.get("difference_low"), row.get("difference_high")
        turned |= {"difference": -float(value or 0)}
        turned |= {"difference_low": _minus(high), "difference_high": _minus(low)}
    return {
        "part": words.PARTS.get(part, words.WHOLE),
        "view": words.VIEW_NOUNS.get(view, view),
        "other": words.VIEW_NOUNS.get(other, other),
        "words": str(sentences[first, second]) % told,
        "figure": figures.figure(turned, "difference", "points"),
        "apart": bool(row.get("apart")),
    }


def _minus(value: float | None) -> float | None:
    return -value if value is not None and numbers.known(value) else None


def _view(reading: Reading, view: str) -> Mapping[str, Any]:
    return {"name": words.VIEWS[view], "help": words.VIEW_HELPS[view], **scored(_level(reading, "view", view))}


def _row_of_views(reading: Reading, part: str) -> Mapping[str, Any]:
    """One part as the three views see it; without a part, all of it."""
    cells = []
    for view, name in words.VIEWS.items():
        row = _in_view(reading, part, view) if part else _level(reading, "view", view)
        cells.append({"view": name, **scored(row)})
    return {
        "name": words.PARTS[part] if part else words.WHOLE,
        "help": words.PART_QUESTIONS.get(part, ""),
        "cells": cells,
    }


def _level(reading: Reading, level: str, name: str) -> Row:
    return next((row for row in reading.rows if row["level"] == level and row["name"] == name), {})


def _in_view(reading: Reading, part: str, view: str) -> Row:
    found = (row for row in reading.rows if row["level"] == "part in view")
    return next((row for row in found if row["part"] == part and row["view"] == view), {})


def _components(reading: Reading, part: str) -> list[Row]:
    return [row for row in reading.rows if row["level"] == "component" and row["part"] == part]
