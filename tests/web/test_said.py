"""What the library refuses is said in the reader's language, and nothing of it is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation

import regulars as rg
from regulars.errors import RegularsError
from regulars_web.shared.said import said
from tools.library_texts import TO, module_text


def test_every_refusal_of_the_library_is_up_for_translation():
    assert TO.read_text(encoding="utf-8") == module_text(), "run `make messages`"


@pytest.mark.parametrize("language", ["bg", "cs", "ru", "tr"])
def test_a_refusal_keeps_its_names_and_numbers_in(language: str, tmp_path: Path) -> None:
    with pytest.raises(RegularsError) as refused, rg.init(tmp_path / "shop") as shop:
        shop.measure("rfm", as_of="tomorrow")
    with translation.override(language):
        told = said(refused.value)
    assert "tomorrow" in told
    assert "2026-06-30" in told
    assert told != str(refused.value)


def test_an_english_reader_gets_the_librarys_own_words(tmp_path: Path) -> None:
    with translation.override("en"):
        assert said("The log is empty.") == "The log is empty."


def test_a_sentence_that_nobody_knows_stays_as_it_is() -> None:
    with translation.override("tr"):
        assert said("A sentence from elsewhere, 100% of it.") == "A sentence from elsewhere, 100% of it."
