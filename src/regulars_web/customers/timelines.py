"""The time line of a card: which kinds of touches it shows, and its parts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from regulars.card import Card, open_card
from regulars.timeline import Touch, count_kinds, lines_of
from regulars.timeline import read_timeline as read_touches
from regulars.workspace import Workspace
from regulars_web.customers.touches import OWN_STEPS, Shown, bought, shown
from regulars_web.customers.words import kind_words

TOUCHES = 40
Counted = Sequence[tuple[str, int]]


@dataclass(frozen=True)
class Choice:
    """A kind of touch in the filter."""

    kind: str
    words: str
    touches: int
    chosen: bool


@dataclass(frozen=True)
class Timeline:
    """A part of the time line.

    before    asks for what lies before this part; None at the end
    choices   kinds to choose from, most frequent first
    filtered  whether somebody chose the kinds
    hidden    touches of kinds that are not shown
    query     the choice of kinds as it stands in the address
    """

    touches: list[Shown]
    before: str | None
    choices: list[Choice]
    filtered: bool
    hidden: int
    query: str


def open_with_timeline(
    workspace: Workspace, key: int, *, now: datetime, wanted: Collection[str]
) -> tuple[Card, Timeline]:
    """The card of a customer, and its time line: the kinds wanted, or all but the company's own steps."""
    kinds = list(wanted) or None
    card = open_card(workspace, key, now=now, limit=TOUCHES, kinds=kinds)
    return card, _timeline(workspace, card.touches, card.next_before, card.kinds or (), wanted)


def read_timeline(
    workspace: Workspace, key: int, *, now: datetime, wanted: Collection[str], before: str | None
) -> Timeline:
    """A part of the time line alone: after a choice of kinds, or further back (without choices)."""
    records = workspace.records_of(workspace.customer_of(key))
    with workspace.engine() as engine:
        part = read_touches(engine, records, now=now, limit=TOUCHES, before=before, kinds=list(wanted) or None)
        counted = count_kinds(engine, records) if before is None else ()
    return _timeline(workspace, part.touches, part.next_before, counted, wanted)


def read_lines(workspace: Workspace, key: int, touch: int) -> list[str] | None:
    """What was bought in one touch of a customer, in words; None where the customer has no such touch."""
    records = workspace.records_of(workspace.customer_of(key))
    among = ", ".join(str(int(record)) for record in records)
    sql = f"""
        SELECT 1 AS there FROM recorded_interactions
        WHERE client_key IN ({among}) AND interaction_id = {int(touch)}"""  # noqa: S608  numbers
    with workspace.engine() as engine:
        if not engine.run(sql).num_rows:
            return None
        return bought(lines_of(engine, [touch])[touch])


def _timeline(
    workspace: Workspace, touches: Sequence[Touch], before: str | None, counted: Counted, wanted: Collection[str]
) -> Timeline:
    """Own steps are taken out of what was read: cheaper than counting kinds first, but parts differ in length."""
    usual = not wanted and any(touch.kind not in OWN_STEPS for touch in touches)
    seen = [touch for touch in touches if touch.kind not in OWN_STEPS] if usual else touches
    choices = [
        Choice(kind, kind_words(kind), count, kind in wanted if wanted else kind not in OWN_STEPS or not usual)
        for kind, count in counted
    ]
    return Timeline(
        shown(seen, workspace.settings.currency),
        before,
        choices,
        filtered=bool(wanted),
        hidden=sum(choice.touches for choice in choices if not choice.chosen),
        query=urlencode([("kind", kind) for kind in sorted(wanted)]),
    )
