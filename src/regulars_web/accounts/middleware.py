"""What stands between a request and every view: the reader's language and the permission that the view needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import translation

from regulars_web.accounts.permissions import holds
from regulars_web.accounts.roles import PUBLIC

Answer = Callable[[HttpRequest], HttpResponse]
# Whole packages whose views look after themselves: signing in, and nothing of the company's.
OPEN_MODULES = ("allauth.",)


class LanguageMiddleware:
    """Shows the pages in the language the colleague chose."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = getattr(request.user, "language", "")
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return self.get_response(request)


class PermissionMiddleware:
    """Refuses every view that the person may not use, before any of it runs; a view that names none is refused."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """None lets the view run."""
        permission = permission_of(view)
        if permission is not None and holds(request.user, permission):
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        raise PermissionDenied(permission)


def permission_of(view: Callable[..., Any]) -> str | None:
    """The permission a view needs; None where it names none, and is refused."""
    named: str | None = getattr(view, "permission", None)
    if named is None and is_allauths(view):
        return PUBLIC
    return named


def is_allauths(view: Callable[..., Any]) -> bool:
    """Whether a view is one of signing in, which looks after itself."""
    return str(getattr(view, "view_class", view).__module__).startswith(OPEN_MODULES)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" and not getattr(request, "htmx", False) else "/"
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}"
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
