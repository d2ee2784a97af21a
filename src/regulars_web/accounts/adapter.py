"""How allauth behaves here: nobody signs up by themselves; who is not invited stays outside."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from regulars_web.accounts.models import User
from regulars_web.shared import trail


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in for those who have an account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made from invitations only."""
        return False

    def post_login(self, request: HttpRequest, user: User, **more: object) -> object:
        """Every sign-in stands in the trail."""
        trail.note(user, "signed in")
        return super().post_login(request, user, **more)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Links in mails carry the configured address, never the name a request was sent to."""
        address: str = super().get_reset_password_from_key_url(key)
        if not settings.CONFIGURATION.address:
            return address
        return settings.CONFIGURATION.address + address[address.index("/", address.index("//") + 2) :]


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The company's own sign-in server: for colleagues with an account of the same, verified e-mail address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Accounts are made from invitations only."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Join the server's account to the colleague with that verified address; refuse anybody else."""
        if sociallogin.is_existing:
            return
        verified = [found.email for found in sociallogin.email_addresses if found.verified]
        user = User.objects.filter(email__in=[email.lower() for email in verified], is_active=True).first()
        if user is None:
            raise PermissionDenied("sign in")
        sociallogin.connect(request, user)
