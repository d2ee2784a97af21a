"""Headers in a plain form, and what each field is called in five languages."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from regulars.imports.synonyms import ORDERS, SHARED
from regulars.imports.synonyms_contacts import ANSWERS, CONTACTS, CUSTOMERS

_BRACKETS = re.compile(r"[\(\[\{][^\)\]\}]*[\)\]\}]|,\s*[^\W\d_]{1,4}\.?\s*$")  # 'Price (EUR)', 'Price, EUR'
_CAMEL = re.compile(r"(?<=[a-zа-я0-9])(?=[A-ZА-Я])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORDS = re.compile(r"[^\W_]+")
_TABLES = {
    "orders": ORDERS,
    "contacts": CONTACTS,
    "answers": ANSWERS,
    "reviews": ANSWERS,
    "customers": CUSTOMERS,
}
_NUMBER_WORDS = dict.fromkeys(("nr", "num", "number", "numara", "numarasi", "cislo", "номер"), "no")


@lru_cache(maxsize=4096)
def plain_words(header: str) -> tuple[str, ...]:
    """The words of a header without case, accents, dots of the Turkish i, marks, and units in brackets."""
    bare = _BRACKETS.sub(" ", header)
    if not bare.strip(" *:_"):
        bare = header
    bare = bare.replace("#", " no ").replace("№", " no ").replace("ı", "i").replace("İ", "I")
    split = _CAMEL.sub(" ", bare)
    folded = unicodedata.normalize("NFKD", split).casefold()
    letters = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return tuple(_NUMBER_WORDS.get(word, word) for word in _WORDS.findall(letters))


@lru_cache(maxsize=4096)
def plain_form(header: str) -> str:
    """One string for all spellings of a header: 'Invoice No.', 'invoice_no' and 'InvoiceNo' are the same."""
    return "".join(plain_words(header))


def _ranked(lines: str) -> dict[str, int]:
    """Plain form of each name -> its rank within its language, 0 the most specific."""
    ranks: dict[str, int] = {}
    rank = 0
    for line in lines.strip().splitlines():
        if not line.startswith(" " * 10):  # a new language; deeper lines go on with the same one
            rank = 0
        for name in line.strip().strip(",").split(","):
            ranks.setdefault(plain_form(name), rank)
            rank += 1
    return ranks


@cache
def ranked_names(form: str, field: str) -> dict[str, int]:
    """Plain forms that ``field`` goes by in files of ``form``, with their rank; its own name ranks before all."""
    lines = _TABLES[form].get(field) or SHARED.get(field, "")
    return {**_ranked(lines), plain_form(field): -1}


@cache
def phrases(form: str, field: str) -> tuple[tuple[str, ...], ...]:
    """The same names as tuples of words, for headers that only contain one of them."""
    lines = _TABLES[form].get(field) or SHARED.get(field, "")
    names = [name for line in lines.strip().splitlines() for name in line.strip().strip(",").split(",")]
    return tuple(dict.fromkeys(plain_words(name) for name in [field, *names] if len(plain_form(name)) >= 4))


COMPLAINT_WORDS = frozenset(
    {"complaint", "complaints", "жалба", "оплакване", "жалоба", "жалобы", "stiznost", "reklamace", "sikayet"}
)
