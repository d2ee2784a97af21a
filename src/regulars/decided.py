"""Things that people decide, kept in every version: reading them back, and writing the next one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from regulars.errors import RegularsError
from regulars.groups.decisions import Decision, decide, versions

if TYPE_CHECKING:
    from regulars.workspace import Workspace

Body = TypeVar("Body")


@dataclass(frozen=True)
class Decided(Generic[Body]):
    """One version of something decided: what, and by whom on which day."""

    body: Body
    version: int
    decided_at: datetime | None
    decided_by: str


@dataclass(frozen=True)
class Kept(Generic[Body]):
    """How one noun is kept in the table of decisions.

    read        makes the thing of its JSON body, to which ``key`` and ``version`` are added; raises RegularsError
                for a body that cannot be read
    write       the thing as a JSON body
    unreadable  the error where a key has versions and none of them can be read
    """

    noun: str
    read: Callable[[Mapping[str, object]], Body]
    write: Callable[[Body], dict[str, object]]
    unreadable: Callable[[str], RegularsError]

    def all(self, workspace: Workspace) -> dict[str, list[Decided[Body]]]:
        """Every key's versions that can be read, oldest first; keys of which none can be read are left out."""
        found = {key: self._readable(decided) for key, decided in versions(workspace, self.noun).items()}
        return {key: read for key, read in found.items() if read}

    def history(self, workspace: Workspace, key: str) -> list[Decided[Body]]:
        """All versions under a key, oldest first; empty where there never was one.

        Raises the error ``unreadable`` where some were published and none can be read.
        """
        decided = versions(workspace, self.noun).get(key, [])
        found = self._readable(decided)
        if decided and not found:
            raise self.unreadable(key)
        return found

    def newest(self, workspace: Workspace, key: str) -> Body | None:
        """The newest version under a key; None where there never was one. Raises as ``history`` does."""
        found = self.history(workspace, key)
        return found[-1].body if found else None

    def publish(
        self,
        workspace: Workspace,
        numbered: Callable[[int], Body],
        key: str,
        *,
        by: str,
        now: datetime,
        request_id: str | None,
    ) -> Body:
        """Write the next version under a key; what the same request wrote before is not written again.

        numbered  the thing under its version's number
        """
        before = versions(workspace, self.noun).get(key, [])
        number = max((one.version for one in before), default=0) + 1
        body = numbered(number)
        decision = Decision(key, number, self.write(body), now, by)
        if not decide(workspace, self.noun, decision, request_id=request_id):
            return self.history(workspace, key)[-1].body
        return body

    def _readable(self, decided: list[Decision]) -> list[Decided[Body]]:
        found = []
        for one in decided:
            try:
                body = self.read({**one.body, "key": one.key, "version": one.version})
            except RegularsError:
                continue
            found.append(Decided(body, one.version, one.decided_at, one.decided_by))
        return found
