"""Themes of a workspace for pages, the report and notebooks, and the decisions that people take about them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from regulars.errors import RegularsError
from regulars.log.inbox import Entry
from regulars.words.choices import KEY, NOUN, OTHER, Choices, choices_of, read_id

if TYPE_CHECKING:
    from regulars.workspace import Workspace

LONGEST_NAME = 80
_NEWEST = f"SELECT version, body FROM decisions WHERE noun = '{NOUN}' AND key = '{KEY}' "  # noqa: S608  our own names
_NEWEST += "ORDER BY version DESC, decided_at DESC LIMIT 1"


class ThemeError(RegularsError):
    """A decision about themes that cannot be taken."""

    code = "theme"


@dataclass(frozen=True)
class Quote:
    """A text that shows a theme, with personal data masked."""

    interaction_id: int
    text: str


@dataclass(frozen=True)
class ThemeRow:
    """One theme with its figures: ``figures`` has the columns of the measure ``themes``, missing ones None."""

    id: str
    name: str
    words: tuple[str, ...]
    languages: tuple[str, ...]
    texts: int
    new: bool
    quotes: tuple[Quote, ...]
    figures: Mapping[str, Any]

    @property
    def is_other(self) -> bool:
        """The texts that no theme fits."""
        return self.id == OTHER


@dataclass(frozen=True)
class Themes:
    """All themes, most spoken of first, 'other' last; ``notes`` are sentences to show beside them."""

    rows: tuple[ThemeRow, ...]
    notes: tuple[str, ...]
    as_of: date


def themes(
    workspace: Workspace,
    *,
    as_of: date | str | None = None,
    from_on: date | str | None = None,
    to_on: date | str | None = None,
    where: str | None = None,
    members: Iterable[int] | None = None,
) -> Themes:
    """The themes of what customers wrote, counted over the texts that are asked for; no texts, no rows.

    Raises MeasureError where the log is empty or a condition cannot be read.
    """
    found = workspace.measure(NOUN, as_of=as_of, from_on=from_on, to_on=to_on, where=where, members=members)
    return Themes(tuple(_row(row) for row in found.to_arrow().to_pylist()), found.notes, found.as_of)


def texts_of(workspace: Workspace, theme: str, *, as_of: date | str | None = None) -> frozenset[int]:
    """Ids of the interactions one of whose texts speaks of a theme; none for an unknown one."""
    table = workspace.measure("theme_texts", as_of=as_of).to_arrow()
    rows = zip(table.column("theme").to_pylist(), table.column("interaction_id").to_pylist(), strict=True)
    return frozenset(number for one, number in rows if one == theme)


def standing(workspace: Workspace) -> Choices:
    """What people have decided about themes by now."""
    return _standing(workspace)[1]


def rename(workspace: Workspace, theme: str, name: str, *, by: str, now: datetime | None = None) -> None:
    """Give a theme a name, or with an empty one its own words again. Raises ThemeError."""
    told = " ".join(name.split())
    if len(told) > LONGEST_NAME:
        raise ThemeError(f"The name is longer than {LONGEST_NAME} characters. Say it more shortly.")
    held = standing(workspace)
    names = {key: value for key, value in held.names.items() if key != theme}
    _decide(workspace, theme, Choices(names | ({theme: told} if told else {}), held.merged, held.pinned), by, now)


def merge(workspace: Workspace, theme: str, into: str, *, by: str, now: datetime | None = None) -> None:
    """Count a theme's texts under another one from now on. Raises ThemeError for a theme merged into itself."""
    held = standing(workspace)
    if held.target(into) == theme or theme == into:
        raise ThemeError("A theme cannot be merged into itself. Choose another one.")
    _check(into)
    _decide(workspace, theme, Choices(held.names, {**held.merged, theme: into}, held.pinned), by, now)


def part(workspace: Workspace, theme: str, *, by: str, now: datetime | None = None) -> None:
    """Take back that a theme was merged into another one."""
    held = standing(workspace)
    left = {key: value for key, value in held.merged.items() if key != theme}
    _decide(workspace, theme, Choices(held.names, left, held.pinned), by, now)


def pin(workspace: Workspace, theme: str, *, keep: bool = True, by: str, now: datetime | None = None) -> None:
    """Keep a theme in every later run, also where nobody speaks of it any more; or let it go."""
    held = standing(workspace)
    pinned = [key for key in held.pinned if key != theme] + [theme] * keep
    _decide(workspace, theme, Choices(held.names, held.merged, tuple(pinned)), by, now)


def _check(theme: str) -> None:
    if read_id(theme) is None:
        raise ThemeError(f"There is no theme {theme!r}. Take the id of a theme that the measure themes lists.")


def _decide(workspace: Workspace, theme: str, choices: Choices, by: str, now: datetime | None) -> None:
    _check(theme)
    version, _ = _standing(workspace)
    body = {"names": dict(choices.names), "merged": dict(choices.merged), "pinned": list(choices.pinned)}
    row = {
        "noun": NOUN,
        "key": KEY,
        "version": version + 1,
        "decided_at": now or datetime.now(UTC),
        "decided_by": by,
        "body": json.dumps(body, ensure_ascii=False),
    }
    workspace.add([Entry("decisions", row)])


def _standing(workspace: Workspace) -> tuple[int, Choices]:
    with workspace.engine() as engine:
        rows = engine.run(_NEWEST).to_pylist()
    return (rows[0]["version"], choices_of(rows[0]["body"])) if rows else (0, Choices())


def _row(row: Mapping[str, Any]) -> ThemeRow:
    quoted = tuple(Quote(one["interaction_id"], one["text"]) for one in json.loads(row["quotes"]))
    return ThemeRow(
        id=row["theme"],
        name=row["name"],
        words=tuple((row["words"] or "").split(", ")) if row["words"] else (),
        languages=tuple((row["language"] or "").split()),
        texts=row["texts"],
        new=row["new"] is True,
        quotes=quoted,
        figures=dict(row),
    )
