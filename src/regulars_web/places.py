"""What the pages keep of persons, for those who erase without the pages: ``regulars erase`` on the command line."""

from __future__ import annotations

import os
from pathlib import Path

import django

from regulars.privacy.erasing import forget_places
from regulars.privacy.exporting import forget_parts
from regulars_web.configuration import WORKSPACE_VARIABLE


def register(folder: Path) -> None:
    """Load the pages of a workspace, so that their apps name their places; none where the pages were never opened."""
    os.environ[WORKSPACE_VARIABLE] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulars_web.settings")
    django.setup()
    from django.db import connection  # noqa: PLC0415  only now there are settings

    if "imports_upload" not in connection.introspection.table_names():
        forget_places()
        forget_parts()
