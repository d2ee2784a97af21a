"""Amounts at their limits, folders and files with odd names, and numbers that add up all the same."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import regulars as rg
from regulars.errors import WorkspaceError
from regulars.imports.summary import ImportSummary
from regulars.workspace import Workspace

HEADER = "order_id,customer_id,date,product,amount,currency"


def shop_with(folder: Path, *rates: str) -> Workspace:
    """A shop in euros that knows these rates."""
    rg.init(folder, currency="EUR").close()
    path = folder / "regulars.toml"
    path.write_text(path.read_text().replace("[rates]", "\n".join(["[rates]", *rates])))
    return rg.open(folder)


def orders(path: Path, *rows: str, header: str = HEADER) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def adds_up(summary: ImportSummary) -> bool:
    counted = summary.lines_imported + summary.lines_rejected + summary.lines_already_there
    return summary.lines_read == counted and summary.lines_rejected == sum(summary.reasons.values())


def test_a_rate_for_the_companys_own_currency_doubles_no_order(tmp_path):
    shop = shop_with(tmp_path / "shop", 'EUR = "1"', 'USD = "0.5"')
    summary = shop.import_file(orders(tmp_path / "o.csv", "1,c,2026-01-05,chair,10.00,EUR", "2,c,2026-01-05,bed,8,USD"))
    assert (summary.lines_imported, summary.counts.net_total) == (2, Decimal(14))
    assert adds_up(summary)


def test_a_new_rate_makes_no_second_order_of_an_old_one(tmp_path):
    shop = shop_with(tmp_path / "shop", 'USD = "0.5"')
    shop.import_file(orders(tmp_path / "january.csv", "1,c,2026-01-05,chair,10.00,USD"))
    text = (shop.folder / "regulars.toml").read_text()
    (shop.folder / "regulars.toml").write_text(text.replace('USD = "0.5"', 'USD = "0.6"'))
    shop = rg.open(shop.folder)
    both = ("1,c,2026-01-05,chair,10.00,USD", "2,c,2026-02-05,chair,10.00,USD")
    summary = shop.import_file(orders(tmp_path / "february.csv", *both))
    assert (summary.lines_imported, summary.lines_already_there, summary.counts.net_total) == (1, 1, Decimal(6))


def test_a_line_of_many_millions_is_read_to_the_cent(tmp_path):
    shop = shop_with(tmp_path / "shop", 'KZT = "0.0019"')
    rows = ("1,c,2026-01-05,house,12345678901.25,EUR", "2,c,2026-01-05,house,52000000000,KZT")
    summary = shop.import_file(orders(tmp_path / "o.csv", *rows))
    assert summary.counts.net_total == Decimal("12345678901.25") + Decimal(98_800_000)


def test_what_is_too_large_to_be_money_waits_and_the_rest_comes_in(tmp_path):
    shop = shop_with(tmp_path / "shop", 'USD = "1000"')
    rows = (
        "1,c,2026-01-05,chair,10.00,EUR",
        "2,c,2026-01-05,all,99999999999999.9999,EUR",
        "2,c,2026-01-05,more,99999999999999.9999,EUR",
        "3,c,2026-01-05,chair,99999999999999,USD",
    )
    summary = shop.import_file(orders(tmp_path / "o.csv", *rows))
    assert (summary.lines_imported, summary.lines_rejected) == (1, 3)
    assert summary.reasons == {"amount too large": 3}
    assert adds_up(summary)
    prices = ("1,c,2026-01-06,99999999,99999999", "2,c,2026-01-06,2,30000000")
    header = "order_id,customer_id,date,quantity,unit_price"
    summary = shop.import_file(orders(tmp_path / "p.csv", *prices, header=header))
    assert (summary.lines_imported, summary.counts.net_total) == (1, Decimal(60_000_000))
    assert adds_up(summary)


def test_a_name_in_the_currency_column_stays_out_of_the_log(tmp_path):
    shop = shop_with(tmp_path / "shop")
    rows = ("1,c,2026-01-05,chair,10.00,Zdenka Canarova", "2,c,2026-01-05,chair,10.00,EUR")
    summary = shop.import_file(orders(tmp_path / "o.csv", *rows))
    assert summary.reasons == {"currency is not a three-letter code": 1}
    assert b"Zdenka" not in b"".join(path.read_bytes() for path in shop.log.folder.rglob("*") if path.is_file())
    assert "Zdenka" in Path(str(summary.rejects_file)).read_text(encoding="utf-8-sig"), "there it can be mended"


def test_a_file_of_which_nothing_came_in_may_come_again_once_its_rate_is_known(tmp_path):
    shop = shop_with(tmp_path / "shop")
    path = orders(tmp_path / "o.csv", "1,c,2026-01-05,chair,10.00,USD")
    assert shop.import_file(path).lines_rejected == 1
    toml = shop.folder / "regulars.toml"
    toml.write_text(toml.read_text().replace("[rates]", '[rates]\nUSD = "0.5"'))
    shop = rg.open(shop.folder)
    assert shop.import_file(path).lines_imported == 1
    assert shop.import_file(path).lines_already_there == 1


@pytest.mark.parametrize("name", ["it's", "a b", "a[1]", "st*r", "q?x", "ha#sh", "Магазин", 'dq"x', "{br}", "a;b"])
def test_a_company_may_call_its_folder_what_it_likes(tmp_path, name):
    shop = rg.init(tmp_path / name)
    shop.import_file(orders(tmp_path / "a.csv", "1,c1,2026-01-05,chair,10.00,EUR"))
    other = shop.import_file(orders(tmp_path / "b.csv", "2,c2,2026-01-06,chair,10.00,EUR"))
    shop.compact()
    shop.undo(other.import_id)
    assert (shop.folder / "vault.sqlite3").is_file()
    with rg.restore(shop.backup(tmp_path / "copy.tgz"), tmp_path / f"{name} again") as again, again.engine() as engine:
        assert engine.run("SELECT sum(amount) AS total FROM interactions").to_pylist() == [{"total": Decimal(10)}]


@pytest.mark.parametrize("name", ["50%20off", "a\\b", "two\nlines"])
def test_a_folder_whose_name_the_log_would_misread_is_refused_before_anything_is_made(tmp_path, name):
    with pytest.raises(WorkspaceError, match="Choose a name without it"):
        rg.init(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


NAMES = [
    "it's.csv",
    "orders (1).csv",
    "a[1]*.csv",
    "поръчки.csv",
    "x" * 240 + ".csv",
    "two\nlines.csv",
    "caf\udce9.csv",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_may_be_called_anything_and_its_bad_lines_find_their_place(tmp_path, name):
    shop = rg.init(tmp_path / "shop")
    rows = ("1,c1,2026-01-05,chair,10.00,EUR", "2,c1,2026-99-05,chair,10.00,EUR")
    summary = shop.import_file(orders(tmp_path / name, *rows), source="it's\n; DROP TABLE x")
    assert (summary.lines_imported, summary.lines_rejected) == (1, 1)
    rejects = Path(str(summary.rejects_file))
    assert (rejects.stat().st_mode & 0o777, rejects.parent.stat().st_mode & 0o777) == (0o600, 0o700), "may be personal"
    assert shop.imports()[0]["source"] == "it's\n; DROP TABLE x"


FULL = """
import resource, sys
import regulars as rg
shop = rg.open(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    shop.import_file(sys.argv[2])
except rg.errors.RegularsError as error:
    print("said", error)
"""


@pytest.mark.parametrize("limit", [0, 3_000, 12_000])
def test_a_full_disk_is_said_and_loses_nothing(tmp_path, limit):
    shop = rg.init(tmp_path / "shop")
    shop.import_file(orders(tmp_path / "a.csv", "1,c1,2026-01-05,chair,10.00,EUR"))
    rows = [f"{n},c{n},2026-01-06,chair {n * 7919},{n}.25,EUR" for n in range(2, 2_000)]
    path = orders(tmp_path / "b.csv", *rows)
    done = subprocess.run(
        [sys.executable, "-c", FULL, shop.folder, path, str(limit)], capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("said"), done.stderr
    assert "Nothing was imported" in done.stdout
    with shop.engine() as engine:
        assert engine.run("SELECT count(*) AS n FROM items").to_pylist() == [{"n": 1}]
    again = shop.import_file(path)
    assert (again.lines_imported, again.import_id is not None) == (1_998, True)


def test_the_history_can_be_read_as_json_whatever_the_file_was_called(tmp_path):
    shop = rg.init(tmp_path / "shop")
    shop.import_file(orders(tmp_path / "caf\udce9 \u2028.csv", "1,c1,2026-01-05,chair,10.00,EUR"))
    assert json.loads(str(shop.imports()[0]["summary"]))["lines_read"] == 1
