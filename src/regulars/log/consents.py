"""Consents with proof: what a client agreed to or withdrew, when, where, in which words.

One row is one statement about one purpose; nothing is overwritten, the newest statement of a purpose counts. What
files said of consents stands in the vault's ``details`` and is read here as evidence too, with its source, dated by
the import that first said so: an export that says yes every month does not make an old yes new.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from regulars.errors import RegularsError
from regulars.log.databases import create_tables, schema_of
from regulars.log.vault import Vault, details, metadata

EMAIL, PHONE, POST, PROFILING, MARKETING = "e-mail", "phone", "post", "profiling", "marketing"
PURPOSES = (EMAIL, PHONE, POST, PROFILING, MARKETING)
GRANTED, WITHDRAWN = "granted", "withdrawn"

consents = sa.Table(
    "consents",
    metadata,
    sa.Column("consent_id", sa.Integer, primary_key=True),
    sa.Column("client_key", sa.BigInteger, nullable=False, index=True),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("given_at", sa.Text, nullable=False),  # ISO instant, UTC
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("proof", sa.Text, nullable=False),
    sa.Column("recorded_at", sa.Text, nullable=False),
    sa.Column("recorded_by", sa.Text, nullable=False),
    sa.Column("import_id", sa.BigInteger),
)

# How files call purposes, in lower case; what is not here is a purpose of its own.
_NAMES = {
    **dict.fromkeys(("email", "e-mail", "mail", "newsletter", "e-mail marketing", "email marketing", "имейл"), EMAIL),
    **dict.fromkeys(("phone", "telephone", "call", "calls", "sms", "телефон", "telefon"), PHONE),
    **dict.fromkeys(("post", "letter", "letters", "postal", "поща", "почта", "pošta", "posta"), POST),
    **dict.fromkeys(("profiling", "profile", "профилиране", "профилирование", "profilování", "profilleme"), PROFILING),
    **dict.fromkeys(("marketing", "consent", "gdpr", "kvkk", "маркетинг", "pazarlama"), MARKETING),
}
_YES = frozenset(("yes", "true", "1", "y", "да", "ano", "evet", "granted", "opted in", "opt-in", "subscribed"))
_NO = frozenset(
    ("no", "false", "0", "n", "не", "нет", "ne", "hayır", "withdrawn", "opted out", "opt-out", "unsubscribed")
)


class ConsentError(RegularsError):
    """A consent cannot be recorded as told."""

    code = "consent"


@dataclass(frozen=True)
class Consent:
    """One statement. ``import_id`` is null where a person recorded it; ``proof`` holds the words or the form."""

    client_key: int
    purpose: str
    state: str
    given_at: datetime
    source: str
    proof: str
    recorded_at: datetime
    recorded_by: str
    import_id: int | None = None


def record_consent(vault: Vault, consent: Consent) -> None:
    """Keep a statement; it is on the disk when this returns.

    Raises ConsentError for another state than granted or withdrawn, a grant without proof, or a time without zone.
    """
    if consent.state not in (GRANTED, WITHDRAWN):
        raise ConsentError(f"A consent is {GRANTED} or {WITHDRAWN}, not {consent.state!r}.")
    if not consent.purpose.strip():
        raise ConsentError(f"Say what the consent is for: {', '.join(PURPOSES)}, or a purpose of your own.")
    if consent.state == GRANTED and not consent.proof.strip():
        raise ConsentError(
            "A consent needs a proof: what the person said or signed, where, in which words. Without one it does not "
            "count before a court."
        )
    if consent.given_at.tzinfo is None or consent.recorded_at.tzinfo is None:
        raise ConsentError("The time of a consent must say its time zone.")
    create_tables(vault.engine, metadata)
    row = {
        **consent.__dict__,
        "purpose": purpose_named(consent.purpose),
        "given_at": _written(consent.given_at),
        "recorded_at": _written(consent.recorded_at),
    }
    with vault.engine.begin() as connection:
        connection.execute(consents.insert().values(row))


def consents_of(
    vault: Vault, client_keys: Collection[int], imports: Sequence[Mapping[str, object]] = ()
) -> list[Consent]:
    """Every statement about these records, oldest first; of one instant, the withdrawal last.

    imports  rows of the imports' history: they date what files said, and what an undone import said does not count
    """
    found = [*_recorded(vault, client_keys), *_said_by_files(vault, client_keys, imports)]
    return sorted(found, key=lambda consent: (consent.given_at, consent.state == WITHDRAWN))


def purpose_named(text: str) -> str:
    """The purpose as it is called here: newsletter is e-mail. What is not known stays as it is, in lower case."""
    plain = text.strip().lower()
    return _NAMES.get(plain, plain)


def statements(text: str) -> dict[str, str]:
    """Purpose -> granted or withdrawn, as a file's cell says: {"newsletter": true}, yes, нет, or 'e-mail, phone'.

    A bare yes or no is about marketing as a whole. What cannot be understood says nothing.
    """
    try:
        told = json.loads(text)
    except ValueError:
        told = text
    if isinstance(told, dict):
        pairs = {purpose_named(str(name)): _state(value) for name, value in told.items()}
        return {purpose: state for purpose, state in pairs.items() if state}
    if state := _state(told):
        return {MARKETING: state}
    pieces = [piece.strip().lower() for piece in str(told).replace(";", ",").split(",")]
    return {_NAMES[piece]: GRANTED for piece in pieces if piece in _NAMES}


def _state(value: object) -> str | None:
    plain = str(value).strip().lower()
    return GRANTED if plain in _YES else WITHDRAWN if plain in _NO else None


def _recorded(vault: Vault, client_keys: Collection[int]) -> Iterator[Consent]:
    if not sa.inspect(vault.engine).has_table(consents.name, schema=schema_of(vault.engine)):
        return
    query = sa.select(consents).where(consents.c.client_key.in_(sorted(client_keys)))
    with vault.engine.connect() as connection:
        for row in connection.execute(query).mappings():
            content = {name: row[name] for name in row if name != "consent_id"}
            for name in ("given_at", "recorded_at"):
                content[name] = datetime.fromisoformat(str(content[name]))
            yield Consent(**content)


def _said_by_files(
    vault: Vault, client_keys: Collection[int], imports: Sequence[Mapping[str, object]]
) -> Iterator[Consent]:
    undone = {row["import_id"] for row in imports if row["event"] == "undone"}
    known = {row["import_id"]: row for row in imports if row["import_id"] not in undone}
    wanted = details.c.client_key.in_(sorted(client_keys)) & details.c.consents.is_not(None)
    query = sa.select(details).where(wanted).order_by(details.c.import_id, details.c.detail_id)
    with vault.engine.connect() as connection:
        rows = [row for row in connection.execute(query) if row.import_id in known]
    last: dict[tuple[int, str, str], str] = {}
    for row in rows:
        for purpose, state in statements(row.consents).items():
            about = (row.client_key, row.source, purpose)
            if last.get(about) == state:
                continue  # said again, not given again
            last[about] = state
            history = known[row.import_id]
            at = _instant(history["recorded_at"])
            name = f" ({history['file_name']})" if history.get("file_name") else ""
            proof = f"import {row.import_id}{name} said: {row.consents}"
            by = str(history["recorded_by"])
            yield Consent(row.client_key, purpose, state, at, row.source, proof, at, by, row.import_id)


def _instant(value: object) -> datetime:
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
