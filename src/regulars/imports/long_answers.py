"""Files in which every line says itself which question it answers: the kind and the scale of each question."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from regulars.imports.questions import known_question
from regulars.imports.scales import scale_of

_SCALES = pa.schema([("question", pa.string()), ("kind", pa.string()), ("low", pa.float64()), ("high", pa.float64())])
_MOST_MARKS = 300  # different marks of one question; one that has more is asked on no scale of marks


def find_scales(connection: duckdb.DuckDBPyConnection) -> None:
    """From view ``typed`` make ``scales`` (question, kind, low, high), and ``refused``: marks off an NPS's 0 to 10."""
    rows = connection.execute(
        "SELECT question, score, count(*) FROM typed WHERE score IS NOT NULL GROUP BY question, score"
    ).fetchall()
    marks: dict[str | None, dict[float, int]] = {}
    for question, score, times in rows:
        marks.setdefault(question, {})[score] = times
    found = [_scale(question, numbers) for question, numbers in marks.items()]
    connection.register("found_scales", pa.Table.from_pylist(found, schema=_SCALES))
    connection.execute("CREATE OR REPLACE TABLE scales AS SELECT * FROM found_scales")
    connection.unregister("found_scales")
    connection.execute("""
        CREATE OR REPLACE TABLE refused AS
        SELECT t.line, 'score is outside the scale of the question, 0 to 10' AS reason, CAST(t.score AS VARCHAR) AS cell
        FROM typed t JOIN scales s ON s.question IS NOT DISTINCT FROM t.question
        WHERE s.kind = 'nps' AND (t.score < s.low OR t.score > s.high)""")


def _scale(question: str | None, numbers: dict[float, int]) -> dict[str, object]:
    kind, sure = known_question(question or "")
    if kind == "nps" and sure:
        return {"question": question, "kind": kind, "low": 0.0, "high": 10.0}
    scale, _ = scale_of(numbers) if len(numbers) <= _MOST_MARKS else (None, ())
    low, high = (float(scale[0]), float(scale[1])) if scale else (None, None)
    if low is not None and (min(numbers) < low or max(numbers) > (high or 0)):
        low = high = None
    if kind == "nps":
        kind, low = ("nps", 0.0) if high == 10 else ("rating", low)
    return {"question": question, "kind": kind or "rating", "low": low, "high": high}
