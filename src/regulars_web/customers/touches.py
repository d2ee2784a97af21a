"""The time line in the reader's language: one sentence a touch, what stands below it in small, and its colour."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.base.queries import KEPT_BY
from regulars.timeline import Answer, Line, Touch
from regulars_web.customers.words import VALUE_WORDS, kind_words
from regulars_web.shared import numbers

# The company's own steps and mass mail: they are there, but hidden until somebody asks for them.
OWN_STEPS = ("production", "offer")
GOOD_KINDS = ("gesture", "referral")
HARM_KINDS = ("complaint", "missed_call", "escalation", "departure", "delivery_attempt")
PROMOTER, DETRACTOR = 9, 6
PLEASED_SHARE, LET_DOWN_SHARE = 0.75, 0.4
SHOWN_LINES = 6


@dataclass(frozen=True)
class Shown:
    """One touch of the time line.

    tone    good, harm or nothing
    quote   what somebody wrote or said
    small   where, by whom, about what
    lines   what was bought
    unread  what was bought is not read yet; it is fetched when somebody asks
    """

    touch: Touch
    on: date
    at: datetime
    tone: str
    words: str
    quote: str
    small: str
    lines: list[str]
    more_lines: int
    unread: bool


def shown(touches: Sequence[Touch], currency: str) -> list[Shown]:
    """The touches as the card shows them."""
    return [_shown(touch, currency) for touch in touches]


def bought(lines: Sequence[Line]) -> list[str]:
    """Lines of an order in words."""
    return [_line(line) for line in lines]


def _shown(touch: Touch, currency: str) -> Shown:
    lines = bought(touch.lines or ())
    return Shown(
        touch=touch,
        on=touch.occurred_on,
        at=touch.occurred_at,
        tone=_tone(touch),
        words=_words(touch, currency),
        quote="" if touch.taken_back else touch.text or next((one.text for one in touch.answers if one.text), ""),
        small=_small(touch),
        lines=lines[:SHOWN_LINES],
        more_lines=max(0, len(lines) - SHOWN_LINES),
        unread=touch.lines is None,
    )


def _words(touch: Touch, currency: str) -> str:
    if touch.overdue and touch.due_at:
        told = {"kind": kind_words(touch.kind), "day": numbers.day(touch.due_at.date())}
        return _("%(kind)s promised for %(day)s, not kept yet") % told
    if touch.kind in KEPT_BY:
        return _kept(touch)
    maker = _MAKERS.get(touch.kind)
    if maker:
        return maker(touch, currency)
    words = kind_words(touch.kind)
    if touch.outcome:
        return _("%(kind)s: %(outcome)s") % {"kind": words, "outcome": touch.outcome}
    return words


def _kept(touch: Touch) -> str:
    kind = kind_words(touch.kind)
    if touch.late is None or touch.due_at is None:
        return kind
    if not touch.late:
        return _("%(kind)s, in time") % {"kind": kind}
    days = (touch.occurred_at.date() - touch.due_at.date()).days
    if days < 1:
        return _("%(kind)s, late on the promised day") % {"kind": kind}
    sentence = ngettext("%(kind)s, %(days)s day late", "%(kind)s, %(days)s days late", days)
    return sentence % {"kind": kind, "days": numbers.number(days)}


def _order(touch: Touch, currency: str) -> str:
    if touch.amount is None:
        return _("Ordered")
    return _("Ordered for %(amount)s") % {"amount": numbers.money(touch.amount, currency)}


def _refund(touch: Touch, currency: str) -> str:
    if touch.amount is None:
        return _("Got money back")
    return _("Got %(amount)s back") % {"amount": numbers.money(abs(touch.amount), currency)}


def _call(touch: Touch, currency: str) -> str:
    told = {"outcome": touch.outcome}
    if touch.initiated_by == "company":
        return _("We called: %(outcome)s") % told if touch.outcome else _("We called")
    return _("Called us: %(outcome)s") % told if touch.outcome else _("Called us")


def _message(touch: Touch, currency: str) -> str:
    if touch.initiated_by != "company":
        return _("Wrote to us: %(outcome)s") % {"outcome": touch.outcome} if touch.outcome else _("Wrote to us")
    # What was sent without a person is told by the place it comes from: order confirmation, survey.
    what = touch.outcome or ("" if touch.employee else touch.touchpoint)
    return _("We wrote: %(outcome)s") % {"outcome": what} if what else _("We wrote")


def _gesture(touch: Touch, currency: str) -> str:
    return _("Gesture: %(what)s") % {"what": touch.outcome} if touch.outcome else _("Gesture")


def _complaint(touch: Touch, currency: str) -> str:
    if touch.outcome.lower() == "open":
        return _("Complained; not answered yet")
    if touch.outcome:
        return _("Complained: %(outcome)s") % {"outcome": touch.outcome}
    return _("Complained")


def _answer(touch: Touch, currency: str) -> str:
    if touch.taken_back:
        return _("An answer typed in by mistake and taken back; it counts nowhere")
    scored = sorted((answer for answer in touch.answers if answer.score is not None), key=_telling)
    if not scored:
        return _("Answered a survey")
    return ", ".join(_score(answer) for answer in scored[:2])


_MAKERS: Mapping[str, Callable[[Touch, str], str]] = {
    "order": _order,
    "refund": _refund,
    "call": _call,
    "message": _message,
    "gesture": _gesture,
    "complaint": _complaint,
    "answer": _answer,
}


def _telling(answer: Answer) -> int:
    """The most telling question first."""
    kinds = ("nps", "csat", "ces")
    return kinds.index(answer.kind) if answer.kind in kinds else len(kinds)


def _score(answer: Answer) -> str:
    told = {
        "score": _plain(answer.score),
        "highest": _plain(answer.scale_max),
        "question": str(VALUE_WORDS["last_answer_kind"].get(answer.kind, answer.question)),
    }
    if answer.kind == "nps":
        return _("Would recommend: %(score)s of %(highest)s") % told
    return _("%(question)s: %(score)s of %(highest)s") % told


def _plain(value: float | None) -> str:
    return numbers.number(value, 0 if value is None or float(value).is_integer() else 1)


def _small(touch: Touch) -> str:
    """Where, through what, by whom, about what; words of the log stand as they are."""
    survey = touch.answers[0].survey if touch.answers else ""
    pieces = [touch.touchpoint, touch.channel if touch.channel != touch.touchpoint else "", touch.branch, survey]
    pieces += [touch.employee, touch.thread]
    return " · ".join(dict.fromkeys(filter(None, pieces)))


def _line(line: Line) -> str:
    name = line.name or line.product
    if line.quantity is None or line.quantity == 1:
        return name
    return _("%(quantity)s × %(product)s") % {"quantity": _quantity(line.quantity), "product": name}


def _quantity(quantity: Decimal) -> str:
    return numbers.number(quantity, 0 if quantity == quantity.to_integral_value() else 2)


def _tone(touch: Touch) -> str:
    if touch.taken_back:
        return ""
    if touch.overdue or touch.late:
        return "harm"
    if touch.kind in HARM_KINDS:
        return "harm"
    if touch.kind in GOOD_KINDS:
        return "good"
    return next((tone for answer in sorted(touch.answers, key=_telling) if (tone := _felt(answer))), "")


def _felt(answer: Answer) -> str:
    score: Any = answer.score
    if score is None or answer.kind not in ("nps", "csat"):
        return ""
    if answer.kind == "nps":
        return "good" if score >= PROMOTER else "harm" if score <= DETRACTOR else ""
    low, high = answer.scale_min or 0, answer.scale_max
    if high is None or high <= low:
        return ""
    share = (score - low) / (high - low)
    return "good" if share >= PLEASED_SHARE else "harm" if share <= LET_DOWN_SHARE else ""
