"""Everything the card of one customer shows, put together for its templates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.base import open_base
from regulars.card import Card, outcome_choices, touchpoint_choices
from regulars.card import channel_choices as channels
from regulars.card import kind_choices as kinds
from regulars.facts import SEVERAL, Fact, facts_of
from regulars.log.consents import consents_of
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import holds
from regulars_web.accounts.roles import ERASE_PERSONS, EXPORT_PERSONS, JOIN_RECORDS, RECORD_CONSENTS
from regulars_web.customers.choices import ways
from regulars_web.customers.columns import interval_words, shown_value
from regulars_web.customers.groups import groups_of
from regulars_web.customers.histories import imports_history
from regulars_web.customers.timelines import open_with_timeline
from regulars_web.customers.words import GOOD_SEGMENTS, HARM_SEGMENTS, fact_words, kind_words, source_words, value_words
from regulars_web.shared import numbers
from regulars_web.shared.said import said

FRESH_SHARE = 0.5  # of the days after which a fact is asked for again
FACTS_ORDER = ("need", "fear", "preference", "expectation", "special date")


@dataclass(frozen=True)
class Pill:
    """A word beside the name. ``address`` is where it leads, or empty."""

    words: str
    tone: str = "plain"
    address: str = ""


@dataclass(frozen=True)
class ShownFact:
    """A fact with the word for its age: fresh, ageing, or asked for again."""

    fact: Fact
    name: str
    source: str
    age: str
    tone: str
    history: list[Any]


def read_card(workspace: Workspace, key: int, user: Any, *, now: datetime, wanted: Collection[str]) -> dict[str, Any]:
    """What customers/card.html shows. Raises CardError where nobody has that key."""
    card, timeline = open_with_timeline(workspace, key, now=now, wanted=wanted)
    currency = workspace.settings.currency
    row = dict(card.row or {})
    return {
        "card": card,
        "key": card.client_key,
        "row": row,
        "pills": pills(workspace, card),
        "finding": finding(card, currency),
        "since": row.get("first_order_on") or row.get("first_seen_on"),
        "came_by": value_words("acquired_by", row["acquired_by"]) if row.get("acquired_by") else "",
        "worth": worth(card, workspace),
        "contacts": contacts(card),
        "timeline": timeline,
        "consents": consents(workspace, card),
        "actions": addresses(user, card),
        **facts_told(workspace, card.client_key, card.facts),
        **contact_form(workspace),
    }


def facts_told(
    workspace: Workspace, key: int, found: Sequence[Fact] | None = None, *, now: datetime | None = None
) -> Any:
    """The facts of a customer, for customers/_facts.html; read anew where they are not given."""
    facts = facts_of(workspace, key, now=now or datetime.now(UTC)) if found is None else found
    listed = sorted((_fact(workspace, fact) for fact in facts), key=_fact_place)
    return {
        "facts": listed,
        "stale": sum(1 for one in listed if one.fact.stale),
        "fact_names": [(name, fact_words(name)) for name in SEVERAL],
        "request_id": uuid4().hex,
    }


def dropped_facts(workspace: Workspace, key: int, *, now: datetime) -> list[ShownFact]:
    """Facts that somebody dropped, with their history."""
    return [_fact(workspace, fact) for fact in facts_of(workspace, key, now=now, dropped=True)]


def contact_form(workspace: Workspace) -> dict[str, Any]:
    """What customers/_log.html offers."""
    return {
        "ways": ways(workspace),
        "all_kinds": [(kind, kind_words(kind)) for kind in kinds(workspace)],
        "all_touchpoints": touchpoint_choices(workspace),
        "all_channels": channels(workspace),
        "all_outcomes": outcome_choices(workspace),
        "contact_id": uuid4().hex,
    }


def pills(workspace: Workspace, card: Card) -> list[Pill]:
    """What a colleague must know before the first word: segment, type, groups, what is owed."""
    row = dict(card.row or {})
    found: list[Pill] = []
    if row.get("key_customer"):
        found.append(Pill(_("key customer"), "good"))
    if segment := row.get("segment"):
        tone = "good" if segment in GOOD_SEGMENTS else "harm" if segment in HARM_SEGMENTS else "plain"
        found.append(Pill(value_words("segment", segment), tone))
    if kind := row.get("customer_type"):
        found.append(Pill(value_words("customer_type", kind)))
    for group in groups_of(workspace, open_base(workspace), card.client_key):
        tone = {"target": "good", "non-target": "old"}.get(group.stance, "plain")
        found.append(Pill(group.name, tone, _address("groups:group", group.key)))
    if row.get("slipping"):
        found.append(Pill(_("slipping away"), "harm"))
    return [*found, *_owed(row)]


def _owed(row: dict[str, Any]) -> list[Pill]:
    found = []
    if late := row.get("overdue_promises"):
        words = ngettext("%(count)s promise overdue", "%(count)s promises overdue", late)
        found.append(Pill(words % {"count": numbers.number(late)}, "harm"))
    if complaints := row.get("open_complaints"):
        words = ngettext("%(count)s open complaint", "%(count)s open complaints", complaints)
        found.append(Pill(words % {"count": numbers.number(complaints)}, "harm"))
    return found


def finding(card: Card, currency: str) -> str:
    """The one sentence to know first; empty where nothing stands out."""
    row = dict(card.row or {})
    if row.get("overdue_promises"):
        return _("Something promised is overdue. Say first when it will come.")
    if row.get("open_complaints"):
        return _("A complaint waits for an answer. Speak of it before anything else.")
    if row.get("slipping"):
        told = {"age": numbers.age(row["recency_days"]), "money": numbers.money(row.get("at_stake"), currency)}
        if row.get("at_stake") is None:
            return _("No order for %(age)s, longer than usual for this customer.") % told
        return _("No order for %(age)s, longer than usual for this customer; %(money)s are at stake.") % told
    score = row.get("last_answer_score")
    if row.get("last_answer_kind") == "nps" and score is not None and score <= 6:
        told = {"score": numbers.number(score), "day": numbers.day(row["last_answer_on"])}
        return _("Gave %(score)s of 10 on %(day)s. Ask what went wrong.") % told
    return ""


def worth(card: Card, workspace: Workspace) -> list[dict[str, str]]:
    """Rows of the part "Worth": name, number, and in small its count, interval or why it is unknown."""
    row = dict(card.row or {})
    if not row:
        return []
    currency, reason = workspace.settings.currency, card.about.trust.reason or ""
    orders = ngettext("%(count)s order", "%(count)s orders", row["orders"]) % {"count": numbers.number(row["orders"])}
    days = numbers.number(int(workspace.settings.value.get("horizon_days", 364)))
    rows = [
        _worth(_("Bought for, so far"), numbers.money(row["spend"], currency), orders),
        _worth(_("Profit so far"), numbers.money(row["profit"], currency), said(row["profit_reason"] or "")),
        _worth(_("In the last year"), numbers.money(row["spend_last_year"], currency), _in_a_year(row)),
        _worth(_("Expected in %(days)s days") % {"days": days}, *_estimate(row, "clv", currency, reason)),
        _worth(_("Still a customer"), *_estimate(row, "p_alive", currency, reason)),
    ]
    if row.get("value_rank"):
        share = numbers.percent(row["value_share"], 1)
        rows.append(
            _worth(_("Place by value"), numbers.number(row["value_rank"]), _("%(share)s of all") % {"share": share})
        )
    return rows


def _worth(name: str, number: str, small: str) -> dict[str, str]:
    return {"name": name, "number": number, "small": small}


def _in_a_year(row: dict[str, Any]) -> str:
    count = row["orders_last_year"]
    return ngettext("%(count)s order", "%(count)s orders", count) % {"count": numbers.number(count)}


def _estimate(row: dict[str, Any], name: str, currency: str, reason: str) -> tuple[str, str]:
    if row.get(name) is None:
        return numbers.UNKNOWN, said(row.get(f"{name}_reason") or reason)
    low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
    if low is None or high is None:
        return shown_value(name, row[name], currency), said(row.get(f"{name}_reason") or "")
    ends = [shown_value(name, end, currency) for end in (low, high)]
    return shown_value(name, row[name], currency), interval_words(*ends)


def contacts(card: Card) -> list[dict[str, Any]]:
    """Contact details with their source and date; the one that holds first, earlier ones behind it."""
    words = {"phone": _("Telephone"), "email": _("E-mail"), "address": _("Address"), "birthday": _("Birthday")}
    found = []
    for name, heading in words.items():
        for place, detail in enumerate(card.details.get(name, ())):
            shown_as = _birthday(detail.value) if name == "birthday" else detail.value
            found.append({"name": name, "heading": heading, "detail": detail, "words": shown_as, "earlier": place > 0})
    return found


def _birthday(text: str) -> str:
    try:
        return numbers.day(date.fromisoformat(text))
    except ValueError:
        return text


def consents(workspace: Workspace, card: Card) -> list[Any]:
    """The newest statement of each purpose."""
    keys = {record.client_key for record in card.records} | {card.client_key}
    newest = {one.purpose: one for one in consents_of(workspace.vault, keys, imports_history(workspace))}
    return [newest[purpose] for purpose in sorted(newest)]


def addresses(user: Any, card: Card) -> dict[str, str]:
    """Where the buttons of the card lead; those that the role may not use, or that are not there, are left out."""
    wanted = {
        "export": ("privacy:export", EXPORT_PERSONS),
        "erase": ("privacy:erase", ERASE_PERSONS),
        "consents": ("privacy:consents", RECORD_CONSENTS),
        "identity": ("identity:customer", JOIN_RECORDS),
    }
    found = {
        name: _address(view, card.client_key) for name, (view, permission) in wanted.items() if holds(user, permission)
    }
    return {name: address for name, address in found.items() if address}


def _address(view: str, *args: object) -> str:
    try:
        return reverse(view, args=args)
    except NoReverseMatch:
        return ""


def _fact(workspace: Workspace, fact: Fact) -> ShownFact:
    """A fact past its days is asked for; past half of them it is ageing."""
    age = numbers.age(fact.age_days) if fact.age_days is not None else _("age unknown")
    ageing = fact.age_days is None or fact.age_days > FRESH_SHARE * workspace.settings.fact_days(fact.name)
    tone = "old" if fact.stale else "plain" if ageing else "good"
    words = _("%(age)s: still true?") % {"age": age} if fact.stale else age
    return ShownFact(fact, fact_words(fact.name), source_words(fact.source), words, tone, _history(fact))


def _history(fact: Fact) -> list[Any]:
    return list(reversed(fact.history))


def _fact_place(one: ShownFact) -> tuple[bool, int, str]:
    place = FACTS_ORDER.index(one.fact.name) if one.fact.name in FACTS_ORDER else len(FACTS_ORDER)
    return not one.fact.stale, place, one.fact.value
