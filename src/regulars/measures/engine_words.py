"""Functions that Ibis lacks and every engine knows by one name: words of Spark's.

Ibis says unix_micros in DuckDB's own way; the others are taught to DuckDB where its connection is opened.
"""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def unix_micros(instant: dt.Timestamp(timezone="UTC")) -> dt.int64:  # type: ignore[valid-type]
    """Microseconds since 1970-01-01 in UTC: whole numbers, so differences are exact and quick."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def xxhash64(text: dt.string) -> dt.int64:
    """A 64-bit number that stands for a text within one query; engines give different ones.

    For sorting and counting: two of a million texts share a number once in 37 million tries.
    """


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def get_json_object(text: dt.string, path: dt.string) -> dt.string:
    """What a JSON text holds under a path such as $.contract, as text; null where there is none, or no JSON."""
