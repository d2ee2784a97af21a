"""What the programme is seen through: the log where there is one, else today, so that an empty company begins."""

from __future__ import annotations

from django.utils import timezone

from regulars.errors import MeasureError
from regulars.workspace import Workspace
from regulars_web.shared.frame import Frame, frame_of, is_empty
from regulars_web.shared.scope import Scope


def frame_for(workspace: Workspace, scope: Scope) -> Frame:
    """The frame of a scope; of a log that holds nothing yet, the day on which somebody looks."""
    try:
        return frame_of(workspace, scope)
    except MeasureError:
        today = timezone.localdate()
        first, last = scope.dates(today)
        return Frame(workspace, today, first, last, scope.before(today), scope.group)


def day_of(workspace: Workspace) -> list[str]:
    """What a reading follows from beside the log: the day, where the log has none of its own."""
    return [timezone.localdate().isoformat()] if is_empty(workspace) else []
