"""What every page shows around its own content: the company, the menu, the period and groups to choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from regulars_web.accounts import roles
from regulars_web.accounts.permissions import holds
from regulars_web.shared.company import company
from regulars_web.shared.scope import PERIODS, Scope


@dataclass(frozen=True)
class Place:
    """One entry of the menu. ``name`` is the view it leads to, ``noun`` the app whose pages belong to it."""

    name: str
    noun: str
    words: Any
    permission: str
    later: bool = False  # in the lower part of the menu


MENU = (
    Place("home:home", "home", _("Home"), roles.SEE_HOME),
    Place("customers:list", "customers", _("Customers"), roles.SEE_CUSTOMERS),
    Place("groups:list", "groups", _("Groups"), roles.SEE_GROUPS),
    Place("voice:overview", "voice", _("Voice"), roles.SEE_VOICE),
    Place("touchpoints:list", "touchpoints", _("Touchpoints"), roles.SEE_TOUCHPOINTS),
    Place("journeys:map", "journeys", _("Journeys"), roles.SEE_JOURNEYS),
    Place("programme:overview", "programme", _("Programme"), roles.SEE_PROGRAMME),
    Place("definition:read", "definition", _("Definition"), roles.SEE_PROGRAMME),
    Place("staff:overview", "staff", _("Staff"), roles.SEE_STAFF),
    Place("imports:history", "imports", _("Imports"), roles.IMPORT_FILES, later=True),
    Place("identity:overview", "identity", _("Joined records"), roles.JOIN_RECORDS, later=True),
    Place("privacy:overview", "privacy", _("Personal data"), roles.SEE_PRIVACY, later=True),
    Place("accounts:people", "accounts", _("People"), roles.CHANGE_PEOPLE, later=True),
    Place("accounts:trail", "trail", _("Trail"), roles.SEE_TRAIL, later=True),
)

# Nouns whose pages are seen through a period and a group.
SEEN_THROUGH_A_SCOPE = ("home", "customers", "groups", "voice", "touchpoints", "journeys", "journeymap")


def places(user: object) -> list[Place]:
    """The entries of the menu that a person may use."""
    return [place for place in MENU if holds(user, place.permission) and _exists(place.name)]


def shell(request: HttpRequest) -> dict[str, object]:
    """For the base template; nothing of the company is read before somebody has signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"signed_in": False, "languages": settings.LANGUAGES}
    match = request.resolver_match
    noun = match.namespace if match else ""
    if match and match.url_name == "trail":
        noun = "trail"
    return {
        "signed_in": True,
        "company_name": SimpleLazyObject(lambda: company().settings.name),
        "menu": places(user),
        "noun": noun,
        "scope_hidden": noun not in SEEN_THROUGH_A_SCOPE,
        "scope": getattr(request, "scope", Scope()),
        "periods": PERIODS,
        "group_choices": SimpleLazyObject(group_choices),
        "languages": settings.LANGUAGES,
    }


def group_choices() -> list[tuple[str, str]]:
    """The groups to choose from, as (key, name)."""
    from regulars.groups.publishing import groups  # noqa: PLC0415  heavy, and only pages with a chooser need it

    return [(group.key, group.name) for group in groups(company())]


def _exists(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True
