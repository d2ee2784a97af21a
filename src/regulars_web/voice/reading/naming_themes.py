"""Renaming, merging and pinning themes: each a decision of a named person, and each can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from regulars.groups.decisions import Decision, decide, versions
from regulars.workspace import Workspace
from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import CHANGE_THEMES
from regulars_web.shared import trail
from regulars_web.shared.sentences import Refused

NOUN = KEY = "themes"
LONGEST_NAME = 80


@dataclass(frozen=True)
class Choices:
    """What people decided about themes.

    names   theme -> its name
    merged  theme -> the theme it was put into
    pinned  themes that are kept
    """

    names: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    pinned: Sequence[str] = ()


@dataclass(frozen=True)
class Standing:
    """The newest decision: what holds, which version it is, who decided; version 0: nothing was ever decided."""

    choices: Choices
    version: int = 0
    decided_by: str = ""
    decided_at: datetime | None = None


def standing(workspace: Workspace) -> Standing:
    """What holds now."""
    found = versions(workspace, NOUN).get(KEY, [])
    if not found:
        return Standing(Choices())
    newest = found[-1]
    return Standing(_read(newest.body), newest.version, newest.decided_by, newest.decided_at)


def rename(by: User, workspace: Workspace, theme: str, name: str, *, now: datetime) -> None:
    """Give a theme a name; an empty one takes the name away. A named theme is kept."""
    told = " ".join(name.split())
    if len(told) > LONGEST_NAME:
        raise Refused(_("The name is too long. Keep it under 80 characters."))
    held = standing(workspace).choices
    names = {key: value for key, value in held.names.items() if key != theme}
    pinned = [*held.pinned]
    if told:
        names[theme] = told
        pinned = [*dict.fromkeys([*pinned, theme])]
    _decide(by, workspace, Choices(names, held.merged, pinned), "theme renamed", now)


def merge(by: User, workspace: Workspace, theme: str, into: str, *, now: datetime) -> None:
    """Count a theme's texts with another theme's."""
    held = standing(workspace).choices
    target = into
    for _step in range(len(held.merged) + 1):
        if target == theme:
            raise Refused(_("A theme cannot be merged into itself. Choose another one."))
        if target not in held.merged:
            break
        target = held.merged[target]
    merged = {key: target if value == theme else value for key, value in held.merged.items()} | {theme: target}
    pinned = [*dict.fromkeys([*(key for key in held.pinned if key != theme), target])]
    _decide(by, workspace, Choices(held.names, merged, pinned), "theme merged", now)


def pin(by: User, workspace: Workspace, theme: str, wanted: bool, *, now: datetime) -> None:
    """Keep a theme in every later run, or let it go."""
    held = standing(workspace).choices
    pinned = [key for key in held.pinned if key != theme] + ([theme] if wanted else [])
    _decide(by, workspace, Choices(held.names, held.merged, pinned), "theme pinned" if wanted else "theme let go", now)


def undo(by: User, workspace: Workspace, version: int, *, now: datetime) -> None:
    """Take back the newest decision: what held before it holds again, as a new version.

    Raises Refused where another decision has come since, or there is none.
    """
    found = versions(workspace, NOUN).get(KEY, [])
    if not found or found[-1].version != version:
        raise Refused(_("Somebody has changed the themes since. Look at the page again."))
    before = _read(found[-2].body) if len(found) > 1 else Choices()
    _decide(by, workspace, before, "theme change undone", now)


def _decide(by: User, workspace: Workspace, choices: Choices, event: str, now: datetime) -> None:
    require(by, CHANGE_THEMES)
    version = standing(workspace).version + 1
    body = {"names": dict(choices.names), "merged": dict(choices.merged), "pinned": list(choices.pinned)}
    decide(workspace, NOUN, Decision(KEY, version, body, now, by.name or by.email))
    trail.note(by, event, version=version)


def _read(body: Mapping[str, object]) -> Choices:
    names, merged, pinned = body.get("names"), body.get("merged"), body.get("pinned")
    return Choices(
        {str(key): str(value) for key, value in names.items()} if isinstance(names, dict) else {},
        {str(key): str(value) for key, value in merged.items()} if isinstance(merged, dict) else {},
        tuple(str(key) for key in pinned) if isinstance(pinned, list) else (),
    )
