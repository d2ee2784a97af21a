"""Findings of a portrait as sentences, with the numbers they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.base.columns import column as base_column
from regulars.groups.behaviour import FIRSTS
from regulars.groups.fields import FACT_PREFIX
from regulars.groups.needs import Need
from regulars.groups.portrait import VALUE_ITSELF, Finding, Portrait
from regulars.groups.shares import Figure
from regulars_web.customers.columns import shown_value
from regulars_web.customers.filters import choosable
from regulars_web.customers.words import fact_words, value_words
from regulars_web.groups.words import field_words
from regulars_web.shared import numbers

SIDE_HEADINGS = (
    ("trait", gettext_lazy("Who they are")),
    ("first purchase", gettext_lazy("How they began")),
    ("fact", gettext_lazy("What they told us")),
    ("relation", gettext_lazy("How they and we deal with each other")),
)
_EPOCH = date(1970, 1, 1)
FEW = 30
_SAID_BY_ANOTHER = ("_kind", "_scale", "_touchpoint")


@dataclass(frozen=True)
class Side:
    """Members or the others: their share or middle with its interval, and for shares a bar (in per cent)."""

    text: str
    interval: str
    n: int
    bar: Bar | None


@dataclass(frozen=True)
class Bar:
    """A bar and the part of it that is not sure, as SVG lengths."""

    width: str
    unsure_from: str
    unsure_width: str


@dataclass(frozen=True)
class Told:
    """One finding as it reads, with both sides.

    pairs        for numbers: how often one of them has more than one of the others; empty for shares
    group_query  the address part that begins a group with this trait, where one may
    """

    sentence: str
    difference: str
    interval: str
    sides: tuple[Side, Side]
    pairs: str
    small: bool
    group_query: str = ""


@dataclass(frozen=True)
class Part:
    """Findings of one side, surest first."""

    heading: str
    findings: list[Told]


def parts_of(found: Portrait, currency: str) -> list[Part]:
    """The findings of a portrait by side; sides without one are left out."""
    return [
        Part(str(words), [told(one, currency) for one in found.of(side)])  # type: ignore[arg-type]
        for side, words in SIDE_HEADINGS
        if found.of(side)  # type: ignore[arg-type]
    ]


def not_different(found: Portrait, fact_names: Sequence[str], left_out: Sequence[str] = ()) -> list[str]:
    """What was looked at and did not differ, or is known of too few; ``left_out``: fields of the group's rule."""
    columns = [one.name for one in choosable() if one.name not in VALUE_ITSELF]
    asked = [name for name in columns if not name.endswith(_SAID_BY_ANOTHER)]
    facts = [FACT_PREFIX + name for name in fact_names]
    differ = {one.field for one in found.findings} | set(left_out)
    return [field_words(name) for name in (*asked, *FIRSTS, *facts) if name not in differ]


def surest(found: Portrait, currency: str, most: int = 3) -> list[Told]:
    """The findings that are surest, of all sides."""
    return [told(one, currency) for one in found.findings[:most]]


def told(found: Finding, currency: str) -> Told:
    """One finding."""
    one = found.difference
    return Told(
        sentence=_sentence(found, currency),
        difference=_difference(found, one.difference.value, currency),
        interval=_interval(found, one.difference, currency),
        sides=(_side(found, one.members, currency), _side(found, one.others, currency)),
        pairs=_pairs(found),
        small=min(one.members.n, one.others.n) < FEW,
        group_query=_group_query(found),
    )


@dataclass(frozen=True)
class ToldNeed:
    """A need that more members say than others."""

    kind: str
    value: str
    members: Figure
    others: Figure
    difference: str
    interval: str


def told_needs(found: Sequence[Need]) -> list[ToldNeed]:
    """Needs found in the data."""
    return [
        ToldNeed(
            kind=fact_words(one.name),
            value=one.value,
            members=one.members,
            others=one.others,
            difference=points(one.difference.value),
            interval=between(_points(one.difference.low), _points(one.difference.high)),
        )
        for one in found
    ]


def points(share: float | None) -> str:
    """A difference of shares in percentage points, with its sign."""
    if share is None:
        return numbers.UNKNOWN
    return _("%(points)s points") % {"points": _points(share)}


def _points(share: float | None) -> str:
    return numbers.UNKNOWN if share is None else _signed(numbers.number(abs(share) * 100), share)


def between(low: str, high: str) -> str:
    """An interval."""
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _sentence(found: Finding, currency: str) -> str:
    one = found.difference
    facts = {
        "field": field_words(found.field),
        "value": _value(found),
        "members": _size(found, one.members.value, currency),
        "others": _size(found, one.others.value, currency),
    }
    if found.shape == "share":
        return _("%(field)s: %(value)s for %(members)s of them, %(others)s of the others.") % facts
    if found.shape == "some":
        return _("%(field)s: at least one for %(members)s of them, %(others)s of the others.") % facts
    return _("%(field)s: in the middle %(members)s, %(others)s for the others.") % facts


def _value(found: Finding) -> str:
    if found.value in ("true", "false"):
        return _("yes") if found.value == "true" else _("no")
    return value_words(found.field, found.value)


def _size(found: Finding, value: float | None, currency: str) -> str:
    """A share, a number in its unit, or a day."""
    if value is None:
        return numbers.UNKNOWN
    if found.shape in ("share", "some"):
        return numbers.percent(value)
    if found.shape == "date":
        return numbers.day(_EPOCH + timedelta(days=round(value)))
    return _number(found, value, currency)


def _side(found: Finding, figure: Figure, currency: str) -> Side:
    shares = found.shape in ("share", "some") and figure.value is not None
    return Side(
        _size(found, figure.value, currency),
        _sizes(found, figure, currency),
        figure.n,
        _bar(figure) if shares else None,
    )


def _bar(figure: Figure) -> Bar:
    low, high = figure.low or 0.0, figure.high or 0.0
    return Bar(f"{(figure.value or 0.0) * 100:.1f}%", f"{low * 100:.1f}%", f"{(high - low) * 100:.1f}%")


def _pairs(found: Finding) -> str:
    """Of two picked at random, how often the member has more; equal ones count half."""
    effect = found.difference.effect
    if found.shape not in ("number", "date") or effect.value is None or effect.low is None or effect.high is None:
        return ""
    chance, low, high = ((end + 1) / 2 for end in (effect.value, effect.low, effect.high))
    told = {"chance": numbers.percent(chance), "interval": between(numbers.percent(low), numbers.percent(high))}
    if found.shape == "date":
        return _("Of two picked at random, theirs is the later in %(chance)s of pairs (%(interval)s).") % told
    return _("Of two picked at random, theirs is the larger in %(chance)s of pairs (%(interval)s).") % told


def _sizes(found: Finding, figure: Figure, currency: str) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return between(_size(found, figure.low, currency), _size(found, figure.high, currency))


def _difference(found: Finding, value: float | None, currency: str) -> str:
    """Members less others."""
    if value is None:
        return numbers.UNKNOWN
    if found.shape in ("share", "some"):
        return points(value)
    if found.shape == "date":
        days = {"days": numbers.number(abs(round(value)))}
        return (_("%(days)s days later") if value > 0 else _("%(days)s days earlier")) % days
    return _signed(_number(found, abs(value), currency), value)


def _interval(found: Finding, figure: Figure, currency: str) -> str:
    if figure.low is None or figure.high is None:
        return ""
    if found.shape in ("share", "some"):
        return between(_points(figure.low), _points(figure.high))
    return between(_difference(found, figure.low, currency), _difference(found, figure.high, currency))


def _number(found: Finding, value: float, currency: str) -> str:
    column = base_column(found.field)
    if column is None:
        return numbers.number(value, 1)
    if column.type == "int" and not float(value).is_integer():
        return numbers.number(value, 1)
    return shown_value(found.field, int(value) if column.type == "int" else value, currency)


def _signed(text: str, value: float) -> str:
    return f"+{text}" if value > 0 else f"−{text}" if value < 0 else text


def _group_query(found: Finding) -> str:
    """The address part that begins a group with this trait; empty where it would depend on how we treat customers."""
    if found.shape != "share" or found.side not in ("trait", "fact") or found.value in ("true", "false"):
        return ""
    if (found.difference.difference.value or 0) <= 0:
        return ""
    return urlencode({"field": found.field, "op": "is", "value": found.value})
