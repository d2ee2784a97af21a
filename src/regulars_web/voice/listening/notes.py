"""What was heard in an interview, a focus group or on a mystery visit, as rows of the log, and read back.

The note is one interaction; quotes are answers in own words, under their topic. A quote of another customer or about
another touchpoint than the note's own is an interaction of its own (step "quote") on the same thread, so it stands on
that customer's card; it is evidence of the same one session.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from regulars.engines.connection import quoted
from regulars.log.inbox import Entry
from regulars.surveys.answering import SOURCE, answer_id
from regulars.workspace import Workspace

INTERVIEW, FOCUS_GROUP, VISIT = "interview", "focus group", "mystery visit"
KINDS = (INTERVIEW, FOCUS_GROUP, VISIT)
SURVEYS = {INTERVIEW: "interviews", FOCUS_GROUP: "focus groups", VISIT: "mystery visits"}
NOTE, QUOTE = "note", "quote"
MOST_SHOWN = 100
MOST_ROWS = 40


@dataclass(frozen=True)
class Quote:
    """One thing somebody said, in their words."""

    topic: str
    words: str
    customer_key: int | None = None
    touchpoint: str = ""


@dataclass(frozen=True)
class Item:
    """One point of a check-list and how far it was kept, from 0 to 1."""

    words: str
    score: float


@dataclass(frozen=True)
class Session:
    """What is written down of one session."""

    kind: str
    on: date
    at: datetime
    title: str
    note: str
    customer_key: int | None = None
    touchpoint: str = ""
    branch: str = ""
    employee: str = ""
    people: int | None = None
    quotes: tuple[Quote, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Heard:
    """One session as it is listed. ``score`` is the mean of the check-list, None where there is none."""

    number: int
    kind: str
    on: date
    title: str
    note: str
    customer_key: int | None
    touchpoint: str
    branch: str
    employee: str
    people: int | None
    quotes: tuple[tuple[str, str, int | None, str], ...]
    items: tuple[tuple[str, float], ...]

    @property
    def score(self) -> float | None:
        """The share of the check-list that was kept."""
        return sum(score for _words, score in self.items) / len(self.items) if self.items else None


def entries(session: Session, request: str) -> list[Entry]:
    """The rows of a session; the same request always makes the same ones."""
    number, survey = answer_id(request), SURVEYS[session.kind]
    said = {"title": session.title, **({"people": session.people} if session.people else {})}
    main = {
        **_touch(session, number, session.customer_key, session.touchpoint),
        "step": NOTE,
        "text": session.note or None,
        "properties": json.dumps(said, ensure_ascii=False),
    }
    rows = [Entry("interactions", main)]
    beside = {"survey": survey, "interaction_id": number}
    rows += [
        Entry(
            "answers",
            {**beside, "question": one.words, "kind": "rating", "score": one.score, "scale_min": 0.0, "scale_max": 1.0},
        )
        for one in session.items
    ]
    for place, quote in enumerate(session.quotes):
        rows += _quote_rows(session, quote, number, f"{request} {place}")
    return rows


def heard(workspace: Workspace, number: int | None = None) -> list[Heard]:
    """Sessions that were written down here or came with files, newest first; the one of a number where it is given."""
    wanted = f"AND interaction_id = {int(number)}" if number is not None else ""
    listed = ", ".join(quoted(kind) for kind in KINDS)
    notes = f"""
        SELECT interaction_id, kind, occurred_on, client_key, touchpoint, branch, employee, text, thread, properties
        FROM interactions WHERE kind IN ({listed}) AND coalesce(step, '') <> {quoted(QUOTE)} {wanted}
        ORDER BY occurred_at DESC, interaction_id LIMIT {MOST_SHOWN}"""  # noqa: S608  quoted, numbers
    with workspace.engine() as engine:
        rows = engine.run(notes).to_pylist()
        if not rows:
            return []
        threads = ", ".join(quoted(thread_of(row["kind"], row["interaction_id"])) for row in rows)
        numbers = ", ".join(str(int(row["interaction_id"])) for row in rows)
        answers = engine.run(f"""
            SELECT i.interaction_id, i.thread, i.step, i.client_key, i.touchpoint, a.question, a.kind, a.score, a.text
            FROM answers a JOIN interactions i USING (interaction_id)
            WHERE i.interaction_id IN ({numbers}) OR (i.step = {quoted(QUOTE)} AND i.thread IN ({threads}))
            ORDER BY i.interaction_id, a.question""").to_pylist()  # noqa: S608  quoted, numbers
    return [_heard(row, [one for one in answers if _belongs(one, row)]) for row in rows]


def _touch(session: Session, number: int, customer_key: int | None, touchpoint: str) -> dict[str, object]:
    return {
        "interaction_id": number,
        "source": SOURCE,
        "client_key": customer_key,
        "occurred_at": session.at,
        "occurred_on": session.on,
        "kind": session.kind,
        "touchpoint": touchpoint or None,
        "branch": session.branch or None,
        "employee": session.employee or None,
        "initiated_by": "company",
    }


def _quote_rows(session: Session, quote: Quote, number: int, request: str) -> list[Entry]:
    row = {"survey": SURVEYS[session.kind], "question": quote.topic, "kind": "text", "text": quote.words}
    customer = quote.customer_key or session.customer_key
    touchpoint = quote.touchpoint or session.touchpoint
    if (customer, touchpoint) == (session.customer_key, session.touchpoint):
        return [Entry("answers", {**row, "interaction_id": number})]
    own = answer_id(request)
    touch = {**_touch(session, own, customer, touchpoint), "step": QUOTE, "thread": thread_of(session.kind, number)}
    return [Entry("interactions", touch), Entry("answers", {**row, "interaction_id": own})]


def thread_of(kind: str, number: int) -> str:
    """What ties the quotes of a session together."""
    return f"{kind} {number}"


def _belongs(answer: dict[str, object], row: dict[str, object]) -> bool:
    if answer["interaction_id"] == row["interaction_id"]:
        return True
    return bool(answer["thread"] == thread_of(str(row["kind"]), int(str(row["interaction_id"]))))


def _heard(row: dict[str, object], answers: Sequence[dict[str, object]]) -> Heard:
    said = _object(row["properties"])
    people = said.get("people")
    return Heard(
        number=int(str(row["interaction_id"])),
        kind=str(row["kind"]),
        on=row["occurred_on"],  # type: ignore[arg-type]
        title=str(said.get("title") or ""),
        note=str(row["text"] or ""),
        customer_key=row["client_key"],  # type: ignore[arg-type]
        touchpoint=str(row["touchpoint"] or ""),
        branch=str(row["branch"] or ""),
        employee=str(row["employee"] or ""),
        people=people if isinstance(people, int) else None,
        quotes=tuple(
            (
                str(one["question"] or ""),
                str(one["text"]),
                one["client_key"] if one["client_key"] != row["client_key"] else None,  # type: ignore[misc]
                str(one["touchpoint"] or "") if one["touchpoint"] != row["touchpoint"] else "",
            )
            for one in answers
            if one["kind"] == "text" and one["text"]
        ),
        items=tuple(
            (str(one["question"]), float(str(one["score"])))
            for one in answers
            if one["kind"] == "rating" and one["score"] is not None
        ),
    )


def _object(text: object) -> dict[str, object]:
    try:
        found = json.loads(str(text or "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
