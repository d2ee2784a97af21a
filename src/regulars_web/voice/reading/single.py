"""One answer with all its questions, in the words of the version they were asked in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from regulars.workspace import Workspace
from regulars_web.shared.readings import Row
from regulars_web.voice.reading import sql, words
from regulars_web.voice.reading.answers import Answer, answer_of
from regulars_web.voice.reading.masks import masked
from regulars_web.voice.reading.wording import Wording, wording_of


@dataclass(frozen=True)
class Given:
    """One question and what was answered; ``written`` where the customer's own words are quoted."""

    key: str
    question: str
    answer: str
    language: str = ""
    written: bool = False


@dataclass(frozen=True)
class Single:
    """One filled-in questionnaire. ``version`` and ``complete`` are None where the log does not say."""

    answer: Answer
    given: tuple[Given, ...]
    replies: tuple[Row, ...]
    title: str
    version: int | None
    complete: bool | None
    duplicate: bool


def read_single(workspace: Workspace, key: int) -> Single | None:
    """The answer of that number; None where there is none that may be shown."""
    with workspace.engine() as engine:
        found = engine.run(sql.one(key)).to_pylist()
        if not found:
            return None
        rows = engine.run(sql.rows_of(key)).to_pylist()
        replies = engine.run(sql.replies_to(key)).to_pylist()
    answer = answer_of(found[0])
    told = _properties(answer.properties)
    version = told.get("version") if isinstance(told.get("version"), int) else None
    language = answer.language or (get_language() or "en")[:2]
    wording = wording_of(workspace, answer.survey, version, language)
    return Single(
        answer,
        tuple(_given(rows, wording)),
        tuple({**row, "text": masked(row["text"] or "")} for row in replies),
        wording.title,
        version,
        told.get("complete") if isinstance(told.get("complete"), bool) else None,
        told.get("duplicate") is True,
    )


def _given(rows: list[Row], wording: Wording) -> list[Given]:
    """In the order they were asked where that is known; several chosen options of one question together."""
    found: dict[str, Given] = {}
    for row in rows:
        key, said = row["question"] or "", _answered(row, wording)
        if key in found and not found[key].written and row["choice"]:
            said = _("%(first)s, %(next)s") % {"first": found[key].answer, "next": said}
        written = bool(row["text"] and row["text"].strip())
        found[key] = Given(key, wording.question(key), said, row["language"] or "", written)
    return sorted(found.values(), key=lambda one: (wording.place(one.key), one.key))


def _answered(row: Row, wording: Wording) -> str:
    if row["text"] and row["text"].strip():
        return masked(row["text"])
    if row["choice"]:
        said = wording.option(row["question"], row["choice"])
        if row["score"] is None:
            return said
        return _("%(place)s. %(option)s") % {"place": words.plain(row["score"], 0), "option": said}
    shown = words.score_words(row["score"], row["scale_min"], row["scale_max"])
    label = wording.label(row["question"], row["score"])
    return _("%(score)s: %(label)s") % {"score": shown, "label": label} if label else shown


def _properties(text: str) -> Mapping[str, Any]:
    try:
        told = json.loads(text or "{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
