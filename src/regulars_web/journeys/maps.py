"""The map of what really happens: readings in, what its templates show out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars_web.home.provenance import origins
from regulars_web.journeys import words
from regulars_web.journeys.detail import END, START, STEPS, Path, read_detail, strongest
from regulars_web.journeys.drawing import Move, Step, draw
from regulars_web.journeys.lens import Lens
from regulars_web.journeys.reading import MOST_ROWS, ask, view_of, viewed
from regulars_web.shared import numbers
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Readings, Row

Context = dict[str, Any]
SAYS = ("count", "time", "both")
FEW = 30
DETAILS = {"details": "yes"}  # of the measure: how many journeys have each move, and hand-overs


@dataclass(frozen=True)
class Addresses:
    """Where the numbers of a step or a path are: as a page, and as a part of this one.

    query  period, group, lens and detail; "?" or "?…&", so that more can follow
    """

    page: str
    part: str
    query: str

    def of_step(self, step: str) -> tuple[str, str]:
        """The numbers of a step."""
        return self._of({"step": step})

    def of_path(self, path: Path) -> tuple[str, str]:
        """The numbers of a path."""
        return self._of({"path_from": path[0], "path_to": path[1]})

    def _of(self, said: Mapping[str, str]) -> tuple[str, str]:
        more = urlencode(said)
        return f"{self.page}{self.query}{more}#numbers", f"{self.part}{self.query}{more}"


def reads(frame: Frame, lens: Lens) -> Readings:
    """The moves of journeys."""
    view = viewed(frame, lens)
    choices = {**lens.choices(view_of(view)), **DETAILS}
    return {"view": view, "journey": ask(frame, "journey", choices=choices, where=lens.where)}


def rows_by_path(read: Readings, name: str = "journey") -> dict[Path, Row]:
    """The moves that were read, strongest first."""
    rows = sorted(read[name].rows, key=lambda row: (-row["count"], row["from_step"], row["to_step"]))
    return {(row["from_step"], row["to_step"]): row for row in rows}


def context(read: Readings, addresses: Addresses, detail: str, say: str) -> Context:
    """The picture with its sentences, and the table of the moves that are drawn."""
    reading, rows = read["journey"], rows_by_path(read)
    told: Context = {
        "unknown": reading.unknown,
        "notes": reading.notes,
        "origins": origins(read, "journey"),
        "empty": not rows,
    }
    if not rows:
        return told
    counts = {path: int(row["count"]) for path, row in rows.items()}
    level = read_detail(detail, counts)
    paths = strongest(counts, level)
    told |= {
        "detail": level,
        "details": {"least": STEPS[0], "most": STEPS[-1], "step": STEPS[1] - STEPS[0]},
        "say": say if say in SAYS else SAYS[0],
        "drawing": draw(_steps(counts, paths, addresses), _moves(rows, paths, addresses, say)),
        "findings": findings(rows),
        "extent": extent(counts, paths),
        "rows": [table_row(rows[path], addresses) for path in paths],
        "cut": len(reading.rows) >= MOST_ROWS,
        "journeys": numbers.number(journeys_of(rows)),
    }
    return told


def journeys_of(rows: Mapping[Path, Row]) -> int:
    """How many journeys there are."""
    return max((int(row["n"]) for row in rows.values()), default=0)


def visits(counts: Mapping[Path, float]) -> dict[str, float]:
    """How often each step is come to; how many begin and end."""
    found: dict[str, float] = {}
    for (source, target), count in counts.items():
        found[target] = found.get(target, 0) + count
        if source == START:
            found[START] = found.get(START, 0) + count
    return found


def _steps(counts: Mapping[Path, int], paths: Sequence[Path], addresses: Addresses) -> dict[str, Step]:
    seen, found = visits(counts), {}
    for step in dict.fromkeys(step for path in paths for step in path):
        n = int(seen.get(step, 0))
        page, part = addresses.of_step(step)
        told = ngettext("%(step)s: %(n)s time.", "%(step)s: %(n)s times.", n)
        told %= {"step": words.step_name(step), "n": numbers.number(n)}
        found[step] = Step(n, numbers.number(n), told, page, part)
    return found


def _moves(rows: Mapping[Path, Row], paths: Sequence[Path], addresses: Addresses, say: str) -> dict[Path, Move]:
    found = {}
    for path in paths:
        row = rows[path]
        page, part = addresses.of_path(path)
        found[path] = Move(int(row["count"]), label(row, say), path_words(row), page, part)
    return found


def label(row: Row, say: str) -> str:
    """What stands beside a line."""
    count, time = numbers.number(row["count"]), words.short_duration(row.get("median_seconds"))
    if say == "time":
        return time
    return _("%(count)s · %(time)s") % {"count": count, "time": time} if say == "both" and time else count


def path_words(row: Row) -> str:
    """A move in a sentence."""
    n = int(row["count"])
    told = {
        "from": words.step_name(row["from_step"]),
        "to": words.step_name(row["to_step"]),
        "n": numbers.number(n),
        "share": words.share(row["share"]),
    }
    said = ngettext(
        "From “%(from)s” to “%(to)s”: %(n)s time, in %(share)s of journeys.",
        "From “%(from)s” to “%(to)s”: %(n)s times, in %(share)s of journeys.",
        n,
    )
    said %= told
    if not numbers.known(row.get("median_seconds")):
        return said
    half = _("Half take at most %(time)s.") % {"time": words.duration(row["median_seconds"])}
    return f"{said} {half}"


def findings(rows: Mapping[Path, Row]) -> list[str]:
    """How most journeys begin, go on and end."""
    starts = [row for (source, _to), row in rows.items() if source == START]
    ends = [row for (_from, target), row in rows.items() if target == END]
    between = [row for (source, target), row in rows.items() if source != START and target != END]
    total, found = journeys_of(rows), []
    if starts and ends:
        told = {
            "first": starts[0]["to_step"],
            "first_share": _of_all(starts),
            "last": ends[0]["from_step"],
            "last_share": _of_all(ends),
            "n": numbers.number(total),
        }
        said = ngettext(
            "%(n)s journey. It begins with “%(first)s” and ends, so far, with “%(last)s”.",
            "%(n)s journeys. They begin most often with “%(first)s” (%(first_share)s) and end, so far, most often with "
            "“%(last)s” (%(last_share)s).",
            total,
        )
        found.append(said % told)
    if between:
        found.append(_("The most frequent move: %(move)s") % {"move": path_words(between[0])})
    return found


def _of_all(rows: Sequence[Row]) -> str:
    """The first row's share of all counts."""
    return words.share(rows[0]["count"] / sum(row["count"] for row in rows))


def extent(counts: Mapping[Path, int], paths: Sequence[Path]) -> str:
    """How much of the whole is drawn."""
    everything = {step for path in counts for step in path} - {START, END}
    drawn = {step for path in paths for step in path} - {START, END}
    told = {
        "steps": numbers.number(len(drawn)),
        "all_steps": numbers.number(len(everything)),
        "paths": numbers.number(len(paths)),
        "all_paths": numbers.number(len(counts)),
        "share": words.share(sum(counts[path] for path in paths) / (sum(counts.values()) or 1)),
    }
    return (
        _("Drawn: %(steps)s of %(all_steps)s steps and %(paths)s of %(all_paths)s paths, with %(share)s of all moves.")
        % told
    )


def table_row(row: Row, addresses: Addresses) -> Context:
    """A move for a table."""
    path = (row["from_step"], row["to_step"])
    return {
        "from": words.step_name(path[0]),
        "to": words.step_name(path[1]),
        "address": addresses.of_path(path)[0],
        "part": addresses.of_path(path)[1],
        **path_cells(row),
    }


def path_cells(row: Row) -> Context:
    """A move's numbers as they are shown."""
    return {
        "count": numbers.number(row["count"]),
        "journeys": numbers.number(row["journeys"]),
        "share": words.share(row["share"]),
        "share_span": words.share_span(row["share_low"], row["share_high"]),
        "n": numbers.number(row["n"]),
        "few": int(row["n"] or 0) < FEW,
        "median": words.duration(row.get("median_seconds")),
        "median_span": words.duration_span(row.get("median_seconds_low"), row.get("median_seconds_high")),
        "median_reason": row.get("median_seconds_reason") or "",
        "p90": words.duration(row.get("p90_seconds")),
        "mean": words.duration(row.get("mean_seconds")),
        "handovers": numbers.number(row.get("handovers")),
        "handed": bool(row.get("handovers")),
    }
