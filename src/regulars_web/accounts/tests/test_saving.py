"""Accounts, drafts and invitations come back with a backup, also where they are in PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import regulars as rg
from regulars.errors import WorkspaceError

_MAKE = """
import django; django.setup()
from django.core.management import call_command
from regulars_web.accounts.models import User
from regulars_web.customers.models import SavedView
call_command("migrate", verbosity=0)
owner = User.objects.create_user("zdenka@example.com", "a long password", name="Zdeňka", role="owner")
SavedView.objects.create(owner=owner, name="Дъбови", query="sort=clv")
"""
_TAKE_IN = """
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
from regulars_web.accounts.models import User
from regulars_web.customers.models import SavedView
from regulars_web.saving import take_in
call_command("migrate", verbosity=0)
print(take_in(settings.CONFIGURATION.folder), take_in(settings.CONFIGURATION.folder))
print([(one.owner.email, one.owner.check_password("a long password"), one.name) for one in SavedView.objects.all()])
User.objects.create_user("next@example.com", "another password", role="viewer")
"""


def run(script: str, folder: Path) -> str:
    environment = {**os.environ, "REGULARS_WORKSPACE": str(folder), "DJANGO_SETTINGS_MODULE": "regulars_web.settings"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.mark.parametrize("into", ["postgres", "files"])
def test_people_who_sign_in_come_back_with_a_backup_of_postgres(tmp_path, postgres_server, into) -> None:
    shop = rg.init(tmp_path / "shop", state=postgres_server.database())
    run(_MAKE, shop.folder)
    archive = tmp_path / "copy.tar.gz"
    subprocess.run([sys.executable, "-m", "regulars", "-w", str(shop.folder), "backup", "-o", str(archive)], check=True)
    again = tmp_path / "again"
    with pytest.raises(WorkspaceError, match="another workspace"):
        rg.restore(archive, again)
    settings = again / "regulars.toml"
    state = postgres_server.database() if into == "postgres" else ""
    settings.write_text(settings.read_text().replace(shop.settings.state, state))
    rg.open(again).close()
    said = run(_TAKE_IN, again)
    assert said.splitlines() == ["True False", "[('zdenka@example.com', True, 'Дъбови')]"]
    assert not (again / "pages.json").exists()
