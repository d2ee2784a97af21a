"""regulars backup, regulars restore"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from regulars.cli.shared import OutputError, app, say, workspace


@app.command("backup")
def backup(
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Archive to write.")] = None,
) -> None:
    """Copy the whole workspace, vault included, into one archive. Keep it where personal data may be kept.

    [dim]regulars -w shop backup -o shop.tar.gz[/dim]
    """
    if output is not None and output.is_dir():
        raise OutputError(f"{output} is a folder. Name the archive too: -o {output / 'shop.tar.gz'}")
    with workspace() as shop:
        path = shop.backup(output)
    say(f"Wrote {path}. To use it: regulars restore {path} FOLDER")


@app.command("restore")
def restore(
    archive: Annotated[Path, typer.Argument(help="An archive made by backup.")],
    folder: Annotated[Path, typer.Argument(help="New folder for it.")],
) -> None:
    """Unpack a backup into a new folder.

    [dim]regulars restore shop.tar.gz shop-again[/dim]
    """
    import regulars as rg

    rg.restore(archive, folder).close()
    say(f"Restored to {folder}.")
