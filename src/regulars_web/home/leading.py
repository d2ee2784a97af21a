"""What the page leads with: the index with its three views, the five steps, and known mistakes that warn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from regulars.programme.reading import answered_mistakes
from regulars_web.home.provenance import origins
from regulars_web.programme import indexing, known_mistakes, steps, words
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Readings

Context = dict[str, Any]
MOST_WARNINGS = 4


def index_context(read: Readings) -> Context:
    """The index, what it was measured on, its views, and where they disagree most."""
    reading = read["index"]
    whole = next((row for row in reading.rows if row["level"] == "index"), {})
    views = {row["name"]: row for row in reading.rows if row["level"] == "view"}
    gaps = [gap for gap in indexing.gaps_of(read["index_gaps"]) if gap["figure"].known and gap["apart"]]
    return {
        **indexing.scored(whole),
        "unknown": reading.unknown,
        "views": [{"name": name, **indexing.scored(views.get(view, {}))} for view, name in words.VIEWS.items()],
        "gap": gaps[0] if gaps else None,
        "marks": indexing.MARKS,
    }


def steps_context(frame: Frame, read: Readings) -> Context:
    """The five steps, each with how much of it is done."""
    found = steps.steps_of(read["steps"], frame.workspace)
    following = steps.next_things(found)
    return {
        "steps": found,
        "finding": steps.finding(found),
        "next": following[0] if following else None,
        "unknown": read["steps"].unknown,
    }


def lead_title(index: Mapping[str, Any]) -> str:
    """What the page says first."""
    score = index["score"]
    if not score.known:
        return _("How customer-focused we are is not known yet")
    if not score.interval:
        return _("Customer focus stands at %(score)s") % {"score": score.value}
    return _("Customer focus stands at %(score)s (%(interval)s)") % {"score": score.value, "interval": score.interval}


def warned_context(frame: Frame, read: Readings, user: Any, group: str) -> Context:
    """Known mistakes that warn; what was answered since they were counted is left out at once."""
    told = known_mistakes.mistakes_context(read, frame.workspace)
    today = timezone.localdate()
    answered = {key for key, one in answered_mistakes(frame.workspace).items() if one.until >= today}
    warns = [one for one in told["warns"] if one["key"] not in answered]
    return {
        **told,
        "title": known_mistakes.finding(warns) if warns else "",
        "warns": warns[:MOST_WARNINGS],
        "more": len(warns) - len(warns[:MOST_WARNINGS]),
        "request_id": uuid4().hex,
        "origins": origins(read, "mistakes"),
    }
