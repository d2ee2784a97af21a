"""What to do next at a touchpoint: one to three sentences, each from a measured number or a hole in the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.touchpoints.parts import Hole, Touchpoint
from regulars_web.accounts import roles
from regulars_web.shared import numbers
from regulars_web.shared.readings import Reading, Readings, Row
from regulars_web.touchpoints import across, staking, words

MOST = 3
GOOD_ENOUGH = 0.9


@dataclass(frozen=True)
class Thing:
    """One thing to do. ``address`` is where, for those who hold ``permission``."""

    sentence: str
    why: str
    button: str
    address: str
    permission: str = roles.SEE_TOUCHPOINTS


@dataclass(frozen=True)
class Ground:
    """What the rules look at: the register's touchpoint, what it lacks, and what was measured."""

    touchpoint: Touchpoint
    holes: Sequence[Hole]
    read: Readings
    registered: bool = True

    def of(self, name: str) -> Reading:
        """A reading; an empty one where it was not taken."""
        return self.read.get(name, Reading())

    @property
    def lacks(self) -> set[str]:
        """Kinds of holes this touchpoint has."""
        return {one.kind for one in self.holes if one.touchpoint == self.touchpoint.key}


def things(ground: Ground) -> list[Thing]:
    """At most three, in the order in which they would be taken up."""
    return [found for rule in RULES if (found := rule(ground))][:MOST]


def try_it(ground: Ground) -> Thing | None:
    """Most money at stake beyond chance."""
    top = staking.worst(ground.of("stake").rows)
    if not staking.is_harm(top):
        return None
    told = staking.told(top)
    filled = {"money": told["money"], "interval": told["money_interval"], "bad": told["bad"]}
    sentence = _("%(bad)s: about %(money)s of sales a year (%(interval)s) are at stake. Test what helps.") % filled
    if not told["sure"]:
        sentence = _("%(bad)s: these customers come back less often. Test what helps.") % filled
    why = "{} {}".format(
        told["sentence"],
        _("Bad touches of %(n)s customers in the last year. It is an association, so try a change with some first.")
        % {"n": told["a_year"]},
    )
    return Thing(sentence, why, _("See the comparison"), "#stake")


def keep_it(ground: Ground) -> Thing | None:
    """The promise kept least, where it is surely kept too seldom."""
    rows = [row for row in ground.of("promises").rows if _surely_below(row)]
    if not rows:
        return None
    row = min(rows, key=lambda one: float(one["kept_share"]))
    told = across.promise_row(row)
    n = int(row["n"])
    broken = n - int(row.get("kept") or 0)
    filled = {"name": told["name"], "share": told["kept"]["value"], "interval": told["kept"]["interval"]}
    sentence = _("“%(name)s” is kept in %(share)s of touches (%(interval)s). Keep it, or promise less.") % filled
    why = ngettext(
        "Broken for %(broken)s of %(n)s touch; promised is %(limit)s, the median is %(median)s.",
        "Broken for %(broken)s of %(n)s touches; promised is %(limit)s, the median is %(median)s.",
        n,
    ) % {
        "broken": numbers.number(broken),
        "n": numbers.number(n),
        "limit": told["limit"],
        "median": told["median"],
    }
    return Thing(sentence, why, _("See the promises"), "#promises")


def begin_there(ground: Ground) -> Thing | None:
    """The unit where most is to gain, where units can be told apart."""
    rows = [row for row in ground.of("consistency").rows if row.get("told_apart") and row.get("start_with")]
    if not rows:
        return None
    row = max(rows, key=lambda one: float(one.get("start_share") or 0))
    told = across.consistency_row(row)
    filled = {
        "figure": told["figure"],
        "between": told["unit"],
        "worst": told["worst"],
        "best": told["best"],
        "where": told["start_with"],
    }
    sentence = _("%(figure)s · %(between)s: from %(worst)s to %(best)s, beyond chance. Begin with %(where)s.") % filled
    why = _("%(share)s of all there is to gain lies there. Chance is taken out of these numbers; n = %(n)s.") % {
        "share": told["start_share"],
        "n": told["n"],
    }
    return Thing(sentence, why, _("See the differences"), "#uneven")


def register_it(ground: Ground) -> Thing | None:
    """Touches without a place in the register."""
    if ground.registered:
        return None
    return Thing(
        _("Nobody has registered this touchpoint. Register it, with an owner and one promise."),
        _("Customers meet us here, and nobody answers for it."),
        _("Register it"),
        f"{reverse('touchpoints:new')}?{urlencode({'key': ground.touchpoint.key})}",
        roles.CHANGE_TOUCHPOINTS,
    )


def name_an_owner(ground: Ground) -> Thing | None:
    """Nobody answers for it."""
    if "no owner" not in ground.lacks:
        return None
    return Thing(
        _("Nobody answers for this touchpoint. Name an owner."),
        _("What belongs to everybody is mended by nobody."),
        _("Name an owner"),
        reverse("touchpoints:edit", args=[ground.touchpoint.key]),
        roles.CHANGE_TOUCHPOINTS,
    )


def write_it(ground: Ground) -> Thing | None:
    """There is no standard."""
    if "no standard" not in ground.lacks:
        return None
    return Thing(
        _("How customers are served here is written nowhere. Write the standard."),
        _("Ten short lines that everybody who works here can keep are enough."),
        _("Write the standard"),
        reverse("touchpoints:write", args=[ground.touchpoint.key]),
        roles.CHANGE_TOUCHPOINTS,
    )


def promise_it(ground: Ground) -> Thing | None:
    """Nothing is promised that could be measured."""
    if "no promise" not in ground.lacks:
        return None
    return Thing(
        _("Nothing is promised here that can be measured. Make one promise."),
        _typical(ground.of("touchpoints").only),
        _("Make a promise"),
        reverse("touchpoints:promise_new", args=[ground.touchpoint.key]),
        roles.CHANGE_TOUCHPOINTS,
    )


def read_it(ground: Ground) -> Thing | None:
    """The standard was confirmed by nobody."""
    if "nobody confirmed" not in ground.lacks:
        return None
    return Thing(
        _("The standard is written, and nobody has said that they read it. Ask those who work here."),
        _("A standard that is not known is not kept."),
        _("See the standard"),
        reverse("touchpoints:standard", args=[ground.touchpoint.key]),
    )


def _surely_below(row: Row) -> bool:
    high = row.get("kept_share_high")
    return numbers.known(high) and float(high or 0) < GOOD_ENOUGH and int(row.get("n") or 0) >= words.FEW


def _typical(row: Row) -> str:
    """What customers get now, where waits are told."""
    if not row or not numbers.known(row.get("wait_median")):
        return _("Without a promise nobody can say whether customers got what they may expect.")
    told = {"median": words.length(row["wait_median"]), "most": words.length(row.get("wait_p90"))}
    return _("Customers wait %(median)s now, nine in ten no longer than %(most)s.") % told


RULES: tuple[Callable[[Ground], Thing | None], ...] = (
    try_it,
    keep_it,
    begin_there,
    register_it,
    name_an_owner,
    write_it,
    promise_it,
    read_it,
)
