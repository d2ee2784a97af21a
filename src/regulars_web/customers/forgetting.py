"""Saved views in which somebody is named: they go when that person is erased."""

from __future__ import annotations

from urllib.parse import parse_qsl

from regulars.privacy.person import Person, Traces
from regulars.workspace import Workspace
from regulars_web.customers.filters import as_rule
from regulars_web.customers.models import SavedView

NAME = "saved views"


def forget_views(workspace: Workspace, person: Person, traces: Traces) -> int:
    """Delete every view whose name, search or filters tell of the person; returns how many. Harmless when repeated."""
    told = [view.pk for view in SavedView.objects.iterator() if traces.told_in(_cells(view))]
    SavedView.objects.filter(pk__in=told).delete()
    return len(told)


def _cells(view: SavedView) -> list[str]:
    """The texts of a view, each value of a filter by itself."""
    said = dict(parse_qsl(view.query))
    values = [as_rule(text).get("value") for text in said.get("where", "").split(";") if text]
    flat = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return [view.name, said.get("q", ""), *(str(one) for one in flat if one is not None)]
