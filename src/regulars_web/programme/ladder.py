"""The three levels of maturity: what each asks, what is met, and why none may be skipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from regulars.workspace import Workspace
from regulars_web.home.provenance import origins
from regulars_web.programme import figures, queries, words
from regulars_web.shared.readings import Reading, Readings, Row
from regulars_web.shared.said import said

HALF_YEAR = timedelta(days=182)


@dataclass(frozen=True)
class Level:
    """One level: its criteria, those missing, and whether the level below is complete."""

    number: int
    name: str
    help: str
    criteria: Sequence[Mapping[str, Any]]
    complete: bool
    open: bool
    missing: Sequence[Mapping[str, Any]]
    before: Level | None

    @property
    def met(self) -> int:
        """How many criteria are met."""
        return len(self.criteria) - len(self.missing)

    @property
    def width(self) -> str:
        """How long its bar is."""
        return figures.share_of(self.met / len(self.criteria) if self.criteria else 0)

    @property
    def reached(self) -> bool:
        """Whether it counts: complete, and every level below too."""
        return self.complete and self.open


def maturity_context(read: Readings, workspace: Workspace) -> Mapping[str, Any]:
    """The levels from the first up, and the warning where one was skipped."""
    reading = read["maturity"]
    levels = levels_of(reading)
    skipping = [level for level in levels if not level.open and level.met]
    return {
        "reading": reading,
        "levels": levels,
        "finding": finding(levels),
        "skipping": skipping,
        "next": next((level for level in levels if not level.reached), None),
        "until": (timezone.localdate() + HALF_YEAR).isoformat(),
        "most": (timezone.localdate() + timedelta(days=365)).isoformat(),
        "today": timezone.localdate().isoformat(),
        "origins": origins(read, "maturity"),
    }


def levels_of(reading: Reading) -> list[Level]:
    """Every level with its criteria; one is open where all below it are complete."""
    rows = sorted(reading.rows, key=lambda row: (row["level"], row.get("place") or 0))
    names = queries.names_of([row.get("attested_by") or "" for row in rows])
    levels: list[Level] = []
    for number, found in groupby(rows, key=lambda row: int(row["level"])):
        levels.append(_level(number, list(found), levels[-1] if levels else None, names))
    return levels


def finding(levels: Sequence[Level]) -> str:
    """What the page says first."""
    reached = [level for level in levels if level.reached]
    if not reached:
        return _("No level is complete yet")
    if len(reached) == len(levels):
        return _("All three levels are complete")
    return _("Level %(number)s is complete: %(name)s") % {
        "number": reached[-1].number,
        "name": reached[-1].name.lower(),
    }


def refusal(level: Level) -> str:
    """Why nothing can be attested at a level yet; empty where it can."""
    if level.open or level.before is None:
        return ""
    below = level.before
    while below.before is not None and not below.open:
        below = below.before
    told = {
        "level": level.number,
        "below": below.number,
        "missing": " ".join(said(one["sentence"]) for one in below.missing),
    }
    return (
        _(
            "A level cannot be skipped: level %(level)s does not count before level %(below)s is complete, so this was "
            "not kept. Still missing at level %(below)s: %(missing)s"
        )
        % told
    )


def level_at(levels: Sequence[Level], criterion: str) -> Level | None:
    """The level that asks for a criterion; None for one that is nowhere asked."""
    return next((level for level in levels if any(one["key"] == criterion for one in level.criteria)), None)


def _level(number: int, rows: Sequence[Row], before: Level | None, names: Mapping[str, str]) -> Level:
    criteria = [_criterion(row, names) for row in rows]
    return Level(
        number=number,
        name=str(words.LEVELS.get(number, rows[0]["level_name"])),
        help=str(words.LEVEL_HELPS.get(number, "")),
        criteria=criteria,
        complete=bool(rows[0]["level_complete"]),
        open=before is None or before.reached,
        missing=[one for one in criteria if one["met"] != "yes"],
        before=before,
    )


def _criterion(row: Row, names: Mapping[str, str]) -> Mapping[str, Any]:
    met = str(row.get("met") or "unknown")
    said_of, tone = words.MET.get(met, (met, ""))
    measured = row.get("how") == "measured"
    value = figures.figure(row, "value", "share")
    return {
        "key": row["criterion"],
        "sentence": row["sentence"],
        "met": met,
        "words": said_of,
        "tone": tone,
        "measured": measured,
        "value": value,
        "needed": figures.written(row.get("needed"), "share"),
        "by_hand": not measured or (met == "unknown" or not value.known),
        "until": row.get("attested_until"),
        "by": names.get(row.get("attested_by") or "", row.get("attested_by") or ""),
        "because": row.get("because") or "",
        "skipped": bool(row.get("skipped")),
    }
