"""What is filled in about the definition: every part in every language, lists one entry a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.programme.parts import Definition
from regulars_web.definition.typed import one_line, plain_words
from regulars_web.shared import numbers

LISTS = ("competences", "granted", "refused", "criteria")
LONGEST = 4_000
# Field -> its question, and what helps to answer it.
QUESTIONS: Mapping[str, tuple[Any, Any]] = {
    "text": (
        gettext_lazy("What does customer focus mean here?"),
        gettext_lazy("One or two sentences about what customers get. Everybody should be able to say it from memory."),
    ),
    "competences": (
        gettext_lazy("Key competences"),
        gettext_lazy(
            "One a line, two or three in all: what you do for customers that others cannot copy soon. Specific and "
            "long-lasting; 'quality at fair prices' is none."
        ),
    ),
    "parity": (
        gettext_lazy("Parity"),
        gettext_lazy("How neither side comes to dominate the other: bad news told early, open prices, no dependence."),
    ),
    "granted": (
        gettext_lazy("Granted beyond what the law demands"),
        gettext_lazy("One a line, decided before anybody asks: exchanges, refunds, gifts, and up to how much."),
    ),
    "refused": (
        gettext_lazy("What we will not do"),
        gettext_lazy("One a line: what a customer may ask for and does not get here, so that nobody has to guess."),
    ),
    "criteria": (
        gettext_lazy("Criteria by which this definition was chosen"),
        gettext_lazy("One a line. A round fills them in with those that were agreed on."),
    ),
}


@dataclass(frozen=True)
class Field:
    """One field of the form in one language."""

    name: str
    label: str
    help: str
    value: str
    rows: int
    wrong: str = ""


@dataclass(frozen=True)
class InLanguage:
    """All fields of one language; ``written`` whether anything stands in them."""

    code: str
    name: str
    fields: tuple[Field, ...]

    @property
    def written(self) -> bool:
        """Whether anything stands in this language."""
        return any(one.value for one in self.fields)

    @property
    def wrong(self) -> bool:
        """Whether something in this language is to be mended."""
        return any(one.wrong for one in self.fields)


@dataclass(frozen=True)
class Filled:
    """The form as it stands: values by field and language, groups that are ticked, what is wrong by field."""

    values: Mapping[tuple[str, str], str]
    targets: tuple[str, ...] = ()
    wrong: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def languages(self, first: Sequence[str]) -> list[InLanguage]:
        """The fields by language, those of ``first`` before the others."""
        names = dict(settings.LANGUAGES)
        ordered = [*(code for code in first if code in names), *(code for code in names if code not in first)]
        return [InLanguage(code, str(names[code]), self._fields(code)) for code in ordered]

    def _fields(self, code: str) -> tuple[Field, ...]:
        return tuple(self._field(name, code) for name in QUESTIONS)

    def _field(self, name: str, code: str) -> Field:
        label, told = QUESTIONS[name]
        value = self.values.get((name, code), "")
        rows = max(5 if name in LISTS else 4, min(value.count("\n") + 2, 14)) if name != "parity" else 3
        return Field(f"{name}-{code}", str(label), str(told), value, rows, self.wrong.get((name, code), ""))


def filled_with(found: Definition) -> Filled:
    """The form as a definition fills it."""
    values: dict[tuple[str, str], str] = {}
    for code in dict(settings.LANGUAGES):
        values["text", code] = found.text.get(code, "")
        values["parity", code] = found.parity.get(code, "")
        for name in LISTS:
            entries = [one.get(code, "") for one in getattr(found, name)]
            values[name, code] = "\n".join(entries) if any(entries) else ""
    return Filled(values, found.targets)


def filled_in(sent: QueryDict) -> Filled:
    """The form as it was sent, with what is to be mended."""
    codes = list(dict(settings.LANGUAGES))
    values = {(name, code): _typed(sent, name, code) for name in QUESTIONS for code in codes}
    wrong = {place: told for place, text in values.items() if (told := _too_long(text))}
    if not any(values["text", code] for code in codes):
        wrong["text", codes[0]] = _("Write at least this: what customer focus means here.")
    return Filled(values, tuple(dict.fromkeys(sent.getlist("targets")))[:40], wrong)


def definition_of(filled: Filled) -> Definition:
    """The definition that the form describes: the n-th line of a list is the same entry in every language."""
    codes = list(dict(settings.LANGUAGES))
    lists = {name: _entries(filled, name, codes) for name in LISTS}
    return Definition(
        text=_in_languages(filled, "text", codes),
        parity=_in_languages(filled, "parity", codes),
        targets=filled.targets,
        **lists,
    )


def _in_languages(filled: Filled, name: str, codes: Sequence[str]) -> dict[str, str]:
    return {code: text for code in codes if (text := filled.values.get((name, code), ""))}


def _entries(filled: Filled, name: str, codes: Sequence[str]) -> tuple[dict[str, str], ...]:
    """Entries by number of the line; an empty line keeps the place of one that is not translated yet."""
    by_code = {code: filled.values.get((name, code), "").split("\n") for code in codes}
    most = max(len(listed) for listed in by_code.values())
    found = [
        {code: told for code, listed in by_code.items() if (told := one_line("".join(listed[at : at + 1]), LONGEST))}
        for at in range(most)
    ]
    return tuple(one for one in found if one)


def _typed(sent: QueryDict, name: str, code: str) -> str:
    """What was typed; empty lines before the first entry of a list keep their places."""
    text = sent.get(f"{name}-{code}", "").replace("\r\n", "\n")
    told = plain_words(text, None)
    before = len(text) - len(text.lstrip("\n")) if told and name in LISTS else 0
    return "\n" * before + told


def _too_long(text: str) -> str:
    if len(text) <= LONGEST:
        return ""
    told = _("Please write at most %(limit)s characters. You wrote %(found)s.")
    return told % {"limit": numbers.number(LONGEST), "found": numbers.number(len(text))}
