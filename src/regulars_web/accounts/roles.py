"""Who may do what: the one place where it is written down.

A permission is a verb and a noun. Every view names the one it needs (``@needs(SEE_CUSTOMERS)``), the middleware
asks here before the view runs, actions ask here again, and templates hide what would be refused. A view that names
none is refused to everybody.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a colleague is to the company's customers; each may do all that is written for it below."""

    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    ANALYST = "analyst", _("Analyst")
    FRONT_LINE = "front line", _("Front line")
    VIEWER = "viewer", _("Viewer")


_OWNER, _MANAGER, _ANALYST, _FRONT_LINE, _VIEWER = Role

PUBLIC = "public"  # anyone, signed in or not
SIGNED_IN = "signed in"  # any colleague, for their own account

SEE_HOME = "see home"
SEE_CUSTOMERS = "see customers"  # names, telephone numbers, cards
LOG_CONTACTS = "log contacts"
CHANGE_FACTS = "change facts"
EXPORT_CUSTOMERS = "export customers"
SEE_GROUPS = "see groups"
CHANGE_GROUPS = "change groups"
IMPORT_FILES = "import files"
UNDO_IMPORTS = "undo imports"
JOIN_RECORDS = "join records"
SEE_PRIVACY = "see privacy"
RECORD_CONSENTS = "record consents"
EXPORT_PERSONS = "export persons"
ERASE_PERSONS = "erase persons"
CHANGE_PEOPLE = "change people"
SEE_TRAIL = "see trail"
SEE_VOICE = "see voice"  # what customers say; names only where SEE_CUSTOMERS is held too
CHANGE_SURVEYS = "change surveys"
SEND_SURVEYS = "send surveys"
TYPE_ANSWERS = "type answers"
FOLLOW_UP = "follow up"
CHANGE_THEMES = "change themes"
SEE_TOUCHPOINTS = "see touchpoints"
CHANGE_TOUCHPOINTS = "change touchpoints"
CONFIRM_STANDARDS = "confirm standards"  # "I have read it", by those who work at a touchpoint
SEE_JOURNEYS = "see journeys"
CHANGE_JOURNEYS = "change journeys"
SEE_PROGRAMME = "see programme"
CHANGE_PROGRAMME = "change programme"
CHANGE_INDEX = "change index"  # floors, targets and weights
CONFIRM_DEFINITION = "confirm definition"  # "I have read and understood it"
SEE_STAFF = "see staff"
CHANGE_STAFF = "change staff"
USE_AUTHORITY = "use authority"  # log what was decided on the spot
SEE_RECOGNITION = "see recognition"

PERMISSIONS: dict[str, frozenset[Role]] = {
    SIGNED_IN: frozenset(Role),
    SEE_HOME: frozenset(Role),
    SEE_GROUPS: frozenset(Role),
    SEE_CUSTOMERS: frozenset({_OWNER, _MANAGER, _ANALYST, _FRONT_LINE}),
    LOG_CONTACTS: frozenset({_OWNER, _MANAGER, _FRONT_LINE}),
    CHANGE_FACTS: frozenset({_OWNER, _MANAGER, _FRONT_LINE}),
    RECORD_CONSENTS: frozenset({_OWNER, _MANAGER, _FRONT_LINE}),
    EXPORT_CUSTOMERS: frozenset({_OWNER, _MANAGER, _ANALYST}),
    CHANGE_GROUPS: frozenset({_OWNER, _MANAGER, _ANALYST}),
    IMPORT_FILES: frozenset({_OWNER, _MANAGER, _ANALYST}),
    JOIN_RECORDS: frozenset({_OWNER, _MANAGER, _ANALYST}),
    UNDO_IMPORTS: frozenset({_OWNER, _MANAGER}),
    SEE_PRIVACY: frozenset({_OWNER, _MANAGER}),
    EXPORT_PERSONS: frozenset({_OWNER, _MANAGER}),
    ERASE_PERSONS: frozenset({_OWNER}),
    CHANGE_PEOPLE: frozenset({_OWNER}),
    SEE_TRAIL: frozenset({_OWNER}),
    SEE_VOICE: frozenset(Role),
    CHANGE_SURVEYS: frozenset({_OWNER, _MANAGER, _ANALYST}),
    SEND_SURVEYS: frozenset({_OWNER, _MANAGER}),
    TYPE_ANSWERS: frozenset({_OWNER, _MANAGER, _FRONT_LINE}),
    FOLLOW_UP: frozenset({_OWNER, _MANAGER, _FRONT_LINE}),
    CHANGE_THEMES: frozenset({_OWNER, _MANAGER, _ANALYST}),
    SEE_TOUCHPOINTS: frozenset(Role),
    CHANGE_TOUCHPOINTS: frozenset({_OWNER, _MANAGER, _ANALYST}),
    CONFIRM_STANDARDS: frozenset({_OWNER, _MANAGER, _ANALYST, _FRONT_LINE}),
    SEE_JOURNEYS: frozenset(Role),
    CHANGE_JOURNEYS: frozenset({_OWNER, _MANAGER, _ANALYST}),
    SEE_PROGRAMME: frozenset(Role),
    CHANGE_PROGRAMME: frozenset({_OWNER, _MANAGER}),
    CHANGE_INDEX: frozenset({_OWNER, _MANAGER, _ANALYST}),
    CONFIRM_DEFINITION: frozenset({_OWNER, _MANAGER, _ANALYST, _FRONT_LINE}),
    SEE_STAFF: frozenset({_OWNER, _MANAGER, _ANALYST, _FRONT_LINE}),
    CHANGE_STAFF: frozenset({_OWNER, _MANAGER}),
    USE_AUTHORITY: frozenset({_OWNER, _MANAGER, _FRONT_LINE}),
    SEE_RECOGNITION: frozenset({_OWNER, _MANAGER}),
}


def allowed(role: str, permission: str) -> bool:
    """Whether a role holds a permission; an unknown permission is held by nobody."""
    return permission == PUBLIC or role in PERMISSIONS.get(permission, frozenset())
