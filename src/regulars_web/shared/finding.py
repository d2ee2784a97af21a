"""What the search field finds: pages of the menu, groups, touchpoints and customers, best first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from regulars.names.folding import fold
from regulars_web.accounts.permissions import holds
from regulars_web.accounts.roles import SEE_CUSTOMERS, SEE_GROUPS, SEE_TOUCHPOINTS
from regulars_web.shared.company import company
from regulars_web.shared.context import group_choices, places

SHOWN = 8


@dataclass(frozen=True)
class Result:
    """One line of the search: where it leads, what it says, and what was recognised."""

    address: str
    words: str
    detail: str = ""


@dataclass(frozen=True)
class Results:
    """What was found, by kind."""

    customers: list[Result]
    groups: list[Result]
    pages: list[Result]
    touchpoints: list[Result]

    def __bool__(self) -> bool:
        return bool(self.customers or self.groups or self.pages or self.touchpoints)


def find_all(user: Any, text: str) -> Results:
    """Everything the text leads to that this person may see; for an empty text, the pages."""
    wanted = fold(text)
    pages = [Result(reverse(one.name), str(one.words)) for one in places(user) if wanted in fold(str(one.words))]
    if not wanted:
        return Results([], [], pages, [])
    groups = [Result(reverse("groups:group", args=[key]), name) for key, name in _groups(user) if wanted in fold(name)]
    return Results(_customers(user, text), groups[:SHOWN], pages, _touchpoints(user, wanted))


def _groups(user: Any) -> list[tuple[str, str]]:
    return group_choices() if holds(user, SEE_GROUPS) else []


def _touchpoints(user: Any, wanted: str) -> list[Result]:
    """Registered ones, by their name or by the word that the log has for them."""
    if not holds(user, SEE_TOUCHPOINTS):
        return []
    from regulars.touchpoints.reading import touchpoints  # noqa: PLC0415  only searches need it

    return [
        Result(reverse("touchpoints:touchpoint", args=[one.key]), one.called, "" if one.called == one.key else one.key)
        for one in touchpoints(company())
        if wanted in fold(one.called) or wanted in fold(one.key)
    ][:SHOWN]


def _customers(user: Any, text: str) -> list[Result]:
    if not holds(user, SEE_CUSTOMERS):
        return []
    try:
        from regulars.log.search_index import find  # noqa: PLC0415  only searches need it
    except ImportError:
        return []
    return [
        Result(reverse("customers:card", args=[found.client_key]), found.name or found.matched, found.matched)
        for found in find(company(), text, limit=SHOWN)
    ]
