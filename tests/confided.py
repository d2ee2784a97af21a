"""Two small companies that look the same from outside: they differ only in what nobody may be told.

18 colleagues answered in March: 9 of the yard, 5 of the cellar, 4 of the attic. So all and the yard may be shown; not
the attic, and not the cellar, as the attic is what is left of all without the yard and the cellar. Three partners
answered in March, and four colleagues whose names are known in June, too few for a wave. In the second company the
attic and the cellar have changed scores, so that all together are the same; partners and the four said the opposite;
and all wrote other words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import regulars as rg
from regulars.log.inbox import Entry
from regulars.surveys import publishing, ready
from regulars.surveys.parts import Audience
from regulars.workspace import Workspace

NAME = "Quiet Corner"
INSIDE, TRADE, SHOP = "working-here", "trading-with-us", "your-visit"
NEWEST = date(2026, 6, 20)
CANARY = "zyxwv"
COLLEAGUES, PARTNERS, CUSTOMERS = range(901, 905), range(951, 954), range(1, 13)
YARD = (10, 9, 9, 8, 7, 7, 6, 3, 0)
ATTIC_AND_CELLAR = ((10, 10, 9, 9), (0, 1, 2, 0, 5))
# The same nine scores dealt out in another way.
OTHER_ATTIC_AND_CELLAR = ((0, 1, 2, 0), (10, 10, 9, 9, 5))
PARTNERS_SAID, PARTNERS_OPPOSITE = (10, 9, 2), (0, 1, 8)
COLLEAGUES_SAID, COLLEAGUES_OPPOSITE = (10, 9, 8, 10), (0, 2, 1, 3)


def confided(folder: Path, *, other: bool) -> Path:
    """One of the two companies; ``other`` is the one where everything hidden is different."""
    with rg.init(folder, name=NAME) as shop:
        shop.add(list(_clients()))
        _publish(shop)
        shop.add([entry for entries in _told(other) for entry in entries])
    return folder


def _publish(shop: Workspace) -> None:
    asked: tuple[tuple[str, str, Audience], ...] = (
        (INSIDE, "employees", "employees"),
        (TRADE, "partner", "partners"),
        (SHOP, "nps", "customers"),
    )
    for key, template, audience in asked:
        survey = replace(ready.template(template), key=key, languages=("en",), audience=audience)
        publishing.publish(shop, survey, by="owner@example.com", now=datetime(2026, 1, 1, tzinfo=UTC))


def _clients() -> Iterator[Entry]:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for kind, keys in (("customer", CUSTOMERS), ("employee", COLLEAGUES), ("partner", PARTNERS)):
        for key in keys:
            row: dict[str, Any] = {"client_key": key, "kind": kind, "asserted_at": at}
            if kind == "employee":
                row["attributes"] = json.dumps({"code": f"E{key}", "department": "attic"})
            yield Entry("clients", row)


def _told(other: bool) -> Iterator[list[Entry]]:
    numbers = count(1_000)
    for key in CUSTOMERS:
        for month in (1, 3, 5):
            yield [_touch(next(numbers), date(2026, month, key), "order", key, amount=20 + key, employee="E901")]
        yield _answered(next(numbers), SHOP, date(2026, 5, key), key, key % 11, "Nice chairs.")
    yield [_touch(next(numbers), NEWEST, "order", 1, amount=30, employee="E901")]
    attic, cellar = OTHER_ATTIC_AND_CELLAR if other else ATTIC_AND_CELLAR
    march, june = date(2026, 3, 10), date(2026, 6, 5)
    for department, scores in (("yard", YARD), ("cellar", cellar), ("attic", attic)):
        for place, score in enumerate(scores):
            words = f"{CANARY} {department} {place} {'other' if other else 'one'}"
            yield _answered(next(numbers), INSIDE, march, None, score, words, department=department)
    partners = PARTNERS_OPPOSITE if other else PARTNERS_SAID
    for key, score in zip(PARTNERS, partners, strict=True):
        yield _answered(next(numbers), TRADE, march, key, score, f"{CANARY} partner {key} {other}")
    colleagues = COLLEAGUES_OPPOSITE if other else COLLEAGUES_SAID
    for key, score in zip(COLLEAGUES, colleagues, strict=True):
        yield _answered(next(numbers), INSIDE, june, key, score, f"{CANARY} colleague {key} {other}")


def _answered(
    number: int, survey: str, on: date, key: int | None, score: int, words: str, *, department: str = ""
) -> list[Entry]:
    """One questionnaire: a recommendation, a rating, a satisfaction, a statement, a choice and own words."""
    said = {"survey": survey, "version": 1, "complete": True}
    touch = _touch(number, on, "answer", key, department=department or None, properties=json.dumps(said))
    low, high = (0, 1 + score * 4 // 10)
    rows: list[dict[str, Any]] = [
        {"question": "recommend", "kind": "nps", "score": float(score), "scale_min": 0.0, "scale_max": 10.0},
        *(
            {"question": question, "kind": kind, "score": float(high), "scale_min": low + 1.0, "scale_max": 5.0}
            for question, kind in (("tools", "rating"), ("pleased", "csat"), ("strategy-1", "rating"))
        ),
        {"question": "best", "kind": "choice", "choice": "pay" if score > 5 else "people"},
        {"question": "why", "kind": "text", "text": words, "language": "en"},
    ]
    return [touch, *(Entry("answers", {"interaction_id": number, "survey": survey, **row}) for row in rows)]


def _touch(number: int, on: date, kind: str, key: int | None, **columns: Any) -> Entry:
    at = datetime(on.year, on.month, on.day, tzinfo=UTC)
    told = {"interaction_id": number, "source": "till", "client_key": key, "kind": kind, "step": kind}
    beside = {"touchpoint": "shop", "initiated_by": "client", "occurred_at": at, "occurred_on": on}
    return Entry("interactions", {**told, **beside, **columns})
