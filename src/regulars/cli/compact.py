"""regulars compact"""

from __future__ import annotations

from regulars.cli.shared import app, say, workspace


@app.command("compact")
def compact() -> None:
    """Merge the log's files into few sorted ones. Happens by itself after many small imports.

    [dim]regulars -w shop compact[/dim]
    """
    with workspace() as shop:
        merged = shop.compact()
    if not merged:
        say("Nothing to merge.")
    for table, files in merged.items():
        say(f"{table}: {files} files became one.")
