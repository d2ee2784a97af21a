"""Views of the list that everybody finds ready made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class View:
    """A view as the list offers it. ``pk`` is None for the ready-made ones; ``mine`` may be renamed and deleted."""

    name: str
    query: str
    pk: int | None = None
    shared: bool = False
    mine: bool = False
    owner: str = ""
    current: bool = False


def standing_views(as_of: date | None) -> list[View]:
    """The ready-made views, seen from the newest day of the log."""
    month = (as_of or date(1970, 1, 1)).replace(day=1) - timedelta(days=1)
    slipping = "segment,last_order_on,recency_days,spend,at_stake"
    facts = "segment,last_contact_at,facts_known,facts_stale,spend"
    promises = "segment,overdue_promises,last_contact_at,last_contact_kind,spend"
    return [
        View(_("Everybody"), ""),
        View(_("Best customers"), _query(where="key_customer~is~true")),
        View(_("Slipping away"), _query(where="slipping~is~true", sort="-at_stake", columns=slipping)),
        View(_("New this month"), _query(where=f"first_order_on~after~{month}", sort="-first_order_on")),
        View(_("No order for a year"), _query(where="recency_days~at_least~365")),
        View(_("Promise overdue"), _query(where="overdue_promises~at_least~1", columns=promises)),
        View(_("Facts to ask again"), _query(where="facts_stale~at_least~1", sort="-facts_stale", columns=facts)),
    ]


def _query(**said: str) -> str:
    return urlencode([(name, said[name]) for name in ("q", "where", "sort", "columns", "group") if name in said])
