"""What the form for a contact offers: the ways in which colleagues meet customers here, most used first."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from regulars.base.queries import KEPT_BY, NO_CONTACT
from regulars.log.inbox import PAGES
from regulars.workspace import Workspace
from regulars_web.customers.words import kind_words

BUTTONS = 6
# Where the log says little: what every company has.
USUAL = (("call", "", "phone"), ("message", "", "e-mail"), ("visit", "", ""))
_ASSEMBLY = ("assembly", "delivery_attempt")

_known: dict[str, tuple[object, list[tuple[str, str, str]]]] = {}
_guard = threading.Lock()


@dataclass(frozen=True)
class Way:
    """One button: it says kind, touchpoint and channel at once."""

    kind: str
    touchpoint: str
    channel: str

    @property
    def value(self) -> str:
        """The way as the form sends it."""
        return "|".join((self.kind, self.touchpoint, self.channel))

    @property
    def words(self) -> str:
        """What kind of contact."""
        return kind_words(self.kind)

    @property
    def detail(self) -> str:
        """Where and through what."""
        return self.touchpoint or self.channel


def ways(workspace: Workspace) -> list[Way]:
    """The buttons. Looked up once for each state of the log's tables."""
    home, version = str(workspace.folder.resolve()), workspace.log.head().versions["interactions"]
    known = _known.get(home)
    if known is None or known[0] != version:
        known = (version, _most_used(workspace))
        with _guard:
            _known[home] = known
    kinds = {kind for kind, _touchpoint, _channel in known[1]}
    listed = [*known[1], *(one for one in USUAL if one[0] not in kinds)]
    return [Way(*one) for one in listed[:BUTTONS]]


def way_of(text: str) -> Way | None:
    """The way that a sent form names; None for "something else"."""
    parts = text.split("|")
    return Way(*parts) if len(parts) == 3 and parts[0] else None


def _most_used(workspace: Workspace) -> list[tuple[str, str, str]]:
    """Ways by which a person of ours met a customer; what was logged here before comes first."""
    nobody = (*NO_CONTACT, *KEPT_BY, *_ASSEMBLY)
    sql = f"""
        SELECT kind, coalesce(touchpoint, '') AS touchpoint, coalesce(channel, '') AS channel
        FROM recorded_interactions WHERE employee IS NOT NULL AND kind NOT IN {nobody}
        GROUP BY ALL ORDER BY count(*) FILTER (source = '{PAGES}') DESC, count(*) DESC, 1, 2, 3
        LIMIT {BUTTONS - 1}"""  # noqa: S608  constants of our own
    with workspace.engine() as engine:
        rows = engine.run(sql).to_pylist()
    return [(row["kind"], row["touchpoint"], row["channel"]) for row in rows]
