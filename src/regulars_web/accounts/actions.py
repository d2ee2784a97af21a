"""What owners do with colleagues' accounts."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import CHANGE_PEOPLE, Role
from regulars_web.shared import trail
from regulars_web.shared.sentences import Refused


def change_role(by: User, user: User, role: str) -> None:
    """Give a colleague another role. The last owner stays one."""
    require(by, CHANGE_PEOPLE)
    with transaction.atomic():
        _keep_an_owner(user, role == Role.OWNER)
        before, user.role = user.role, role
        user.save(update_fields=["role"])
    trail.note(by, "role changed", email=user.email, before=before, role=role)


def let_go(by: User, user: User) -> None:
    """End a colleague's access at once, open sessions included. What they logged stays."""
    require(by, CHANGE_PEOPLE)
    with transaction.atomic():
        _keep_an_owner(user, False)
        user.is_active = False
        user.save(update_fields=["is_active"])
    _end_sessions(user)
    trail.note(by, "access ended", email=user.email)


def take_back(by: User, user: User) -> None:
    """Let a colleague in again."""
    require(by, CHANGE_PEOPLE)
    user.is_active = True
    user.save(update_fields=["is_active"])
    trail.note(by, "access given back", email=user.email)


def _keep_an_owner(user: User, stays: bool) -> None:
    others = User.objects.select_for_update().filter(role=Role.OWNER, is_active=True).exclude(pk=user.pk)
    if user.role == Role.OWNER and not stays and not others.exists():
        raise Refused(_("This is the only owner. Make somebody else an owner first."))


def _end_sessions(user: User) -> None:
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
