"""All that is known of one person, as files the person can read: JSON for programs, a CSV a table for spreadsheets."""

# ruff: noqa: S608  SQL is put together of names of our own columns, keys and file names; see quoted()

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pyarrow as pa

from regulars import audit
from regulars.exports import as_csv
from regulars.groups.publishing import groups, members
from regulars.log.durable import sync_file
from regulars.privacy.contact import consents_of
from regulars.privacy.person import Person, PrivacyError, person_of

if TYPE_CHECKING:
    from regulars.workspace import Workspace

Row = Mapping[str, object]
JSON_NAME, README_NAME = "person.json", "README.txt"
# What each part holds, in the order of the files; told in README.txt and, as "about", in the JSON.
PARTS: dict[str, str] = {
    "records": "one row a record: the number under which a source (shop, call centre, ...) knows the person",
    "details": "one row a statement: what one import or page said of name, e-mail, phone, birthday, address, consents",
    "consents": "one row a statement about a consent: purpose, granted or withdrawn, when, where, proof",
    "interactions": "one row a contact between the person and the company: orders, calls, visits, complaints, answers",
    "items": "one row a line of an order",
    "answers": "one row an answer to a question of a survey",
    "facts": "one row a thing noted about the person, every version of it; the newest one counts",
    "clients": "one row what one import said of the person's attributes: type, city, how they came",
    "joins": "one row a statement that two records are, or are not, one person; how and why",
    "groups": "one row a target group of the company that the person is in",
    "imports": "one row an import that brought any of this: when, by whom, from which source",
}
# Parts that another program keeps (the web application): name -> what it holds, and the person's rows of it.
Part = Callable[[Person], Sequence[Row]]
_further: dict[str, tuple[str, Part]] = {}
_BY_KEY = ("interactions", "clients", "facts")


@dataclass(frozen=True)
class PersonExport:
    """Everything about one customer. ``parts``: name -> rows, names as in PARTS; a part without rows is empty."""

    customer_key: int
    company: str
    made_at: datetime
    made_by: str
    parts: Mapping[str, Sequence[Row]]

    def as_json(self) -> str:
        """One object: customer_key, company, made_at, made_by, about (what each part holds) and the parts."""
        content = {
            "customer_key": self.customer_key,
            "company": self.company,
            "made_at": self.made_at.isoformat(),
            "made_by": self.made_by,
            "about": {name: text for name, text in _about().items() if name in self.parts},
            **{name: list(rows) for name, rows in self.parts.items()},
        }
        return json.dumps(content, ensure_ascii=False, indent=2, default=_plain)

    def files(self) -> dict[str, str]:
        """File name -> text: README, JSON and a CSV for each part that has rows."""
        found = {README_NAME: self._readme(), JSON_NAME: self.as_json()}
        for name, rows in self.parts.items():
            if rows:
                found[f"{name}.csv"] = "\ufeff" + as_csv(_as_table(rows))
        return found

    def write(self, target: Path | IO[bytes]) -> None:
        """Write it into a zip (a path that ends in .zip, or an open stream), or as files into a folder.

        Only this user may read what is written. Raises PrivacyError where it cannot be written.
        """
        if not isinstance(target, Path):
            target.write(self._packed())
            return
        try:
            if target.suffix.lower() == ".zip":
                target.parent.mkdir(parents=True, exist_ok=True)
                _write_private(target, self._packed())
                return
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name, text in self.files().items():
                _write_private(target / name, text.encode())
        except OSError as error:
            raise PrivacyError(f"{target} cannot be written: {error.strerror or error}. Name another place.") from error

    def _packed(self) -> bytes:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, text in self.files().items():
                packed.writestr(name, text)
        return content.getvalue()

    def _readme(self) -> str:
        lines = [
            f"All that {self.company} keeps about you, taken on {self.made_at:%Y-%m-%d %H:%M} UTC.",
            "",
            f"{JSON_NAME} holds everything. The CSV files hold the same, one a table, for spreadsheet programs.",
            "Times are UTC. Amounts are in the company's currency unless a column says otherwise.",
            "",
            *(f"{name}: {len(self.parts[name])} rows; {text}" for name, text in _about().items() if name in self.parts),
        ]
        return "\r\n".join(lines) + "\r\n"


def register_part(name: str, about: str, rows: Part) -> None:
    """Add a part that is kept outside the library; every later export holds it too.

    ``about`` says what one row is, for the reader. The same name again replaces the part.
    """
    _further[name] = (about, rows)


def forget_parts() -> None:
    """Take every such part out again (the web application has kept nothing yet)."""
    _further.clear()


def export_person(workspace: Workspace, customer_key: int, *, by: str, now: datetime) -> PersonExport:
    """Everything about a customer and all joined records; the audit trail keeps that it was exported.

    Raises UnknownPerson where nobody is known by that key.
    """
    person = person_of(workspace, customer_key)
    history = workspace.imports()
    parts: dict[str, Sequence[Row]] = {
        "records": person.records,
        "details": _dated(person.details, history),
        "consents": [one.__dict__ for one in consents_of(workspace, person.customer_key)],
        **_from_log(workspace, person),
        "groups": _groups_of(workspace, person.customer_key),
        **{name: rows(person) for name, (_, rows) in _further.items()},
    }
    brought = {row.get("import_id") for rows in parts.values() for row in rows}
    shown = ("import_id", "event", "recorded_at", "recorded_by", "source", "form", "file_name")
    parts["imports"] = [{name: row[name] for name in shown} for row in history if row["import_id"] in brought]
    audit.record(
        workspace.folder,
        "person exported",
        by=by,
        now=now,
        customer_key=person.customer_key,
        rows={name: len(rows) for name, rows in parts.items()},
    )
    ordered = {name: parts[name] for name in _about()}
    return PersonExport(person.customer_key, workspace.settings.name, now, by, ordered)


def _about() -> dict[str, str]:
    """What each part holds, in the order of the files; those kept elsewhere before the last one."""
    own = {name: text for name, text in PARTS.items() if name != "imports"}
    return own | {name: about for name, (about, _) in _further.items()} | {"imports": PARTS["imports"]}


def _from_log(workspace: Workspace, person: Person) -> dict[str, Sequence[Row]]:
    """The log's rows of these keys as they were written, what waits in the inbox among them."""
    listed = ", ".join(str(key) for key in sorted(person.keys))
    found: dict[str, Sequence[Row]] = {}
    with workspace.engine() as engine:

        def rows(table: str, where: str, order: str) -> list[Row]:
            answer: list[Row] = engine.run(f"SELECT * FROM recorded_{table} WHERE {where} ORDER BY {order}").to_pylist()
            return answer

        for table in _BY_KEY:
            order = {"interactions": "occurred_at, interaction_id", "facts": "name, known_at"}.get(table, "asserted_at")
            found[table] = rows(table, f"client_key IN ({listed})", order)
        touches = ", ".join(str(row["interaction_id"]) for row in found["interactions"]) or "NULL"
        for table in ("items", "answers"):
            found[table] = rows(table, f"interaction_id IN ({touches})", "interaction_id")
        pair = f"left_key IN ({listed}) OR right_key IN ({listed})"
        found["joins"] = rows("links", pair, "decided_at, left_key, right_key")
    return found


def _groups_of(workspace: Workspace, customer_key: int) -> list[Row]:
    """The groups in force that the customer is in today."""
    return [
        {"group": group.key, "name": group.name, "stance": str(group.stance)}
        for group in groups(workspace)
        if customer_key in members(workspace, group.key)
    ]


def _dated(details: Sequence[Row], history: Sequence[Row]) -> list[Row]:
    """The vault's statements with the day and the person that brought each."""
    brought = {row["import_id"]: row for row in history if row["event"] == "imported"}
    nothing: Row = {}
    dated: list[Row] = []
    for row in details:
        by = brought.get(row["import_id"], nothing)
        rest = {name: value for name, value in row.items() if name not in ("digest", "detail_id")}
        dated.append({**rest, "stated_at": by.get("recorded_at"), "stated_by": by.get("recorded_by")})
    return dated


def _as_table(rows: Sequence[Row]) -> pa.Table:
    """Rows as text columns, without those in which nothing stands."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    known = [name for name in names if any(row.get(name) is not None for row in rows)]
    return pa.table({name: pa.array([_cell(row.get(name)) for row in rows], pa.string()) for name in known})


def _cell(value: object) -> str | None:
    if value is None:
        return None
    return value if isinstance(value, str) else str(_plain(value))


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _write_private(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
        handle.write(content)
    sync_file(path)
