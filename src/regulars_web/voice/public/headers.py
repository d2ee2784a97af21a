"""What every answer to a respondent carries: kept by nobody, found by no search engine, telling nobody where it was.

No cookie is set, so a form works in private windows and inside frames; what it needs to be believed stands in the
form itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from csp.constants import SELF
from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from regulars.errors import RegularsError
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import PUBLIC

RETRY_SECONDS = 5
_ORIGIN = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?", re.IGNORECASE)

View = Callable[..., HttpResponse]


def respondents_page(view: View) -> View:
    """A page that anybody may open. Where the database is busy, what was typed is shown again instead of lost."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = translation.get_language()
        try:
            response = view(request, *args, **kwargs)
        except (DatabaseError, RegularsError):
            response = _busy(request)
        finally:
            translation.activate(language or "en")
        tuple(messages.get_messages(request))  # said by nobody here; left alone they would be kept in a cookie
        return _guarded(response)

    return needs(PUBLIC)(csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(answered)))


def may_be_framed(response: HttpResponse, origins: Sequence[object]) -> HttpResponse:
    """Let pages of these origins show the answer inside themselves; anything that is no origin is left out."""
    named = [origin for origin in map(str, origins) if _ORIGIN.fullmatch(origin)]
    if named:
        response._csp_replace = {"frame-ancestors": [SELF, *named]}  # type: ignore[attr-defined]
        response.xframe_options_exempt = True  # type: ignore[attr-defined]
    return response


def _guarded(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store, private"
    return response


def _busy(request: HttpRequest) -> HttpResponse:
    posted = [(name, value) for name, values in request.POST.lists() for value in values]
    response = render(request, "voice/public/busy.html", {"posted": posted}, status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response
