"""The page as tests look at it: everything counted at once, and the numbers by name."""

from __future__ import annotations

from typing import Any

from regulars_web.home.figures import Figure


def whole(client: Any, query: str = "") -> Any:
    """The answer with every part counted."""
    answer = client.get(f"/?whole=yes&{query}")
    assert answer.status_code == 200
    return answer


def figure(answer: Any, key: str) -> Figure:
    """One of the eight numbers."""
    return next(one["figure"] for one in answer.context["parts"]["numbers"]["figures"] if one["figure"].key == key)


def things(answer: Any) -> list[str]:
    """Keys of the three things, in their order."""
    return [one["thing"].key for one in answer.context["parts"]["next"]["things"]]
