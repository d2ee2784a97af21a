"""Names typed by hand: seen by those who may, kept in the vault alone, gone when the person is erased."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from regulars.people import naming, publishing, reading
from regulars.people.parts import Employee
from regulars.privacy.erasing import erase
from regulars.privacy.exporting import export_person
from regulars.privacy.searching import found_in
from regulars_web.accounts.models import User
from regulars_web.staff.tests.test_register import NASTY, employee
from tests.web.test_roles import state

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
ADD, ONE, LET_IN = "/staff/employees/new", "/staff/employees/edit/S01", "/privacy/let-in"


def person(**said):
    """The form of an employee with name and e-mail as a browser sends it."""
    return employee(**{"name": "", "email": "", **said})


def partner(**said):
    """The form of a partner as a browser sends it."""
    return {"name": "", "email": "", "request_id": "9a", **said}


@pytest.fixture
def ana(client_as, shop):
    """Ana Dobreva, added by hand to a shop that has people from a file too."""
    sent = person(code="S01", name="Ana Dobreva", email="ana.dobreva@example.com", department="sales")
    assert client_as("manager").post(ADD, sent).status_code == 302
    return reading.employee(shop, "S01")


def test_a_small_shop_adds_its_people_by_name_and_is_offered_codes(client_as, empty_folder, settings):
    client = client_as("owner")
    settings.WORKSPACE = empty_folder
    for code, name in (("S01", "Ana Dobreva"), ("S02", "Petr Malý")):
        form = client.get(ADD).content.decode()
        assert f'value="{code}"' in form
        assert client.post(ADD, person(code=code, name=name, request_id=code)).status_code == 302
    page = client.get("/staff/").content.decode()
    assert "Ana Dobreva" in page
    assert "Petr Malý" in page
    assert "have a code and no name" not in page


def test_a_name_shows_to_those_who_may_see_staff_and_to_nobody_else(client_as, ana):
    for role in ("owner", "manager", "analyst", "front line"):
        client = client_as(role)
        assert "Ana Dobreva" in client.get("/staff/").content.decode(), role
        assert "Ana Dobreva" in client.get("/staff/person/S01").content.decode(), role
    for path in ("/staff/", "/staff/person/S01", ONE):
        assert client_as("viewer").get(path).status_code == 403
    assert client_as("analyst").get(ONE).status_code == 403
    assert "ana.dobreva@example.com" not in client_as("analyst").get("/staff/person/S01").content.decode()


def test_somebody_who_stands_there_under_a_number_only_gets_a_name(client_as, shop):
    client = client_as("manager")
    nameless = publishing.publish_employee(shop, Employee("E77", department="sales"), by="somebody", now=NOW)
    assert "say who" in client.get("/staff/").content.decode()
    there = {name: getattr(nameless, name) for name in ("department", "branch", "level", "role")}
    sent = person(name="Mehmet Kaya", **there)
    assert client.post(f"/staff/employees/edit/{nameless.code}", sent).status_code == 302
    named = reading.employee(shop, nameless.code)
    assert naming.details_of(shop, named.client_key).name == "Mehmet Kaya"
    assert (named.version, named.department) == (nameless.version, nameless.department)


def test_a_new_name_keeps_the_key_the_record_and_the_history(client_as, shop):
    before = reading.employee(shop, "E05")
    records = shop.vault.records_of([before.client_key])
    history = reading.employee_history(shop, "E05")
    there = {name: getattr(before, name) for name in ("department", "branch", "level", "role")}
    email = naming.details_of(shop, before.client_key).email
    sent = person(name="Neda Petrova", email=email, **there)
    assert client_as("owner").post("/staff/employees/edit/E05", sent).status_code == 302
    after = reading.employee(shop, "E05")
    assert after == before
    assert shop.vault.records_of([after.client_key]) == records
    assert reading.employee_history(shop, "E05") == history
    assert naming.details_of(shop, after.client_key) == naming.Details("Neda Petrova", email)


def test_a_form_sent_twice_makes_one_import_and_the_import_can_be_taken_back(client_as, shop, ana):
    imports = len(shop.imports())
    client = client_as("manager")
    sent = person(code="S01", name="Ana Dobreva", email="ana.dobreva@example.com", department="sales")
    client.post(ADD, sent)
    assert len(shop.imports()) == imports
    newest = max(int(str(row["import_id"])) for row in shop.imports())
    assert client.get(f"/imports/{newest}").status_code == 200
    shop.undo(newest)
    page = client_as("manager").get("/staff/").content.decode()
    assert "Ana Dobreva" not in page
    assert "S01" in page


def test_a_name_is_in_the_vault_and_in_no_other_file(client_as, shop, shop_folder, ana):
    client = client_as("owner")
    client.post(ONE, person(name="Ana Dobreva-Novak", email="ana.dobreva@example.com", department="sales"))
    for path in ("/staff/", "/staff/person/S01", ONE, "/staff/thanks", "/imports/"):
        client.get(path)
    shop.seal()
    found = {name.partition("-wal")[0] for name in found_in(shop_folder, ["Dobreva", "ana.dobreva"])}
    assert found == {"vault.sqlite3"}


def test_whoever_is_erased_is_gone_and_typed_again_only_under_another_code(client_as, shop, shop_folder, ana):
    client = client_as("owner")
    assert f"/customers/{ana.client_key}/erase" in client.get("/staff/person/S01").content.decode()
    assert client.get(f"/privacy/customers/{ana.client_key}/erase").status_code == 200
    erase(shop, ana.client_key, by="owner", now=NOW, reason="asked")
    assert not found_in(shop_folder, ["Dobreva", "ana.dobreva"])
    assert "Dobreva" not in client.get("/staff/").content.decode()
    sent = person(name="Ana Dobreva", department="purchase")
    before = state(shop_folder), User.objects.count()
    for path, said in (
        (ONE, sent),
        (ADD, {**sent, "code": "S01"}),
        (ADD, {**sent, "code": "S77", "email": "Ana.Dobreva@example.com"}),
    ):
        answer = client.post(path, said)
        assert answer.status_code == 422, path
        assert "erased" in answer.content.decode()
    assert (state(shop_folder), User.objects.count()) == before
    assert client.post(ADD, {**sent, "code": "S78"}).status_code == 302


def test_whoever_was_erased_under_a_code_alone_is_let_in_again_by_the_owner_and_named_anew(
    client_as, shop, shop_folder
):
    client, sent = client_as("owner"), person(name="Boris Petrov", department="sales")
    assert client.post(ADD, {**sent, "code": "S31"}).status_code == 302
    boris = reading.employee(shop, "S31")
    erase(shop, boris.client_key, by="owner", now=NOW, reason="asked")
    refused = client.post(ADD, {**sent, "code": "S31"})
    assert refused.status_code == 422
    assert "page about personal data" in refused.content.decode()
    assert client_as("manager").post(LET_IN, {"code": "S31"}).status_code == 403
    told = client.post(LET_IN, {"code": "S31"}, follow=True).content.decode()
    assert "1 person may come in again." in told
    assert client.post(ADD, {**sent, "code": "S31"}).status_code == 302
    assert "Boris Petrov" in client.get("/staff/").content.decode()


def test_a_colleague_named_by_hand_gets_a_copy_of_what_is_kept(shop, ana):
    told = export_person(shop, ana.client_key, by="owner", now=NOW)
    assert "Ana Dobreva" in str(vars(told))


@pytest.mark.parametrize("nasty", NASTY)
def test_a_hostile_name_stays_text(client_as, shop, ana, nasty):
    client = client_as("owner")
    assert client.post(ONE, person(name=nasty, email="ana.dobreva@example.com")).status_code == 302
    assert client.post("/staff/partners/new", partner(name=nasty)).status_code == 302
    for path in ("", "person/S01", "employees/edit/S01", "partners", "thanks", "trainings"):
        page = client.get(f"/staff/{path}").content.decode()
        for raw in ("<script>alert", "<img src=x", ">49<"):
            assert raw not in page, path
    assert naming.details_of(shop, ana.client_key).name == " ".join(nasty.split())


@pytest.mark.parametrize("role", ["viewer", "front line", "analyst"])
def test_who_may_not_change_staff_changes_no_name(client_as, shop, shop_folder, ana, role):
    key = re.search(r"/staff/partners/(\d+)/expects", client_as("owner").get("/staff/partners").content.decode())[1]
    client = client_as(role)
    client.get("/staff/")
    before = state(shop_folder)
    for path, sent in (
        (ONE, person(name="Somebody Else")),
        (ADD, person(code="S09", name="Somebody New")),
        ("/staff/partners/new", partner(name="Somebody")),
        (f"/staff/partners/edit/{key}", partner(name="Somebody")),
    ):
        assert client.post(path, sent).status_code == 403, path
    assert state(shop_folder) == before
    assert naming.details_of(shop, ana.client_key).name == "Ana Dobreva"


def test_a_name_that_cannot_be_kept_leaves_everything_as_it_was(client_as, shop_folder, ana):
    client = client_as("manager")
    client.get("/staff/")
    before = state(shop_folder)
    for path, sent in (
        (ONE, person(email="ana.dobreva@example.com")),
        (ONE, person(name="Ana Dobreva")),
        (ONE, person(name="Ana Dobreva", email="nowhere")),
        (ONE, person(name="A" * 121, email="ana.dobreva@example.com")),
        (ADD, person(code="S01", name="Boris Somebody")),
        ("/staff/partners/new", partner(name="  ")),
    ):
        assert client.post(path, sent).status_code == 422, sent
    assert state(shop_folder) == before


def test_partners_are_added_and_renamed_by_hand(client_as, shop, shop_folder):
    client = client_as("manager")
    for _again in range(2):
        assert client.post("/staff/partners/new", partner(name="Jana Vozová, carrier")).status_code == 302
    page = client.get("/staff/partners").content.decode()
    assert page.count("<strong>Jana Vozová, carrier</strong>") == 1
    key = re.search(r"Jana Vozová, carrier</strong>.*?/staff/partners/edit/(\d+)", page, re.DOTALL)[1]
    client.post(f"/staff/partners/{key}/expects", {"text": "Orders before noon.", "request_id": "e"})
    assert client.post(f"/staff/partners/edit/{key}", partner(name="Jana Nová")).status_code == 302
    page = client.get("/staff/partners").content.decode()
    assert "Jana Vozová" not in page
    assert re.search(r"<strong>Jana Nová</strong>.*?Orders before noon\.", page, re.DOTALL)
    shop.seal()
    found = {name.partition("-wal")[0] for name in found_in(shop_folder, ["Vozová", "Jana Nová"])}
    assert found == {"vault.sqlite3"}
    erase(shop, int(key), by="owner", now=NOW, reason="asked")
    assert "Jana" not in client.get("/staff/partners").content.decode()


def test_a_partner_whom_a_file_named_is_renamed_and_stays_a_partner(client_as, shop):
    client = client_as("owner")
    page = client.get("/staff/partners").content.decode()
    key = re.search(r"/staff/partners/edit/(\d+)", page)[1]
    count = page.count("/staff/partners/edit/")
    assert client.post(f"/staff/partners/edit/{key}", partner(name="Rila Timber")).status_code == 302
    page = client.get("/staff/partners").content.decode()
    assert page.count("/staff/partners/edit/") == count
    assert "Rila Timber" in page
    assert client.get(f"/staff/partners/edit/{reading.employee(shop, 'E01').client_key}").status_code == 404
