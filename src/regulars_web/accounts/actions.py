"""What owners do with colleagues' accounts."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regulars_web.accounts.models import FormerAddress, User
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
    trail.note(by, "role changed", email=user.email, was=before, role=role)


def change_address(by: User, user: User, email: str) -> None:
    """Give a colleague's account another e-mail address.

    It ends every session, every link to a new password and every joined account of a sign-in server: all were given
    to whoever reads the old address. Until the person has signed in by the new one with their own password, no link
    is mailed to it and no server is believed about it: it may be mistyped, and then it is somebody else's.
    """
    require(by, CHANGE_PEOPLE)
    email, was, noted_as = email.strip().lower(), user.email, User(email=by.email)
    if email == was:
        return
    _refuse_what_cannot_be_theirs(user, email)
    try:
        with transaction.atomic():
            FormerAddress.objects.get_or_create(email=was, defaults={"user": user})
            user.email, user.email_confirmed = email, False
            user.save(update_fields=["email", "email_confirmed"])
            EmailAddress.objects.filter(user=user).delete()
            SocialAccount.objects.filter(user=user).delete()
    except IntegrityError:  # somebody took it at the same moment
        user.email = was
        raise Refused(_("There is an account with this e-mail already.")) from None
    _end_sessions(user)
    trail.note(noted_as, "address changed", email=email, was=was)


def confirm_address(user: User) -> None:
    """The person has signed in by their new address, with a password that only they know."""
    if User.objects.filter(pk=user.pk, email_confirmed=False).update(email_confirmed=True):
        trail.note(user, "address confirmed", email=user.email)


def _refuse_what_cannot_be_theirs(user: User, email: str) -> None:
    try:
        User._meta.get_field("email").clean(email, user)
    except ValidationError as error:
        raise Refused(_("%(email)s is not an e-mail address.") % {"email": email or "–"}) from error
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(_("There is an account with this e-mail already."))
    if FormerAddress.objects.filter(email=email).exclude(user=user).exists():
        raise Refused(_("Another colleague had this e-mail here. What they did stands under it, so it stays theirs."))


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
