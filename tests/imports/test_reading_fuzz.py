"""Whatever bytes are dropped, a person gets a table or a sentence, never a traceback."""

from __future__ import annotations

import contextlib
import gzip
import json
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from regulars.errors import RegularsError
from regulars.imports.contract import LINE
from regulars.imports.reading import open_file
from tests.real_data import real_data

LOOSE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
DEAR = settings(LOOSE, max_examples=12)  # each example starts a process
NAMES = ["a.csv", "a.txt", "a.json", "a.jsonl", "a.xlsx", "a.parquet", "a.zip", "a.gz", "a"]


def read_or_refuse(path: Path) -> None:
    """Read a file to its end; every record and broken row is sound, or the file is refused in words."""
    with contextlib.suppress(RegularsError):
        file = open_file(path)
        for batch in file.batches():
            assert batch.cells.columns == [LINE, *file.columns]
            assert set(batch.cells.dtypes[1:]) <= {pl.String}
            assert batch.cells[LINE].null_count() == 0
            json.dumps([row.cells for row in batch.broken], ensure_ascii=False).encode()


@cache
def seed(kind: str) -> bytes:
    """The bytes of a small sound file of each kind, made of real data."""
    text = real_data("messy_raw/olist_order_reviews_head1000.csv").read_bytes()[:4_000]
    lines = pl.read_csv(real_data("messy_raw/olist_customers_200.csv"), infer_schema=False).head(30)
    packed = BytesIO()
    match kind:
        case "csv":
            return text
        case "utf16":
            return text.decode(errors="ignore").encode("utf-16")
        case "jsonl":
            return lines.write_ndjson().encode()
        case "json":
            return lines.write_json().encode()
        case "gz":
            return gzip.compress(text)
        case "parquet":
            lines.write_parquet(packed)
        case "zip":
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("a.csv", text)
        case _:
            book = openpyxl.Workbook()
            for row in lines.rows():
                book.active.append(row)
            book.save(packed)
    return packed.getvalue()


@st.composite
def changes(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """A few bytes overwritten, a piece cut out, or a piece doubled."""
    places = st.floats(0, 1, exclude_max=True)
    edits = draw(st.lists(st.tuples(st.sampled_from("owcd"), places, st.binary(min_size=1, max_size=6)), max_size=6))

    def change(content: bytes) -> bytes:
        for kind, share, piece in edits:
            place = int(share * len(content))
            match kind:
                case "o":
                    content = content[:place] + piece + content[place + len(piece) :]
                case "w":
                    content = content[:place] + piece + content[place:]
                case "c":
                    content = content[:place]
                case _:
                    content = content[:place] + content[place // 2 :]
        return content

    return change


@LOOSE
@given(st.sampled_from(NAMES), st.binary(max_size=400))
@example("a.csv", b'a,b\n"' + b"\n" * 50)
@example("a.json", b"[" * 100_000)
@example("a.json", b'{"a":' * 100_000)
@example("a.jsonl", b'{"a":1' + b"0" * 10_000 + b"}")
@example("a.csv", b"\xff\xfe\x00\xd8\x00\x00")
@example("a.csv", b"sep=,\n")
@example("a.xlsx", b"PK\x03\x04")
@example("a.zip", b"PK\x05\x06" + b"\0" * 18)
def test_random_bytes_give_a_table_or_a_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    read_or_refuse(tmp_path / name)


@LOOSE
@given(st.text(st.sampled_from('ab1,;\t|"\n\r \0\x1a=-é'), max_size=80))
def test_any_scrap_of_text_gives_a_table_or_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_bytes(text.encode())
    read_or_refuse(tmp_path / "a.csv")


@pytest.mark.parametrize("kind", ["csv", "utf16", "jsonl", "json", "gz", "parquet", "zip"])
@LOOSE
@given(change=changes())
def test_a_real_file_damaged_on_its_way_gives_a_table_or_a_sentence(
    tmp_path: Path, kind: str, change: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(change(seed(kind)))
    read_or_refuse(path)


@DEAR
@given(change=changes())
def test_a_damaged_workbook_gives_a_table_or_a_sentence(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(change(seed("xlsx")))
    read_or_refuse(path)
