"""Themes of what customers wrote, as the library finds them and colleagues name them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language_info

from regulars.words.choices import OTHER
from regulars_web.shared import numbers
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Row
from regulars_web.voice.reading import sql, words
from regulars_web.voice.reading.frame import ask
from regulars_web.voice.reading.people import own_name_hidden

MOST_QUOTES = 3
MOST_THEMES = 12


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


def page_of(frame: Frame, user: Any, *, everything: bool = False) -> dict[str, Any]:
    """The themes that matter most with figures and quotes, the others in a line each, and how good the model is."""
    found, model = ask(frame, "themes"), ask(frame, "sentiment")
    told = [row for row in found.rows if row["texts"]]
    rows = told if everything else foremost(told)
    others = [row for row in told if row not in rows and row["theme"] != OTHER]
    hide = own_name_hidden(frame.workspace, [one for row in rows for one in _quoted(row)], user)
    answers = _answers_among(frame, [one["interaction_id"] for row in rows for one in _quoted(row)])
    shown = [_theme(row, hide, answers) for row in rows]
    return {
        "rows": [row for row in shown if row["key"] != OTHER],
        "others": [_theme({**row, "quotes": None}, {}, frozenset()) for row in others],
        "everything": everything,
        "names": [(row["theme"], row["name"]) for row in told if row["theme"] != OTHER],
        "other": next((row for row in shown if row["key"] == OTHER), None),
        "notes": found.notes,
        "unknown": found.unknown,
        "models": [_model(row) for row in model.rows],
        "model_notes": model.notes,
    }


def foremost(rows: Sequence[Row]) -> list[Row]:
    """The themes to be read first, in the order they came: a dozen, and whatever somebody must not miss.

    Pinned and renamed ones, new ones and those that are spoken of clearly more than before are always among them. The
    places that are left go to the themes with most texts of dissatisfied customers, then to those with most texts.
    """
    always = [row for row in rows if row["theme"] == OTHER or _must_be_seen(row)]
    left = sorted((row for row in rows if row not in always), key=lambda row: (-_bad_texts(row), -row["texts"]))
    chosen = [*always, *left[: max(MOST_THEMES - len(always), 0)]]
    return [row for row in rows if row in chosen]


def _must_be_seen(row: Row) -> bool:
    grown = row["real_change"] is True and row["change"] > 0
    return bool(row["pinned"] or row["named"] or row["new"] is True or grown)


def _bad_texts(row: Row) -> float:
    """About how many texts are negative; 0 where that is not known."""
    return row["texts"] * (row["negative_share"] or 0.0)


def _quoted(row: Row) -> list[Mapping[str, Any]]:
    return list(json.loads(row["quotes"] or "[]"))[:MOST_QUOTES]


def _answers_among(frame: Frame, numbers_of: list[int]) -> frozenset[int]:
    """Those that are answers with a page of their own; texts come from contacts as well."""
    if not numbers_of:
        return frozenset()
    wanted = ", ".join(str(int(one)) for one in numbers_of)
    with frame.workspace.engine() as engine:
        rows = engine.run(
            f"SELECT interaction_id FROM ({sql.each()}) WHERE interaction_id IN ({wanted})"  # noqa: S608  numbers
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
        "language_name": ", ".join(_language_name(code) for code in (row["language"] or "").split(", ") if code),
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


def _language_name(code: str) -> str:
    """A language in the reader's own; its code where it has no name here."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


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
