"""A result as lines for a person: each estimate with its interval and count in one cell, wide rows told one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

WIDEST = 170  # characters; a wider table is told row by row
SHOWN_APART = 10  # rows told one by one
LONGEST_REASON = 24  # a longer one stands under the table
_PARTS = ("_low", "_high", "_reason", "_n")


@dataclass
class _Notes:
    """Reasons that are too long for a cell, each told once under its number."""

    said: list[str] = field(default_factory=list)

    def mark(self, reason: str) -> str:
        if len(reason) <= LONGEST_REASON:
            return reason
        if reason not in self.said:
            self.said.append(reason)
        return f"– [{self.said.index(reason) + 1}]"

    def lines(self) -> list[str]:
        return [f"[{number}] {reason}" for number, reason in enumerate(self.said, 1)]


def lines_of(table: pa.Table, shares: frozenset[str] = frozenset(), *, most: int) -> list[str]:
    """A table as aligned lines; x, x_low, x_high and x_n are one cell, and a reason stands where x is unknown.

    shares  columns that are told in percent
    most    rows that are shown; of a table wider than WIDEST characters, SHOWN_APART, told one by one
    """
    total, table = table.num_rows, table.slice(0, most)
    names = set(table.column_names)
    folded = {name for name in names if any(name == f"{x}{end}" for x in names for end in _PARTS)}
    shown = [name for name in table.column_names if name not in folded and not name.endswith("small_sample")]
    shown = [name for name in shown if name != "client_key"]
    notes, rows = _Notes(), table.to_pylist()
    cells = [[_told(row, name, _percent if name in shares else _cell, notes) for name in shown] for row in rows]
    widths = [max(len(text) for text in column) for column in zip(shown, *cells, strict=True)]
    if sum(widths) + 2 * len(widths) > WIDEST and cells:
        kept = _Notes()
        cells = [
            [_told(row, name, _percent if name in shares else _cell, kept) for name in shown]
            for row in rows[:SHOWN_APART]
        ]
        return [*_apart(shown, cells), *kept.lines(), *_more(total - len(cells))]
    texts = [str(table.schema.field(name).type) == "string" for name in shown]
    lines = ["  ".join(map(_aligned, row, widths, texts)).rstrip() for row in (shown, *cells)]
    return [*lines, *notes.lines(), *_more(total - len(cells))]


def _more(rows: int) -> list[str]:
    return [f"… and {rows:,} more rows; -o FILE.csv writes them all."] if rows else []


def _apart(shown: Sequence[str], cells: Sequence[Sequence[str]]) -> list[str]:
    """Every row as a paragraph: its first column heads it, what is empty is left out."""
    width = max(len(name) for name in shown[1:])
    lines: list[str] = []
    for row in cells:
        lines += ["", f"{shown[0]}: {row[0]}"]
        lines += [f"  {name:<{width}}  {text}" for name, text in zip(shown[1:], row[1:], strict=True) if text != "–"]
    return [*lines, ""]


def _aligned(text: str, width: int, left: bool) -> str:
    return text.ljust(width) if left else text.rjust(width)


def _told(row: dict[str, Any], name: str, cell: Callable[[object], str], notes: _Notes) -> str:
    value = row[name]
    if value is None:
        return notes.mark(str(row.get(f"{name}_reason") or "–"))
    inside = []
    low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
    if low is not None and high is not None:
        inside.append(f"{cell(low)} to {cell(high)}")
    elif low is not None or high is not None:
        inside.append(f"at least {cell(low)}" if high is None else f"at most {cell(high)}")
    if row.get(f"{name}_n") is not None:
        inside.append(f"n {_cell(row[f'{name}_n'])}")
    small = row.get(f"{name}_small_sample", row.get("small_sample"))
    mark = "*" if small and inside else ""
    return cell(value) + (f" ({'; '.join(inside)})" if inside else "") + mark


def _percent(value: object) -> str:
    return f"{100 * float(str(value)):,.1f}%"


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.2f}"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.2f}" if isinstance(value, Decimal) else str(value)
