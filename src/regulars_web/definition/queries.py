"""What the pages of the definition read: the versions, who has confirmed which, what is unclear to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from regulars.decided import Decided
from regulars.programme.parts import Definition, DefinitionRead
from regulars.programme.reading import history, readers
from regulars.workspace import Workspace
from regulars_web.accounts.models import User
from regulars_web.definition.models import Doubt, Letter, Round
from regulars_web.definition.people import Staff, staff


@dataclass(frozen=True)
class Reader:
    """One person who works here, and what they have confirmed. ``version`` 0: nothing yet."""

    who: Staff
    version: int = 0
    read_at: datetime | None = None
    own_words: str = ""
    doubt: Doubt | None = None
    asked: int = 0
    asked_at: datetime | None = None


@dataclass(frozen=True)
class Reading:
    """Who has confirmed the version in force, and who has not; ``unclear`` are among those who have not.

    gone  confirmed once and work here no longer, or are not known; they are not counted
    """

    version: int
    have: tuple[Reader, ...] = ()
    have_not: tuple[Reader, ...] = ()
    gone: tuple[DefinitionRead, ...] = ()

    @property
    def of(self) -> int:
        """How many people are asked."""
        return len(self.have) + len(self.have_not)

    @property
    def unclear(self) -> list[Reader]:
        """Those to whom something is not clear and nobody has talked about it."""
        return [one for one in self.have_not if one.doubt and one.doubt.cleared_at is None]

    @property
    def nameless(self) -> list[Reader]:
        """Those who have not confirmed and can only be reached by a link on paper."""
        return [one for one in self.have_not if not one.who.email]


@dataclass(frozen=True)
class Told:
    """One version with who decided it."""

    decided: Decided[Definition]
    by: str
    changed: tuple[str, ...] = ()
    read: int = 0


@dataclass(frozen=True)
class _Said:
    reads: dict[str, DefinitionRead] = field(default_factory=dict)
    doubts: dict[str, Doubt] = field(default_factory=dict)
    letters: dict[str, list[Letter]] = field(default_factory=dict)


def versions(workspace: Workspace) -> Sequence[Decided[Definition]]:
    """All versions, oldest first; empty where none was published."""
    return history(workspace)


def reading(workspace: Workspace, version: int, today: date) -> Reading:
    """Who has confirmed a version, of everybody who works here today."""
    found = _said(workspace, version)
    listed = [_reader(one, found) for one in staff(workspace, today)]
    known = {name for one in listed for name in (one.who.person, one.who.code) if name}
    gone = [one for name, one in found.reads.items() if name not in known and one.person == name]
    return Reading(
        version,
        tuple(one for one in listed if one.version >= version),
        tuple(one for one in listed if one.version < version),
        tuple(one for one in gone if one.code not in known),
    )


def mine(workspace: Workspace, user: User) -> DefinitionRead | None:
    """What a colleague has confirmed, if anything."""
    return next((one for one in readers(workspace) if one.person == user.email), None)


def open_round() -> Round | None:
    """The round that goes on now, if one does."""
    return Round.objects.filter(state__in=("writing", "weighing", "decided")).select_related("draft").first()


def names_of(emails: Sequence[str]) -> dict[str, str]:
    """E-mail -> name of colleagues."""
    return {one.email: one.name for one in User.objects.filter(email__in=set(emails)) if one.name}


def changed_parts(before: Definition | None, after: Definition) -> tuple[str, ...]:
    """Names of the parts that a version changed; all that it has for the first one."""
    parts = ("text", "competences", "targets", "parity", "granted", "refused", "criteria")
    earlier = before or Definition()
    return tuple(name for name in parts if getattr(after, name) != getattr(earlier, name))


def _said(workspace: Workspace, version: int) -> _Said:
    found = _Said()
    for one in readers(workspace):
        for name in {one.person, one.code} - {""}:
            known = found.reads.get(name)
            if known is None or known.version <= one.version:
                found.reads[name] = one
    for doubt in Doubt.objects.filter(version=version):
        found.doubts[doubt.person] = doubt
    for letter in Letter.objects.filter(version=version).select_related("invitation__user"):
        found.letters.setdefault(letter.invitation.person, []).append(letter)
    return found


def _reader(one: Staff, found: _Said) -> Reader:
    names = [name for name in (one.person, one.code) if name]
    reads = [found.reads[name] for name in names if name in found.reads]
    best = max(reads, key=lambda read: read.version, default=None)
    doubt = next((found.doubts[name] for name in names if name in found.doubts), None)
    letters = [letter for name in names for letter in found.letters.get(name, [])]
    return Reader(
        one,
        best.version if best else 0,
        best.read_at if best else None,
        best.own_words if best else "",
        doubt,
        len(letters),
        max((letter.sent_at or letter.made_at for letter in letters), default=None),
    )
