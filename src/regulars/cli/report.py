"""regulars report"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from regulars.cli.shared import app, say, workspace


@app.command("report")
def report(
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write.")] = Path("report.html"),
    as_of: Annotated[str | None, typer.Option(help="See the log up to this date; the newest one by default.")] = None,
) -> None:
    """Write the whole picture as one HTML file that opens anywhere, without network.

    [dim]regulars -w shop report -o report.html[/dim]
    """
    with workspace() as shop:
        path = shop.report(output, as_of=as_of)
    say(f"Wrote {path} ({path.stat().st_size / 1e6:.1f} MB). Open it in a browser.")
