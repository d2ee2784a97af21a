"""Published surveys as respondents' pages need them: read from the log once, not at every touch of a phone.

A version never changes, so it is kept as long as the process lives. Which version is in force is asked again after a
few seconds; where a colleague publishes or closes a survey in this process, ``forget`` makes it hold at once.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

from regulars.surveys import publishing
from regulars.surveys.definition import Survey, SurveyError
from regulars_web.shared.company import company, workspace_folder

SECONDS = 5.0
MOST_KEPT = 500

_lock = threading.Lock()
_newest: dict[tuple[Path, str], tuple[float, Survey | None]] = {}
_versions: dict[tuple[Path, str, int], Survey] = {}


def newest(key: str) -> Survey | None:
    """The newest version of a survey, closed or not; None where there never was one, or it cannot be read."""
    place, now = (workspace_folder(), key), time.monotonic()
    with _lock:
        found = _newest.get(place)
    if found and now - found[0] < SECONDS:
        return found[1]
    try:
        survey = publishing.history(company(), key)[-1].survey
    except SurveyError:
        survey = None
    with _lock:
        if len(_newest) >= MOST_KEPT:
            _newest.clear()
        _newest[place] = (now, survey)
    return survey


def version(key: str, number: int) -> Survey | None:
    """One version of a survey; None where it is not there any more."""
    place = (workspace_folder(), key, number)
    if place not in _versions:
        try:
            survey = publishing.survey(company(), key, number)
        except SurveyError:
            return None
        with _lock:
            if len(_versions) >= MOST_KEPT:
                _versions.clear()
            _versions[place] = survey
        return survey
    return _versions[place]


def forget() -> None:
    """Ask the log again next time: a survey was published or closed."""
    with _lock:
        _newest.clear()
