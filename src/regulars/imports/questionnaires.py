"""Questionnaires: one line is one respondent, and every question's column holds an answer, a blank or a code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa

from regulars.imports.contract import Asked, ColumnMapping
from regulars.imports.rows import SEPARATOR, typed_files
from regulars.imports.scales import BLANKS, NEVER, as_number
from regulars.imports.summary import Answered

CELL = "__ask_"  # and the number of the question: its cells among the typed rows, as the file has them
BETWEEN_OPTIONS = ";"  # as programmes for surveys write several chosen options; a comma stands inside options too
_MOST_DAYS = 366  # a date column that counts days counts those of one survey


def counted_days(cells: pl.DataFrame, mapping: ColumnMapping) -> pl.DataFrame:
    """The same cells, with dates where the date column only counts days from a first one; others stay as they are."""
    if mapping.first_day is None:
        return cells
    first, column = mapping.first_day, pl.col(mapping.fields["occurred"])
    dates = {str(number): str(first + timedelta(days=number - 1)) for number in range(1, _MOST_DAYS + 1)}
    return cells.with_columns(column.str.strip_chars().replace(dates))


def load(connection: duckdb.DuckDBPyConnection, parts: Sequence[Path], questions: Sequence[Asked]) -> None:
    """Make ``asked`` (one row a question), ``codes`` and ``given``, one row a filled cell with its ``state``.

    state  answer; missing and never (codes and words for a blank and for 'never used'); no number; off scale
    """
    _register(connection, "asked", _asked(questions))
    _register(connection, "codes", _codes(questions))
    cells = f"SELECT line, place, cell FROM (SELECT __line AS line, COLUMNS('{CELL}.*') FROM {typed_files(parts)})"
    cells += f" UNPIVOT (cell FOR place IN (COLUMNS('{CELL}.*')))"
    if not parts:
        cells = "SELECT NULL::BIGINT AS line, NULL::VARCHAR AS place, NULL::VARCHAR AS cell WHERE false"
    connection.execute(_GIVEN.format(cells=cells, skip=len(CELL) + 1))


def refuse(connection: duckdb.DuckDBPyConnection, *, blank_too: bool) -> None:
    """Make ``refused``: line, reason and cell of the lines of ``typed`` that hold a mark off its scale.

    blank_too  also lines that answer nothing. A questionnaire that came back blank is a respondent all the same.
    """
    connection.execute(f"""
        CREATE OR REPLACE TABLE refused AS
        WITH wrong AS (
            SELECT g.line, g.cell, CASE g.state
                       WHEN 'off scale' THEN a.label || ' is outside its scale, ' || a.low_text || ' to ' || a.high_text
                       ELSE a.label || ' is not a number' END AS reason,
                   row_number() OVER (PARTITION BY g.line ORDER BY g.place) AS number
            FROM given g JOIN asked a USING (place) WHERE g.state IN ('off scale', 'no number'))
        SELECT line, reason, cell FROM wrong SEMI JOIN typed USING (line) WHERE number = 1
        UNION ALL
        SELECT line, 'no score, a choice or a text', '' FROM typed
        ANTI JOIN (SELECT line FROM given WHERE state IN ('answer', 'off scale', 'no number')) USING (line)
        WHERE {blank_too}""")


def contents(connection: duckdb.DuckDBPyConnection) -> None:
    """Make ``contents``: one number of each line that stands for its answers besides the form's own fields.

    A sum of the answers' digests: it does not depend on the order of the columns, and needs no sorting.
    """
    connection.execute(f"""
        CREATE OR REPLACE TABLE contents AS
        SELECT g.line, sum(CAST(md5_number_lower(a.question || {SEPARATOR} || coalesce(CAST(g.mark AS VARCHAR), g.cell))
                                AS HUGEINT)) AS content
        FROM given g JOIN asked a USING (place) WHERE g.state = 'answer' AND NOT a.of_field GROUP BY g.line""")


def answers(import_id: int, survey: str) -> str:
    """Query of the answers rows of the fresh lines; ``survey`` is SQL of the survey of a line f.

    Several options that one cell holds, as "price; staff; parking", are one row each.
    """
    return f"""
        SELECT f.interaction_id, {import_id} AS import_id, {survey} AS survey, a.question, a.kind,
               CASE WHEN a.scored THEN g.mark END AS score, CASE WHEN a.scored THEN a.low END AS scale_min,
               CASE WHEN a.scored THEN a.high END AS scale_max, CASE WHEN a.kind = 'choice' THEN g.cell END AS choice,
               CASE WHEN a.kind = 'text' THEN g.cell END AS text,
               CASE WHEN regexp_matches(f.language, '[^0-9.]') THEN f.language END AS language, f.weight
        FROM ({_EACH_OPTION}) g JOIN asked a USING (place) JOIN fresh f ON f.line = g.line"""


def answered(connection: duckdb.DuckDBPyConnection, questions: Sequence[Asked]) -> tuple[Answered, ...]:
    """How many of the good lines answer each question, leave it blank, or never used what it is about."""
    rows = connection.execute("""
        WITH good AS (SELECT line FROM typed ANTI JOIN refused USING (line))
        SELECT g.place, count(*) FILTER (WHERE g.state = 'answer'), count(*) FILTER (WHERE g.state = 'never')
        FROM given g SEMI JOIN good USING (line) GROUP BY g.place""").fetchall()
    counted = {place: (given, never) for place, given, never in rows}
    lines = connection.execute("SELECT count(*) FROM typed ANTI JOIN refused USING (line)").fetchall()[0][0]
    found = []
    for place, one in enumerate(questions):
        given, never = counted.get(place, (0, 0))
        told = (one.column, one.question, one.kind, one.low, one.high, one.missing, one.never)
        found.append(Answered(*told, answered=given, blank=lines - given - never, never_used=never))
    return tuple(found)


def _register(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    connection.register("given_rows", table)
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM given_rows")
    connection.unregister("given_rows")


def _asked(questions: Sequence[Asked]) -> pa.Table:
    rows = [
        {
            "place": place,
            "label": one.column,
            "question": one.question,
            "kind": one.kind,
            "scored": one.scored,
            "of_field": bool(one.field),
            "low": one.low,
            "high": one.high,
            "low_text": f"{one.low:g}" if one.low is not None else "",
            "high_text": f"{one.high:g}" if one.high is not None else "",
        }
        for place, one in enumerate(questions)
    ]
    return pa.Table.from_pylist(rows, schema=_ASKED)


def _codes(questions: Sequence[Asked]) -> pa.Table:
    """Codes and words of every question; what a person said of a cell goes before what a word usually means."""
    rows = []
    for place, one in enumerate(questions):
        words = (*(("missing", word) for word in BLANKS), *(("never", word) for word in NEVER)) if one.scored else ()
        meant = {_code(text): meaning for meaning, text in words}
        meant |= {_code(text): "never" for text in one.never} | {_code(text): "missing" for text in one.missing}
        rows += [{"place": place, "code": code, "meaning": meaning} for code, meaning in meant.items()]
    return pa.Table.from_pylist(rows, schema=_CODES)


def _code(text: str) -> str:
    """One text for all ways to write a code: 0, 0.0 and 00; Blank and BLANK."""
    number = as_number(text)
    return f"{number:.6f}" if number is not None else text.strip().lower()


_EACH_OPTION = f"""
    SELECT g.line, g.place, g.mark, unnest(CASE WHEN a.kind = 'choice' AND contains(g.cell, '{BETWEEN_OPTIONS}')
        THEN list_distinct(list_filter(list_transform(string_split(g.cell, '{BETWEEN_OPTIONS}'), one -> trim(one)),
            one -> one <> '')) ELSE [g.cell] END) AS cell
    FROM given g JOIN asked a USING (place) WHERE g.state = 'answer'"""
_TEXTS = dict.fromkeys(("label", "question", "kind", "low_text", "high_text"), pa.string())
_MARKS = {"scored": pa.bool_(), "of_field": pa.bool_(), "low": pa.float64(), "high": pa.float64()}
_ASKED = pa.schema({"place": pa.int64(), **_TEXTS, **_MARKS})
_CODES = pa.schema([("place", pa.int64()), ("code", pa.string()), ("meaning", pa.string())])
_GIVEN = """
CREATE OR REPLACE TABLE given AS
WITH long AS ({cells}),
     trimmed AS (SELECT line, CAST(substr(place, {skip}) AS BIGINT) AS place, trim(cell) AS cell FROM long),
     filled AS (SELECT *, try_cast(replace(cell, ',', '.') AS DOUBLE) AS number FROM trimmed WHERE cell <> ''),
     coded AS (SELECT f.*, a.scored, a.low, a.high, c.meaning
               FROM filled f JOIN asked a USING (place)
               LEFT JOIN codes c ON c.place = f.place AND c.code = CASE WHEN isfinite(number) AND abs(number) < 1e15
                   THEN format('{{:.6f}}', number) ELSE lower(f.cell) END)
SELECT line, place, cell, CASE WHEN scored THEN number END AS mark,
       CASE WHEN meaning IS NOT NULL THEN meaning
            WHEN scored AND (number IS NULL OR NOT isfinite(number)) THEN 'no number'
            WHEN scored AND (number < low OR number > high) THEN 'off scale'
            ELSE 'answer' END AS state
FROM coded"""
