"""Look for words in every byte of a folder: to prove that somebody is there, and afterwards that nobody is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from regulars.privacy.company_files import PARQUET, unpacked


def found_in(folder: Path, words: Sequence[str]) -> dict[str, int]:
    """File -> how many of the words' occurrences are in it; files without any are left out.

    Bytes are compared without regard to case, as they are, unpacked (gzip, tar, zip, to any depth), and, of Parquet,
    as the text columns say; in UTF-8 and UTF-16. File names are searched too.
    """
    needles = [encoded for word in words for encoded in _encodings(word)]
    found: dict[str, int] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = str(path.relative_to(folder))
        times = sum(_times(text, needles) for text in (name.encode(), *_contents(path.read_bytes())))
        if times:
            found[name] = times
    return found


def _encodings(word: str) -> Iterator[bytes]:
    for form in dict.fromkeys((word, word.lower(), word.upper())):
        yield form.encode().lower()
        yield form.encode("utf-16-le").lower()


def _times(content: bytes, needles: Sequence[bytes]) -> int:
    lower = content.lower()
    return sum(lower.count(needle) for needle in dict.fromkeys(needles))


def _contents(content: bytes) -> Iterator[bytes]:
    """The bytes as they lie there, and all that is packed in them."""
    yield content
    for inner in unpacked(content):
        if inner is not content:
            yield inner
        if inner.startswith(PARQUET) and inner.endswith(PARQUET):
            yield from _texts(inner)


def _texts(content: bytes) -> Iterator[bytes]:
    try:
        table = pq.read_table(pa.BufferReader(content))
    except pa.ArrowException:
        return
    for row in table.to_pylist():
        yield str(row).encode()
