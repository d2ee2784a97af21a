"""A number is the same number in every way of writing it."""

from __future__ import annotations

import pytest

from regulars.names.phones import country_code, digits, normal, trunk_prefix


@pytest.mark.parametrize(
    "written",
    [
        "088 841-2233",
        "+359 88 8412233",
        "00359888412233",
        "(0888) 41 22 33",
        "0888/412233",
        "tel. 0888 412 233",
        "+359 (0) 888 412 233",
        "٠٨٨٨٤١٢٢٣٣",
    ],
)
def test_a_bulgarian_number_in_any_format_is_one_number(written: str) -> None:
    assert normal(written, "BG") == "+359888412233"


@pytest.mark.parametrize(
    ("written", "country", "found"),
    [
        ("777 123 456", "CZ", "+420777123456"),
        ("8 (912) 345-67-89", "RU", "+79123456789"),
        ("0532 123 45 67", "TR", "+905321234567"),
        ("00 44 20 7946 0958", "US", "+442079460958"),
        ("(212) 555-0143", "us", "+12125550143"),
    ],
)
def test_the_country_says_what_a_number_without_code_belongs_to(written: str, country: str, found: str) -> None:
    assert normal(written, country) == found


@pytest.mark.parametrize("written", ["", "none", "12", "0000000000", "ivan@example.com", "+0", "9" * 40])
def test_what_is_no_number_stays_unknown(written: str) -> None:
    assert normal(written, "BG") is None


def test_a_number_without_country_is_unknown_where_nobody_said_the_country() -> None:
    assert normal("0888412233", "") is None
    assert normal("+359888412233", "") == "+359888412233"


def test_digits_of_any_script_are_digits() -> None:
    assert digits("(088) 841-22 33") == "0888412233"
    assert digits("٠٨٨") == "088"
    assert digits("no number") == ""


def test_what_is_dialled_first_is_known_by_country() -> None:
    assert (trunk_prefix("BG"), country_code("BG")) == ("0", "359")
    assert (trunk_prefix("CZ"), country_code("cz")) == ("", "420")
    assert (trunk_prefix("XX"), country_code("XX")) == ("", "")
