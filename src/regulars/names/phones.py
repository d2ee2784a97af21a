"""Telephone numbers, however they are written."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import phonenumbers

FEWEST_DIGITS = 4  # of a number's end, that are worth looking for


@lru_cache(maxsize=4096)
def normal(phone: str, country: str) -> str | None:
    """The number as +359888412233 (E.164); None where the text is no telephone number.

    country   two letters, e.g. BG: what a number without a country's code belongs to; empty where nobody said

    A number of the right length is taken even where its range is not known yet: new ranges open every year.
    """
    region = country.upper() or None
    found = _possible(phone, region)
    bare = digits(phone)
    if found is None and bare.startswith("00"):  # the exit code of most countries, also where it is another one
        found = _possible("+" + bare[2:], None)
    return found


def digits(text: str) -> str:
    """The decimal digits of a text as 0-9, in their order; empty where there are none.

    >>> digits("(088) 841-22 33")
    '0888412233'
    """
    if text.isascii():
        return "".join(filter(str.isdigit, text))
    return "".join(str(unicodedata.decimal(one)) for one in text if one.isdecimal())


def trunk_prefix(country: str) -> str:
    """What is dialled before a national number inside the country: 0 in Bulgaria, nothing in Czechia."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(country.upper(), None)
    return (metadata.national_prefix or "") if metadata else ""


def country_code(country: str) -> str:
    """The code of a country without the plus: 359 for BG; empty where the country is unknown."""
    code = phonenumbers.country_code_for_region(country.upper())
    return str(code) if code else ""


def _possible(text: str, region: str | None) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number) or len(set(str(number.national_number))) == 1:
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
