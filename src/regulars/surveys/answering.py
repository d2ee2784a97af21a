"""From what a form holds to rows of the log: which questions are shown, what is wrong, what becomes an answer.

A form is a mapping from fields to typed values. The field of a question is its key; a table has one a cell
(``<table>.<factor>``, ``<table>.<factor>.importance``, ``<table>.<factor>@<competitor>``), a pair after Kano has
``<key>.with`` and ``<key>.without``, a ranking one an option (``<key>.<option>``, its value the place from 1).
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from regulars.log.inbox import ID_BITS, Entry
from regulars.surveys.parts import KANO, SCALED, Page, Question, ShowIf, Survey
from regulars.surveys.validity import NOT_APPLICABLE

Given = Mapping[str, Sequence[str]]
LONGEST_TEXT: Final = 5_000
SOURCE, KIND, NO_TOUCHPOINT = "pages", "answer", "survey"
TYPED_CHANNELS: Final = ("paper", "telephone")

# reason -> sentence for the respondent. Pages translate the sentence as a whole and fill in the same names.
SENTENCES: Final[Mapping[str, str]] = {
    "required": "Please answer this question.",
    "required_table": "Please choose an answer in every row.",
    "required_pair": "Please answer both parts.",
    "unknown_choice": "Please choose one of the answers shown.",
    "too_long": "Please write at most {limit} characters. You wrote {found}.",
    "same_place": "Please give each place once.",
}


@dataclass(frozen=True)
class Fault:
    """What keeps an answer from being taken; ``reason`` is a key of SENTENCES, ``facts`` fill it."""

    reason: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The sentence in English."""
        return SENTENCES[self.reason].format(**self.facts)


@dataclass(frozen=True)
class About:
    """What stands beside the answers; empty texts are left out of the log.

    occurred_on  the local day of ``occurred_at``
    complete     whether the respondent came to the end
    duplicate    whether somebody seems to have answered before; kept and marked, never dropped
    typed_by     number of the colleague who typed it in; empty where the respondent sent it
    department   of a colleague who answers without a name, and their ``level``: management, front line or support
    """

    occurred_at: datetime
    occurred_on: date
    channel: str
    client_key: int | None = None
    language: str = ""
    touchpoint: str = ""
    employee: str = ""
    branch: str = ""
    thread: str = ""
    complete: bool = True
    duplicate: bool = False
    typed_by: str = ""
    department: str = ""
    level: str = ""


# What is shown ----------------------------------------------------------------------------------------


def shown(survey: Survey, given: Given) -> tuple[str, ...]:
    """Keys of the questions that somebody with these answers is asked, in their order."""
    found: list[str] = []
    for question in survey.questions:
        if question.show_if is None or (question.show_if.question in found and _holds(question.show_if, given)):
            found.append(question.key)
    return tuple(found)


def questions_of(survey: Survey, page: Page, given: Given) -> tuple[Question, ...]:
    """The questions of a page that are shown; empty where the whole page is skipped.

    A question that depends on another one of the same page is among them only once that one is answered.
    """
    keys = set(shown(survey, given))
    return tuple(question for question in page.questions if question.key in keys)


def pages_shown(survey: Survey, given: Given) -> tuple[int, ...]:
    """Numbers, from 1, of the pages with at least one question to show."""
    keys = set(shown(survey, given))
    return tuple(
        number
        for number, page in enumerate(survey.pages, 1)
        if any(question.key in keys for question in page.questions)
    )


def pages_possible(survey: Survey, given: Given, at: int) -> tuple[int, ...]:
    """Numbers of the pages that somebody on page ``at`` has seen or may still see, for telling how far they are."""
    found: dict[str, int] = {}
    for number, page in enumerate(survey.pages, 1):
        for question in page.questions:
            rule = question.show_if
            if rule is None or (
                rule.question in found
                and (_holds(rule, given) or (found[rule.question] >= at and not _values(rule.question, given)))
            ):
                found[question.key] = number
    return tuple(dict.fromkeys(found.values()))


def _values(key: str, given: Given) -> list[str]:
    """What was given to a question that others may depend on; of a pair after Kano its first part."""
    values = given.get(key) or given.get(f"{key}.with") or ()
    return [value for value in values if value and value != NOT_APPLICABLE]


def _holds(rule: ShowIf, given: Given) -> bool:
    values = _values(rule.question, given)
    if not values:
        return False
    if rule.op == "includes":
        return rule.value in values
    if rule.op in ("is", "is not"):
        return (values[0] == rule.value) is (rule.op == "is")
    if not (values[0].isascii() and values[0].isdigit()):
        return False
    low_enough = int(values[0]) <= int(rule.value)
    return low_enough if rule.op == "at most" else int(values[0]) >= int(rule.value)


# What may be given --------------------------------------------------------------------------------------


def fields(question: Question) -> tuple[str, ...]:
    """The fields of a question in a form, in their order."""
    if question.kind == "matrix":
        return tuple(cell for factor in question.factors for cell in _cells(question, factor.key))
    if question.kind == "kano":
        return (f"{question.key}.with", f"{question.key}.without")
    if question.kind == "rank":
        return tuple(f"{question.key}.{option.key}" for option in question.options)
    return (question.key,)


def taken(page: Page, form: Given) -> dict[str, list[str]]:
    """What a form holds for the questions of a page, cleaned; other fields and blanks are left out."""
    found: dict[str, list[str]] = {}
    for question in page.questions:
        for name in fields(question):
            values = [value for value in (_clean(one) for one in form.get(name, ())) if value]
            if values:
                found[name] = list(dict.fromkeys(values)) if question.kind == "multiple" else values[:1]
    return found


def faults(survey: Survey, page: Page, given: Given) -> dict[str, Fault]:
    """What is wrong with the answers to the shown questions of a page, by question; empty where nothing is."""
    found = {question.key: _fault(question, given) for question in questions_of(survey, page, given)}
    return {key: fault for key, fault in found.items() if fault is not None}


def check(survey: Survey, page: Page, given: Given) -> dict[str, str]:
    """The same as sentences in English."""
    return {key: fault.sentence for key, fault in faults(survey, page, given).items()}


def _fault(question: Question, given: Given) -> Fault | None:
    values = {name: [value for value in given.get(name, ()) if value] for name in fields(question)}
    said = {name: found for name, found in values.items() if found}
    if question.kind == "text":
        longest = max((len(value) for found in said.values() for value in found), default=0)
        if longest > LONGEST_TEXT:
            return Fault("too_long", {"limit": LONGEST_TEXT, "found": longest})
    elif any(value not in _choices(question) for found in said.values() for value in found):
        return Fault("unknown_choice")
    if question.kind == "rank" and len({found[0] for found in said.values()}) < len(said):
        return Fault("same_place")
    if not question.required or len(said) == len(values):
        return None
    if question.kind == "rank" and said:
        return None  # the first places are enough
    reasons = {"matrix": "required_table", "kano": "required_pair"}
    return Fault(reasons.get(question.kind, "required"))


def _choices(question: Question) -> tuple[str, ...]:
    beside = (NOT_APPLICABLE,) if question.not_applicable else ()
    if question.kind in (*SCALED, "matrix"):
        return (*map(str, question.steps), *beside)
    if question.kind == "kano":
        return KANO
    if question.kind == "rank":
        return tuple(str(place) for place in range(1, len(question.options) + 1))
    return (*(option.key for option in question.options), *beside)


def _cells(question: Question, factor: str) -> tuple[str, ...]:
    own = f"{question.key}.{factor}"
    satisfaction = (
        (own, *(f"{own}@{one.key}" for one in question.competitors)) if "satisfaction" in question.asks else ()
    )
    return (*((f"{own}.importance",) if "importance" in question.asks else ()), *satisfaction)


def _clean(value: str) -> str:
    """Typed text without signs that cannot be shown; line breaks stay."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs")).strip()


# What the log keeps -------------------------------------------------------------------------------------


def answer_id(request_id: str) -> int:
    """The number of the interaction that a hand-over makes: the same however often it is tried."""
    return 1 + int.from_bytes(hashlib.sha256(request_id.encode()).digest()[:8], "big") % (1 << ID_BITS)


def entries(survey: Survey, given: Given, *, interaction_id: int, about: About) -> list[Entry]:
    """One filled-in questionnaire as rows of the log: the interaction, then one row an answered question.

    Blanks, "does not apply", answers to questions that were not shown, and values that no form offers are no rows.
    """
    touch = _touch(survey, about, interaction_id) | {"kind": KIND, "step": KIND, "initiated_by": "client"}
    keys = set(shown(survey, given))
    rows = [row for one in survey.questions if one.key in keys for row in _answers(one, given)]
    beside = {"interaction_id": interaction_id, "survey": survey.key, "language": about.language or None}
    marks = {"complete": about.complete, **({"duplicate": True} if about.duplicate else {})}
    beside_it = {"typed_by": about.typed_by, "level": about.level}
    told = {name: text for name, text in beside_it.items() if text}
    said = {"survey": survey.key, "version": survey.version, **marks, **told}
    return [
        Entry("interactions", {**touch, "properties": json.dumps(said)}),
        *(Entry("answers", {**beside, **row}) for row in rows),
    ]


def invitation_entry(survey: Survey, about: About, *, interaction_id: int, reminder: bool = False) -> Entry:
    """An invitation (or a reminder of one) as a row of the log: a message of the company that is no contact."""
    touch = _touch(survey, about, interaction_id)
    said = json.dumps({"survey": survey.key, "version": survey.version})
    told = {"kind": "message", "step": "remind" if reminder else "invite", "initiated_by": "company"}
    return Entry("interactions", {**touch, **told, "properties": said})


def _touch(survey: Survey, about: About, interaction_id: int) -> dict[str, object]:
    return {
        "interaction_id": interaction_id,
        "source": SOURCE,
        "client_key": about.client_key,
        "occurred_at": about.occurred_at,
        "occurred_on": about.occurred_on,
        "touchpoint": about.touchpoint or survey.about or NO_TOUCHPOINT,
        "channel": about.channel,
        "branch": about.branch or None,
        "department": about.department or None,
        "employee": about.employee or None,
        "thread": about.thread or None,
    }


def _answers(question: Question, given: Given) -> list[dict[str, object]]:
    """The rows of a question, without what all rows of a questionnaire share."""
    found: list[dict[str, object]] = []
    allowed = _choices(question) if question.kind != "text" else ()
    for name in fields(question):
        for value in given.get(name, ()):
            if not value or value == NOT_APPLICABLE or (allowed and value not in allowed):
                continue
            found.append(_answer(question, name, value))
    return found


def _answer(question: Question, name: str, value: str) -> dict[str, object]:
    if question.kind == "text":
        return {"question": name, "kind": "text", "text": value[:LONGEST_TEXT]}
    if question.kind in (*SCALED, "matrix"):
        kind = question.kind if question.kind in ("nps", "csat", "ces") else "rating"
        ends = {"scale_min": float(question.low), "scale_max": float(question.high)}
        return {"question": name, "kind": kind, "score": float(value), **ends}
    if question.kind == "rank":
        option = name.removeprefix(f"{question.key}.")
        ends = {"scale_min": 1.0, "scale_max": float(len(question.options))}
        return {"question": question.key, "kind": "choice", "choice": option, "score": float(value), **ends}
    return {"question": name, "kind": "choice", "choice": value}
