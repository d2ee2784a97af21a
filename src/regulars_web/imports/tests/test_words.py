"""Every field, need and kind of file of the library has words on the pages."""

from __future__ import annotations

import pytest

from regulars.imports.fields import FORMS
from regulars_web.imports import notes, words
from regulars_web.shared.said import recognised


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_field_has_a_label_and_its_meaning_is_there_to_translate(form):
    assert set(form.fields) <= set(words.LABELS)
    assert all(recognised(field.meaning) for field in form.fields.values())
    assert all(recognised(need.words) for need in form.needs)
    assert form.name in words.FORMS


def test_a_reason_of_the_guess_reads_as_a_phrase():
    assert words.because("its name") == "known by its name"
    assert words.because("as in exports of Shopify") == "as in exports of Shopify"
    repeated = "its name; 'Total' repeats the whole order's total on every line"
    assert words.because(repeated) == "known by its name; 'Total' repeats the whole order's total on every line"


@pytest.mark.parametrize(
    ("library", "page"),
    [
        ("no date", "Missing: a date"),
        ("date not readable", "Date cannot be read as a date"),
        ("unit price not a number", "Price of one is not a number"),
        ("cost not a number; due not readable", "Cost is not a number; Promised for cannot be read as a date"),
        ("NETPRO is outside its scale, 0 to 10", "NETPRO: outside its scale, 0 to 10"),
        ("Q7; why is not a number", "Q7; why: not a number"),
        ("something new", "something new"),
    ],
)
def test_a_reason_why_lines_cannot_be_used_names_the_field_as_the_page_does(library, page):
    assert notes.why(library) == page


def test_a_note_about_a_field_carries_its_label():
    assert notes.note("occurred: DMY: '31.12.2025' can be read in no other way").startswith("Date: DMY")
    assert notes.note("The columns are separated by semicolons.") == "The columns are separated by semicolons."
