"""The state of the company on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import SEE_HOME


@needs(SEE_HOME)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What is true of the company now, and the next three things to do."""
    return render(request, "home/home.html", {})
