"""Original files of real companies: each opens with the counts its collection states, or says why it cannot."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from regulars.errors import FileUnreadable
from regulars.imports.contract import LINE, BrokenRow
from regulars.imports.reading import open_file
from tests.real_data import real_data

RECORDS = [
    ("online_retail_2010-12-01.csv", 3108, 8, "UTF-8", ","),
    ("online_retail_2011-08-12_bad_debt.csv", 1122, 8, "UTF-8", ","),
    ("olist_orders_head1000.csv", 1000, 8, "UTF-8", ","),
    ("olist_order_items_head1000.csv", 1000, 7, "UTF-8", ","),
    ("olist_order_payments_head1000.csv", 1000, 5, "UTF-8", ","),
    ("olist_order_reviews_head1000.csv", 1000, 7, "UTF-8", ","),
    ("olist_customers_200.csv", 200, 5, "UTF-8", ","),
    ("olist_category_translation_BOM.csv", 71, 2, "UTF-8", ","),
    ("tr_store_reviews_UTF16LE_BOM_head1000.csv", 1000, 2, "UTF-16", ","),
    ("uwv_complaints_CP1252_semicolon.csv", 289, 18, "Windows-1252 (Western European)", ";"),
    ("sepsis_semicolon_case_id_NA_head1000.csv", 1000, 34, "UTF-8", ";"),
    ("sepsis_only_case_NA.csv", 24, 34, "UTF-8", ";"),
    ("us_airline_tweets_EXCEL_MANGLED_head1000.csv", 1000, 15, "UTF-8", ","),
    ("ru_bank_reviews_UTF8BOM_semicolon_multiline_head300.csv", 300, 11, "UTF-8", ";"),
    ("sfo_2016_star_header_head1000.csv", 1000, 97, "UTF-8", ","),
    ("telco_blank_TotalCharges_head1000.csv", 1000, 21, "UTF-8", ","),
    ("nyc311_us_dates_head1000.csv", 1000, 31, "UTF-8", ","),
    ("cfpb_us_dates_quoted_commas_1000.csv", 1000, 18, "UTF-8", ","),
    ("cdnow_sample_fixed_width_head1000.txt", 1000, 5, "UTF-8", " "),
    ("derived_encodings/bg_cinexio_cp1251_semicolon_crlf.csv", 1000, 2, "Windows-1251 (Cyrillic)", ";"),
    ("derived_encodings/cz_alza_cp1250_semicolon_crlf.csv", 1000, 3, "Windows-1250 (Central European)", ";"),
    ("derived_encodings/cz_alza_latin2_tab.csv", 1000, 3, "ISO-8859-2 (Central European)", "\t"),
    ("derived_encodings/tr_store_cp1254_semicolon_crlf.csv", 1000, 2, "Windows-1254 (Turkish)", ";"),
]
REFUSED = [
    ("online_retail_TRUNCATED_not_a_valid_xlsx.xlsx", "cut-off workbook"),
    ("cz_alza_negative_multi_root_NOT_wellformed.xml", "an XML file"),
    ("ru_telco_phpmyadmin_dump_head1000.xml.txt", "an XML file"),
    ("en_pros_CP1252_lines.txt", "an XML file"),
]


def messy(name: str) -> Path:
    return real_data(f"messy_raw/{name}")


def whole(path: Path) -> tuple[pl.DataFrame, list[BrokenRow]]:
    """All records of a file and all its broken rows."""
    batches = list(open_file(path).batches())
    return pl.concat([batch.cells for batch in batches]), [row for batch in batches for row in batch.broken]


@pytest.mark.parametrize(("name", "records", "columns", "encoding", "delimiter"), RECORDS)
def test_a_real_file_gives_every_record_it_holds(
    name: str, records: int, columns: int, encoding: str, delimiter: str
) -> None:
    file = open_file(messy(name))
    cells, broken = whole(messy(name))
    assert (cells.height, len(broken)) == (records, 0)
    assert (len(file.columns), file.format.encoding, file.format.delimiter) == (columns, encoding, delimiter)
    assert cells.columns == [LINE, *file.columns]
    assert set(cells.dtypes[1:]) == {pl.String}


@pytest.mark.parametrize(("name", "what"), REFUSED)
def test_a_file_that_is_no_table_says_what_it_is_and_what_to_do(name: str, what: str) -> None:
    with pytest.raises(FileUnreadable, match=what) as refused:
        open_file(messy(name))
    sentence = str(refused.value)
    assert name in sentence
    assert re.search("Save|Export|download", sentence)
    assert len(sentence) < 250


def test_every_messy_file_is_accounted_for() -> None:
    folder = real_data("messy_raw")
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    told = {row[0] for row in RECORDS} | {row[0] for row in REFUSED}
    assert found - told == {"README.md", "us_airline_tweets_INVALID_UTF8_lines.csv"}


def test_tweets_with_broken_bytes_are_set_aside_with_line_and_column() -> None:
    cells, broken = whole(messy("us_airline_tweets_INVALID_UTF8_lines.csv"))
    assert cells.height == 0
    assert [row.line for row in broken] == [2, 3]
    assert all("'text'" in row.reason and "UTF-8" in row.reason for row in broken)
    assert broken[0].cells[0] == "568967907042037000"


def test_reviews_of_several_lines_know_the_line_they_begin_in() -> None:
    cells, _ = whole(messy("olist_order_reviews_head1000.csv"))
    lines = messy("olist_order_reviews_head1000.csv").read_bytes().decode().split("\n")
    assert len([line for line in lines if line]) > 1_001
    for number, review in cells.select(LINE, "review_id").iter_rows():
        assert review in lines[number - 1]
    assert cells["review_comment_message"].str.contains("\n").any()


def test_a_case_called_na_stays_a_case() -> None:
    cells, _ = whole(messy("sepsis_only_case_NA.csv"))
    assert set(cells["Case ID"]) == {"NA"}


def test_a_single_blank_is_text_and_an_empty_cell_is_null() -> None:
    telco, _ = whole(messy("telco_blank_TotalCharges_head1000.csv"))
    assert " " in telco["TotalCharges"].to_list()
    assert telco["TotalCharges"].null_count() == 0
    assert whole(messy("nyc311_us_dates_head1000.csv"))[0]["Closed Date"].null_count() > 0


def test_ids_keep_leading_zeros_and_formulas_stay_text() -> None:
    customers, _ = whole(messy("olist_customers_200.csv"))
    assert "09790" in customers["customer_zip_code_prefix"].to_list()
    tweets, _ = whole(messy("us_airline_tweets_EXCEL_MANGLED_head1000.csv"))
    assert tweets["text"][0] == "=@VirginAmerica What @dhepburn said."


def test_a_list_without_a_header_says_so_and_loses_no_line() -> None:
    path = messy("cdnow_sample_fixed_width_head1000.txt")
    file = open_file(path)
    assert not file.format.has_header
    assert file.columns == [f"column_{place}" for place in range(1, 6)]
    assert any("no header" in note for note in file.format.notes)
    cells, _ = whole(path)
    assert cells.row(0) == (1, "00004", "0001", "19970101", "2", "29.33")


def test_the_master_file_of_cdnow_holds_its_published_69659_transactions() -> None:
    cells, broken = whole(real_data("cdnow/CDNOW_master.txt"))
    assert (cells.height, broken) == (69_659, [])
    assert cells["customer_id"].n_unique() == 23_570
