"""Sentences of the library that speak of the command line, with what a page says instead.

Each stands under the library's template, as library_texts.py writes it. A place may be left out; none may be added.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy, gettext_noop, pgettext_lazy

WORDINGS: Mapping[str, str] = {
    "Column %(column)s can be read in several ways: no date in it shows whether %(days)s begins with the year, the day "
    "or the month. Say --date-format YMD, DMY or MDY.": gettext_noop(
        "Column %(column)s can be read in several ways: no date in it shows whether %(days)s begins with the year, the "
        "day or the month. Go back to the first step and choose under “Dates are written as”: YMD, DMY or MDY."
    ),
    "The columns do not show what kind of file this is. Say it with --as (%(FORMS)s) and name the columns with --map "
    "field=column. Found: %(columns)s.": gettext_noop(
        "The columns do not show what kind of file this is. Choose it under “Kind of file”, then say what each column "
        "is. Found: %(columns)s."
    ),
    "A file of %(name)s needs %(words)s, and no column was found for it.%(misnamed)s Name it, for example %(mends)s; "
    "or say with --as what else the file is. Understood: %(found)s. The file's columns: %(draft)s.": gettext_noop(
        "This kind of file needs %(words)s, and no column was found for it.%(misnamed)s Choose it over one of the "
        "columns, or choose another kind of file. The file's columns: %(draft)s."
    ),
    "There is no form %(name)s of file. Use --as with one of: %(names)s.": gettext_noop(
        "There is no kind of file %(name)s. Choose one of those under “Kind of file”."
    ),
    "Table %(table)s lacks %(missing)s. Rename the column in the file, or map it with --map field=column. Found: "
    "%(found)s.": gettext_noop(
        "Table %(table)s lacks %(missing)s. Import the file again and choose the columns that are missing. Found: "
        "%(found)s."
    ),
    "no cell could be read as a date, e.g. %(unreadable_example)s; --date-format takes a strptime "
    "pattern": gettext_noop(
        "no cell could be read as a date, e.g. %(unreadable_example)s; say under “Dates are written as” how they are "
        "written"
    ),
    "This very file was imported before, as import %(number)s; nothing was added. To read it in another way, take that "
    "import back first: regulars imports undo %(number_2)s": gettext_noop(
        "This very file was imported before, as import %(number)s; nothing was added. To read it in another way, take "
        "that import back first."
    ),
    "There is no import %(import_id)s. `regulars imports` lists those there are.": gettext_noop(
        "There is no import %(import_id)s. The history of imports lists those there are."
    ),
    "The log is empty, so there is nothing to measure. Import a file first: regulars import orders.csv": gettext_noop(
        "The log is empty, so there is nothing to measure. Import a file first."
    ),
    "Nobody sees the person any more, but somebody has been reading the log for %(wait_seconds)s seconds, so old files "
    "could not be deleted yet. Run the same command again.": gettext_noop(
        "Nobody sees the person any more, but somebody has been reading the log for %(wait_seconds)s seconds, so old "
        "files could not be deleted yet. Start the erasure again."
    ),
    "The person is erased from the vault, but somebody has been reading it for %(wait_seconds)s seconds, so old pages "
    "are still on the disk. Run the same command again.": gettext_noop(
        "The person is erased from the vault, but somebody has been reading it for %(wait_seconds)s seconds, so old "
        "pages are still on the disk. Start the erasure again."
    ),
    "A period (--from) chooses customers by their first order; their orders count up to its end.": gettext_noop(
        "A period chooses customers by their first order; their orders count up to its end."
    ),
    "%(questions)s different questions are put together; --by question shows each.": gettext_noop(
        "%(questions)s different questions are put together; look at each of them by itself."
    ),
}
_PURPOSES: Mapping[str, Any] = {
    "e-mail": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Telephone"),
    "post": gettext_lazy("Post"),
    "marketing": gettext_lazy("marketing"),
    "all marketing": gettext_lazy("all marketing"),
}
_LETTERS: Mapping[str, Any] = {
    "Cyrillic": pgettext_lazy("letters", "Cyrillic"),
    "English": pgettext_lazy("letters", "English"),
    "French": pgettext_lazy("letters", "French"),
    "German": pgettext_lazy("letters", "German"),
    "Spanish": pgettext_lazy("letters", "Spanish"),
    "Portuguese": pgettext_lazy("letters", "Portuguese"),
    "Italian": pgettext_lazy("letters", "Italian"),
    "Dutch": pgettext_lazy("letters", "Dutch"),
    "Nordic": pgettext_lazy("letters", "Nordic"),
    "Turkish": pgettext_lazy("letters", "Turkish"),
    "Czech": pgettext_lazy("letters", "Czech"),
    "Slovak": pgettext_lazy("letters", "Slovak"),
    "Polish": pgettext_lazy("letters", "Polish"),
    "Hungarian": pgettext_lazy("letters", "Hungarian"),
    "Romanian": pgettext_lazy("letters", "Romanian"),
    "Croatian": pgettext_lazy("letters", "Croatian"),
}
# Units that a touchpoint is compared between.
_UNITS: Mapping[str, Any] = {
    "Employees": pgettext_lazy("compared units", "Employees"),
    "Branches": pgettext_lazy("compared units", "Branches"),
    "Hours": pgettext_lazy("compared units", "Hours"),
    "Branches and hours": pgettext_lazy("compared units", "Branches and hours"),
}
# Single words of the library that fill a place of a sentence, by the name of the place.
PLACE_WORDS: Mapping[str, Mapping[str, Any]] = {
    "asked": _PURPOSES,
    "channel": _PURPOSES,
    "what": _PURPOSES,
    "who": _UNITS,
    "seen": _LETTERS,
}
