"""The pages' own tables in a backup of a company whose state is in PostgreSQL: accounts, drafts, invitations, trail.

In SQLite they are a file of the workspace, which a backup packs as it is.
"""

from __future__ import annotations

import os
from pathlib import Path

import django

from regulars_web.configuration import WORKSPACE_VARIABLE

SAVED_PAGES = "pages.json"
# Made anew by the migrations, or worth nothing in another place.
_LEFT_OUT = ("contenttypes", "auth.permission", "sessions")


def save(folder: Path, into: Path) -> list[Path]:
    """Write the pages' tables into a folder; returns the files, none where the pages were never opened."""
    os.environ[WORKSPACE_VARIABLE] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulars_web.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  only now there are settings
    from django.db import connection, transaction  # noqa: PLC0415

    if "accounts_user" not in connection.introspection.table_names():
        return []
    path = into / SAVED_PAGES
    path.touch(mode=0o600)
    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        call_command("dumpdata", natural_foreign=True, exclude=list(_LEFT_OUT), output=str(path), verbosity=0)
    return [path]


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
