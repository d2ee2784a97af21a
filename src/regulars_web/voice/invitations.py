"""Personal links: made, found, sent again, revoked. The secret is 32 random bytes; only its SHA-256 is kept.

A link is looked up by its digest, so how long an answer takes says nothing about how much of a guess was right.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from regulars.surveys.definition import Survey
from regulars_web.accounts.models import User
from regulars_web.voice.models import Invitation, Token

BYTES = 32
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class About:
    """Whom an invitation is for and what it asks about; ``client_key`` None: nobody of the vault."""

    client_key: int | None
    thread: str = ""
    touchpoint: str = ""
    employee: str = ""
    branch: str = ""
    language: str = ""


def new_token() -> str:
    """A fresh secret that fits into an address: 256 random bits."""
    return secrets.token_urlsafe(BYTES)


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def make(
    survey: Survey, abouts: Sequence[About], *, by: User | None, now: datetime, channel: str = "e-mail", batch: str = ""
) -> list[tuple[Invitation, str]]:
    """Make an invitation for each; returns them with their tokens, which are kept nowhere."""
    made: list[tuple[Invitation, str]] = []
    with transaction.atomic():
        for about in abouts:
            invitation = Invitation.objects.create(
                survey=survey.key,
                version=survey.version,
                channel=channel,
                batch=batch,
                made_at=now,
                made_by=by,
                **_told(about),
            )
            made.append((invitation, _issue(invitation, now)))
    return made


def again(invitation: Invitation, now: datetime) -> str:
    """A further token for the same invitation, for a reminder; the earlier ones go on working."""
    return _issue(invitation, now)


def find(token: str) -> Invitation | None:
    """The invitation a token leads to, whatever became of it; None for any other text."""
    if not _TOKEN.fullmatch(token):
        return None
    found = Token.objects.select_related("invitation").filter(digest=digest(token)).first()
    return found.invitation if found else None


def revoke(invitations: Sequence[Invitation], now: datetime) -> int:
    """Make links stop working, where nobody answered yet; returns how many."""
    keys = [invitation.pk for invitation in invitations]
    return Invitation.objects.filter(pk__in=keys, answered_at=None, revoked_at=None).update(revoked_at=now)


def _issue(invitation: Invitation, now: datetime) -> str:
    token = new_token()
    Token.objects.create(digest=digest(token), invitation=invitation, made_at=now)
    return token


def _told(about: About) -> Mapping[str, object]:
    return {
        "client_key": about.client_key,
        "thread": about.thread,
        "touchpoint": about.touchpoint,
        "employee": about.employee,
        "branch": about.branch,
        "language": about.language,
    }
