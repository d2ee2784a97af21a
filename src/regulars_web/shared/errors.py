"""Pages for what went wrong: what happened, and where to go from here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def _page(request: HttpRequest, title: str, sentence: str, status: int) -> HttpResponse:
    return render(request, "shared/refused.html", {"title": title, "sentence": sentence}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400"""
    return _page(request, _("This cannot be read"), _("The request is not complete. Go back and try again."), 400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403"""
    said = _("Your role does not allow this. An owner can change your role under People.")
    return _page(request, _("Not for your role"), said, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404"""
    said = _("There is nothing at this address. It may have been removed, or the link is not complete.")
    return _page(request, _("Nothing here"), said, 404)


def page_is_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 where a form's key does not fit: mostly a page left open for long."""
    said = _("This page was open for too long, so nothing was changed. Go back, reload it and send it again.")
    return _page(request, _("Please try again"), said, 403)


def failed(request: HttpRequest) -> HttpResponse:
    """500"""
    said = _("Something broke on our side. Nothing you entered was counted twice. Try again in a minute.")
    return render(request, "shared/failed.html", {"title": _("This did not work"), "sentence": said}, status=500)
