"""Exporting and erasing a person from the command line."""

from __future__ import annotations

import json
import zipfile
from unittest.mock import patch

from regulars.privacy.searching import found_in
from regulars.privacy.tests.people import NAME, WORDS
from tests.cli.calls import misused, refused, regulars


def test_a_person_gets_their_archive(shop, tmp_path):
    answer = regulars("-w", shop.folder, "export-person", "AZ-77", "-o", tmp_path / "person.zip")
    assert answer.code == 0, answer
    assert "from 2 records" in answer.out
    assert NAME not in answer.out
    with zipfile.ZipFile(tmp_path / "person.zip") as packed:
        assert NAME in packed.read("person.json").decode()


def test_erasing_asks_first_and_a_no_changes_nothing(shop):
    before = found_in(shop.folder, WORDS)
    with patch("typer.confirm", return_value=False) as asked:
        assert "Nothing was erased" in refused("-w", shop.folder, "erase", "AZ-77")
    assert "known by 2 records (calls, shop)" in asked.call_args[0][0]
    assert found_in(shop.folder, WORDS) == before


def test_erasing_tells_what_went_what_stays_and_what_is_left_to_do(shop):
    archive = shop.backup()
    shop.close()
    answer = regulars("-w", shop.folder, "erase", "AZ-77", "--yes", "--reason", "asked by letter")
    assert answer.code == 0, answer
    assert "Kept: 2 sales" in answer.out
    assert f"Backups made before still hold the person: {archive.name}" in answer.out
    assert not any(word in answer.out for word in WORDS)
    archive.unlink()
    assert found_in(shop.folder, WORDS) == {}
    again = regulars("-w", shop.folder, "import", shop.folder.parent / "calls.csv", "--source", "other", "--json")
    assert again.code == 0
    assert "Nobody is known as 'AZ-77'" in refused("-w", shop.folder, "erase", "AZ-77", "--yes")


def test_programs_get_the_counts_as_json(shop):
    shop.close()
    told = regulars("-w", shop.folder, "erase", "AZ-77", "--yes", "--with-amounts", "--json").json
    assert (told["kept_amounts"], told["amount_gone"]) == (False, "211.0000")
    assert told["removed"]["vault: records"] == 2
    assert not any(word in json.dumps(told) for word in WORDS)


def test_lines_left_out_are_counted_on_the_terminal(shop, tmp_path):
    shop.close()
    regulars("-w", shop.folder, "erase", "AZ-77", "--yes")
    path = tmp_path / "new.csv"
    path.write_text(f"customer_id,name\nAZ-77,{NAME}\nAZ-99,Someone\n", encoding="utf-8")
    answer = regulars("-w", shop.folder, "import", path, "--as", "customers", "--source", "shop")
    assert "2 lines read = 1 imported + 0 rejected + 0 already there + 1 left out (erased people)" in answer.out
    assert NAME not in answer.out


def test_a_name_that_is_missing_is_wrong_use(shop):
    assert "Missing argument" in misused("-w", shop.folder, "erase")
