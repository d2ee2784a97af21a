"""The customer card: what a colleague sees when the customer calls, and the contact that is logged afterwards."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from regulars.base.opening import open_base
from regulars.base.queries import IS_CONTACT, NO_CONTACT
from regulars.errors import RegularsError
from regulars.facts import Fact, facts_of
from regulars.log.inbox import PAGES, Entry
from regulars.log.search_terms import HIDDEN_REFERENCES
from regulars.log.vault import details, records
from regulars.timeline import Touch, count_kinds, read_timeline

if TYPE_CHECKING:
    from regulars.base.building import About
    from regulars.workspace import Workspace

PERSONAL = ("name", "email", "phone", "birthday", "address")
LONGEST_NOTE, LONGEST_WORD = 10_000, 120
MOST_CHOICES = 50
CHOSEN = ("kind", "touchpoint", "channel", "outcome")
Choice = Literal["kind", "touchpoint", "channel", "outcome"]


class CardError(RegularsError):
    """A card of nobody."""

    code = "card"


class ContactError(RegularsError):
    """A contact that cannot be kept as it was filled in."""

    code = "contact"


@dataclass(frozen=True)
class Detail:
    """One value of a personal detail: which source said it, in which import, and when that import was."""

    value: str
    source: str
    import_id: int
    said_at: datetime | None


@dataclass(frozen=True)
class Record:
    """One record of the customer in one source; ``reference`` is "" where the source has no number of its own."""

    client_key: int
    source: str
    reference: str


@dataclass(frozen=True)
class Card:
    """Everything about one customer.

    row          the customer's row of the base, by column; None for one whom the base does not have yet
    about        what must be said beside it: the day, the currency, whether to believe what is expected
    details      name, email, phone, birthday, address -> every value ever said, the one that holds first
    records      what was joined; one record where nothing was
    touches      the time line, newest first; ``next_before`` asks for more, None at the end
    kinds        kinds of touches with their number, for the filter; None where ``before`` was given
    facts        what is known, those to be asked for again first
    """

    client_key: int
    name: str
    row: Mapping[str, Any] | None
    about: About
    details: Mapping[str, tuple[Detail, ...]]
    records: tuple[Record, ...]
    touches: tuple[Touch, ...]
    next_before: str | None
    kinds: tuple[tuple[str, int], ...] | None
    facts: tuple[Fact, ...]


def open_card(
    workspace: Workspace,
    customer_key: int,
    *,
    now: datetime,
    limit: int = 50,
    before: str | None = None,
    kinds: Iterable[str] | None = None,
) -> Card:
    """The card of a customer, by the key of the customer or of any of the records.

    Whoever shows it records that it was shown. Raises CardError where the log and the vault know nobody of that key.
    """
    customer = workspace.customer_of(customer_key)
    keys = workspace.records_of(customer)
    base = open_base(workspace)
    with workspace.engine() as engine:
        part = read_timeline(engine, keys, now=now, limit=limit, before=before, kinds=kinds)
        counted = tuple(count_kinds(engine, keys)) if before is None else None
    known, personal = _records(workspace, keys), _details(workspace, keys)
    row = base.row(customer)
    if row is None and not known and not part.touches:
        raise CardError("There is no customer with this number. The customer may have been erased or joined.")
    return Card(
        client_key=customer,
        name=next((detail.value for detail in personal["name"]), ""),
        row=row,
        about=base.about,
        details=personal,
        records=known,
        touches=part.touches,
        next_before=part.next_before,
        kinds=counted,
        facts=tuple(facts_of(workspace, customer, now=now)),
    )


def log_contact(
    workspace: Workspace,
    customer_key: int,
    *,
    kind: str,
    by: str,
    now: datetime,
    touchpoint: str = "",
    channel: str = "",
    outcome: str = "",
    text: str = "",
    initiated_by: Literal["client", "company"] | None = None,
    request_id: str | None = None,
) -> bool:
    """Keep one contact in the log; it is durable and on the card when this returns.

    kind  call, message, visit, complaint, gesture, ...; what money goes with comes from the shop's own files

    Returns False where this request was kept before. Raises ContactError for what cannot be kept.
    """
    words = {"kind": kind.lower(), "touchpoint": touchpoint, "channel": channel, "outcome": outcome}
    plain = {name: " ".join(word.split()) for name, word in words.items()}
    _check_contact(plain, text, initiated_by)
    local = now.astimezone(ZoneInfo(workspace.settings.time_zone))
    row: dict[str, object] = {
        "client_key": workspace.customer_of(customer_key),
        "source": PAGES,
        "occurred_at": now.astimezone(UTC),
        "occurred_on": local.date(),
        "employee": by,
        "initiated_by": initiated_by,
        "text": text.strip() or None,
        **{name: word or None for name, word in plain.items()},
    }
    return workspace.add([Entry("interactions", row)], request_id=request_id)


def touchpoint_choices(workspace: Workspace) -> list[str]:
    """Touchpoints that contacts in the log name, most used first, at most 50."""
    return _choices(workspace)["touchpoint"]


def channel_choices(workspace: Workspace) -> list[str]:
    """Channels, likewise."""
    return _choices(workspace)["channel"]


def outcome_choices(workspace: Workspace) -> list[str]:
    """Outcomes, likewise."""
    return _choices(workspace)["outcome"]


def kind_choices(workspace: Workspace) -> list[str]:
    """Kinds of contacts, likewise; those that every company has come after those in the log."""
    usual = ["call", "message", "visit", "complaint", "gesture"]
    return list(dict.fromkeys([*_choices(workspace)["kind"], *usual]))


# Inside ----------------------------------------------------------------------------------------------

_known_choices: dict[str, tuple[object, dict[str, list[str]]]] = {}
_known_imports: dict[str, tuple[object, dict[int, datetime]]] = {}
_guard = threading.Lock()


def _check_contact(words: Mapping[str, str], text: str, initiated_by: str | None) -> None:
    if not words["kind"]:
        raise ContactError("Say what kind of contact it was: a call, a message, a visit.")
    if words["kind"] in NO_CONTACT:
        raise ContactError(f"{words['kind']!r} is no contact. Sales and refunds come with the shop's file.")
    for name, word in words.items():
        if len(word) > LONGEST_WORD or not word.isprintable():
            raise ContactError(f"The {name} is longer than {LONGEST_WORD} letters. Put the story into the note.")
    if len(text) > LONGEST_NOTE or "\0" in text:
        raise ContactError(f"The note is longer than {LONGEST_NOTE:,} letters. Keep what matters.")
    if initiated_by not in (None, "client", "company"):
        raise ContactError("Who spoke first is either the client or the company.")


def _details(workspace: Workspace, keys: Sequence[int]) -> dict[str, tuple[Detail, ...]]:
    """Every value of each detail once, with its newest source, the newest value first."""
    said_at = _import_times(workspace)
    newest_first = (details.c.import_id.desc(), details.c.detail_id.desc())
    with workspace.vault.engine.connect() as connection:
        query = sa.select(details).where(details.c.client_key.in_(keys)).order_by(*newest_first)
        rows = connection.execute(query).mappings().all()
    found: dict[str, dict[str, Detail]] = {name: {} for name in PERSONAL}
    for row in rows:
        for name in PERSONAL:
            if value := row[name]:
                detail = Detail(value, row["source"], row["import_id"], said_at.get(row["import_id"]))
                found[name].setdefault(value, detail)
    return {name: tuple(values.values()) for name, values in found.items()}


def _records(workspace: Workspace, keys: Sequence[int]) -> tuple[Record, ...]:
    query = sa.select(records).where(records.c.client_key.in_(keys)).order_by(records.c.source, records.c.reference)
    with workspace.vault.engine.connect() as connection:
        rows = connection.execute(query).all()
    return tuple(
        Record(row.client_key, row.source, "" if row.reference.startswith(HIDDEN_REFERENCES) else row.reference)
        for row in rows
    )


def _import_times(workspace: Workspace) -> dict[int, datetime]:
    """When each import was; read once for a version of the history."""
    home, version = str(workspace.folder.resolve()), workspace.log.head().versions["imports"]
    known = _known_imports.get(home)
    if known is None or known[0] != version:
        rows = workspace.imports()
        times = {int(str(row["import_id"])): row["recorded_at"] for row in rows if row["event"] == "imported"}
        known = (version, {number: at for number, at in times.items() if isinstance(at, datetime)})
        with _guard:
            _known_imports[home] = known
    return known[1]


def _choices(workspace: Workspace) -> dict[str, list[str]]:
    """Words that contacts use, of each column; looked up once for a version of the log's interactions."""
    home, version = str(workspace.folder.resolve()), workspace.log.head().versions["interactions"]
    known = _known_choices.get(home)
    if known is None or known[0] != version:
        with workspace.engine() as engine:
            found = {column: _most_used(engine.run(_choices_sql(column)).to_pylist()) for column in CHOSEN}
        known = (version, found)
        with _guard:
            _known_choices[home] = known
    return {column: list(words) for column, words in known[1].items()}


def _choices_sql(column: str) -> str:
    return f"""
        SELECT {column} AS word, count(*) AS uses FROM recorded_interactions
        WHERE {column} IS NOT NULL AND {IS_CONTACT}
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST_CHOICES}"""  # noqa: S608  names of our own columns


def _most_used(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return [row["word"] for row in rows if row["word"].strip()]
