"""regulars imports"""

from __future__ import annotations

import json
from typing import Annotated

import typer

from regulars.cli.shared import JsonOption, app, say, workspace

imports = typer.Typer(invoke_without_command=True)
app.add_typer(imports, name="imports")
SHOWN = ("import_id", "event", "recorded_at", "recorded_by", "source", "form", "file_name")
COUNTED = ("lines_read", "lines_imported", "lines_rejected", "lines_already_there")


@imports.callback()
def show_imports(context: typer.Context, json_: JsonOption = False) -> None:
    """List the imports: what, when, by whom, how many lines. With undo, take one back.

    [dim]regulars -w shop imports[/dim]
    [dim]regulars -w shop imports undo 3[/dim]
    """
    if context.invoked_subcommand:
        return
    with workspace() as shop:
        rows = shop.imports()
    if json_:
        say(json.dumps([{**row, "summary": json.loads(str(row["summary"]))} for row in rows], default=str, indent=2))
        return
    if not rows:
        say("Nothing was imported yet. Start with: regulars import orders.csv")
        return
    heads = (
        "import",
        "event",
        "at (UTC)",
        "by",
        "source",
        "as",
        "file",
        "read",
        "imported",
        "rejected",
        "already there",
    )
    told = [[_short(row[name]) for name in SHOWN] + [f"{row[name]:,}" for name in COUNTED] for row in rows]
    widths = [max(len(text) for text in column) for column in zip(heads, *told, strict=True)]
    for line in (heads, *told):
        say("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())


@imports.command("undo")
def undo(
    import_id: Annotated[int, typer.Argument(help="The number of the import.")], json_: JsonOption = False
) -> None:
    """Take exactly that import back; everything else stays as it is.

    [dim]regulars -w shop imports undo 3[/dim]
    """
    with workspace() as shop:
        removed = shop.undo(import_id)
    if json_:
        say(json.dumps({"import_id": import_id, "rows_removed": removed}))
    else:
        say(f"Import {import_id} is taken back: {removed:,} rows left the log.")


def _short(value: object) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if hasattr(value, "strftime") else str(value or "")
