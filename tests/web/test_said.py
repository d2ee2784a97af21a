"""What the library says is said in the reader's language, and nothing of it is lost on the way."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

import regulars as rg
from regulars.base import columns
from regulars.errors import MeasureError, NeedsDecision, RegularsError
from regulars.groups.conditions import parse
from regulars.groups.errors import GroupError
from regulars.measures import all_measures
from regulars_web.shared import numbers
from regulars_web.shared.library_texts import TEMPLATES
from regulars_web.shared.page_wordings import WORDINGS
from regulars_web.shared.said import PLACE, recognised, said
from tools.library_texts import TO, module_text, reworded, templates

FOREIGN = ("bg", "cs", "ru", "tr")
COMMAND = re.compile(r"\s--[a-z]|`regulars|: regulars |Run the same command")
# These are said before there is a page, or to whoever installs the program.
ON_THE_TERMINAL = ("is not a workspace", "Spark is not installed here", "Spark needs Java")


def test_everything_the_library_says_is_up_for_translation():
    assert TO.read_text(encoding="utf-8") == module_text(), "run `make messages`"


def test_no_page_speaks_of_the_command_line():
    """A note that names an option of the command line has words for pages, which name the field instead."""
    told = [one for one in {*TEMPLATES, *WORDINGS.values()} if COMMAND.search(one)]
    assert [one for one in told if not any(known in one for known in ON_THE_TERMINAL)] == []


def test_words_for_pages_stand_for_sentences_that_the_library_still_says():
    assert reworded() == set(WORDINGS)
    assert set(WORDINGS) <= set(templates())


@pytest.mark.parametrize("template", WORDINGS)
def test_words_for_pages_name_nothing_that_the_sentence_does_not_hold(template: str) -> None:
    assert set(PLACE.findall(WORDINGS[template])) <= set(PLACE.findall(template))


@pytest.mark.parametrize("language", FOREIGN)
def test_a_refusal_keeps_its_names_and_numbers_in(language: str, tmp_path: Path) -> None:
    with pytest.raises(RegularsError) as refused, rg.init(tmp_path / "shop") as shop:
        shop.measure("rfm", as_of="tomorrow")
    with translation.override(language):
        told = said(refused.value)
    assert "tomorrow" in told
    assert "2026-06-30" in told
    assert told != str(refused.value)


def test_an_english_reader_gets_the_librarys_own_words() -> None:
    with translation.override("en"):
        assert said("Only 12% of the orders' value has a known cost.").startswith("Only 12%")


def test_an_empty_log_sends_the_reader_to_the_imports_not_to_a_terminal(tmp_path: Path) -> None:
    with pytest.raises(MeasureError) as refused, rg.init(tmp_path / "shop") as shop:
        shop.measure("revenue")
    with translation.override("en"):
        assert said(refused.value) == "The log is empty, so there is nothing to measure. Import a file first."


def test_a_sentence_that_nobody_knows_stays_as_it_is() -> None:
    with translation.override("tr"):
        assert said("A sentence from elsewhere, 100% of it.") == "A sentence from elsewhere, 100% of it."


@pytest.mark.parametrize("language", FOREIGN)
def test_a_sentence_that_ends_with_a_day_ends_with_one_stop(language: str) -> None:
    with translation.override(language):
        assert numbers.day(date(2026, 6, 30))[-1].isdigit()


def test_a_companys_own_words_are_not_taken_for_a_sentence_of_the_library() -> None:
    own = "A piece that does not fit is altered once, free of charge. Say so at the counter."
    with translation.override("cs"):
        assert said(own) == own


def test_a_sentence_that_follows_another_does_not_hide_it() -> None:
    first = (
        "Presents cost EUR 45.00 in this time. After orders with one, the share of customers who came back differs by "
        "-7.0 points from that after others. It is an association, not a proof."
    )
    with translation.override("cs"):
        told = said(f"{first} Too few got one to tell it from chance.")
    assert told.startswith("Dárky v této době stály EUR 45,00.")
    assert "7,0" in told
    assert "It" not in told


def test_what_is_known_of_two_sentences_is_translated_and_the_rest_stays() -> None:
    with translation.override("cs"):
        assert said("No orders yet. The cat sleeps.") == "Zatím žádné objednávky. The cat sleeps."


@pytest.mark.parametrize(("language", "share", "many"), [("tr", "%12,5", "1.234"), ("ru", "12,5", "1\xa0234")])
def test_numbers_inside_a_sentence_are_written_as_the_reader_writes_them(language: str, share: str, many: str) -> None:
    verdict = (
        "In the last 182 days the model (BG/NBD) predicted 1,234 orders of 900 customers, 1,097 came: 12.5% too many. "
        "The model fits roughly: use it to tell good customers from poor ones, and allow for an error of that size in "
        "plans."
    )
    with translation.override(language):
        told = said(verdict).replace("\u202f", "\xa0")
    assert share in told.replace("\xa0", " ") or share in told
    assert many in told
    assert "roughly" not in told


def test_a_reason_inside_a_sentence_is_translated_with_it() -> None:
    with translation.override("tr"):
        told = said("reseller: Nobody can be named: Only 12 customers have come back; the model needs 50.")
    assert told == "reseller: Kimsenin adı verilemiyor: Yalnızca 12 müşteri geri geldi; modele 50 müşteri gerekir."


def test_a_customer_called_like_a_word_of_ours_keeps_the_name() -> None:
    with translation.override("ru"):
        assert "Birthday" in said(
            "Nobody is known as Birthday. Give the customer's number, source:number, e-mail or key."
        )


def test_a_wrong_group_in_the_address_is_told_in_the_readers_words() -> None:
    with pytest.raises(GroupError) as refused:
        parse({"all": []}, columns())
    with translation.override("cs"):
        assert "podmín" in said(refused.value)


def test_a_question_of_the_import_comes_without_the_words_for_the_command_line() -> None:
    asked = NeedsDecision("Column 'day' mixes day first and month first: '1.2.' and '2/1'.", "Say --date-format DMY.")
    with translation.override("en"):
        assert "--" not in said(asked)


@pytest.mark.parametrize("measure", all_measures(), ids=lambda measure: measure.name)
def test_what_a_measure_asks_and_how_it_counts_can_be_translated(measure) -> None:
    for text in (measure.question, measure.formula, measure.source):
        assert not text.strip() or recognised(text.strip()), text
