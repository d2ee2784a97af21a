"""Pages with one part that comes by itself where it was not counted before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from regulars_web.journeys.reading import Read, kept_readings, known_readings, view_of
from regulars_web.journeys.views.asking import is_part, nothing_yet, scope_of
from regulars_web.shared.company import company
from regulars_web.shared.readings import Readings


@dataclass(frozen=True)
class Page:
    """A page around a part.

    here      its place in the line of pages
    template  of the part; it shows ``part``
    form      template of what can be chosen above the part; empty for nothing
    whole_log     whether the page takes no notice of the period, so that only a group can be chosen
    """

    here: str
    title: str
    lede: str
    template: str
    form: str = ""
    form_told: Mapping[str, Any] = field(default_factory=dict)
    whole_log: bool = False


def late_page(
    request: HttpRequest,
    page: Callable[[], Page],
    *,
    known: Callable[[], bool],
    shown: Callable[[], Mapping[str, Any]],
    customers_do: bool = False,
) -> HttpResponse:
    """The page with its part where that was counted before (or is asked for at once), else with room for it.

    A page that is already shown gets the part alone.

    customers_do  whether there is something to show where only a list of customers was imported
    """
    if (empty := nothing_yet(request, customers_do=customers_do)) is not None:
        return empty
    around = page()
    if is_part(request):
        return render(request, around.template, {"part": shown()})
    part = shown() if "whole" in request.GET or known() else {"waits": True}
    told = {"page": around, "part": part, "scope_group_only": around.whole_log, **around.form_told}
    return render(request, "journeys/page.html", told)


class KeptPart:
    """What one page reads, kept until the log moves on."""

    def __init__(self, request: HttpRequest, name: str, read: Read, follows_from: Sequence[object] = ()) -> None:
        self._scope, self._name, self._read, self._of = scope_of(request), name, read, follows_from

    def known(self) -> bool:
        """Whether nobody has to wait for it."""
        return known_readings(company(), self._scope, self._name, self._of) is not None

    def read(self) -> Readings:
        """The readings."""
        return kept_readings(company(), self._scope, self._name, self._read, self._of)

    @property
    def view(self) -> str:
        """Whose journeys were read, where they were read before; empty where not."""
        found = known_readings(company(), self._scope, self._name, self._of)
        return view_of(found["view"]) if found and "view" in found else ""
