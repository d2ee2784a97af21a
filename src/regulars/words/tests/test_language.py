"""The language of texts, also of short ones and of near relatives."""

from __future__ import annotations

import polars as pl
import pytest

from regulars.words.language import language, languages
from tests.real_data import real_data

PLAIN = {
    "en": "The delivery was late and nobody told me why.",
    "bg": "Доставката закъсня и никой не ми каза защо.",
    "ru": "Доставка опоздала, и никто не объяснил почему.",
    "cs": "Zboží přišlo pozdě a nikdo mi neřekl proč.",
    "sk": "Tovar prišiel neskoro a nikto mi nepovedal prečo.",
    "tr": "Kargo çok geç geldi ve kimse nedenini söylemedi.",
    "el": "Η παράδοση άργησε πολύ.",
    "uk": "Доставка запізнилася, і ніхто не пояснив чому.",
}
FILES = {
    "bg": ("reviews_bg_cinexio/reviews_bg_cinexio.parquet", "text", 0.97),
    "tr": ("reviews_tr_store/tr_store_reviews.parquet", "Görüş", 0.99),
    "sk": ("reviews_sk_services/reviews_sk_services.parquet", "text", 0.96),
    "en": ("reviews_en_womens_clothing/womens_clothing_reviews.parquet", "Review Text", 0.99),
    "ru": ("tweets_ru_banks_telco/banks.parquet", "text", 0.98),
}


@pytest.mark.parametrize("code", PLAIN)
def test_a_plain_sentence_is_known_for_its_language(code: str) -> None:
    assert language(PLAIN[code]) == code


def test_a_text_without_letters_has_no_language() -> None:
    assert languages(["10/10", "👍👍", "", "!!!"], ("en",)) == [None] * 4


def test_one_word_is_taken_for_the_language_that_the_others_write() -> None:
    czech = [PLAIN["cs"], "Velmi rychlé dodání, děkuji.", "Obsluha byla příjemná a ochotná."] * 10
    bulgarian = [PLAIN["bg"], "Много бърза доставка, благодаря.", "Хората са любезни."] * 10
    assert languages([*czech, "Super"], ("cs",))[-1] == "cs"
    assert languages([*bulgarian, "Супер"], ("bg",))[-1] == "bg"


def test_links_and_names_of_accounts_do_not_decide() -> None:
    assert language("@shop_support где мой заказ? https://example.com/where-is-my-order") == "ru"


@pytest.mark.parametrize("code", FILES)
def test_real_reviews_of_one_shop_are_known_for_their_language(code: str) -> None:
    path, column, least = FILES[code]
    texts = pl.read_parquet(real_data(path))[column].drop_nulls().sample(400, seed=1).to_list()
    found = languages(texts, (code, "en"))
    assert sum(one == code for one in found) / sum(one is not None for one in found) >= least
