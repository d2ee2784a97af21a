"""Signing in by the company's own server (OpenID Connect): the way out, the way back, and a sentence when it fails."""

from __future__ import annotations

import logging

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.openid_connect import views as library
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from requests import RequestException

from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import PUBLIC

LOG = logging.getLogger(__name__)


@needs(PUBLIC)
@never_cache
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the company's server.

    By a page that leads on by itself, not by a redirect: browsers hold a form to the policy's form-action over every
    redirect that follows, and through which hosts that server sends people is known to nobody here.
    """
    try:
        answer: HttpResponse = library.login(request, provider_id)
    except (RequestException, KeyError) as error:  # KeyError: what answers there is no such server
        return failed(request, provider_id, error)
    if not isinstance(answer, HttpResponseRedirect):
        return answer
    told = {"name": name_of(request, provider_id), "address": answer.url}
    return render(request, "accounts/leaving.html", told)


@needs(PUBLIC)
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the company's server, with a code that our server exchanges for who it is."""
    try:
        answer: HttpResponse = library.callback(request, provider_id)
    except RequestException as error:
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
