"""Erasures that began and may have been cut off: kept by keys alone, so that they can be finished."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from regulars.log.durable import replace_file, sync_folder

FOLDER = ".erasing"


@dataclass(frozen=True)
class Pending:
    """One erasure on its way.

    keys          client keys of all records of the customer
    suppressed    whether the person is put on the list of erased people
    searched      whether files are searched for the person's names
    began_at      ISO instant; with the customer's key it names the file
    """

    customer_key: int
    keys: tuple[int, ...]
    keep_amounts: bool
    suppressed: bool
    searched: bool
    by: str
    reason: str
    began_at: str

    def begin(self, folder: Path) -> None:
        """Write it down, so that whoever comes after a kill can go on."""
        place = folder / FOLDER
        place.mkdir(mode=0o700, exist_ok=True)
        replace_file(place / self._name, json.dumps(asdict(self)))

    def done(self, folder: Path) -> None:
        """Nothing is left to do."""
        (folder / FOLDER / self._name).unlink(missing_ok=True)
        sync_folder(folder / FOLDER)

    @property
    def _name(self) -> str:
        return f"{self.customer_key}.json"


def pending(folder: Path) -> list[Pending]:
    """Erasures that were begun and not finished, oldest first."""
    place = folder / FOLDER
    if not place.is_dir():
        return []
    found = [_read(json.loads(path.read_text(encoding="utf-8"))) for path in place.glob("*.json")]
    return sorted(found, key=lambda one: one.began_at)


def _read(content: Mapping[str, object]) -> Pending:
    keys = content["keys"]
    return Pending(
        customer_key=int(str(content["customer_key"])),
        keys=tuple(int(key) for key in keys) if isinstance(keys, list) else (),
        keep_amounts=bool(content["keep_amounts"]),
        suppressed=bool(content["suppressed"]),
        searched=bool(content["searched"]),
        by=str(content["by"]),
        reason=str(content["reason"]),
        began_at=str(content["began_at"]),
    )
