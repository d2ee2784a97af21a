"""What is missing in the register, and what the log knows that it does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from regulars.errors import MeasureError
from regulars.touchpoints.parts import Hole, HoleKind, Seen, Touchpoint
from regulars.touchpoints.reading import confirmations, promises, standards, touchpoints

if TYPE_CHECKING:
    from regulars.workspace import Workspace

QUIET_DAYS: Final = 365
# kind -> sentence. Pages translate the sentence as a whole and fill in the same names.
SENTENCES: Final[dict[HoleKind, str]] = {
    "not registered": "{found} is met by customers and stands in no register: {traffic} touches. Register it.",
    "no owner": "Nobody answers for {found}. Name an owner.",
    "no standard": "{found} has no written standard. Write what a customer can count on there.",
    "nobody confirmed": "Nobody has confirmed the standard of {found} as it stands now. Ask those who work there.",
    "no promise": "Nothing that can be measured is promised at {found}. Promise one thing.",
    "no traffic": "Nobody was touched at {found} in the last {days} days. Retire it, or bring its data into the log.",
}


def seen(workspace: Workspace) -> list[Seen]:
    """Every touchpoint with a touch in the log, most touches first; none, an empty list."""
    try:
        rows = workspace.measure("touchpoints").to_arrow().to_pylist()
    except MeasureError:  # an empty log
        return []
    found = [
        Seen(row["touchpoint"], row["traffic"], row["customers"], row["first_on"], row["last_on"])
        for row in rows
        if row["traffic"]
    ]
    return sorted(found, key=lambda one: (-one.traffic, one.touchpoint))


def unregistered(workspace: Workspace, met: Sequence[Seen] | None = None) -> list[Seen]:
    """Touchpoints of the log that the register does not know, most touches first; retired ones are known.

    met  what ``seen`` gave, for callers that keep it
    """
    known = {one.key for one in touchpoints(workspace, retired=True)}
    return [one for one in (seen(workspace) if met is None else met) if one.touchpoint not in known]


def holes(workspace: Workspace, met: Sequence[Seen] | None = None) -> list[Hole]:
    """What is missing: first touchpoints that are not registered, then what the registered ones lack, by name.

    met  what ``seen`` gave, for callers that keep it
    """
    met = seen(workspace) if met is None else met
    registered = touchpoints(workspace)
    known = {one.key for one in touchpoints(workspace, retired=True)}
    found = [_hole("not registered", one.touchpoint, one) for one in met if one.touchpoint not in known]
    written, promised = standards(workspace), {one.touchpoint for one in promises(workspace)}
    read = {(one.touchpoint, one.version) for one in confirmations(workspace)}
    last_on = {one.touchpoint: one.last_on for one in met}
    newest = max(last_on.values(), default=None)
    for touchpoint in registered:
        standard = written.get(touchpoint.key)
        lacking: dict[HoleKind, bool] = {
            "no owner": not touchpoint.owner.strip(),
            "no standard": standard is None,
            "nobody confirmed": standard is not None and (touchpoint.key, standard.version) not in read,
            "no promise": touchpoint.key not in promised,
            "no traffic": _quiet(last_on.get(touchpoint.key), newest),
        }
        found += [_hole(kind, touchpoint) for kind, lacks in lacking.items() if lacks]
    return found


def _quiet(last_on: date | None, newest: date | None) -> bool:
    """Whether nothing happened for so long, counted from the newest day of the log."""
    return newest is not None and (last_on is None or newest - last_on > timedelta(days=QUIET_DAYS))


def _hole(kind: HoleKind, touchpoint: Touchpoint | str, met: Seen | None = None) -> Hole:
    key, called = (touchpoint, touchpoint) if isinstance(touchpoint, str) else (touchpoint.key, touchpoint.called)
    traffic = met.traffic if met else 0
    return Hole(kind, key, SENTENCES[kind].format(found=called, traffic=f"{traffic:,}", days=QUIET_DAYS))
