"""regulars join"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from regulars.cli.shared import JsonOption, app, called, progress_bar, say, workspace
from regulars.cli.who import at_work

if TYPE_CHECKING:
    from regulars.identity import JoinPlan


@app.command("join")
def join(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be joined; change nothing.")] = False,
    threshold: Annotated[
        float | None, typer.Option(help="Join pairs that are one customer with at least this probability (0.8).")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Compare all records again, also those without news since the last run.")
    ] = False,
    json_: JsonOption = False,
) -> None:
    """Find records of one customer in several systems, and join them.

    [dim]regulars -w shop join --dry-run[/dim]
    [dim]regulars -w shop join[/dim]
    """
    from datetime import UTC, datetime

    from regulars import identity
    from regulars.identity.matching import THRESHOLD

    now, chosen = datetime.now(UTC), THRESHOLD if threshold is None else threshold
    with workspace() as shop, progress_bar(shown=not json_) as progress:
        if dry_run:
            plan = identity.preview(shop, now=now, threshold=chosen, everything=everything, progress=progress)
            number = None
        else:
            done = identity.run(shop, by=at_work(), now=now, threshold=chosen, everything=everything, progress=progress)
            plan, number = done.plan, done.import_id
    if json_:
        say(json.dumps({"import_id": number, "dry_run": dry_run, **plan.as_dict()}, indent=2))
        return
    _tell(plan)
    if number is not None:
        say(f"This is import {number}. To take it back: {called()} imports undo {number}")
    elif not dry_run:
        say("Nothing new was found, so nothing was written.")


def _tell(plan: JoinPlan) -> None:
    say(f"{plan.records:,} records, {plan.looked_at:,} of them new or changed; {plan.pairs_weighed:,} pairs weighed.")
    say(f"Joined by an exact key: {plan.exact_joins:,}. Joined by the model: {plan.model_joins:,}.")
    say(f"Doubtful pairs, for a person to look at: {plan.doubtful:,}. Earlier joins taken back: {plan.taken_back:,}.")
    say(f"Customers: {plan.customers_before:,} before, {plan.customers_after:,} after.")
    if plan.largest:
        say(f"Most records of one customer: {', '.join(str(size) for size in plan.largest)}.")
