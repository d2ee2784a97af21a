"""JSON and Parquet records, compressed files, and everything that is no table at all."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from regulars.errors import FileUnreadable
from regulars.imports import budget
from regulars.imports.contract import LINE, BrokenRow
from regulars.imports.reading import open_file
from tests.real_data import real_data

TABLE = b"order,sum\n007,2.50\n008,3\n"


def records(path: Path) -> tuple[list[dict[str, str | None]], list[BrokenRow]]:
    batches = list(open_file(path).batches())
    return (
        [row for batch in batches for row in batch.cells.drop(LINE).to_dicts()],
        [row for batch in batches for row in batch.broken],
    )


def drop(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


ORDERS = '{"id":1,"sum":2.50,"paid":true,"ship":{"to":"Brno"},"items":[1,2.0,"x"]}'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lines.jsonl", ORDERS + '\n{"id":2,"sum":null,"late":""}\n'),
        ("array.json", f'[{ORDERS},\n {{"id":2}}]'),
        ("pretty.json", json.dumps([{"id": 2}], indent=2).replace("[", f"[{ORDERS},", 1)),
        ("answer.json", f'{{"orders": [{ORDERS}, {{"id":2}}], "page": 1}}'),
        ("no_name", ORDERS + '\n{"id":2}'),
    ],
)
def test_json_records_keep_numbers_as_written(name: str, content: str, tmp_path: Path) -> None:
    rows, broken = records(drop(tmp_path, name, content))
    first = {"id": "1", "sum": "2.50", "paid": "true", "ship.to": "Brno", "items": '[1, 2.0, "x"]'}
    assert {name: value for name, value in rows[0].items() if value is not None} == first
    assert [row["id"] for row in rows] == ["1", "2"]
    assert broken == []


def test_a_bad_json_line_stops_nobody_else(tmp_path: Path) -> None:
    rows, broken = records(
        drop(tmp_path, "a.jsonl", '{"id":1}\n{"id":2\n\n[3]\n{"id":"\\ud800"}\n{"id":5,"late":"y"}\n')
    )
    assert rows == [{"id": "1", "late": None}, {"id": "5", "late": "y"}]
    assert [row.line for row in broken] == [2, 4, 5]


def test_an_array_that_breaks_off_says_after_which_record(tmp_path: Path) -> None:
    rows, broken = records(drop(tmp_path, "a.json", '[{"id":1},{"id":2},{"id":'))
    assert [row["id"] for row in rows] == ["1", "2"]
    assert broken[0].line == 3
    assert "nothing after it" in broken[0].reason


def test_real_orders_read_the_same_from_json_and_parquet_as_from_csv(tmp_path: Path) -> None:
    source = open_file(real_data("messy_raw/olist_order_reviews_head1000.csv"))
    lines = pl.concat([batch.cells for batch in source.batches()]).drop(LINE)
    lines.write_ndjson(tmp_path / "a.jsonl")
    lines.write_parquet(tmp_path / "a.parquet")
    for name in ("a.jsonl", "a.parquet"):
        found = pl.concat([batch.cells for batch in open_file(tmp_path / name).batches()])
        assert found.drop(LINE).equals(lines), name


def test_every_line_of_the_online_retailer_is_read_from_parquet() -> None:
    frames = [batch.cells for batch in open_file(real_data("online_retail/online_retail.parquet")).batches()]
    assert sum(frame.height for frame in frames) == 541_909
    assert sum(frame["CustomerID"].null_count() for frame in frames) == 135_080
    assert frames[0]["InvoiceDate"][0] == "2010-12-01 08:26:00"


def test_typed_parquet_columns_become_plain_text(tmp_path: Path) -> None:
    columns = {
        "id": pa.array([17850.0, None]),
        "none": pa.array([float("nan"), 0.1]),
        "money": pa.array([Decimal("1.50"), Decimal("-2000000.00")]),
        "day": pa.array([date(2011, 12, 9), None]),
        "at": pa.array([datetime(2011, 12, 9, 12, 50), datetime(2011, 12, 9, 12, 50, 0, 250_000)]),
        "utc": pa.array([datetime(2011, 12, 9, 12, 50, tzinfo=UTC), None]),
        "truth": pa.array([True, None]),
        "kind": pa.array(["a", ""]).dictionary_encode(),
        "old text": pa.array([b"x", None]),
        "tags": pa.array([["a", "b"], None]),
    }
    pq.write_table(pa.table(columns), tmp_path / "typed.parquet")
    rows, _ = records(tmp_path / "typed.parquet")
    assert list(rows[0].values()) == [
        *("17850.0", None, "1.50", "2011-12-09", "2011-12-09 12:50:00", "2011-12-09 12:50:00+00:00"),
        *("true", "a", "x", '["a", "b"]'),
    ]
    assert list(rows[1].values()) == [
        *(None, "0.1", "-2000000.00", None, "2011-12-09 12:50:00.250", None, None, None, None, None),
    ]


def test_a_date_no_calendar_has_stays_a_number_and_stops_nobody_else(tmp_path: Path) -> None:
    days = pa.array([18_262, 2_000_000_000, None], pa.int32()).cast(pa.date32())
    instants = pa.array([0, 2**62, None], pa.int64()).cast(pa.timestamp("us"))
    pq.write_table(pa.table({"day": days, "at": instants, "n": [1, 2, 3]}), tmp_path / "a.parquet")
    rows, _ = records(tmp_path / "a.parquet")
    assert [row["day"] for row in rows] == ["2020-01-01", "2000000000", None]
    assert [row["at"] for row in rows] == ["1970-01-01 00:00:00", str(2**62), None]


def test_pictures_in_a_parquet_column_are_refused_by_column(tmp_path: Path) -> None:
    pq.write_table(pa.table({"photo": [b"\xff\xd8\xff"]}), tmp_path / "a.parquet")
    with pytest.raises(FileUnreadable, match="Column 'photo'"):
        records(tmp_path / "a.parquet")


@pytest.mark.parametrize("kept", [0.3, 0.99])
def test_a_cut_off_parquet_file_is_told(kept: float, tmp_path: Path) -> None:
    content = real_data("cdnow/sample.parquet").read_bytes()
    with pytest.raises(FileUnreadable, match="damaged or cut-off Parquet"):
        open_file(drop(tmp_path, "a.parquet", content[: int(kept * len(content))]))


def zipped(folder: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(folder / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__dot__", ".").replace("__slash__", "/"), content)
    return folder / "export.zip"


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_table_reads_like_the_table(pack: object, tmp_path: Path) -> None:
    rows, _ = records(drop(tmp_path, "orders.csv.packed", pack(TABLE)))  # type: ignore[operator]
    assert rows == [{"order": "007", "sum": "2.50"}, {"order": "008", "sum": "3"}]


def test_a_zip_of_one_table_reads_like_the_table(tmp_path: Path) -> None:
    extras = {"__MACOSX__slash__.__orders__dot__csv": b"\0\1", "__dot__DS_Store": b"\0\1"}
    path = zipped(tmp_path, shop__slash__orders__dot__csv=TABLE, **extras)
    assert open_file(path).format.member == "shop/orders.csv"
    shares: list[float] = []
    assert sum(batch.cells.height for batch in open_file(path).batches(shares.append)) == 2
    assert shares[-1] == 1.0


def test_parquet_inside_gz_reads_like_parquet(tmp_path: Path) -> None:
    path = drop(tmp_path, "cdnow.parquet.gz", gzip.compress(real_data("cdnow/sample.parquet").read_bytes()))
    assert len(records(path)[0]) == 6_919


def test_a_zip_of_several_tables_names_them(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"holds 2 files \(a.csv, b.csv\).*one at a time"):
        open_file(zipped(tmp_path, a__dot__csv=TABLE, b__dot__csv=TABLE))


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    inner = zipped(tmp_path, a__dot__csv=TABLE).read_bytes()
    with pytest.raises(FileUnreadable, match="compressed twice"):
        open_file(drop(tmp_path, "outer.gz", gzip.compress(inner)))
    with pytest.raises(FileUnreadable, match="compressed twice"):
        open_file(drop(tmp_path, "outer.csv.gz.gz", gzip.compress(gzip.compress(TABLE))))


def test_a_bomb_is_noticed_long_before_it_fills_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "RATIO_COUNTS_FROM", budget.MIB)
    path = drop(tmp_path, "bomb.csv.gz", gzip.compress(b"a,b\n" + b"1,2\n" * 2_000_000))
    with pytest.raises(FileUnreadable, match="far more than a table would"):
        records(path)


def test_an_endless_line_is_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_LINE_BYTES", 2 * budget.MIB)
    with pytest.raises(FileUnreadable, match="a line longer than"):
        open_file(drop(tmp_path, "a.csv", "x" * 5 * budget.MIB))


def test_a_cut_off_gz_is_told_where_it_breaks(tmp_path: Path) -> None:
    content = gzip.compress(real_data("messy_raw/online_retail_2010-12-01.csv").read_bytes())
    with pytest.raises(FileUnreadable, match="damaged or cut off"):
        records(drop(tmp_path, "a.csv.gz", content[:-2000]))


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("orders.csv", b"", "is empty"),
        ("orders.csv", b"\xef\xbb\xbf \r\n\r\n", "is empty"),
        ("orders.pdf", b"%PDF-1.7 ...", "a PDF document"),
        ("orders.csv", b"\x89PNG\r\n\x1a\n....", "a picture"),
        ("orders.xls", b"<html><body><table>", "only calls itself a workbook"),
        ("orders.csv", b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "an XML file"),
        ("dump.sql", b"-- MySQL dump 10.13\nCREATE TABLE x", "a database dump"),
        ("orders.csv", bytes(range(256)) * 20, "not text"),
        ("orders.xlsx", bytes(range(1, 256)) * 20, "is damaged"),
        ("book.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged or cut-off workbook"),
        ("rows.json", b"[1, 2, 3]", "not a list of records"),
        ("db.sqlite", b"SQLite format 3\0" + b"\0" * 100, "an SQLite database"),
    ],
)
def test_what_is_no_table_is_named_in_one_sentence(name: str, content: bytes, what: str, tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=what) as refused:
        open_file(drop(tmp_path, name, content))
    assert name in str(refused.value)


def test_folders_and_missing_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="is a folder"):
        open_file(tmp_path)
    with pytest.raises(FileUnreadable, match="There is no file"):
        open_file(tmp_path / "nowhere.csv")
