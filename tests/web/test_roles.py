"""Only those allowed: every address by every role, with the status, and with nothing changed where it was refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from regulars_web.accounts.middleware import permission_of
from regulars_web.accounts.roles import PERMISSIONS, PUBLIC, allowed
from tests.web.company import ROLES

pytestmark = pytest.mark.django_db
EVERYBODY = (*ROLES, "")
# What stands for an argument of an address, by the name of its converter: something that is not there.
NOBODYS = {"int": "987654321", "str": "nothing", "slug": "nothing", "uuid": "0" * 8 + "-0000-4000-8000-" + "0" * 12}


def addresses() -> Iterator[tuple[str, Any]]:
    """Every address of the application with its view; those of signing in look after themselves."""
    for address, view in _below(get_resolver().url_patterns, "/"):
        if not address.startswith("/account/"):
            yield address, view


def _below(patterns: list[Any], before: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _below(pattern.url_patterns, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield before + _filled(pattern), pattern.callback


def _filled(pattern: URLPattern) -> str:
    text = str(pattern.pattern)
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        text = text.replace(f"<{kind}:{name}>", NOBODYS.get(kind, "nothing")).replace(f"<{name}>", "nothing")
    return text


def state(folder: Path) -> str:
    """A digest of everything the company has: every row of the database, every file of the workspace."""
    digest = hashlib.sha256()
    for model in apps.get_models():
        if model._meta.label not in ("sessions.Session",):
            digest.update(repr(sorted(model.objects.values_list(), key=repr)).encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.endswith((".lock", "-shm", "-wal")) and "cache" not in path.parts:
            digest.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return digest.hexdigest()


def test_every_view_names_a_permission_that_exists():
    nameless = [address for address, view in addresses() if permission_of(view) not in {PUBLIC, *PERMISSIONS}]
    assert nameless == []


def test_changing_somebodys_address_is_among_what_the_matrix_tries():
    (view,) = [view for address, view in addresses() if address == f"/people/{NOBODYS['int']}/address"]
    assert [role for role in EVERYBODY if allowed(role, permission_of(view))] == ["owner"]


@pytest.mark.parametrize("role", EVERYBODY)
def test_whoever_may_not_is_refused_before_anything_happens(role, client_as, shop_folder):
    """By every way of asking; the database and the workspace are the same afterwards, byte for byte."""
    client, refused = client_as(role), 0
    before = state(shop_folder)
    for address, view in addresses():
        if allowed(role, permission_of(view)):
            continue
        for ask in (client.get, client.post, client.put, client.delete):
            answer = ask(address)
            refused += 1
            if role:
                assert answer.status_code == 403, (address, ask.__name__)
            else:
                assert answer.status_code == 302, (address, ask.__name__)
                assert answer["Location"].startswith("/account/login/"), address
    assert state(shop_folder) == before
    assert refused > 0 or role == "owner"


@pytest.mark.parametrize("role", EVERYBODY)
def test_whoever_may_gets_an_answer_also_for_what_is_not_there(role, client_as, shop_folder):
    client = client_as(role)
    for address, view in addresses():
        if allowed(role, permission_of(view)):
            assert client.get(address).status_code in (200, 302, 404, 405, 422), address


def test_a_part_of_a_page_sends_a_stranger_to_sign_in_as_a_whole(client_as):
    answer = client_as("").get("/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/account/login/")
