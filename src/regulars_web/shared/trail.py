"""The audit trail as the pages write it: who saw, changed, exported or erased what, and when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from regulars import audit
from regulars_web.shared.company import workspace_folder

if TYPE_CHECKING:
    from regulars_web.accounts.models import User


def note(by: User, event: str, **told: object) -> None:
    """Add one event; it is on the disk when this returns. ``told`` holds keys and counts, never customers' names."""
    audit.record(workspace_folder(), event, by=by.email, now=datetime.now(UTC), **told)
