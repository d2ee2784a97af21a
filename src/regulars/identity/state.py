"""What the last run has seen of each record, so that the next looks at new and changed ones only.

Kept in the vault, since a digest of personal details is personal too: one row a record with a digest of what it was
compared by, and the run that did.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl
import sqlalchemy as sa

from regulars.log import databases
from regulars.log.vault import Vault

CHUNK = 5_000
metadata = sa.MetaData()
compared = sa.Table(
    "compared",
    metadata,
    sa.Column("client_key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("digest", sa.BigInteger, nullable=False),
    sa.Column("run", sa.BigInteger, nullable=False),
)


@dataclass(frozen=True)
class Seen:
    """Digest of what a record was compared by, and the run that did; 0: a run that had nothing to say."""

    digest: int
    run: int


def digests(records: pl.DataFrame) -> dict[int, int]:
    """Record key -> digest of everything it is compared by; the same on every machine."""
    parts = [
        pl.col(name).list.join("\x1e") if kind == pl.List(pl.String) else pl.col(name).cast(pl.String)
        for name, kind in records.schema.items()
        if name not in ("key", "known_first")
    ]
    texts = records.select("key", text=pl.concat_str(*(part.fill_null("\x00") for part in parts), separator="\x1f"))
    return {key: _digest(text) for key, text in texts.iter_rows()}


def last_seen(vault: Vault) -> dict[int, Seen]:
    """Record key -> what was seen of it; empty before the first run."""
    if not _made(vault):
        return {}
    with vault.engine.connect() as connection:
        return {row.client_key: Seen(row.digest, row.run) for row in connection.execute(sa.select(compared))}


def keep_seen(vault: Vault, seen: Mapping[int, Seen]) -> None:
    """Replace what is kept."""
    databases.create_tables(vault.engine, metadata)
    rows = [{"client_key": key, "digest": one.digest, "run": one.run} for key, one in seen.items()]
    with vault.engine.begin() as connection:
        connection.execute(compared.delete())
        for start in range(0, len(rows), CHUNK):
            connection.execute(compared.insert(), rows[start : start + CHUNK])


def forget(vault: Vault, keys: Iterable[int]) -> None:
    """Drop what is kept of some records; erasing a person does so."""
    if not _made(vault):
        return
    wanted = list(keys)
    with vault.engine.begin() as connection:
        for start in range(0, len(wanted), CHUNK):
            connection.execute(compared.delete().where(compared.c.client_key.in_(wanted[start : start + CHUNK])))


def _made(vault: Vault) -> bool:
    return bool(sa.inspect(vault.engine).has_table("compared", schema=databases.schema_of(vault.engine)))


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
