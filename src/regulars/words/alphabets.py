"""Letters by language: which alphabet each writes with, and the script of a text."""

from __future__ import annotations

import unicodedata
from collections import Counter

_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
# Letters beyond a to z for Latin languages, all letters for others.
ALPHABETS: dict[str, frozenset[str]] = {
    "bg": frozenset("абвгдежзийклмнопрстуфхцчшщъьюяѝ"),
    "ru": frozenset(_RUSSIAN),
    "uk": frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
    "sr": frozenset("абвгдђежзијклљмнњопрстћуфхцчџшčćđšž"),
    "mk": frozenset("абвгдѓежзѕијклљмнњопрстќуфхцчџш"),
    "en": frozenset(),
    "cs": frozenset("áčďéěíňóřšťúůýž"),
    "sk": frozenset("áäčďéíĺľňóôŕšťúýž"),
    "pl": frozenset("ąćęłńóśźż"),
    "tr": frozenset("çğıöşüâîû"),
    "de": frozenset("äöüß"),
    "fr": frozenset("àâæçéèêëîïôœùûüÿ"),
    "es": frozenset("áéíñóúü"),
    "it": frozenset("àèéìíîòóùú"),
    "pt": frozenset("áâãàçéêíóôõúü"),
    "ro": frozenset("ăâîșşțţ"),
    "nl": frozenset("áéëïóöü"),
    "hu": frozenset("áéíóöőúüű"),
    "hr": frozenset("čćđšž"),
    "el": frozenset("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"),
}
_CYRILLIC = frozenset({"bg", "ru", "uk", "sr", "mk"})
# Scripts that one language of customers' texts uses nearly alone.
_OF_SCRIPT = {"GREEK": "el", "HEBREW": "he", "ARMENIAN": "hy", "GEORGIAN": "ka", "HANGUL": "ko", "THAI": "th"}
_OF_SCRIPT |= {"HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "ARABIC": "ar", "DEVANAGARI": "hi"}


def scripts(text: str) -> Counter[str]:
    """How many letters of each script a text has: LATIN, CYRILLIC, GREEK, ...; empty for a text without letters."""
    return Counter(_script(letter) for letter in text if letter.isalpha())


def script(text: str) -> str | None:
    """The script of most of a text's letters; None where it has none."""
    if text.isascii():
        return "LATIN" if any(letter.isalpha() for letter in text) else None
    found = scripts(text)
    return found.most_common(1)[0][0] if found else None


def of_script(name: str) -> str | None:
    """The one language that a script stands for; None where several write with it."""
    return _OF_SCRIPT.get(name)


def written_with(name: str) -> frozenset[str]:
    """The languages known here that are written in a script."""
    if name == "CYRILLIC":
        return _CYRILLIC
    return frozenset(ALPHABETS) - (_CYRILLIC - {"sr"}) - {"el"} if name == "LATIN" else frozenset()


_NAMES: dict[str, str] = {}


def _script(letter: str) -> str:
    if letter not in _NAMES:
        _NAMES[letter] = unicodedata.name(letter, "UNKNOWN").split()[0].split("-")[0]
    return _NAMES[letter]
