"""The version of everything under /static/: a digest of the files, so that a kept copy is never an old one."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

PACKAGES_WITH_FILES = ("django", "django-allauth", "django-htmx", "vl-convert-python")


@cache
def static_version() -> str:
    """Twelve hexadecimal digits that change whenever a file that pages load changes."""
    digest = hashlib.sha256()
    for name in PACKAGES_WITH_FILES:
        digest.update(f"{name} {version(name)}".encode())
    for path in sorted(Path(__file__).parent.glob("*/static/**/*")):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]
