"""Measures asked for the four questions: rows, or the reason why there are none."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from regulars.errors import MeasureError
from regulars.fourquestions.parts import Figure, Lens
from regulars.measures import all_measures

if TYPE_CHECKING:
    from regulars.workspace import Workspace

Row = Mapping[str, Any]


class Answers(ABC):
    """Where rows of measures come from, and how a figure is read out of them."""

    @abstractmethod
    def rows(self, measure: str, *, whole: bool = False) -> tuple[list[dict[str, Any]], str]:
        """Rows of a measure, and what is to be said beside them: why there are none where there are none.

        whole  from the beginning of the log, for what a period is too short for
        """

    def there(self, measure: str) -> bool:
        """Whether there is a measure of that name."""
        return any(one.name == measure for one in all_measures())

    def one(
        self,
        blank: Figure,
        column: str,
        *,
        row: Callable[[Row], bool] = lambda row: True,
        prefixed: bool = False,
        whole: bool = False,
    ) -> Figure:
        """The figure of the first row that fits; else ``blank`` with the reason."""
        rows, why = self.rows(blank.measure, whole=whole)
        found = next((one for one in rows if row(one)), None)
        return replace(blank, reason=why or NOTHING) if found is None else filled(blank, found, column, prefixed)

    def several(
        self, blank: Figure, column: str, about: str, *, order: Callable[[Row], Any], most: int, prefixed: bool = False
    ) -> list[Figure]:
        """The figures of so many rows whose value is known, in that order, each about its own."""
        rows, why = self.rows(blank.measure)
        known = sorted((one for one in rows if _number(one[column]) is not None), key=order)
        if not known:
            reasons = [one[f"{column}_reason"] for one in rows if one.get(f"{column}_reason")]
            return [replace(blank, reason=(reasons[0] if reasons else why) or NOTHING)]
        return [filled(replace(blank, about=str(one[about] or "")), one, column, prefixed) for one in known[:most]]


@dataclass(frozen=True)
class Asker(Answers):
    """Asks measures of one workspace through one lens."""

    workspace: Workspace
    lens: Lens

    def rows(self, measure: str, *, by: str = "", whole: bool = False) -> tuple[list[dict[str, Any]], str]:
        """Rows of a measure seen through the lens; ``by`` is a column that it is split by."""
        try:
            found = self.workspace.measure(
                measure,
                by=by or (),
                as_of=self.lens.as_of,
                from_on=None if whole else self.lens.from_on,
                to_on=self.lens.to_on,
                members=self.lens.members,
            )
        except MeasureError as error:
            return [], str(error)
        return found.to_arrow().to_pylist(), " ".join(found.notes)


NOTHING = "The log tells nothing of this yet."


def filled(blank: Figure, row: Row, column: str, prefixed: bool = False) -> Figure:
    """The figure with value, interval, count and reason of a row."""
    n = row.get(f"{column}_n" if prefixed else "n")
    return replace(
        blank,
        value=_number(row[column]),
        low=_number(row.get(f"{column}_low")),
        high=_number(row.get(f"{column}_high")),
        n=None if n is None else int(n),
        reason=row.get(f"{column}_reason") or "",
    )


def total(rows: Sequence[Row], column: str) -> float:
    """The sum of a column; missing values add nothing."""
    return sum(_number(row[column]) or 0.0 for row in rows)


def _number(value: object) -> float | None:
    """A number that can be shown; None for null and NaN."""
    if value is None:
        return None
    found = float(value)  # type: ignore[arg-type]
    return found if math.isfinite(found) else None
