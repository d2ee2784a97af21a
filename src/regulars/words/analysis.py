"""Texts of the log read once: language, themes, feelings. What was found is kept in memory, the texts are not."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regulars.measures.registry import Columns
from regulars.words.choices import Choices, choices_of
from regulars.words.feelings import Feelings, class_of_score, feelings
from regulars.words.finding import Theme, find_themes
from regulars.words.language import languages

_MOST_KEPT = 2


@dataclass(frozen=True)
class Analysis:
    """What was found in the texts; rows are in the order of ``order``, which sorts the rows that were read.

    languages  two letters or None
    """

    order: NDArray[np.intp]
    languages: tuple[str | None, ...]
    themes: tuple[Theme, ...]
    feelings: Feelings


_kept: OrderedDict[str, Analysis] = OrderedDict()
_lock = threading.Lock()


def analysis(columns: Columns, decisions: Columns, company: tuple[str, ...] = ()) -> Analysis:
    """Read the texts of :func:`regulars.words.reading.texts`; the same texts and decisions are read once.

    company  the languages that the company works in
    """
    order = np.lexsort((columns["text"].astype(str), columns["question"].astype(str), columns["interaction_id"]))
    choices = _standing(decisions)
    key = _key(columns, order, choices, company)
    with _lock:
        if key not in _kept:
            _kept[key] = _analysed(columns, order, choices, company)
            while len(_kept) > _MOST_KEPT:
                _kept.popitem(last=False)
        _kept.move_to_end(key)
        # Rows come in another order each time they are read, so what sorts them is never taken from an earlier reading.
        return replace(_kept[key], order=order)


def _analysed(columns: Columns, order: NDArray[np.intp], choices: Choices, company: tuple[str, ...]) -> Analysis:
    texts: list[str] = columns["text"][order].tolist()
    spoken = _spoken(texts, columns["language"][order].tolist(), company)
    themes = find_themes(texts, spoken, choices)
    newest_last = np.argsort(columns["occurred_on"][order].astype("datetime64[D]"), kind="stable")
    own = class_of_score({name: columns[name][order] for name in ("text", "nps", "csat", "ces", "rating")})
    felt = feelings([texts[row] for row in newest_last], [spoken[row] for row in newest_last], own[newest_last])
    back = np.argsort(newest_last)
    felt = Feelings(felt.negative[back], felt.told[back], felt.models)
    return Analysis(order, tuple(spoken), tuple(themes), felt)


def _spoken(texts: Sequence[str], given: Sequence[object], company: tuple[str, ...]) -> list[str | None]:
    """The language of each text. Languages that questionnaires were shown in are the company's own too."""
    shown = [str(one)[:2].lower() for one in given if one]
    return languages(texts, tuple(dict.fromkeys([*company, *shown])))


def _standing(decisions: Columns) -> Choices:
    if not len(decisions["body"]):
        return Choices()
    instants = np.array([str(one) for one in decisions["decided_at"].tolist()])
    newest = np.lexsort((instants, decisions["version"]))[-1]
    return choices_of(decisions["body"][newest])


def _key(columns: Columns, order: NDArray[np.intp], choices: Choices, company: tuple[str, ...]) -> str:
    digest = hashlib.sha256(repr((choices, company)).encode())
    for name in ("interaction_id", "occurred_on", "language", "nps", "csat", "ces", "rating", "text"):
        for value in columns[name][order].tolist():
            digest.update(str(value).encode("utf-8", "surrogatepass") + b"\x1f")
    return digest.hexdigest()
