"""Names of colleagues and partners that are typed by hand, kept as a staff file of one line would bring them.

A name and an e-mail stand in the vault alone, under the key of the person, which stays when they are named anew. Each
typing is an import of its own: the history shows that there was one, it can be taken back, the newest holds, and
whoever erases the person erases all of it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal

import pyarrow as pa

from regulars.imports.ready import add_tables
from regulars.log.locks import exclusive
from regulars.log.tables import CLIENTS
from regulars.people.errors import PeopleError
from regulars.people.reading import employees
from regulars.people.validity import LONGEST_NAME, fits
from regulars.privacy.kept_out import allow_again, is_suppressed

if TYPE_CHECKING:
    from regulars.people.parts import Employee
    from regulars.workspace import Workspace

Kind = Literal["employee", "partner"]
# Where those come from whom no file has named. A file of the same source finds them under their code.
SOURCES: Final[Mapping[Kind, str]] = {"employee": "staff", "partner": "partners"}
FORM = "customers"
LOCK = ".naming.lock"
LONGEST_EMAIL = 254


@dataclass(frozen=True)
class Details:
    """What the vault knows of a colleague or a partner; empty where nobody has said."""

    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class _Record:
    """Whose details they are: the key, and the record in the vault that it belongs to."""

    kind: Kind
    client_key: int | None
    source: str
    reference: str


def details_of(workspace: Workspace, client_key: int | None) -> Details:
    """The name and the e-mail under a key; empty where there is no key, or nobody has said."""
    if client_key is None:
        return Details()
    known = workspace.vault.people([client_key]).get(client_key, {})
    return Details(known.get("name", ""), known.get("email", ""))


# Employees -------------------------------------------------------------------------------------------------


def check_employee_details(workspace: Workspace, code: str, told: Details, *, fresh: bool = False) -> Details:
    """The details as they would be kept under a code. Raises PeopleError where they cannot be.

    fresh  they are told of somebody new, so the code may not be that of a colleague with another name
    """
    told, record = _checked(told), _of_employee(workspace, code)
    known = details_of(workspace, record.client_key)
    if fresh and known.name and known.name != told.name:
        raise PeopleError("code_named", found=code)
    return _allowed(workspace, record, known, told)


def name_employee(
    workspace: Workspace, code: str, told: Details, *, by: str, now: datetime, fresh: bool = False
) -> bool:
    """Keep the name and the e-mail of the employee with this code; False where all of it is known already.

    Nobody is made an employee by it who was none: with a name comes what the log knows of the code. What is empty and
    was never known stays so. Raises PeopleError as ``check_employee_details`` does.
    """
    with _alone(workspace):
        wanted = check_employee_details(workspace, code, told, fresh=fresh)
        record = _of_employee(workspace, code)
        return _keep(workspace, record, wanted, {"code": code}, by=by, now=now)


def _of_employee(workspace: Workspace, code: str) -> _Record:
    found = next((one for one in employees(workspace, gone=True) if one.code == code), None)
    return _record(workspace, "employee", found.client_key if found else None, code)


def next_code(listed: list[Employee]) -> str:
    """A code for somebody new, where all codes were given here; "" where they come from files, which know better."""
    numbers = [one.code[1:] for one in listed if one.code[:1] == "S" and one.code[1:].isdecimal()]
    if len(numbers) < len(listed):
        return ""
    return f"S{max(map(int, numbers), default=0) + 1:02d}"


def let_in_again(workspace: Workspace, code: str, *, by: str, now: datetime) -> int:
    """Let in again whoever was erased under this code; returns how many people that were.

    Whoever was named by hand without an e-mail was known by nothing else. What was erased stays erased.
    """
    record = _Record("employee", None, SOURCES["employee"], code)
    return allow_again(workspace, by=by, now=now, references=_references(workspace, record))


# Partners --------------------------------------------------------------------------------------------------


def check_partner_details(workspace: Workspace, client_key: int | None, told: Details) -> Details:
    """The details as they would be kept of a partner. Raises PeopleError where they cannot be."""
    record = _record(workspace, "partner", client_key, "")
    return _allowed(workspace, record, details_of(workspace, client_key), _checked(told, needed=True))


def name_partner(
    workspace: Workspace,
    client_key: int | None,
    told: Details,
    *,
    by: str,
    now: datetime,
    request_id: str | None = None,
) -> bool:
    """Keep the name and the e-mail of a partner, None for a new one; False where all of it is known already.

    request_id  names the request, so that a double click makes one new partner

    Raises PeopleError for details that cannot be kept.
    """
    with _alone(workspace):
        wanted = check_partner_details(workspace, client_key, told)
        record = _record(workspace, "partner", client_key, _new_reference(request_id))
        return _keep(workspace, record, wanted, {}, by=by, now=now)


def _new_reference(request_id: str | None) -> str:
    """It says nothing of the partner, whose name may be that of a person."""
    told = hashlib.sha256(request_id.encode()).hexdigest()[:12] if request_id else secrets.token_hex(6)
    return f"P-{told}"


# Inside ----------------------------------------------------------------------------------------------------


@contextmanager
def _alone(workspace: Workspace) -> Iterator[None]:
    """One typing after the other, so that one sent twice finds itself; meanwhile nobody is erased or undone."""
    with exclusive(workspace.log.folder / LOCK), workspace.writing():
        yield


def _record(workspace: Workspace, kind: Kind, client_key: int | None, reference: str) -> _Record:
    """The record whose key this is; for somebody whom no file has named, the one that would be made."""
    if client_key is None:
        return _Record(kind, None, SOURCES[kind], reference)
    known = workspace.vault.records_of([client_key]).get(client_key)
    source, own = known[0] if known else (SOURCES[kind], reference or f"P-{client_key}")
    return _Record(kind, client_key, source, own)


def _checked(told: Details, *, needed: bool = False) -> Details:
    name, email = " ".join(told.name.split()), told.email.strip()
    if needed and not name:
        raise PeopleError("no_name")
    fits(name, "the name", LONGEST_NAME)
    fits(email, "the e-mail", LONGEST_EMAIL)
    if email and (email.count("@") != 1 or len(email.split()) != 1 or email.startswith("@") or email.endswith("@")):
        raise PeopleError("bad_email")
    return Details(name, email)


def _allowed(workspace: Workspace, record: _Record, known: Details, told: Details) -> Details:
    """The details themselves, where nothing is lost by them and nobody comes back who was erased."""
    if (known.name and not told.name) or (known.email and not told.email):
        raise PeopleError("details_emptied")
    if told == known:
        return told
    if told.email and told.email != known.email and is_suppressed(workspace, emails=[told.email]):
        raise PeopleError("erased_email")
    told_of_code = record.client_key is None and record.reference
    if told_of_code and is_suppressed(workspace, references=_references(workspace, record)):
        raise PeopleError("erased_code", found=record.reference)
    return told


def _references(workspace: Workspace, record: _Record) -> list[tuple[str, str]]:
    """Under what the person of a code may stand on the list of erased people."""
    return [(source, one) for source in _sources(workspace) for one in (record.reference, _apart(record))]


def _sources(workspace: Workspace) -> set[str]:
    """Where colleagues come from: a code means the same person in all of these."""
    keys = [one.client_key for one in employees(workspace, gone=True) if one.client_key is not None]
    found = workspace.vault.records_of(keys).values()
    return {SOURCES["employee"], *(source for records in found for source, _reference in records)}


def _keep(
    workspace: Workspace, record: _Record, told: Details, said: Mapping[str, str], *, by: str, now: datetime
) -> bool:
    """Put the details into the vault and their import into the history."""
    if told == details_of(workspace, record.client_key):
        return False
    key = _key(workspace, record)
    if details_of(workspace, key) == told:  # the very same typing, sent twice
        return False
    listed = _listed(workspace, key, record.kind, said, now)
    number = add_tables(
        workspace.log,
        {"clients": listed} if listed.num_rows else {},
        form=FORM,
        source=record.source,
        by=by,
        now=now,
        summary={FORM: 1},
    )
    row = {"client_key": key, "source": record.source, "name": told.name or None, "email": told.email or None}
    workspace.vault.add_details(number, [row])
    return True


def _key(workspace: Workspace, record: _Record) -> int:
    """The key under which the details are kept; a new one for somebody new."""
    vault = workspace.vault
    if record.client_key is not None:
        if not vault.records_of([record.client_key]):
            row = {"client_key": record.client_key, "source": record.source, "reference": record.reference}
            vault.add_records([row])
        return record.client_key
    key = vault.keys(record.source, [record.reference])[record.reference]
    if {kind for kind, _attributes in _said(workspace, key)} <= {record.kind}:
        return key
    # A file of customers has the same source and number: that is somebody else.
    other = _apart(record)
    return vault.keys(record.source, [other])[other]


def _apart(record: _Record) -> str:
    return f"{record.kind} {record.reference}"


def _said(workspace: Workspace, key: int) -> list[tuple[str, str | None]]:
    """Kind and attributes as the log has them of a key, oldest first."""
    with workspace.engine() as engine:
        rows = engine.run(
            "SELECT kind, attributes FROM recorded_clients "  # noqa: S608  a whole number
            f"WHERE client_key = {int(key)} ORDER BY asserted_at NULLS FIRST, import_id"
        ).to_pylist()
    return [(row["kind"], row["attributes"]) for row in rows]


def _listed(workspace: Workspace, key: int, kind: Kind, said: Mapping[str, str], now: datetime) -> pa.Table:
    """The row of ``clients`` that says again what the newest ones said of them; none for what is no such client.

    It keeps them on the list though the file that named them first is taken back.
    """
    rows = _said(workspace, key)
    if rows and kind not in {one for one, _body in rows}:
        return CLIENTS.empty_table()
    attributes: dict[str, object] = {}
    for _kind, body in rows:
        told = json.loads(body or "{}")
        attributes |= told if isinstance(told, dict) else {}
    attributes.update(said)
    newest = json.dumps(attributes) if attributes else None
    one = {"client_key": key, "asserted_at": now.astimezone(UTC), "kind": kind, "attributes": newest}
    return pa.Table.from_pylist([one], schema=CLIENTS)
