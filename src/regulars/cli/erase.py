"""regulars erase"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Annotated

import typer

from regulars.cli.shared import JsonOption, OutputError, app, called, say, workspace
from regulars.cli.who import at_work

if TYPE_CHECKING:
    from regulars.privacy.erasing import Erasure
    from regulars.privacy.person import Person


@app.command("erase")
def erase(
    person: Annotated[str, typer.Argument(help="The customer's number, source:number, e-mail or key.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, without the person's name.")] = "asked by the person",
    with_amounts: Annotated[
        bool, typer.Option("--with-amounts", help="Erase the sales too; the company's figures change.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    json_: JsonOption = False,
) -> None:
    """Erase one person from everything, and keep them out of later imports. It cannot be taken back.

    [dim]regulars -w shop erase K123 --reason "asked by letter"[/dim]
    """
    from regulars.privacy import erasing
    from regulars.privacy.person import find_person

    with workspace() as shop:
        for place in entry_points(group="regulars.places"):
            place.load()(shop.folder)
        found = find_person(shop, person)
        if not yes:
            _ask(found, with_amounts=with_amounts)
        erasure = erasing.erase(
            shop, found.customer_key, by=at_work(), now=datetime.now(UTC), reason=reason, keep_amounts=not with_amounts
        )
        currency = shop.settings.currency
    if json_:
        say(json.dumps(asdict(erasure), default=str, ensure_ascii=False, indent=2))
        return
    for line in told(erasure, currency):
        say(line)


def told(erasure: Erasure, currency: str) -> Sequence[str]:
    """What was erased, as lines for a person."""
    lines = [f"Erased: {sum(erasure.removed.values()):,} rows of one person."]
    lines += [f"  {place}: {rows:,}" for place, rows in erasure.removed.items()]
    if erasure.kept_amounts:
        sales = erasure.anonymous.get("interactions", 0)
        lines.append(f"Kept: {sales:,} sales, as those of a guest, so that the company's figures stay right.")
    else:
        lines.append(f"Sales figures are lower by {erasure.amount_gone:,.2f} {currency} from now on.")
    if erasure.look_alikes:
        keys = ", ".join(map(str, erasure.look_alikes))
        lines.append(f"Look: others have the same e-mail or phone. If it is the same person, erase them too: {keys}.")
    if erasure.mentions:
        lines.append(f"Look: {erasure.mentions:,} texts of other customers hold the name. They were not changed.")
    lines += [f"Look: {file} holds the person. Regulars did not write it; delete it." for file in erasure.other_files]
    if erasure.backups:
        lines.append(
            f"Backups made before still hold the person: {', '.join(erasure.backups)}. Delete them when their time "
            "is over; a restored one is cleaned when it is opened."
        )
    return [*lines, *erasure.notes]


def _ask(found: Person, *, with_amounts: bool) -> None:
    sources = ", ".join(sorted({source for source, _ in found.references})) or "no source"
    what = "with all sales" if with_amounts else "keeping sales without the name"
    asked = f"Erase this person, known by {len(found.keys)} records ({sources}), {what}? It cannot be taken back."
    if not typer.confirm(asked):
        raise OutputError(f"Nothing was erased. To see what is kept about the person: {called()} export-person")
