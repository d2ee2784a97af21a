"""Whether what the models expect may be shown: the back-test of the whole company decides, as in the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from regulars.errors import MeasureError
from regulars.measures.backtest.statistics import FEWEST_ORDERS, USABLE_ERROR

if TYPE_CHECKING:
    from regulars.workspace import Workspace


@dataclass(frozen=True)
class Trust:
    """What the back-test says of the models, and on how many customers it rests.

    sentence  the verdict in words, to show beside everything that is expected
    reason    why nothing expected is shown; None where it is
    """

    sentence: str
    n: int
    reason: str | None = None


def trust(workspace: Workspace, as_of: date) -> Trust:
    """The verdict for this day. A model that could not be tested is shown with the sentence that says so."""
    try:
        rows = workspace.measure("backtest", as_of=as_of).to_arrow().to_pylist()
    except MeasureError as error:
        return Trust(str(error), 0)
    total = next((row for row in rows if row["view"] == "total"), None)
    if total is None:
        return Trust("The models could not be tested.", 0)
    sentence, n = total["verdict"] or total["actual_reason"] or "The models could not be tested.", total["n"] or 0
    off, actual = total["error_share"], total["actual"]
    if off is not None and actual >= FEWEST_ORDERS and abs(off) > USABLE_ERROR:
        held = total["holdout_days"]
        return Trust(sentence, n, f"The model was wrong by {abs(off):.0%} over the last {held} days: it is not used.")
    return Trust(sentence, n)
