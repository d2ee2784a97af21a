"""Which columns of a file of answers are questions, as the page of its columns shows and takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from regulars.errors import MappingError
from regulars.imports.contract import Asked
from regulars.imports.fields import ANSWERED
from regulars.imports.questions import KINDS, read_saying
from regulars_web.imports import words
from regulars_web.imports.proposing import Reading
from regulars_web.shared import numbers

ASK = "ask:"
DETAILS = ("kind", "scale", "missing", "never")


@dataclass(frozen=True)
class Details:
    """What a person said of one question; empty where the program finds it."""

    kind: str = ""
    scale: str = ""
    missing: str = ""
    never: str = ""


NOTHING_SAID = Details()


def kinds() -> list[tuple[str, str]]:
    """The kinds of question for a select, as (value, words)."""
    return [(f"{ASK}{kind}", str(words.QUESTIONS[kind])) for kind in KINDS]


def marks() -> list[tuple[str, str]]:
    """The kinds of question that are marks, for a column that is the score."""
    return [(kind, str(words.QUESTIONS[kind])) for kind in ("nps", "csat", "ces", "rating")]


def has_questions(reading: Reading) -> bool:
    """Whether columns of this file may be questions."""
    mapping = reading.proposal.mapping
    return mapping.form in ANSWERED and "question" not in {*mapping.fields, *mapping.constants}


def details_of(said: str) -> Details:
    """What was said before of one column, for its boxes."""
    if not said:
        return NOTHING_SAID
    saying = read_saying(f"column={said}")
    scale = "" if saying.low is None or saying.high is None else f"{saying.low:g}-{saying.high:g}"
    scale = "" if saying.kind == "nps" else scale
    return Details(saying.kind, scale, ", ".join(saying.missing), ", ".join(saying.never))


def in_words(one: Asked) -> str:
    """What a question is taken for: kind, scale, codes; in whole phrases beside each other."""
    told = [str(words.QUESTIONS[one.kind])]
    if one.low is not None and one.high is not None:
        told.append(_("scale %(low)s to %(high)s") % {"low": _short(one.low), "high": _short(one.high)})
    if one.missing:
        told.append(_("no answer: %(codes)s") % {"codes": ", ".join(one.missing)})
    if one.never:
        told.append(_("never used: %(codes)s") % {"codes": ", ".join(one.never)})
    return "; ".join(told)


def told_again(one: Mapping[str, Any]) -> str:
    """The same of a question in the summary of an import."""
    ends = (one["low"], one["high"], tuple(one["missing"]), tuple(one["never"]))
    return in_words(Asked(one["column"], one["question"], one["kind"], *ends))


def _short(end: float) -> str:
    return numbers.number(end, 0 if end == round(end) else 1)


def said_questions(posted: Mapping[str, str], reading: Reading) -> tuple[dict[str, str], list[str]]:
    """What the page says of questions, column by column, where it differs from the guess; and what is wrong with it."""
    guess = {one.column: one for one in reading.guess.mapping.questions}
    said: dict[str, str] = {}
    plain: dict[str, str] = {}
    wrong: list[str] = []
    for place, column in enumerate(reading.look.columns):
        chosen = posted.get(f"column-{place}", "")
        told = _told(posted, place, chosen, guess.get(column))
        if told is None:
            continue
        try:
            read_saying(f"{column}={told}")
        except MappingError:
            wrong.append(_cannot(column))
            continue
        own = guess.get(column)
        (plain if own is not None and not own.field and told == own.kind else said)[column] = told
    named = any(told != "skip" for told in said.values())
    # What the columns have in common is guessed only where nobody names a question, so then all of them are named.
    return ({**{column: _whole(guess[column]) for column in plain}, **said} if named else said), wrong


def kept_fields(chosen: Mapping[str, str], questions: Mapping[str, str], reading: Reading) -> dict[str, str]:
    """The chosen fields, with a mark, option or text still in its field where its column was only named more exactly.

    So a file is the same file whether it comes in by pages or by the command line.
    """
    kept = dict(chosen)
    for name, column in reading.guess.mapping.fields.items():
        said = questions.get(column, "").partition(" ")[0]
        fitting = {
            "score": said in [kind for kind, _words in marks()],
            "choice": said == "choice",
            "text": said == "text",
        }
        if fitting.get(name) and not kept.get(name) and column not in kept.values():
            kept[name] = column
    return kept


def _told(posted: Mapping[str, str], place: int, chosen: str, guessed: Asked | None) -> str | None:
    """What is said of one column, as the library takes it; None where nothing is."""
    kind, scale, missing, never = (" ".join(posted.get(f"{name}-{place}", "").split())[:100] for name in DETAILS)
    if chosen.startswith(ASK):
        kind = chosen.removeprefix(ASK)
    elif chosen in ("score", "choice", "text"):
        usual = {"score": "rating", "choice": "choice", "text": "text"}[chosen]
        own = guessed.kind if guessed is not None and guessed.field == chosen else usual
        if (chosen != "score" or kind in ("", own)) and not (scale or missing or never):
            return None
        kind = (kind or own) if chosen == "score" else usual
    else:
        return "skip" if guessed is not None and not chosen else None
    return kind + "".join(
        f" {word}{text}" for word, text in (("", scale), ("missing ", missing), ("never ", never)) if text
    )


def _whole(one: Asked) -> str:
    """A guessed question with its scale and codes."""
    scale = "" if one.low is None or one.high is None or one.kind == "nps" else f" {one.low:g}-{one.high:g}"
    return f"{one.kind}{scale}" + (f" missing {', '.join(one.missing)}" if one.missing else "")


def _cannot(column: str) -> str:
    return _(
        "The scale of “%(column)s” cannot be understood. Write its two ends, the lower first, as 1-5. Would recommend "
        "us is always 0-10; an option or words have no scale."
    ) % {"column": column}
