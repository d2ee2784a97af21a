"""Which encoding a text file is written in.

A byte order mark decides; then valid UTF-8; then the single-byte encoding under which the bytes look most
like one of the languages in :mod:`regulars.imports.letters` (log-likelihood of the letters, with penalties
for control characters, capitals inside words and words of two scripts).
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import IO

from regulars.errors import FileUnreadable
from regulars.imports import budget
from regulars.imports.letters import LANGUAGES, TYPOGRAPHY

# In order of preference where two read the same text.
SINGLE_BYTE = ("cp1252", "cp1250", "cp1251", "cp1254", "iso8859_2", "koi8_r")
NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1252": "Windows-1252 (Western European)",
    "cp1254": "Windows-1254 (Turkish)",
    "iso8859_2": "ISO-8859-2 (Central European)",
    "koi8_r": "KOI8-R (Cyrillic)",
}
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
EVIDENCE_BYTES = 256 * 1024
PIECE_BYTES = 64 * 1024
EVIDENCE_PIECES = 64
SURE = 6.0  # nats between the best reading and the next different one

MARKED = "regulars.mark"
_SURROGATE = re.compile("[\ud800-\udfff]")
BAD_BYTE = re.compile("[\udc00-\udcff]")


def _mark_bad_bytes(error: UnicodeError) -> tuple[str, int]:
    """Undecodable bytes become lone surrogates, which no valid text holds, so their rows can be found."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(MARKED, _mark_bad_bytes)


def shown(text: str) -> str:
    """The text with a replacement sign for what no valid text can hold, fit to be shown and written."""
    return _SURROGATE.sub("\ufffd", text)


@dataclass(frozen=True)
class Encoding:
    """The codec to read with, and a sentence on how it was found."""

    name: str
    note: str


def named_encoding(name: str) -> Encoding:
    """The encoding a person asked for. Raises FileUnreadable when there is none of that name."""
    try:
        found = codecs.lookup(name)
        "x".encode(found.name)
    except (LookupError, UnicodeError, TypeError, ValueError) as error:
        known = ", ".join(("utf-8", "utf-16", *SINGLE_BYTE))
        raise FileUnreadable(f"There is no text encoding called {name!r}. Use one of: {known}.") from error
    codec = "utf-8-sig" if found.name == "utf-8" else found.name
    return Encoding(codec, f"The encoding {name} was asked for.")


def find_encoding(head: bytes, evidence: Iterable[bytes]) -> Encoding:
    """The encoding of a file.

    head      the file's first bytes
    evidence  pieces of the file that hold bytes beyond ASCII, from its whole length; none for plain ASCII
    """
    for mark, codec in MARKS:
        if head.startswith(mark):
            return Encoding(codec, f"The encoding is {NAMES[codec]}, as the file's first bytes say.")
    wide = _utf16_without_mark(head)
    if wide:
        return Encoding(wide, "The encoding is UTF-16, judged by the zero bytes between the letters.")
    pieces = list(evidence)
    if not pieces:
        return Encoding("utf-8", "The encoding is UTF-8 (the file holds plain Latin letters only).")
    if _is_utf8(pieces):
        return Encoding("utf-8", "The encoding is UTF-8.")
    return _single_byte(b"".join(piece[: EVIDENCE_BYTES // len(pieces)] for piece in pieces))


def gather_evidence(stream: IO[bytes]) -> list[bytes]:
    """Lines that hold bytes beyond ASCII, in pieces from the whole stream; reading stops when there are plenty.

    A file may be plain ASCII for a million lines before the first name with an accent, so all of it is looked
    at; that costs little, as a piece without such bytes is told at once.
    """
    pieces: list[bytes] = []
    carried = b""
    while len(pieces) < EVIDENCE_PIECES:
        fresh = stream.read(budget.MIB)
        if not fresh:
            pieces += [carried[:PIECE_BYTES]] if not carried.isascii() else []
            break
        piece = carried + fresh
        cut = max(piece.rfind(b"\n"), piece.rfind(b"\r")) + 1
        carried = piece[cut:] if len(piece) - cut <= budget.MIB else b""
        if not piece.isascii():
            lines = [line for line in piece[:cut].splitlines(keepends=True) if not line.isascii()]
            pieces += [_of_size(lines)] if lines else []
    return pieces


def _of_size(lines: list[bytes]) -> bytes:
    """As many whole lines as fit one piece of evidence, at least the beginning of one."""
    taken = bytearray()
    for line in lines:
        if taken and len(taken) + len(line) > PIECE_BYTES:
            break
        taken += line
    return bytes(taken[: 2 * PIECE_BYTES])


def _utf16_without_mark(head: bytes) -> str | None:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd > 0.3 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.02 * half:
        return "utf-16-be"
    return None


def _is_utf8(pieces: list[bytes]) -> bool:
    """Whether whole multi-byte sequences (and ones cut short late) outnumber the stray bytes."""
    whole = stray = 0
    for piece in pieces:
        text = piece.decode("utf-8", MARKED)
        bad = BAD_BYTE.findall(text)
        whole += sum(1 for letter in text if letter > "\x7f") - len(bad)
        cut = len(re.findall("[\udce0-\udcf4][\udc80-\udcbf]{2}", text))
        whole += cut
        stray += len(bad) - 3 * cut
    return whole > stray


def _single_byte(evidence: bytes) -> Encoding:
    singles = Counter(byte for byte in evidence if byte > 0x7F)
    pairs = Counter((first, second) for first, second in pairwise(evidence) if first > 0x7F or second > 0x7F)
    scored = sorted(
        ((_likelihood(codec, singles, pairs), -SINGLE_BYTE.index(codec), codec) for codec in SINGLE_BYTE),
        reverse=True,
    )
    (best, language), _, codec = scored[0]
    reading = _reading(codec, singles)
    rivals = [score for (score, _), _, other in scored[1:] if _reading(other, singles) != reading]
    # Which of the Cyrillic languages it is, a short text does not tell; the encoding is the same.
    seen = "Cyrillic" if language in ("Bulgarian", "Russian", "Ukrainian") else language
    note = f"The encoding is {NAMES[codec]}, judged by the letters, which look {seen}."
    if rivals and best - max(rivals) < SURE:
        note += " There was little to judge by: if letters look wrong, name the encoding yourself."
    return Encoding(codec, note)


def _reading(codec: str, singles: Counter[int]) -> str:
    return bytes(sorted(singles)).decode(codec, "replace")


def _likelihood(codec: str, singles: Counter[int], pairs: Counter[tuple[int, int]]) -> tuple[float, str]:
    """Log-likelihood of the bytes under the language that fits best, and that language."""
    table = bytes(range(256)).decode(codec, "replace")
    penalty = sum(count * _pair_penalty(table[a], table[b]) for (a, b), count in pairs.items())
    return max(
        (sum(count * _letter_score(table[byte], weights) for byte, count in singles.items()) + penalty, name)
        for name, weights in LANGUAGES.items()
    )


def _letter_score(letter: str, weights: dict[str, float]) -> float:
    """Log-probability of one character beyond ASCII in a language."""
    total = sum(weights.values())
    if letter in weights:
        return log(0.9 * weights[letter] / total)
    if letter.lower() in weights:
        return log(0.9 * weights[letter.lower()] / total) - 0.7
    if letter in TYPOGRAPHY:
        return -6.2
    if letter.isalpha():
        return -9.0
    if letter == "\ufffd":
        return -14.0
    return -12.0 if letter < "\u00a0" else -9.5


def _pair_penalty(first: str, second: str) -> float:
    """What two neighbours cost that words do not have: a capital after a small letter, two scripts, Ł5 (£5)."""
    if first.isalpha() and second.isalpha():
        cost = -2.5 if first.islower() and second.isupper() else 0.0
        if _is_cyrillic(first) != _is_cyrillic(second):
            return cost - 3.0
        return cost - 1.0 if first > "\x7f" and second > "\x7f" and not _is_cyrillic(first) else cost
    letter = first if first.isalpha() else second
    if not letter.isalpha() or letter <= "\x7f":
        return 0.0
    if first.isdigit() or second.isdigit():
        return -4.0
    return -2.0 if letter is first and letter.isupper() else 0.0


def _is_cyrillic(letter: str) -> bool:
    return "\u0400" <= letter <= "\u052f"
