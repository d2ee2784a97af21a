"""A line as small as a word, beside a key number. It shows a shape only, so it is hidden from screen readers."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

FEWEST_POINTS = 4
_WIDTH, _HEIGHT, _EDGE = 100, 30, 2


def spark_line(values: Sequence[float]) -> Markup | None:
    """An SVG line through the values; None where there are too few to have a shape."""
    if len(values) < FEWEST_POINTS:
        return None
    low, high = min(0.0, *values), max(values)
    if high <= low:
        return None
    step = _WIDTH / (len(values) - 1)
    scale = (_HEIGHT - 2 * _EDGE) / (high - low)
    points = " ".join(
        f"{place * step:.1f},{_HEIGHT - _EDGE - (value - low) * scale:.1f}" for place, value in enumerate(values)
    )
    return Markup(
        '<svg class="spark" viewBox="0 0 100 30" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<polyline points="{}" vector-effect="non-scaling-stroke"/></svg>'
    ).format(points)
