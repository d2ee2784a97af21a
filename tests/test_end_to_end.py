"""From a company's own files to figures that were published about them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import regulars as rg
from regulars.errors import RegularsError
from tests.real_data import real_data
from tests.real_folder import FOLDER

MESSY = sorted(
    path.relative_to(FOLDER / "messy_raw").as_posix()
    for path in (FOLDER / "messy_raw").rglob("*.*")
    if path.is_file() and path.name != "README.md"
)
# Files that hold no orders, contacts, answers or customers with a date, or no table at all: one sentence says so.
REFUSED = {
    "cdnow_sample_fixed_width_head1000.txt": "do not show what kind of file",
    "cz_alza_negative_multi_root_NOT_wellformed.xml": "is an XML file",
    "en_pros_CP1252_lines.txt": "is an XML file",
    "olist_category_translation_BOM.csv": "do not show what kind of file",
    "olist_order_payments_head1000.csv": "needs a date",
    "olist_orders_head1000.csv": "needs an amount",
    "online_retail_TRUNCATED_not_a_valid_xlsx.xlsx": "damaged or cut-off workbook",
    "ru_telco_phpmyadmin_dump_head1000.xml.txt": "is an XML file",
    "sfo_2016_star_header_head1000.csv": "do not show what kind of file",
    "tr_store_reviews_UTF16LE_BOM_head1000.csv": "needs a date",
    "derived_encodings/bg_cinexio_cp1251_semicolon_crlf.csv": "needs a date",
    "derived_encodings/cz_alza_cp1250_semicolon_crlf.csv": "needs a date",
    "derived_encodings/cz_alza_latin2_tab.csv": "needs a date",
    "derived_encodings/tr_store_cp1254_semicolon_crlf.csv": "needs a date",
}


def regulars(*arguments: object) -> str:
    """Run the command as a person does; its standard output."""
    command = [sys.executable, "-c", "from regulars.cli import main; main()", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(not MESSY, reason="real data is not beside this checkout (../shared/data)")
@pytest.mark.parametrize("name", MESSY)
def test_a_file_as_people_really_send_it_is_read_or_refused_in_one_sentence(tmp_path, name):
    shop = rg.init(tmp_path / "shop")
    path = real_data(f"messy_raw/{name}")
    if name in REFUSED:
        with pytest.raises(RegularsError) as refused:
            shop.import_file(path)
        assert REFUSED[name] in str(refused.value)
        assert "Traceback" not in str(refused.value)
        return
    summary = shop.import_file(path)
    assert summary.lines_read == summary.lines_imported + summary.lines_rejected + summary.lines_already_there
    if "INVALID_UTF8" in name:
        assert (summary.lines_imported, summary.lines_rejected) == (0, 2)
    else:
        assert summary.lines_imported > 0
        assert summary.lines_rejected == sum(summary.reasons.values())


def test_texts_without_a_date_come_in_with_the_day_they_were_collected(tmp_path):
    """The Turkish reviews, UTF-16 with line breaks in quotes: the page says to give the date."""
    shop = rg.init(tmp_path / "shop", time_zone="Europe/Istanbul")
    path = real_data("messy_raw/tr_store_reviews_UTF16LE_BOM_head1000.csv")
    summary = shop.import_file(path, map={"occurred": "=2020-01-31"})
    assert summary.lines_imported == summary.lines_read
    with shop.engine() as engine:
        row = engine.run("SELECT count(text) AS n, min(text) <> '' AS told FROM answers").to_pylist()[0]
        verdicts = engine.run("SELECT count(choice) AS n FROM answers").to_pylist()[0]
    assert row == {"n": summary.lines_read, "told": True}
    assert verdicts == {"n": summary.lines_read}


@pytest.fixture(scope="module")
def cdnow(tmp_path_factory) -> Path:
    """CDNOW's sample as it was published: white-space separated, no header, dates as 19970101."""
    folder = tmp_path_factory.mktemp("cdnow") / "ws"
    regulars("init", folder, "--currency", "USD")
    columns = {"customer_id": 2, "occurred": 3, "quantity": 4, "amount": 5}
    maps = [part for name, place in columns.items() for part in ("--map", f"{name}=column_{place}")]
    told = regulars("-w", folder, "import", real_data("cdnow/CDNOW_sample.txt"), "--as", "orders", *maps, "--json")
    summary = json.loads(told)
    assert (summary["lines_read"], summary["lines_imported"], summary["customers"]) == (6_919, 6_919, 2_357)
    assert summary["net_total"] == "244091.94"
    return folder


def test_the_published_models_of_cdnow_come_out_of_the_command_line(cdnow):
    """Fader, Hardie & Lee (2005), Schmittlein et al. (1987), Fader & Hardie (2013); 39 weeks, 2,357 customers."""
    found = json.loads(regulars("-w", cdnow, "measure", "clv_model", "--as-of", "1997-09-30", "--format", "json"))
    assert found["as_of"] == "1997-09-30"
    values = {(row["model"], row["parameter"]): row for row in found["rows"]}
    published = {
        ("BG/NBD", "r"): 0.2426,
        ("BG/NBD", "alpha"): 4.4135,
        ("BG/NBD", "a"): 0.7929,
        ("BG/NBD", "b"): 2.4258,
        ("Pareto/NBD", "r"): 0.553,
        ("Pareto/NBD", "alpha"): 10.578,
        ("Pareto/NBD", "s"): 0.606,
        ("Pareto/NBD", "beta"): 11.67,
        ("Gamma-Gamma", "p"): 6.25,
        ("Gamma-Gamma", "q"): 3.74,
        ("Gamma-Gamma", "gamma"): 15.44,
    }
    for key, value in published.items():
        assert values[key]["value"] == pytest.approx(value, rel=2e-3), key
        assert values[key]["standard_error"] > 0
    assert values["BG/NBD", "r"]["log_likelihood"] == pytest.approx(-9582.43, abs=0.01)
    assert values["Pareto/NBD", "r"]["log_likelihood"] == pytest.approx(-9594.97, abs=0.01)
    assert values["BG/NBD", "r"]["customers"] == 2_357
    assert values["BG/NBD", "r"]["time_unit"] == "weeks"


def test_every_repeated_line_of_cdnow_stays_and_zero_dollar_orders_too(cdnow):
    with rg.open(cdnow) as shop, shop.engine() as engine:
        row = engine.run(
            "SELECT count(*) AS lines, count(*) FILTER (WHERE amount = 0) AS free, sum(amount) AS total FROM items"
        ).to_pylist()[0]
    assert row["lines"] == 6_919
    assert row["free"] > 0
    assert float(row["total"]) == pytest.approx(244_091.94)


def test_two_processes_that_import_the_same_file_at_once_bring_it_once(tmp_path):
    shop = rg.init(tmp_path / "shop")
    path = real_data("messy_raw/online_retail_2010-12-01.csv")
    code = "import sys, regulars as rg; print(rg.open(sys.argv[1]).import_file(sys.argv[2]).lines_imported)"
    both = [
        subprocess.Popen([sys.executable, "-c", code, shop.folder, path], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    imported = sorted(int(process.communicate()[0]) for process in both)
    assert imported == [0, 3_108]
    with shop.engine() as engine:
        assert engine.run("SELECT count(*) AS n FROM items").to_pylist() == [{"n": 3_108}]
