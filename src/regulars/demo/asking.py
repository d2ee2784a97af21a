"""Rows of questionnaires: what every survey of the made-up company is written with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.demo.columns import Bools, Floats, Ints, picks
from regulars.demo.contacts import spoken
from regulars.demo.frame import Frame
from regulars.demo.names import LANGUAGES
from regulars.demo.voice_phrases import BAD_THEMES, GOOD_THEMES, NEW_THEME, THEMES
from regulars.log.tables import ANSWERS

OFTEN_NEW = 0.6  # of the texts of the unhappy in the last days, about the new theme


def survey_properties(survey: str) -> str:
    """Properties of an invitation."""
    return f'{{"survey": "{survey}", "version": 1}}'


def reply_properties(survey: str, *, duplicate: bool = False) -> str:
    """Properties of a filled-in questionnaire."""
    repeat = ', "duplicate": true' if duplicate else ""
    return f'{{"survey": "{survey}", "version": 1, "complete": true{repeat}}}'


def answer_rows_of(frame: Frame, ids: Ints, survey: str, question: str, **columns: pa.Array | str) -> pa.Table:
    """Rows of ``answers`` to one question."""
    given: dict[str, pa.Array | str] = {"survey": survey, "question": question, **columns}
    arrays = []
    for field in ANSWERS:
        value = given.get(field.name)
        whole = pa.repeat(pa.scalar(value, field.type), len(ids)) if not isinstance(value, pa.Array) else value
        arrays.append(whole.cast(field.type))
    table = pa.Table.from_arrays(arrays, schema=ANSWERS)
    table = table.set_column(0, ANSWERS.field("interaction_id"), pa.array(ids))
    return table.set_column(1, ANSWERS.field("import_id"), pa.array(np.full(len(ids), frame.import_id)))


def scores_of(
    frame: Frame, ids: Ints, survey: str, question: str, kind: str, score: Ints | Floats, scale: tuple[float, float]
) -> pa.Table:
    """Rows of ``answers`` with a number, each of weight 1."""
    low, high = (pa.repeat(end, len(ids)) for end in scale)
    number, weight = pa.array(score.astype(np.float64)), pa.repeat(1.0, len(ids))
    return answer_rows_of(
        frame, ids, survey, question, kind=kind, score=number, scale_min=low, scale_max=high, weight=weight
    )


def choices_of(frame: Frame, ids: Ints, survey: str, question: str, choice: pa.Array) -> pa.Table:
    """Rows of ``answers`` with a chosen option."""
    weight = pa.repeat(1.0, len(ids))
    return answer_rows_of(frame, ids, survey, question, kind="choice", choice=choice, weight=weight)


def texts_of(
    frame: Frame, ids: Ints, survey: str, question: str, language: Ints, happy: Bools, recent: Bools
) -> pa.Table:
    """Rows of ``answers`` with a sentence about one of the planted themes.

    The happy write of the good ones, the others of the bad ones; of the ``recent`` texts of these, some are about a
    theme that nobody wrote of before.
    """
    themes = (*GOOD_THEMES, *BAD_THEMES, NEW_THEME)
    count, good = len(ids), len(GOOD_THEMES)
    about = np.where(happy, frame.rng.integers(0, good, count), good + frame.rng.integers(0, len(BAD_THEMES), count))
    about = np.where(recent & ~happy & frame.chance(count, OFTEN_NEW), len(themes) - 1, about)
    said = [spoken(frame, language, THEMES[theme]) for theme in themes]
    text = pa.array([None] * count, pa.string())
    for place, sentences in enumerate(said):
        text = pc.if_else(pa.array(about == place), sentences, text)
    return answer_rows_of(
        frame,
        ids,
        survey,
        question,
        kind="text",
        text=text,
        language=picks(language, LANGUAGES),
        weight=pa.repeat(1.0, count),
    )


def drawn(frame: Frame, count: int, shares: Sequence[float]) -> Ints:
    """Scores 1, 2, … with these shares."""
    score: Ints = frame.rng.choice(len(shares), count, p=np.asarray(shares)) + 1
    return score


def rated(frame: Frame, count: int, mean: float | Floats, highest: int = 10) -> Ints:
    """Ratings from 1 with exactly this expected mean: one plus a binomial number."""
    score: Ints = 1 + frame.rng.binomial(highest - 1, (mean - 1) / (highest - 1), count).astype(np.int64)
    return score
