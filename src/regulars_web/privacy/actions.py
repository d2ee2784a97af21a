"""What people do with personal data: hand it out, erase it, let go of old things, record consents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from regulars.people.naming import let_in_again
from regulars.privacy import contact, exporting, kept_out
from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import ERASE_PERSONS, EXPORT_PERSONS, RECORD_CONSENTS
from regulars_web.jobs import actions as jobs
from regulars_web.jobs.models import Job
from regulars_web.privacy.works import ERASE, RETAIN
from regulars_web.shared.company import company


def export(by: User, customer: int) -> exporting.PersonExport:
    """Everything about a customer, to be handed to that person; the library notes it in the trail."""
    require(by, EXPORT_PERSONS)
    return exporting.export_person(company(), customer, by=by.email, now=timezone.now())


def ask_erase(by: User, customer: int, *, keep_amounts: bool, reason: str) -> Job:
    """Ask the worker to erase a customer."""
    require(by, ERASE_PERSONS)
    return jobs.ask_once(ERASE, {"customer": customer, "keep_amounts": keep_amounts, "reason": reason}, by=by)


def ask_retain(by: User) -> Job:
    """Ask the worker to apply the company's terms."""
    require(by, ERASE_PERSONS)
    return jobs.ask_once(RETAIN, {}, by=by)


def let_in(by: User, *, email: str, phone: str, code: str) -> int:
    """Let an erased person come back, as a customer or as a colleague; returns how many people that were."""
    require(by, ERASE_PERSONS)
    emails, phones = [email] if email else [], [phone] if phone else []
    now = timezone.now()
    found = kept_out.allow_again(company(), by=by.email, now=now, emails=emails, phones=phones)
    return found + (let_in_again(company(), code, by=by.email, now=now) if code else 0)


def record_consent(by: User, customer: int, said: Mapping[str, Any]) -> None:
    """Keep what a customer agreed to or withdrew. Raises ConsentError."""
    require(by, RECORD_CONSENTS)
    contact.record_consent(company(), customer, by=by.email, now=timezone.now(), **said)
