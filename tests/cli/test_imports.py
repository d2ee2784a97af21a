"""Making a workspace, importing, taking back: what a shop owner types and what they are told."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.calls import misused, refused, regulars

ORDERS = """order no,date,customer no,amount
1,2026-01-13,C1,10.00
2,2026-01-14,C2,25.50
3,2026-01-15,,4.00
"""


def orders(folder: Path, text: str = ORDERS, name: str = "orders.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def everything_under(folder: Path) -> dict[str, bytes]:
    """All files of a folder with their bytes."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# init ----------------------------------------------------------------------------------------------------


def test_a_new_shop_is_one_folder_that_says_what_to_do_next(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    answer = regulars("init", folder, "--currency", "bgn", "--time-zone", "Europe/Sofia")
    assert answer.code == 0
    assert f"regulars -w {folder} import" in answer.out
    assert 'currency = "BGN"' in (folder / "regulars.toml").read_text(encoding="utf-8")
    assert (folder / "vault.sqlite3").stat().st_mode & 0o777 == 0o600
    assert {path.name for path in folder.iterdir()} == {"regulars.toml", "log", "vault.sqlite3"}


def test_a_folder_with_something_in_it_is_not_taken(tmp_path: Path) -> None:
    orders(tmp_path)
    assert "is not empty" in refused("init", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["orders.csv"]


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [("--currency", "leva", "three-letter code"), ("--time-zone", "Sofia", "Europe/Sofia")],
)
def test_a_currency_or_time_zone_that_is_none_is_refused(tmp_path: Path, option: str, value: str, said: str) -> None:
    assert said in refused("init", tmp_path / "shop", option, value)


def test_practice_files_never_overwrite_ones_own(tmp_path: Path) -> None:
    own = orders(tmp_path)
    assert "is not empty" in refused("demo", tmp_path, "--files")
    assert own.read_text(encoding="utf-8") == ORDERS
    assert "leave out" in misused("demo", tmp_path / "new", "--files", "--real")


# import --------------------------------------------------------------------------------------------------


def test_the_summary_tells_lines_money_and_how_to_take_it_back(fresh: Path) -> None:
    answer = regulars("-w", fresh, "import", orders(fresh.parent))
    assert answer.code == 0
    assert "3 lines read = 3 imported + 0 rejected + 0 already there" in answer.out
    assert "39.50 EUR net" in answer.out
    assert "2 customers; 1 lines without a customer" in answer.out
    assert f"regulars -w {fresh} imports undo 1" in answer.out


def test_json_tells_the_same_to_a_program(fresh: Path) -> None:
    told = regulars("-w", fresh, "import", orders(fresh.parent), "--json").json
    assert told["lines_read"] == told["lines_imported"] + told["lines_rejected"] + told["lines_already_there"] == 3
    assert (told["documents"], told["orders"], told["refunds"], told["adjustments"]) == (3, 3, 0, 0)
    assert (told["customers"], told["guest_lines"], told["net_total"]) == (2, 1, "39.50")
    assert told["mapping"]["amount"] == "amount"


def test_a_dry_run_shows_the_columns_and_the_first_rows_and_changes_nothing(fresh: Path) -> None:
    before = everything_under(fresh)
    answer = regulars("-w", fresh, "import", orders(fresh.parent), "--dry-run")
    assert answer.code == 0
    assert "3 would be imported" in answer.out
    assert re.search(r"customer_id +← +customer no", answer.out)
    assert "line 2: order_id=1" in answer.out
    assert "Nothing was changed." in answer.out
    after = {name: held for name, held in everything_under(fresh).items() if not name.endswith(".lock")}
    assert after == {name: held for name, held in before.items() if not name.endswith(".lock")}
    assert "Nothing was imported yet" in regulars("-w", fresh, "imports").out


def test_the_same_file_again_adds_nothing_and_says_why(fresh: Path) -> None:
    file = orders(fresh.parent)
    regulars("-w", fresh, "import", file)
    again = regulars("-w", fresh, "import", file)
    assert again.code == 0
    assert "0 imported + 0 rejected + 3 already there" in again.out
    assert "imported before, as import 1" in again.out
    assert len(regulars("-w", fresh, "imports", "--json").json) == 1


def test_a_bad_line_waits_in_a_file_and_can_be_mended(fresh: Path) -> None:
    file = orders(fresh.parent, ORDERS + "4,2026-01-16,C4,ten\n")
    answer = regulars("-w", fresh, "import", file)
    assert answer.code == 0
    assert "4 lines read = 3 imported + 1 rejected + 0 already there" in answer.out
    rejects = next((fresh / "rejects").iterdir())
    assert str(rejects) in answer.out
    rows = list(csv.DictReader(rejects.open(encoding="utf-8-sig")))
    assert [(row["regulars_line"], row["regulars_value"], row["customer no"]) for row in rows] == [("5", "ten", "C4")]
    mended = rejects.read_text(encoding="utf-8-sig").replace(",ten", ",10.00")
    rejects.write_text(mended, encoding="utf-8")
    assert "1 lines read = 1 imported" in regulars("-w", fresh, "import", rejects).out


def test_a_date_that_can_be_read_in_two_ways_is_asked_about(fresh: Path) -> None:
    file = orders(fresh.parent, "order no,date,customer no,amount\n1,03/04/2026,C1,10\n2,05/06/2026,C1,10\n")
    assert "--date-format DMY" in refused("-w", fresh, "import", file)
    told = regulars("-w", fresh, "import", file, "--date-format", "MDY", "--json").json
    assert (told["first_on"], told["last_on"]) == ("2026-03-04", "2026-05-06")


def test_a_column_named_by_hand_and_a_constant_are_taken(fresh: Path) -> None:
    file = orders(fresh.parent, ORDERS.replace("amount", "Z1"))
    assert "needs an amount" in refused("-w", fresh, "import", file, "--as", "orders")
    told = regulars(
        "-w", fresh, "import", file, "--as", "orders", "--map", "amount=Z1", "--map", "channel==market", "--json"
    )
    assert told.json["net_total"] == "39.50"
    assert told.json["mapping"]["channel"] == "=market"
    split = regulars("-w", fresh, "measure", "revenue", "--by", "channel", "--format", "json").json
    assert {row["channel"] for row in split["rows"]} == {"market"}


def wrong_imports() -> Iterator[tuple[list[str], str]]:
    yield ["nowhere.csv"], "There is no file nowhere.csv"
    yield ["orders.csv", "--as", "invoices"], "Use --as with one of"
    yield ["orders.csv", "--map", "amount=Total"], "has no column 'Total'"
    yield ["orders.csv", "--as", "orders", "--map", "price=amount"], "has no field 'price'"
    yield ["orders.csv", "--decimal-mark", ";"], "decimal mark"
    yield ["orders.csv", "--encoding", "klingon"], "klingon"
    yield ["orders.csv", "--date-format", "sometime"], "date format 'sometime' is not known"


@pytest.mark.parametrize(("words", "said"), list(wrong_imports()))
def test_a_wrong_import_is_one_sentence_and_changes_nothing(
    fresh: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    orders(fresh.parent)
    monkeypatch.chdir(fresh.parent)
    assert said in refused("-w", fresh, "import", *words)
    assert regulars("-w", fresh, "imports", "--json").json == []


def test_a_map_without_a_column_is_wrong_use(fresh: Path) -> None:
    assert "'amount' is not field=column" in misused("-w", fresh, "import", orders(fresh.parent), "--map", "amount")


# imports and undo ----------------------------------------------------------------------------------------


def test_the_history_tells_what_when_by_whom_and_how_many(fresh: Path) -> None:
    regulars("-w", fresh, "import", orders(fresh.parent), "--source", "till")
    head, row = regulars("-w", fresh, "imports").lines()
    assert head.split()[:2] == ["import", "event"]
    assert re.fullmatch(r"1 +imported +\d{4}-\d\d-\d\d \d\d:\d\d +\S+ +till +orders +orders.csv +3 +3 +0 +0", row)
    (told,) = regulars("-w", fresh, "imports", "--json").json
    assert told["summary"]["net_total"] == "39.50"


def test_taking_an_import_back_leaves_the_others(fresh: Path) -> None:
    regulars("-w", fresh, "import", orders(fresh.parent))
    before = regulars("-w", fresh, "measure", "repeat", "--format", "json", "--as-of", "2026-02-01").out
    more = orders(fresh.parent, ORDERS.replace("C", "D") + "9,2026-01-20,D9,1.00\n", "more.csv")
    regulars("-w", fresh, "import", more, "--source", "web")
    assert regulars("-w", fresh, "measure", "repeat", "--format", "json", "--as-of", "2026-02-01").out != before
    undone = regulars("-w", fresh, "imports", "undo", "2", "--json")
    assert undone.json["import_id"] == 2
    assert undone.json["rows_removed"] > 0
    assert regulars("-w", fresh, "measure", "repeat", "--format", "json", "--as-of", "2026-02-01").out == before
    assert "undone already" in refused("-w", fresh, "imports", "undo", "2")
    events = [(row["import_id"], row["event"]) for row in regulars("-w", fresh, "imports", "--json").json]
    assert events == [(1, "imported"), (2, "imported"), (2, "undone")]


def test_an_import_that_never_was_cannot_be_taken_back(fresh: Path) -> None:
    assert "There is no import 7" in refused("-w", fresh, "imports", "undo", "7")
    assert "import_id" in misused("-w", fresh, "imports", "undo", "last")


# Workspaces ----------------------------------------------------------------------------------------------


def test_the_workspace_may_be_named_by_the_environment_or_be_the_current_folder(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = regulars("-w", shop, "imports").out
    monkeypatch.setenv("REGULARS_WORKSPACE", str(shop))
    assert regulars("imports").out == named
    monkeypatch.delenv("REGULARS_WORKSPACE")
    monkeypatch.chdir(shop)
    assert regulars("imports").out == named


def test_a_folder_that_is_no_workspace_is_refused_with_the_way_out(tmp_path: Path) -> None:
    assert f"regulars init {tmp_path}" in refused("-w", tmp_path, "imports")


def test_settings_that_cannot_be_read_name_the_file(fresh: Path) -> None:
    (fresh / "regulars.toml").write_text('name = "half', encoding="utf-8")
    assert "regulars.toml cannot be read" in refused("-w", fresh, "imports")


def test_a_log_of_a_newer_regulars_is_refused_in_words(fresh: Path) -> None:
    head = fresh / "log" / "head.json"
    content = json.loads(head.read_text(encoding="utf-8"))
    head.write_text(json.dumps({**content, "schema_version": 99}), encoding="utf-8")
    assert "newer Regulars" in refused("-w", fresh, "imports")
