"""Erase a person: from vault, inbox, every file of the log and its past, caches, rejected lines and exports.

The order makes a cut at any moment harmless. First the erasure is written down by keys and the person is put on the
list of erased people; then the log is published without them in one step; then old files and versions go; the vault,
by which the person could still be found, goes last. Doing it again finishes what was cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from regulars import audit
from regulars.log.head import write_head
from regulars.log.locks import Busy, exclusive
from regulars.log.maintenance import alone
from regulars.log.sealing import seal_alone
from regulars.privacy import company_files
from regulars.privacy.kept_out import identifiers_of, look_alikes, shared_with, suppression_of
from regulars.privacy.log_history import forget_past
from regulars.privacy.log_rows import Rewrite
from regulars.privacy.pending import Pending, pending
from regulars.privacy.person import Person, PrivacyError, Traces, known_of, person_of, traces_of
from regulars.privacy.suppression import Identifiers
from regulars.privacy.vault_rows import forget_clients, overwrite_free_space

if TYPE_CHECKING:
    from regulars.workspace import Workspace

WAIT_SECONDS = 120.0
LOCK = ".erasing.lock"
# A place of personal data that another program keeps (the web application): takes the workspace, the person as the
# vault still knows them and the traces; returns how many rows it removed. Must be harmless when done again.
Place = Callable[["Workspace", Person, Traces], int]
_places: dict[str, Place] = {}


@dataclass(frozen=True)
class Erasure:
    """What was erased, in counts only.

    removed        place -> rows that are gone: tables of log and vault, rejects, exports, places of the web application
    anonymous      log table -> rows that stay without anything about the person
    amount_gone    money, in the company's currency, that is no longer in the sales figures; 0 where it was kept
    look_alikes    other customers with the same e-mail or phone: perhaps the same person, never joined
    mentions       texts of other customers in which the name, e-mail or address occurs; they were not changed
    backups        archives in the workspace; those made before hold the person until they are deleted
    other_files    files in the workspace that Regulars does not keep itself and that hold the person
    notes          sentences about what else is to be done
    """

    customer_key: int
    keys: tuple[int, ...]
    kept_amounts: bool
    removed: dict[str, int] = field(default_factory=dict)
    anonymous: dict[str, int] = field(default_factory=dict)
    amount_gone: Decimal = Decimal(0)
    mentions: int = 0
    look_alikes: tuple[int, ...] = ()
    backups: tuple[str, ...] = ()
    other_files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def register_place(name: str, forget: Place) -> None:
    """Add a place of personal data outside the library; every later erasure goes there too.

    ``name`` is what the result and the audit trail call it. The same name again replaces the place.
    """
    _places[name] = forget


def forget_places() -> None:
    """Take every such place out again (the web application has kept nothing yet)."""
    _places.clear()


def erase(
    workspace: Workspace,
    customer_key: int,
    *,
    by: str,
    now: datetime,
    reason: str,
    keep_amounts: bool = True,
    wait_seconds: float = WAIT_SECONDS,
) -> Erasure:
    """Erase a customer with all joined records, and keep them out from now on.

    keep_amounts  sales stay as those of a guest, so that the company's figures stay right; else they go too
    reason        for the audit trail, without the person's name

    Raises UnknownPerson where there is nobody to erase, PrivacyError where the reason names the person or somebody
    reads for longer than ``wait_seconds``; in the last case doing it again finishes.
    """
    with exclusive(workspace.folder / LOCK):
        begun = _begun(workspace, customer_key)
        if begun is None:
            person = person_of(workspace, customer_key)
            if traces_of(person, workspace.settings.country).named_in(reason):
                raise PrivacyError("The reason names the person, and it is kept. Write it without name and contact.")
            begun = Pending(
                person.customer_key, tuple(sorted(person.keys)), keep_amounts, True, True, by, reason, now.isoformat()
            )
            begun.begin(workspace.folder)
        return _carry_out(workspace, begun, now, wait_seconds)


def finish(workspace: Workspace, *, now: datetime, wait_seconds: float = WAIT_SECONDS) -> list[Erasure]:
    """Finish erasures that were cut off; empty where there are none, or where somebody is erasing right now."""
    if not pending(workspace.folder):
        return []
    try:
        with exclusive(workspace.folder / LOCK, wait=False):
            return [_carry_out(workspace, begun, now, wait_seconds) for begun in pending(workspace.folder)]
    except Busy:
        return []


def erase_records(
    workspace: Workspace,
    keys: Collection[int],
    *,
    by: str,
    now: datetime,
    reason: str,
    keep_amounts: bool,
    search_files: bool = False,
) -> Erasure:
    """Erase many records in one go, without putting anybody on the list.

    search_files  look for the people's names in rejected lines, exports and the imports' history too; for a few
                  people, since every name is looked for in every line
    """
    wanted = tuple(sorted(keys))
    begun = Pending(wanted[0], wanted, keep_amounts, False, search_files, by, reason, now.isoformat())
    with exclusive(workspace.folder / LOCK):
        begun.begin(workspace.folder)
        return _carry_out(workspace, begun, now, WAIT_SECONDS)


def _begun(workspace: Workspace, customer_key: int) -> Pending | None:
    """An erasure of this customer that was cut off: links may be gone already, its keys are not."""
    return next((begun for begun in pending(workspace.folder) if customer_key in begun.keys), None)


def _carry_out(workspace: Workspace, begun: Pending, now: datetime, wait_seconds: float) -> Erasure:
    person = known_of(workspace, begun.customer_key, begun.keys)
    traces = traces_of(person, workspace.settings.country) if begun.searched else Traces()
    shared = shared_with(workspace, person) if begun.suppressed else {}
    notes = _put_on_list(workspace, person, identifiers_of(person, shared), begun, now) if begun.suppressed else []
    with alone(workspace.log) as head, workspace.log.connection() as connection:
        head = seal_alone(workspace.log, workspace.inbox, head, connection)
        rewrite = Rewrite(workspace.log, connection, head, traces)
        rewrite.take_clients(begun.keys, keep_amounts=begun.keep_amounts)
        rewrite.take_names()
        amount_gone = rewrite.amount_gone()
        head = rewrite.run()
        write_head(workspace.log.folder, head)
        forget_past(workspace.log, head, wait_seconds=wait_seconds)
        mentions = rewrite.mentions(person)
        removed = {**rewrite.removed, **_forget_elsewhere(workspace, begun, person, traces, now)}
    workspace.drop_cache()
    erasure = Erasure(
        customer_key=begun.customer_key,
        keys=begun.keys,
        kept_amounts=begun.keep_amounts,
        removed={place: rows for place, rows in removed.items() if rows},
        anonymous={table: rows for table, rows in rewrite.anonymous.items() if rows},
        amount_gone=amount_gone,
        mentions=mentions,
        look_alikes=tuple(look_alikes(workspace, shared)),
        backups=tuple(company_files.archives(workspace.folder)),
        other_files=tuple(company_files.other_files(workspace.folder, traces)) if traces else (),
        notes=tuple(notes),
    )
    _tell(workspace, begun, erasure, now)
    begun.done(workspace.folder)
    return erasure


def _put_on_list(
    workspace: Workspace, person: Person, identifiers: Identifiers, begun: Pending, now: datetime
) -> list[str]:
    """Put the person on the list before anything is erased; what the vault lost before a cut was listed then."""
    kept_out = suppression_of(workspace)
    was_checked = kept_out.is_checked()
    if person.records or person.details:
        kept_out.add(identifiers, now=now, keep_amounts=begun.keep_amounts)
    if was_checked:
        kept_out.note_checked()
    if kept_out.mirror():
        return []
    return [
        "The list of erased people could be kept inside the workspace only, so an older backup could bring people "
        'back. Name a folder that can be written: suppression = "/path" in regulars.toml.'
    ]


def _forget_elsewhere(
    workspace: Workspace, begun: Pending, person: Person, traces: Traces, now: datetime
) -> dict[str, int]:
    """Everything beside the tables; the vault last, since it says who is looked for."""
    folder = workspace.folder
    workspace.inbox.drop_sealed(workspace.log.head().inbox_offset, now)
    removed = {"inbox": workspace.inbox.forget(begun.keys) if workspace.inbox.client_keys() else 0}
    if _is_there(workspace.inbox.engine):
        overwrite_free_space(workspace.inbox.engine)
    company_files.delete_drafts(folder)
    if traces:
        removed["rejected lines"] = company_files.clean_rejects(folder, traces)
        removed["exported files"] = company_files.delete_files(folder, traces)
    for name, forget in _places.items():
        removed[name] = forget(workspace, person, traces)
    gone = forget_clients(workspace.vault.engine, begun.keys)
    overwrite_free_space(workspace.vault.engine)
    return removed | {f"vault: {table}": rows for table, rows in gone.items()}


def _is_there(engine: sa.Engine) -> bool:
    """Whether the database was made; connecting would make it."""
    return engine.dialect.name != "sqlite" or Path(engine.url.database or "").is_file()


def _tell(workspace: Workspace, begun: Pending, erasure: Erasure, now: datetime) -> None:
    """Keys and counts alone: the trail cannot be edited, so it must not hold a name."""
    audit.record(
        workspace.folder,
        "person erased" if begun.suppressed else "records erased",
        by=begun.by,
        now=now,
        keys=list(begun.keys),
        reason=begun.reason,
        removed=erasure.removed,
        anonymous=erasure.anonymous,
        kept_amounts=begun.keep_amounts,
    )
