"""Workbooks: cells as a person sees them, and none that can take the machine down."""

from __future__ import annotations

import struct
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from regulars.errors import FileUnreadable
from regulars.imports import budget
from regulars.imports.contract import LINE
from regulars.imports.reading import open_file
from tests.real_data import real_data

ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Sales">{rows}</table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)

MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def workbook(folder: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = folder / "book.xlsx"
    book.save(path)
    return path


def ods(folder: Path, rows: str) -> Path:
    path = folder / "book.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", ODS.format(rows=rows))
    return path


def ods_row(*cells: str | float, repeated: int = 1, columns: int = 1) -> str:
    def written(cell: str | float) -> str:
        kind = f'"float" office:value="{cell}"' if isinstance(cell, float) else '"string"'
        return (
            f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type={kind}>'
            f"<text:p>{cell}</text:p></table:table-cell>"
        )

    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(map(written, cells))}</table:table-row>'


def cells(path: Path, sheet: str | None = None) -> pl.DataFrame:
    return pl.concat([batch.cells for batch in open_file(path, sheet=sheet).batches()])


def test_cells_read_as_a_person_sees_them(tmp_path: Path) -> None:
    row = [17850.0, 0.1 + 0.2, 1e-7, 570306133677760000, True, date(2011, 12, 9), datetime(2011, 12, 9, 12, 50, 7)]
    row += [timedelta(hours=30), "=@name", None]
    path = workbook(tmp_path, Orders=[[f"c{place}" for place in range(10)], row])
    assert cells(path).row(0) == (
        *(2, "17850", "0.3", "0.0000001", "570306133677760000", "true", "2011-12-09", "2011-12-09 12:50:07"),
        *("30:00:00", None, None),  # the formula has no kept value: nothing was ever computed
    )


def test_text_that_begins_like_a_formula_stays_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["order", "note"])
    book.active.append(["007", "x"])
    book.active["B2"].value = "=@VirginAmerica"
    book.active["B2"].data_type = "s"
    book.save(tmp_path / "book.xlsx")
    assert cells(tmp_path / "book.xlsx").row(0) == (2, "007", "=@VirginAmerica")


def test_the_table_is_found_where_it_stands_on_the_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for place, value in {"C2": "Sales report", "C5": "order", "D5": "sum", "C6": "a", "D6": 1, "C8": "b"}.items():
        book.active[place] = value
    book.save(tmp_path / "book.xlsx")
    found = cells(tmp_path / "book.xlsx")
    assert found.select("order", "sum").rows() == [("a", "1"), ("b", None)]
    assert found[LINE].to_list() == [6, 8]


def test_the_first_sheet_that_holds_something_is_read_and_named(tmp_path: Path) -> None:
    path = workbook(tmp_path, Cover=[], Orders=[["order"], ["x1"]], Other=[["other"], ["y1"]])
    file = open_file(path)
    assert (file.format.sheet, file.columns) == ("Orders", ["order"])
    assert any("2 of 3" in note for note in file.format.notes)
    assert open_file(path, sheet="Other").columns == ["other"]


def test_a_sheet_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="Its sheets: Orders, Other"):
        open_file(workbook(tmp_path, Orders=[["order"], ["x1"]], Other=[["o"]]), sheet="Sales")


def test_a_day_of_a_real_shop_reads_the_same_from_a_workbook(tmp_path: Path) -> None:
    lines = cells(real_data("messy_raw/online_retail_2010-12-01.csv"))
    texts = [[name for name in lines.columns if name != LINE], *map(list, lines.drop(LINE).rows())]
    assert cells(workbook(tmp_path, Orders=texts)).equals(lines)


def test_libreoffice_sheets_open_although_they_claim_a_million_empty_rows(tmp_path: Path) -> None:
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    path = ods(tmp_path, ods_row("order", "sum") + ods_row("007", 12.5) + empty)
    assert cells(path).rows() == [(2, "007", "12.5")]
    assert open_file(path).format.kind == "ods"


def test_two_cells_at_opposite_corners_are_refused_within_seconds(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "order"
    book.active["XFD1048576"] = 1
    book.save(tmp_path / "corner.xlsx")
    with pytest.raises(FileUnreadable, match="1,048,576 rows and 16,384 columns"):
        open_file(tmp_path / "corner.xlsx")


def test_corners_written_in_a_way_the_measure_does_not_know_end_the_child_only(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "order"
    book.active["XFD1048576"] = 1
    book.save(tmp_path / "plain.xlsx")
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as plain, zipfile.ZipFile(tmp_path / "odd.xlsx", "w") as odd:
        for part in plain.namelist():
            odd.writestr(part, plain.read(part).replace(b'r="XFD1048576"', b"r='XFD1048576'"))
    with pytest.raises(FileUnreadable, match="more memory or time"):
        open_file(tmp_path / "odd.xlsx")


def test_one_repeated_cell_that_fills_a_sheet_is_refused(tmp_path: Path) -> None:
    path = ods(tmp_path, ods_row("order") + ods_row("x", repeated=1_048_000, columns=16_384))
    with pytest.raises(FileUnreadable, match="1,048,001 rows and 16,384 columns"):
        open_file(path)


@pytest.mark.parametrize("limit", ["WORKBOOK_WALL_SECONDS", "WORKBOOK_MEMORY_BYTES"])
def test_a_workbook_that_asks_for_too_much_is_given_up(
    limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path, Orders=[["order"], *[[f"order {number}"] for number in range(20_000)]])
    monkeypatch.setattr(budget, limit, {"WORKBOOK_WALL_SECONDS": 0, "WORKBOOK_MEMORY_BYTES": budget.MIB}[limit])
    with pytest.raises(FileUnreadable, match="more memory or time"):
        open_file(path)


def test_a_zip_bomb_in_the_clothes_of_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (100 * budget.MIB))
    with pytest.raises(FileUnreadable, match="times its size"):
        open_file(path)


def test_a_list_of_sixty_thousand_parts_is_not_even_listed(tmp_path: Path) -> None:
    path = workbook(tmp_path, Orders=[["order"], ["x1"]])
    content = bytearray(path.read_bytes())
    struct.pack_into("<HH", content, content.rfind(b"PK\x05\x06") + 8, 60_000, 60_000)
    path.write_bytes(content)
    with pytest.raises(FileUnreadable, match="consists of 60,000 parts"):
        open_file(path)


def test_a_workbook_under_a_password_says_so(tmp_path: Path) -> None:
    path = workbook(tmp_path, Orders=[["order"], ["x1"]])
    with zipfile.ZipFile(path) as archive:
        places = [part.header_offset for part in archive.infolist()]
    content = bytearray(path.read_bytes())
    for place in places:
        content[place + 6] |= 1
    position = content.find(b"PK\x01\x02")
    while position >= 0:
        content[position + 8] |= 1
        position = content.find(b"PK\x01\x02", position + 4)
    path.write_bytes(content)
    with pytest.raises(FileUnreadable, match="password"):
        open_file(path)


def test_an_empty_workbook_and_a_text_document_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="no sheet holds a filled cell"):
        open_file(workbook(tmp_path, Cover=[]))
    letter = tmp_path / "letter.docx"
    with zipfile.ZipFile(letter, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    with pytest.raises(FileUnreadable, match="not a workbook"):
        open_file(letter)
