"""The list of single answers: what it is filtered by, and one page of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.engines.connection import quoted
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Row
from regulars_web.voice.reading import sql, words
from regulars_web.voice.reading.masks import masked

SIZE = 25
BANDS: Mapping[str, Any] = {
    "poor": gettext_lazy("Poor"),
    "between": gettext_lazy("In between"),
    "good": gettext_lazy("Good"),
    "none": gettext_lazy("Without a score"),
}
MOST_IN_FILE = 100_000
_PERSONAL = re.compile(r"@|\d{4}")


@dataclass(frozen=True)
class Asked:
    """Filters as the address says them; empty: no filter.

    waiting   poor answers without a follow-up only
    words     what the texts must hold
    theme     key of a theme
    refused   why the search was not done
    """

    survey: str = ""
    band: str = ""
    touchpoint: str = ""
    language: str = ""
    theme: str = ""
    words: str = ""
    waiting: bool = False
    refused: str = ""

    @property
    def query(self) -> str:
        """The filters as they stand in addresses."""
        told = {name: getattr(self, name) for name in ("survey", "band", "touchpoint", "language", "theme")}
        told |= {"q": self.words, "waiting": "yes" if self.waiting else ""}
        return urlencode({name: value for name, value in told.items() if value})

    @property
    def any(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.query)


@dataclass(frozen=True)
class Said:
    """One text that was written in answer to a question, personal data masked."""

    question: str
    text: str
    language: str


@dataclass(frozen=True)
class Answer:
    """One filled-in questionnaire as lists show it; ``score`` on a scale from ``low`` to ``high``, None without one."""

    key: int
    client_key: int | None
    at: datetime
    on: date
    kind: str
    survey: str
    touchpoint: str
    channel: str
    employee: str
    language: str
    question: str
    score_kind: str
    score: float | None
    low: float | None
    high: float | None
    band: str
    texts: tuple[Said, ...]
    note: str
    thread: str = ""
    properties: str = ""
    name: str = ""
    follow_up: Any = field(default=None)

    @property
    def score_words(self) -> str:
        """The score with the end of its scale; empty for none."""
        return words.score_words(self.score, self.low, self.high)

    @property
    def band_words(self) -> str:
        """Good, in between, poor; empty without a score."""
        return str(BANDS[self.band]) if self.band != "none" else ""

    @property
    def pill(self) -> str:
        """The class of the band's pill."""
        return words.BAND_PILL[self.band]


def read_asked(said: QueryDict) -> Asked:
    """The filters of an address. A search for what may be personal is refused: lists do not show it either."""
    words, refused = said.get("q", "").strip()[:100], ""
    if _PERSONAL.search(words):
        refused = _("Numbers and e-mail addresses are masked in answers, so they cannot be searched for here.")
        words = ""
    band = said.get("band", "")
    return Asked(
        survey=said.get("survey", "")[:200],
        band=band if band in BANDS else "",
        touchpoint=said.get("touchpoint", "")[:200],
        language=said.get("language", "")[:20],
        theme=said.get("theme", "")[:200],
        words=words,
        waiting=said.get("waiting") == "yes",
        refused=refused,
    )


def conditions(
    asked: Asked, frame: Frame, *, followed: Collection[int] = (), themed: Collection[int] | None = None
) -> str:
    """The filters as SQL. ``followed`` have a follow-up; ``themed`` belong to the theme (None: no theme asked)."""
    found = [sql.within(frame.first, frame.last)]
    for name in ("survey", "touchpoint", "language"):
        if value := getattr(asked, name):
            found.append(f"{name} = {quoted(value)}")
    if asked.band:
        found.append("band IS NULL" if asked.band == "none" else f"band = {quoted(asked.band)}")
    if asked.waiting:
        found.append("band = 'poor'")
        found.append(f"interaction_id NOT IN ({_numbers(followed)})" if followed else "true")
    if themed is not None:
        found.append(f"interaction_id IN ({_numbers(themed)})" if themed else "false")
    found += [_holds(word) for word in asked.words.split()[:8]]
    return " AND ".join(found)


def page_of(frame: Frame, where: str, *, page: int, size: int = SIZE) -> tuple[list[Answer], int]:
    """One page of the answers that meet the conditions, newest first, and how many there are."""
    text = f"""
SELECT *, count(*) OVER () AS rows_found FROM ({sql.each()}) WHERE {where}
ORDER BY occurred_at DESC, interaction_id LIMIT {int(size)} OFFSET {int((page - 1) * size)}"""  # noqa: S608  quoted
    with frame.workspace.engine(members=frame.members) as engine:
        rows = engine.run(text).to_pylist()
        if rows or page == 1:
            return [answer_of(row) for row in rows], rows[0]["rows_found"] if rows else 0
        counted = engine.run(f"SELECT count(*) AS n FROM ({sql.each()}) WHERE {where}").to_pylist()  # noqa: S608
    return [], counted[0]["n"]


def choices_of(frame: Frame) -> dict[str, list[str]]:
    """What can be filtered by: surveys, touchpoints and languages that answers have."""
    text = f"SELECT DISTINCT survey, touchpoint, language FROM ({sql.each()})"  # noqa: S608  ours
    with frame.workspace.engine(members=frame.members) as engine:
        rows = engine.run(text).to_pylist()
    names = ("survey", "touchpoint", "language")
    return {name: sorted({row[name] for row in rows if row[name]}) for name in names}


def answer_of(row: Row) -> Answer:
    """A row of ``sql.each`` as an answer, its texts masked."""
    said = tuple(Said(one["question"], masked(one["text"]), one["language"] or "") for one in row["texts"] or ())
    return Answer(
        key=row["interaction_id"],
        client_key=row["client_key"],
        at=row["occurred_at"],
        on=row["occurred_on"],
        kind=row["kind"] or "",
        survey=row["survey"] or "",
        touchpoint=row["touchpoint"] or "",
        channel=row["channel"] or "",
        employee=row["employee"] or "",
        language=row["language"] or "",
        question=row["question"] or "",
        score_kind=row["score_kind"] or "",
        score=row["score"],
        low=row["scale_low"],
        high=row["scale_high"],
        band=row["band"] or "none",
        texts=said,
        note=masked(row["note"] or ""),
        thread=row["thread"] or "",
        properties=row["properties"] or "",
    )


def _holds(word: str) -> str:
    like = quoted("%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
    return f"(len(list_filter(texts, one -> one.text ILIKE {like} ESCAPE '\\')) > 0)"


def _numbers(keys: Collection[int] | Sequence[int]) -> str:
    return ", ".join(str(int(key)) for key in keys)
