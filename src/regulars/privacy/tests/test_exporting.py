"""A person gets everything that is kept about them, from every record, and nothing about others."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest

from regulars import audit
from regulars.log.inbox import Entry
from regulars.privacy.exporting import PARTS, export_person
from regulars.privacy.person import PrivacyError, UnknownPerson, find_person
from regulars.privacy.tests.people import EMAIL, NAME, NOW, PHONE, TEXT, WORDS, key_of
from regulars.workspace import Workspace


def of_her(shop: Workspace):
    return export_person(shop, find_person(shop, "AZ-77").customer_key, by="Elena", now=NOW)


def test_all_joined_records_are_in_it_with_their_sources(shop):
    export = of_her(shop)
    assert {(row["source"], row["reference"]) for row in export.parts["records"]} == {
        ("shop", "AZ-77"),
        ("calls", "T-9"),
    }
    assert {row["name"] for row in export.parts["details"]} == {NAME, "Quixotova Zdislava"}
    assert {row["birthday"] for row in export.parts["details"]} == {"1970-02-03", None}, "not the day before, in Prague"
    assert all(row["stated_at"] and row["stated_by"] == "Elena" for row in export.parts["details"])
    assert {row["value"] for row in export.parts["facts"]} == {TEXT}
    assert len(export.parts["facts"]) == 2, "what waits in the inbox too"
    assert sum(row["amount"] or 0 for row in export.parts["interactions"]) == 211
    assert {row["product"] for row in export.parts["items"]} == {"chair", f"lamp for {NAME}"}
    assert [row["verdict"] for row in export.parts["joins"]] == ["same"]
    assert {row["import_id"] for row in export.parts["imports"]} >= {1, 2, 3, 4}


def test_nothing_of_others_is_in_it(shop):
    text = of_her(shop).as_json()
    assert not any(other in text for other in ("Ana", "Petrov", "AZ-78", "AZ-79", str(key_of(shop, "AZ-78"))))


def test_every_word_about_her_in_the_workspace_is_in_it(shop):
    text = of_her(shop).as_json()
    missing = [word for word in WORDS if word not in text and word not in ("777123987", "very own remark")]
    assert missing == []
    assert PHONE in text


def test_the_archive_has_json_a_table_each_and_a_note_what_is_what(shop, tmp_path):
    of_her(shop).write(tmp_path / "out" / "person.zip")
    assert (tmp_path / "out" / "person.zip").stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(tmp_path / "out" / "person.zip") as packed:
        content = json.loads(packed.read("person.json"))
        assert set(PARTS) <= set(content)
        assert set(content["about"]) == set(PARTS)
        for name in PARTS:
            assert (f"{name}.csv" in packed.namelist()) == bool(content[name])
            if content[name]:
                table = list(csv.DictReader(io.StringIO(packed.read(f"{name}.csv").decode("utf-8-sig"))))
                assert len(table) == len(content[name])
        assert "2 rows" in packed.read("README.txt").decode()
    of_her(shop).write(tmp_path / "folder")
    assert json.loads((tmp_path / "folder" / "person.json").read_text(encoding="utf-8")) == content
    stream = io.BytesIO()
    of_her(shop).write(stream)
    assert zipfile.is_zipfile(stream)


@pytest.mark.parametrize("formula", ["=HYPERLINK(1)", "+cmd", "-2+3", "@SUM(A1)", "\t=1+1", "＝1"])
def test_no_cell_runs_in_a_spreadsheet(shop, formula):
    her = key_of(shop, "AZ-77")
    shop.add([Entry("facts", {"client_key": her, "name": "need", "value": formula, "known_at": NOW})])
    told = list(csv.DictReader(io.StringIO(of_her(shop).files()["facts.csv"])))
    assert [row["value"][0] for row in told if formula.strip()[1:] in row["value"]] == ["'"]


def test_the_trail_says_who_exported_whom_without_a_name(shop):
    of_her(shop)
    trail = (shop.folder / "audit.jsonl").read_text(encoding="utf-8")
    assert '"person exported"' in trail
    assert not any(word in trail for word in WORDS)
    assert audit.verify(shop.folder) is None


@pytest.mark.parametrize("asked", ["AZ-77", "shop:AZ-77", "calls:T-9", f" {EMAIL.upper()} "])
def test_she_is_found_by_any_of_her_numbers_and_her_e_mail(shop, asked):
    assert find_person(shop, asked).keys == {key_of(shop, "AZ-77"), key_of(shop, "T-9", "calls")}


def test_she_is_found_by_the_key_of_any_record(shop):
    assert find_person(shop, str(key_of(shop, "T-9", "calls"))).customer_key == key_of(shop, "AZ-77")


def test_nobody_and_several_are_told_apart(shop, tmp_path):
    with pytest.raises(UnknownPerson, match="Nobody is known as 'AZ-1'"):
        find_person(shop, "AZ-1")
    path = tmp_path / "others.csv"
    path.write_text("customer_id,name\nAZ-77,Somebody Else\n", encoding="utf-8")
    shop.import_file(path, form="customers", source="web")
    with pytest.raises(PrivacyError, match="names 2 customers"):
        find_person(shop, "AZ-77")
