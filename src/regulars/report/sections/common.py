"""What all sections share: how an unknown is said, how an estimate stands in a cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from regulars.report import formats
from regulars.report import headings as head
from regulars.report import sentences as say
from regulars.report.page import Cell, Section
from regulars.report.readings import Row

CHART_MONTHS = 60


def unknown(anchor: str, title: str, reason: str) -> Section:
    """A section about which nothing can be said, and why."""
    text = reason.strip()
    return Section(anchor, title, say.NOT_KNOWN.format(reason=text[:1].lower() + text[1:]))


def share_cell(row: Row, name: str, *, n: str = "n") -> Cell:
    """A share with its interval and count; the reason where it is not known."""
    if row.get(name) is None:
        return Cell(head.NOT_KNOWN, row.get(f"{name}_reason") or "")
    low, high, counted = row.get(f"{name}_low"), row.get(f"{name}_high"), row.get(n)
    parts = [formats.share_range(low, high)] if low is not None and high is not None else []
    if counted is not None:
        parts.append(counting(counted))
    return Cell(formats.share(row[name]), "; ".join(parts))


def between(low: float | None, high: float | None, write: Callable[[float], str]) -> str:
    """The interval of an estimate, written; empty where it is not known."""
    return "" if low is None or high is None else head.BETWEEN.format(low=write(low), high=write(high))


def counting(n: int) -> str:
    """What an estimate rests on: n = 1,204; few are called few."""
    return f"n = {formats.count(n)}" + (f", {say.SMALL_SAMPLE}" if n < 30 else "")


def listed(texts: Sequence[str]) -> tuple[str, ...]:
    """Sentences without empty ones and repetitions."""
    return tuple(dict.fromkeys(text for text in texts if text))
