"""Whoever calls is found: by name in any alphabet, by phone in any format, by e-mail, reference or key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

import regulars as rg
from regulars.log import search_index
from regulars.log.inbox import Entry
from regulars.log.search_index import find, matching_keys, pending, refresh
from regulars.log.search_tables import indexed
from regulars.log.vault import details, records
from regulars.workspace import Workspace

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
PEOPLE = {
    "İsmail Yılmaz": ("ismail@example.com", "+90 532 123 45 67"),
    "Иван Петров": ("i.petrov@example.com", "088 841-2233"),
    "Ivan Petrovski": ("petrovski@example.com", "+359 2 981 1234"),
    "Ivana Koleva": ("iv@example.com", "0888 000 111"),
    "Anne-Marie O'Brien": (None, "+44 20 7946 0958"),
    "Михаил Щукин": (None, "8 (912) 345-67-89"),
    "Ayşe Çınar": ("ayse.cinar@example.com", None),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    state = request.getfixturevalue("postgres_address") if request.param == "postgresql" else ""
    rg.init(tmp_path / "shop", time_zone="Europe/Sofia", state=state).close()
    settings = tmp_path / "shop" / "regulars.toml"
    settings.write_text(settings.read_text("utf-8").replace('# country = "BG"', 'country = "BG"'), "utf-8")
    with rg.open(tmp_path / "shop") as workspace:
        for place, (name, (email, phone)) in enumerate(PEOPLE.items()):
            tell(workspace, f"C-{place:05}", name=name, email=email, phone=phone)
        yield workspace


def tell(workspace: Workspace, reference: str, *, import_id: int = 1, source: str = "shop", **said: str | None) -> int:
    key = workspace.vault.keys(source, [reference])[reference]
    workspace.vault.add_details(import_id, [{"client_key": key, "source": source, **said}])
    return key


def names(workspace: Workspace, text: str, **asked: int) -> list[str]:
    return [found.name for found in find(workspace, text, **asked)]


@pytest.mark.parametrize("text", ["ismail", "İSMAİL", "ISMAIL", "ısmail", "yilmaz ism", "İsmail Yılmaz", "Исмаил"])
def test_a_turkish_name_is_found_with_and_without_its_dots(shop: Workspace, text: str) -> None:
    assert names(shop, text) == ["İsmail Yılmaz"]


@pytest.mark.parametrize("text", ["Mikhail", "михаил", "Shchukin", "Щукин Михаил", "MIHAIL  shtukin"])
def test_a_cyrillic_name_is_found_by_its_usual_latin_spellings(shop: Workspace, text: str) -> None:
    assert names(shop, text) == ["Михаил Щукин"]


@pytest.mark.parametrize(
    "text",
    ["088 841-2233", "+359 88 8412233", "00359888412233", "0888412233", "888412233", "412233", "2233", "Иван 2233"],
)
def test_a_phone_is_found_in_any_format_and_by_its_end(shop: Workspace, text: str) -> None:
    found = find(shop, text)
    assert [one.name for one in found] == ["Иван Петров"]


def test_the_beginning_of_a_phone_is_enough_while_it_is_typed(shop: Workspace) -> None:
    assert names(shop, "08884") == ["Иван Петров"]
    assert set(names(shop, "0888")) == {"Иван Петров", "Ivana Koleva"}


@pytest.mark.parametrize("text", ["ayse.cinar@example.com", "AYSE.CINAR@", "ayse.cinar", "<ayse.cinar@example.com>"])
def test_an_address_is_found_whole_or_by_what_stands_before_the_at(shop: Workspace, text: str) -> None:
    assert names(shop, text) == ["Ayşe Çınar"]


def test_what_matched_is_said(shop: Workspace) -> None:
    asked = {"cinar": "name", "iv@": "email", "2233": "phone", "c-00003": "reference"}
    assert {text: find(shop, text)[0].matched for text in asked} == asked


def test_an_address_is_found_by_words_before_the_at_that_the_name_does_not_have(shop: Workspace) -> None:
    tell(shop, "W1", name="Wholesale Ltd", email="orders.sofia@example.com")
    assert names(shop, "orders.so") == ["Wholesale Ltd"]
    assert names(shop, "sofia") == ["Wholesale Ltd"]


@pytest.mark.parametrize("text", ["C-00004", "c00004", "c-0000 o'brien", "annemarie", "anne marie", "OBrien"])
def test_references_and_names_with_signs_are_found_however_they_are_typed(shop: Workspace, text: str) -> None:
    assert names(shop, text) == ["Anne-Marie O'Brien"]


def test_a_customer_is_found_by_the_key_of_an_export(shop: Workspace) -> None:
    key = find(shop, "ayse")[0].client_key
    assert [(one.client_key, one.matched) for one in find(shop, str(key))] == [(key, "key")]


def test_exact_words_come_before_beginnings_of_words(shop: Workspace) -> None:
    assert names(shop, "ivan")[:2] == ["Иван Петров", "Ivan Petrovski"]
    assert names(shop, "ivan")[2:] == ["Ivana Koleva"]
    assert names(shop, "ivan petrov")[0] == "Иван Петров"


def test_every_part_of_a_search_must_be_met(shop: Workspace) -> None:
    assert names(shop, "ivan koleva") == ["Ivana Koleva"]
    assert names(shop, "ivan yilmaz") == []


@pytest.mark.parametrize("text", ["", "   ", "-", "%", "_", "' OR 1=1 --", "\x00", "*", "nobody", "9" * 300])
def test_what_says_nothing_finds_nobody(shop: Workspace, text: str) -> None:
    assert find(shop, text) == []


def test_pages_of_a_long_result_follow_each_other(shop: Workspace) -> None:
    for place in range(25):
        tell(shop, f"Z{place}", name=f"Zoe Number{place:02}")
    parts = [names(shop, "zoe", limit=10, offset=offset) for offset in (0, 10, 20)]
    assert [name for part in parts for name in part] == [f"Zoe Number{place:02}" for place in range(25)]
    assert len(matching_keys(shop, "zoe")) == 25
    assert len(matching_keys(shop, "zoe", limit=7)) == 7


def test_what_was_said_a_moment_ago_is_found(shop: Workspace) -> None:
    assert names(shop, "newcomer") == []
    tell(shop, "N1", name="Nina Newcomer")
    assert names(shop, "newcomer") == ["Nina Newcomer"]


def test_what_an_import_said_is_not_found_after_it_was_taken_back(shop: Workspace) -> None:
    tell(shop, "C-00006", import_id=2, name="Ayşe Demir")
    assert names(shop, "demir") == ["Ayşe Demir"]
    shop.vault.forget_import(2)
    assert names(shop, "demir") == []
    assert names(shop, "cinar") == ["Ayşe Çınar"]


def test_an_erased_person_has_left_the_index_in_the_same_moment(shop: Workspace) -> None:
    key = find(shop, "ayse")[0].client_key
    with shop.vault.engine.begin() as connection:
        connection.execute(details.delete().where(details.c.client_key == key))
        connection.execute(records.delete().where(records.c.client_key == key))
        count = sa.select(sa.func.count()).select_from(indexed).where(indexed.c.client_key == key)
        assert connection.execute(count).scalar_one() == 0
    assert names(shop, "ayse") == []


def test_a_changed_detail_is_found_by_its_new_value_only(shop: Workspace) -> None:
    refresh(shop)
    with shop.vault.engine.begin() as connection:
        connection.execute(details.update().where(details.c.name == "Михаил Щукин").values(name="Максим Щукин"))
    assert names(shop, "maksim") == ["Максим Щукин"]
    assert names(shop, "mihail") == []


def test_words_of_two_joined_records_find_one_customer(shop: Workspace) -> None:
    first = find(shop, "i.petrov@example.com")[0].client_key
    second = tell(shop, "77", source="call centre", name="Ivan Petroff", phone="+359 2 111 2222")
    link = {"left_key": first, "right_key": second, "verdict": "same", "method": "person", "decided_at": NOW}
    assert {one.client_key for one in find(shop, "2222")} == {second}
    shop.add([Entry("links", link)])
    assert [one.client_key for one in find(shop, "petroff i.petrov@example.com")] == [first]
    assert [one.client_key for one in find(shop, "2222")] == [first]
    assert [one.client_key for one in find(shop, str(second))] == [first]


def test_another_country_makes_the_index_anew(shop: Workspace) -> None:
    tell(shop, "S1", name="Sam", phone="(212) 555-0143")
    assert names(shop, "+1 212 555 0143") == []
    settings = shop.folder / "regulars.toml"
    settings.write_text(settings.read_text("utf-8").replace('country = "BG"', 'country = "US"'), "utf-8")
    with rg.open(shop.folder) as again:
        assert names(again, "+1 212 555 0143") == ["Sam"]


def test_refreshing_twice_does_nothing_the_second_time(shop: Workspace) -> None:
    assert refresh(shop) == len(PEOPLE)
    assert refresh(shop) == 0


def test_a_writer_who_holds_the_vault_does_not_keep_searches_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with rg.init(tmp_path / "shop") as shop:
        tell(shop, "1", name="Nina Newcomer")
        refresh(shop)
        tell(shop, "2", name="Nora Newcomer")
        with shop.vault.engine.connect() as writer:
            writer.exec_driver_sql("BEGIN IMMEDIATE")
            assert names(shop, "newcomer") == ["Nina Newcomer"]
            writer.rollback()
        assert sorted(names(shop, "newcomer")) == ["Nina Newcomer", "Nora Newcomer"]


def test_a_large_index_is_made_in_several_batches(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "BATCH_RECORDS", 3)
    monkeypatch.setattr(search_index, "CANDIDATES", 2)
    names(shop, "ivan")
    assert pending(shop) == len(PEOPLE) - 3
    assert refresh(shop) == len(PEOPLE) - 3
    assert pending(shop) == 0
    assert set(names(shop, "ivan")) == {"Иван Петров", "Ivan Petrovski", "Ivana Koleva"}
