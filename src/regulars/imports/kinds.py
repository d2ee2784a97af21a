"""What kind of file was dropped: judged by its first bytes, by its name only where those leave it open.

Kinds that hold no table, or hold it in a way we do not read, end here with a sentence that names them.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import Literal

from regulars.errors import FileUnreadable

Kind = Literal["text", "json", "workbook", "parquet"]

ADVICE = "Save the table as CSV or XLSX and import that."
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls, .doc and of encrypted .xlsx
_REFUSED_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document, not a table"),
    (b"\x89PNG", "a picture, not a table"),
    (b"\xff\xd8\xff", "a picture, not a table"),
    (b"GIF8", "a picture, not a table"),
    (b"{\\rtf", "a text document (RTF), not a table"),
    (b"SQLite format 3", "an SQLite database"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"ARROW1", "an Arrow or Feather file"),
    (b"ORC", "an ORC file"),
    (b"Obj\x01", "an Avro file"),
    (b"BEGIN:VCARD", "an address book (vCard)"),
    (b"BEGIN:VCALENDAR", "a calendar"),
    (b"\x7fELF", "a program, not a table"),
    (b"PGDMP", "a PostgreSQL backup"),
)
_DUMP = re.compile(
    rb"\s*(--\s*(MySQL|MariaDB|PostgreSQL|phpMyAdmin|SQL)|/\*!\d|CREATE\s+TABLE|INSERT\s+INTO|DROP\s+TABLE"
    rb"|BEGIN\s+TRANSACTION\s*;|PRAGMA\s)",
    re.IGNORECASE,
)
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b\0"))


def kind_of(head: bytes, name: str) -> Kind:
    """The kind of a table by its first bytes. Raises FileUnreadable for what is no table we read."""
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"PK\x03\x04", COMPOUND)):
        return "workbook"
    if name.lower().endswith((".parquet", ".xlsx", ".xls", ".ods", ".xlsb")) and not _is_text(head):
        raise FileUnreadable(f"{name} is damaged: its first bytes are not those of such a file. Export it again.")
    for start, looks_like in _REFUSED_STARTS:
        if head.startswith(start):
            raise FileUnreadable(f"{name} is {looks_like}. {ADVICE}")
    if not head.removeprefix(codecs.BOM_UTF8).strip():
        raise FileUnreadable(f"{name} is empty: there is nothing to import.")
    if not _is_text(head):
        raise FileUnreadable(f"{name} is not text and no kind of table that is known here. {ADVICE}")
    return _kind_of_text(head, name)


def _is_text(head: bytes) -> bool:
    """Few control characters, and zero bytes only as UTF-16 has them or as rare dirt."""
    if head.startswith(_WIDE_MARKS):
        return True
    control = len(head) - len(head.translate(None, _CONTROL))
    zeros = head.count(0)
    wide = zeros > 0.3 * len(head) / 2 and min(head[0::2].count(0), head[1::2].count(0)) < 0.02 * len(head)
    return control <= 0.02 * len(head) and (wide or zeros <= max(2, 0.1 * len(head)))


def _kind_of_text(head: bytes, name: str) -> Kind:
    start = _beginning(head)
    if start.startswith("<"):
        raise FileUnreadable(f"{name} is {_marked_up(start, name)}. {ADVICE}")
    if _DUMP.match(head):
        raise FileUnreadable(f"{name} is a database dump (SQL). Export the table itself as CSV and import that.")
    if start.startswith(("{", "[")) and _is_json(start, name):
        return "json"
    return "text"


def _marked_up(start: str, name: str) -> str:
    if re.match(r"<(!doctype\s+html|html|table|head|body|meta|div|style)\b", start, re.IGNORECASE) is None:
        return "an XML file, not a table of rows"
    if name.lower().endswith((".xls", ".xlsx")):
        return "a web page that only calls itself a workbook; a spreadsheet program can open it"
    return "a web page, not a table of rows"


def _beginning(head: bytes) -> str:
    """The first characters, whatever the encoding, without marks, zero bytes and blanks."""
    for mark in (codecs.BOM_UTF8, *_WIDE_MARKS):
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"").decode("utf-8", "replace").lstrip()


def _is_json(start: str, name: str) -> bool:
    """Whether braces open a JSON value, and not a cell of a table of text."""
    if name.lower().endswith((".json", ".jsonl", ".ndjson")):
        return True
    if re.match(r'\{\s*("|\})|\[\s*(\{|\])', start) is None:
        return False
    try:
        json.JSONDecoder().raw_decode(start)
    except json.JSONDecodeError as error:
        return error.pos > 0.9 * len(start)  # cut by the end of the sample
    except (RecursionError, ValueError):
        return True
    return True
