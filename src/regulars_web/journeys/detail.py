"""How much of a map is drawn: the strongest paths, and what every step needs to be reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regulars_web.journeys.layout.ways import ways

START, END = "(start)", "(end)"
# From one step to another.
Path = tuple[str, str]
STEPS = tuple(range(10, 101, 5))
READABLE = 26  # paths that fit on a screen
LEAST, MOST = 30, 100


def strongest(counts: Mapping[Path, int], detail: int) -> list[Path]:
    """The paths to draw, strongest first: those that make up ``detail`` per cent of all moves, and the way to each.

    Every step that is drawn can be reached from the start, and leads to the end, wherever the log has such a way; of
    several the one whose weakest part is strongest. A path drawn with little detail is drawn with more, too.
    """
    order = sorted(counts, key=lambda path: (-counts[path], path))
    wanted, total, kept = detail / 100 * sum(counts.values()), 0, []
    for path in order:
        if kept and total >= wanted:
            break
        kept.append(path)
        total += counts[path]
    shown = set(kept)
    steps = {step for path in kept for step in path}
    to, back = ways(counts, START), ways({(b, a): n for (a, b), n in counts.items()}, END)
    for step in sorted(steps):
        shown |= set(_way(to, step)) | {(b, a) for a, b in _way(back, step)}
    return [path for path in order if path in shown]


def readable(counts: Mapping[Path, int], most: int = READABLE) -> int:
    """The most detail with which a map still fits on a screen."""
    for detail in reversed(STEPS):
        if detail <= LEAST or len(strongest(counts, detail)) <= most:
            return detail
    return LEAST


def read_detail(text: str, counts: Mapping[Path, int]) -> int:
    """The detail that an address asks for; what is readable where it asks for none."""
    if text.isascii() and text.isdigit() and len(text) < 4:
        return min(max(int(text), STEPS[0]), MOST)
    return readable(counts)


def _way(before: Mapping[str, str], step: str) -> Sequence[Path]:
    """The paths from the root to a step; nothing where there is no way."""
    found: list[Path] = []
    while step in before:
        found.append((before[step], step))
        step = before[step]
    return found
