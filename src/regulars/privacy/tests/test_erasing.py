"""Erased is erased: found everywhere before, nowhere after, and nobody else is touched."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

import regulars as rg
from regulars import audit, state_store
from regulars.log import search_index
from regulars.log.inbox import Entry
from regulars.places import SAVED_FOLDER
from regulars.privacy import erasing
from regulars.privacy.erasing import erase, finish, register_place
from regulars.privacy.pending import pending
from regulars.privacy.person import PrivacyError, UnknownPerson
from regulars.privacy.searching import found_in
from regulars.privacy.tests.people import EMAIL, NAME, NOW, WORDS, key_of
from regulars.workspace import Workspace


def erase_her(shop: Workspace, **changed: Any) -> erasing.Erasure:
    asked = {"by": "Elena", "now": NOW, "reason": "asked by letter", **changed}
    return erase(shop, key_of(shop, "AZ-77"), **asked)


def rows(shop: Workspace, table: str, where: str = "true") -> list[dict[str, Any]]:
    with shop.engine() as engine:
        found: list[dict[str, Any]] = engine.run(f"SELECT * FROM recorded_{table} WHERE {where}").to_pylist()
    return sorted(found, key=str)


def total(shop: Workspace) -> Decimal:
    with shop.engine() as engine:
        return engine.run("SELECT sum(amount) AS total FROM interactions").to_pylist()[0]["total"]


def test_a_person_is_found_in_every_place_before_and_in_none_after(shop):
    assert search_index.find(shop, "Quixotova")
    shop.measure("revenue")
    before = found_in(shop.folder, WORDS)
    places = {name.split("/part-")[0].split("-wal")[0] for name in before}
    assert places >= {
        *("vault.sqlite3", "inbox.sqlite3", "log/interactions", "log/items", "log/facts", "log/imports"),
        *("exports/slipping.csv", "rejects/Quixotova_Zdislava contacts.import-3.rejects.csv"),
    }
    done = erase_her(shop)
    assert found_in(shop.folder, WORDS) == {}
    assert found_in(shop.folder.parent / "regulars-erased", WORDS) == {}
    assert search_index.find(shop, "Quixotova") == []
    assert done.other_files == ()
    shop.close()
    assert found_in(shop.folder, WORDS) == {}


def test_her_numbers_are_left_in_the_audit_trail_alone(shop):
    keys = [str(key_of(shop, "AZ-77")), str(key_of(shop, "T-9", "calls"))]
    touches = [str(row["interaction_id"]) for row in rows(shop, "interactions", f"client_key = {keys[0]}")]
    assert len(found_in(shop.folder, [*keys, *touches])) > 4
    erase_her(shop)
    assert set(found_in(shop.folder, keys)) == {"audit.jsonl"}
    assert found_in(shop.folder, touches) == {}, "a sale that stays has another number"
    assert audit.verify(shop.folder) is None


def test_nobody_elses_row_changes(shop):
    others = f"client_key IN ({key_of(shop, 'AZ-78')}, {key_of(shop, 'AZ-79')}, {key_of(shop, 'T-8', 'calls')})"
    guests = "client_key IS NULL AND thread = '1004'"
    tables = {"interactions": f"{others} OR {guests}", "clients": others, "facts": others}
    before = {table: rows(shop, table, where) for table, where in tables.items()}
    numbers = ", ".join(str(row["interaction_id"]) for row in before["interactions"])
    lines = rows(shop, "items", f"interaction_id IN ({numbers})")
    people = shop.vault.people([key_of(shop, "AZ-78"), key_of(shop, "AZ-79")])
    erase_her(shop)
    assert {table: rows(shop, table, where) for table, where in tables.items()} == before
    assert rows(shop, "items", f"interaction_id IN ({numbers})") == lines
    assert shop.vault.people([key_of(shop, "AZ-78"), key_of(shop, "AZ-79")]) == people


def test_sales_stay_to_the_cent_as_those_of_a_guest(shop):
    before, months = total(shop), shop.measure("revenue", by="channel").to_polars()
    hers = rows(shop, "interactions", f"client_key = {key_of(shop, 'AZ-77')} AND amount IS NOT NULL")
    done = erase_her(shop)
    assert total(shop) == before
    assert done.amount_gone == 0
    money = ["revenue", "orders_amount", "refunds_amount", "cost"]
    assert shop.measure("revenue", by="channel").to_polars().select(money).equals(months.select(money))
    kept = [row for row in rows(shop, "interactions") if row["client_key"] is None and row["thread"] is None]
    assert sorted(row["amount"] for row in kept) == sorted(row["amount"] for row in hers)
    for row in kept:
        assert {row[name] for name in ("text", "properties", "source_row", "thread", "outcome")} == {None}
        assert (row["occurred_at"].minute, row["occurred_at"].second) == (0, 0)


def test_sales_go_too_when_that_is_asked_and_the_result_says_how_much(shop):
    before = total(shop)
    done = erase_her(shop, keep_amounts=False)
    assert done.amount_gone == Decimal("211.0000")
    assert total(shop) == before - done.amount_gone
    assert done.anonymous == {"imports": 1}
    assert found_in(shop.folder, WORDS) == {}


def test_what_waits_in_the_inbox_is_erased_and_the_rest_of_it_arrives(shop):
    erase_her(shop)
    assert [row["text"] for row in rows(shop, "interactions", "kind = 'visit'")] == ["Ana came by"]
    assert shop.inbox.waiting(0) == []


def test_an_import_can_still_be_undone_afterwards(shop):
    erase_her(shop)
    shop.undo(1)
    assert total(shop) is None
    assert [row["event"] for row in shop.imports() if row["import_id"] == 1] == ["imported", "undone"]


def test_nobody_is_erased_twice(shop):
    her = key_of(shop, "AZ-77")
    erase(shop, her, by="Elena", now=NOW, reason="asked")
    with pytest.raises(UnknownPerson, match="erased already"):
        erase(shop, her, by="Elena", now=NOW, reason="asked")


@pytest.mark.parametrize("reason", [f"{NAME} wrote", "letter of quixotova, zdislava", "from zdislava.q@post.example"])
def test_a_reason_that_names_the_person_is_refused_and_nothing_is_erased(shop, reason):
    before = found_in(shop.folder, WORDS)
    with pytest.raises(PrivacyError, match="names the person"):
        erase_her(shop, reason=reason)
    assert found_in(shop.folder, WORDS) == before


def test_a_place_of_the_web_application_is_asked_while_the_name_is_still_known(shop, monkeypatch):
    monkeypatch.setattr(erasing, "_places", {})
    asked = []
    register_place("notes", lambda workspace, person, traces: asked.append(person.said("name")) or 3)
    assert erase_her(shop).removed["notes"] == 3
    assert asked == [(NAME, "Quixotova Zdislava")]


def test_a_text_of_somebody_else_that_names_her_is_counted_and_left(shop, tmp_path):
    path = tmp_path / "more.csv"
    path.write_text(f"customer_id,date,text\nAZ-78,2026-04-01,I heard of it from {NAME}\n", encoding="utf-8")
    shop.import_file(path, form="contacts", source="shop")
    assert erase_her(shop).mentions == 1
    assert rows(shop, "interactions", "text LIKE '%heard of it%'")


def test_a_note_of_a_group_loses_the_sentences_that_name_her_and_keeps_the_others(shop):
    note = f"Six people came. {NAME} found it dear.\nAll praised the chairs! Call\nMs Quixotova,\nZdislava."
    told = {"source": "pages", "occurred_at": NOW, "occurred_on": NOW.date(), "kind": "focus group", "step": "note"}
    said = {"interaction_id": 77, "survey": "focus groups", "question": "price", "kind": "text"}
    shop.add(
        [
            Entry("interactions", {**told, "interaction_id": 77, "text": note}),
            Entry("interactions", {**told, "interaction_id": 78, "text": "Nobody came."}),
            Entry("answers", {**said, "text": f"As {EMAIL} wrote, too dear. Nice lamps."}),
            Entry("answers", {**said, "question": "lamps", "text": "Nice lamps."}),
        ]
    )
    shop.seal()
    done = erase_her(shop)
    assert found_in(shop.folder, WORDS) == {}
    texts = {row["interaction_id"]: row["text"] for row in rows(shop, "interactions", "kind = 'focus group'")}
    assert texts == {77: "(erased)", 78: "Nobody came."}, "a name over two lines takes the whole note along"
    quotes = {row["question"]: row["text"] for row in rows(shop, "answers", "survey = 'focus groups'")}
    assert quotes == {"price": "(erased) Nice lamps.", "lamps": "Nice lamps."}
    assert done.mentions == 0


def test_only_the_sentence_with_her_name_leaves_a_note(shop):
    told = {"source": "pages", "occurred_at": NOW, "occurred_on": NOW.date(), "kind": "interview", "interaction_id": 79}
    shop.add([Entry("interactions", {**told, "text": f"Six came. {NAME} found it dear. All praised the chairs!"})])
    erase_her(shop)
    [kept] = rows(shop, "interactions", "interaction_id = 79")
    assert kept["text"] == "Six came. (erased) All praised the chairs!"


def test_a_broken_off_move_to_a_database_leaves_nothing_of_her(shop):
    """The move writes vault and inbox as files first; the machine stopped in the middle, and no database was named."""
    state_store.save(shop.vault, shop.inbox, shop.folder / f"{SAVED_FOLDER}.new")
    assert found_in(shop.folder, WORDS)
    done = erase_her(shop)
    assert found_in(shop.folder, WORDS) == {}
    assert done.other_files == ()


def test_a_saved_state_that_waits_is_taken_in_before_anybody_is_erased(shop):
    shop.close()
    state_store.save(shop.vault, shop.inbox, shop.folder / SAVED_FOLDER)
    for path in (shop.folder / "vault.sqlite3", shop.folder / "inbox.sqlite3"):
        path.unlink()
    with rg.open(shop.folder) as again:
        assert not (shop.folder / SAVED_FOLDER).exists()
        erase_her(again)
        assert found_in(again.folder, WORDS) == {}


def test_a_file_that_somebody_put_into_the_folder_is_told_of(shop):
    (shop.folder / "list.txt").write_text(f"call {NAME}\n", encoding="utf-8")
    (shop.folder / "plan.txt").write_text("call everybody\n", encoding="utf-8")
    assert erase_her(shop).other_files == ("list.txt",)


def test_readers_go_on_and_erasing_waits_for_them(shop):
    """Whoever reads has the old files until they are done; nothing is deleted under them."""
    counts, reading, go = [], threading.Event(), threading.Event()

    def read() -> None:
        with rg.open(shop.folder) as other, other.engine() as engine:
            reading.set()
            go.wait(20)
            counts.append(engine.run("SELECT count(*) AS n FROM recorded_interactions").to_pylist()[0]["n"])

    before = len(rows(shop, "interactions"))
    reader = threading.Thread(target=read)
    reader.start()
    assert reading.wait(20)
    with pytest.raises(PrivacyError, match="Run the same command again"):
        erase_her(shop, wait_seconds=0.1)
    her = pending(shop.folder)[0].customer_key
    go.set()
    reader.join()
    assert counts == [before]
    erase(shop, her, by="Elena", now=NOW, reason="asked")
    assert found_in(shop.folder, WORDS) == {}
    assert pending(shop.folder) == []


STEPS = [
    *("suppression_of", "seal_alone", "Rewrite.run", "write_head", "forget_past"),
    *("company_files.clean_rejects", "forget_clients", "overwrite_free_space", "audit.record"),
]


@pytest.mark.parametrize("step", STEPS)
def test_cut_off_at_any_step_doing_it_again_finishes(shop, monkeypatch, step):
    before = total(shop)

    def cut(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"regulars.privacy.erasing.{step}", cut)
        with pytest.raises(KeyboardInterrupt):
            erase_her(shop)
    shop.close()
    with rg.open(shop.folder) as again:
        assert total(again) == before, "seen whole at every moment"
        finish(again, now=NOW)
        assert pending(again.folder) == []
        assert found_in(again.folder, WORDS) == {}
        assert total(again) == before
        path = shop.folder.parent / "new customers.csv"
        path.write_text(f"customer_id,name\nAZ-77,{NAME}\nAZ-99,Someone Else\n", encoding="utf-8")
        assert again.import_file(path, form="customers", source="shop").lines_left_out == 1


def test_what_was_deleted_is_overwritten_in_databases_that_others_wrote_carelessly(shop):
    """Another program may write without secure_delete: then the file is written anew."""
    with closing(sqlite3.connect(shop.folder / "vault.sqlite3")) as vault:
        vault.execute("PRAGMA secure_delete = OFF")
        vault.execute("CREATE TABLE other AS SELECT * FROM details")
        vault.execute("DROP TABLE other")
        vault.commit()
    shop.close()
    engine = sa.create_engine(f"sqlite:///{shop.folder / 'vault.sqlite3'}")
    sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA secure_delete = OFF"))
    shop.vault.engine = engine
    erase_her(shop)
    shop.close()
    assert found_in(shop.folder, WORDS) == {}
