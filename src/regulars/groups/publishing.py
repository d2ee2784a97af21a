"""Groups as decisions: published by a named person, kept in every version, ended rather than deleted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, get_args

from regulars.base import columns as base_columns
from regulars.groups.conditions import Rule, parse, to_json
from regulars.groups.decisions import Decision, decide, versions
from regulars.groups.errors import GroupError, RuleError
from regulars.groups.opening import open_snapshot, past_snapshot
from regulars.groups.overlaps import Stance
from regulars.names import keys
from regulars.names.folding import fold

if TYPE_CHECKING:
    from regulars.workspace import Workspace

NOUN = "group"
LONGEST_NAME, LONGEST_NOTE, LONGEST_NEED, MOST_NEEDS = 80, 2_000, 200, 50
STANCES: tuple[Stance, ...] = get_args(Stance)
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Group:
    """One version of a group.

    rule      as the decision holds it; empty where the decision cannot be read
    needs     unique needs of the group that people wrote down
    retired   this version ended the group
    readable  False where the decision was written by hand or by a newer program and makes no sense here
    """

    key: str
    version: int
    name: str
    rule: Mapping[str, object]
    stance: Stance
    needs: tuple[str, ...]
    note: str
    decided_at: datetime | None
    decided_by: str
    retired: bool = False
    readable: bool = field(default=True)

    def read_rule(self) -> Rule:
        """The rule, checked against the customer base. Raises GroupError where it cannot be read."""
        if not self.readable:
            raise GroupError("unreadable_group", found=self.key)
        return parse(self.rule, base_columns())


def publish(
    workspace: Workspace,
    body: Mapping[str, object],
    *,
    by: str,
    now: datetime,
    key: str | None = None,
    request_id: str | None = None,
) -> Group:
    """Publish a group: a new one, or a new version where ``key`` names one that is there (or was retired).

    body        name, rule, stance (neutral when left out), needs and note (may be left out)
    request_id  names the request, so that a double click publishes once

    Raises RuleError for a rule that cannot be read, GroupError for a name, stance or note that does not fit.
    """
    checked = _checked(body)
    known = _versions(workspace)
    if key is None:
        key = keys.free_key(slug(str(checked["name"])), known)
    elif not _KEY.fullmatch(key) or len(key) > keys.LONGEST_KEY:
        raise GroupError("bad_key", found=repr(key))
    return _decide(workspace, key, checked, known.get(key, []), by=by, now=now, request_id=request_id)


def retire(workspace: Workspace, key: str, *, by: str, now: datetime, request_id: str | None = None) -> Group:
    """End a group; its versions stay. Raises GroupError where there is none in force."""
    current = group(workspace, key)
    body = {**_body(current), "retired": True}
    return _decide(workspace, key, body, history(workspace, key), by=by, now=now, request_id=request_id)


def groups(workspace: Workspace, *, retired: bool = False) -> list[Group]:
    """The newest version of every group in force, by name; ``retired`` adds those that have ended."""
    newest = [decided[-1] for decided in _versions(workspace).values()]
    return sorted((g for g in newest if retired or not g.retired), key=lambda g: (fold(g.name), g.key))


def group(workspace: Workspace, key: str) -> Group:
    """The group in force under a key. Raises GroupError where there is none, or it has ended."""
    newest = history(workspace, key)[-1]
    if newest.retired:
        raise GroupError("retired_group", found=key)
    return newest


def history(workspace: Workspace, key: str) -> list[Group]:
    """All versions of a group, oldest first. Raises GroupError where there never was one."""
    known = _versions(workspace)
    if key not in known:
        listed = f"There are: {', '.join(sorted(known))}." if known else "No group was published yet."
        raise GroupError("unknown_group", found=repr(key), known=listed)
    return known[key]


def members(workspace: Workspace, key: str, *, as_of: date | None = None) -> list[int]:
    """Keys of the customers who belong by the rule in force, today or as they were known on a past date.

    Raises GroupError for an unknown or ended group.
    """
    rule = group(workspace, key).read_rule()
    snapshot = open_snapshot(workspace) if as_of is None else past_snapshot(workspace, as_of, [rule])
    return [int(found) for found in snapshot.keys[snapshot.members(rule)]]


def slug(name: str) -> str:
    """A name as a key: Latin small letters, digits and single hyphens; "group" where nothing is left."""
    return keys.slug(name, empty=NOUN)


def _decide(
    workspace: Workspace,
    key: str,
    body: Mapping[str, object],
    before: Sequence[Group],
    *,
    by: str,
    now: datetime,
    request_id: str | None,
) -> Group:
    decision = Decision(key, before[-1].version + 1 if before else 1, body, now, by)
    if not decide(workspace, NOUN, decision, request_id=request_id):
        return history(workspace, key)[-1] if before else _sent_before(workspace, str(body["name"]))
    return _group(decision)


def _sent_before(workspace: Workspace, name: str) -> Group:
    """The group that the same request made the first time; its key was free then."""
    found = [g for g in groups(workspace, retired=True) if g.name == name]
    return max(found, key=lambda g: g.decided_at.timestamp() if g.decided_at else 0.0)


def _versions(workspace: Workspace) -> dict[str, list[Group]]:
    return {key: [_group(one) for one in decided] for key, decided in versions(workspace, NOUN).items()}


def _group(decision: Decision) -> Group:
    """A version as it was written; what does not fit is left out and the version marked."""
    key, body = decision.key, decision.body
    rule, needs, stance = body.get("rule"), body.get("needs"), body.get("stance", "neutral")
    at, by = decision.decided_at, decision.decided_by
    plain = Group(key, decision.version, str(body.get("name") or key), {}, "neutral", (), "", at, by)
    plain = replace(plain, retired=body.get("retired") is True, note=str(body.get("note") or ""))
    if not isinstance(rule, dict) or stance not in STANCES:
        return replace(plain, readable=plain.retired)
    listed = tuple(str(need) for need in needs) if isinstance(needs, list) else ()
    return replace(plain, rule=rule, stance=stance, needs=listed)


def _body(found: Group) -> dict[str, object]:
    return {
        "name": found.name,
        "rule": dict(found.rule),
        "stance": found.stance,
        "needs": list(found.needs),
        "note": found.note,
    }


def _checked(body: Mapping[str, object]) -> dict[str, object]:
    name, note = body.get("name"), body.get("note") or ""
    if not isinstance(name, str) or not name.strip():
        raise GroupError("no_name", limit=LONGEST_NAME)
    if len(name.strip()) > LONGEST_NAME:
        raise GroupError("name_too_long", limit=LONGEST_NAME)
    if not isinstance(note, str) or len(note) > LONGEST_NOTE:
        raise GroupError("bad_note", limit=LONGEST_NOTE)
    stance = body.get("stance") or "neutral"
    if stance not in STANCES:
        raise GroupError("bad_stance", found=repr(stance)[:60])
    if "rule" not in body:
        raise RuleError("empty_rule")
    rule = to_json(parse(body["rule"], base_columns()))
    return {"name": name.strip(), "rule": rule, "stance": stance, "needs": _needs(body.get("needs")), "note": note}


def _needs(found: object) -> list[str]:
    listed = found if isinstance(found, list | tuple) else [] if found is None else [None]
    texts = [text.strip() for text in listed if isinstance(text, str) and 0 < len(text.strip()) <= LONGEST_NEED]
    if len(texts) != len(listed) or len(listed) > MOST_NEEDS:
        raise GroupError("bad_needs", limit=MOST_NEEDS, letters=LONGEST_NEED)
    return list(dict.fromkeys(texts))
