"""What the pages of the list read from the pages' own tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Q

from regulars_web.accounts.models import User
from regulars_web.customers.models import SavedView
from regulars_web.customers.standing import View, standing_views


def views_for(user: User, *, as_of: date | None, query: str) -> list[View]:
    """Ready-made views, then one's own and those that colleagues share; the one that ``query`` is, is marked."""
    kept = SavedView.objects.filter(Q(owner=user) | Q(shared=True)).select_related("owner")
    saved = [View(one.name, one.query, one.pk, one.shared, one.owner_id == user.pk, str(one.owner)) for one in kept]
    return _marked([*standing_views(as_of), *saved], query)


def _marked(views: Sequence[View], query: str) -> list[View]:
    """The first view of this query is the one shown."""
    place = next((place for place, view in enumerate(views) if view.query == query), None)
    return [replace(view, current=here == place) for here, view in enumerate(views)]
