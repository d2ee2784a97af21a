"""The next three things to do about what customers say, each with its reason and number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars_web.accounts import roles
from regulars_web.home.addresses import first_address
from regulars_web.shared import numbers
from regulars_web.voice.reading import driving, words
from regulars_web.voice.reading.findings import Ground, change_words

SHOWN = 3
LOW_RESPONSE = 0.2


@dataclass(frozen=True)
class Thing:
    """One thing to do; ``address`` is where, for those who hold ``permission``."""

    key: str
    sentence: str
    why: str
    button: str
    address: str
    permission: str = roles.SEE_VOICE


def things(ground: Ground) -> list[Thing]:
    """The first three that the log supports: harm to single customers, then what changed, then what to learn."""
    return [found for rule in RULES if (found := rule(ground))][:SHOWN]


def answer_them(ground: Ground) -> Thing | None:
    """Talk to those who gave poor marks and heard nothing."""
    n = len(ground.waiting)
    if not n:
        return None
    told = {"n": numbers.number(n)}
    sentence = ngettext("Answer %(n)s customer who gave poor marks.", "Answer %(n)s customers who gave poor marks.", n)
    oldest = (ground.frame.newest - ground.waiting[-1]["occurred_on"]).days
    known = sum(row["client_key"] is not None for row in ground.waiting)
    reason = {"age": numbers.age(oldest), "known": numbers.number(known), "n": numbers.number(n)}
    why = _("Nobody has taken up their answers; the oldest waits since: %(age)s. %(known)s of %(n)s can be reached.")
    return Thing("answer", sentence % told, why % reason, _("Poor answers"), f"{reverse('voice:answers')}?waiting=yes")


def score_fell(ground: Ground) -> Thing | None:
    """Look into a real fall."""
    trend = ground.of("nps_trend")
    row = trend.rows[-1] if trend.rows else {}
    if not row.get("real_change") or row["change"] >= 0:
        return None
    sentence = _("Find out what has changed: fewer would recommend you.")
    return Thing(
        "fell", sentence, change_words(trend), _("Newest poor answers"), f"{reverse('voice:answers')}?band=poor"
    )


def work_on(ground: Ground) -> Thing | None:
    """Begin with the factor of first priority."""
    row = driving.top_factor(ground.of("drivers"))
    if not row or row["quadrant"] != "improve first":
        return None
    sentence = _("Work on “%(factor)s” first.") % {"factor": row["factor"]}
    return Thing("driver", sentence, " ".join(driving.reasons(row)), _("See what matters"), reverse("voice:drivers"))


def read_new(ground: Ground) -> Thing | None:
    """Read what is new in the texts."""
    fresh = [row for row in ground.of("themes").rows if row.get("new")]
    if not fresh:
        return None
    row = max(fresh, key=lambda one: int(one["n"]))
    n = int(row["n"])
    sentence = _("Read what is new: “%(name)s”.") % {"name": row["name"]}
    why = ngettext(
        "%(n)s text speaks of it, and earlier hardly any did.",
        "%(n)s texts speak of it, and earlier hardly any did.",
        n,
    ) % {"n": numbers.number(n)}
    return Thing("theme", sentence, why, _("Read them"), reverse("voice:themes"))


def ask_more(ground: Ground) -> Thing | None:
    """Ask more customers where few answered."""
    row = ground.of("nps").only
    n = int(row.get("n") or 0) if row else 0
    address = first_address("voice:surveys", "voice:new")
    if n >= words.FEW or not address:
        return None
    why = ngettext(
        "%(n)s answer in the period says little about everybody else.",
        "%(n)s answers in the period say little about everybody else.",
        n,
    ) % {"n": numbers.number(n)}
    return Thing("ask", _("Ask more customers."), why, _("Surveys"), address)


def few_answer(ground: Ground) -> Thing | None:
    """Ask better where most stay silent."""
    rows = [row for row in ground.of("response").rows if row.get("response_share") is not None]
    low = [row for row in rows if row["response_share"] < LOW_RESPONSE and row["invited"] >= words.FEW]
    address = first_address("voice:surveys")
    if not low or not address:
        return None
    row = max(low, key=lambda one: int(one["invited"]))
    told = {"share": words.share(row["response_share"]), "invited": numbers.number(row["invited"])}
    why = _("%(share)s of %(invited)s who were asked answered. Ask sooner, ask less, or ask by another way.") % told
    return Thing("response", _("Make it easier to answer."), why, _("Surveys"), address)


def second_way(ground: Ground) -> Thing | None:
    """Listen in another way where surveys are the only evidence."""
    kinds = [row["evidence"] for row in ground.of("evidence").rows]
    if kinds != ["survey"]:
        return None
    address = first_address("voice:listen", "voice:listening")
    why = _("Surveys are the only evidence in the period. Happy people do not answer, and polite people are kind.")
    return Thing("listen", _("Listen in a second way."), why, _("Interviews and visits"), address)


RULES: tuple[Callable[[Ground], Thing | None], ...] = (
    answer_them,
    score_fell,
    work_on,
    read_new,
    ask_more,
    few_answer,
    second_way,
)
