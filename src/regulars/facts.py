"""What was learned about a customer: said, confirmed, corrected or dropped, and never overwritten.

A fact is all rows of one fact_id; its newest row is what holds. Rows without a fact_id, as files bring them, are known
by the name, and for those of which a customer has several (needs, fears, ...) by the value too. Correcting one of
these gives it a number, under which its history is repeated, because its value cannot name it any more.

A confirmation given by mistake is taken back by a further row: both stay in the history, and the fact is again as old
as what was said before them.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, cast, get_args
from zoneinfo import ZoneInfo

from regulars.errors import RegularsError
from regulars.log.inbox import Entry

if TYPE_CHECKING:
    from regulars.workspace import Workspace

Status = Literal["stated", "confirmed", "corrected", "dropped", "taken back"]
STATUSES: tuple[Status, ...] = get_args(Status)
# Of these a customer has several at once; of any other name one.
SEVERAL = ("need", "fear", "preference", "expectation", "special date")
CONSENT_PREFIX = "consent"  # consents are facts with rules of their own: see regulars.privacy
LONGEST_NAME, LONGEST_VALUE = 100, 2_000
ID_BITS = 62
PAGES = "pages"
_LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
# Which rows tell of one fact, and the order in which they were said: in SQL what _identity and _rows are in Python.
_ONE_FACT = f"""client_key, fact_id, CASE WHEN fact_id IS NULL THEN name END,
    CASE WHEN fact_id IS NULL AND name IN {SEVERAL} THEN value END"""
_NEWEST_FIRST = "greatest(known_at, coalesce(confirmed_at, known_at)) DESC, import_id DESC, status, value"


class FactError(RegularsError):
    """A fact that cannot be kept, or is not there any more."""

    code = "fact"


@dataclass(frozen=True)
class Said:
    """One row of a fact's history: what was said of it, by whom, and when."""

    value: str
    source: str
    status: Status
    said_at: datetime | None
    said_by: str


@dataclass(frozen=True)
class Fact:
    """One thing known about a customer.

    fact_id       what confirm, correct and drop ask for
    known_at      when it was first known; None where its file did not say
    confirmed_at  when it was last confirmed or corrected; None for never
    age_days      whole days since somebody said so last; None where no row says when
    stale         older than regulars.toml allows facts of this name, or of unknown age
    history       every row, oldest first, the present one included
    """

    fact_id: str
    client_key: int
    name: str
    value: str
    source: str
    known_at: datetime | None
    confirmed_at: datetime | None
    confirmed_by: str
    age_days: int | None
    stale: bool
    history: tuple[Said, ...] = field(repr=False)


def standing_rows(rows: str) -> str:
    """The query for rows of facts that count: all but confirmations taken back, and the rows that took them back."""
    return f"""
        SELECT * EXCLUDE (said_next) FROM (
            SELECT *, lag(status) OVER (PARTITION BY {_ONE_FACT} ORDER BY {_NEWEST_FIRST}) AS said_next FROM {rows})
        WHERE status IS DISTINCT FROM 'taken back' AND said_next IS DISTINCT FROM 'taken back'"""  # noqa: S608  our own


def current_facts(columns: str, rows: str = "facts") -> str:
    """The query for the facts that hold: of each fact the newest row that counts, unless it was dropped."""
    return f"""
        SELECT {columns} FROM (
            SELECT *, row_number() OVER (PARTITION BY {_ONE_FACT} ORDER BY {_NEWEST_FIRST}) AS place
            FROM ({standing_rows(rows)}))
        WHERE place = 1 AND coalesce(status, 'stated') <> 'dropped' AND value IS NOT NULL"""  # noqa: S608  our own


def facts_of(workspace: Workspace, customer_key: int, *, now: datetime, dropped: bool = False) -> list[Fact]:
    """The facts of a customer, from all records: those to be asked for again first, then by name, newest first.

    dropped  those that were dropped instead, for the history
    """
    found = []
    for identity, rows in _by_fact(_rows(workspace, customer_key)).items():
        if (_standing(rows)[-1]["status"] == "dropped") is dropped:
            found.append(_fact(workspace, identity, rows, now))
    return sorted(found, key=lambda fact: (not fact.stale, fact.name, fact.age_days or 0, fact.value))


def learn(
    workspace: Workspace,
    customer_key: int,
    *,
    name: str,
    value: str,
    by: str,
    now: datetime,
    source: str = PAGES,
    request_id: str | None = None,
) -> bool:
    """Keep a new fact. False where this request was kept before.

    Of a name that a customer has once (an occupation, say) a new value corrects the old one.
    Raises FactError for an empty or too long name or value, or for a consent.
    """
    name, value = _checked_name(name), _checked_value(value)
    same = [
        fact
        for fact in facts_of(workspace, customer_key, now=now)
        if fact.name == name and (fact.value == value or name not in SEVERAL)
    ]
    if same and same[0].value == value:
        return confirm(workspace, customer_key, same[0].fact_id, by=by, now=now, request_id=request_id)
    if same:
        return correct(workspace, customer_key, same[0].fact_id, value=value, by=by, now=now, request_id=request_id)
    row = {"client_key": customer_key, "fact_id": _new_id(), "name": name, "value": value, "source": source}
    stated = {**row, "known_at": now, "confirmed_at": now, "confirmed_by": by, "status": "stated"}
    return workspace.add([Entry("facts", stated)], request_id=request_id)


def confirm(
    workspace: Workspace, customer_key: int, fact_id: str, *, by: str, now: datetime, request_id: str | None = None
) -> bool:
    """Say that a fact is still true. False where this request was kept before. Raises FactError for an unknown fact."""
    return _say(workspace, customer_key, fact_id, "confirmed", None, by, now, request_id)


def correct(
    workspace: Workspace,
    customer_key: int,
    fact_id: str,
    *,
    value: str,
    by: str,
    now: datetime,
    request_id: str | None = None,
) -> bool:
    """Give a fact another value; the old one stays in its history. Otherwise as :func:`confirm`."""
    return _say(workspace, customer_key, fact_id, "corrected", _checked_value(value), by, now, request_id)


def drop(
    workspace: Workspace, customer_key: int, fact_id: str, *, by: str, now: datetime, request_id: str | None = None
) -> bool:
    """Say that a fact is not true any more; it is history from now on. Otherwise as :func:`confirm`."""
    return _say(workspace, customer_key, fact_id, "dropped", None, by, now, request_id)


def take_back(
    workspace: Workspace, customer_key: int, fact_id: str, *, by: str, now: datetime, request_id: str | None = None
) -> bool:
    """Take back one's own confirmation, the last word about a fact: it is as old again as it was before.

    False where this request was kept before. Raises FactError where the last word was another.
    """
    rows = _by_fact(_rows(workspace, customer_key)).get(fact_id)
    last = rows[-1] if rows else {}
    if last.get("status") != "confirmed" or last["confirmed_by"] != by:
        raise FactError("The last word about this fact is not your confirmation, so it cannot be taken back.")
    at = max(now, _said_at(last) + timedelta(microseconds=1))
    said = {**last, "status": "taken back", "confirmed_at": at, "confirmed_by": by}
    return workspace.add([_entry(said)], request_id=request_id)


def _say(
    workspace: Workspace,
    customer_key: int,
    fact_id: str,
    status: Status,
    value: str | None,
    by: str,
    now: datetime,
    request_id: str | None,
) -> bool:
    rows = _by_fact(_rows(workspace, customer_key)).get(fact_id)
    if not rows or _standing(rows)[-1]["status"] == "dropped":
        raise FactError("This fact is not there any more: somebody dropped it. Open the card again.")
    last, how = _standing(rows)[-1], {"confirmed_at": now, "confirmed_by": by}
    said = {**last, "status": status, **how}
    before: list[dict[str, Any]] = []
    if value is not None:
        said |= {"value": value, "source": PAGES}
        if last["fact_id"] is None and last["name"] in SEVERAL:
            number = _new_id()
            said["fact_id"] = number
            before = [{**row, "fact_id": number} for row in rows] + [{**last, "status": "dropped", **how}]
    return workspace.add([_entry(row) for row in (*before, said)], request_id=request_id)


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry("facts", {name: value for name, value in row.items() if name != "import_id"})


def _rows(workspace: Workspace, customer_key: int) -> list[dict[str, Any]]:
    """All rows about a customer's facts, by when they were said."""
    keys = ", ".join(str(int(key)) for key in workspace.records_of(customer_key))
    sql = f"SELECT * FROM recorded_facts WHERE client_key IN ({keys}) AND value IS NOT NULL"  # noqa: S608  numbers
    with workspace.engine() as engine:
        rows: list[dict[str, Any]] = engine.run(sql).to_pylist()
    # Of rows said in one instant the same one holds as in a group's rule.
    rows.sort(key=lambda row: (row["status"] or "", row["value"]), reverse=True)
    return sorted(rows, key=lambda row: (_said_at(row), row["import_id"]))


def _said_at(row: Mapping[str, Any]) -> datetime:
    """When a row was said; a row that does not say it was before all others."""
    return max(row["known_at"] or _LONG_AGO, row["confirmed_at"] or _LONG_AGO)


def _by_fact(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Rows of each fact, in their order; consents are left out."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if not (row["name"] or "").startswith(CONSENT_PREFIX):
            found[_identity(row)].append(row)
    return dict(found)


def _standing(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of one fact that count; the first one always does."""
    after = [row["status"] for row in rows[1:]] + [None]
    return [row for row, later in zip(rows, after, strict=True) if "taken back" not in (row["status"], later)] or list(
        rows[:1]
    )


def _identity(row: Mapping[str, Any]) -> str:
    if row["fact_id"] is not None:
        return str(row["fact_id"])
    said = f"{row['name']}\x1f{row['value'] if row['name'] in SEVERAL else ''}"
    return "-" + hashlib.sha256(said.encode()).hexdigest()[:24]


def _fact(workspace: Workspace, identity: str, rows: Sequence[dict[str, Any]], now: datetime) -> Fact:
    counting = _standing(rows)
    last = counting[-1]
    said_at = _said_at(last)
    zone = ZoneInfo(workspace.settings.time_zone)
    age = (now.astimezone(zone).date() - said_at.astimezone(zone).date()).days if said_at > _LONG_AGO else None
    return Fact(
        fact_id=identity,
        client_key=last["client_key"],
        name=last["name"] or "",
        value=last["value"],
        source=last["source"] or "",
        known_at=min((row["known_at"] for row in counting if row["known_at"]), default=None),
        confirmed_at=last["confirmed_at"],
        confirmed_by=last["confirmed_by"] or "",
        age_days=None if age is None else max(age, 0),
        stale=age is None or age > workspace.settings.fact_days(last["name"] or ""),
        history=tuple(_history(row) for row in rows),
    )


def _history(row: Mapping[str, Any]) -> Said:
    status = row["status"] if row["status"] in STATUSES else "stated"
    at = _said_at(row)
    said_at, said_by = at if at > _LONG_AGO else None, row["confirmed_by"] or ""
    return Said(row["value"], row["source"] or "", cast(Status, status), said_at, said_by)


def _checked_name(name: str) -> str:
    found = " ".join(name.split())
    if not found or len(found) > LONGEST_NAME or not found.isprintable():
        raise FactError(f"Say what kind of fact it is, in up to {LONGEST_NAME} letters: need, fear, preference, ...")
    if found.startswith(CONSENT_PREFIX):
        raise FactError("A consent is kept with its proof. Record it under Consents.")
    return found


def _checked_value(value: str) -> str:
    found = value.strip()
    if not found or len(found) > LONGEST_VALUE or "\x00" in found:
        raise FactError(f"Say what is known, in up to {LONGEST_VALUE:,} letters.")
    return found


def _new_id() -> int:
    return 1 + secrets.randbits(ID_BITS)
