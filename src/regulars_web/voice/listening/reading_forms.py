"""The form of a session: rows that are numbered, blank ones left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.workspace import Workspace
from regulars_web.shared.sentences import Refused
from regulars_web.voice.building.queries import today
from regulars_web.voice.building.question_forms import plain_text
from regulars_web.voice.finding_customers import Named, named
from regulars_web.voice.listening.notes import MOST_ROWS, Item, Quote, Session
from regulars_web.voice.typing_in.actions import instant_of

LONGEST_LINE, LONGEST_NOTE, LONGEST_QUOTE = 200, 20_000, 5_000
# How far a point of a check-list was kept.
MARKS = {"1": gettext_lazy("kept"), "0.5": gettext_lazy("partly"), "0": gettext_lazy("not kept")}
ROWS = 4
NOBODY = Named(None, "")


@dataclass(frozen=True)
class Row:
    """One row of quotes or of the check-list, as typed."""

    number: int
    topic: str = ""
    words: str = ""
    touchpoint: str = ""
    mark: str = ""
    customer: Named = NOBODY

    @property
    def text_number(self) -> str:
        """The number as names of inputs end."""
        return str(self.number)


def read_rows(workspace: Workspace, sent: Mapping[str, str], count: int) -> list[Row]:
    """The rows of a form; a row's customer is looked up."""
    return [
        Row(
            number=number,
            topic=plain_text(sent.get(f"topic-{number}", ""), LONGEST_LINE),
            words=plain_text(sent.get(f"words-{number}", ""), LONGEST_QUOTE),
            touchpoint=plain_text(sent.get(f"touchpoint-{number}", ""), LONGEST_LINE),
            mark=sent.get(f"mark-{number}", "") if sent.get(f"mark-{number}") in MARKS else "",
            customer=named(workspace, sent, f"customer-{number}"),
        )
        for number in range(count)
    ]


def row_count(sent: Mapping[str, str]) -> int:
    """How many rows a form has."""
    text = sent.get("rows", "")
    count = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else ROWS
    return min(max(count, 1), MOST_ROWS)


def read_session(
    workspace: Workspace, kind: str, sent: Mapping[str, str], rows: list[Row], customer: Named, *, now: datetime
) -> Session:
    """What a form says. Raises Refused for a day that cannot be, or a customer who is not chosen yet."""
    on = _day(sent.get("on", ""))
    if customer.open or any(row.customer.open for row in rows):
        raise Refused(_("A customer that you named is not known, or several fit. Choose one, or empty the field."))
    people = sent.get("people", "").strip()
    return Session(
        kind=kind,
        on=on,
        at=instant_of(workspace, on, now),
        title=plain_text(sent.get("title", ""), LONGEST_LINE),
        note=plain_text(sent.get("note", ""), LONGEST_NOTE),
        customer_key=customer.key,
        touchpoint=plain_text(sent.get("touchpoint", ""), LONGEST_LINE),
        branch=plain_text(sent.get("branch", ""), LONGEST_LINE),
        employee=plain_text(sent.get("employee", ""), LONGEST_LINE),
        people=int(people) if people.isascii() and people.isdigit() and 0 < int(people[:4]) <= 500 else None,
        quotes=tuple(
            Quote(row.topic or "said", row.words, row.customer.key, row.touchpoint) for row in rows if row.words
        ),
        items=tuple(Item(row.topic, float(row.mark)) for row in rows if row.topic and row.mark),
    )


def _day(text: str) -> date:
    try:
        on = date.fromisoformat(text.strip())
    except ValueError:
        raise Refused(_("The day cannot be read. Write it as 2026-06-30.")) from None
    if on > today():
        raise Refused(_("The day lies in the future."))
    return on
