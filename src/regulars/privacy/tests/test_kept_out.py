"""Erased people stay out: of later imports, of restored backups, and the list of them says nothing of anybody."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import regulars as rg
from regulars.imports.summary import ImportSummary
from regulars.privacy import kept_out
from regulars.privacy.erasing import erase
from regulars.privacy.kept_out import allow_again, is_suppressed, keep_suppressed_out, suppression_of
from regulars.privacy.opening import BESIDE
from regulars.privacy.searching import found_in
from regulars.privacy.suppression import Identifiers
from regulars.privacy.tests.people import CONTACTS, EMAIL, NAME, NOW, ORDERS, PHONE, WORDS, key_of
from regulars.workspace import Workspace


@pytest.fixture
def without_her(shop: Workspace) -> Workspace:
    erase(shop, key_of(shop, "AZ-77"), by="Elena", now=NOW, reason="asked by letter")
    return shop


def read(shop: Workspace, text: str, form: str, source: str = "shop", **options: object) -> ImportSummary:
    path = shop.folder.parent / f"again {form}.csv"
    path.write_text(text, encoding="utf-8")
    return shop.import_file(path, form=form, source=source, **options)


@pytest.mark.parametrize(
    ("source", "line", "why"),
    [
        ("shop", "AZ-77,,,,", "the same number in the same source"),
        ("calls", "T-9,,,,", "the number of a record joined with hers"),
        ("web", "W-1,,Zdislava.Q@POST.example,,", "her e-mail, in other letters"),
        ("web", "W-2,,,00420777123987,", "her phone, written in another way"),
        ("web", "W-3,QUIXOTOVÁ Zdislava,,,1970-02-03", "her name, turned round and accented, and birthday"),
    ],
)
def test_a_line_about_an_erased_person_is_left_out(without_her, source, line, why):
    summary = read(
        without_her, f"customer_id,name,email,phone,birthday\n{line}\nAZ-99,Someone,,,\n", "customers", source
    )
    assert (summary.lines_read, summary.lines_imported, summary.lines_left_out) == (2, 1, 1), why
    assert found_in(without_her.folder, WORDS) == {}


@pytest.mark.parametrize(
    "line", ["AZ-77,,,,", "W-4,Zdislava Quixotova,,,", "W-5,,,,1970-02-03", "W-6,Someone,other@post.example,777123,"]
)
def test_a_number_of_another_source_a_mere_name_or_birthday_keep_nobody_out(without_her, line):
    summary = read(without_her, f"customer_id,name,email,phone,birthday\n{line}\n", "customers", "web")
    assert summary.lines_left_out == 0


def test_who_is_a_customer_stays_one_also_with_a_number_that_was_hers(without_her):
    """Phone numbers pass on to others."""
    summary = read(without_her, f"customer_id,phone\nAZ-78,{PHONE}\n", "customers")
    assert (summary.lines_imported, summary.lines_left_out) == (1, 0)


def test_lines_add_up_and_nobody_else_is_left_out(without_her):
    summary = read(
        without_her, ORDERS + "1006,AZ-77,2026-04-01,chair,1,10,\n1007,AZ-78,2026-04-01,chair,1,10,\n", "orders"
    )
    assert (summary.lines_read, summary.lines_imported, summary.lines_already_there) == (7, 1, 3)
    assert summary.lines_left_out == 3
    assert summary.counts.net_total == 10
    assert found_in(without_her.folder, WORDS) == {}


def test_what_a_file_tells_without_a_customer_in_her_thread_is_left_out_too(without_her):
    summary = read(without_her, CONTACTS + "\n", "contacts")
    assert (summary.lines_imported, summary.lines_already_there, summary.lines_rejected) == (0, 1, 1)
    assert summary.lines_left_out == 3, "a call, a message in its thread, and a line that could not be read"
    assert found_in(without_her.folder, WORDS) == {}


def test_a_dry_run_shows_nothing_of_her(without_her):
    summary = read(without_her, ORDERS + "\n", "orders", dry_run=True)
    assert summary.lines_left_out == 2
    assert summary.first_rows
    assert not any(word in str(summary.as_json()) for word in WORDS)


def test_a_backup_made_before_is_cleaned_when_it_is_opened(shop, tmp_path):
    archive = shop.backup(tmp_path / "before.tar.gz")
    erase(shop, key_of(shop, "AZ-77"), by="Elena", now=NOW, reason="asked by letter")
    assert found_in(tmp_path, ["Quixotova"])["before.tar.gz"] > 3, "the archive itself holds her"
    with rg.restore(archive, tmp_path / "again") as restored:
        assert found_in(restored.folder, WORDS) == {}
        with restored.engine() as engine:
            row = engine.run("SELECT sum(amount) AS total, count(client_key) AS known FROM interactions").to_pylist()[0]
    with shop.engine() as engine:
        assert (
            row
            == engine.run("SELECT sum(amount) AS total, count(client_key) AS known FROM interactions").to_pylist()[0]
        )


def test_opening_costs_nothing_once_the_folder_was_compared_with_the_list(without_her, monkeypatch):
    monkeypatch.setattr(kept_out, "_came_back", lambda *_: pytest.fail("compared again"))
    assert keep_suppressed_out(without_her, now=NOW) == 0


def test_who_asks_for_it_is_let_in_again(without_her):
    assert is_suppressed(without_her, emails=[EMAIL])
    assert allow_again(without_her, emails=["nobody@post.example"], by="Elena", now=NOW) == 0
    assert allow_again(without_her, emails=[EMAIL], by="Elena", now=NOW) == 1
    assert not is_suppressed(without_her, references=[("shop", "AZ-77")], phones=[PHONE])
    assert read(without_her, f"customer_id,name\nAZ-77,{NAME}\n", "customers").lines_imported == 1
    assert keep_suppressed_out(without_her, now=NOW, thorough=True) == 0
    erase(without_her, key_of(without_her, "AZ-77"), by="Elena", now=NOW.replace(hour=11), reason="asked again")
    assert is_suppressed(without_her, emails=[EMAIL], references=[("shop", "AZ-77")])


def test_what_a_family_shares_keeps_nobody_out(shop):
    read(shop, f"customer_id,name,email,phone\nAZ-80,Her Husband,{EMAIL.upper()},+420777123987\n", "customers")
    done = erase(shop, key_of(shop, "AZ-77"), by="Elena", now=NOW, reason="asked by letter")
    assert done.look_alikes == (key_of(shop, "AZ-80"),)
    assert not is_suppressed(shop, emails=[EMAIL], phones=[PHONE])
    assert is_suppressed(shop, births=[("Zdislava Quixotova", "1970-02-03")])


def test_the_list_holds_no_word_and_its_key_is_for_this_user_alone(without_her):
    kept = suppression_of(without_her)
    assert len(kept) >= 6
    for folder in kept.folders:
        assert found_in(folder, WORDS) == {}
        (key,) = folder.glob("key-*")
        assert key.stat().st_mode & 0o777 == 0o600
        assert folder.stat().st_mode & 0o777 == 0o700


def test_two_companies_have_different_digests_for_one_person(without_her, tmp_path):
    other = suppression_of(rg.init(tmp_path / "other"))
    other.add(Identifiers(emails=[EMAIL]), now=NOW, keep_amounts=True)
    form = f"email\x1f{EMAIL}"
    assert not other.hashed(form) & suppression_of(without_her).hashed(form)


@pytest.mark.parametrize("lost", ["inside", "beside"])
def test_a_lost_copy_of_the_list_comes_back_from_the_other(without_her, lost):
    inside, beside = suppression_of(without_her).folders
    shutil.rmtree(inside if lost == "inside" else beside)
    assert is_suppressed(without_her, emails=[EMAIL])
    keep_suppressed_out(without_her, now=NOW, thorough=True)
    assert (inside / "list.jsonl").read_text() == (beside / "list.jsonl").read_text()


def test_the_list_is_kept_where_the_settings_say(shop, tmp_path):
    path = shop.folder / "regulars.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f'suppression = "{tmp_path / "keep"}"\n{text}', encoding="utf-8")
    with rg.open(shop.folder) as again:
        erase(again, key_of(again, "AZ-77"), by="Elena", now=NOW, reason="asked by letter")
        assert len(list((tmp_path / "keep").glob("*/list.jsonl"))) == 1
        assert not (tmp_path / BESIDE).exists()


def test_a_list_that_cannot_be_kept_outside_is_said(shop, tmp_path):
    (tmp_path / BESIDE).write_text("a file where the folder should be")
    done = erase(shop, key_of(shop, "AZ-77"), by="Elena", now=NOW, reason="asked by letter")
    assert "older backup could bring people back" in done.notes[0]
    assert is_suppressed(shop, emails=[EMAIL])
    assert found_in(Path(shop.folder), WORDS) == {}
