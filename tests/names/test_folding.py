"""The same person, however the name is written, has the same search form."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.names.folding import fold, fold_loosely


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Иванов", "Ivanov"),
        ("Şükrü", "sukru"),
        ("İsmail", "ismail"),
        ("Isparta", "ISPARTA"),
        ("Isparta", "ısparta"),
        ("DVOŘÁKOVÁ", "dvorakova"),
        ("Ђорђевић", "Đorđević"),
        ("Straße", "STRASSE"),
        ("Ｉｖａｎ", "Ivan"),
        ("Łukasz", "lukasz"),
        ("Anne-Marie", "anne marie"),
        ("O'Brien", "O’Brien"),
        ("ΣΊΣΥΦΟΣ", "σισυφος"),
        ("Ёлкин", "Елкин"),
    ],
)
def test_two_spellings_of_a_name_meet(written: str, found: str) -> None:
    assert fold(written) == fold(found)


@pytest.mark.parametrize(
    ("bulgarian", "passport"),
    [
        # From the examples of the Bulgarian law on transliteration.
        ("Щерев", "Shterev"),
        ("Кюстендил", "Kyustendil"),
        ("Гьоков", "Gyokov"),
        ("Ямбол", "Yambol"),
        ("Търговище", "Targovishte"),
        ("Живко Желязков", "Zhivko Zhelyazkov"),
    ],
)
def test_a_bulgarian_name_meets_its_spelling_in_the_passport(bulgarian: str, passport: str) -> None:
    assert fold(bulgarian) == fold(passport)


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Юлия", "Julia"),
        ("Михаил", "Mikhail"),
        ("Щукин", "Shchukin"),
        ("Шюкрю", "Şükrü"),
        ("Евгений", "Yevgeny"),
        ("Васильев", "Vasiliev"),
        ("Цветан", "Tzvetan"),
        ("Веселин", "Vesselin"),
        ("Жижков", "Žižkov"),
        ("Джем", "Cem"),
    ],
)
def test_other_habits_of_writing_meet_in_the_loose_form(cyrillic: str, latin: str) -> None:
    assert fold_loosely(cyrillic) == fold_loosely(latin)


@pytest.mark.parametrize(("one", "other"), [("Иванов", "Иванова"), ("Petrov", "Petkov"), ("Ayşe", "Ayla")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold_loosely(one) != fold_loosely(other)


@pytest.mark.parametrize("text", ["", "  ", "-", "…!?", "\u200b"])
def test_what_holds_no_letter_has_no_search_form(text: str) -> None:
    assert fold(text) == ""


def test_an_invisible_sign_inside_a_name_parts_nothing() -> None:
    assert fold("Iva\u200bnov") == "ivanov"


@settings(max_examples=200)
@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert once == once.strip()


@settings(max_examples=100)
@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщюяİIıiŞşĞğçöü ", max_size=30))
def test_case_never_matters(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower())
