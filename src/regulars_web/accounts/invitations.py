"""How people come in: by a link that one owner made, used once. The first owner's link is made by the server itself.

There is no page that makes the first account without such a link, so a second visitor has nothing to claim.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from regulars_web.accounts.models import FormerAddress, Invitation, User
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import CHANGE_PEOPLE, Role
from regulars_web.shared import trail

LASTS = timedelta(days=7)


def first_owner_token(now: datetime) -> str | None:
    """A fresh link for the first owner, while there is no account; earlier such links stop working."""
    with transaction.atomic():
        if User.objects.exists():
            return None
        Invitation.objects.filter(invited_by=None, used_at=None).delete()
        return _issue(Role.OWNER, now=now)


def invite(by: User, *, email: str, name: str, role: str, now: datetime) -> str:
    """Invite a colleague; returns the token of the link, which is not kept anywhere."""
    require(by, CHANGE_PEOPLE)
    token = _issue(role, now=now, email=email.lower(), name=name, invited_by=by)
    trail.note(by, "colleague invited", email=email.lower(), role=role)
    return token


def open_invitation(token: str, now: datetime) -> Invitation | None:
    """The invitation of a link, if it still stands."""
    found = Invitation.objects.filter(digest=_digest(token), used_at=None, expires_at__gt=now).first()
    if found and found.invited_by_id is None and User.objects.exists():
        return None  # somebody made the first account meanwhile
    if found and _taken(found.email):
        return None  # by another invitation, or by an owner who changed an address
    return found


def _taken(email: str) -> bool:
    if not email:
        return False
    return User.objects.filter(email=email).exists() or FormerAddress.objects.filter(email=email).exists()


def accept(token: str, *, email: str, name: str, password: str, now: datetime) -> User:
    """Make the account an invitation stands for. Raises PermissionDenied where it was used, is too old or is none."""
    with transaction.atomic():
        standing = open_invitation(token, now)
        # The update is what decides between two who press the button at once.
        taken = standing and Invitation.objects.filter(pk=standing.pk, used_at=None).update(used_at=now)
        if not standing or not taken:
            raise PermissionDenied("invitation")
        user = User.objects.create_user(standing.email or email, password, name=name, role=standing.role)
    trail.note(user, "account made", role=user.role)
    return user


def _issue(role: str, *, now: datetime, email: str = "", name: str = "", invited_by: User | None = None) -> str:
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        digest=_digest(token), email=email, name=name, role=role, invited_by=invited_by, expires_at=now + LASTS
    )
    return token


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
