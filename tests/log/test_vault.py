"""The vault knows who is who: every statement stands for itself, and nothing outlives what brought it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

import regulars as rg
from regulars.errors import WorkspaceError
from regulars.log import maintenance
from regulars.log.vault import Vault
from regulars.workspace import Workspace


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    made = Vault.at(tmp_path / "vault.sqlite3")
    made.create()
    return made


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return rg.init(tmp_path / "shop")


def said(key: int, **details: object) -> dict[str, object]:
    return {"client_key": key, "source": "main", **details}


def orders(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["order_id,customer_id,date,amount,customer name,email", *rows]) + "\n", encoding="utf-8")
    return path


def test_a_customer_keeps_the_key_that_was_given_first(vault):
    first = vault.keys("main", ["c1", "c2", "c1"])
    assert vault.keys("main", ["c2", "c1"]) == {"c2": first["c2"], "c1": first["c1"]}
    assert vault.keys("till", ["c1"])["c1"] != first["c1"], "another system's c1 is another record"
    assert all(0 < key < 2**63 for key in first.values())


def test_two_imports_that_meet_the_same_new_customers_agree_on_their_keys(vault):
    wanted = [f"c{n}" for n in range(300)]
    found: list[dict[str, int]] = []
    threads = [threading.Thread(target=lambda: found.append(vault.keys("main", wanted))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(keys == found[0] for keys in found)


def test_a_value_said_again_is_the_newest_again(vault):
    for number, address in enumerate(("Old Street 1", "New Street 2", "Old Street 1"), start=1):
        vault.add_details(number, [said(7, name="Ana", address=address)])
    assert vault.people([7]) == {7: {"name": "Ana", "address": "Old Street 1"}}


def test_only_what_nobody_had_said_before_counts_as_new(vault):
    assert vault.add_details(1, [said(7, name="Ana"), said(8, name="Jan")]) == 2
    assert vault.add_details(2, [said(7, name="Ana"), said(8, name="Jan Novak")]) == 1


def test_what_two_imports_said_stays_when_one_of_them_is_taken_back(vault):
    vault.add_details(1, [said(7, name="Ana", email="ana@example.org")])
    vault.add_details(2, [said(7, name="Ana", email="ana@example.org")])
    vault.forget_import(1)
    assert vault.people([7]) == {7: {"name": "Ana", "email": "ana@example.org"}}
    vault.forget_import(2)
    assert vault.people([7]) == {}


def test_a_shared_customer_keeps_key_and_name_when_one_import_is_undone(shop, tmp_path):
    first = shop.import_file(orders(tmp_path / "a.csv", "1,c1,2026-01-05,10.00,Ana Kovac,ana@example.org"))
    shop.import_file(orders(tmp_path / "b.csv", "2,c1,2026-02-05,10.00,Ana Kovac,ana@example.org"))
    key = shop.vault.keys("main", ["c1"])["c1"]
    shop.undo(first.import_id)
    assert shop.names([key]) == {key: "Ana Kovac"}
    assert shop.vault.keys("main", ["c1"]) == {"c1": key}


def test_undo_waits_until_running_imports_have_their_customers_in_the_log(shop, tmp_path):
    """Keys given to an import on its way must not be taken for those of unknown customers."""
    first = shop.import_file(orders(tmp_path / "a.csv", "1,c1,2026-01-05,10.00,Ana Kovac,"))
    with shop.log.staging():
        given = shop.vault.keys("main", ["c2"])
        undoing = threading.Thread(target=shop.undo, args=(first.import_id,))
        undoing.start()
        undoing.join(0.5)
        assert undoing.is_alive()
        assert shop.vault.keys("main", ["c2"]) == given
    undoing.join()


def test_an_undo_that_died_before_the_vault_followed_is_finished_by_the_next_import(shop, tmp_path, monkeypatch):
    number = shop.import_file(orders(tmp_path / "a.csv", "1,c1,2026-01-05,10.00,Zdenka,z@example.org")).import_id
    with monkeypatch.context() as patch:
        patch.setattr(maintenance, "_tidy", lambda *_, **__: None)
        shop.undo(number)
    assert _holds(shop, b"z@example.org")
    shop.import_file(orders(tmp_path / "b.csv", "2,c2,2026-01-05,10.00,Jan,"))
    assert not _holds(shop, b"z@example.org")
    assert not _holds(shop, b"Zdenka")


@pytest.mark.parametrize("how", ["refused by the disk", "killed"])
def test_an_import_that_fails_leaves_no_names_behind(shop, tmp_path, monkeypatch, how):
    def failing(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(type(shop.log), "publish", failing)
        if how == "killed":
            patch.setattr(Vault, "forget_import", lambda *_: None)
        with pytest.raises(rg.errors.LogError, match=r"No space left on device.*Nothing was imported"):
            shop.import_file(orders(tmp_path / "a.csv", "1,c1,2026-01-05,10.00,Zdenka,z@example.org"))
    shop.import_file(orders(tmp_path / "b.csv", "2,c2,2026-01-05,10.00,Jan,"))
    assert not _holds(shop, b"z@example.org")
    assert shop.import_file(orders(tmp_path / "a.csv", "1,c1,2026-01-05,10.00,Zdenka,")).lines_imported == 1


def test_a_workspace_whose_vault_is_gone_says_so(shop):
    shop.close()
    (shop.folder / "vault.sqlite3").unlink()
    with pytest.raises(WorkspaceError, match=r"vault\.sqlite3 is missing"):
        rg.open(shop.folder)


def _holds(shop: Workspace, secret: bytes) -> bool:
    shop.vault.close()  # the last connection puts the write-ahead log into the file
    return any(secret in path.read_bytes() for path in shop.folder.glob("vault.sqlite3*"))
