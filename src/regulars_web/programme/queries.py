"""What the pages read beside measures: colleagues, groups, touchpoints, the state of the programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from regulars.programme.parts import Programme
from regulars.programme.publishing import programme_history
from regulars.touchpoints.publishing import touchpoints
from regulars.workspace import Workspace
from regulars_web.accounts.models import User
from regulars_web.shared.context import group_choices


def colleagues() -> list[str]:
    """Names of those who may sign in, to be offered as owners."""
    return [person.name or person.email for person in User.objects.filter(is_active=True).order_by("name")]


def names_of(emails: Sequence[str]) -> Mapping[str, str]:
    """E-mail -> name of colleagues."""
    wanted = {one for one in emails if one}
    return {one.email: one.name for one in User.objects.filter(email__in=wanted) if one.name} if wanted else {}


def touchpoint_choices(workspace: Workspace) -> list[tuple[str, str]]:
    """The registered touchpoints to choose from, as (key, name)."""
    return [(one.key, one.called) for one in touchpoints(workspace)]


def running(workspace: Workspace) -> dict[str, Any]:
    """Whether the programme runs, since when and by whose decision, and where it is tried first."""
    history = programme_history(workspace)
    newest = history[-1] if history else None
    state = newest.body if newest else Programme()
    names = names_of([one.decided_by for one in history])
    groups, places = dict(group_choices()), dict(touchpoint_choices(workspace))
    pilot = state.pilot
    return {
        "state": state.state,
        "why": state.why,
        "since": newest.decided_at if newest else None,
        "by": names.get(newest.decided_by, newest.decided_by) if newest else "",
        "pilot": pilot,
        "pilot_group": groups.get(pilot.group, pilot.group) if pilot else "",
        "pilot_touchpoint": places.get(pilot.touchpoint, pilot.touchpoint) if pilot else "",
        "history": [{"decided": one, "by": names.get(one.decided_by, one.decided_by)} for one in history[::-1]],
    }
