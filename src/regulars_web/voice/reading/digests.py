"""The weekly mail: the sentences and next things of the overview, to colleagues who asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from regulars.errors import MeasureError
from regulars.workspace import Workspace
from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import holds, require
from regulars_web.accounts.roles import SEE_VOICE
from regulars_web.jobs.actions import Progress
from regulars_web.jobs.models import Job
from regulars_web.shared import trail
from regulars_web.shared.company import company
from regulars_web.shared.frame import frame_of
from regulars_web.shared.said import said
from regulars_web.shared.scope import Scope
from regulars_web.voice.models_reading import DigestWish
from regulars_web.voice.reading import sql
from regulars_web.voice.reading.answers import Answer, answer_of
from regulars_web.voice.reading.findings import findings
from regulars_web.voice.reading.frame import kept_readings
from regulars_web.voice.reading.overview import ground_of
from regulars_web.voice.reading.overview_reads import PARTS
from regulars_web.voice.reading.people import nameless
from regulars_web.voice.reading.things import things

KIND = "voice digest"
WEEK = timedelta(days=7)
PERIOD = "90-days"


@dataclass(frozen=True)
class Letter:
    """One mail: plain text only, so that nothing in it can be anything but text."""

    subject: str
    body: str


def can_send() -> bool:
    """Whether the company has said by which server its mail goes."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def wish(by: User, wanted: bool, *, now: datetime) -> None:
    """Put a colleague on the list of the weekly mail, or take them off it."""
    require(by, SEE_VOICE)
    if wanted:
        DigestWish.objects.get_or_create(user=by, defaults={"asked_at": now})
    else:
        DigestWish.objects.filter(user=by).delete()
    trail.note(by, "weekly mail asked for" if wanted else "weekly mail stopped")


def letter(workspace: Workspace, language: str) -> Letter:
    """The mail as it would leave now, in a language. Raises MeasureError for an empty log."""
    scope = Scope(period=PERIOD)
    with translation.override(language):
        frame = frame_of(workspace, scope)
        read = {**kept_readings(workspace, scope, "now", PARTS["now"])}
        ground = ground_of(frame, read | kept_readings(workspace, scope, "fresh", PARTS["fresh"]))
        told = {
            "company": " ".join(workspace.settings.name.split()),
            "findings": [(one.sentence, said(one.told)) for one in findings(ground)],
            "things": [(one.sentence, said(one.why)) for one in things(ground)],
            "quotes": _quotes(workspace, frame),
            "address": _address(),
        }
        body = render_to_string("voice/reading/digest.txt", told)
        subject = _("What customers say: %(company)s") % {"company": told["company"]}
    return Letter(subject, body.strip() + "\n")


def send_due(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Send what is due. A mail is marked before it leaves: killed in between, it is lost rather than doubled."""
    workspace, sent, failed = company(), 0, 0
    wishes = list(_due(timezone.now()).select_related("user")) if can_send() else []
    for place, one in enumerate(wishes):
        progress(_("Weekly mail"), place / len(wishes))
        if not one.user.is_active or not holds(one.user, SEE_VOICE):
            continue
        before, now = one.sent_at, timezone.now()
        if not DigestWish.objects.filter(pk=one.pk, sent_at=before).update(sent_at=now):
            continue
        try:
            _send(workspace, one.user)
            sent += 1
        except (SMTPException, OSError):
            DigestWish.objects.filter(pk=one.pk, sent_at=now).update(sent_at=before)
            failed += 1
        except MeasureError:  # nothing to tell while the log is empty
            failed += 1
    return {"sent": sent, "failed": failed}


def _send(workspace: Workspace, user: User) -> None:
    found = letter(workspace, user.language or settings.LANGUAGE_CODE)
    EmailMessage(found.subject, found.body, to=[user.email]).send()
    trail.note(user, "weekly mail sent")


def _due(now: datetime) -> Any:
    waits = Q(sent_at=None) | Q(sent_at__lte=now - WEEK + timedelta(hours=1))
    return DigestWish.objects.filter(waits, user__is_active=True)


def _quotes(workspace: Workspace, frame: Any) -> list[Answer]:
    """The newest words, masked and without names: mail is read on other machines."""
    with workspace.engine() as engine:
        rows = engine.run(sql.newest_words(frame.first, frame.last)).to_pylist()
    names = workspace.names([row["client_key"] for row in rows if row["client_key"] is not None])
    return [nameless(answer_of(row), names.get(row["client_key"], "")) for row in rows]


def _address() -> str:
    base = settings.CONFIGURATION.address
    return f"{base.rstrip('/')}{reverse('voice:overview')}" if base else ""
