"""Names typed by hand: one record, one key, whoever names them and however often."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import regulars as rg
from regulars.people import naming, publishing, reading
from regulars.people.errors import PeopleError
from regulars.people.naming import Details, details_of, name_employee, name_partner, next_code
from regulars.people.parts import Employee
from regulars.privacy import erasing
from regulars.privacy.erasing import erase
from regulars.workspace import Workspace

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
STAFF = """number,kind,name,email,code,department,level
17,employee,Ana Dobreva,ana@shop.example,E1,sales,front line
18,employee,Petr Malý,petr@shop.example,E2,delivery,support
"""


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    """A shop whose file of staff names two people by numbers that are not their codes."""
    file = tmp_path / "staff.csv"
    file.write_text(STAFF, encoding="utf-8")
    with rg.init(tmp_path / "shop") as made:
        fields = {"customer_id": "number", "kind": "kind", "name": "name", "email": "email"}
        attributes = {f"attribute_{name}": name for name in ("code", "department", "level")}
        made.import_file(file, form="customers", source="wages", map={**fields, **attributes})
        yield made


def named(shop: Workspace, code: str, name: str, email: str = "", *, days: int = 0, fresh: bool = False) -> bool:
    return name_employee(shop, code, Details(name, email), by="owner", now=NOW + timedelta(days=days), fresh=fresh)


def known(shop: Workspace, code: str) -> Details:
    return details_of(shop, reading.employee(shop, code).client_key)


def test_whoever_a_file_named_is_renamed_under_the_files_own_number(shop: Workspace) -> None:
    before = reading.employee(shop, "E1")
    assert before.client_key is not None
    records = shop.vault.records_of([before.client_key])
    assert records == {before.client_key: [("wages", "17")]}
    assert named(shop, "E1", "Ana Novak", "ana@shop.example")
    assert reading.employee(shop, "E1") == before, "department and level stay"
    assert shop.vault.records_of([before.client_key]) == records
    assert known(shop, "E1") == Details("Ana Novak", "ana@shop.example")


def test_what_was_said_last_holds_and_taking_it_back_brings_the_one_before(shop: Workspace) -> None:
    for place, name in enumerate(("Ana Novak", "Ana Dobreva", "Ana Malá")):
        assert named(shop, "E1", name, "ana@shop.example", days=place)
    assert known(shop, "E1").name == "Ana Malá"
    for name in ("Ana Dobreva", "Ana Novak", "Ana Dobreva"):
        shop.undo(max(shop.log.in_force()))
        assert known(shop, "E1").name == name


def test_a_name_stays_though_the_file_that_named_the_person_first_is_taken_back(shop: Workspace) -> None:
    named(shop, "E1", "Ana Novak", "ana@shop.example")
    shop.undo(min(shop.log.in_force()))
    assert [one.code for one in reading.employees(shop)] == ["E1"]
    assert known(shop, "E1").name == "Ana Novak"


def test_a_file_that_comes_later_finds_the_person_under_the_code(shop: Workspace, tmp_path: Path) -> None:
    named(shop, "S01", "Mehmet Kaya", fresh=True)
    before = reading.employee(shop, "S01").client_key
    file = tmp_path / "later.csv"
    file.write_text("id,kind,name,code\nS01,employee,Mehmet Kayahan,S01\n", encoding="utf-8")
    told = {"customer_id": "id", "kind": "kind", "name": "name", "attribute_code": "code"}
    shop.import_file(file, form="customers", source="staff", map=told)
    assert reading.employee(shop, "S01").client_key == before
    assert known(shop, "S01").name == "Mehmet Kayahan"


def test_a_customer_who_has_the_number_of_a_colleague_in_that_source_stays_a_customer(
    shop: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "customers.csv"
    file.write_text("id,name\nS01,Zora Customer\n", encoding="utf-8")
    shop.import_file(file, form="customers", source="staff", map={"customer_id": "id", "name": "name"})
    customer = shop.vault.keys("staff", ["S01"])["S01"]
    named(shop, "S01", "Mehmet Kaya", fresh=True)
    assert shop.vault.people([customer])[customer]["name"] == "Zora Customer"
    assert reading.employee(shop, "S01").client_key != customer
    assert known(shop, "S01").name == "Mehmet Kaya"


def test_the_same_words_again_change_nothing(shop: Workspace) -> None:
    assert not named(shop, "E1", "Ana  Dobreva ", "ana@shop.example")
    assert not named(shop, "S01", "", "")
    assert [one.code for one in reading.employees(shop)] == ["E1", "E2"]
    assert len(shop.imports()) == 1


@pytest.mark.parametrize(
    ("code", "told", "fresh", "reason"),
    [
        ("E1", Details("", "ana@shop.example"), False, "details_emptied"),
        ("E1", Details("Ana Dobreva", ""), False, "details_emptied"),
        ("E1", Details("Boris Somebody", ""), True, "code_named"),
        ("E1", Details("Ana", "ana.shop.example"), False, "bad_email"),
        ("E1", Details("A" * 121, "ana@shop.example"), False, "text_too_long"),
        ("E1", Details("A\x00na", "ana@shop.example"), False, "unprintable"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(
    shop: Workspace, code: str, told: Details, fresh: bool, reason: str
) -> None:
    with pytest.raises(PeopleError) as error:
        name_employee(shop, code, told, by="owner", now=NOW, fresh=fresh)
    assert error.value.reason == reason
    assert len(shop.imports()) == 1
    assert known(shop, "E1") == Details("Ana Dobreva", "ana@shop.example")


def test_whoever_was_erased_comes_back_by_no_code_of_their_own_and_by_no_e_mail(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "_places", {})  # those of the web application have tests of their own
    named(shop, "S01", "Mehmet Kaya", "mehmet@shop.example", fresh=True)
    key = reading.employee(shop, "S01").client_key
    assert key is not None
    erase(shop, key, by="owner", now=NOW, reason="asked")
    assert [one.code for one in reading.employees(shop)] == ["E1", "E2"]
    for code, told, reason in (
        ("S01", Details("Mehmet Kaya"), "erased_code"),
        ("S02", Details("Mehmet Kaya", "MEHMET@shop.example"), "erased_email"),
    ):
        with pytest.raises(PeopleError) as error:
            name_employee(shop, code, told, by="owner", now=NOW, fresh=True)
        assert error.value.reason == reason
    assert named(shop, "S02", "Somebody Else", fresh=True)


def test_a_partner_typed_twice_by_one_click_is_one_partner(shop: Workspace) -> None:
    told = Details("Jana Vozová", "jana@carrier.example")
    assert name_partner(shop, None, told, by="owner", now=NOW, request_id="one")
    assert not name_partner(shop, None, told, by="owner", now=NOW, request_id="one")
    assert name_partner(shop, None, told, by="owner", now=NOW, request_id="two")
    with shop.engine() as engine:
        keys = [row["client_key"] for row in engine.run("SELECT * FROM clients WHERE kind = 'partner'").to_pylist()]
    assert len(keys) == len(set(keys)) == 2
    assert {details_of(shop, key) for key in keys} == {told}
    with pytest.raises(PeopleError):
        name_partner(shop, None, Details(" "), by="owner", now=NOW)


def test_codes_are_offered_where_no_file_gives_them(shop: Workspace) -> None:
    assert next_code([]) == "S01"
    assert next_code([Employee("S01"), Employee("S09")]) == "S10"
    assert next_code(reading.employees(shop)) == ""
    publishing.publish_employee(shop, Employee("S01"), by="owner", now=NOW)
    assert next_code(reading.employees(shop, gone=True)) == ""


def test_a_retired_colleague_keeps_the_name(shop: Workspace) -> None:
    publishing.publish_employee(shop, Employee("E2", retired=True), by="owner", now=NOW)
    assert named(shop, "E2", "Petr Malý ml.", "petr@shop.example")
    assert naming.details_of(shop, reading.employee(shop, "E2").client_key).name == "Petr Malý ml."
