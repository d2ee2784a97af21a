"""Arrow columns from numpy arrays, without a Python loop over rows: money, words, numbers, local times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from regulars.demo.truths import HISTORY_DAYS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

DAY = 86_400
HOUR = 3_600
_EPOCH = date(1970, 1, 1)
_NEVER_NEGATIVE = (1 << 63) - 1


def _bitmap(known: Bools | None) -> pa.Buffer | None:
    return None if known is None else pa.py_buffer(np.packbits(known, bitorder="little").tobytes())


def decimals(units: Ints, kind: pa.Decimal128Type, known: Bools | None = None, *, unit_scale: int = 2) -> pa.Array:
    """Whole units (cents unless said) as decimals of that type, exactly; null where ``known`` is false."""
    words = np.empty((len(units), 2), dtype="<i8")
    # A 128-bit two's complement number is the 64-bit one followed by its sign.
    words[:, 0] = units * 10 ** (kind.scale - unit_scale)
    words[:, 1] = words[:, 0] >> 63
    return pa.Array.from_buffers(kind, len(units), [_bitmap(known), pa.py_buffer(words.tobytes())])


def money(cents: Ints, known: Bools | None = None) -> pa.Array:
    """Whole cents as DECIMAL(18,4)."""
    return decimals(cents, pa.decimal128(18, 4), known)


def picks(codes: Ints, words: Sequence[str]) -> pa.Array:
    """The word of each code as a string column; null for a negative code."""
    indices = pa.array(codes.astype(np.int32), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(words), pa.string())).dictionary_decode()


def joined(*parts: pa.Array | str, by: str = "") -> pa.Array:
    """Strings glued row by row; null where a part is null."""
    return pc.binary_join_element_wise(*parts, by)


def numbered(prefix: str, numbers: Ints, digits: int = 7) -> pa.Array:
    """Prefix and number padded with zeros: O0000123. Longer numbers are written in full."""
    text = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), digits, "0")
    return joined(prefix, text)


def either(chosen: Bools, first: pa.Array, second: pa.Array) -> pa.Array:
    """The first value where chosen, else the second."""
    return pc.if_else(pa.array(chosen), first, second)


def scattered(numbers: Ints, salt: int) -> Ints:
    """Distinct positive 63-bit integers that look random, one for each distinct number.

    Each step (odd factor, shift, sum, all modulo 2**63) can be undone, so two numbers never meet.
    """
    mask = np.uint64(_NEVER_NEGATIVE)
    mixed = numbers.astype(np.uint64) + np.uint64(salt & _NEVER_NEGATIVE)
    for factor in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB):
        mixed = (mixed * np.uint64(factor)) & mask
        mixed ^= mixed >> np.uint64(31)
    positive: Ints = np.maximum(mixed, 1).astype(np.int64)
    return positive


@lru_cache(maxsize=32)
def _offsets(zone_name: str, first: int, last: int) -> Ints:
    """Seconds that local time is ahead of UTC at noon of each day from first to before last."""
    zone = ZoneInfo(zone_name)
    noons = (datetime(1970, 1, 1, 12, tzinfo=zone) + timedelta(days=day) for day in range(first, last))
    ahead = (noon.utcoffset() or timedelta() for noon in noons)
    return np.array([int(offset.total_seconds()) for offset in ahead], dtype=np.int64)


@dataclass(frozen=True)
class Calendar:
    """The days of the log and the company's local time.

    Times inside the generator are local wall-clock seconds since 1970. The company is asleep between 23 and 6
    o'clock, when clocks are changed, so the offset at noon is right for the whole day.

    until  last local date of the log
    today  the day on which the company is made up, after which plans lie; None: the last of the log
    """

    until: date
    zone: str
    today: date | None = None

    @property
    def ahead_from(self) -> date:
        """The day after which plans lie: they would look late to whoever opens the company long after its last day."""
        return max(self.until, self.today or self.until)

    @property
    def first_day(self) -> int:
        """First day of the log, in days since 1970."""
        return (self.until - _EPOCH).days - HISTORY_DAYS + 1

    @property
    def end_s(self) -> int:
        """First local second after the log."""
        return ((self.until - _EPOCH).days + 1) * DAY

    def instants(self, local_s: Ints, known: Bools | None = None) -> pa.Array:
        """Local seconds as UTC instants; null where ``known`` is false."""
        if not len(local_s):
            return pa.array([], pa.timestamp("us", tz="UTC"))
        days = local_s // DAY
        # Whole years, so that the same few tables of offsets serve every column.
        first = int(days.min()) // 366 * 366
        last = (int(days.max()) // 366 + 1) * 366
        utc = (local_s - _offsets(self.zone, first, last)[days - first]) * 1_000_000
        mask = None if known is None else ~known
        return pa.array(utc, pa.int64(), mask=mask).cast(pa.timestamp("us", tz="UTC"))


def local_dates(local_s: Ints) -> pa.Array:
    """Local dates of local seconds."""
    return pa.array((local_s // DAY).astype(np.int32)).cast(pa.date32())
