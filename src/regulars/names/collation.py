"""The order of words in a language, as its dictionaries and telephone books have it.

Three levels, as in the Unicode Collation Algorithm: letters decide first, then accents that are no letters of
their own, then case (small before capital). Spaces and signs come before digits, digits before letters.
Source: the alphabets of ČSN 97 6030 (Czech), the Turkish Language Association, and the Bulgarian and Russian
academies; the rest follows the order of the Unicode Technical Standard 10.
"""

from __future__ import annotations

import unicodedata
from functools import cache

LATIN = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
CYRILLIC = "а ә б в г ғ ґ д ђ ѓ е є ж з ѕ и і ї й ј к қ л љ м н њ ң о ө п р с т ћ ќ у ў ұ ү ф х һ ц ч џ ш щ ъ ы ь э ю я"
GREEK = "α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ τ υ φ χ ψ ω"
_BULGARIAN = "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ь ю я"
_RUSSIAN = "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я"

# The reader's own alphabet comes first, the others after it.
ALPHABETS: dict[str, tuple[str, ...]] = {
    "en": (LATIN, CYRILLIC, GREEK),
    "cs": ("a b c č d e f g h ch i j k l m n o p q r ř s š t u v w x y z ž", CYRILLIC, GREEK),
    "tr": ("a b c ç d e f g ğ h ı i j k l m n o ö p q r s ş t u ü v w x y z", CYRILLIC, GREEK),
    "bg": (_BULGARIAN, LATIN, CYRILLIC, GREEK),
    "ru": (_RUSSIAN, LATIN, CYRILLIC, GREEK),
}
_SIGNS = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
_NOT_TAKEN_APART = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}

# Weights are characters, so that Python compares whole keys at once; UTF-8 keeps their order.
_FIRST_DIGIT, _FIRST_LETTER, _OTHERS = 0x100, 0x200, 0x20000
_PLAIN, _FIRST_MARK = "\x01", 0x10
_SMALL, _CAPITAL = "\x01", "\x02"
_DIGRAPH = "\uf000"


def sort_key(text: str, language: str) -> bytes:
    """What to sort a text by in en, bg, ru, cs or tr; an unknown language sorts as en.

    Keys of one language compare with each other only. Equal keys: the texts differ in nothing that orders them.
    """
    weights = _weights(language if language in ALPHABETS else "en")
    composed = unicodedata.normalize("NFC", text.strip())
    if weights.digraph:
        for written in weights.digraph:
            composed = composed.replace(written, _DIGRAPH + written)
    levels = (composed.translate(weights.letters), composed.translate(weights.marks), composed.translate(weights.cases))
    return "\0".join(levels).encode("utf-8", errors="replace")


class _Weights:
    """Three tables of one language, filled as characters are met: letter, accent and case of each."""

    def __init__(self, language: str) -> None:
        self.letters, self.marks, self.cases = _Table(self, 0), _Table(self, 1), _Table(self, 2)
        self.digraph = ("ch", "Ch", "CH", "cH") if language == "cs" else ()
        self._turkish = language == "tr"
        self._order: dict[str, str] = {}
        for letter in " ".join(ALPHABETS[language]).split():
            self._order.setdefault(letter, chr(_FIRST_LETTER + len(self._order)))

    def of(self, character: str) -> tuple[str, str, str]:
        """Weights of one character; of a digraph the sign before it decides, its two letters then only say the case."""
        if character == _DIGRAPH:
            return self._order["ch"], _PLAIN, ""
        lower = self._lower(character)
        if lower in self._order:
            return self._order[lower], _PLAIN, _CAPITAL if lower != character else _SMALL
        parts = unicodedata.normalize("NFKD", "".join(_NOT_TAKEN_APART.get(one, one) for one in lower))
        letters = "".join(self._letter(one) for one in parts if not unicodedata.combining(one))
        accents = "".join(chr(_FIRST_MARK + ord(one)) for one in parts if unicodedata.combining(one))
        case = _CAPITAL if lower != character else _SMALL
        return letters, _PLAIN + accents, case

    def _lower(self, character: str) -> str:
        if self._turkish and character in "Iİ":
            return "ı" if character == "I" else "i"
        return character.lower() if character != "İ" else "i"

    def _letter(self, one: str) -> str:
        if one in self._order:
            return self._order[one]
        if one in _SIGNS:
            return chr(1 + _SIGNS.index(one))
        if one.isdecimal():
            return chr(_FIRST_DIGIT + unicodedata.decimal(one))
        if unicodedata.category(one)[0] in "ZC":
            return chr(1)
        if unicodedata.category(one)[0] not in "LN":
            return chr(1 + len(_SIGNS))
        return chr(min(_OTHERS + ord(one), 0x10FFFF))


class _Table(dict[int, str]):
    """Code point -> one level of its weights, for ``str.translate``."""

    def __init__(self, weights: _Weights, level: int) -> None:
        super().__init__()
        self._of, self._level = weights, level

    def __missing__(self, point: int) -> str:
        self[point] = found = self._of.of(chr(point))[self._level]
        return found


@cache
def _weights(language: str) -> _Weights:
    return _Weights(language)
