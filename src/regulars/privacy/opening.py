"""What opening a workspace does for those who were erased. Cheap where nobody ever was: nothing heavy is imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from regulars.privacy.pending import pending
from regulars.settings import Settings

if TYPE_CHECKING:
    from regulars.workspace import Workspace

INSIDE, BESIDE = "suppression", "regulars-erased"


def clean_on_opening(workspace: Workspace) -> int:
    """Finish what was cut off, and erase again whom a restored backup brought back; returns how many records."""
    if not (pending(workspace.folder) or is_anybody_listed(workspace.folder, workspace.settings)):
        return 0
    from regulars.privacy.kept_out import keep_suppressed_out  # noqa: PLC0415

    return keep_suppressed_out(workspace)


def is_anybody_listed(folder: Path, settings: Settings) -> bool:
    """Whether anybody was ever erased here, as far as two looks at the disk can tell."""
    return (folder / INSIDE).is_dir() or beside(folder, settings).is_dir()


def beside(folder: Path, settings: Settings) -> Path:
    """The folder outside the workspace; a relative one in the settings is meant from the workspace."""
    address = Path(settings.suppression).expanduser()
    return folder / address if settings.suppression else folder.resolve().parent / BESIDE
