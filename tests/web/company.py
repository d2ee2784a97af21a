"""A small company behind the pages: its workspace, its colleagues, and a client that acts as one of them."""

from __future__ import annotations

import fcntl
import functools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import regulars as rg
from regulars.base import open_base
from regulars.demo.workspace import make_demo

CUSTOMERS = 300
ROLES = ("owner", "manager", "analyst", "front line", "viewer")
PASSWORD = "a long enough sentence"


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder made by one worker for all of them; each gets a copy of its own, as tests count into it."""
    own = factory.mktemp(name) / "shop"
    here = factory.getbasetemp()
    together = here.parent if "PYTEST_XDIST_WORKER" in os.environ else here
    shared = together / f"{name}-for-all"
    with (together / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            make(own)
            shutil.copytree(own, together / f"{name}-half")
            (together / f"{name}-half").rename(shared)
            return own
    shutil.copytree(shared, own)
    return own


def counted_once(factory: pytest.TempPathFactory, name: str, company: Path, count: Callable[[Path], None]) -> Path:
    """A copy of a company with more counted in it, made by one worker for all of them."""

    def make(folder: Path) -> None:
        shutil.copytree(company, folder)
        count(folder)

    return made_once(factory, name, make)


def _make(folder: Path) -> None:
    with make_demo(folder, customers=CUSTOMERS) as made:
        open_base(made)  # counted once; the copies bring it along


@pytest.fixture(scope="session")
def made_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo company, made once; tests that change anything work on a copy (``shop_folder``)."""
    return made_once(tmp_path_factory, "made", _make)


@pytest.fixture(scope="session")
def counted_company(made_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with everything counted that its pages show over the default period."""

    return counted_once(tmp_path_factory, "counted", made_company, count_beforehand)


def count_beforehand(folder: Path) -> None:
    """Count what the worker would in a quiet while, so that nobody has to wait for it."""
    from regulars_web.home.actions import counted_part
    from regulars_web.home.reads import PARTS
    from regulars_web.journeys.ahead import AHEAD as JOURNEYS
    from regulars_web.programme.ahead import AHEAD as PROGRAMME
    from regulars_web.shared.scope import Scope
    from regulars_web.staff.ahead import AHEAD as STAFF
    from regulars_web.touchpoints.ahead import AHEAD as TOUCHPOINTS

    with rg.open(folder) as shop:
        for reading in (*TOUCHPOINTS, *JOURNEYS, *PROGRAMME, *STAFF):
            reading(shop)
        for part in PARTS:
            counted_part(shop, Scope(), part)


@contextmanager
def shown(folder: Path, settings: Any, made: Path) -> Iterator[Path]:
    """A copy of a company as the one that the pages show."""
    from regulars_web.shared.company import let_go

    shutil.copytree(made, folder)
    settings.WORKSPACE = folder
    let_go()
    yield folder
    let_go()


@pytest.fixture
def shop_folder(made_company: Path, tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The workspace that the pages show in this test."""
    with shown(tmp_path / "shop", settings, made_company) as folder:
        yield folder


@pytest.fixture
def counted_shop_folder(counted_company: Path, tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The same, counted beforehand; apps whose pages count much name it ``shop_folder`` of theirs."""
    with shown(tmp_path / "shop", settings, counted_company) as folder:
        yield folder


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


@functools.cache
def _hashed() -> str:
    """The password as the pages keep it: hashed once for all colleagues, as hashing is slow on purpose."""
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


@pytest.fixture
def colleague(db: None) -> Callable[..., Any]:
    """``colleague("manager")``: somebody with that role."""
    from regulars_web.accounts.models import User

    def make(role: str, email: str = "", language: str = "en") -> Any:
        address = email or f"{role.replace(' ', '.')}@example.com"
        found = User.objects.filter(email=address).first()
        if found is None:
            found = User(email=address, name=role.title(), role=role, language=language, password=_hashed())
            found.save()
        return found

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
