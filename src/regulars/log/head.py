"""head.json: the one file that says which version of every table is visible."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from regulars.errors import LogError
from regulars.log.durable import replace_file

SCHEMA_VERSION = 3
FILE_NAME = "head.json"


@dataclass(frozen=True)
class Head:
    """The visible state of the log.

    versions        table -> Delta version that readers open
    last_import     highest import_id given out and published
    inbox_offset    last fact of the inbox that is sealed into the tables
    schema_version  which contracts the tables follow
    """

    versions: Mapping[str, int]
    last_import: int = 0
    inbox_offset: int = 0
    schema_version: int = SCHEMA_VERSION

    def with_version(self, table: str, version: int) -> Head:
        """The same head with another version of one table."""
        return replace(self, versions={**self.versions, table: version})


def read_head(folder: Path) -> Head:
    """The head of a log folder. Raises LogError where it is missing or unreadable."""
    path = folder / FILE_NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Head(
            versions={str(table): int(version) for table, version in content["versions"].items()},
            last_import=int(content["last_import"]),
            inbox_offset=int(content["inbox_offset"]),
            schema_version=int(content["schema_version"]),
        )
    except FileNotFoundError as error:
        raise LogError(f"{path} is missing, so the log cannot be read. Restore the latest backup.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LogError(f"{path} is damaged, so the log cannot be read. Restore the latest backup.") from error


def write_head(folder: Path, head: Head) -> None:
    """Publish a head: from now on readers see these versions."""
    content = {
        "schema_version": head.schema_version,
        "last_import": head.last_import,
        "inbox_offset": head.inbox_offset,
        "versions": dict(sorted(head.versions.items())),
    }
    replace_file(folder / FILE_NAME, json.dumps(content, indent=2) + "\n")
