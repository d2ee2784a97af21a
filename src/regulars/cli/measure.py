"""regulars measure"""

from __future__ import annotations

import json
import math
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from regulars.cli.lines import lines_of
from regulars.cli.shared import app, say, workspace, writing_to

if TYPE_CHECKING:
    import pyarrow as pa

    from regulars.engines.runner import MeasureResult
    from regulars.workspace import Workspace

SHOWN_ROWS = 50


class Format(StrEnum):
    """How a result is printed or written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


@app.command("measure")
def measure(
    name: Annotated[str | None, typer.Argument(help="Name of the measure.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the measures and the questions they answer.")] = False,
    by: Annotated[list[str] | None, typer.Option(help="Column to split by, e.g. customer_type. Repeatable.")] = None,
    as_of: Annotated[str | None, typer.Option(help="See the log up to this date; the newest one by default.")] = None,
    from_: Annotated[str | None, typer.Option("--from", help="First date of the period.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Last date of the period.")] = None,
    where: Annotated[str | None, typer.Option(help="Condition, e.g. \"customer_type = 'reseller'\".")] = None,
    group: Annotated[str | None, typer.Option(help="Key of a group: see the log for its customers alone.")] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="A choice or number of the measure. Repeatable."),
    ] = None,
    names: Annotated[bool, typer.Option("--names", help="Add customers' names; that they were shown is kept.")] = False,
    format_: Annotated[
        Format | None,
        typer.Option("--format", help="How to print it; by the file's ending, else a table."),
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File to write.")] = None,
) -> None:
    """Compute a measure from the log.

    [dim]regulars -w shop measure rfm --as-of 2026-06-30 --format csv -o scores.csv[/dim]
    [dim]regulars -w shop measure repeat --by customer_type[/dim]
    [dim]regulars -w shop measure journey --group recommended-households[/dim]
    """
    if list_:
        _list(format_ or Format.TABLE)
        return
    if name is None:
        raise typer.BadParameter("Name a measure, or ask for --list.")
    chosen = format_ or _by_ending(output)
    if chosen is Format.PARQUET and output is None:
        raise typer.BadParameter("Parquet needs a file: add -o result.parquet.")
    with workspace() as shop:
        choices, settings = _settings(name, set_ or [])
        result = shop.measure(
            name,
            by=by or (),
            as_of=as_of,
            from_on=from_,
            to_on=to,
            where=where,
            choices=choices,
            settings=settings,
            members=_inside(shop, group, as_of),
        )
        table = _with_references(shop, result.to_arrow(), names=names)
        if names:
            shop.note_names_shown(name, table.num_rows)
    if output is None:
        say(_as_text(chosen, result, table, SHOWN_ROWS, group).rstrip("\n"))
        return
    _write(output, chosen, result, table, group)
    say(f"Wrote {output} ({table.num_rows:,} rows).")


def _settings(name: str, given: list[str]) -> tuple[dict[str, str], dict[str, float]]:
    """``--set`` taken apart: words that the measure declares as choices, and numbers."""
    from regulars.measures import find

    declared = {choice.name for choice in find(name).choices}
    choices: dict[str, str] = {}
    settings: dict[str, float] = {}
    for text in given:
        key, equals, value = text.partition("=")
        if equals and key in declared:
            choices[key] = value
        elif equals and _is_number(value):
            settings[key] = float(value)
        else:
            known = f" This measure's choices: {', '.join(sorted(declared))}." if declared else ""
            raise typer.BadParameter(f"--set {text} is no choice of {name} and no number.{known}")
    return choices, settings


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _by_ending(output: Path | None) -> Format:
    """The format that a file's name asks for; a table where it asks for none."""
    ending = output.suffix.lower().removeprefix(".") if output else ""
    return Format(ending) if ending in (Format.JSON, Format.CSV, Format.PARQUET) else Format.TABLE


def _inside(shop: Workspace, group: str | None, as_of: str | None) -> list[int] | None:
    """The customers of a group, today or as they were known on the day asked about; None for everyone."""
    from regulars.groups.publishing import members
    from regulars.workspace import day_of

    return members(shop, group, as_of=day_of(as_of)) if group else None


def _write(output: Path, chosen: Format, result: MeasureResult, table: pa.Table, group: str | None) -> None:
    """The whole result as a file."""
    with writing_to(output):
        if chosen is Format.PARQUET:
            import pyarrow.parquet as pq

            pq.write_table(table, output)
        else:
            output.write_text(_as_text(chosen, result, table, table.num_rows, group), encoding="utf-8", newline="")


def _as_text(chosen: Format, result: MeasureResult, table: pa.Table, rows: int, group: str | None) -> str:
    """The result in a format; as a table only so many rows of it."""
    if chosen is Format.JSON:
        return _as_json(result, table, group) + "\n"
    if chosen is Format.CSV:
        from regulars.exports import as_csv

        return as_csv(table)
    return "\n".join(_as_lines(result, table, rows, group)) + "\n"


def _list(format_: Format) -> None:
    from regulars.measures import all_measures
    from regulars.words import measures as _words  # noqa: F401  registers what is measured of texts

    known = all_measures()
    if format_ is Format.JSON:
        say(json.dumps([{"name": m.name, "question": m.question, "grain": m.grain} for m in known], indent=2))
        return
    width = max(len(m.name) for m in known)
    for found in known:
        say(f"{found.name:<{width}}  {found.question}")


def _with_references(shop: Workspace, table: pa.Table, *, names: bool) -> pa.Table:
    """Beside each client key the id its source uses, and the name when it was asked for."""
    import pyarrow as pa

    if "client_key" not in table.column_names:
        return table
    keys = [key for key in table.column("client_key").to_pylist() if key is not None]
    place = table.column_names.index("client_key") + 1
    references, people = shop.references(keys), shop.names(keys) if names else {}
    given = table.column("client_key").to_pylist()
    if names:
        table = table.add_column(place, "name", pa.array([people.get(key) for key in given], pa.string()))
    return table.add_column(place, "reference", pa.array([references.get(key) for key in given], pa.string()))


def _as_lines(result: MeasureResult, table: pa.Table, rows: int, group: str | None) -> list[str]:
    """The result for a person: each estimate with its interval in one cell, small samples marked."""
    shares = frozenset(column.name for column in result.measure.columns if column.type == "share")
    lines = [
        f"{result.measure.question}  (as of {result.as_of}{f'; group {group}' if group else ''})",
        *lines_of(table, shares, most=rows),
    ]
    if table.num_rows == 0:
        lines.append("No rows: nothing in the log answers this yet.")
    marks = [name for name in table.column_names if name.endswith("small_sample")]
    if any(any(table.column(name).to_pylist()) for name in marks):
        lines.append("* fewer than 30 cases")
    return lines + [f"Note: {note}" for note in result.notes]


def _as_json(result: MeasureResult, table: pa.Table, group: str | None) -> str:
    rows = [{name: _plain(value) for name, value in row.items()} for row in table.to_pylist()]
    about = {"measure": result.measure.name, "as_of": result.as_of} | ({"group": group} if group else {})
    content = {**about, "notes": list(result.notes), "rows": rows}
    return json.dumps(content, default=str, ensure_ascii=False, indent=2)


def _plain(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return float(value) if isinstance(value, Decimal) else value
