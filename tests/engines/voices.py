"""What the customers of the company for both engines say: every kind of question, answered and not."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from tests.small_log import purchase

Row = dict[str, Any]
FACTORS = ("quality", "delivery", "price")
KANO = ("like", "expect", "neutral", "tolerate", "dislike")
FIRST_ON = date(2023, 2, 1)
DAYS = 480
FIRST_ID = 5_000_000
EMPLOYEES, PARTNERS = range(901, 921), range(951, 956)


def voices(draw: random.Random) -> tuple[list[Row], list[Row]]:
    """Rows of interactions and answers: amounts of 0, so that conditions on amounts keep them."""
    touched: list[Row] = []
    answers: list[Row] = []
    for key in range(1, 151):
        for wave in range(3):
            _asked(key, wave, draw, touched, answers)
    for key in (*EMPLOYEES, *PARTNERS):
        survey = "staff" if key in EMPLOYEES else "trade"
        number, row = _touch(key, date(2023, 9, 5), "answer", draw, touched, survey=survey, step="answer")
        touched.append(row)
        answers.append(_scored(number, survey, "recommend", "nps", draw.randint(0, 10), (0, 10)))
        answers.append(_scored(number, survey, "means", "rating", 1 + key % 5, (1, 5)))
    for _ in range(60):
        number, row = _touch(None, _day(draw), "review", draw, touched, survey="reviews", step="review")
        touched.append(row)
        answers.append(_scored(number, "reviews", "stars", "rating", draw.randint(1, 5), (1, 5)))
    return touched, answers


def _asked(key: int, wave: int, draw: random.Random, touched: list[Row], answers: list[Row]) -> None:
    day, survey = _day(draw), ("after the order", "what-matters", "pulse")[wave]
    known, thread = (key if draw.random() < 0.9 else None), (f"O{key}" if wave == 0 else None)
    about = {"survey": survey if draw.random() < 0.9 else None, "thread": thread, "source": "pages"}
    touched.append(_touch(known, day, "message", draw, touched, step="invite", outcome="no answer", **about)[1])
    if draw.random() < 0.3:
        touched.append(_touch(known, day, "message", draw, touched, step="remind", **about)[1])
    if draw.random() < 0.5:
        return
    later = day + timedelta(days=draw.randrange(6))
    about |= {"survey": survey, "duplicate": draw.random() < 0.05, "employee": draw.choice(["E1", "E2", None])}
    number, row = _touch(known, later, "answer", draw, touched, step="answer", touchpoint="delivery", **about)
    touched.append(row)
    answers += _answers(number, survey, draw)


def _answers(number: int, survey: str, draw: random.Random) -> list[Row]:
    mood = draw.choice([-2, 0, 1, 2])
    rows = [
        _scored(number, survey, "recommend", "nps", min(10, max(0, 7 + mood + draw.randint(-2, 2))), (0, 10)),
        _scored(number, survey, "overall", "csat", min(5, max(1, 3 + mood + draw.randint(-1, 1))), (1, 5)),
        _scored(number, survey, "easy", "ces", draw.randint(1, 7), (1, 7)),
    ]
    for factor in FACTORS:
        own = min(10, max(1, 6 + mood + draw.randint(-2, 2)))
        rows.append(_scored(number, survey, f"factors.{factor}", "rating", own, (1, 10)))
        rows.append(_scored(number, survey, f"factors.{factor}.importance", "rating", draw.randint(1, 10), (1, 10)))
        rows.append(_scored(number, survey, f"factors.{factor}@Rival", "rating", draw.randint(1, 10), (1, 10)))
    for half in ("with", "without"):
        pair = {"interaction_id": number, "survey": survey, "question": f"evening.{half}", "kind": "choice"}
        rows.append({**pair, "choice": draw.choice(KANO)})
    most = {"interaction_id": number, "survey": survey, "question": "most-important", "kind": "choice"}
    rows.append({**most, "choice": FACTORS[number % 3]})
    text = {"interaction_id": number, "survey": survey, "question": "why", "kind": "text", "language": "en"}
    return [*rows, {**text, "text": draw.choice(["The delivery was late.", "Lovely chairs and a kind driver."])}]


def _scored(number: int, survey: str, question: str, kind: str, score: int, scale: tuple[int, int]) -> Row:
    weight = (None, 1.0, 1.5, 0.7)[(number + score) % 4]
    row = {"interaction_id": number, "survey": survey, "question": question, "kind": kind, "weight": weight}
    return {**row, "score": float(score), "scale_min": float(scale[0]), "scale_max": float(scale[1])}


def _touch(
    key: int | None, day: date, kind: str, draw: random.Random, touched: list[Row], *, survey: str | None,
    duplicate: bool = False, **columns: Any,
) -> tuple[int, Row]:  # fmt: skip
    number = FIRST_ID + len(touched)
    repeat = ', "duplicate": true' if duplicate else ""
    properties = f'{{"survey": "{survey}"{repeat}}}' if survey else None
    channel = draw.choice(["e-mail", "qr", None])
    told = {"channel": channel, "properties": properties, "interaction_id": number}
    return number, purchase(key, day, 0, kind, **told, **columns)


def _day(draw: random.Random) -> date:
    return FIRST_ON + timedelta(days=draw.randrange(DAYS))
