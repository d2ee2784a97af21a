"""CSV and its relatives: delimiters, quotes, ragged rows, headers, and lines that cannot be read."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.errors import FileUnreadable
from regulars.imports import budget
from regulars.imports.contract import LINE, BrokenRow
from regulars.imports.reading import open_file
from regulars.imports.records import Dialect, split_records
from tests.real_data import real_data

Opened = tuple[list[str], list[tuple[object, ...]], list[BrokenRow]]


def opened(folder: Path, text: str, **choices: str) -> Opened:
    """Columns, records (with their lines) and broken rows of a small file."""
    path = folder / "table.csv"
    path.write_bytes(text.encode())
    file = open_file(path, **choices)
    batches = list(file.batches())
    rows = [row for batch in batches for row in batch.cells.rows()]
    return file.columns, rows, [row for batch in batches for row in batch.broken]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_are_found(delimiter: str, line_end: str, tmp_path: Path) -> None:
    lines = [["order", "note", "sum"], ["1", "a b", "2.5"], ["2", "c", "3"]]
    columns, rows, broken = opened(tmp_path, line_end.join(delimiter.join(line) for line in lines))
    assert columns == ["order", "note", "sum"]
    assert rows == [(2, "1", "a b", "2.5"), (3, "2", "c", "3")]
    assert broken == []


def test_decimal_commas_do_not_pass_for_delimiters(tmp_path: Path) -> None:
    columns, rows, _ = opened(tmp_path, "order;sum\n1;2,50\n2;13,99\n3;1,00\n")
    assert columns == ["order", "sum"]
    assert rows[1] == (3, "2", "13,99")


def test_quotes_keep_delimiters_line_breaks_and_doubled_quotes(tmp_path: Path) -> None:
    text = 'order,note,sum\r\n1,"a, b\r\nc ""d""",2\r\n\r\n2,e,3\r\n'
    _, rows, broken = opened(tmp_path, text)
    assert rows == [(2, "1", 'a, b\r\nc "d"', "2"), (5, "2", "e", "3")]
    assert broken == []


def test_blanks_after_the_delimiter_do_not_spoil_quotes(tmp_path: Path) -> None:
    columns, rows, _ = opened(tmp_path, 'name, note\nAnna, "late, but kind"\nBen, "good"\n')
    assert (columns, rows[0]) == (["name", "note"], (2, "Anna", "late, but kind"))


def test_a_short_row_is_filled_and_a_long_one_set_aside_with_its_line(tmp_path: Path) -> None:
    _, rows, broken = opened(tmp_path, "a,b,c\n1,2,3\n4\n5,6,7,8,9\n1,2,3,,\n")
    assert rows == [(2, "1", "2", "3"), (3, "4", None, None), (5, "1", "2", "3")]
    (row,) = broken
    assert (row.line, row.cells) == (4, ("5", "6", "7", "8", "9"))
    assert "5 cells where there are 3 columns" in row.reason


def test_columns_without_a_name_and_twins_get_names_of_their_own(tmp_path: Path) -> None:
    columns, _, _ = opened(tmp_path, "order , ,sum,sum,*star,__line\nx1,2,3,4,5,6\nx2,2,3,4,5,6\n")
    assert columns == ["order", "column_2", "sum", "sum_2", "*star", "__line_2"]


def test_titles_above_the_header_are_left_out_and_told(tmp_path: Path) -> None:
    text = "Sales of the showroom\nprinted 1 May\n\nOrder;Date;Sum\n" + "".join(f"{n};2020-01-02;3\n" for n in range(9))
    file_columns, rows, _ = opened(tmp_path, text)
    assert file_columns == ["Order", "Date", "Sum"]
    assert rows[0] == (5, "0", "2020-01-02", "3")
    assert any("2 title rows" in note for note in open_file(tmp_path / "table.csv").format.notes)


def test_the_separator_line_of_excel_is_obeyed(tmp_path: Path) -> None:
    assert opened(tmp_path, "sep=;\nname;note\nAnna;a,b\n")[:2] == (["name", "note"], [(3, "Anna", "a,b")])


def test_orders_without_a_header_lose_no_line(tmp_path: Path) -> None:
    text = "536365,85123A,6,2010-12-01 08:26:00,2.55\n536366,22633,6,2010-12-01 08:28:00,1.85\n"
    columns, rows, _ = opened(tmp_path, text)
    assert columns[0] == "column_1"
    assert [row[1] for row in rows] == ["536365", "536366"]


def test_names_over_names_are_a_header(tmp_path: Path) -> None:
    assert opened(tmp_path, "name,city\nAnna,Brno\n")[0] == ["name", "city"]


def test_a_list_of_one_column_is_a_table(tmp_path: Path) -> None:
    columns, rows, _ = opened(tmp_path, "comment\nkind, quick\nrude staff\nwell, well, well\n")
    assert columns == ["comment"]
    assert rows[2] == (4, "well, well, well")


def test_zero_bytes_are_dirt(tmp_path: Path) -> None:
    assert opened(tmp_path, "order,sum\n1\0,2\0\n")[1] == [(2, "1", "2")]


def test_a_header_alone_is_an_empty_table(tmp_path: Path) -> None:
    assert opened(tmp_path, "order,sum\n") == (["order", "sum"], [], [])
    assert open_file(tmp_path / "table.csv").sample().cells.columns == [LINE, "order", "sum"]


@pytest.mark.parametrize("lines_after", [3, 30_000])
def test_a_quote_that_is_never_closed_costs_one_line(lines_after: int, tmp_path: Path) -> None:
    text = 'order,note,sum\n1,x,2\n2,"open,3\n' + "".join(f"{n},x,2\n" for n in range(lines_after))
    _, rows, broken = opened(tmp_path, text)
    assert len(rows) == 1 + lines_after
    (row,) = broken
    assert row.line == 3
    assert "never closed" in row.reason


def test_a_stray_quote_that_another_closes_far_below_swallows_nothing(tmp_path: Path) -> None:
    text = 'order,note,sum\n1,"open,3\n' + "".join(f"{n},x,2\n" for n in range(500)) + '500,"closed",2\n'
    _, rows, broken = opened(tmp_path, text)
    assert [row[1] for row in rows] == [str(number) for number in range(501)]
    assert [row.line for row in broken] == [2]


def test_a_named_delimiter_overrides_what_is_found(tmp_path: Path) -> None:
    assert opened(tmp_path, "a;b,c\n1;2,3\n", delimiter=";")[0] == ["a", "b,c"]
    assert opened(tmp_path, "a\tb,c\n1\t2,3\n", delimiter="tab")[0] == ["a", "b,c"]
    with pytest.raises(FileUnreadable, match="cannot separate"):
        opened(tmp_path, "a,b\n", delimiter="::")


cell = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@given(st.lists(st.lists(cell, min_size=3, max_size=3), max_size=30), st.integers(1, 7))
def test_whatever_is_written_as_csv_is_read_back_in_pieces_of_any_size(rows: list[list[str]], step: int) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    lines = io.TextIOWrapper(io.BytesIO(written.getvalue().encode()), "utf-8", newline="").readlines()
    got: list[list[str]] = []
    starts: list[int] = []
    rest: list[str] = []
    line = 1
    for place in range(0, len(lines) + step, step):
        piece = rest + lines[place : place + step]
        found = split_records(piece, line, Dialect(",", False), 0, at_end=place >= len(lines))
        rest = piece[len(piece) - found.left_over :]
        line += len(piece) - found.left_over
        got += found.rows
        starts += found.lines
    assert [row for row in got if row] == rows
    assert len(starts) == len(got)


def test_batches_can_be_read_again_and_tell_how_far_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "CHUNK_CHARACTERS", 20_000)
    file = open_file(real_data("messy_raw/online_retail_2010-12-01.csv"))
    shares: list[float] = []
    first = [batch.cells for batch in file.batches(shares.append)]
    again = [batch.cells for batch in file.batches()]
    assert len(first) > 10
    assert sum(cells.height for cells in first) == 3108
    assert all(one.equals(other) for one, other in zip(first, again, strict=True))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_pieces_cut_inside_a_quoted_cell_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    path = real_data("messy_raw/ru_bank_reviews_UTF8BOM_semicolon_multiline_head300.csv")
    (whole,) = (batch.cells for batch in open_file(path).batches())
    monkeypatch.setattr(budget, "CHUNK_CHARACTERS", 3_000)
    file = open_file(path)
    rows = [row for batch in file.batches() for row in batch.cells.rows()]
    assert rows == whole.rows()


def test_a_sample_is_the_beginning() -> None:
    file = open_file(real_data("messy_raw/online_retail_2010-12-01.csv"))
    sample = file.sample(rows=7).cells
    assert sample.height == 7
    assert sample.row(0)[:3] == (2, "536365", "85123A")
