"""Erasing on the command line reaches what the pages keep."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import regulars as rg


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "REGULARS_WORKSPACE": str(folder), "DJANGO_SETTINGS_MODULE": "regulars_web.settings"}
    return subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True, check=True)


def somebody(folder: Path) -> tuple[int, str]:
    """The key and name of a customer."""
    with rg.open(folder) as shop:
        with shop.engine() as engine:
            found = engine.run("SELECT client_key FROM interactions WHERE kind = 'order' AND client_key > 0 LIMIT 1")
        key = found.to_pylist()[0]["client_key"]
        return key, shop.vault.people([key])[key]["name"]


def test_a_file_that_was_dropped_under_a_persons_name_goes_with_the_person(made_company: Path, tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    shutil.copytree(made_company, folder)
    key, name = somebody(folder)
    run(folder, "-m", "regulars_web", "migrate", "-v0")
    dropped = (
        "import django; django.setup(); from django.utils import timezone; "
        "from regulars_web.imports.models import Upload; "
        f"Upload.objects.create(folder='a', file_name={name + '.csv'!r}, size=1, checksum='', "
        "uploaded_at=timezone.now(), state='done')"
    )
    run(folder, "-c", dropped)
    erased = run(folder, "-m", "regulars", "-w", str(folder), "erase", str(key), "--yes")
    assert "dropped files: 1" in erased.stdout
    with closing(sqlite3.connect(folder / "state.sqlite3")) as state:
        assert state.execute("SELECT count(*) FROM imports_upload").fetchone() == (0,)


def test_where_the_pages_were_never_opened_there_is_nothing_of_theirs_to_erase(
    made_company: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "shop"
    shutil.copytree(made_company, folder)
    key, _ = somebody(folder)
    assert "Erased:" in run(folder, "-m", "regulars", "-w", str(folder), "erase", str(key), "--yes").stdout
    with rg.open(folder) as shop:
        assert shop.vault.people([key]) == {}
