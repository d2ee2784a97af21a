"""What customers say now, as sentences: each from a measured number, with its interval, and none that calls one thing
the cause of another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars_web.shared import numbers
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Readings, Row
from regulars_web.voice.reading import driving, words


@dataclass(frozen=True)
class Finding:
    """One sentence; ``told`` says in small type what it counts; ``harm`` where it is about harm."""

    key: str
    sentence: str
    told: str = ""
    harm: bool = False


@dataclass(frozen=True)
class Ground:
    """What sentences and next things look at.

    waiting  poor answers of the period without a follow-up, newest first
    poor     all poor answers of the period
    """

    frame: Frame
    read: Readings
    waiting: tuple[Row, ...] = ()
    poor: int = 0

    def of(self, name: str) -> Reading:
        """A reading; an empty one where it was not taken."""
        return self.read.get(name, Reading())


def findings(ground: Ground) -> list[Finding]:
    """The sentences that the log supports, in the order in which a person would ask."""
    return [found for rule in RULES if (found := rule(ground))]


def recommending(ground: Ground) -> Finding | None:
    """The net promoter score, and its change where that is real."""
    row = ground.of("nps").only
    if not row or not row.get("n"):
        return None
    if row.get("nps") is None:
        return Finding("nps", _("Whether customers recommend you is not known."), str(row.get("nps_reason") or ""))
    told = {"score": words.plain(row["nps"]), "interval": words.span(row.get("nps_low"), row.get("nps_high"))}
    n = int(row["n"])
    change = change_words(ground.of("nps_trend"))
    sentence = _("Would they recommend you? The net promoter score is %(score)s (%(interval)s).") % told
    counts = {
        "n": numbers.number(n),
        "promoters": words.share(row["promoters"] / n),
        "detractors": words.share(row["detractors"] / n),
    }
    said = ngettext(
        "%(n)s answer: %(promoters)s gave 9 or 10, %(detractors)s gave 6 or less.",
        "%(n)s answers: %(promoters)s gave 9 or 10, %(detractors)s gave 6 or less.",
        n,
    )
    few = _("Few answers, read with care.") if n < words.FEW else ""
    return Finding("nps", sentence, " ".join(part for part in (change, said % counts, few) if part))


def change_words(trend: Reading) -> str:
    """How the newest period differs from the one before; empty unless the difference is real."""
    row = trend.rows[-1] if trend.rows else {}
    if not row.get("real_change"):
        return ""
    change, low, high = row["change"], row["change_low"], row["change_high"]
    ends = (low, high) if change > 0 else (-high, -low)
    told = {"value": words.plain(abs(change)), "interval": words.span(*ends), "when": numbers.month(row["period_on"])}
    if change > 0:
        return _("Up by %(value)s points (%(interval)s) in the period from %(when)s on the one before.") % told
    return _("Down by %(value)s points (%(interval)s) in the period from %(when)s on the one before.") % told


def responding(ground: Ground) -> Finding | None:
    """How many of those asked answered, and what that leaves open."""
    rows = [row for row in ground.of("response").rows if row.get("invited")]
    if not rows:
        return None
    row = max(rows, key=lambda one: int(one["invited"]))
    if row.get("response_share") is None:
        return None
    told = {
        "share": words.share(row["response_share"]),
        "interval": words.share_span(row.get("response_share_low"), row.get("response_share_high")),
        "survey": row.get("survey") or "",
        "silent": words.share(1 - row["response_share"]),
    }
    sentence = _("%(share)s of those who were asked answered (%(interval)s). What the other %(silent)s think is open.")
    counts = {"answered": numbers.number(row["answered"]), "invited": numbers.number(row["invited"])}
    said = _("%(answered)s of %(invited)s invitations, survey “%(survey)s”.") % {**counts, **told}
    if row.get("value_share") is not None:
        said += " " + _("They stand for %(share)s of what the invited buy.") % {
            "share": words.share(row["value_share"])
        }
    return Finding("response", sentence % told, said)


def first_factor(ground: Ground) -> Finding | None:
    """The factor that comes first: it goes with satisfaction much, and has room."""
    row = driving.top_factor(ground.of("drivers"))
    if not row:
        return None
    told = {
        "factor": row["factor"],
        "satisfaction": words.plain(row["satisfaction"]),
        "interval": words.span(row["satisfaction_low"], row["satisfaction_high"]),
    }
    sentence = _("Of all that customers rate, “%(factor)s” comes first: %(satisfaction)s of 100 (%(interval)s).") % told
    n = int(row["satisfaction_n"] or 0)
    counted = ngettext("%(n)s rating.", "%(n)s ratings.", n) % {"n": numbers.number(n)}
    return Finding("driver", sentence, " ".join([*driving.reasons(row), counted]))


def new_theme(ground: Ground) -> Finding | None:
    """The largest theme that has come up lately."""
    fresh = [row for row in ground.of("themes").rows if row.get("new")]
    if not fresh:
        return None
    row = max(fresh, key=lambda one: int(one["n"]))
    told = {"name": row["name"], "share": words.share(row.get("share"))}
    sentence = _("New in their words: “%(name)s”.") % told
    n = int(row["n"])
    counted = ngettext("%(n)s text speaks of it.", "%(n)s texts speak of it.", n) % {"n": numbers.number(n)}
    return Finding("theme", sentence, counted)


def without_follow_up(ground: Ground) -> Finding | None:
    """Poor answers that nobody has taken up."""
    if not ground.poor:
        return None
    left = len(ground.waiting)
    told = {"left": numbers.number(left), "poor": numbers.number(ground.poor)}
    if not left:
        sentence = ngettext(
            "The one poor answer of the period was followed up.",
            "All %(poor)s poor answers of the period were followed up.",
            ground.poor,
        )
        return Finding("waiting", sentence % told)
    sentence = ngettext(
        "Of %(poor)s poor answers, %(left)s has no follow-up.",
        "Of %(poor)s poor answers, %(left)s have no follow-up.",
        left,
    )
    oldest = (ground.frame.newest - ground.waiting[-1]["occurred_on"]).days
    return Finding(
        "waiting", sentence % told, _("The oldest waits since: %(age)s.") % {"age": numbers.age(oldest)}, True
    )


def reviewing(ground: Ground) -> Finding | None:
    """The share of bad reviews; reviews never mix with surveys."""
    row = ground.of("reviews").only
    if not row or not row.get("n") or row.get("negative_share") is None:
        return None
    told = {
        "share": words.share(row["negative_share"]),
        "interval": words.share_span(row.get("negative_share_low"), row.get("negative_share_high")),
    }
    n = int(row["n"])
    counted = ngettext("%(n)s review.", "%(n)s reviews.", n) % {"n": numbers.number(n)}
    return Finding("reviews", _("%(share)s of reviews are bad (%(interval)s).") % told, counted)


RULES: tuple[Callable[[Ground], Finding | None], ...] = (
    recommending,
    responding,
    first_factor,
    new_theme,
    reviewing,
    without_follow_up,
)
