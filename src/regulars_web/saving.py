"""The pages' own tables in a backup of a company whose state is in PostgreSQL: accounts, drafts, invitations, trail.

In SQLite they are a file of the workspace, which a backup packs as it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from regulars.errors import WorkspaceError
from regulars_web.configuration import WORKSPACE_VARIABLE

SAVED_PAGES = "pages.json"


def save(folder: Path, into: Path) -> list[Path]:
    """Write the pages' tables of a workspace into a folder; returns the files, none where they were never opened.

    A process of its own does it: Django knows one database a process, and this one may be another company's.
    Raises WorkspaceError where it fails.
    """
    path = into / SAVED_PAGES
    path.touch(mode=0o600)
    environment = {**os.environ, WORKSPACE_VARIABLE: str(folder)}
    command = [sys.executable, "-m", "regulars_web", "save_pages", str(path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no reason was given"])[-1]
        raise WorkspaceError(f"The pages' tables cannot be saved, so no backup was made: {said}")
    return [path] if path.stat().st_size else []


def take_in(folder: Path) -> bool:
    """Put what a backup saved into the pages' migrated tables, and delete the file; False where nothing was saved.

    Tables that hold accounts already are left alone, and so is the file.
    """
    from django.core.management import call_command  # noqa: PLC0415  called where Django is set up
    from django.db import transaction  # noqa: PLC0415

    from regulars_web.accounts.models import User  # noqa: PLC0415

    path = folder / SAVED_PAGES
    if not path.is_file() or User.objects.exists():
        return False
    with transaction.atomic():
        call_command("loaddata", str(path), verbosity=0)
    path.unlink()
    return True
