"""Who a customer is: all records joined into one, and the words by which the person would be found again."""

# ruff: noqa: S608  SQL is put together of names of our own columns, keys and file names; see quoted()

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from regulars.errors import RegularsError
from regulars.log.vault import details, records
from regulars.names.folding import fold
from regulars.names.phones import digits, normal

if TYPE_CHECKING:
    from regulars.workspace import Workspace

HIDDEN = ("email:", "phone:", "name:")  # references that the import made of personal details
FEWEST_DIGITS = 6  # of a phone number, to be looked for in texts
FEWEST_LETTERS = 4  # of a name or reference, to be looked for in texts
CHUNK = 5_000
Row = Mapping[str, object]


class PrivacyError(RegularsError):
    """Personal data cannot be found, exported or erased as asked."""

    code = "privacy"


class UnknownPerson(PrivacyError):
    """Nobody is known by that key or reference."""

    code = "unknown_person"


@dataclass(frozen=True)
class Person:
    """One customer with all joined records, as the vault knows them.

    customer_key  the key that the joined records share in measures and pages
    keys          client keys of all records, the customer's own among them
    records       rows of the vault's ``records``: source, reference, client_key
    details       rows of the vault's ``details``, oldest import first
    """

    customer_key: int
    keys: frozenset[int]
    records: tuple[Row, ...]
    details: tuple[Row, ...]

    def said(self, column: str) -> tuple[str, ...]:
        """Every different value that was ever stated of ``column`` (name, email, phone …), oldest first."""
        return tuple(dict.fromkeys(str(row[column]).strip() for row in self.details if row[column]))

    def marked(self, mark: str) -> tuple[str, ...]:
        """What stands in references that an import made of personal details; ``mark``: email:, phone: or name:"""
        own = (reference for _, reference in self.references)
        return tuple(reference.removeprefix(mark) for reference in own if reference.startswith(mark))

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        """(source, reference) of every record."""
        return tuple((str(row["source"]), str(row["reference"])) for row in self.records)


def person_of(workspace: Workspace, customer_key: int) -> Person:
    """The customer that the key belongs to. Raises UnknownPerson where neither vault nor log knows it."""
    keys = frozenset(workspace.records_of(workspace.customer_of(customer_key)))
    person = known_of(workspace, workspace.customer_of(customer_key), keys)
    if not person.records and not person.details and not in_log(workspace, keys):
        raise UnknownPerson(f"There is no customer {customer_key}. They may have been erased already.")
    return person


def known_of(workspace: Workspace, customer_key: int, keys: Iterable[int]) -> Person:
    """What the vault holds of these keys; may be nothing."""
    wanted = frozenset(keys)
    return Person(
        customer_key,
        wanted,
        tuple(sorted(_rows(workspace, records, wanted), key=lambda row: (str(row["source"]), str(row["reference"])))),
        tuple(sorted(_rows(workspace, details, wanted), key=lambda row: int(str(row["detail_id"])))),
    )


def in_log(workspace: Workspace, keys: frozenset[int]) -> bool:
    """Whether the log has a row of any of these keys."""
    listed = ", ".join(str(int(key)) for key in keys)
    tables = ("recorded_interactions", "recorded_clients", "recorded_facts")
    asked = " UNION ALL ".join(f"(SELECT 1 FROM {table} WHERE client_key IN ({listed}) LIMIT 1)" for table in tables)
    with workspace.engine() as engine:
        return bool(engine.run(asked).num_rows)


def find_person(workspace: Workspace, text: str) -> Person:
    """The customer that a reference (K123, or shop:K123 with its source), an e-mail address or a key names.

    Raises UnknownPerson where there is none, PrivacyError where several customers answer to it.
    """
    given = text.strip()
    customers = sorted({workspace.customer_of(key) for key in _keys_named(workspace, given)})
    if len(customers) > 1:
        raise PrivacyError(
            f"{given!r} names {len(customers)} customers. Say which: one of the keys "
            f"{', '.join(map(str, customers[:9]))}, or source:reference."
        )
    if not customers:
        raise UnknownPerson(f"Nobody is known as {given!r}. Give the customer's number, source:number, e-mail or key.")
    return person_of(workspace, customers[0])


def _keys_named(workspace: Workspace, given: str) -> set[int]:
    source, mark, reference = given.partition(":")
    named = records.c.reference == given
    if mark:
        named |= (records.c.source == source) & (records.c.reference == reference)
    stated = sa.func.lower(sa.func.trim(details.c.email)) == given.lower()
    with workspace.vault.engine.connect() as connection:
        found = {int(row[0]) for row in connection.execute(sa.select(records.c.client_key).where(named))}
        if not found and "@" in given:
            found = {int(row[0]) for row in connection.execute(sa.select(details.c.client_key).where(stated))}
    if not found and given.isascii() and given.isdigit() and int(given) < 2**63:
        key = int(given)
        found = {key} if in_log(workspace, frozenset({key})) or known_of(workspace, key, {key}).records else set()
    return found


def _rows(workspace: Workspace, table: sa.Table, keys: frozenset[int]) -> list[Row]:
    found: list[Row] = []
    wanted = sorted(keys)
    with workspace.vault.engine.connect() as connection:
        for start in range(0, len(wanted), CHUNK):
            query = sa.select(table).where(table.c.client_key.in_(wanted[start : start + CHUNK]))
            found += [dict(row) for row in connection.execute(query).mappings()]
    return found


@dataclass(frozen=True)
class Traces:
    """The words by which a person would be found in texts and files, in the forms texts are compared in.

    names    search forms of names, as sets of words: 'Kovac, Ana' is 'Ana Kovač'
    texts    e-mail addresses and postal addresses, lower case
    numbers  digits of telephone numbers, without what countries put in front
    cells    references: they count only where they are a whole cell
    written_together  names without spaces, as they are and last name first
    """

    names: tuple[frozenset[str], ...] = ()
    texts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    cells: frozenset[str] = frozenset()
    written_together: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names or self.texts or self.numbers or self.cells)

    def named_in(self, text: str) -> bool:
        """Whether a text, file name or cell holds a name, e-mail, address or phone number of the person."""
        lower = text.casefold()
        if any(piece in lower for piece in self.texts):
            return True
        if self.numbers and any(number in _runs_of_digits(text) for number in self.numbers):
            return True
        words = frozenset(fold(text).split()) if self.names else frozenset()
        return any(name <= words for name in self.names)

    def named_in_file_name(self, text: str) -> bool:
        """The same for a file's name, where words often stand without a space between them."""
        if self.named_in(text):
            return True
        squeezed = fold(text).replace(" ", "")
        pieces = [fold(piece).replace(" ", "") for piece in self.texts]
        return any(piece in squeezed for piece in (*pieces, *self.written_together)) or self.told_in([Path(text).stem])

    def told_in(self, cells: Iterable[str]) -> bool:
        """Whether a row of cells is about the person: by name, contact, or a cell that is a reference."""
        row = [cell for cell in cells if cell]
        return any(cell.strip().lstrip("'") in self.cells for cell in row) or self.named_in(" | ".join(row))


def traces_of(person: Person, country: str = "") -> Traces:
    """The traces of a person. Very short names and numbers are left out: they would be found everywhere."""
    names = [frozenset(fold(name).split()) for name in (*person.said("name"), *person.marked("name:"))]
    texts = [text.casefold() for column in ("email", "address") for text in person.said(column)]
    phones = (*person.said("phone"), *person.marked("phone:"))
    own = [reference for _, reference in person.references if not reference.startswith(HIDDEN)]
    folded = [fold(name).split() for name in (*person.said("name"), *person.marked("name:"))]
    together = ["".join(words) for name in folded if len(name) > 1 for words in (name, [*name[-1:], *name[:-1]])]
    return Traces(
        written_together=tuple(dict.fromkeys(together)),
        names=tuple(dict.fromkeys(name for name in names if len("".join(name)) >= FEWEST_LETTERS and len(name) > 1)),
        texts=tuple(dict.fromkeys((*texts, *person.marked("email:")))),
        numbers=tuple(dict.fromkeys(found for phone in phones if (found := _core(phone, country)))),
        cells=frozenset((*own, *(name for name in person.said("name") if " " not in name))),
    )


def _core(phone: str, country: str) -> str | None:
    """The last digits of a number: what all its spellings share."""
    known = digits(normal(phone, country) or phone)
    return known[-9:] if len(known) >= FEWEST_DIGITS else None


def _runs_of_digits(text: str) -> str:
    """The digits of a text, run together over the signs that phone numbers are written with."""
    return "".join(one if one.isdigit() else "" if one in " ()/.-+\u00a0" else "|" for one in text)
