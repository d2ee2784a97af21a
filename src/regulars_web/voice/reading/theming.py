"""Themes of what customers wrote, as the library finds them and colleagues name them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from regulars.words.choices import OTHER
from regulars_web.home.frame import Frame
from regulars_web.home.readings import Reading, Row
from regulars_web.shared import numbers
from regulars_web.voice.reading import sql, words
from regulars_web.voice.reading.frame import ask
from regulars_web.voice.reading.people import own_name_hidden

MOST_QUOTES = 3


def theme_rows(frame: Frame) -> Reading:
    """One row a theme: key, name, n, share, new; none where there are too few texts. No quotes are among it."""
    found = ask(frame, "themes")
    rows = [
        {"key": row["theme"], "name": row["name"], "n": row["texts"], "share": row["share"], "new": row["new"] is True}
        for row in found.rows
        if row["theme"] != OTHER and row["texts"]
    ]
    return Reading(rows, found.notes, found.unknown, found.measure, found.sql)


def theme_names(frame: Frame) -> list[tuple[str, str]]:
    """The themes to choose from, as (key, name)."""
    return [(row["key"], row["name"]) for row in theme_rows(frame).rows]


def answers_of_theme(frame: Frame, key: str) -> frozenset[int]:
    """Numbers of the answers that speak of a theme; none for an unknown one."""
    rows = ask(frame, "theme_texts").rows
    return frozenset(row["interaction_id"] for row in rows if row["theme"] == key)


def page_of(frame: Frame, user: Any) -> dict[str, Any]:
    """All themes with figures and quotes, and how good the model is."""
    found, model = ask(frame, "themes"), ask(frame, "sentiment")
    rows = [row for row in found.rows if row["texts"]]
    hide = own_name_hidden(frame.workspace, [one for row in rows for one in _quoted(row)], user)
    answers = _answers_among(frame, [one["interaction_id"] for row in rows for one in _quoted(row)])
    shown = [_theme(row, hide, answers) for row in rows]
    return {
        "rows": [row for row in shown if row["key"] != OTHER],
        "other": next((row for row in shown if row["key"] == OTHER), None),
        "notes": found.notes,
        "unknown": found.unknown,
        "models": [_model(row) for row in model.rows],
        "model_notes": model.notes,
    }


def _quoted(row: Row) -> list[Mapping[str, Any]]:
    return list(json.loads(row["quotes"] or "[]"))[:MOST_QUOTES]


def _answers_among(frame: Frame, numbers_of: list[int]) -> frozenset[int]:
    """Those that are answers with a page of their own; texts come from contacts as well."""
    if not numbers_of:
        return frozenset()
    wanted = ", ".join(str(int(one)) for one in numbers_of)
    with frame.workspace.engine() as engine:
        rows = engine.run(
            f"SELECT interaction_id FROM ({sql.EACH}) WHERE interaction_id IN ({wanted})"  # noqa: S608  numbers
        ).to_pylist()
    return frozenset(row["interaction_id"] for row in rows)


def _theme(row: Row, hide: Mapping[tuple[int, str], str], answers: frozenset[int]) -> dict[str, Any]:
    quotes = [
        {
            "key": one["interaction_id"],
            "text": hide.get((one["interaction_id"], one["text"]), one["text"]),
            "is_answer": one["interaction_id"] in answers,
        }
        for one in _quoted(row)
    ]
    return {
        "key": row["theme"],
        "name": row["name"],
        "words": row["words"] or "",
        "language": row["language"] or "",
        "texts": numbers.number(row["texts"]),
        "few": row["texts"] < words.FEW,
        "share": words.share(row["share"]),
        "share_interval": words.share_span(row["share_low"], row["share_high"]),
        "score": words.plain(row["score"]),
        "score_interval": words.span(row["score_low"], row["score_high"]),
        "score_n": numbers.number(row["score_n"]),
        "negative": words.share(row["negative_share"]),
        "negative_interval": words.share_span(row["negative_share_low"], row["negative_share_high"]),
        "negative_n": numbers.number(row["negative_share_n"]),
        "change": _change(row),
        "new": row["new"] is True,
        "named": bool(row["named"]),
        "pinned": bool(row["pinned"]),
        "quotes": quotes,
    }


def _change(row: Row) -> dict[str, Any] | None:
    """The real change of the last 90 days in percentage points; None where there is none."""
    if row["real_change"] is not True:
        return None
    ends = words.span(row["change_low"] * 100, row["change_high"] * 100)
    return {"up": row["change"] > 0, "points": words.plain(abs(row["change"]) * 100), "ends": ends}


def _model(row: Row) -> dict[str, Any]:
    return {
        "group": row["group"],
        "accuracy": words.share(row["accuracy"]),
        "interval": words.share_span(row["accuracy_low"], row["accuracy_high"]),
        "majority": words.share(row["majority"]),
        "macro": words.share(row["macro_f1"]),
        "n": numbers.number(row["n"]),
        "used": bool(row["used"]),
        "reason": row["accuracy_reason"] or "",
    }
