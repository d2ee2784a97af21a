"""The search form of a text: what two spellings of one name have in common.

Case and diacritics go (the Turkish letters İ, I, ı and i are one), Cyrillic becomes Latin by the scheme of the
Bulgarian passport, widened by the letters of its neighbours, and punctuation becomes a space.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Bulgarian law on transliteration (2009); ь, ы, э and the letters below the line are of other languages.
_CYRILLIC = {
    **dict(zip("абвгдезийклмнопрстуфхъыэё", "abvgdeziyklmnoprstufhayee", strict=True)),
    **{"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ю": "yu", "я": "ya", "ь": ""},
    **{"і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "d"},
    **{"џ": "dzh", "ѓ": "gj", "ќ": "kj", "ѕ": "dz", "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u"},
    **{"ү": "u", "һ": "h", "ѝ": "i"},
}
# Letters that no decomposition of Unicode takes apart.
_LATIN = {
    **dict(zip("ıøđðłħŧŋĸ", "ioddlhtnk", strict=True)),
    **{"æ": "ae", "œ": "oe", "þ": "th", "ĳ": "ij"},
}
_LETTERS = {**_CYRILLIC, **_LATIN}

# In Russian the hard sign is silent and stands before these; Bulgarian says a vowel and never stands there.
_SILENT_SIGN = re.compile(r"[ъЪ](?=[еёюяЕЁЮЯ])")
_SOFT_O = re.compile(r"ь(?=о)|Ь(?=[оО])")

# Spellings of one sound that Latin writers of Slavic and Turkish names use, each step on what the one before left.
_LOOSE_STEPS = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"shch|sch|sht", "st"),
        (r"dzh|dj|tz|ts|tch", "c"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"([zsc])h", r"\1"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"ck|q", "k"),
        (r"[yj]", "i"),
        (r"(.)\1+", r"\1"),
        (r"ie", "e"),
        (r"iu", "u"),
    )
)


class _Folded(dict[int, str]):
    """Code point -> its folded text, worked out when first met."""

    def __missing__(self, point: int) -> str:
        self[point] = found = _folded(chr(point))
        return found


def _folded(letter: str) -> str:
    """One character in its search form: letters and digits, or a space, or nothing for a mark."""
    lower = unicodedata.normalize("NFKC", letter).casefold()
    written = unicodedata.normalize("NFKD", "".join(_LETTERS.get(one, one) for one in lower))
    bare = "".join(_LETTERS.get(one, one) for one in written if not unicodedata.combining(one))
    return "".join(one if unicodedata.category(one)[0] in "LNM" else _instead(one) for one in bare)


def _instead(sign: str) -> str:
    """Invisible signs (zero width, direction) part no words; everything else that is no letter does."""
    return "" if unicodedata.category(sign) == "Cf" else " "


_TABLE = _Folded()


def fold(text: str) -> str:
    """The search form of a text; empty where it has neither letter nor digit.

    >>> fold("ŞÜKRÜ Иванов-İpek")
    'sukru ivanov ipek'
    """
    composed = unicodedata.normalize("NFC", text)
    if "ъ" in composed or "Ъ" in composed:
        composed = _SILENT_SIGN.sub("", composed)
    if "ь" in composed or "Ь" in composed:
        composed = _SOFT_O.sub("й", composed)
    return " ".join(composed.translate(_TABLE).split())


@lru_cache(maxsize=65_536)
def fold_loosely(text: str) -> str:
    """A coarser form, in which the usual ways to write a Cyrillic or accented name in Latin letters meet.

    Meant for finding, never for telling people apart: it may unite names that are different.

    >>> fold_loosely("Юлия Щукина") == fold_loosely("Julia Shchukina")
    True
    """
    found = fold(text)
    for pattern, written in _LOOSE_STEPS:
        found = pattern.sub(written, found)
    return found
