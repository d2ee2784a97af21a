"""Settings, supply and code, looked at by the tools that look for known mistakes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import regulars as rg

ROOT = Path(__file__).parent.parent


def run(*command: str, workspace: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "REGULARS_WORKSPACE": str(workspace or ROOT)}
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # for the tests of this process alone
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.fixture
def public_shop(tmp_path: Path) -> Path:
    """A company whose pages are reached from outside, by https."""
    rg.init(tmp_path / "shop").close()
    with (tmp_path / "shop" / "regulars.toml").open("a") as written:
        written.write('\n[web]\naddress = "https://shop.example"\n')
    return tmp_path / "shop"


def test_a_company_on_the_open_network_is_set_up_as_django_advises(public_shop: Path) -> None:
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", workspace=public_shop)
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


def test_no_model_waits_for_a_migration(public_shop: Path) -> None:
    checked = run("manage.py", "makemigrations", "--check", "--dry-run", workspace=public_shop)
    assert checked.returncode == 0, checked.stdout


def test_bandit_finds_nothing_of_weight() -> None:
    found = run("-m", "bandit", "-q", "-r", "src", "-ll", "-c", "pyproject.toml")
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("name", ["run", "test", "bench"])
def test_whatever_is_installed_is_pinned_by_its_hash(name: str) -> None:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text().replace("\\\n", "").splitlines()
    pinned = [line for line in lines if re.match(r"[a-z0-9]", line, re.IGNORECASE)]
    assert pinned
    assert [line for line in pinned if "==" not in line or "--hash=sha256:" not in line] == []


def test_the_key_that_signs_sessions_is_made_once_and_for_its_owner_alone(public_shop: Path) -> None:
    for _ in range(2):
        run("manage.py", "check", workspace=public_shop)
    key = public_shop / "secret.key"
    first = key.read_text()
    run("manage.py", "check", workspace=public_shop)
    assert key.read_text() == first
    assert len(first) > 60
    assert key.stat().st_mode & 0o077 == 0
