"""Opening whatever file a company drops: finding out what it is and giving its cells as text.

    file = open_file(Path("orders.csv"))
    file.format, file.columns
    for batch in file.batches(): ...

The kind is judged by content first and name second. Nothing is inferred about types here: every cell is text
as it stands in the file (dates of spreadsheets and Parquet in ISO form), an empty cell is null.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from regulars.errors import FileUnreadable
from regulars.imports.batches import ReadableFile
from regulars.imports.delimited import named_delimiter, open_delimited
from regulars.imports.encoding import Encoding, find_encoding, gather_evidence, named_encoding
from regulars.imports.json_records import open_json
from regulars.imports.kinds import kind_of
from regulars.imports.parquet import open_parquet
from regulars.imports.spreadsheet import open_spreadsheet
from regulars.imports.streams import DAMAGE, ByteSource, Packing

_PACKINGS: tuple[tuple[bytes, Packing], ...] = ((b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ\0", "xz"))
_WORKBOOK_PARTS = ("[Content_Types].xml", "mimetype", "content.xml")
_WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xlsb", ".ods", ".xltx")


def open_file(
    path: Path, *, encoding: str | None = None, delimiter: str | None = None, sheet: str | None = None
) -> ReadableFile:
    """The file at ``path``, ready to give its records as text.

    encoding, delimiter  for text files: what to use instead of what is found; ``delimiter`` also by name (tab)
    sheet                for workbooks: the sheet to read; else the first that holds something
    Empty   a table without records opens, and gives no batches
    Raises  FileUnreadable, with a sentence that says what the file is and what to do
    """
    path = Path(path)
    source = _find_source(path)
    head = source.head()
    kind = kind_of(head, source.inner_name)
    if kind == "workbook":
        return open_spreadsheet(source, sheet)
    if kind == "parquet":
        return open_parquet(source)
    chosen = named_encoding(encoding) if encoding else _find_encoding(source, head)
    if kind == "json":
        return open_json(source, chosen)
    return open_delimited(source, chosen, named_delimiter(delimiter) if delimiter else None)


def _find_encoding(source: ByteSource, head: bytes) -> Encoding:
    with source.open(one_line=True) as (stream, _):
        return find_encoding(head, gather_evidence(stream))


def _find_source(path: Path) -> ByteSource:
    """Where the table's bytes are: in the file itself, or inside its compression."""
    try:
        if path.is_dir():
            raise FileUnreadable(f"{path.resolve().name} is a folder: import the files in it one at a time.")
        if not path.exists():
            raise FileUnreadable(f"There is no file {path}. Check the name and the folder.")
        if not path.is_file():
            raise FileUnreadable(f"{path.name} is not a file with content: save the table as CSV and import that.")
        with path.open("rb") as file:
            start = file.read(8)
    except PermissionError as error:
        raise FileUnreadable(f"{path.name} may not be read: allow this user to read it, or copy it.") from error
    except (OSError, ValueError) as error:
        raise FileUnreadable(f"{path} cannot be opened: check its name and the disk it is on.") from error
    if not start:
        raise FileUnreadable(f"{path.name} is empty: there is nothing to import.")
    if start.startswith(b"PK"):
        return _inside_zip(path, start)
    packing: Packing = next((packing for magic, packing in _PACKINGS if start.startswith(magic)), "none")
    source = ByteSource(path, packing)
    _refuse_nested(source)
    return source


def _inside_zip(path: Path, start: bytes) -> ByteSource:
    """A workbook is a zip too and stays one; else the zip must hold exactly one table."""
    if not start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ByteSource(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except DAMAGE as error:
        what = "workbook" if path.suffix.lower() in _WORKBOOK_NAMES else "archive"
        raise FileUnreadable(
            f"{path.name} is a damaged or cut-off {what}: its end is missing. Export or download it again."
        ) from error
    names = [entry.filename for entry in entries]
    if any(part in names for part in _WORKBOOK_PARTS):
        return ByteSource(path)
    tables = [entry for entry in entries if not _is_packaging(entry.filename) and not entry.is_dir()]
    if not tables:
        raise FileUnreadable(f"{path.name} is a zip without a file in it.")
    if len(tables) > 1:
        listed = ", ".join(entry.filename for entry in tables[:5]) + (", …" if len(tables) > 5 else "")
        raise FileUnreadable(
            f"{path.name} holds {len(tables)} files ({listed}): unpack it and import them one at a time."
        )
    if tables[0].flag_bits & 1:
        raise FileUnreadable(f"{path.name} is protected by a password: unpack it and import the file inside.")
    source = ByteSource(path, "zip", tables[0].filename)
    _refuse_nested(source)
    return source


def _is_packaging(name: str) -> bool:
    """Files that an operating system adds to a zip by itself."""
    last = name.rsplit("/", 1)[-1]
    return name.startswith("__MACOSX/") or last.startswith(".") or last in ("Thumbs.db", "desktop.ini")


def _refuse_nested(source: ByteSource) -> None:
    if source.packing == "none":
        return
    start = source.head(8)
    archive = start.startswith(b"PK") and not source.inner_name.lower().endswith(_WORKBOOK_NAMES)
    if archive or any(start.startswith(magic) for magic, _ in _PACKINGS):
        raise FileUnreadable(f"{source.name} is compressed twice: unpack it once and import what is inside.")
