"""What an import did, in numbers that add up: read = imported + rejected + already there + left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Counts:
    """Contents of what was imported. Money is net, in the workspace currency; None where a form has no such thing."""

    documents: int | None = None
    orders: int | None = None
    refunds: int | None = None
    adjustments: int | None = None
    cancellations: int | None = None
    interactions: int | None = None
    answers: int | None = None
    customers: int = 0
    new_details: int = 0
    guest_lines: int = 0
    zero_price_lines: int | None = None
    net_total: Decimal | None = None
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True)
class Answered:
    """What the good lines of a file hold of one question; answered, blank and never_used make up all of them.

    low, high       ends of the scale; None where there is none
    missing, never  codes that were taken for a blank and for 'never used'
    """

    column: str
    question: str
    kind: str
    low: float | None
    high: float | None
    missing: tuple[str, ...]
    never: tuple[str, ...]
    answered: int
    blank: int
    never_used: int


@dataclass(frozen=True)
class ImportSummary:
    """One import (or dry run: ``import_id`` is None).

    reasons         why lines were rejected, with their counts
    lines_left_out  lines of people who were erased and stay so; nothing of them is kept or shown
    examples        of a dry run: some (line, cell) of each reason; they are the file's own words and never kept
    questions       of a questionnaire: its questions with their scales, codes and counts
    earlier_import  the import that brought this very file before, so that nothing was added now
    """

    file: str
    form: str
    source: str
    import_id: int | None
    lines_read: int
    lines_imported: int
    lines_rejected: int
    lines_already_there: int
    counts: Counts
    reasons: Mapping[str, int] = field(default_factory=dict)
    warnings: Mapping[str, int] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)
    mapping_reasons: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    first_rows: tuple[Mapping[str, str | None], ...] = ()
    rejects_file: str | None = None
    dry_run: bool = False
    lines_left_out: int = 0
    examples: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    earlier_import: int | None = None
    questions: tuple[Answered, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON, with the counts beside the lines; money as text, so that no cent is lost."""
        content = asdict(self)
        counts = content.pop("counts")
        if counts["net_total"] is not None:
            counts["net_total"] = round(counts["net_total"], 2)  # to the cent; the log keeps four places
        content |= {name: value for name, value in counts.items() if value is not None}
        plain: dict[str, object] = json.loads(json.dumps(content, default=str, ensure_ascii=False))
        return plain

    def as_json(self) -> str:
        """The summary as JSON text."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)
