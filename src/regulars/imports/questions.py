"""Which columns of a file are questions: by a person's word, by header in five languages, by what they hold.

A person says it for a column, or for many at once ('*' and '?' stand for letters):

    NETPRO=nps missing 11
    Q7*=rating 1-5 missing 0 never 6
    Q16LIVE=choice missing 0 as lives_here
    Q7COM*=skip
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from regulars.errors import MappingError
from regulars.imports.contract import Asked
from regulars.imports.names import plain_form, plain_words
from regulars.imports.scales import Marks, shared_scales

EXAMPLE = "'NETPRO=nps missing 11' or 'Q7*=rating 1-5 missing 0 never 6'"
KINDS = ("nps", "csat", "ces", "rating", "choice", "text")
SKIP = "skip"
# The three fields of the form that hold answers, and the kind of question each is when nothing else is known.
ANSWER_FIELDS = {"score": "rating", "choice": "choice", "text": "text"}
# What the form's own fields are called as questions; a choice goes by its column.
_ANSWERED = {"score": "overall", "text": "comment"}
_REVIEWED = {"score": "stars", "choice": "verdict", "text": "review"}
_SAYING = re.compile(r"(?P<columns>.+)=\s*(?P<kind>[a-z]+)\b(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_PARTS = re.compile(r"\b(missing|never\s+used|never)\b", re.IGNORECASE)
_NAMED = re.compile(r"\bas\s+", re.IGNORECASE)
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_SCALE = re.compile(rf"({_NUMBER})\s*(?:-|–|to)\s*({_NUMBER})")
# Headers of the three well-known questions. Those of the first line say it whatever else the header holds.
_HEADERS: dict[str, tuple[str, str]] = {
    "nps": (
        "nps",
        "net promoter score, likelihood to recommend, recommend, would you recommend, willingness to recommend, "
        "препоръка, готовност за препоръка, вероятност да препоръча, рекомендация, готовность рекомендовать, "
        "вероятность рекомендации, doporučení, ochota doporučit, pravděpodobnost doporučení, tavsiye, "
        "tavsiye puanı, tavsiye etme olasılığı, net tavsiye skoru",
    ),
    "csat": (
        "csat",
        "customer satisfaction, satisfaction, satisfaction score, overall satisfaction, удовлетвореност, "
        "обща удовлетвореност, удовлетворенность, общая удовлетворенность, spokojenost, celková spokojenost, "
        "memnuniyet, genel memnuniyet, müşteri memnuniyeti",
    ),
    "ces": (
        "ces",
        "customer effort, customer effort score, effort, effort score, ease, усилие, усилия, леснота, лёгкость, "
        "úsilí, snadnost, çaba, kolaylık",
    ),
}


@dataclass(frozen=True)
class Saying:
    """What a person said of one or more columns; ``kind`` 'skip' leaves them out."""

    columns: str
    kind: str
    low: float | None = None
    high: float | None = None
    missing: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    name: str = ""


def read_saying(text: str) -> Saying:
    """'Q7*=rating 1-5 missing 0 never 6' in parts. Raises MappingError, saying what a good one looks like."""
    found = _SAYING.fullmatch(text.strip())
    if found is None or found["kind"].lower() not in (*KINDS, SKIP):
        raise MappingError(
            f"{text!r} does not say which column is what kind of question. Write column=kind, with one of the kinds "
            f"{', '.join(KINDS)} (or skip), for example {EXAMPLE}."
        )
    kind = found["kind"].lower()
    rest, _, name = _NAMED.sub("\0", found["rest"], count=1).partition("\0")
    scale, *parts = (part.strip() for part in _PARTS.split(rest))
    said = {re.sub(r"\s+used", "", word.lower()): rest for word, rest in zip(parts[::2], parts[1::2], strict=True)}
    low, high = _ends(text, scale.strip(" ,;"), kind)
    return Saying(
        found["columns"].strip(),
        kind,
        low,
        high,
        codes(said.get("missing", "")),
        codes(said.get("never", "")),
        name.strip(),
    )


def _ends(text: str, scale: str, kind: str) -> tuple[float | None, float | None]:
    if not scale:
        return (0.0, 10.0) if kind == "nps" else (None, None)
    ends = _SCALE.fullmatch(scale)
    if ends is None or kind in ("choice", "text", SKIP) or float(ends[1]) >= float(ends[2]):
        raise MappingError(f"{scale!r} in {text!r} is no scale. Write the ends, lower first, for example {EXAMPLE}.")
    low, high = float(ends[1]), float(ends[2])
    if kind == "nps" and (low, high) != (0, 10):
        raise MappingError(
            f"In {text!r}: a net promoter score is asked from 0 to 10. For another scale say rating {scale}."
        )
    return low, high


def codes(text: str) -> tuple[str, ...]:
    """Codes that a person listed, with commas between them or, numbers only, with blanks."""
    parts = text.split(",") if "," in text else text.split()
    if "," not in text and not all(re.fullmatch(_NUMBER, part) for part in parts):
        parts = [text]
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def known_question(header: str) -> tuple[str, bool]:
    """Which of nps, csat and ces a header asks for ("" for none), and whether it says so by that very word."""
    words, plain = plain_words(header), plain_form(header)
    for kind, (sure, names) in _HEADERS.items():
        if sure in words:
            return kind, True
        if plain in {plain_form(name) for name in names.split(",")}:
            return kind, False
    return "", False


def said_columns(sayings: Sequence[Saying], columns: Sequence[str]) -> dict[str, Saying]:
    """The saying that holds for each column: one that names it goes before a pattern, a later before an earlier."""
    chosen: dict[str, tuple[bool, Saying]] = {}
    for saying in sayings:
        named = _exactly(saying.columns, columns)
        parts = [saying.columns] if named else saying.columns.split(",")
        for part in parts:
            found = named or _exactly(part, columns) or _alike(part, columns)
            exact = bool(named or _exactly(part, columns))
            if not found:
                raise MappingError(
                    f"The file has no column {part.strip()!r}{_did_you_mean(part.strip(), columns)}. Its columns: "
                    f"{', '.join(columns)}."
                )
            for column in found:
                if exact or not chosen.get(column, (False,))[0]:
                    chosen[column] = (exact, saying)
    if (twice := _named_twice(chosen)) is not None:
        raise MappingError(
            f"{twice.columns!r} stands for several columns, and one name ({twice.name!r}) cannot be theirs. Name "
            "one column, or leave 'as' out."
        )
    return {column: saying for column, (_, saying) in chosen.items()}


def _named_twice(chosen: Mapping[str, tuple[bool, Saying]]) -> Saying | None:
    named = [saying for _, saying in chosen.values() if saying.name]
    return next((saying for saying in named if named.count(saying) > 1), None)


def _exactly(name: str, columns: Sequence[str]) -> list[str]:
    same = [column for column in columns if column.strip() == name.strip()]
    alike = [column for column in columns if plain_form(column) == plain_form(name)] if "*" not in name else []
    return same or (alike if len(alike) == 1 else [])


def _alike(pattern: str, columns: Sequence[str]) -> list[str]:
    wanted = re.escape(pattern.strip()).replace(r"\*", ".*").replace(r"\?", ".")
    return [column for column in columns if re.fullmatch(wanted, column.strip(), re.IGNORECASE | re.DOTALL)]


def _did_you_mean(word: str, columns: Sequence[str]) -> str:
    close = difflib.get_close_matches(word.rstrip("*?"), columns, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def ask(
    form: str,
    fields: Mapping[str, str],
    free: Sequence[str],
    said: Mapping[str, Saying],
    marks: Mapping[str, Marks],
) -> tuple[Asked, ...]:
    """The questions of a file in which one line is one respondent.

    fields  field -> column, as guessed; score, choice and text are questions too
    free    columns that serve no field
    said    what a person said of columns
    marks   what the first cells of the columns hold
    """
    asked = [
        _of_field(form, name, column, said.get(column))
        for name, column in fields.items()
        if name in ANSWER_FIELDS and not (column in said and said[column].kind == SKIP)
    ]
    for column in free:
        saying = said.get(column)
        kind, sure = known_question(column)
        if saying is not None and saying.kind != SKIP:
            asked.append(_said(column, saying, saying.name or column))
        elif saying is None and kind and (sure or not said) and marks[column].numeric:
            asked.append(Asked(column, kind, kind, *_usual(kind, sure=sure)))
    if not asked and all(saying.kind == SKIP for saying in said.values()):
        shared = shared_scales([column for column in free if column not in said], marks)
        asked = [Asked(column, column, "rating", block=f"guessed {scale}") for column, scale in shared.items()]
    return _distinct(asked)


def _of_field(form: str, field: str, column: str, saying: Saying | None) -> Asked:
    kind, sure = known_question(column) if field == "score" else ("", False)
    names = _REVIEWED if form == "reviews" else _ANSWERED
    name = kind or names.get(field, column)
    if saying is None:
        return Asked(column, name, kind or ANSWER_FIELDS[field], *_usual(kind, sure=sure), field=field)
    own = _said(column, saying, saying.name or (name if saying.kind == (kind or ANSWER_FIELDS[field]) else column))
    return Asked(**{**vars(own), "field": field})


def _said(column: str, saying: Saying, name: str) -> Asked:
    return Asked(
        column,
        name,
        saying.kind,
        saying.low,
        saying.high,
        saying.missing,
        saying.never,
        said=True,
        block=saying.columns,
    )


def _usual(kind: str, *, sure: bool) -> tuple[float | None, float | None]:
    """The scale of a header that leaves no doubt; other headers wait for what the column holds."""
    return (0.0, 10.0) if kind == "nps" and sure else (None, None)


def _distinct(asked: list[Asked]) -> tuple[Asked, ...]:
    """Questions under names of their own: where two would share one, each goes by its column."""
    names = [one.question for one in asked]
    return tuple(
        one if names.count(one.question) == 1 else Asked(**{**vars(one), "question": one.column}) for one in asked
    )
