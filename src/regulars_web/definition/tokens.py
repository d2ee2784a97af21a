"""Secrets of personal links: 256 random bits, of which only the SHA-256 is kept.

A link is looked up by its digest, so how long an answer takes says nothing about how much of a guess was right.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime

from regulars_web.definition.models import Invitation, Token

BYTES = 32
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def issue(invitation: Invitation, now: datetime) -> str:
    """A fresh secret for an invitation; earlier ones go on working. It is kept nowhere."""
    token = secrets.token_urlsafe(BYTES)
    Token.objects.create(digest=digest(token), invitation=invitation, made_at=now)
    return token


def find(token: str) -> Invitation | None:
    """The invitation a secret leads to, whatever became of it; None for any other text."""
    if not _TOKEN.fullmatch(token):
        return None
    found = Token.objects.select_related("invitation__round", "invitation__user").filter(digest=digest(token)).first()
    return found.invitation if found else None


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
