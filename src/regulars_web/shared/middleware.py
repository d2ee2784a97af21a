"""Sentences instead of failures, and the period and group that the address carries."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from regulars.errors import RegularsError
from regulars_web.shared.said import said
from regulars_web.shared.scope import read_scope

Answer = Callable[[HttpRequest], HttpResponse]


class SentenceMiddleware:
    """Shows what the library refuses as the sentence it wrote, with the page it concerns."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page (or a part of one) with the sentence; anything else goes on to Django."""
        if not isinstance(exception, RegularsError):
            return None
        if getattr(request, "htmx", False):
            return render(request, "shared/_refused.html", {"sentence": said(exception)}, status=422)
        return render(request, "shared/refused.html", {"sentence": said(exception)}, status=422)


class ScopeMiddleware:
    """Reads the period and group from the address into ``request.scope``; a mistake in it becomes a message."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        scope, mistake = read_scope(request.GET)
        request.scope = scope  # type: ignore[attr-defined]
        if mistake:
            messages.warning(request, mistake)
        return self.get_response(request)
