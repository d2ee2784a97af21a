"""What the pages read of the register and of the log, beside measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from regulars.decided import Decided
from regulars.engines.connection import quoted
from regulars.touchpoints import holes as register_holes
from regulars.touchpoints import publishing
from regulars.touchpoints.parts import Confirmation, Hole, Promise, Seen, Standard, Touchpoint
from regulars.workspace import Workspace
from regulars_web.accounts.models import User
from regulars_web.accounts.roles import CONFIRM_STANDARDS, allowed
from regulars_web.shared.readings import Reading

MOST_OFFERED = 60


@dataclass(frozen=True)
class Reader:
    """A colleague and the version of a standard they have read; 0 for none."""

    name: str
    email: str
    version: int
    read_at: datetime | None


@dataclass(frozen=True)
class Offered:
    """What was used before at a touchpoint, to be chosen from."""

    kinds: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


def versions_of(workspace: Workspace, key: str) -> Sequence[Decided[Touchpoint]]:
    """All versions of a touchpoint, oldest first; empty where it was never registered."""
    return publishing.TOUCHPOINTS.history(workspace, key)


def existing(workspace: Workspace, key: str) -> Decided[Touchpoint]:
    """The newest version of a registered touchpoint, ended or not. Raises Http404 where there is none."""
    found = versions_of(workspace, key)
    if not found:
        raise Http404(key)
    return found[-1]


def touches_of(workspace: Workspace, key: str) -> int:
    """How many touches the log has under a key."""
    with workspace.engine() as engine:
        sql = f"SELECT count(*) AS n FROM interactions WHERE touchpoint = {quoted(key)}"  # noqa: S608  quoted
        return int(engine.run(sql).to_pylist()[0]["n"])


def offered(workspace: Workspace, key: str = "") -> Offered:
    """Kinds, steps and channels that touches have; of one touchpoint where a key is given."""
    where = f"WHERE touchpoint = {quoted(key)}" if key else ""
    found: dict[str, tuple[str, ...]] = {}
    with workspace.engine() as engine:
        for name in ("kind", "step", "channel"):
            rows = engine.run(
                f"SELECT {name} AS value, count(*) AS n FROM interactions {where} "  # noqa: S608  quoted above
                f"GROUP BY 1 ORDER BY n DESC, value LIMIT {MOST_OFFERED}"
            ).to_pylist()
            found[f"{name}s"] = tuple(row["value"] for row in rows if row["value"])
    return Offered(**found)


def readers(confirmations: Sequence[Confirmation]) -> list[Reader]:
    """Colleagues who may read standards, and others who are known to have read one; who has not comes first."""
    newest: dict[str, Confirmation] = {}
    for one in confirmations:
        if one.person not in newest or one.version >= newest[one.person].version:
            newest[one.person] = one
    people = {
        person.email: person.name or person.email
        for person in User.objects.filter(is_active=True).order_by("name", "email")
        if allowed(person.role, CONFIRM_STANDARDS)
    }
    people |= {person: person for person in newest if person not in people}
    found = []
    for person, name in people.items():
        read = newest.get(person)
        found.append(Reader(name, person, read.version if read else 0, read.confirmed_at if read else None))
    return sorted(found, key=lambda one: one.version)


def colleagues() -> list[str]:
    """Names of those who may sign in, to be offered as owners."""
    return [person.name or person.email for person in User.objects.filter(is_active=True).order_by("name")]


def names_of(emails: Sequence[str]) -> Mapping[str, str]:
    """E-mail -> name of colleagues."""
    return {one.email: one.name for one in User.objects.filter(email__in=set(emails)) if one.name}


def standard_of(workspace: Workspace, key: str) -> Sequence[Decided[Standard]]:
    """All versions of a touchpoint's standard, oldest first; empty where none was written."""
    return publishing.standard_history(workspace, key)


def registered(workspace: Workspace) -> list[Touchpoint]:
    """The touchpoints in use, by name."""
    return publishing.touchpoints(workspace)


def ended(workspace: Workspace) -> list[Touchpoint]:
    """The touchpoints that are in use no longer."""
    return [one for one in publishing.touchpoints(workspace, retired=True) if one.retired]


def seen(reading: Reading) -> list[Seen]:
    """Touchpoints of the log as the register's pages count them, most touches first."""
    found = [
        Seen(row["touchpoint"], row["traffic"], row["customers"], row["first_on"], row["last_on"])
        for row in reading.rows
        if row["traffic"]
    ]
    return sorted(found, key=lambda one: (-one.traffic, one.touchpoint))


def holes(workspace: Workspace, reading: Reading) -> list[Hole]:
    """What is missing in the register; ``reading`` is what was read of all touchpoints of the log."""
    return register_holes.holes(workspace, seen(reading))


def unregistered(workspace: Workspace, reading: Reading) -> list[Seen]:
    """Touchpoints of the log that nobody registered, most touches first."""
    return register_holes.unregistered(workspace, seen(reading))


def promises_in_force(workspace: Workspace) -> list[Promise]:
    """Every promise that holds."""
    return publishing.promises(workspace)


def promises_of(workspace: Workspace, key: str) -> list[Promise]:
    """The promises in force at a touchpoint."""
    return publishing.promises(workspace, touchpoint=key)
