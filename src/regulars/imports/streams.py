"""The bytes of a dropped file, unpacked on the way where it is compressed, under a budget.

Nothing is unpacked to memory: the bytes stream through, and a bomb is noticed by how much comes out of how
little. A damaged archive is told in one sentence wherever the damage shows.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, cast

from regulars.errors import FileUnreadable
from regulars.imports import budget
from regulars.imports.encoding import MARKED

Progress = Callable[[float], None]
Packing = Literal["none", "gzip", "bzip2", "xz", "zip"]

DAMAGE = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    RuntimeError,  # zipfile: a password is needed
    NotImplementedError,  # zipfile: unknown compression
    ValueError,
)


class GuardedBytes(io.RawIOBase):
    """What comes out of a file, counted against the budget; zero bytes are left out where asked.

    name      the file, for sentences
    packed    how many bytes went in so far
    one_line  True where a file may be one long line (JSON)
    """

    def __init__(
        self, inner: IO[bytes], name: str, packed: Callable[[], int], *, drop_zeros: bool, one_line: bool
    ) -> None:
        self._inner, self._name, self._packed = inner, name, packed
        self._drop_zeros, self._one_line = drop_zeros, one_line
        self._line_bytes = 0
        self.produced = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object, /) -> int:
        """Fill the buffer; 0 at the end. Raises FileUnreadable on damage and on a broken budget."""
        view = memoryview(cast("bytearray", buffer))
        while True:
            try:
                piece = self._inner.read(len(view))
            except DAMAGE as error:
                raise FileUnreadable(
                    f"{self._name} is damaged or cut off after {self.produced:,} bytes: export or download it "
                    "again and import the new file."
                ) from error
            if not piece:
                return 0
            self._count(piece)
            if self._drop_zeros and b"\0" in piece:
                piece = piece.replace(b"\0", b"")
            if piece:
                view[: len(piece)] = piece
                return len(piece)

    def _count(self, piece: bytes) -> None:
        self.produced += len(piece)
        if self.produced > budget.MAX_UNPACKED_BYTES or (
            self.produced > budget.RATIO_COUNTS_FROM and self.produced > budget.MAX_RATIO * max(1, self._packed())
        ):
            raise FileUnreadable(
                f"{self._name} unpacks to far more than a table would ({self.produced:,} bytes and counting), "
                "so it was not read. Unpack it yourself and import the table inside."
            )
        last = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
        self._line_bytes = self._line_bytes + len(piece) if last < 0 else len(piece) - last - 1
        if self._line_bytes > budget.MAX_LINE_BYTES and not self._one_line:
            raise FileUnreadable(
                f"{self._name} has a line longer than {budget.MAX_LINE_BYTES // budget.MIB} MB, which no table "
                "has. Save the table as CSV or XLSX and import that."
            )


@dataclass(frozen=True)
class ByteSource:
    """Where the bytes of one table come from: a file, or the one file inside a compressed one."""

    path: Path
    packing: Packing = "none"
    member: str | None = None

    @property
    def name(self) -> str:
        """What to call it in a sentence."""
        return f"{self.path.name} ({self.member})" if self.member else self.path.name

    @property
    def inner_name(self) -> str:
        """Name of the table itself, without .gz and the like."""
        if self.member:
            return self.member
        return self.path.name if self.packing == "none" else self.path.stem

    @contextmanager
    def open(
        self, progress: Progress | None = None, *, drop_zeros: bool = False, one_line: bool = False
    ) -> Iterator[tuple[io.BufferedReader, Callable[[], None]]]:
        """The unpacked bytes, and a function to call now and then that reports the share read (0 to 1)."""
        with ExitStack() as stack:
            packed = stack.enter_context(_opened(self.path))
            size = max(1, self.path.stat().st_size)
            inner, unpacked = _unpacker(self, packed, stack)
            guard = GuardedBytes(
                inner,
                self.name,
                packed.tell if unpacked is None else (lambda: size),
                drop_zeros=drop_zeros,
                one_line=one_line,
            )

            def report() -> None:
                if progress is not None:
                    share = packed.tell() / size if unpacked is None else guard.produced / max(1, unpacked)
                    progress(min(1.0, share))

            yield stack.enter_context(io.BufferedReader(guard, buffer_size=budget.MIB)), report

    @contextmanager
    def text(
        self, encoding: str, progress: Progress | None = None, *, one_line: bool = False
    ) -> Iterator[tuple[io.TextIOWrapper, Callable[[], None]]]:
        """The text, line ends as they are; undecodable bytes are lone surrogates (see ``encoding.MARKED``)."""
        drop_zeros = not encoding.startswith(("utf-16", "utf-32"))
        with self.open(progress, drop_zeros=drop_zeros, one_line=one_line) as (stream, report):
            text = io.TextIOWrapper(stream, encoding=encoding, errors=MARKED, newline="")
            try:
                yield text, report
            finally:
                text.detach()

    def head(self, size: int = budget.SAMPLE_BYTES) -> bytes:
        """The first bytes of the table."""
        with self.open(one_line=True) as (stream, _):
            return stream.read(size)


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise FileUnreadable(f"{path.name} cannot be opened: {error.strerror or error}.") from error


def _unpacker(source: ByteSource, packed: IO[bytes], stack: ExitStack) -> tuple[IO[bytes], int | None]:
    """The stream of unpacked bytes and, for a zip, the unpacked size it claims (for the progress bar only)."""
    try:
        match source.packing:
            case "gzip":
                return cast("IO[bytes]", stack.enter_context(gzip.GzipFile(fileobj=packed))), None
            case "bzip2":
                return cast("IO[bytes]", stack.enter_context(bz2.BZ2File(packed))), None
            case "xz":
                return cast("IO[bytes]", stack.enter_context(lzma.LZMAFile(packed))), None
            case "zip":
                archive = stack.enter_context(zipfile.ZipFile(packed))
                member = archive.getinfo(source.member or "")
                return stack.enter_context(archive.open(member)), member.file_size
            case _:
                return packed, None
    except (*DAMAGE, KeyError) as error:
        raise FileUnreadable(f"{source.name} is damaged: export or download it again.") from error


@dataclass(frozen=True)
class TableFile:
    """A table in a file of its own that can be read from any place; an unpacked copy goes when this goes."""

    path: Path
    name: str
    copy: IO[bytes] | None = None


def extracted(source: ByteSource) -> TableFile:
    """The source as a file: itself, or an unpacked temporary copy of at most ``MAX_EXTRACTED_BYTES``."""
    if source.packing == "none":
        return TableFile(source.path, source.name)
    copy = tempfile.NamedTemporaryFile(prefix="regulars-")  # noqa: SIM115 - lives as long as the table
    written = 0
    with source.open(one_line=True) as (stream, _):
        while piece := stream.read(budget.MIB):
            written += copy.write(piece)
            if written > budget.MAX_EXTRACTED_BYTES:
                raise FileUnreadable(
                    f"{source.name} unpacks to more than {budget.MAX_EXTRACTED_BYTES // budget.MIB:,} MB. Unpack it "
                    "yourself and import the table inside."
                )
    copy.flush()
    return TableFile(Path(copy.name), source.name, cast("IO[bytes]", copy))
