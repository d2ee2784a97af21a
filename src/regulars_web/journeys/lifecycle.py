"""The life cycle: how many customers are at each stage, how they move, how long they stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from regulars.measures.stages.rules import KNOWN, LEFT, SLIPPING, USUAL_STAGES
from regulars_web.home.provenance import origins
from regulars_web.journeys import charts, words
from regulars_web.journeys.drawing import Move, Step, draw
from regulars_web.journeys.reading import ask
from regulars_web.shared import numbers
from regulars_web.shared.company import company
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Readings, Row

Context = dict[str, Any]
FEW = 30
NOBODY = ""  # the key of those who were not known yet
USUAL_NAMES: Mapping[str, Any] = {
    "known": gettext_lazy("known"),
    "learns of us": gettext_lazy("learns of us"),
    "considers": gettext_lazy("considers"),
    "buys": gettext_lazy("buys"),
    "uses": gettext_lazy("uses"),
    "buys again": gettext_lazy("buys again"),
    "recommends us": gettext_lazy("recommends us"),
    "slipping away": gettext_lazy("slipping away"),
    "left": gettext_lazy("left"),
}
USUAL_RULES: Mapping[str, Any] = {
    "known": gettext_lazy("Known to us, and nothing heard of them for long."),
    "learns": gettext_lazy("Has been in touch within 90 days, has not bought."),
    "considers": gettext_lazy("Had an offer or a visit within 90 days, has not bought."),
    "buys": gettext_lazy("Bought for the first time within 30 days."),
    "uses": gettext_lazy("Bought longer ago."),
    "buys_again": gettext_lazy("Has come back for more."),
    "recommends": gettext_lazy("Recommended us within a year, or said they would."),
    "slipping": gettext_lazy("Silent for twice as long as usual, and 60 days or more."),
    "left": gettext_lazy("Ended the contract, said good-bye, or fell silent for too long."),
}


def reads(frame: Frame) -> Readings:
    """Stages on the last day, how they grew, moves over the period, times spent."""
    return {name: ask(frame, name) for name in ("stages", "stage_moves", "stage_times", "stage_trend")}


def context(read: Readings) -> Context:
    """The parts of the page."""
    stages = [row for row in read["stages"].rows if row.get("stage") is not None]
    moves = read["stage_moves"]
    return {
        "unknown": read["stages"].unknown,
        "empty": not any(row["customers"] for row in stages) and not read["stages"].unknown,
        "notes": read["stages"].notes,
        "findings": _findings(stages, moves),
        "stages": _stage_rows(stages, read["stage_times"]),
        "drawing": _drawing(stages, moves.rows),
        "moves": _move_rows(moves.rows),
        "moves_unknown": moves.unknown,
        "moves_notes": moves.notes,
        "trend": _trend(read["stage_trend"]),
        "origins": origins(read, "stages", "stage_moves", "stage_times", "stage_trend"),
    }


def stage_name(name: object) -> str:
    """A stage as the reader sees it; one that the company named itself keeps its name."""
    text = str(name or "")
    return str(USUAL_NAMES.get(text, text))


def stage_rule(row: Row) -> str:
    """What puts customers at a stage: in plain words for the usual ones, else the rule itself."""
    usual = next((stage for stage in USUAL_STAGES if stage.key == row["stage"]), None)
    return str(USUAL_RULES.get(row["stage"], row["rule"])) if usual and usual.in_words() == row["rule"] else row["rule"]


def _findings(stages: Sequence[Row], moves: Reading) -> list[str]:
    found = []
    gone = next((row for row in stages if row["stage"] == LEFT and row["customers"]), None)
    here = [row for row in stages if row["stage"] not in (LEFT, KNOWN) and row["customers"]]
    if gone:
        told = {
            "share": words.share(gone["share"]),
            "ends": words.share_span(gone["share_low"], gone["share_high"]),
            "n": numbers.number(gone["n"]),
        }
        found.append(_("Of %(n)s known customers, %(share)s have left (%(ends)s).") % told)
    if here:
        row = max(here, key=lambda one: one["customers"])
        n = int(row["customers"])
        said = ngettext(
            "Of the others, most are at “%(stage)s”: %(n)s customer, %(share)s of all.",
            "Of the others, most are at “%(stage)s”: %(n)s customers, %(share)s of all.",
            n,
        )
        told = {"stage": stage_name(row["name"]), "n": numbers.number(n), "share": words.share(row["share"])}
        found.append(said % told)
    lost = [row for row in _real_moves(moves.rows) if row["to_stage"] in (SLIPPING, LEFT)]
    if lost:
        row, n = max(lost, key=lambda one: one["customers"]), int(sum(one["customers"] for one in lost))
        told = {"n": numbers.number(n), "from": stage_name(row["from_name"]), "most": numbers.number(row["customers"])}
        said = ngettext(
            "%(n)s customer slipped or left in the period, from “%(from)s”.",
            "%(n)s customers slipped or left in the period; most of them, %(most)s, were at “%(from)s” before.",
            n,
        )
        found.append(said % told)
    return found


def _stage_rows(stages: Sequence[Row], times: Reading) -> list[Context]:
    most = max((row["customers"] for row in stages), default=0) or 1
    names = {row["stage"]: stage_name(row["name"]) for row in stages}
    found = []
    for row in stages:
        time = times.where("stage", row["stage"]) if times.rows else {}
        found.append(
            {
                "name": stage_name(row["name"]),
                "rule": stage_rule(row),
                "customers": numbers.number(row["customers"]),
                "share": words.share(row["share"]),
                "share_span": words.share_span(row["share_low"], row["share_high"]),
                "value": numbers.money(row["value"], company().settings.currency),
                "value_share": words.share(row["value_share"]),
                "bar": f"{100 * row['customers'] / most:.1f}",
                **_time_cells(time, names),
            }
        )
    return found


def _time_cells(row: Row, names: Mapping[Any, str]) -> Context:
    """How long customers stay at a stage, and where they go."""
    if not row:
        return {"time": numbers.UNKNOWN, "time_span": "", "time_reason": "", "next": "", "next_share": ""}
    low, high = row.get("median_days_low"), row.get("median_days_high")
    return {
        "time": _days(row.get("median_days")),
        "time_span": words.duration_span(_seconds(low), _seconds(high)),
        "time_reason": row.get("median_days_reason") or "",
        "next": names.get(row.get("next_stage"), ""),
        "next_share": words.share(row.get("next_share")),
    }


def _real_moves(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if (row["from_stage"] or NOBODY) != row["to_stage"] and row["to_stage"] is not None]


def _drawing(stages: Sequence[Row], rows: Sequence[Row]) -> Any:
    """Stages as boxes with their customers, moves of the period as lines."""
    real = _real_moves(rows)
    if not real:
        return None
    steps: dict[str, Step] = {}
    if any(row["from_stage"] is None for row in real):
        steps[NOBODY] = Step(0, "", _("Not known before"), "#moves", "", name=_("Not known before"))
    for row in stages:
        n, name = int(row["customers"]), stage_name(row["name"])
        told = ngettext("%(stage)s: %(n)s customer now.", "%(stage)s: %(n)s customers now.", n)
        told %= {"stage": name, "n": numbers.number(n)}
        steps[row["stage"]] = Step(n, numbers.number(n), told, "#moves", "", name=name)
    moves = {}
    for row in real:
        path = (row["from_stage"] or NOBODY, row["to_stage"])
        if path[0] in steps and path[1] in steps:
            moves[path] = Move(row["customers"], numbers.number(row["customers"]), _move_words(row), "#moves", "")
    touched = {step for path in moves for step in path}
    return draw({key: step for key, step in steps.items() if key in touched}, moves, first=NOBODY, last=LEFT)


def _move_words(row: Row) -> str:
    n = int(row["customers"])
    told = {
        "from": stage_name(row["from_name"]) or _("Not known before"),
        "to": stage_name(row["to_name"]),
        "n": numbers.number(n),
        "share": words.share(row["share"]),
    }
    if row["from_stage"] is None:
        said = ngettext("New at “%(to)s”: %(n)s customer.", "New at “%(to)s”: %(n)s customers.", n)
        return said % told
    said = ngettext(
        "From “%(from)s” to “%(to)s”: %(n)s customer, %(share)s of those who were there.",
        "From “%(from)s” to “%(to)s”: %(n)s customers, %(share)s of those who were there.",
        n,
    )
    return said % told


def _move_rows(rows: Sequence[Row]) -> list[Context]:
    return [
        {
            "from": stage_name(row["from_name"]) or _("Not known before"),
            "to": stage_name(row["to_name"]),
            "stays": row["from_stage"] == row["to_stage"],
            "customers": numbers.number(row["customers"]),
            "share": words.share(row["share"]) if row["from_stage"] is not None else numbers.UNKNOWN,
            "share_span": words.share_span(row["share_low"], row["share_high"])
            if row["from_stage"] is not None
            else "",
            "n": numbers.number(row["n"]),
            "few": 0 < int(row["n"] or 0) < FEW,
        }
        for row in rows
        if row["to_stage"] is not None
    ]


def _trend(reading: Reading) -> Context | None:
    """How the stages grew and shrank; nothing for a single day."""
    rows = [row for row in reading.rows if row.get("stage") is not None]
    days = sorted({row["on_day"] for row in rows})
    if len(days) < 2:
        return None
    names = list(dict.fromkeys(stage_name(row["name"]) for row in rows))
    points = [
        {
            "when": numbers.month(row["on_day"]),
            "stage": stage_name(row["name"]),
            "customers": int(row["customers"]),
            "place": row["place"],
            "text": numbers.number(row["customers"]),
        }
        for row in rows
    ]
    table: dict[str, dict[str, str]] = {}
    for point in points:
        table.setdefault(point["when"], {})[point["stage"]] = point["text"]
    lines = [(when, [cells.get(name, numbers.UNKNOWN) for name in names]) for when, cells in table.items()]
    return {"chart": charts.stages(points, names), "names": names, "lines": lines}


def _days(days: float | None) -> str:
    return words.duration(_seconds(days))


def _seconds(days: float | None) -> float | None:
    return float(days) * words.DAY if numbers.known(days) and days is not None else None
