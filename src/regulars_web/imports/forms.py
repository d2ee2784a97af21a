"""What people say of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.imports.fields import FORMS
from regulars_web.imports import words
from regulars_web.imports.proposing import Reading

NEW = "+new"
ENCODINGS = (
    ("utf-8", "UTF-8"),
    ("utf-16", "UTF-16"),
    ("cp1250", gettext_lazy("Windows-1250 (Central European)")),
    ("cp1251", gettext_lazy("Windows-1251 (Cyrillic)")),
    ("cp1252", gettext_lazy("Windows-1252 (Western European)")),
    ("cp1254", gettext_lazy("Windows-1254 (Turkish)")),
    ("iso8859_2", gettext_lazy("ISO-8859-2 (Central European)")),
    ("koi8_r", gettext_lazy("KOI8-R (Cyrillic)")),
)
DELIMITERS = (
    (",", gettext_lazy("comma")),
    (";", gettext_lazy("semicolon")),
    ("tab", gettext_lazy("tab")),
    ("|", gettext_lazy("vertical bar")),
)
DATE_ORDERS = {
    "DMY": gettext_lazy("day, month, year"),
    "MDY": gettext_lazy("month, day, year"),
    "YMD": gettext_lazy("year, month, day"),
}
MARKS = {".": gettext_lazy("a point: 1,234.50"), ",": gettext_lazy("a comma: 1.234,50")}
AUTOMATIC = gettext_lazy("found from the file")


class WhatForm(forms.Form):
    """What the file is, where it comes from and, where the program is wrong, how it is written."""

    form = forms.ChoiceField(choices=[(name, words.FORMS[name][0]) for name in FORMS], required=False)
    source = forms.CharField(max_length=60, required=False)
    new_source = forms.CharField(max_length=60, required=False)
    encoding = forms.ChoiceField(label=gettext_lazy("Letters are written in"), required=False)
    delimiter = forms.ChoiceField(label=gettext_lazy("Columns are separated by"), required=False)
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False)
    date_format = forms.CharField(
        label=gettext_lazy("Dates are written as"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Empty: found from the file. Else DMY, MDY, YMD, or a pattern such as %d.%m.%Y."),
    )
    decimal_mark = forms.ChoiceField(label=gettext_lazy("Decimals begin with"), required=False)

    def __init__(self, *args: Any, sheets: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing = ("", AUTOMATIC)
        self.fields["encoding"].choices = [nothing, *ENCODINGS]
        self.fields["delimiter"].choices = [nothing, *DELIMITERS]
        self.fields["decimal_mark"].choices = [nothing, *MARKS.items()]
        self.fields["sheet"].choices = [nothing, *((name, name) for name in sheets)]
        if len(self.fields["sheet"].choices) < 3:
            del self.fields["sheet"]
        self.fields["date_format"].widget.attrs["list"] = "date-orders"

    def clean(self) -> dict[str, Any]:
        """One source, known or new; control characters are no part of a name."""
        said: dict[str, Any] = super().clean() or {}
        chosen, new = said.get("source", ""), said.pop("new_source", "")
        source = new if chosen in ("", NEW) else chosen
        source = re.sub(r"\s+", " ", "".join(letter for letter in source if letter.isprintable())).strip()
        if not said.get("form") and "again" not in self.data:
            self.add_error("form", _("Choose what kind of file it is."))
        if not source:
            self.add_error("source", _("Say where the file comes from."))
        said["source"] = source
        return said

    def how(self) -> list[Any]:
        """The fields about how the file is written."""
        return [
            self[name]
            for name in ("encoding", "delimiter", "sheet", "date_format", "decimal_mark")
            if name in self.fields
        ]


def said_mapping(posted: Mapping[str, str], reading: Reading) -> tuple[dict[str, str], list[str]]:
    """The mapping that the selects over the columns say, as overrides, and what is wrong with it in sentences."""
    form = FORMS[reading.form]
    chosen: dict[str, list[str]] = {}
    for place, column in enumerate(reading.look.columns):
        name = posted.get(f"column-{place}", "")
        if name in form.fields:
            chosen.setdefault(name, []).append(column)
    constants = {}
    for key, name in posted.items():
        text = posted.get(key.replace("constant-field", "constant-text"), "").strip()[:200]
        if key.startswith("constant-field-") and name in form.fields and text:
            constants[name] = f"={text}"
    wrong = [_twice(name, columns) for name, columns in chosen.items() if len(columns) > 1]
    wrong += [_both(name) for name in constants if name in chosen]
    said = {name: chosen[name][0] if name in chosen else constants.get(name, "") for name in form.fields}
    return said, wrong


def _twice(name: str, columns: list[str]) -> str:
    return _("“%(field)s” is chosen over two columns: %(columns)s. Choose something else over one of them.") % {
        "field": words.label(name),
        "columns": ", ".join(columns),
    }


def _both(name: str) -> str:
    return _("“%(field)s” is chosen over a column and is also said to be the same for every row. Take one away.") % {
        "field": words.label(name)
    }
