"""A decision made for a customer, as the form for the telephone in one's hand has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils.formats import sanitize_separators
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.people import using
from regulars.people.parts import Authority
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import USE_AUTHORITY
from regulars_web.shared import trail

if TYPE_CHECKING:
    from regulars_web.accounts.models import User

MOST_TILES = 6
OTHER = "other"
MINUTE = 60
MOST_MINUTES = 60 * 24 * 60
LONGEST_THREAD, LONGEST_TEXT, LONGEST_WORD = 120, 4_000, 120
MOST_AMOUNT = Decimal("9999999999")
# How it was decided: value -> outcome, whether somebody was asked, words.
WAYS: Mapping[str, tuple[str, bool, Any]] = {
    "granted": ("granted", False, gettext_lazy("I said yes at once")),
    "asked-granted": ("granted", True, gettext_lazy("I asked, then yes")),
    "asked-refused": ("refused", True, gettext_lazy("I asked, then no")),
    "asked": ("asked", True, gettext_lazy("I asked, no answer yet")),
    "refused": ("refused", False, gettext_lazy("I said no")),
}


@dataclass(frozen=True)
class Decided:
    """What was sent, read; ``wrong`` is field -> sentence, and then nothing may be kept."""

    employee: str
    decision: str
    way: str
    amount: Decimal | None
    wait_seconds: int | None
    thread: str
    text: str
    wrong: Mapping[str, str]


def read(sent: Mapping[str, str], people: set[str]) -> Decided:
    """The decision that a form describes.

    people  codes of those who may be chosen
    """
    wrong: dict[str, str] = {}
    employee = sent.get("employee", "")
    if employee not in people:
        wrong["employee"] = _("Choose who stood before the customer.")
    decision = sent.get("decision", "")
    if decision in ("", OTHER):
        decision = " ".join(sent.get("other", "").split())[:LONGEST_WORD]
    if not decision:
        wrong["decision"] = _("Choose what was decided.")
    way = sent.get("way", "")
    if way not in WAYS:
        wrong["way"] = _("Choose how it was decided.")
    amount, amount_wrong = _amount(sent.get("amount", ""))
    wait, wait_wrong = _wait(sent.get("waited", "")) if way in WAYS and WAYS[way][1] else (None, "")
    wrong |= {name: found for name, found in (("amount", amount_wrong), ("waited", wait_wrong)) if found}
    thread, text = sent.get("thread", "").strip()[:LONGEST_THREAD], sent.get("text", "").strip()[:LONGEST_TEXT]
    return Decided(employee, decision, way, amount, wait, thread, text, wrong)


def keep(
    by: User,
    workspace: Workspace,
    told: Decided,
    *,
    client_key: int | None,
    place: tuple[str, str],
    now: datetime,
    request_id: str,
) -> Authority:
    """Put the decision into the log; the same form keeps it once. Raises PeopleError for what cannot have happened.

    place  branch and department of whoever decided
    """
    require(by, USE_AUTHORITY)
    outcome, asked, _words = WAYS[told.way]
    found = using.use_authority(
        workspace,
        employee=told.employee,
        decision=told.decision,
        now=now,
        amount=told.amount,
        outcome=outcome,
        asked=asked,
        wait_seconds=told.wait_seconds,
        client_key=client_key,
        thread=told.thread,
        branch=place[0],
        department=place[1],
        text=told.text,
        by=by.email,
        request_id=f"staff decided {by.pk} {request_id}" if request_id else None,
    )
    trail.note(by, "authority used", employee=told.employee, outcome=outcome)
    return found


def _amount(text: str) -> tuple[Decimal | None, str]:
    if not text.strip():
        return None, ""
    try:
        found = Decimal(sanitize_separators(text.strip().replace("\N{NO-BREAK SPACE}", "")))
    except InvalidOperation:
        return None, _("The amount cannot be read. Write it in figures.")
    if not found.is_finite() or not 0 <= found <= MOST_AMOUNT:
        return None, _("The amount cannot be used. Write a number that is not below nought.")
    return found.quantize(Decimal("0.01")), ""


def _wait(text: str) -> tuple[int | None, str]:
    text = text.strip()
    if not text:
        return None, ""
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text) <= MOST_MINUTES):
        return None, _("Write the minutes that the customer waited, in figures.")
    return int(text) * MINUTE, ""
