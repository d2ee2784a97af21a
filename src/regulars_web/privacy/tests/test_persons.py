"""Handing out, erasing, consents: as an owner does it on the pages."""

from __future__ import annotations

import io
import zipfile

import pytest

from regulars_web.jobs import actions as jobs
from regulars_web.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(shop):
    """The key, name and e-mail of somebody with orders."""
    with shop.engine() as engine:
        rows = engine.run("SELECT client_key FROM interactions WHERE kind = 'order' AND client_key IS NOT NULL LIMIT 1")
    key = rows.to_pylist()[0]["client_key"]
    known = shop.vault.people([key])[key]
    return key, known["name"], known["email"]


def net_total(shop):
    with shop.engine() as engine:
        return engine.run("SELECT sum(amount) AS total FROM interactions").to_pylist()[0]["total"]


def test_an_owner_hands_a_person_everything_and_the_trail_knows(client_as, shop, shop_folder, person):
    key, name, email = person
    answer = client_as("manager").post(f"/privacy/customers/{key}/export")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        everything = "".join(packed.read(one).decode() for one in packed.namelist())
    assert name in everything
    assert email in everything
    assert "manager@example.com" in (shop_folder / "audit.jsonl").read_text()


def test_erasing_takes_the_person_and_leaves_the_books(client_as, shop, person):
    key, name, _ = person
    before = net_total(shop)
    client = client_as("owner")
    said = {"keep_amounts": "yes", "reason": "asked by letter", "sure": "on"}
    address = client.post(f"/privacy/customers/{key}/erase", said)["Location"]
    jobs.do_all_waiting()
    page = client.get(address).content.decode()
    assert "The person is erased" in page
    assert name not in page
    assert shop.vault.people([key]) == {}
    assert net_total(shop) == before
    assert client.get(f"/privacy/customers/{key}/erase").status_code == 404


def test_nobody_is_erased_without_a_reason_and_a_certain_word(client_as, shop, person):
    key, name, _ = person
    client = client_as("owner")
    for said in ({"keep_amounts": "yes", "sure": "on"}, {"keep_amounts": "yes", "reason": "asked"}, {}):
        assert client.post(f"/privacy/customers/{key}/erase", said).status_code == 422
    assert shop.vault.people([key])[key]["name"] == name
    assert not Job.objects.exists()


def test_a_reason_that_names_the_person_is_refused_and_told(client_as, shop, person):
    key, name, _ = person
    client = client_as("owner")
    said = {"keep_amounts": "yes", "reason": f"{name} asked", "sure": "on"}
    address = client.post(f"/privacy/customers/{key}/erase", said)["Location"]
    jobs.do_all_waiting()
    assert "names the person" in client.get(address).content.decode()
    assert shop.vault.people([key])[key]["name"] == name


def test_a_manager_may_hand_out_but_not_erase(client_as, shop, person):
    key, _, _ = person
    assert client_as("manager").get(f"/privacy/customers/{key}/erase").status_code == 403
    assert client_as("front line").post(f"/privacy/customers/{key}/export").status_code == 403


def test_a_consent_is_kept_with_its_proof(client_as, shop, person):
    key, _, _ = person
    said = {"purpose": "e-mail", "state": "granted", "given_at": "2026-06-01T10:00", "source": "shop"}
    client = client_as("front line")
    assert client.post(f"/privacy/customers/{key}/consents", said).status_code == 422, "a proof is needed"
    proof = "signed form <b>12</b>, drawer 3"
    assert client.post(f"/privacy/customers/{key}/consents", {**said, "proof": proof}).status_code == 302
    page = client.get(f"/privacy/customers/{key}/consents").content.decode()
    assert "signed form &lt;b&gt;12&lt;/b&gt;, drawer 3" in page
