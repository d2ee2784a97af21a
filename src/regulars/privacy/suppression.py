"""The list of erased people: keyed hashes that keep a later import, or a restored backup, from bringing them back.

The list says nothing of anybody: it holds HMAC-SHA256 digests under a random key of this company alone. It is kept
twice, in the workspace and beside it (or where ``suppression`` in regulars.toml says). The copy beside is never
overwritten by a restore; the copy inside goes with every backup. What either of them has, the other gets.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deltalake import DeltaTable

from regulars.log.durable import replace_file, sync_file
from regulars.log.locks import exclusive
from regulars.names.folding import fold
from regulars.names.phones import digits, normal
from regulars.privacy.opening import INSIDE, beside
from regulars.settings import Settings

LIST_NAME, CHECKED_NAME, KEY_PREFIX, LOCK_NAME = "list.jsonl", "checked", "key-", ".lock"
KEY_BYTES = 32
FEWEST_DIGITS = 6


@dataclass(frozen=True)
class Identifiers:
    """What a person could come back by, as written in files.

    references  (source, reference)
    births      (name, birthday as 2026-06-30)
    clients     client keys, by which a restored backup knows them
    """

    references: Collection[tuple[str, str]] = ()
    emails: Collection[str] = ()
    phones: Collection[str] = ()
    births: Collection[tuple[str, str]] = ()
    clients: Collection[int] = ()

    def forms(self, country: str) -> set[str]:
        """The one form in which each is hashed; what is too short to tell people apart is left out."""
        found = {f"reference\x1f{source}\x1f{reference}" for source, reference in self.references}
        found |= {f"email\x1f{email.strip().casefold()}" for email in self.emails if "@" in email}
        found |= {form for phone in self.phones for form in _phone_forms(phone, country)}
        found |= {f"born\x1f{' '.join(sorted(fold(name).split()))}\x1f{day}" for name, day in self.births if fold(name)}
        return found | {f"client\x1f{key}" for key in self.clients}


class Suppression:
    """The list of one company. Reading it makes nothing; the first entry makes folders and key.

    folders  where the list is kept: the workspace's own copy first
    """

    def __init__(self, folders: Sequence[Path], country: str = "") -> None:
        self.folders = tuple(folders)
        self.country = country
        self._keys: dict[str, bytes] = {}
        self._lines: dict[str, None] = {}
        self._held: set[str] = set()
        self._load()

    @classmethod
    def of(cls, folder: Path, settings: Settings, log: Path) -> Suppression:
        """The list of the workspace in ``folder``, whose log has been the same since it was made."""
        return cls((folder / INSIDE, beside(folder, settings) / _company(log)), settings.country)

    def __len__(self) -> int:
        """How many digests are in force."""
        return len(self._held)

    @property
    def digest(self) -> str:
        """Stands for all that was ever put on the list; empty for an empty list."""
        return hashlib.sha256("\n".join(sorted(self._lines)).encode()).hexdigest() if self._lines else ""

    def holds(self, identifiers: Identifiers) -> bool:
        """Whether any of these is on the list."""
        return bool(self._held) and any(self.hashed(form) & self._held for form in identifiers.forms(self.country))

    def found(self, identifiers: Identifiers) -> bool | None:
        """Whether the sales of the person who has one of these were to stay; None where nobody on the list has."""
        mine = {digest for form in identifiers.forms(self.country) for digest in self.hashed(form)} & self._held
        if not mine:
            return None
        entries = [entry for entry in self._entries("erased") if mine & set(entry["digests"])]
        return all(bool(entry["keep_amounts"]) for entry in entries)

    def hashed(self, form: str) -> set[str]:
        """The digests of a form under every key of this company (nearly always one)."""
        return {hmac.new(key, form.encode(), hashlib.sha256).hexdigest() for key in self._keys.values()}

    def add(self, identifiers: Identifiers, *, now: datetime, keep_amounts: bool) -> bool:
        """Put a person on the list; False where all of it was there. On the disk, in every copy, when this returns."""
        forms = identifiers.forms(self.country)
        if forms and all(self.hashed(form) & self._held for form in forms):
            return False
        self._make_key()
        key = next(iter(self._keys.values()))
        told = sorted(hmac.new(key, form.encode(), hashlib.sha256).hexdigest() for form in forms)
        self._write({"at": now.isoformat(), "what": "erased", "keep_amounts": keep_amounts, "digests": told})
        return True

    def allow(self, identifiers: Identifiers, *, now: datetime) -> int:
        """Take everybody off the list who has one of these; returns how many people."""
        asked = {digest for form in identifiers.forms(self.country) for digest in self.hashed(form)}
        people = [set(entry["digests"]) for entry in self._entries("erased") if asked & set(entry["digests"])]
        people = [person for person in people if person & self._held]
        if people:
            told = sorted(set().union(*people))
            self._write({"at": now.isoformat(), "what": "allowed again", "digests": told})
        return len(people)

    # The workspace was compared with the list ---------------------------------------------------------

    def is_checked(self) -> bool:
        """Whether the workspace was compared with the list as it is now."""
        path = self.folders[0] / CHECKED_NAME
        return not self._lines or (path.is_file() and path.read_text(encoding="utf-8").strip() == self.digest)

    def note_checked(self) -> None:
        """Remember that nobody on the list is in the workspace."""
        if self._lines:
            self.folders[0].mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_file(self.folders[0] / CHECKED_NAME, self.digest)

    # Inside ------------------------------------------------------------------------------------------

    def _entries(self, what: str) -> list[Mapping[str, list[str]]]:
        return [entry for line in self._lines if (entry := json.loads(line))["what"] == what]

    def _load(self) -> None:
        for folder in self.folders:
            for path in sorted(folder.glob(f"{KEY_PREFIX}*")) if folder.is_dir() else ():
                self._keys.setdefault(path.name, bytes.fromhex(path.read_text(encoding="ascii")))
            path = folder / LIST_NAME
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
            self._lines |= dict.fromkeys(line for line in text.split("\n") if line)
        self._held = set()
        for entry in sorted(map(json.loads, self._lines), key=lambda entry: str(entry["at"])):
            if entry["what"] == "erased":
                self._held |= set(entry["digests"])
            else:
                self._held -= set(entry["digests"])

    def _write(self, entry: Mapping[str, object]) -> None:
        self.folders[0].mkdir(mode=0o700, parents=True, exist_ok=True)
        with exclusive(self.folders[0] / LOCK_NAME):
            self._load()
            self._lines |= {json.dumps(entry): None}
            self.mirror()
            self._load()

    def mirror(self) -> bool:
        """Give every copy what the others have; False where the one beside the workspace cannot be written."""
        whole = True
        for place, folder in enumerate(self.folders):
            try:
                self._write_copy(folder)
            except OSError:
                if place == 0:
                    raise
                whole = False
        return whole

    def _write_copy(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, key in self._keys.items():
            path = folder / name
            if not path.exists():
                with suppress(FileExistsError), os.fdopen(_private(path), "w", encoding="ascii") as handle:
                    handle.write(key.hex())
                sync_file(path)
        path = folder / LIST_NAME
        text = "".join(f"{line}\n" for line in self._lines)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            replace_file(path, text)

    def _make_key(self) -> None:
        if not self._keys:
            key = secrets.token_bytes(KEY_BYTES)
            self._keys[KEY_PREFIX + hashlib.sha256(key).hexdigest()[:16]] = key


def _private(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def _phone_forms(phone: str, country: str) -> Iterable[str]:
    """The international form where the number has one, and its digits: the country may be set later."""
    plain = digits(phone)
    known = normal(phone, country)
    if known:
        yield f"phone\x1f{digits(known)}"
    if len(plain) >= FEWEST_DIGITS:
        yield f"phone\x1f{plain}"


def _company(log: Path) -> str:
    """A name for this company's log that every backup of it shares."""
    return str(DeltaTable((log / "imports").resolve().as_uri()).metadata().id).replace("-", "")[:16]
