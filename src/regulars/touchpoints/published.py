"""Versions of one thing of the register: reading them back, and writing the next one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from regulars.groups.decisions import Decision, decide, versions
from regulars.touchpoints.errors import TouchpointError
from regulars.touchpoints.parts import Decided, Promise, Standard, Touchpoint

if TYPE_CHECKING:
    from regulars.workspace import Workspace

Body = TypeVar("Body", Touchpoint, Standard, Promise)


@dataclass(frozen=True)
class Kept(Generic[Body]):
    """How one noun of the register is kept in the table of decisions."""

    noun: str
    read: Callable[[Mapping[str, object]], Body]
    write: Callable[[Body], dict[str, object]]

    def all(self, workspace: Workspace) -> dict[str, list[Decided[Body]]]:
        """Every key's versions that can be read, oldest first; keys of which none can be read are left out."""
        found = {key: self._readable(decided) for key, decided in versions(workspace, self.noun).items()}
        return {key: read for key, read in found.items() if read}

    def history(self, workspace: Workspace, key: str) -> list[Decided[Body]]:
        """All versions under a key, oldest first; empty where there never was one.

        Raises TouchpointError where some were published and none can be read.
        """
        decided = versions(workspace, self.noun).get(key, [])
        found = self._readable(decided)
        if decided and not found:
            raise TouchpointError("unreadable", found=key)
        return found

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
        """Write the next version under a key; what the same request wrote before is not written again."""
        before = versions(workspace, self.noun).get(key, [])
        body = numbered(max((one.version for one in before), default=0) + 1)
        decision = Decision(key, body.version, self.write(body), now, by)
        if not decide(workspace, self.noun, decision, request_id=request_id):
            return self.history(workspace, key)[-1].body
        return body

    def _readable(self, decided: list[Decision]) -> list[Decided[Body]]:
        found = []
        for one in decided:
            try:
                body = self.read({**one.body, "key": one.key, "version": one.version})
            except TouchpointError:
                continue
            found.append(Decided(body, one.version, one.decided_at, one.decided_by))
        return found
