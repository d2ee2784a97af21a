"""The files of the made-up company say what its log says."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pyarrow.compute as pc
import pytest

import regulars as rg
from regulars.demo.company import Company, make_company
from regulars.demo.export import export_files


@pytest.fixture(scope="module")
def company() -> Company:
    return make_company(400, seed=5)


@pytest.fixture(scope="module")
def files(company: Company, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    paths = export_files(company, tmp_path_factory.mktemp("files") / "new")
    return {path.name: path for path in paths}


def rows(path: Path, delimiter: str = ";", encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_order_lines_bring_the_same_money_as_the_log(company: Company, files: dict[str, Path]) -> None:
    lines = rows(files["orders.csv"])
    assert len(lines) == company.tables["items"].num_rows
    total = sum(Decimal(line["Amount"].replace(",", ".")) for line in lines)
    assert total == pc.sum(company.tables["items"]["amount"]).as_py()


def test_refunds_and_guests_look_as_a_till_writes_them(company: Company, files: dict[str, Path]) -> None:
    lines = rows(files["orders.csv"])
    touches = company.tables["interactions"].to_pylist()
    refunds = {line["Order no"] for line in lines if line["Quantity"].startswith("-")}
    assert len(refunds) == sum(touch["kind"] == "refund" for touch in touches) > 0
    assert all(number.startswith("R") for number in refunds)
    guests = {line["Order no"] for line in lines if not line["Customer no"] and line["Order no"].startswith("O")}
    assert len(guests) == sum(touch["kind"] == "order" and touch["client_key"] is None for touch in touches) > 0


def test_every_customer_is_in_the_list_under_the_number_of_the_orders(files: dict[str, Path]) -> None:
    customers = rows(files["customers.csv"])
    numbers = {customer["Customer no"] for customer in customers}
    assert len(customers) == len(numbers) == 400
    buyers = {line["Customer no"] for line in rows(files["orders.csv"]) if line["Customer no"]}
    assert buyers == numbers


def test_calls_are_written_in_cyrillic_of_windows(files: dict[str, Path]) -> None:
    calls = rows(files["calls.csv"], encoding="cp1251")
    assert list(calls[0])[:2] == ["Дата на обаждане", "Клиентски номер"]
    assert {call["Посока"] for call in calls} == {"входящо", "изходящо"}
    with pytest.raises(UnicodeDecodeError):
        files["calls.csv"].read_text(encoding="utf-8")


def test_answers_and_contacts_are_all_there(company: Company, files: dict[str, Path]) -> None:
    answers = rows(files["answers.csv"], delimiter="\t")
    surveyed = pc.sum(pc.equal(company.tables["answers"]["survey"], "after the order")).as_py()
    assert len(answers) == surveyed
    kinds = [contact["contact_type"] for contact in rows(files["contacts.csv"], delimiter=",")]
    logged = company.tables["interactions"]["kind"].to_pylist()
    for kind in ("delivery", "complaint", "message", "visit"):
        assert kinds.count(kind) == logged.count(kind)


def test_the_files_come_back_through_the_import_with_nothing_lost(
    company: Company, files: dict[str, Path], tmp_path: Path
) -> None:
    touches = company.tables["interactions"]
    with rg.init(tmp_path / "shop", time_zone=company.zone) as shop:
        summaries = {name: shop.import_file(path, source="shop") for name, path in files.items()}
    assert [name for name, summary in summaries.items() if summary.lines_rejected] == []
    orders = summaries["orders.csv"].counts
    assert orders.net_total == pc.sum(company.tables["items"]["amount"]).as_py()
    kinds = touches["kind"].to_pylist()
    assert (orders.orders, orders.refunds) == (kinds.count("order"), kinds.count("refund"))
    assert orders.customers == summaries["customers.csv"].counts.customers == 400
