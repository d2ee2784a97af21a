"""The one door to the real data beside the project: a path, or a skip that says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real_folder import FOLDER


def real_data(name: str) -> Path:
    """Path of a file or folder of the real data; skips the test where it is absent."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"real data {name!r} is not beside this checkout (../shared/data)")
    return path
