"""What every page of journeys reads from its request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from regulars_web.accounts.permissions import holds
from regulars_web.accounts.roles import SEE_CUSTOMERS
from regulars_web.home.addresses import first_address
from regulars_web.home.log_rules import IMPORT_PAGES
from regulars_web.journeys.choices import CHOICES, choices_read, parts_of, wrong_words
from regulars_web.journeys.lens import ACTIVITIES, USUAL_ACTIVITY, VIEWS, Lens, read_lens
from regulars_web.journeys.maps import Addresses
from regulars_web.journeys.reading import kept_readings
from regulars_web.shared.company import company
from regulars_web.shared.frame import is_empty
from regulars_web.shared.readings import Readings, Row
from regulars_web.shared.scope import Scope


def scope_of(request: HttpRequest) -> Scope:
    """The period and group of the address."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    return scope


def lens_of(request: HttpRequest) -> Lens:
    """The lens of the address. Employees are shown to those who may see persons; customers who cannot be, are all."""
    lens = read_lens(request.GET)
    if lens.customers and wrong_words(lens.customers, known_customers()):
        lens = replace(lens, customers="")
    if lens.activity == "employee" and not holds(request.user, SEE_CUSTOMERS):
        return replace(lens, activity=USUAL_ACTIVITY)
    return lens


def lens_form(request: HttpRequest, lens: Lens, view: str = "") -> dict[str, Any]:
    """What there is to choose from."""
    read, said = _choices(), read_lens(request.GET).customers
    allowed = {
        name: words for name, words in ACTIVITIES.items() if name != "employee" or holds(request.user, SEE_CUSTOMERS)
    }
    return {
        "lens": lens,
        "view": view or lens.view,
        "views": VIEWS,
        "activities": allowed,
        "customers": parts_of(read["customers"].rows, lens.customers),
        "wrong": wrong_words(said, read["customers"].rows) if said else "",
        "categories": [row["name"] for row in read["categories"].rows],
        "scope_fields": [pair.split("=", 1) for pair in scope_of(request).query.split("&") if pair],
    }


def addresses_of(request: HttpRequest, lens: Lens, **more: str | int) -> Addresses:
    """Where the numbers of steps and paths are, seen as this page is."""
    query = lens.query(scope_of(request), **more)
    return Addresses(reverse("journeys:map"), reverse("journeys:numbers"), f"{query}&" if query else "?")


def nothing_yet(request: HttpRequest, *, customers_do: bool = False) -> HttpResponse | None:
    """The page that says how to begin, for a log without any touch; None where there is something to show.

    customers_do  a list of customers is enough
    """
    if not is_empty(company()) or (customers_do and _any_customer()):
        return None
    template = "journeys/_empty.html" if is_part(request) else "journeys/empty.html"
    return render(request, template, {"import_address": first_address(*IMPORT_PAGES)})


def is_part(request: HttpRequest) -> bool:
    """Whether a page that is already shown asks for its part; going back asks for the whole page."""
    asked: Any = getattr(request, "htmx", None)
    return bool(asked) and not asked.history_restore_request


def known_customers() -> Sequence[Row]:
    """What customers can be chosen by."""
    return _choices()["customers"].rows


def _choices() -> Readings:
    return kept_readings(company(), Scope(), CHOICES, choices_read)


def _any_customer() -> bool:
    with company().engine() as engine:
        return bool(engine.run("SELECT count(*) AS n FROM recorded_clients").to_pylist()[0]["n"])
