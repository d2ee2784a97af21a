"""What each part of the overview reads from measures and the log. No words of customers are among it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Readings
from regulars_web.voice.reading import sql
from regulars_web.voice.reading.frame import ask, ask_rows
from regulars_web.voice.reading.tallies import slices
from regulars_web.voice.reading.theming import theme_rows


def now(frame: Frame) -> Readings:
    """For the sentences and the three things."""
    found = ask_rows(frame, sql.evidence(frame.first, frame.last))
    kinds = {row["evidence"] for row in found.rows}
    whole = slices(frame)
    return {
        "nps": ask(frame, "nps"),
        "nps_trend": ask(frame, "nps_trend", whole=True),
        "csat": whole["csat"],
        "ces": whole["ces"],
        "response": ask(frame, "response"),
        "drivers": ask(frame, "drivers"),
        "reviews": ask(frame, "reviews") if "review" in kinds else Reading(),
        "evidence": found,
        "poor": ask_rows(frame, sql.poor_answers(frame.first, frame.last)),
    }


def fresh(frame: Frame) -> Readings:
    """For the line about new themes. By itself, because to read all texts takes longest."""
    return {"themes": theme_rows(frame)}


def trend(frame: Frame) -> Readings:
    """For the scores over time."""
    return {name: ask(frame, name, whole=True) for name in ("nps_trend", "csat_trend", "ces_trend")}


def evidence(frame: Frame) -> Readings:
    """For the table of kinds of evidence and the list of surveys."""
    return {
        "evidence": ask_rows(frame, sql.evidence(frame.first, frame.last)),
        "surveys": ask_rows(frame, sql.surveys(frame.first, frame.last)),
        "nps": slices(frame)["by_survey"],
        "response": ask(frame, "response"),
    }


PARTS: Mapping[str, Callable[[Frame], Readings]] = {
    "now": now,
    "fresh": fresh,
    "evidence": evidence,
    "trend": trend,
    "splits": slices,
}
