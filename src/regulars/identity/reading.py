"""What one cell of a record says: names, e-mails, telephones, birthdays and addresses in one writing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from regulars.names.folding import fold, fold_loosely
from regulars.names.phones import digits, normal


def _words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Before and after a name, in the search form.
_TITLES = _words_of(
    """
    mr mrs ms miss dr prof sir dame lord lady rev ing mgr bc judr mudr rndr phd csc inz arh adv gn gzha
    gospodin gospozha pan pani bay bayan sayin hanim bey dipl the of and esq jr sr st nd rd th
    """
)
_FIRM = _words_of(
    """
    ood eood ad et ead dzzd ooo zao oao pao ip sro spol as ks ltd limited llc plc inc gmbh ag kg sti
    """
)
_STREET = _words_of(
    """
    ul ulica ulitsa bul bulvar pr prospekt prospect street str st road rd avenue ave lane ln drive dr
    close court ct crescent cres place pl circuit cct sokak sok sokagi caddesi cad cd cadde mah
    mahallesi no nomer kv zhk bl vh et ap apt apartment flat unit dom kvartira d kv namesti nam trida
    """
)
_ROLES = _words_of(
    """
    info office sales shop store contact kontakt mail email post admin support help hello service orders
    order zakaz poruchki obchod bilgi satis siparis iletisim destek muhasebe accounting schetovodstvo
    uctarna invoice invoices reception recepce noreply no-reply webmaster postmaster marketing hr jobs
    team firma company hotel
    """
)
_MEANS_NOTHING = _words_of(
    """
    unknown none null na nan test neznaen nqma nyama neizvestno bilinmiyor neuvedeno xxx guest
    """
)
_POSTCODE = re.compile(r"(?<![\w/])([A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}|\d{3} ?\d{2}|\d{4,6})(?![\w/])")
_BIRTHDAY = re.compile(r"^(\d{4})-?(\d{2})-?(\d{2})")
_NO_BIRTHDAY = frozenset(("19000101", "19010101", "18991230", "00010101", "11111111"))
_LETTERS = re.compile(r"[^\W\d_]+")
_ALIAS = re.compile(r"\+[^@]*(?=@)")
_DOTLESS = ("gmail.com", "googlemail.com")
FEWEST_PHONE_DIGITS = 7
TAIL = 8  # last digits of a phone: the same in every way to write it


@dataclass(frozen=True)
class Name:
    """The parts of a name in the search form; None where it has no such part."""

    given: str | None
    family: str | None
    others: tuple[str, ...]


def read_name(name: str | None, given: str | None, family: str | None) -> Name:
    """Parts of a name; a comma says that the family name comes first, else it comes last."""
    if given or family:
        first, last = _words(given or ""), _words(family or "")
        spare = [word for word in _words(name or "") if word not in first and word not in last]
        return Name(_glued(first), _glued(last), tuple(spare))
    before, comma, after = (name or "").partition(",")
    words = _words(after) + _words(before) if comma and _words(after) else _words(name or "")
    if len(words) < 2:
        return Name(words[0] if words else None, None, ())
    return Name(words[0], words[-1], tuple(words[1:-1]))


def _words(text: str) -> list[str]:
    words = [word for word in fold(text).split() if word not in _TITLES and not word[0].isdigit()]
    named = [word for word in words if word not in _FIRM]
    return [word for word in named or words if word not in _MEANS_NOTHING]


def _glued(words: list[str]) -> str | None:
    return " ".join(words) or None


def is_named(box: str, sounds: list[str]) -> bool:
    """Whether a mailbox is called after these names, figures aside, spelt as its owner spells them."""
    rest = " ".join(fold_loosely(part) for part in _LETTERS.findall(box))
    for word in sorted(sounds, key=len, reverse=True):
        if len(word) > 2:
            rest = rest.replace(word, " ")
    return all(len(word) < 2 or any(_nearly(word, sound) for sound in sounds) for word in rest.split())


def _nearly(one: str, other: str) -> bool:
    """Spelt another way, or with a slip."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= 0.7


def read_email(text: str) -> Mapping[str, object]:
    """The e-mail, what stands before its @, and whether that is a shared mailbox; nothing where it is none."""
    mail = _ALIAS.sub("", text.strip().casefold())
    box, at, host = mail.rpartition("@")
    if not at or not box or "." not in host or set(box) & set(" ,;"):
        return {}
    if host in _DOTLESS:
        box, host = box.replace(".", ""), _DOTLESS[0]
    return {"email": f"{box}@{host}", "mail_box": box, "role_mail": box.rstrip("0123456789") in _ROLES}


def read_phone(told: str) -> Mapping[str, object]:
    """The telephone of ``country|text`` as digits and its last eight; nothing where it has too few."""
    country, _, text = told.partition("|")
    figures = (normal(text, country) or digits(text)).lstrip("+")
    if len(figures) < FEWEST_PHONE_DIGITS or len(set(figures[-TAIL:])) < 2:
        return {}
    return {"phone": figures.removeprefix("00"), "phone_tail": figures[-TAIL:]}


def read_birthday(text: str) -> Mapping[str, object]:
    """The birthday as eight digits; nothing for what systems write where they know none."""
    found = _BIRTHDAY.match(text.strip())
    day = "".join(found.groups()) if found else ""
    return {} if not day or day in _NO_BIRTHDAY else {"birthday": day}


def read_postcode(text: str) -> Mapping[str, object]:
    """The postcode without spaces."""
    return {"postcode": fold(text).replace(" ", "") or None}


def read_city(text: str) -> Mapping[str, object]:
    """The town in the search form."""
    folded = fold(text)
    return {} if not folded or folded in _MEANS_NOTHING else {"city": folded}


def read_occupation(text: str) -> Mapping[str, object]:
    """The occupation in the search form."""
    return {"occupation": fold(text) or None}


def read_card(text: str) -> Mapping[str, object]:
    """Numbers of clients; references that were made of e-mail, phone or name are none."""
    if text.startswith(("email:", "phone:", "name:")):
        return {}
    return {"card": fold(text).replace(" ", "") or None}


def read_address(text: str) -> Mapping[str, object]:
    """Street and number as words; the postcode, and the city after the last comma, apart."""
    found = _POSTCODE.search(text)
    rest = text.replace(found[0], " ") if found else text
    parts = [part for part in (part.strip() for part in rest.split(",")) if part]
    city = fold(parts[-1]) if len(parts) > 1 and not any(sign.isdigit() for sign in parts[-1]) else None
    street = " ".join(parts[:-1] if city else parts)
    words = [word for word in fold(street).split() if word not in _STREET]
    return {
        "address": " ".join(words) or None,
        "address_words": sorted(set(words)) or None,
        "house": " ".join(word for word in words if any(sign.isdigit() for sign in word)) or None,
        "found_postcode": fold(found[0]).replace(" ", "") if found else None,
        "found_city": city or None,
    }
