"""What leaves the program for a spreadsheet stays what it was: texts are texts, numbers are numbers."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars import exports
from regulars.exports import ExportError, as_csv, as_parquet, as_xlsx, csv_parts, inert

SIGNS = ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"]
BEFORE = ["", " ", "\u00a0", "\u3000", "\n", "\u200b", "\ufeff", "\u202e", "\x00", "'", '"', "’", "“", " '\u200b"]
FORMULA = "cmd|' /C calc'!A0"


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", BEFORE)
def test_a_formula_in_a_csv_cell_is_made_a_text(sign: str, before: str) -> None:
    written = as_csv(pa.table({"note": [before + sign + FORMULA]}))
    cell = list(csv.reader(io.StringIO(written, newline="")))[1][0]
    assert cell.startswith("'")
    assert cell.endswith(FORMULA)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("separator", [";", "\n", "\r\n", "\t", "; '"])
def test_a_formula_is_inert_where_the_reader_expects_another_separator(sign: str, separator: str) -> None:
    written = inert(f"hello{separator}{sign}1+1")
    for piece in written.replace("\r", "\n").replace("\t", "\n").replace(";", "\n").split("\n"):
        assert not piece.startswith(tuple(SIGNS))


@pytest.mark.parametrize("sign", SIGNS)
def test_a_column_called_like_a_formula_is_made_inert_too(sign: str) -> None:
    assert as_csv(pa.table({sign + "A1": [1]})).lstrip('"').startswith("'")


@pytest.mark.parametrize("text", ["-12.50", "+359888412233", "1 234,5", "Ivan", "a-b", "ivan@example.com", "a; b", ""])
def test_plain_numbers_and_texts_stay_as_they_are(text: str) -> None:
    assert inert(text) == text


def test_a_number_that_hides_a_formula_is_no_number() -> None:
    assert inert("-1+cmd").startswith("'")
    assert inert("+1;=2").startswith("'")


@settings(max_examples=100)
@given(st.text(max_size=30))
def test_making_inert_adds_apostrophes_and_takes_nothing_away(text: str) -> None:
    assert inert(text).replace("'", "") == text.replace("'", "")


def test_parts_of_a_long_csv_make_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "ROWS_A_PART", 7)
    table = pa.table({"n": list(range(50)), "text": [f"row {n}" for n in range(50)]})
    parts = list(csv_parts(table, headings={"n": "Number"}, mark=True))
    rows = list(csv.reader(io.StringIO("".join(parts).removeprefix("\ufeff"), newline="")))
    assert len(parts) > 5
    assert rows[0] == ["Number", "text"]
    assert [int(row[0]) for row in rows[1:]] == list(range(50))


def test_money_in_csv_has_a_point_and_what_is_missing_is_empty() -> None:
    written = as_csv(pa.table({"spend": pa.array([Decimal("-10.5000"), None], pa.decimal128(18, 4))}))
    assert written == 'spend\r\n-10.5000\r\n""\r\n' or written == "spend\r\n-10.5000\r\n\r\n"


def opened(path: Path) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(path).active


@pytest.mark.parametrize("before", BEFORE[:7])
def test_a_formula_in_a_workbook_is_a_text_cell(tmp_path: Path, before: str) -> None:
    texts = [before + sign + "1+1" for sign in SIGNS] + ["https://example.com", "007", '=HYPERLINK("http://x")']
    as_xlsx(pa.table({"=note": texts}), tmp_path / "list.xlsx")
    cells = [row[0] for row in opened(tmp_path / "list.xlsx").iter_rows()]
    assert [cell.data_type for cell in cells] == ["s"] * len(cells)
    assert all(cell.hyperlink is None for cell in cells)


def test_a_text_that_looks_like_a_formula_stays_one_when_the_cell_is_edited(tmp_path: Path) -> None:
    as_xlsx(pa.table({"note": ["=1+1", "plain"]}), tmp_path / "list.xlsx")
    page = opened(tmp_path / "list.xlsx")
    assert page["A2"].quotePrefix
    assert not page["A3"].quotePrefix


def test_a_workbook_keeps_money_dates_times_and_keys(tmp_path: Path) -> None:
    key = 7770906800150310464
    table = pa.table(
        {
            "client_key": pa.array([key, None], pa.int64()),
            "spend": pa.array([Decimal("1234.5000"), None], pa.decimal128(18, 4)),
            "last_on": pa.array([date(2026, 6, 30), None]),
            "last_at": pa.array([datetime(2026, 6, 30, 21, 30, tzinfo=UTC), None], pa.timestamp("us", tz="UTC")),
            "slipping": [True, None],
            "share": [0.25, float("nan")],
            "orders": [3, 0],
        }
    )
    as_xlsx(table, tmp_path / "list.xlsx", headings={"spend": "Spend"}, time_zone="Europe/Sofia")
    page = opened(tmp_path / "list.xlsx")
    header, first, second = page.iter_rows()
    assert [cell.value for cell in header] == [
        "client_key",
        "Spend",
        "last_on",
        "last_at",
        "slipping",
        "share",
        "orders",
    ]
    assert first[0].value == str(key)
    assert (first[1].value, first[1].number_format) == (1234.5, "#,##0.00")
    assert (first[2].value, first[2].is_date) == (datetime(2026, 6, 30), True)
    assert first[3].value == datetime(2026, 7, 1, 0, 30)
    assert (first[4].value, first[5].value) == (True, 0.25)
    assert [cell.value for cell in second] == [None] * 6 + [0]


def test_a_workbook_can_be_written_into_memory() -> None:
    target = io.BytesIO()
    as_xlsx(pa.table({"name": ["Şükrü", "Иванов"]}), target, sheet="Klienti: 2026/07")
    page = openpyxl.load_workbook(io.BytesIO(target.getvalue())).active
    assert [row[0].value for row in page.iter_rows()] == ["name", "Şükrü", "Иванов"]


def test_a_list_longer_than_a_sheet_is_refused_with_what_to_do(tmp_path: Path) -> None:
    table = pa.table({"n": pa.nulls(exports.MOST_XLSX_ROWS + 1, pa.int64())})
    with pytest.raises(ExportError, match="Take CSV or Parquet"):
        as_xlsx(table, tmp_path / "list.xlsx")


def test_parquet_keeps_the_types(tmp_path: Path) -> None:
    table = pa.table({"spend": pa.array([Decimal("1.5000")], pa.decimal128(18, 4)), "note": ["=1+1"]})
    as_parquet(table, tmp_path / "list.parquet")
    assert pq.read_table(tmp_path / "list.parquet").equals(table)
