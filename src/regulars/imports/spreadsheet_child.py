"""Reads one workbook in a process of its own, under limits, and writes its rows as JSON to standard output.

Run by path, not as a module of the package: it imports the standard library and python-calamine only, so it
starts at once and its memory is the workbook's. Standard output is one JSON value a line:

    {"sheets": [...], "sheet": name}    then    [first row number, [[cell, ...], ...]]    then    {"rows": n}
    or {"error": word, "sheets": [...]}

Cells are text: dates in ISO form, whole numbers without a point, formulas by their last value.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TextIO

ROWS_A_LINE = 5_000


def main(path: str, sheet: str, memory: int, seconds: int, cells: int) -> None:
    """Read ``sheet`` (empty: the first with a filled cell) of the workbook at ``path``."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import python_calamine as calamine  # noqa: PLC0415 - only after the limits are set

    try:
        workbook = calamine.CalamineWorkbook.from_path(path)
        names = [entry.name for entry in workbook.sheets_metadata if entry.typ == calamine.SheetTypeEnum.WorkSheet]
        if sheet and sheet not in names:
            say(sys.stdout, {"error": "no such sheet", "sheets": names})
            return
        for name in [sheet] if sheet else names:
            opened = workbook.get_sheet_by_name(name)
            if opened.start is not None or sheet:
                write_sheet(opened, names, cells)
                return
        say(sys.stdout, {"error": "empty", "sheets": names})
    except calamine.PasswordError:
        say(sys.stdout, {"error": "password"})
    except (calamine.CalamineError, OSError, ValueError):
        say(sys.stdout, {"error": "damaged"})
    except MemoryError:
        say(sys.stdout, {"error": "too large"})


def write_sheet(sheet: object, names: list[str], cells: int) -> None:
    """Write a sheet's rows, some thousand a line."""
    height, width = sheet.total_height, sheet.total_width  # type: ignore[attr-defined]
    if height * width > cells:
        say(sys.stdout, {"error": "too large", "rows": height, "columns": width})
        return
    say(sys.stdout, {"sheets": names, "sheet": sheet.name})  # type: ignore[attr-defined]
    number, rows = 1, list[list[str]]()
    for row in sheet.iter_rows():  # type: ignore[attr-defined]
        rows.append([text(cell) for cell in row])
        if len(rows) == ROWS_A_LINE:
            say(sys.stdout, [number, rows])
            number, rows = number + len(rows), []
    say(sys.stdout, [number, rows])
    say(sys.stdout, {"rows": number + len(rows) - 1})


def say(stream: TextIO, value: object) -> None:
    """One JSON value on a line."""
    stream.write(json.dumps(value) + "\n")


def number_text(number: float) -> str:
    """15 significant digits, as spreadsheets show; whole numbers without a point, never an exponent."""
    if number.is_integer() and abs(number) < 1e18:
        return str(int(number))
    written = f"{number:.15g}"
    return f"{Decimal(written):f}" if "e" in written else written


def instant_text(instant: datetime) -> str:
    """ISO form to the second; spreadsheets keep days as floats, so the last digits are noise."""
    if not instant.microsecond:
        return str(instant)
    rounded = instant + timedelta(milliseconds=0.5)
    rounded = rounded.replace(microsecond=rounded.microsecond // 1000 * 1000)
    return rounded.isoformat(sep=" ", timespec="milliseconds" if rounded.microsecond else "seconds")


def duration_text(duration: timedelta) -> str:
    """Hours, minutes and seconds, as spreadsheets show them: 30:00:00."""
    seconds = round(duration.total_seconds())
    minutes, rest = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02}:{rest:02}"


WRITERS: dict[type, Callable[[Any], str]] = {
    str: str,
    float: number_text,
    bool: lambda truth: "true" if truth else "false",
    datetime: instant_text,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: duration_text,
    type(None): lambda _: "",
}


def text(cell: object) -> str:
    """A cell as text."""
    return WRITERS.get(type(cell), str)(cell)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6]))
