"""How long customers of the company's groups stay: one curve a group, as a customer may belong to several."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from regulars.groups.publishing import groups, members
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading

# Stands where the name of a column would; no name of a column begins so.
GROUPS = ":groups"
MOST_GROUPS = 12


def apart_by_group(frame: Frame, ask: Callable[..., Reading]) -> Reading:
    """What ``ask`` finds of each group in force, its name in the column GROUPS; the group chosen narrows each.

    A group of which nothing can be said has no rows; where that is so of all, the reason of the last one is given.
    """
    rows, notes, last = [], dict[str, None](), Reading()
    for one in [one for one in groups(frame.workspace) if one.readable][:MOST_GROUPS]:
        theirs = frozenset(members(frame.workspace, one.key))
        last = ask(members=theirs if frame.members is None else theirs & frame.members)
        rows += [row | {GROUPS: one.name} for row in last.rows]
        notes |= dict.fromkeys(last.notes)
    return replace(last, rows=rows, notes=tuple(notes), unknown="" if rows else last.unknown)
