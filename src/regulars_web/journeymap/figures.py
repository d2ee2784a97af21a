"""Figures of the library as pages show them: named, written in the reader's way, with interval, count and source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from regulars.fourquestions.parts import Figure, Unit
from regulars_web.shared import numbers

NAMES: Mapping[str, Any] = {
    "average order": gettext_lazy("Average order"),
    "orders of a customer": gettext_lazy("Orders of a customer in the period"),
    "spend of a customer": gettext_lazy("Spent by a customer in the period"),
    "recommendation": gettext_lazy("Would recommend us (NPS, -100 to 100)"),
    "satisfied": gettext_lazy("Satisfied"),
    "what matters": gettext_lazy("Part of their satisfaction that goes with it"),
    "wait": gettext_lazy("Half wait longer than"),
    "promise kept": gettext_lazy("Promise kept"),
    "easy": gettext_lazy("Find it easy to deal with us"),
    "complaints": gettext_lazy("Complaints per thousand touches"),
    "sent back": gettext_lazy("Refunds for every order"),
    "locked in": gettext_lazy("Locked in"),
    "loyal": gettext_lazy("Loyal: free to go and satisfied"),
    "indifferent": gettext_lazy("Indifferent: free to go and not satisfied"),
    "unknown": gettext_lazy("Unknown"),
    "a newcomer could take": gettext_lazy("Yearly sales that a decent newcomer could take"),
    "against a competitor": gettext_lazy("Our points less theirs, 0 to 100"),
    "come back": gettext_lazy("Come back within a year of the first order"),
    "between orders": gettext_lazy("Half of the times between orders are longer than"),
    "satisfaction with": gettext_lazy("Satisfaction with it, 0 to 100"),
    "at stake": gettext_lazy("A year's sales that go with it"),
}
# What a customer gives: of the figures of the second question, which belongs to what.
COST_WORDS: Mapping[str, Any] = {
    "money": gettext_lazy("Money"),
    "time": gettext_lazy("Time"),
    "effort": gettext_lazy("Effort"),
    "risk": gettext_lazy("Risk"),
}
_COSTS = {
    "average order": "money",
    "spend of a customer": "money",
    "wait": "time",
    "promise kept": "time",
    "easy": "effort",
    "complaints": "risk",
    "sent back": "risk",
}
_PAGES = {
    "nps": "voice:overview",
    "csat": "voice:overview",
    "ces": "voice:overview",
    "drivers": "voice:drivers",
    "competitors": "voice:drivers",
    "touchpoints": "touchpoints:list",
    "promises": "touchpoints:promises",
    "stake": "touchpoints:list",
    "kept_or_loyal": "journeymap:loyalty",
}
MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass(frozen=True)
class Shown:
    """One figure, written. ``interval`` and ``counted`` are empty where unknown; ``page`` is where there is more."""

    name: str
    about: str
    value: str
    interval: str
    counted: str
    reason: str
    small: bool
    measure: str
    page: str
    cost: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return self.value != numbers.UNKNOWN


def shown(figure: Figure, currency: str) -> Shown:
    """A figure as the page shows it."""
    write = _writer(figure.unit, currency)
    interval = ""
    if figure.low is not None and figure.high is not None:
        interval = _("%(low)s to %(high)s") % {"low": write(figure.low), "high": write(figure.high)}
    return Shown(
        name=str(NAMES.get(figure.name, figure.name)),
        about=figure.about,
        value=numbers.UNKNOWN if figure.value is None else write(figure.value),
        interval=interval,
        counted="" if figure.n is None or not figure.known else counted_words(figure.counted, figure.n),
        reason=figure.reason,
        small=figure.small,
        measure=figure.measure,
        page=_page(figure.measure),
        cost=_COSTS.get(figure.name, ""),
    )


def sides(found: Sequence[Shown], question: str) -> list[tuple[str, list[Shown]]]:
    """Figures under their headings: money, time, effort and risk where it is asked what it costs, else none."""
    if question != "costs":
        return [("", list(found))]
    return [(str(words), [one for one in found if one.cost == side]) for side, words in COST_WORDS.items()]


def counted_words(what: str, n: int) -> str:
    """What a figure rests on: 301 answers."""
    singular, plural = _COUNTED.get(what, ("%(n)s", "%(n)s"))
    return ngettext(singular, plural, n) % {"n": numbers.number(n)}


# Marked for translation by _marked below, and looked up by what is counted.
_COUNTED: Mapping[str, tuple[str, str]] = {
    "orders": ("%(n)s order", "%(n)s orders"),
    "customers": ("%(n)s customer", "%(n)s customers"),
    "answers": ("%(n)s answer", "%(n)s answers"),
    "questionnaires": ("%(n)s questionnaire", "%(n)s questionnaires"),
    "touches": ("%(n)s touch", "%(n)s touches"),
    "gaps": ("%(n)s gap between orders", "%(n)s gaps between orders"),
    "customers who came back": ("%(n)s customer who came back", "%(n)s customers who came back"),
    "customers of known standing": ("%(n)s customer of known standing", "%(n)s customers of known standing"),
}


def _marked(n: int) -> tuple[str, ...]:
    """So that the plurals above are collected for translation."""
    return (
        ngettext("%(n)s order", "%(n)s orders", n),
        ngettext("%(n)s customer", "%(n)s customers", n),
        ngettext("%(n)s answer", "%(n)s answers", n),
        ngettext("%(n)s questionnaire", "%(n)s questionnaires", n),
        ngettext("%(n)s touch", "%(n)s touches", n),
        ngettext("%(n)s gap between orders", "%(n)s gaps between orders", n),
        ngettext("%(n)s customer who came back", "%(n)s customers who came back", n),
        ngettext("%(n)s customer of known standing", "%(n)s customers of known standing", n),
    )


def _writer(unit: Unit, currency: str) -> Callable[[float], str]:
    return {
        "money": lambda value: numbers.money(value, currency),
        "share": lambda value: numbers.percent(value, 1 if 0 < abs(value) < 0.1 else 0),
        "points": lambda value: numbers.number(value),
        "days": _days,
        "seconds": _duration,
        "number": lambda value: numbers.number(value, 1),
        "per thousand": lambda value: numbers.number(value, 1),
    }[unit]


def _days(value: float) -> str:
    return ngettext("%(days)s day", "%(days)s days", round(value)) % {"days": numbers.number(value)}


def _duration(value: float) -> str:
    """Seconds in the unit a person would use."""
    if value < 2 * MINUTE:
        return _("%(n)s s") % {"n": numbers.number(value)}
    if value < 2 * HOUR:
        return _("%(n)s min") % {"n": numbers.number(value / MINUTE)}
    if value < 2 * DAY:
        return _("%(n)s h") % {"n": numbers.number(value / HOUR, 1)}
    return _days(value / DAY)


def _page(measure: str) -> str:
    try:
        return reverse(_PAGES[measure])
    except (KeyError, NoReverseMatch):
        return ""
