"""A small company behind the pages: its workspace, its colleagues, and a client that acts as one of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import regulars as rg
from regulars.base import open_base
from regulars.demo.workspace import make_demo

CUSTOMERS = 300
ROLES = ("owner", "manager", "analyst", "front line", "viewer")
PASSWORD = "a long enough sentence"


@pytest.fixture(scope="session")
def made_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo company, made once; tests that change anything work on a copy (``shop_folder``)."""
    folder = tmp_path_factory.mktemp("made") / "shop"
    with make_demo(folder, customers=CUSTOMERS) as made:
        open_base(made)  # counted once; the copies bring it along
    return folder


def count_beforehand(folder: Path) -> None:
    """Count what the worker would in a quiet while, so that no browser has to wait for it."""
    from regulars_web.journeys.ahead import AHEAD as JOURNEYS
    from regulars_web.programme.ahead import AHEAD as PROGRAMME
    from regulars_web.staff.ahead import AHEAD as STAFF
    from regulars_web.touchpoints.ahead import AHEAD as TOUCHPOINTS

    with rg.open(folder) as shop:
        for reading in (*TOUCHPOINTS, *JOURNEYS, *PROGRAMME, *STAFF):
            reading(shop)


@pytest.fixture
def shop_folder(made_company: Path, tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The workspace that the pages show in this test."""
    from regulars_web.shared.company import let_go

    folder = tmp_path / "shop"
    shutil.copytree(made_company, folder)
    settings.WORKSPACE = folder
    let_go()
    yield folder
    let_go()


@pytest.fixture
def empty_folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A company that was made a minute ago: no log, no decision."""
    from regulars_web.shared.company import let_go

    folder = tmp_path / "nothing"
    rg.init(folder, name="Nothing Yet").close()
    settings.WORKSPACE = folder
    let_go()
    yield folder
    let_go()


@pytest.fixture
def shop(shop_folder: Path) -> Any:
    """The workspace, opened as the pages open it."""
    from regulars_web.shared.company import company

    return company()


@pytest.fixture
def colleague(db: None) -> Callable[..., Any]:
    """``colleague("manager")``: somebody with that role."""
    from regulars_web.accounts.models import User

    def make(role: str, email: str = "", language: str = "en") -> Any:
        address = email or f"{role.replace(' ', '.')}@example.com"
        found = User.objects.filter(email=address).first()
        return found or User.objects.create_user(address, PASSWORD, name=role.title(), role=role, language=language)

    return make


@pytest.fixture
def client_as(shop_folder: Path, colleague: Callable[..., Any]) -> Callable[[str], Any]:
    """``client_as("analyst").get("/")``: Django's test client, signed in with that role; "" is a stranger."""
    from django.test import Client

    def make(role: str) -> Any:
        client = Client()
        if role:
            client.force_login(colleague(role), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make
