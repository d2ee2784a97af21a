"""Words that every company says of itself, in five languages, folded: what is left without them is the competence."""

from __future__ import annotations

from functools import cache
from typing import Final

import stopwordsiso

from regulars.names.folding import fold

LANGUAGES: Final = ("en", "bg", "ru", "cs", "tr")
# Beginnings of words, folded to Latin letters; those shorter than SHORTEST_BEGINNING have to be the whole word.
SHORTEST_BEGINNING = 4
_ENGLISH = (
    "quality high highest best better good great fair low lowest affordab reasonab price pricing service product goods "
    "professional team individual personal approach customer client care wide wider large range assortment reliab "
    "experience modern innovat solution excellen fast quick friendly polite every everyone all always year leader "
    "leading market value money satisf trust partner dynamic young qualified staff people competit flexib offer need "
    "first class top level worth"
)
_BULGARIAN = (
    "kachestv visok dobr nay nai tsen dostap izgod uslug obsluzh produkt stok profesional ekip individual podhod "
    "klient grizh shirok golyam asortiment nadezhd opit modern inovat resheni otlich barz lyubez vsek vsich godin "
    "lider pazar stoynost doveri partn dinamich mlad kvalifitsir personal hora konkurent gavkav vinagi "
    "razumn nisk udovletvoren"
)
_RUSSIAN = (
    "kachestv vysok luchsh horosh tsen dostupn nizk razumn uslug servis obsluzh produkt tovar professional komand "
    "individualn podhod klient zabot shirok bolsh assortiment nadezhn opyt sovremenn innovats resheni otlichn bystr "
    "vezhliv kazhd vse vsem let god lider ryn doveri partner dinamichn molod kvalifits personal lyud konkurent gibk "
    "vsegda privlekateln udovletvor"
)
_CZECH = (
    "kvalit vysok nejlep dobr ceny cena cenu cen prizniv dostupn nizk rozumn sluzb servis produkt zboz vyrob "
    "profesional tym individual pristup zakazni klient pece sirok velk sortiment spolehliv zkusen modern inovat reseni "
    "vyborn rychl prijem kazd vsech let rok lidr trh trhu hodnot duver partner dynamick mlad kvalifik person lide "
    "konkurenc flexibiln vzdy spokojen"
)
_TURKISH = (
    "kalite yuksek en iyi uygun fiyat dusuk makul hizmet servis urun profesyonel ekip takim bireysel yaklasim "
    "musteri ilgi genis buyuk cesit guvenilir deneyim tecrube modern yenilik cozum mukemmel hizli guler her tum yil "
    "lider pazar deger guven ortak dinamik genc nitelikli personel insan rekabet esnek daima memnuniyet"
)


def telling_words(text: str) -> list[str]:
    """The words of a text, folded, without those that every company says and those that mean nothing alone."""
    return [word for word in fold(text).split() if word not in _stop_words() and not _is_empty(word)]


def _is_empty(word: str) -> bool:
    beginnings, whole = _empty_words()
    return word in whole or any(word.startswith(one) for one in beginnings)


@cache
def _empty_words() -> tuple[tuple[str, ...], frozenset[str]]:
    every = " ".join((_ENGLISH, _BULGARIAN, _RUSSIAN, _CZECH, _TURKISH)).split()
    beginnings = tuple(sorted({one for one in every if len(one) >= SHORTEST_BEGINNING}))
    return beginnings, frozenset(one for one in every if len(one) < SHORTEST_BEGINNING)


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(fold(word) for language in LANGUAGES for word in stopwordsiso.stopwords(language))
