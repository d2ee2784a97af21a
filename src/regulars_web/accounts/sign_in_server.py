"""Signing in by the company's own server (OpenID Connect): the way out, the way back, and a sentence when it fails.

What such a server says is not to be relied on: whatever cannot be read ends in that sentence, not in a failed page.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect import views as library
from django.core.exceptions import DisallowedRedirect, ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from requests import RequestException, Response
from requests.exceptions import InvalidJSONError

from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import PUBLIC

LOG = logging.getLogger(__name__)


class ServerReader(library.OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Reads what the server says of whoever comes back. Raises OAuth2Error where it says nothing that can be used."""

    def get_client(self, request: HttpRequest, app: SocialApp) -> OAuth2Client:
        """Where it gives tokens."""
        with _reading("address for tokens"):
            return super().get_client(request, app)

    def get_access_token_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What it gives for the code."""
        with _reading("token"):
            said: dict[str, Any] = super().get_access_token_data(*args, **kwargs)
        return said

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """The token in it."""
        with _reading("token"):
            if not isinstance(data["access_token"], str):
                raise TypeError(type(data["access_token"]))
            return super().parse_token(data)

    def complete_login(self, *args: Any, **kwargs: Any) -> SocialLogin:
        """Who it is."""
        with _reading("account"):
            login = super().complete_login(*args, **kwargs)
            _check_subject(login.account)
        return login


@contextmanager
def _reading(what: str) -> Iterator[None]:
    """Around reading alone, never around anything of ours that follows: our own mistakes are not the server's."""
    try:
        yield
    # ImproperlyConfigured: what the library says of a "sub" that is too long.
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, ImproperlyConfigured) as error:
        raise OAuth2Error(f"what the server says of the {what} cannot be read: {error!r}") from error


def _check_subject(account: SocialAccount) -> None:
    """Raises ValueError where the server does not say whom it means, or means two."""
    said = [one["sub"] for one in account.extra_data.values() if "sub" in one]
    # OpenID Connect Core 1.0, section 5.3.2: both answers must mean the same person.
    if len({str(sub) for sub in said}) != 1 or not isinstance(said[0], str | int):
        raise ValueError(f"sub is {said!r}")


def refuse_what_is_no_object(answer: Response, *args: object, **kwargs: object) -> None:
    """Raises InvalidJSONError for an answer that is no JSON object, which every answer of such a server is.

    NUL is refused too: PostgreSQL keeps no text that holds it.
    """
    if answer.ok and not answer.is_redirect and (not isinstance(answer.json(), dict) or "\\u0000" in answer.text):
        raise InvalidJSONError(f"{answer.url} does not answer with a JSON object", response=answer)


@needs(PUBLIC)
@never_cache
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the company's server.

    By a page that leads on by itself, not by a redirect: browsers hold a form to the policy's form-action over every
    redirect that follows, and through which hosts that server sends people is known to nobody here.
    """
    try:
        answer: HttpResponse = library.login(request, provider_id)
    # KeyError: what answers there is no such server; the others: the address it sends people to is none.
    except (RequestException, KeyError, ValueError, DisallowedRedirect) as error:
        return failed(request, provider_id, error)
    if not isinstance(answer, HttpResponseRedirect):
        return answer
    if not answer.url.startswith(("https://", "http://")):
        return failed(request, provider_id, f"it sends people to {answer.url!r}")
    told = {"name": name_of(request, provider_id), "address": answer.url}
    return render(request, "accounts/leaving.html", told)


@needs(PUBLIC)
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the company's server, with a code that our server exchanges for who it is."""
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(ServerReader(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (RequestException, OAuth2Error) as error:
        return failed(request, provider_id, error)
    return answer


def failed(request: HttpRequest, provider_id: str, reason: object) -> HttpResponse:
    """Where the server is out of reach or says something that cannot be used; the log has the reason."""
    LOG.warning("The sign-in server %r failed: %r", provider_id, reason)
    sentence = _(
        "%(name)s does not answer as it should, so nobody can come in through it now. Use your password, and tell "
        "whoever keeps these pages: the reason stands in the server's log."
    )
    return not_let_in(request, sentence % {"name": name_of(request, provider_id)}, 422)


def not_let_in(request: HttpRequest, sentence: str, status: int = 403) -> HttpResponse:
    """A page with the reason why somebody was not let in."""
    return render(request, "accounts/not_let_in.html", {"sentence": sentence}, status=status)


def name_of(request: HttpRequest, provider_id: str) -> str:
    """How the company calls its server."""
    return str(get_adapter(request).get_provider(request, provider_id).name)
