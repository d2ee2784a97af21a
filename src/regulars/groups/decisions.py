"""Decisions of one noun: every version as it was written, and a new one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from regulars.engines.connection import quoted
from regulars.log.inbox import Entry

if TYPE_CHECKING:
    from regulars.workspace import Workspace


@dataclass(frozen=True)
class Decision:
    """One version of a decision; ``body`` is empty where it is no JSON object."""

    key: str
    version: int
    body: Mapping[str, object]
    decided_at: datetime | None
    decided_by: str


def versions(workspace: Workspace, noun: str) -> dict[str, list[Decision]]:
    """All decisions of a noun by key, each oldest first; none, an empty dict."""
    rows = workspace.rows(
        f"SELECT key, version, body, decided_at, decided_by FROM decisions WHERE noun = {quoted(noun)} "  # noqa: S608
        "ORDER BY key, version, decided_at, import_id"
    )
    found: dict[str, list[Decision]] = {}
    for row in rows:
        decision = Decision(
            row["key"], row["version"], _object(row["body"]), row["decided_at"], row["decided_by"] or ""
        )
        found.setdefault(decision.key, []).append(decision)
    return found


def decide(workspace: Workspace, noun: str, decision: Decision, *, request_id: str | None = None) -> bool:
    """Write a version; False where the same request has written it before."""
    row = {
        "noun": noun,
        "key": decision.key,
        "version": decision.version,
        "decided_at": decision.decided_at,
        "decided_by": decision.decided_by,
        "body": json.dumps(decision.body, ensure_ascii=False),
    }
    return workspace.add([Entry("decisions", row)], request_id=request_id)


def _object(text: str | None) -> Mapping[str, object]:
    try:
        body = json.loads(text or "")
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
