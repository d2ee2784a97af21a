"""What is told of the terms of customers of the company for both engines: facts of every age, answers, attributes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.small_log import client

Row = dict[str, Any]
_FIRST = datetime(2023, 1, 5, 9, 30, 0, 250_000, tzinfo=UTC)
_VALUES = {
    "contract until": ("2024-12-31", "31.01.2024", "2024-06", "soon"),
    "no alternative": ("yes", "no", "Не"),
    "switching cost": ("high", "low", "35,50 EUR"),
}


def told_terms() -> list[Row]:
    """Rows of facts; some said twice at one instant, some confirmed later, some dropped."""
    rows: list[Row] = []
    for key in range(1, 151):
        name = list(_VALUES)[key % 3]
        values = _VALUES[name]
        said = _FIRST + timedelta(days=key)
        row = {"client_key": key, "name": name, "source": "pages", "known_at": said, "import_id": key % 4}
        rows.append({**row, "value": values[key % len(values)]})
        if key % 4 == 0:
            rows.append({**row, "value": values[(key + 1) % len(values)], "import_id": 9})
        if key % 5 == 0:
            rows.append({**rows[-1], "status": "confirmed", "confirmed_at": said + timedelta(days=90)})
        if key % 15 == 0:
            rows.append({**rows[-1], "status": "dropped", "confirmed_at": said + timedelta(days=120)})
    return rows


def asked_terms(answers: list[Row]) -> list[Row]:
    """More rows of questionnaires that there are: whether there is somebody else, and how hard it is to change."""
    forms = sorted({row["interaction_id"] for row in answers})
    rows: list[Row] = []
    for place, number in enumerate(forms[::3]):
        row = {"interaction_id": number, "survey": "terms"}
        rows.append({**row, "question": "No_Alternative", "kind": "choice", "choice": ("yes", "no")[place % 2]})
        scale = {"scale_min": 1.0, "scale_max": 5.0}
        score = float(1 + place % 5)
        rows.append({**row, "question": "terms.switching-cost", "kind": "rating", "score": score, **scale})
    return rows


def attributes() -> list[Row]:
    """Rows of clients with terms among their attributes, or something that only looks so."""
    bodies = ('{"contract_until": "2025-03"}', '{"Switching cost": 12}', "a contract, but no JSON", '["contract"]')
    return [client(key, "2023-06-01", attributes=bodies[key % len(bodies)]) for key in range(5, 60, 5)]
