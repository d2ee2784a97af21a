"""Whom a survey may reach: the newest word of any of a customer's records counts, as everywhere.

A refusal of surveys holds until the customer agrees to surveys again; a yes to newsletters does not undo it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from regulars.log import consents as statements
from regulars.log.consents import GRANTED, MARKETING, WITHDRAWN, Consent
from regulars.workspace import Workspace

SURVEYS = "surveys"  # the purpose under which a refusal of surveys is kept
CHUNK = 5_000
NO_CONSENT, REFUSED = "no consent", "refused"

One = TypeVar("One")


@dataclass(frozen=True)
class Reach:
    """What is known of one customer: where a mail goes, and why it may not; ``against`` "" where it may."""

    customer_key: int
    name: str
    email: str
    phone: str
    address: str
    against: str


def reaches(
    workspace: Workspace, customer_keys: Collection[int], purpose: str, *, only_agreed: bool
) -> dict[int, Reach]:
    """Customer key -> how they can be reached. Keys that nobody knows any more (erased, undone) are left out.

    purpose      e-mail, phone or post
    only_agreed  leave out those of whom no consent is recorded, not only those who refused
    """
    customers = workspace.customers()
    imports = workspace.imports()
    found: dict[int, Reach] = {}
    for keys in _chunks(customer_keys):
        of_record = {record: key for key in keys for record in customers.records_of(key)}
        said = _by_customer(statements.consents_of(workspace.vault, list(of_record), imports), of_record)
        people = _people(workspace, of_record)
        for key in keys:
            if key in people:
                against = why_not(said.get(key, []), purpose, only_agreed=only_agreed)
                found[key] = Reach(key, **people[key], against=against)
    return found


def why_not(said: Iterable[Consent], purpose: str, *, only_agreed: bool) -> str:
    """Why a customer may not be asked: "refused", "no consent", or "" where they may.

    said  every statement of the customer's records, oldest first
    """
    about = list(said)
    surveys = [one for one in about if one.purpose == SURVEYS]
    if surveys and surveys[-1].state == WITHDRAWN:
        return REFUSED
    decisive = [
        one
        for one in about
        if one.purpose in (SURVEYS, purpose) or (one.purpose == MARKETING and one.state == WITHDRAWN)
    ]
    if decisive:
        return "" if decisive[-1].state == GRANTED else REFUSED
    return NO_CONSENT if only_agreed else ""


def _by_customer(said: Iterable[Consent], of_record: Mapping[int, int]) -> dict[int, list[Consent]]:
    found: dict[int, list[Consent]] = {}
    for one in said:
        found.setdefault(of_record[one.client_key], []).append(one)
    return found


def _people(workspace: Workspace, of_record: Mapping[int, int]) -> dict[int, dict[str, str]]:
    """Customer key -> name, email, phone, address; those of whom the vault knows no record are left out."""
    there = workspace.vault.records_of(of_record)
    details = workspace.vault.people(of_record)
    found: dict[int, dict[str, str]] = {}
    for record, key in of_record.items():
        if record not in there and record not in details:
            continue
        person = found.setdefault(key, {"name": "", "email": "", "phone": "", "address": ""})
        for part in person:
            person[part] = details.get(record, {}).get(part) or person[part]
    return found


def _chunks(values: Iterable[One]) -> Iterable[list[One]]:
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
