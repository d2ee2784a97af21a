"""Parts of a page that come by themselves, and a page around them for whoever opens their address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True)
class Around:
    """The page around a part, without JavaScript.

    back     address and words of the page that the part belongs to; nothing where there is none
    styles   static files of that page
    charts   whether the part has charts to draw
    headed   whether the part brings the heading of a page itself
    """

    title: str
    back: tuple[str, str] = ("", "")
    styles: Sequence[str] = ()
    charts: bool = False
    headed: bool = False


def render_part(request: HttpRequest, template: str, told: Mapping[str, Any], around: Around) -> HttpResponse:
    """The part alone where a page asks for it, else as a page of its own."""
    if getattr(request, "htmx", False):
        return render(request, template, dict(told))
    return render(request, "shared/part.html", {**told, "part_template": template, "around": around})
