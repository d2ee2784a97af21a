"""regulars demo"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from regulars.cli.shared import app, say


@app.command("demo")
def demo(
    folder: Annotated[Path, typer.Argument(help="Folder to make.")] = Path("demo"),
    customers: Annotated[int, typer.Option(min=200, help="How many customers the company has.")] = 4000,
    seed: Annotated[int, typer.Option(help="Another seed, another company.")] = 8,
    real: Annotated[
        bool, typer.Option("--real", help="Real households instead: dunnhumby's Complete Journey.")
    ] = False,
    files: Annotated[
        bool, typer.Option("--files", help="No workspace: the files its systems would export, to practise with.")
    ] = False,
) -> None:
    """Make a workspace with a made-up furniture company, or with real shopping data.

    [dim]regulars demo oakline --customers 2000[/dim]
    [dim]regulars demo exports --files --customers 400[/dim]
    """
    if files and real:
        raise typer.BadParameter("The real households come as one table, not as files: leave out --files or --real.")
    if files:
        _write_files(folder, customers, seed)
        return
    from regulars.demo.workspace import make_demo, make_real_demo

    shop = make_real_demo(folder) if real else make_demo(folder, customers=customers, seed=seed, today=_today())
    with shop:
        with shop.engine() as engine:
            row = engine.run(
                "SELECT count(*) AS n, count(DISTINCT client_key) AS c, max(occurred_on) AS day FROM interactions"
            ).to_pylist()[0]
        say(f"{shop.settings.name}: {row['n']:,} interactions of {row['c']:,} clients up to {row['day']}, in {folder}")
    say(f"Next: regulars -w {folder} report -o report.html")


def _today() -> date:
    return datetime.now(UTC).date()


def _write_files(folder: Path, customers: int, seed: int) -> None:
    from regulars.demo.company import make_company
    from regulars.demo.export import export_files
    from regulars.errors import WorkspaceError

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(f"{folder} is not empty. Name a new folder for the files.")
    for path in export_files(make_company(customers, seed), folder):
        say(f"Wrote {path}")
    say(f"Next: regulars init shop && regulars -w shop import {folder / 'orders.csv'}")
