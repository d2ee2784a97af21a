"""What templates show of groups: figures, rows of the list, checks, overlaps, and the chart over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.groups.live import Live
from regulars.groups.publishing import Group
from regulars.groups.shares import Figure
from regulars.groups.validity import Validity
from regulars.groups.verdicts import Check
from regulars_web.groups import words
from regulars_web.groups.findings import between
from regulars_web.groups.reading import Company, Month, OverTime
from regulars_web.shared import numbers

FEWEST_SHOWN = 30


@dataclass(frozen=True)
class Share:
    """A share as text, with its interval, and how long its bar is."""

    text: str
    interval: str
    n: int
    width: str
    reason: str = ""


@dataclass(frozen=True)
class Size:
    """Members of a rule as the pages show them."""

    live: Live
    customers: Share
    revenue: Share
    profit: Share

    @property
    def small(self) -> bool:
        """Too few to lean on."""
        return 0 < self.live.customers < FEWEST_SHOWN


@dataclass(frozen=True)
class CheckShown:
    """One of the four checks as it reads."""

    check: Check
    heading: str
    short: str
    verdict: str
    tone: str
    reasons: list[tuple[str, str, str, str]]  # sentence, verdict, tone, figure


@dataclass(frozen=True)
class Listed:
    """A row of the list. ``checks`` is None where they were not counted yet."""

    group: Group
    rule: str
    stance: str
    tone: str
    size: Size | None
    checks: list[CheckShown] | None
    wrong: str = ""


def share(figure: Figure) -> Share:
    """A share of 0 to 1."""
    places = 1 if figure.value is not None and 0 < abs(figure.value) < 0.01 else 0
    known = figure.low is not None and figure.high is not None
    interval = between(numbers.percent(figure.low, places), numbers.percent(figure.high, places)) if known else ""
    width = f"{min(max(figure.value or 0.0, 0.0), 1.0) * 100:.1f}%"
    return Share(numbers.percent(figure.value, places), interval, figure.n, width, words.plain_words(figure.reason))


def size(live: Live) -> Size:
    """How many members, and how much of the value."""
    return Size(live, share(live.share), share(live.share_of_revenue), share(live.share_of_profit))


def listed(told: Company) -> list[Listed]:
    """All groups in force, those with the larger share of value first."""
    rows = [_listed(told, group) for group in told.groups]
    return sorted(rows, key=lambda row: -(row.size.live.revenue or 0.0) if row.size else 1.0)


def _listed(told: Company, group: Group) -> Listed:
    stance, tone = str(words.STANCE_WORDS[group.stance]), words.STANCE_TONES[group.stance]
    if group.key not in told.rules:
        wrong = _("Its rule cannot be read by this program. Publish the group again.")
        return Listed(group, "", stance, tone, None, None, wrong)
    known = told.checks(group.key, count=False)
    rule = words.rule_words(told.rules[group.key], told.workspace.settings.currency)
    found = size(told.coverage.groups[group.key])
    return Listed(group, rule, stance, tone, found, None if known is None else checks(known, told.names))


def checks(found: Validity, names: dict[str, str]) -> list[CheckShown]:
    """The four checks."""
    return [
        CheckShown(
            check=check,
            heading=str(words.CHECK_WORDS[check.name]),
            short=str(words.CHECK_SHORT[check.name]),
            verdict=str(words.VERDICT_WORDS[check.verdict]),
            tone=words.VERDICT_TONES[check.verdict],
            reasons=[
                (
                    words.reason_words(reason, names),
                    str(words.VERDICT_WORDS[reason.verdict]),
                    words.VERDICT_TONES[reason.verdict],
                    _figure(check.name, reason.figure),
                )
                for reason in check.reasons
            ],
        )
        for check in found.checks
    ]


def verdict_sentence(found: Validity) -> str:
    """All four in one sentence."""
    if found.verdict == "pass":
        return _("The group passes all four checks.")
    failed = [str(words.CHECK_WORDS[check.name]) for check in found.checks if check.verdict == "fails"]
    if failed:
        return ngettext(
            "The group does not pass one of the four checks: %(checks)s.",
            "The group does not pass %(count)s of the four checks: %(checks)s.",
            len(failed),
        ) % {"count": len(failed), "checks": "; ".join(failed)}
    if found.verdict == "doubtful":
        return _("Nothing speaks clearly against the group, but something is doubtful.")
    return _("Too little is known to say whether the group is valid.")


def _figure(check: str, figure: Figure | None) -> str:
    """The number behind a reason: a share known, else a strength from 0 to 1, with its interval and count."""
    if figure is None:
        return ""
    if figure.value is None:
        return words.plain_words(figure.reason)
    shown = numbers.percent if check == "measurable" else lambda value: numbers.number(value, 2)
    told = {"value": shown(figure.value), "n": numbers.number(figure.n)}
    if figure.low is None or figure.high is None:
        return _("%(value)s, n %(n)s") % told
    return _("%(value)s (%(interval)s), n %(n)s") % {
        **told,
        "interval": between(shown(figure.low), shown(figure.high)),
    }


def overlaps(told: Company, key: str) -> list[dict[str, Any]]:
    """Other groups and the customers who are in both, most first."""
    found = []
    for one in told.coverage.overlaps:
        if key in (one.one, one.other):
            first = one.one == key
            found.append(
                {
                    "key": one.other if first else one.one,
                    "name": told.names[one.other if first else one.one],
                    "customers": one.customers,
                    "share": one.share_of_one if first else one.share_of_other,
                    "share_of_other": one.share_of_other if first else one.share_of_one,
                }
            )
    return sorted(found, key=lambda row: -row["customers"])


def over_time_chart(found: OverTime) -> dict[str, Any]:
    """Members at month ends as a line from nothing upwards."""
    rows = [{"month": numbers.month(one.on), "members": one.members} for one in found.months]
    labelled = [row["month"] for row in rows][::-1][::3]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": 180,
        "data": {"values": rows},
        "mark": {"type": "line", "point": True, "color": "--accent"},
        "encoding": {
            "x": {
                "field": "month",
                "type": "ordinal",
                "sort": None,
                "axis": {"title": None, "values": labelled, "labelAngle": 0, "ticks": False},
            },
            "y": {
                "field": "members",
                "type": "quantitative",
                "scale": {"zero": True},
                "axis": {"title": None, "tickMinStep": 1, "tickCount": 5},
            },
            "tooltip": [{"field": "month", "title": ""}, {"field": "members", "title": _("Members")}],
        },
    }


def over_time_sentence(months: Sequence[Month]) -> str:
    """What the chart shows."""
    if not months:
        return ""
    first, last = months[0], months[-1]
    came = sum((one.new or 0) + (one.joined or 0) for one in months)
    left = sum(one.left or 0 for one in months)
    return _(
        "From %(first)s members at the end of %(first_month)s to %(last)s at the end of %(last_month)s: %(came)s came, "
        "%(left)s left."
    ) % {
        "first": numbers.number(first.members),
        "first_month": numbers.month(first.on),
        "last": numbers.number(last.members),
        "last_month": numbers.month(last.on),
        "came": numbers.number(came),
        "left": numbers.number(left),
    }
