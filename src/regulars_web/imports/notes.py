"""What the library notes of a file and its lines, with the fields called as the pages call them."""

from __future__ import annotations

import re

from django.utils.translation import gettext, gettext_noop

from regulars.imports.fields import FORMS
from regulars_web.imports import words
from regulars_web.shared.said import recognised, said

_FIELDS = {name.replace("_", " "): name for form in FORMS.values() for name in form.fields} | {"date": "occurred"}
_LACKING = {
    "no " + need.words.removeprefix("a ").removeprefix("an "): need.words
    for form in FORMS.values()
    for need in form.needs
}


_OFF_SCALE = re.compile(r"(?P<column>.+) is outside its scale, (?P<low>\S+) to (?P<high>\S+)", re.DOTALL)
_NO_NUMBER = re.compile(r"(?P<column>.+) is not a number", re.DOTALL)


def note(text: str) -> str:
    """A note about a file, or about one of its fields: 'occurred: DMY: ...'."""
    name, mark, rest = text.partition(": ")
    if mark and name in words.LABELS:
        parts = [rest] if recognised(rest) else rest.split("; ")
        return f"{words.label(name)}: {'; '.join(said(part) for part in parts)}"
    return said(text)


def why(reason: str) -> str:
    """Why lines cannot be used, or were read without a cell."""
    if of_question := _of_question(reason):
        return of_question
    return "; ".join(_why(part) for part in reason.split("; ")) if _is_fields(reason) else said(reason)


def _is_fields(reason: str) -> bool:
    return all(_why(part) != part for part in reason.split("; "))


def _why(reason: str) -> str:
    if reason in _LACKING:
        return gettext("Missing: %(what)s") % {"what": said(_LACKING[reason])}
    for ending, template in (
        (" not readable", gettext_noop("%(field)s cannot be read as a date")),
        (" not a number", gettext_noop("%(field)s is not a number")),
        (" too large", gettext_noop("%(field)s is too large a number")),
        (" not yes or no", gettext_noop("%(field)s is neither yes nor no")),
        (" blank", gettext_noop("%(field)s is blank")),
    ):
        field = _FIELDS.get(reason.removesuffix(ending))
        if reason.endswith(ending) and field:
            return gettext(template) % {"field": words.label(field)}
    return reason


def _of_question(reason: str) -> str:
    """Why a line of a questionnaire cannot be used, by the column at fault; '' where the reason is none of these."""
    if off_scale := _OFF_SCALE.fullmatch(reason):
        return gettext("%(column)s: outside its scale, %(low)s to %(high)s") % off_scale.groupdict()
    if no_number := _NO_NUMBER.fullmatch(reason):
        return gettext("%(column)s: not a number") % no_number.groupdict()
    return ""
