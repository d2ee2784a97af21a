"""Asking: formats, files, names and the trail they leave, and what is said to a wrong question."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import regulars as rg
from regulars import audit
from regulars.groups.publishing import members
from regulars.measures import all_measures
from tests.cli.calls import misused, refused, regulars
from tests.cli.conftest import CUSTOMERS

# How cells begin that a spreadsheet would run: as they are, after white space, and in full-width forms.
RUN_BY_SPREADSHEETS = ("=1+1", "+cmd|'/C calc'!A0", "-2+3+cmd", "@SUM(A1)", " =1+1", "＝1+1", "＋1+cmd", "－x", "＠x")


def rows_of(answer: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer)))


# Lists and formats ---------------------------------------------------------------------------------------


def test_the_list_names_every_measure_and_its_question() -> None:
    listed = regulars("measure", "--list").out
    for measure in all_measures():
        assert measure.name in listed
        assert measure.question in listed
    told = regulars("measure", "--list", "--format", "json").json
    assert [measure["name"] for measure in told] == [measure.name for measure in all_measures()]


@pytest.mark.parametrize("name", [measure.name for measure in all_measures()])
def test_every_measure_answers_a_person_and_a_program(heard: Path, name: str) -> None:
    shown = regulars("-w", heard, "measure", name, "--as-of", "2026-06-30")
    assert shown.code == 0
    assert shown.lines()[0].endswith("  (as of 2026-06-30)")
    told = regulars("-w", heard, "measure", name, "--as-of", "2026-06-30", "--format", "json").json
    assert (told["measure"], told["as_of"]) == (name, "2026-06-30")
    assert told["rows"]


def test_a_share_is_told_in_percent_with_its_interval_and_its_count(shop: Path) -> None:
    told = regulars("-w", shop, "measure", "repeat", "--format", "json").json["rows"][-1]
    shown = regulars("-w", shop, "measure", "repeat").lines()[-1]
    percents = [f"{100 * told[name]:.1f}%" for name in ("repeat_share", "repeat_share_low", "repeat_share_high")]
    assert "{} ({} to {})".format(*percents) in shown
    assert shown.endswith(str(CUSTOMERS))


def test_a_group_is_asked_for_by_its_key_and_only_its_customers_count(heard: Path) -> None:
    group = "recommended-households"
    told = regulars("-w", heard, "measure", "journey", "--group", group, "--format", "json").json
    with rg.open(heard) as shop:
        inside = shop.measure("journey", members=members(shop, group)).to_polars()
        whole = shop.measure("journey").to_polars()
    assert told["group"] == group
    assert [row["count"] for row in told["rows"]] == inside["count"].to_list()
    assert 0 < inside["count"].sum() < whole["count"].sum()
    assert "; group recommended-households)" in regulars("-w", heard, "measure", "stages", "--group", group).lines()[0]


def test_a_group_on_a_past_day_is_those_who_were_known_to_belong_then(heard: Path) -> None:
    asked = ("measure", "repeat", "--group", "recommended-households", "--as-of", "2024-06-30", "--format", "json")
    then = regulars("-w", heard, *asked).json["rows"]
    with rg.open(heard) as shop:
        known = members(shop, "recommended-households", as_of=date(2024, 6, 30))
        expected = shop.measure("repeat", as_of="2024-06-30", members=known).to_polars()
    assert [row["n"] for row in then] == expected["n"].to_list()


def test_a_group_that_is_not_there_is_refused_with_those_there_are(heard: Path) -> None:
    said = refused("-w", heard, "measure", "repeat", "--group", "everybody")
    assert "There is no group 'everybody'" in said
    assert "recommended-households" in said
    assert "in confidence" in refused("-w", heard, "measure", "pulse", "--group", "recommended-households")
    assert "is not a date" in refused("-w", heard, "measure", "repeat", "--group", "x", "--as-of", "yesterday")


def test_a_small_sample_is_marked_and_an_unknown_value_has_its_reason(shop: Path) -> None:
    early = regulars("-w", shop, "measure", "repeat", "--as-of", "2023-06-01").out
    assert "No customer's first order is that long ago." in early
    assert ")*" in early
    assert "* fewer than 30 cases" in early


def test_a_result_too_wide_for_a_screen_is_told_row_by_row_and_long_reasons_once(heard: Path) -> None:
    said = regulars("-w", heard, "measure", "touchpoints").out
    lines = said.splitlines()
    assert max(map(len, lines)) < 200
    assert "touchpoint: call centre" in lines
    (kept,) = [line for line in lines[lines.index("touchpoint: call centre") :] if "kept_share" in line][:1]
    assert re.search(r"kept_share +\d+\.\d% \(\d+\.\d% to \d+\.\d%; n [\d,]+\)", kept)
    assert len(re.findall(r"^\[1\] ", said, re.MULTILINE)) == 1
    assert "more rows; -o FILE.csv writes them all." in said


def test_csv_json_and_parquet_hold_the_same(shop: Path, tmp_path: Path) -> None:
    for ending in ("csv", "json", "parquet"):
        answer = regulars("-w", shop, "measure", "segments", "-o", tmp_path / f"out.{ending}")
        assert answer.code == 0
        assert answer.out.startswith(f"Wrote {tmp_path / f'out.{ending}'} (")
    in_parquet = pl.read_parquet(tmp_path / "out.parquet")
    in_json = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["rows"]
    in_csv = rows_of((tmp_path / "out.csv").read_bytes().decode("utf-8"))
    assert in_parquet["segment"].to_list() == [row["segment"] for row in in_json] == [row["segment"] for row in in_csv]
    assert in_parquet["customers"].sum() == sum(int(row["customers"]) for row in in_csv) == CUSTOMERS
    assert [float(row["revenue"]) for row in in_csv] == [row["revenue"] for row in in_json]


def test_a_format_that_is_named_goes_before_the_files_ending(shop: Path, tmp_path: Path) -> None:
    regulars("-w", shop, "measure", "pareto", "--format", "json", "-o", tmp_path / "new" / "out.txt")
    assert json.loads((tmp_path / "new" / "out.txt").read_text(encoding="utf-8"))["measure"] == "pareto"


def test_a_file_gets_all_rows_and_the_screen_the_first_fifty(shop: Path, tmp_path: Path) -> None:
    assert f"… and {CUSTOMERS - 50} more rows" in regulars("-w", shop, "measure", "rfm").out
    regulars("-w", shop, "measure", "rfm", "-o", tmp_path / "all.txt")
    assert len((tmp_path / "all.txt").read_text(encoding="utf-8").splitlines()) == CUSTOMERS + 2


def test_resellers_can_be_looked_at_apart(shop: Path) -> None:
    split = regulars("-w", shop, "measure", "repeat", "--by", "customer_type", "--format", "json").json["rows"]
    kept = regulars("-w", shop, "measure", "repeat", "--where", "customer_type = 'reseller'", "--format", "json").json
    resellers = [row for row in split if row["customer_type"] == "reseller"]
    assert {row["customer_type"] for row in split} == {"end user", "reseller"}
    assert [row["repeat_customers"] for row in resellers] == [row["repeat_customers"] for row in kept["rows"]]


def test_an_earlier_day_knows_fewer_customers(shop: Path) -> None:
    then = regulars("-w", shop, "measure", "repeat", "--as-of", "2024-12-31", "--format", "json").json
    assert then["as_of"] == "2024-12-31"
    assert 0 < then["rows"][-1]["customers"] < CUSTOMERS


# Wrong questions -----------------------------------------------------------------------------------------


def wrong_questions() -> Iterator[tuple[list[str], str]]:
    yield ["loyalty"], "There is no measure 'loyalty'. There are: "
    yield ["rfm", "--by", "chanel"], "Did you mean 'channel'?"
    yield ["rfm", "--as-of", "30.6.2026"], "Write it as 2026-06-30"
    yield ["rfm", "--where", "customer_type = "], "cannot be read"
    yield ["rfm", "--where", "1 = (SELECT 1)"], "condition"
    yield ["rfm", "-o", "taken"], "cannot be written"


@pytest.mark.parametrize(("words", "said"), list(wrong_questions()))
def test_a_wrong_question_is_answered_in_one_sentence(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    (tmp_path / "taken").mkdir()
    monkeypatch.chdir(tmp_path)
    assert said in refused("-w", shop, "measure", *words)


def test_wrong_use_is_told_apart_from_a_wrong_question(shop: Path) -> None:
    assert "Name a measure" in misused("-w", shop, "measure")
    assert "Parquet needs a file" in misused("-w", shop, "measure", "rfm", "--format", "parquet")
    assert "excel" in misused("-w", shop, "measure", "rfm", "--format", "excel")
    assert "No such command" in misused("-w", shop, "mesure", "rfm")


def test_an_empty_log_says_what_to_do_first(fresh: Path) -> None:
    assert "Import a file first" in refused("-w", fresh, "measure", "rfm")


# Names ---------------------------------------------------------------------------------------------------


def known_names(shop: Path) -> set[str]:
    with rg.open(shop) as opened, opened.engine() as engine:
        keys = engine.run("SELECT DISTINCT client_key FROM clients").column("client_key").to_pylist()
        return {name for name in opened.names(keys).values() if name}


def trail(shop: Path) -> list[dict[str, object]]:
    path = shop / audit.FILE_NAME
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def test_customers_are_told_by_the_shops_own_number_and_never_by_name(shop: Path) -> None:
    before = trail(shop)
    rows = rows_of(regulars("-w", shop, "measure", "rfm", "--format", "csv").out)
    assert len({row["reference"] for row in rows}) == CUSTOMERS
    assert all(row["reference"].startswith("K") for row in rows)
    assert "name" not in rows[0]
    everything = " ".join(
        regulars("-w", shop, "measure", measure.name, "--format", "csv").out for measure in all_measures()
    )
    assert not [name for name in known_names(shop) if name in everything]
    assert trail(shop) == before, "nothing was shown, so nothing is written down"


def test_names_are_shown_when_asked_for_and_that_is_written_down(shop: Path) -> None:
    before = trail(shop)
    rows = rows_of(regulars("-w", shop, "measure", "slipping", "--names", "--format", "csv").out)
    assert rows
    assert {row["name"] for row in rows} <= known_names(shop)
    (event,) = trail(shop)[len(before) :]
    assert (event["event"], event["measure"], event["rows"]) == ("names shown", "slipping", len(rows))
    assert event["by"]
    assert audit.verify(shop) is None


# Formulas ------------------------------------------------------------------------------------------------


@pytest.fixture
def hostile(fresh: Path) -> Path:
    """A shop whose customers, channels and names are formulas."""
    path = fresh.parent / "orders.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["order no", "date", "customer no", "customer name", "channel", "amount"])
        for number, cell in enumerate(RUN_BY_SPREADSHEETS):
            writer.writerow([number, "2026-01-13", cell, cell, cell, "-5.00" if number == 0 else "10.00"])
    assert regulars("-w", fresh, "import", path, "--as", "orders").code == 0
    return fresh


@pytest.mark.parametrize("question", [["rfm", "--names"], ["revenue", "--by", "channel"], ["clv", "--names"]])
def test_no_cell_of_an_export_is_a_formula(hostile: Path, tmp_path: Path, question: list[str]) -> None:
    file = tmp_path / "out.csv"
    assert regulars("-w", hostile, "measure", *question, "-o", file).code == 0
    cells = [cell for row in csv.reader(file.open(encoding="utf-8", newline="")) for cell in row]
    dangerous = [cell for cell in cells if cell.strip()[:1] in set("=+-@＝＋－＠\t\r") and not is_number(cell)]
    assert dangerous == []
    escaped = {cell for cell in cells if cell.startswith("'")}
    assert len(escaped) >= len({cell.strip() for cell in RUN_BY_SPREADSHEETS}) - 1


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
