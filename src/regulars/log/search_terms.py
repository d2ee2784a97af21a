"""What a person can be found by: the words of records in search form, and what a search asks of them.

A term begins with one letter that says what it is: w the whole name, n a word of it, l the same in the loose form,
e an e-mail address and each word before its @, p a phone number with its country's code, d its digits from the last
to the first, r a reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from regulars.names import phones
from regulars.names.folding import fold, fold_loosely

Matched = Literal["name", "email", "phone", "reference", "key"]
MATCHED: Mapping[str, Matched] = {
    "w": "name",
    "n": "name",
    "l": "name",
    "e": "email",
    "p": "phone",
    "d": "phone",
    "r": "reference",
}
LONGEST_TERM = 80
LONGEST_SEARCH = 200
MOST_WORDS = 8
FEWEST_KEY_DIGITS = 10
LARGEST_KEY = 2**63
HIDDEN_REFERENCES = ("email:", "phone:", "name:")  # made of a detail, which is found by itself

_DIGITS_AND_SIGNS = re.compile(r"[+(]?[\d\s().+/\-–]*")


@dataclass(frozen=True)
class Wanted:
    """One thing a search asks for; any of the beginnings of terms will do. ``key`` is a client's number."""

    beginnings: tuple[str, ...]
    key: int | None = None


@dataclass(frozen=True)
class Search:
    """A search as it was understood. ``whole`` is its words as a name, "" where they are none."""

    whole: str
    wanted: tuple[Wanted, ...]


def terms(details: Iterable[Mapping[str, str | None]], references: Iterable[str], country: str) -> set[str]:
    """The terms of one record.

    details     what was ever said of it: name, email, phone, each may be None
    references  what its sources call it
    """
    found: set[str] = set()
    for said in details:
        found.update(_name_terms(said.get("name") or ""))
        if address := _plain_address(said.get("email") or ""):
            found.add("e" + address)
            found.update("e" + word for word in fold(address.partition("@")[0]).split())
        found.update(_phone_terms(said.get("phone") or "", country))
    for reference in references:
        if not reference.startswith(HIDDEN_REFERENCES) and (compact := _compact(reference)):
            found.add("r" + compact)
    return {term[:LONGEST_TERM] for term in found}


def understood(text: str, country: str) -> Search:
    """What a search asks for: every part of it must be met. Nothing is wanted where the text says nothing."""
    parts = list(_parts(text[:LONGEST_SEARCH]))[:MOST_WORDS]
    wanted = [found for part in parts for found in _wanted(part, country)]
    a_name = all(any(one.startswith("n") for one in asked.beginnings) for asked in wanted)
    return Search(fold(text[:LONGEST_SEARCH]) if a_name else "", tuple(dict.fromkeys(wanted)))


def _name_terms(name: str) -> Iterator[str]:
    whole = fold(name)
    if not whole:
        return
    yield "w" + whole
    words = set(whole.split())
    words |= {joined for word in name.split() if (joined := _compact(word)) and joined not in words}
    for word in words:
        yield "n" + word
        if (loose := fold_loosely(word)) != word and loose:
            yield "l" + loose


def _phone_terms(phone: str, country: str) -> Iterator[str]:
    """Also of what is no valid number: people look for what they see."""
    digits = phones.digits(phones.normal(phone, country) or phone)
    if digits:
        yield "p" + digits
        yield "d" + digits[::-1]


def _parts(text: str) -> Iterator[str]:
    """Words; neighbours that are digits and signs only are one number: '088 841 22 33'."""
    number: list[str] = []
    for word in text.split():
        if _DIGITS_AND_SIGNS.fullmatch(word):
            number.append(word)
            continue
        if number:
            yield " ".join(number)
            number = []
        yield word
    if number:
        yield " ".join(number)


def _wanted(part: str, country: str) -> Iterator[Wanted]:
    if "@" in part.lstrip("@"):
        yield Wanted(("e" + _plain_address(part),))
        return
    compact = _compact(part)
    if _DIGITS_AND_SIGNS.fullmatch(part):
        if compact:
            yield _wanted_number(part, compact, country)
        return
    if any(letter.isdigit() for letter in compact):  # C-10023, flat12
        yield Wanted(("r" + compact, *_as_name(compact), "e" + _plain_address(part)))
        return
    for word in fold(part).split():
        yield Wanted((*_as_name(word), "e" + word, "r" + word))


def _wanted_number(part: str, digits: str, country: str) -> Wanted:
    """A number is a phone in any writing, the end of one, a reference, or a client's key."""
    beginnings = [f"r{digits}", f"n{digits}", f"p{digits}"]
    code, trunk = phones.country_code(country), phones.trunk_prefix(country)
    if digits.startswith("00"):
        beginnings.append("p" + digits[2:])
    if code and trunk and digits.startswith(trunk):
        beginnings.append("p" + code + digits[len(trunk) :])
    if code and "+" not in part:
        beginnings.append("p" + code + digits)
    if normal := phones.normal(part, country):
        beginnings.append("p" + normal[1:])
    if len(digits) >= phones.FEWEST_DIGITS:
        beginnings.append("d" + digits[::-1])
    key = int(digits) if len(digits) >= FEWEST_KEY_DIGITS and int(digits) < LARGEST_KEY else None
    return Wanted(tuple(dict.fromkeys(beginnings)), key)


def _as_name(word: str) -> tuple[str, ...]:
    loose = fold_loosely(word)
    if len(loose) < 2:
        return ("n" + word,)
    return tuple(dict.fromkeys(("n" + word, "n" + loose, "l" + loose)))


def _plain_address(text: str) -> str:
    return text.strip().strip("<>,;").casefold()


def _compact(text: str) -> str:
    return fold(text).replace(" ", "")
