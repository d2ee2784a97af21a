"""regulars init"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from regulars.cli.shared import app, say


@app.command("init")
def init(
    folder: Annotated[Path, typer.Argument(help="Folder to make.")],
    name: Annotated[str | None, typer.Option(help="The company's name; the folder's when left out.")] = None,
    currency: Annotated[str, typer.Option(help="Three-letter code all amounts are kept in.")] = "EUR",
    time_zone: Annotated[str, typer.Option(help="Where the company's days begin and end.")] = "UTC",
) -> None:
    """Make a workspace: one folder that holds everything Regulars knows of a company.

    [dim]regulars init shop --currency BGN --time-zone Europe/Sofia[/dim]
    """
    import regulars as rg

    rg.init(folder, name=name, currency=currency, time_zone=time_zone).close()
    say(f"Made {folder}. Next: regulars -w {folder} import orders.csv")
