"""What a person asked to import, and the desk where it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from regulars.imports.spool import Progress
from regulars.log.store import LogStore
from regulars.log.vault import Vault
from regulars.privacy.suppression import Suppression
from regulars.settings import Settings

DEFAULT_SOURCE = "main"


@dataclass(frozen=True)
class Request:
    """What a person asked to import, and how they want the file understood.

    questions  of a questionnaire: what was said of its columns, as 'NETPRO=nps missing 11'
    on         the day of every line; or, where the date column counts days, the day that is its 1
    """

    path: Path
    form: str | None = None
    source: str = DEFAULT_SOURCE
    overrides: Mapping[str, str] = field(default_factory=dict)
    date_format: str | None = None
    decimal_mark: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    dry_run: bool = False
    by: str = ""
    questions: Sequence[str] = ()
    on: date | None = None

    @property
    def file_name(self) -> str:
        """The file's name as text, also where the disk holds bytes that are none."""
        return self.path.name.encode(errors="surrogateescape").decode(errors="replace")


@dataclass(frozen=True)
class Desk:
    """Where an import happens: the company's log, vault and settings, and a folder for rejected lines."""

    store: LogStore
    vault: Vault
    settings: Settings
    rejects: Path
    now: Callable[[], datetime]
    progress: Progress = lambda step, share: None

    def erased_people(self) -> Suppression:
        """The list of people who were erased and must not come back, as it is now."""
        return Suppression.of(self.rejects.parent, self.settings, self.store.folder)
