"""Personal data in what people wrote: phones, e-mail addresses, card and account numbers, hidden before they are shown.

What is hidden is named, so that a reader sees that a phone number stood there. Numbers of orders and amounts stay. A
name cannot be told from any other word and is not hidden.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from phonenumbers import Leniency, PhoneNumberMatcher

EMAIL, CARD, ACCOUNT, PHONE = "[e-mail]", "[card]", "[account]", "[phone]"

_ADDRESS = re.compile(r"[^\s@<>()\[\]{},;:\"'|]{1,64}@[^\s@<>()\[\]{},;:\"'|!?]{1,190}\.[^\W\d_]{2,24}")
_AT = r"(?:\s?@\s?|\s?[\[({]\s?(?:at|@|ет|эт)\s?[\])}]\s?|\s(?:at|et|кльомба|маймунско|собака|zavináč)\s)"
_DOT = r"(?:\s?\.\s?|\s?[\[({]\s?(?:dot|\.|точка|tečka|nokta)\s?[\])}]\s?|\s(?:dot|точка|tečka|nokta)\s)"
_ENDS = "com|net|org|info|biz|eu|bg|ru|cz|sk|tr|de|uk|ua|pl|rs|mk|ro|gr|fr|online|shop|бг|рф"
_SPELT = re.compile(rf"[\w.+-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,3}}{_DOT}(?:{_ENDS})\b", re.I)
_LINK = re.compile(r"(?:https?://|www\.)\S+")
# Signs that people put between the digits of one number.
_BETWEEN = r"[\s.\-/_–—·()]{0,3}"
_DIGITS = re.compile(rf"(?<![\w@#+])\d(?:{_BETWEEN}\d){{11,18}}(?![\w@])")
_IBAN = re.compile(r"(?<![^\W_])[A-Z]{2}[ ]?\d{2}(?:[ .\-]?[A-Z0-9]){11,30}(?![^\W_])", re.I)
# A run that may be a telephone number: with or without a plus, seven digits or more.
_RUN = re.compile(rf"(?<![\w@#+])(?:\+[\s(]{{0,2}}|\()?\d(?:{_BETWEEN}\d){{6,16}}(?![\w@])")
_PARTED = re.compile(r"[\s.\-/_–—·()]")
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"(?<![\d./-])(?:{_DAY}[./-]\s?{_MONTH}[./-]\s?{_YEAR}|{_YEAR}[./-]{_MONTH}[./-]{_DAY}|{_MONTH}/{_DAY}/{_YEAR})(?![\d/-])"
)
_MONEY = re.compile(r"\d{1,3}(?:[ .,\u00a0]\d{3})+(?:[.,]\d{1,2})?")
_NUMBER_OF = re.compile(
    r"(?:№|#|nr\.?|no\.?|n°|order|invoice|number of order|поръчка|поръчката|фактура|заказ|заказа|счёт|счет|номер заказа"
    r"|objednávk\w*|faktur\w*|sipariş\w*|fatura\w*|bestellung|ticket|case|артикул|sku|ean|imei)"
    r"\s*(?:№|#|nr\.?|no\.?|:|-|номер|č\.?|čís\w*|numara\w*)?\s*[:#]?\s*$",
    re.I,
)
_PHONE_WORD = re.compile(
    r"(?:тел|gsm|мобил|моб\b|звън|позвон|звон|phone|call|mobil|telefon|tel\b|zavol|ara(?:y|$)|☎|📞|whatsapp|viber)",
    re.I,
)


def masked(text: str, *, country: str = "") -> str:
    """The text with personal data replaced by [e-mail], [card], [account] and [phone].

    country   two letters, e.g. BG: where numbers without a country's code are from (``country`` in regulars.toml)

    Digits in any script and between any usual signs are seen. A number of 12 to 19 digits is a card only where its last
    digit fits (Luhn). Numbers after words such as "order" or "№" stay.

    >>> masked("Call me on +359 88 841 22 33 or ivan@example.com")
    'Call me on [phone] or [e-mail]'
    """
    if not any(sign.isdigit() or sign == "@" or sign in "[({" for sign in text) and not _SPELT.search(text):
        return text
    plain = _digits_plain(text)
    plain = _SPELT.sub(EMAIL, _ADDRESS.sub(EMAIL, plain))
    plain = _DIGITS.sub(lambda match: CARD if _is_card(match[0]) else match[0], _without_accounts(plain))
    return _without_phones(plain, country)


def without_contacts(text: str) -> str:
    """The text without addresses and links, whose parts are no words."""
    if "@" not in text and "://" not in text and "www." not in text:
        return text
    return _LINK.sub(" ", _ADDRESS.sub(" ", text))


def _digits_plain(text: str) -> str:
    """The text with all decimal digits as 0-9 and without signs of no width, which hide numbers from patterns."""
    if text.isascii():
        return text
    shown = (sign for sign in text if unicodedata.category(sign) != "Cf" or sign in "\u200d\ufe0f")
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in shown)


def _only_digits(found: str) -> str:
    return "".join(sign for sign in found if sign.isdigit())


def _is_card(found: str) -> bool:
    """Whether the last digit fits the others, and the first is one that cards have."""
    digits = _only_digits(found)
    if digits[0] not in "2345690" or len(set(digits)) < 2 or not 12 <= len(digits) <= 19:
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def _without_accounts(text: str) -> str:
    def told(match: re.Match[str]) -> str:
        # Words may follow the account without a sign between; the longest beginning that fits is the account.
        ends = [end for end, sign in enumerate(match[0], 1) if sign.isalnum()]
        for end in reversed(ends):
            if _is_account(match[0][:end]):
                return ACCOUNT + match[0][end:]
        return match[0]

    return _IBAN.sub(told, text)


def _is_account(found: str) -> bool:
    """Whether the two check digits fit (ISO 13616)."""
    account = re.sub(r"[ .\-]", "", found).upper()
    turned = account[4:] + account[:4]
    return 15 <= len(account) <= 34 and int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _without_phones(text: str, country: str) -> str:
    """Dates stand between numbers and belong to none, so each stretch between them is looked at by itself."""
    parts: list[str] = []
    start = 0
    for date in [*_DATE.finditer(text), None]:
        end = date.start() if date else len(text)
        stretch = text[start:end]
        parts.append(_RUN.sub(functools.partial(_phone_told, stretch, country), stretch))
        if date:
            parts.append(date[0])
            start = date.end()
    return "".join(parts)


def _phone_told(stretch: str, country: str, match: re.Match[str]) -> str:
    before = stretch[max(0, match.start() - 30) : match.start()]
    return PHONE if _is_phone(match[0], before, country) else match[0]


def _is_phone(found: str, before: str, country: str) -> bool:
    digits = _only_digits(found)
    if _NUMBER_OF.search(before) or _MONEY.fullmatch(found) or len(set(digits)) < 2:
        return False
    if found.startswith(("+", "00")) or _PHONE_WORD.search(before):
        return True
    if country and any(PhoneNumberMatcher(found, country.upper(), leniency=Leniency.POSSIBLE)):
        return True
    # Nobody said where the number is from: nine digits and more are one rather than an amount.
    return 9 <= len(digits) <= 15 or (digits.startswith("0") and bool(_PARTED.search(found)))
