"""Phones, addresses, cards and accounts are hidden; numbers of orders, amounts and dates stay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.words.masking import masked

PHONES = [
    "Call 0888 841 223 now",
    "тел. 0888/84-12-23",
    "+359 (88) 841 22 33",
    "+420 777 123 456",
    "0532 123 45 67",
    "8 (916) 123-45-67",
    "777123456",
    "٠١٢٣٤٥٦٧٨٩",
    "００３５９８８８４１２２３３",
    "0\u200b8\u200b8\u200b8\u200b123456",
    "it was 12.05.2024 and then +359888412233",
]
ADDRESSES = ["ivan.petrov@abv.bg", "ivan (at) abv (dot) bg", "petr zavináč seznam tečka cz", "Иван@пример.бг"]
STAY = [
    "order 100234567 late",
    "Поръчка № 1234567890",
    "objednávka č. 20240012345",
    "12.05.2024 10:30",
    "платих 1 250 000,00 лв",
    "rated 10/10 on 2024-05-12",
    "I waited 45 minutes, 3 times, in 2024",
    "meet me at home dot it was good",
    "",
    "Всичко е наред!",
]


@pytest.mark.parametrize("text", PHONES)
def test_a_phone_number_is_hidden_however_it_is_written(text: str) -> None:
    shown = masked(text)
    assert "[phone]" in shown
    assert sum(sign.isdigit() for sign in shown.replace("12.05.2024", "")) == 0


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_e_mail_address_is_hidden_also_when_spelt_out(text: str) -> None:
    assert masked(text) == "[e-mail]"


@pytest.mark.parametrize("text", STAY)
def test_orders_amounts_and_dates_stay_readable(text: str) -> None:
    assert masked(text) == text


def test_sixteen_digits_are_a_card_only_where_the_last_one_fits() -> None:
    assert masked("card 4111 1111 1111 1111") == "card [card]"
    assert masked("5555-5555-5555-4444") == "[card]"
    assert "[card]" not in masked("4111-1111-1111-1112")
    assert masked("order 4111111111111112") == "order 4111111111111112"


def test_an_account_is_hidden_where_its_check_digits_fit_and_words_after_it_stay() -> None:
    assert masked("IBAN BG80 BNBG 9661 1020 3456 78 ok") == "IBAN [account] ok"
    assert masked("CZ6508000000192000145399") == "[account]"
    assert "[account]" not in masked("CZ6608000000192000145399")


def test_a_short_national_number_is_hidden_where_the_company_says_its_country() -> None:
    assert masked("zavolejte 2 1234 5678", country="CZ") == "zavolejte [phone]"
    assert masked("gsm 888412233", country="BG") == "gsm [phone]"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_masking_twice_hides_no_more_than_once(text: str) -> None:
    once = masked(text)
    assert masked(once) == once


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abc ,.\n@0123456789+-()/", max_size=60), st.sampled_from(["+359888412233", "a.b@c.com"]))
def test_what_stands_around_never_brings_an_address_back(around: str, secret: str) -> None:
    assert secret not in masked(f"{around} {secret} {around}")
