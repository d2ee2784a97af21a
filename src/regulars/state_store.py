"""Where a workspace keeps vault and inbox: SQLite files in its folder, or one PostgreSQL database."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

import sqlalchemy as sa

from regulars import saved_state
from regulars.errors import WorkspaceError
from regulars.log import databases
from regulars.log.durable import replace_file
from regulars.log.head import read_head
from regulars.log.inbox import Inbox
from regulars.log.locks import exclusive
from regulars.log.vault import SCHEMA as VAULT_SCHEMA
from regulars.log.vault import Vault
from regulars.places import INBOX_FILE, LOG_FOLDER, SAVED_FOLDER, STATE_ID_FILE, VAULT_FILE
from regulars.settings import FILE_NAME as SETTINGS_FILE

INBOX_SCHEMA = "inbox"
STATE_LOCK = ".state.lock"


def vault_of(folder: Path, state: str) -> Vault:
    """The vault of a workspace; nothing is connected yet."""
    return Vault(state) if state else Vault.at(folder / VAULT_FILE)


def inbox_of(folder: Path, state: str) -> Inbox:
    """The inbox of a workspace; nothing is connected yet."""
    return Inbox(databases.opened(state, INBOX_SCHEMA)) if state else Inbox.at(folder / INBOX_FILE)


def prepare(folder: Path, state: str, vault: Vault, inbox: Inbox) -> None:
    """Make vault and inbox ready: take in what a backup saved, move files into PostgreSQL when it is first named.

    Raises WorkspaceError where the database does not answer, belongs to another company, or names are missing.
    """
    if state:
        databases.check_reachable(vault.engine)
    elif not (folder / SAVED_FOLDER).is_dir():
        _require_vault(folder)
        return
    with exclusive(folder / STATE_LOCK):
        if state:
            _claim(folder, vault)
            inbox.create()
            if (folder / VAULT_FILE).exists() and not (folder / SAVED_FOLDER).is_dir():
                _save_files(folder)
        elif (folder / SAVED_FOLDER).is_dir():
            (folder / VAULT_FILE).touch(mode=0o600)
            vault.create()
            inbox.create()
        _take_in_saved(folder, vault, inbox, keep_files=not state)


def save(vault: Vault, inbox: Inbox, folder: Path) -> None:
    """Write both into a folder; the inbox first, since a row may stand for a client the vault just got to know."""
    inbox.create()
    saved_state.save(inbox.engine, folder / INBOX_SCHEMA)
    saved_state.save(vault.engine, folder / VAULT_SCHEMA)


def _require_vault(folder: Path) -> None:
    if not (folder / VAULT_FILE).is_file():
        raise WorkspaceError(
            f"{folder / VAULT_FILE} is missing, so nobody knows who is who. Restore the latest backup."
        )


def _claim(folder: Path, vault: Vault) -> None:
    """Make the vault's tables in PostgreSQL, marked as this folder's; those of another one are refused.

    A copy that a backup was restored to is another one: two folders that take rows out of one inbox would lose some.
    """
    own = f"Regulars {_own_id(folder)}"
    found = sa.text("SELECT obj_description(to_regnamespace(:schema), 'pg_namespace')")
    with vault.engine.connect() as connection:
        owner = connection.execute(found, {"schema": VAULT_SCHEMA}).scalar_one()
    if owner == own:
        return
    if owner is not None:
        raise WorkspaceError(
            "The database named by `state` in regulars.toml belongs to another workspace, or to the one that this is a "
            f"copy of. Write the address of an empty database into {folder / SETTINGS_FILE}, then open the workspace "
            f"again. If the other one is gone, delete the schemas {VAULT_SCHEMA} and {INBOX_SCHEMA} there instead."
        )
    if _brought_something(folder) and not _can_be_filled(folder):
        raise WorkspaceError(
            "The database named by `state` in regulars.toml is empty, so nobody knows who is who. Mend the address, or "
            "restore the latest backup."
        )
    vault.create()
    with vault.engine.begin() as connection:
        connection.execute(sa.text(f"COMMENT ON SCHEMA {VAULT_SCHEMA} IS '{own}'"))


def _own_id(folder: Path) -> str:
    path = folder / STATE_ID_FILE
    if not path.exists():
        replace_file(path, secrets.token_hex(16))
    return path.read_text(encoding="utf-8").strip()


def _brought_something(folder: Path) -> bool:
    return read_head(folder / LOG_FOLDER).last_import > 0


def _can_be_filled(folder: Path) -> bool:
    return (folder / VAULT_FILE).exists() or (folder / SAVED_FOLDER).is_dir()


def _save_files(folder: Path) -> None:
    """What the SQLite files hold, in a folder that is there whole or not at all."""
    draft = folder / f"{SAVED_FOLDER}.new"
    shutil.rmtree(draft, ignore_errors=True)
    vault, inbox = vault_of(folder, ""), inbox_of(folder, "")
    save(vault, inbox, draft)
    vault.close()
    inbox.close()
    draft.replace(folder / SAVED_FOLDER)


def _take_in_saved(folder: Path, vault: Vault, inbox: Inbox, *, keep_files: bool) -> None:
    saved = folder / SAVED_FOLDER
    if not saved.is_dir():
        return
    saved_state.take_in(inbox.engine, saved / INBOX_SCHEMA)
    saved_state.take_in(vault.engine, saved / VAULT_SCHEMA)
    if not keep_files:
        for name in (VAULT_FILE, INBOX_FILE):
            for path in folder.glob(f"{name}*"):
                path.unlink()
    shutil.rmtree(saved)
