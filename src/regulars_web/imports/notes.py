"""What the library notes of a file and its lines, in the reader's language.

Each sentence is recognised by its English template; one that is not known here is shown as the library wrote it.
"""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import gettext, gettext_noop

from regulars.imports.fields import FORMS
from regulars_web.imports import words

NOTES = (
    gettext_noop("The encoding is %(name)s."),
    gettext_noop("The encoding is %(name)s, as the file's first bytes say."),
    gettext_noop("The encoding is %(name)s, judged by the letters, which look %(seen)s."),
    gettext_noop(
        "The encoding is %(name)s, judged by the letters, which look %(seen)s. There was little to judge by: if "
        "letters look wrong, name the encoding yourself."
    ),
    gettext_noop("The encoding is UTF-16, judged by the zero bytes between the letters."),
    gettext_noop("The encoding is UTF-8 (the file holds plain Latin letters only)."),
    gettext_noop("The encoding %(name)s was asked for."),
    gettext_noop("Every line is one cell."),
    gettext_noop("The columns are separated by white space."),
    gettext_noop("The columns are separated by commas."),
    gettext_noop("The columns are separated by semicolons."),
    gettext_noop("The columns are separated by tabs."),
    gettext_noop("The columns are separated by %(sign)s."),
    gettext_noop("The file holds zero characters."),
    gettext_noop("%(count)s title rows above the header were left out."),
    gettext_noop(
        "The first row already holds values, so there is no header: the columns are called column_1 to column_%(last)s."
    ),
    gettext_noop("Columns without a name or with the name of another are called %(names)s."),
    gettext_noop("Columns renamed: %(names)s."),
    gettext_noop("The workbook's only sheet, %(sheet)s, was read."),
    gettext_noop("Sheet %(sheet)s was read, number %(place)s of %(count)s; the others were not."),
    gettext_noop("%(order)s: %(example)s can be read in no other way"),
    gettext_noop("day first, as everywhere where dates have dots"),
    gettext_noop("%(order)s as in the file's other dates"),
    gettext_noop("%(order)s as you said"),
    gettext_noop("decimal mark %(mark)s as in the file's other columns"),
    gettext_noop("decimal mark as you said"),
    gettext_noop("%(count)s cells written with %(mark)s are refused"),
    gettext_noop("some cells are a spreadsheet's serial numbers, others are written out"),
    gettext_noop("no dates in it"),
    gettext_noop("17850.0 means 17850"),
    gettext_noop("%(count)s ids were rounded by a spreadsheet (as 5.7E+17): different ones may look alike"),
    gettext_noop("ids of 16 and more digits were rounded by a spreadsheet: different ones may look alike"),
    gettext_noop(
        "This row has %(cells)s cells where there are %(columns)s columns: name the column, or empty the cell."
    ),
    gettext_noop("no rate for currency %(code)s: add it under [rates] in regulars.toml"),
    gettext_noop("currency is not a three-letter code"),
)
_PLACE = re.compile(r"%\((\w+)\)s")
_FIELDS = {name.replace("_", " "): name for form in FORMS.values() for name in form.fields} | {"date": "occurred"}
_LACKING = {
    "no " + need.words.removeprefix("a ").removeprefix("an "): need.words
    for form in FORMS.values()
    for need in form.needs
}


def note(text: str) -> str:
    """A note about a file, or about one of its fields: 'occurred: DMY: ...'."""
    name, mark, rest = text.partition(": ")
    if mark and name in words.LABELS:
        return f"{words.label(name)}: {'; '.join(_known(part) for part in rest.split('; '))}"
    return _known(text)


def why(reason: str) -> str:
    """Why lines cannot be used, or were read without a cell."""
    return "; ".join(_why(part) for part in reason.split("; ")) if _is_fields(reason) else _known(reason)


def _is_fields(reason: str) -> bool:
    return all(_why(part) != part for part in reason.split("; "))


def _why(reason: str) -> str:
    if reason in _LACKING:
        return gettext("Missing: %(what)s") % {"what": gettext(_LACKING[reason])}
    for ending, template in (
        (" not readable", gettext_noop("%(field)s cannot be read as a date")),
        (" not a number", gettext_noop("%(field)s is not a number")),
        (" too large", gettext_noop("%(field)s is too large a number")),
    ):
        field = _FIELDS.get(reason.removesuffix(ending))
        if reason.endswith(ending) and field:
            return gettext(template) % {"field": words.label(field)}
    return reason


def _known(text: str) -> str:
    for template, pattern in _patterns():
        if found := pattern.fullmatch(text):
            return gettext(template) % found.groupdict()
    return text


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Templates with what recognises them, those that say most by themselves first."""
    ordered = sorted(NOTES, key=lambda template: -len(_PLACE.sub("", template)))
    return [(template, re.compile(_pattern(template), re.DOTALL)) for template in ordered]


def _pattern(template: str) -> str:
    parts = _PLACE.split(template)
    return "".join(f"(?P<{part}>.*?)" if number % 2 else re.escape(part) for number, part in enumerate(parts))
