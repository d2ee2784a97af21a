"""The rule of a stage as a form: for each figure a least and a greatest value, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal
from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from regulars.lifecycle.errors import LifeCycleError
from regulars.lifecycle.publishing import HIGHEST_PLACE, Limit, Stage
from regulars.measures.stages.rules import FIGURES, LONGEST_NAME
from regulars_web.shared import numbers

LONGEST_MEANING = 400
FIGURE_WORDS: Mapping[str, Any] = {
    "orders": gettext_lazy("Days with an order"),
    "bought": gettext_lazy("Has bought or had a contract (1 yes, 0 no)"),
    "days_since_first": gettext_lazy("Days since the first order or the beginning of the contract"),
    "days_since_order": gettext_lazy("Days since the last order"),
    "days_since_touch": gettext_lazy("Days since the last touch that the customer began"),
    "days_since_offer": gettext_lazy("Days since the last offer, quote or visit"),
    "days_since_recommending": gettext_lazy("Days since they recommended us, or said they would"),
    "silence": gettext_lazy("Silence, counted in the customer's usual gaps"),
    "value": gettext_lazy("Bought in the last 365 days"),
    "left": gettext_lazy("Has left (1 yes, 0 no)"),
}
WRONG_WORDS: Mapping[str, Any] = {
    "no_key": gettext_lazy(
        "%(found)s cannot be a key. Use small letters, digits, hyphens and underscores, up to %(limit)s characters."
    ),
    "no_name": gettext_lazy("The stage has no name. Give it one, up to %(limit)s characters."),
    "bad_place": gettext_lazy("%(found)s cannot be the place of a stage. Write a whole number from 1 to 999."),
    "same_place": gettext_lazy(
        "The stage %(other)s already has place %(found)s. Customers are at the stage with the greatest place, so each "
        "needs its own."
    ),
    "unknown_figure": gettext_lazy("There is no figure %(found)s. There are: %(known)s."),
    "no_end": gettext_lazy(
        "The limit on %(figure)s has neither a least nor a greatest value. Give it one, or take the limit out."
    ),
    "empty_range": gettext_lazy("The limit on %(figure)s goes from %(low)s to %(high)s, which nobody can meet."),
    "no_number": gettext_lazy("The limit on %(figure)s is no number that can be compared: %(found)s."),
    "unknown_stage": gettext_lazy("There is no stage %(found)s. There are: %(known)s."),
    "last_stage": gettext_lazy("This is the last stage of the life cycle. Publish another one before you take it out."),
}


@dataclass(frozen=True)
class Row:
    """One figure of the form as it was typed; ``wrong`` says what cannot be read."""

    figure: str
    words: str
    least: str = ""
    most: str = ""
    wrong: str = ""


class StageForm(forms.Form):
    """A stage without its limits."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME)
    place = forms.IntegerField(
        label=gettext_lazy("Place"),
        min_value=1,
        max_value=HIGHEST_PLACE,
        help_text=gettext_lazy("Of all stages whose rule a customer meets, the one with the greatest place counts."),
    )
    meaning = forms.CharField(
        label=gettext_lazy("What it means"),
        max_length=LONGEST_MEANING,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def rows_of(stage: Stage | None) -> list[Row]:
    """Every figure, with the limits that a stage sets."""
    limits = {limit.figure: limit for limit in stage.limits} if stage else {}
    return [Row(name, str(FIGURE_WORDS[name]), *(_typed(end) for end in _ends(limits.get(name)))) for name in FIGURES]


def read_rows(said: Mapping[str, str]) -> list[Row]:
    """The same as it was sent, each with what is wrong in it."""
    found = []
    for name in FIGURES:
        least, most = (said.get(f"{name}-{end}", "").strip()[:40] for end in ("least", "most"))
        found.append(Row(name, str(FIGURE_WORDS[name]), least, most, _wrong(least, most)))
    return found


def limits_of(rows: list[Row]) -> tuple[Limit, ...]:
    """The limits that the rows say; rows without a number set none."""
    return tuple(
        Limit(row.figure, *(None if not end else _number(end) for end in (row.least, row.most)))
        for row in rows
        if row.least or row.most
    )


def rule_words(stage: Stage) -> list[str]:
    """The rule of a stage, one sentence a limit; none for who is merely known."""
    return [_limit_words(limit) for limit in stage.limits]


def wrong_words(error: LifeCycleError) -> str:
    """What is wrong with a stage, in the reader's language."""
    facts = dict(error.facts)
    if "figure" in facts:
        facts["figure"] = FIGURE_WORDS.get(str(facts["figure"]), facts["figure"])
    return str(WRONG_WORDS[error.reason]) % facts


def _limit_words(limit: Limit) -> str:
    told = {"figure": FIGURE_WORDS.get(limit.figure, limit.figure)}
    low, high = (None if end is None else numbers.number(end) for end in (limit.at_least, limit.at_most))
    if low is not None and low == high:
        return _("%(figure)s: exactly %(low)s") % {**told, "low": low}
    if low is not None and high is not None:
        return _("%(figure)s: from %(low)s to %(high)s") % {**told, "low": low, "high": high}
    if low is not None:
        return _("%(figure)s: at least %(low)s") % {**told, "low": low}
    return _("%(figure)s: at most %(high)s") % {**told, "high": high}


def _ends(limit: Limit | None) -> tuple[float | None, float | None]:
    return (limit.at_least, limit.at_most) if limit else (None, None)


def _typed(end: float | None) -> str:
    return "" if end is None else numbers.number(end)


def _wrong(*ends: str) -> str:
    for end in ends:
        try:
            _number(end or "0")
        except ValueError:
            return _("“%(text)s” is no number.") % {"text": end}
    return ""


def _number(text: str) -> float:
    """Raises ValueError for a text that is no number in the reader's way of writing."""
    try:
        return float(
            parse_decimal(text.replace("\N{NO-BREAK SPACE}", " "), locale=(get_language() or "en")[:2], strict=True)
        )
    except NumberFormatError as error:
        raise ValueError(text) from error
