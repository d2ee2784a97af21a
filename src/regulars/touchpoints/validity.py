"""Whether a touchpoint, a standard or a promise can be used as it stands."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from regulars.names.keys import LONGEST_KEY
from regulars.touchpoints.errors import TouchpointError
from regulars.touchpoints.parts import AT_LEAST, PROMISE_COLUMNS, SORTS, STAGES, Guide, Promise, Standard, Touchpoint

LONGEST_NAME, LONGEST_TEXT = 120, 8_000
MOST_GUIDES = 40
YEAR_SECONDS, YEAR_DAYS = 366 * 86_400, 366
# Keys of promises that were written before pages made them may hold spaces.
_KEY = re.compile(r"[a-z0-9]+(?:[ -][a-z0-9]+)*")


def check_touchpoint(touchpoint: Touchpoint) -> Touchpoint:
    """The touchpoint itself. Raises TouchpointError with the first thing that has to be mended."""
    if not touchpoint.key.strip():
        raise TouchpointError("no_key")
    texts = (("the key", touchpoint.key), ("the name", touchpoint.name), ("the owner", touchpoint.owner))
    for where, text in (*texts, ("the channel", touchpoint.channel)):
        fits(text, where, LONGEST_NAME)
    if touchpoint.sort not in SORTS:
        raise TouchpointError("unknown_sort", found=repr(touchpoint.sort)[:40], known=", ".join(SORTS))
    _check_stages(touchpoint.stages)
    _check_guides(touchpoint.guides)
    return touchpoint


def check_standard(standard: Standard) -> Standard:
    """The standard itself. Raises TouchpointError with the first thing that has to be mended."""
    if not standard.key.strip():
        raise TouchpointError("no_key")
    if not standard.text.strip():
        raise TouchpointError("no_text")
    fits(standard.text, "the standard", LONGEST_TEXT)
    fits(standard.never, "what is never done", LONGEST_TEXT)
    return standard


def check_promise(promise: Promise) -> Promise:
    """The promise itself. Raises TouchpointError with the first thing that has to be mended."""
    if not _KEY.fullmatch(promise.key) or len(promise.key) > LONGEST_KEY:
        raise TouchpointError("bad_key", found=repr(promise.key)[:80], limit=LONGEST_KEY)
    if not promise.touchpoint.strip():
        raise TouchpointError("no_touchpoint")
    if promise.column not in PROMISE_COLUMNS:
        raise TouchpointError("unknown_column", found=repr(promise.column)[:40], known=", ".join(PROMISE_COLUMNS))
    texts = (("the name", promise.name), ("the touchpoint", promise.touchpoint))
    for where, text in (*texts, ("the kind", promise.kind), ("the step", promise.step)):
        fits(text, where, LONGEST_NAME)
    _check_limit(promise)
    return promise


def fits(text: str, where: str, limit: int) -> None:
    """Raises TouchpointError for a text that is too long or cannot be shown."""
    if len(text) > limit:
        raise TouchpointError("text_too_long", where=where, limit=limit)
    if any((ord(letter) < 32 and letter not in "\n\t\r") or 0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise TouchpointError("unprintable", where=where)


def _check_stages(stages: Sequence[str]) -> None:
    for place, stage in enumerate(stages):
        if stage not in STAGES:
            raise TouchpointError("unknown_stage", found=repr(stage)[:40], known=", ".join(STAGES))
        if stage in stages[:place]:
            raise TouchpointError("same_stage", found=stage)


def _check_guides(guides: Sequence[Guide]) -> None:
    if len(guides) > MOST_GUIDES:
        raise TouchpointError("too_many_guides", found=len(guides), limit=MOST_GUIDES)
    for number, guide in enumerate(guides, 1):
        if not guide.title.strip() or not guide.text.strip():
            raise TouchpointError("empty_guide", number=number)
        fits(guide.title, f"talk guide {number}", LONGEST_NAME)
        fits(guide.text, f"talk guide {number}", LONGEST_TEXT)


def _check_limit(promise: Promise) -> None:
    found = [limit for limit in (promise.at_most, promise.at_least) if limit is not None]
    if not found:
        raise TouchpointError("no_limit")
    if len(found) > 1:
        raise TouchpointError("two_limits")
    if (promise.at_least is not None) != (promise.column in AT_LEAST):
        raise TouchpointError("wrong_limit", column=promise.column)
    low, high = bounds(promise)
    if not math.isfinite(found[0]) or not low <= found[0] <= high:
        raise TouchpointError("bad_limit", found=found[0], low=low, high=high)


def bounds(promise: Promise) -> tuple[int, int]:
    """Least and greatest limit that a promise of this kind can have."""
    if promise.column in AT_LEAST:
        return 1, 100
    return (0, YEAR_DAYS) if promise.column == "late_days" else (0, YEAR_SECONDS)
