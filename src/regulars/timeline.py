"""The time line of a customer: every touch, newest first, with what was bought, answered, promised and said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from regulars.base.queries import KEPT_BY, OVER
from regulars.engines.connection import quoted
from regulars.errors import RegularsError
from regulars.measures.purchases import PURCHASE_KINDS
from regulars.measures.scores.answered import ANSWER
from regulars.measures.scores.taken_back import TAKEN_BACK

if TYPE_CHECKING:
    from regulars.engines.duckdb import DuckDBEngine

MOST_TOUCHES = 500
# Lines of orders lie apart in the files, one look each: these are what a screen shows at first.
PURCHASES_WITH_LINES = 5
_INNER_KINDS = "'employee', 'department', 'partner'"
_INNER_SURVEYS = """
    SELECT DISTINCT key FROM recorded_decisions
    WHERE noun = 'survey' AND regexp_matches(body, '"audience" *: *"(employees|partners)"')"""
_MICROSECOND = timedelta(microseconds=1)
_TEXTS = (
    *("kind", "touchpoint", "step", "channel", "branch", "department", "employee", "initiated_by", "outcome"),
    *("thread", "text", "source"),
)
_COLUMNS = (
    "interaction_id, client_key, occurred_at, occurred_on, due_at, kind, touchpoint, step, channel, branch, "
    "department, employee, initiated_by, amount, wait_seconds, duration_seconds, outcome, thread, text, source"
)


class TimelineError(RegularsError):
    """A place in a time line that cannot be read."""

    code = "timeline"


@dataclass(frozen=True)
class Line:
    """One line of an order."""

    product: str
    name: str
    quantity: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True)
class Answer:
    """One answer to one question; ``score`` is on the scale from ``scale_min`` to ``scale_max``, None where open."""

    survey: str
    question: str
    kind: str
    score: float | None
    scale_min: float | None
    scale_max: float | None
    choice: str
    text: str


@dataclass(frozen=True)
class Touch:
    """One touch. Texts are "" where the log has none.

    client_key  the record under which it was written
    late        a promise kept after its date (True) or in time (False); None where nothing was promised or it waits
    overdue     past its date, and nothing says that it was kept
    lines       of an order, refund or adjustment; None where they were not read: ask ``lines_of``
    answers     of a survey
    taken_back  typed in by mistake; it stays on the line and counts nowhere
    """

    interaction_id: int
    client_key: int
    occurred_at: datetime
    occurred_on: date
    kind: str
    touchpoint: str
    step: str
    channel: str
    branch: str
    department: str
    employee: str
    initiated_by: str
    outcome: str
    thread: str
    text: str
    source: str
    amount: Decimal | None
    due_at: datetime | None
    wait_seconds: int | None
    duration_seconds: int | None
    late: bool | None
    overdue: bool
    lines: tuple[Line, ...] | None = ()
    answers: tuple[Answer, ...] = ()
    taken_back: bool = False


@dataclass(frozen=True)
class Timeline:
    """Some touches, newest first; ``next_before`` asks for those that follow, None at the end."""

    touches: tuple[Touch, ...]
    next_before: str | None


def read_timeline(
    engine: DuckDBEngine,
    records: Sequence[int],
    *,
    now: datetime,
    limit: int = 50,
    before: str | None = None,
    kinds: Iterable[str] | None = None,
    with_lines: int = PURCHASES_WITH_LINES,
) -> Timeline:
    """The touches of a customer's records.

    before      ``next_before`` of the part before this one
    kinds       only these kinds of interactions; None for all
    with_lines  of how many purchases, the newest ones, the lines are read too

    Raises TimelineError for a ``before`` that no time line gave.
    """
    wanted = min(max(limit, 1), MOST_TOUCHES)
    conditions = [_of(records), *_earlier(before)]
    if kinds is not None:
        listed = ", ".join(quoted(kind) for kind in kinds)
        conditions.append(f"kind IN ({listed})" if listed else "false")
    sql = (
        f"SELECT {_COLUMNS} FROM recorded_interactions WHERE {' AND '.join(conditions)} "  # noqa: S608  see quoted()
        f"ORDER BY occurred_at DESC, interaction_id DESC LIMIT {wanted + 1}"
    )
    found = engine.run(sql).to_pylist()
    rows = found[:wanted]
    bought = [row["interaction_id"] for row in rows if row["kind"] in PURCHASE_KINDS]
    lines: dict[int, tuple[Line, ...] | None] = dict.fromkeys(bought)
    lines |= lines_of(engine, bought[: max(with_lines, 0)])
    answers = _answers(engine, rows, _in_confidence(engine, records))
    kept = _kept_threads(engine, records, rows)
    back = _taken_back(engine, rows)
    touches = [
        replace(_touch(row, lines, answers, kept, now), taken_back=row["interaction_id"] in back) for row in rows
    ]
    return Timeline(tuple(touches), _cursor(rows[-1]) if len(found) > wanted else None)


def lines_of(engine: DuckDBEngine, interaction_ids: Sequence[int]) -> dict[int, tuple[Line, ...]]:
    """Interaction -> its lines, for purchases whose lines were not read with the time line; () where it has none."""
    found: dict[int, list[Line]] = {number: [] for number in interaction_ids}
    columns = "interaction_id, product, product_name, quantity, amount"
    for row in _with_ids(engine, "recorded_items", columns, interaction_ids, "interaction_id, line_id"):
        line = Line(row["product"] or "", row["product_name"] or "", row["quantity"], row["amount"])
        found[row["interaction_id"]].append(line)
    return {number: tuple(lines) for number, lines in found.items()}


def count_kinds(engine: DuckDBEngine, records: Sequence[int]) -> list[tuple[str, int]]:
    """Kinds of a customer's touches and how many there are of each, most first."""
    sql = f"""
        SELECT coalesce(kind, '') AS kind, count(*) AS touches FROM recorded_interactions WHERE {_of(records)}
        GROUP BY 1 ORDER BY 2 DESC, 1"""  # noqa: S608  keys are numbers
    return [(row["kind"], int(row["touches"])) for row in engine.run(sql).to_pylist()]


def _of(records: Sequence[int]) -> str:
    keys = [int(key) for key in records]
    # One key or a range reaches the statistics of the files; a list alone would read them all.
    among = f" AND client_key IN ({', '.join(map(str, keys))})" if len(keys) > 1 else ""
    return f"client_key BETWEEN {min(keys)} AND {max(keys)}{among}"


def _earlier(before: str | None) -> list[str]:
    if before is None:
        return []
    try:
        micros, number = (int(part) for part in before.split("."))
    except ValueError as error:
        raise TimelineError("This part of the time line cannot be found. Open the card again.") from error
    at = f"make_timestamptz({micros})"
    return [f"(occurred_at < {at} OR (occurred_at = {at} AND interaction_id < {number}))"]


def _cursor(row: Mapping[str, Any]) -> str:
    micros = (row["occurred_at"] - datetime(1970, 1, 1, tzinfo=UTC)) // _MICROSECOND
    return f"{micros}.{row['interaction_id']}"


def _in_confidence(engine: DuckDBEngine, records: Sequence[int]) -> frozenset[str] | None:
    """Surveys whose answers are never shown beside a person; None: all, as this is an employee or a partner."""
    keys = ", ".join(str(int(key)) for key in records)
    inner = f"SELECT 1 FROM recorded_clients WHERE client_key IN ({keys}) AND kind IN ({_INNER_KINDS}) LIMIT 1"  # noqa: S608
    if engine.run(inner).num_rows:
        return None
    return frozenset(row["key"] for row in engine.run(_INNER_SURVEYS).to_pylist())


def _answers(
    engine: DuckDBEngine, rows: Sequence[Mapping[str, Any]], in_confidence: frozenset[str] | None
) -> dict[int, list[Answer]]:
    if in_confidence is None:
        return {}
    ids = [row["interaction_id"] for row in rows if row["kind"] not in PURCHASE_KINDS]
    found: dict[int, list[Answer]] = defaultdict(list)
    columns = "interaction_id, survey, question, kind, score, scale_min, scale_max, choice, text"
    for row in _with_ids(engine, "recorded_answers", columns, ids, "interaction_id, survey, question"):
        if row["survey"] in in_confidence:
            continue
        texts: dict[str, Any] = {name: row[name] or "" for name in ("survey", "question", "kind", "choice", "text")}
        scores = {name: row[name] for name in ("score", "scale_min", "scale_max")}
        found[row["interaction_id"]].append(Answer(**texts, **scores))
    return found


def _taken_back(engine: DuckDBEngine, rows: Sequence[Mapping[str, Any]]) -> frozenset[int]:
    if all(row["kind"] != ANSWER for row in rows):
        return frozenset()
    return frozenset(engine.run(TAKEN_BACK).column(0).to_pylist())


def _with_ids(engine: DuckDBEngine, view: str, columns: str, ids: Sequence[int], order: str) -> list[dict[str, Any]]:
    if not ids:
        return []
    listed = ", ".join(str(int(one)) for one in ids)
    sql = f"SELECT {columns} FROM {view} WHERE interaction_id IN ({listed}) ORDER BY {order}"  # noqa: S608  numbers
    rows: list[dict[str, Any]] = engine.run(sql).to_pylist()
    return rows


def _kept_threads(
    engine: DuckDBEngine, records: Sequence[int], rows: Sequence[Mapping[str, Any]]
) -> dict[str, datetime]:
    """Orders and cases with a delivery or collection: when the last one was. Asked only where something waits."""
    threads = {row["thread"] for row in rows if _waits(row) and row["thread"]}
    if not threads:
        return {}
    listed, kinds = ", ".join(map(quoted, sorted(threads))), ", ".join(map(quoted, KEPT_BY))
    sql = f"""
        SELECT thread, max(occurred_at) AS kept_at FROM recorded_interactions
        WHERE {_of(records)} AND thread IN ({listed}) AND kind IN ({kinds}) GROUP BY thread"""  # noqa: S608  see quoted()
    return {row["thread"]: row["kept_at"] for row in engine.run(sql).to_pylist()}


def _waits(row: Mapping[str, Any]) -> bool:
    """A promise that is not kept by this very touch."""
    return row["due_at"] is not None and row["kind"] not in KEPT_BY and (row["outcome"] or "").lower() not in OVER


def _touch(
    row: Mapping[str, Any],
    lines: Mapping[int, tuple[Line, ...] | None],
    answers: Mapping[int, Sequence[Answer]],
    kept: Mapping[str, datetime],
    now: datetime,
) -> Touch:
    number, due_at = row["interaction_id"], row["due_at"]
    kept_at = row["occurred_at"] if row["kind"] in KEPT_BY else kept.get(row["thread"] or "")
    if kept_at is not None and kept_at < row["occurred_at"]:
        kept_at = None
    plain = {name: row[name] for name in ("occurred_at", "occurred_on", "amount", "wait_seconds", "duration_seconds")}
    texts: dict[str, Any] = {name: row[name] or "" for name in _TEXTS}
    return Touch(
        interaction_id=number,
        client_key=row["client_key"],
        due_at=due_at,
        late=kept_at > due_at if due_at is not None and kept_at is not None else None,
        overdue=_waits(row) and kept_at is None and due_at < now,
        lines=lines.get(number, ()),
        answers=tuple(answers.get(number, ())),
        **plain,
        **texts,
    )
