"""What the worker counts while nobody asks for anything, so that the next visitor does not wait.

Apps register readings of theirs, each some seconds long at most on a log of usual size; what is counted lies in the
workspace's cache. A round begins when the log has changed, and stands back whenever there is a job.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from regulars.errors import RegularsError
from regulars.workspace import Workspace

Reading = Callable[[Workspace], object]
QUIET_SECONDS = 10.0  # without a job and without a new row

_READINGS: list[Reading] = []


def count_beforehand(*readings: Reading) -> None:
    """Have these counted in quiet times, in this order; each leaves what is counted already."""
    _READINGS.extend(reading for reading in readings if reading not in _READINGS)


class Beforehand:
    """One worker's rounds. ``state`` names what the log holds."""

    def __init__(self, state: Callable[[Workspace], str]) -> None:
        self._state = state
        self._counted: str | None = None
        self._left: deque[Reading] = deque()

    def step(self, workspace: Workspace) -> bool:
        """Count the next thing; False where all is counted over what the log holds now."""
        state = self._state(workspace)
        if state != self._counted:
            self._counted, self._left = state, deque(_READINGS)
        if not self._left:
            return False
        # What a log lacks is told on the page; here nobody asks. The page counts, and tells, for itself.
        try:
            self._left.popleft()(workspace)
        except RegularsError:
            return bool(self._left)
        return True
