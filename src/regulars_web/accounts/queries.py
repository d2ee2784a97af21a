"""What the pages about people read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import QuerySet
from django.utils import timezone

from regulars import audit
from regulars_web.accounts.models import Invitation, User

TRAIL_PAGE = 100


def colleagues() -> QuerySet[User]:
    """Everybody with an account, those who may sign in first."""
    return User.objects.order_by("-is_active", "name", "pk")


def waiting() -> QuerySet[Invitation]:
    """Invitations that nobody has used yet and still stand."""
    return Invitation.objects.filter(used_at=None, expires_at__gt=timezone.now()).exclude(invited_by=None)


@dataclass(frozen=True)
class Event:
    """One line of the trail. ``told``: what else it says, as (name, value)."""

    at: datetime
    by: str
    event: str
    told: tuple[tuple[str, object], ...]


def trail(folder: Path, *, page: int) -> tuple[list[Event], int]:
    """One page of the trail, newest first, and how many lines there are."""
    path = folder / audit.FILE_NAME
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n") if path.exists() else []
    end = len(lines) - (page - 1) * TRAIL_PAGE
    return list(_events(reversed(lines[max(end - TRAIL_PAGE, 0) : max(end, 0)]))), len(lines)


def _events(lines: Iterator[str]) -> Iterator[Event]:
    for line in lines:
        said = json.loads(line)
        told = tuple((k, v) for k, v in said.items() if k not in ("at", "by", "event", "before"))
        yield Event(datetime.fromisoformat(said["at"]), said["by"], said["event"], told)
