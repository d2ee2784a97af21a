"""regulars export-person"""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated

import typer

from regulars.cli.shared import app, say, workspace
from regulars.cli.who import at_work


@app.command("export-person")
def export_person(
    person: Annotated[str, typer.Argument(help="The customer's number, source:number, e-mail or key.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Archive (.zip) or folder to write.")] = Path(
        "person.zip"
    ),
) -> None:
    """Write all that is kept about one person, as JSON and CSV, for the person to have.

    [dim]regulars -w shop export-person K123 -o person.zip[/dim]
    """
    from regulars.privacy import exporting
    from regulars.privacy.person import find_person

    with workspace() as shop:
        for place in entry_points(group="regulars.places"):
            place.load()(shop.folder)
        found = find_person(shop, person)
        export = exporting.export_person(shop, found.customer_key, by=at_work(), now=datetime.now(UTC))
        export.write(output)
    rows = sum(map(len, export.parts.values()))
    say(f"Wrote {output}: {rows:,} rows about one person, from {len(found.records)} records.")
    say("It holds personal data. Give it to nobody else, and delete it once the person has it.")
