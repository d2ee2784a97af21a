"""How allauth behaves here: nobody signs up by themselves; who is not invited stays outside."""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess, Provider
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from requests import Session

from regulars_web.accounts.actions import confirm_address
from regulars_web.accounts.models import User
from regulars_web.accounts.sign_in_server import failed, not_let_in, refuse_what_is_no_object
from regulars_web.shared import trail


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in for those who have an account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made from invitations only."""
        return False

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> object:
        """Every sign-in stands in the trail, with the server where it was not one of ours."""
        by_server = (more.get("signal_kwargs") or {}).get("sociallogin")
        trail.note(user, "signed in", **({"server": by_server.account.provider} if by_server else {}))
        if (more.get("email") or "").lower() == user.email:  # typed together with the password
            confirm_address(user)
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

    def get_requests_session(self) -> Session:
        """For asking the server; an answer that is none is refused before anybody reads it."""
        session: Session = super().get_requests_session()
        session.hooks["response"].append(refuse_what_is_no_object)
        return session

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Join the server's account to the colleague with that verified address; refuse anybody else."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT and request.user.is_authenticated:
            return  # they showed who they are here before they went there
        user = sociallogin.user if sociallogin.is_existing else _invited(request, sociallogin)
        if not user.is_active:
            _refuse(request, _("Your access to these pages has ended. Ask an owner if that is a mistake."))
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)

    def on_authentication_error(
        self, request: HttpRequest, provider: Provider, error: str | None = None, **more: Any
    ) -> None:
        """A sentence for what went wrong on the way there and back."""
        if error == AuthError.CANCELLED:
            said = _("%(name)s was not allowed to tell us who you are, so you are not signed in.")
        elif "state_id" in (more.get("extra_context") or {}):
            said = _("The way to %(name)s and back took too long, or was begun in another browser. Begin again.")
        else:
            reason = more.get("exception") or request.GET.get("error")
            raise ImmediateHttpResponse(failed(request, provider.sub_id, reason))
        _refuse(request, said % {"name": provider.name})

    def send_notification_mail(self, template_prefix: str, user: User, context: dict[str, Any]) -> None:
        """Whenever an account of the server is joined to a colleague's or taken off, the trail says so."""
        event = "sign-in joined" if template_prefix.endswith("account_connected") else "sign-in taken off"
        trail.note(user, event, server=context["account"].provider)
        super().send_notification_mail(template_prefix, user, context=context)


def _invited(request: HttpRequest, sociallogin: SocialLogin) -> User:
    """The colleague whom the server means. Whoever is none reads why."""
    found = sociallogin.email_addresses[0] if sociallogin.email_addresses else None
    told = {"name": sociallogin.provider.name, "email": found.email if found else ""}
    if found is None:
        _refuse(request, _("%(name)s did not tell us your e-mail address, so we cannot know who you are.") % told)
    if not _is_true(found.verified):
        said = _(
            "%(name)s has not confirmed that %(email)s is your address, so it cannot let you in here. Have it "
            "confirmed there, or use your password."
        )
        _refuse(request, said % told)
    user = User.objects.filter(email=found.email.lower()).first()
    if user is None:
        _refuse(request, _why_no_account() % told)
    if not user.email_confirmed:
        # Whoever wrote the address may have mistyped it, and then it is somebody else's.
        said = _(
            "The address of this account was changed. Sign in once with %(email)s and your password; from then on "
            "%(name)s can let you in."
        )
        _refuse(request, said % told)
    if SocialAccount.objects.filter(user=user, provider=sociallogin.account.provider).exists():
        # An address that was given to somebody new must not open the account of whoever had it before.
        said = _(
            "The account of %(email)s is joined to somebody else at %(name)s. If both are you, sign in with your "
            "password and take the old one off under your account."
        )
        _refuse(request, said % told)
    return user


def _why_no_account() -> str:
    if not User.objects.exists():
        return _(
            "These pages have no owner yet. The first account is made by the link that was printed where the server "
            "was started."
        )
    return _(
        "%(name)s knows you as %(email)s, but there is no account here for that address. Ask an owner of these pages "
        "to invite you."
    )


def _is_true(said: object) -> bool:
    """Some servers write "true" and "false" as words, and a word is not empty."""
    return said is True or (isinstance(said, str) and said.lower() == "true")


def _refuse(request: HttpRequest, sentence: str) -> NoReturn:
    raise ImmediateHttpResponse(not_let_in(request, sentence))
