"""Lists stand in the order of the reader's own language."""

from __future__ import annotations

import random

import pytest

from regulars.names.collation import ALPHABETS, sort_key

# The districts of Czechia, as the Czech Statistical Office lists them.
CZECH_DISTRICTS = """Benešov|Beroun|Blansko|Brno-město|Brno-venkov|Bruntál|Břeclav|Česká Lípa|České Budějovice|
Český Krumlov|Děčín|Domažlice|Frýdek-Místek|Havlíčkův Brod|Hodonín|Hradec Králové|Cheb|Chomutov|Chrudim|
Jablonec nad Nisou|Jeseník|Jičín|Jihlava|Jindřichův Hradec|Karlovy Vary|Karviná|Kladno|Klatovy|Kolín|Kroměříž|
Kutná Hora|Liberec|Litoměřice|Louny|Mělník|Mladá Boleslav|Most|Náchod|Nový Jičín|Nymburk|Olomouc|Opava|
Ostrava-město|Pardubice|Pelhřimov|Písek|Plzeň-jih|Plzeň-město|Plzeň-sever|Praha|Praha-východ|Praha-západ|Prachatice|
Prostějov|Přerov|Příbram|Rakovník|Rokycany|Rychnov nad Kněžnou|Semily|Sokolov|Strakonice|Svitavy|Šumperk|Tábor|
Tachov|Teplice|Trutnov|Třebíč|Uherské Hradiště|Ústí nad Labem|Ústí nad Orlicí|Vsetín|Vyškov|Zlín|Znojmo|
Žďár nad Sázavou"""

# The provinces of Türkiye in alphabetical order (81 of them; number plates 1 to 67 follow it).
TURKISH_PROVINCES = """Adana|Adıyaman|Afyonkarahisar|Ağrı|Aksaray|Amasya|Ankara|Antalya|Ardahan|Artvin|Aydın|Balıkesir|
Bartın|Batman|Bayburt|Bilecik|Bingöl|Bitlis|Bolu|Burdur|Bursa|Çanakkale|Çankırı|Çorum|Denizli|Diyarbakır|Düzce|Edirne|
Elazığ|Erzincan|Erzurum|Eskişehir|Gaziantep|Giresun|Gümüşhane|Hakkâri|Hatay|Iğdır|Isparta|İstanbul|İzmir|Kahramanmaraş|
Karabük|Karaman|Kars|Kastamonu|Kayseri|Kırıkkale|Kırklareli|Kırşehir|Kilis|Kocaeli|Konya|Kütahya|Malatya|Manisa|Mardin|
Mersin|Muğla|Muş|Nevşehir|Niğde|Ordu|Osmaniye|Rize|Sakarya|Samsun|Siirt|Sinop|Sivas|Şanlıurfa|Şırnak|Tekirdağ|Tokat|
Trabzon|Tunceli|Uşak|Van|Yalova|Yozgat|Zonguldak"""

# The provinces of Bulgaria, as the National Statistical Institute lists them.
BULGARIAN_PROVINCES = """Благоевград|Бургас|Варна|Велико Търново|Видин|Враца|Габрово|Добрич|Кърджали|Кюстендил|Ловеч|
Монтана|Пазарджик|Перник|Плевен|Пловдив|Разград|Русе|Силистра|Сливен|Смолян|София|София (столица)|Стара Загора|
Търговище|Хасково|Шумен|Ямбол"""

# The oblasts of Russia in the order of article 65 of its constitution.
RUSSIAN_OBLASTS = """Амурская|Архангельская|Астраханская|Белгородская|Брянская|Владимирская|Волгоградская|Вологодская|
Воронежская|Ивановская|Иркутская|Калининградская|Калужская|Кемеровская|Кировская|Костромская|Курганская|Курская|
Ленинградская|Липецкая|Магаданская|Московская|Мурманская|Нижегородская|Новгородская|Новосибирская|Омская|Оренбургская|
Орловская|Пензенская|Псковская|Ростовская|Рязанская|Самарская|Саратовская|Сахалинская|Свердловская|Смоленская|
Тамбовская|Тверская|Томская|Тульская|Тюменская|Ульяновская|Челябинская|Ярославская"""

PUBLISHED = {"cs": CZECH_DISTRICTS, "tr": TURKISH_PROVINCES, "bg": BULGARIAN_PROVINCES, "ru": RUSSIAN_OBLASTS}


def words(text: str) -> list[str]:
    return [word.strip() for word in text.split("|")]


def put_in_order(listed: list[str], language: str) -> list[str]:
    shuffled = random.Random(4).sample(listed, len(listed))
    return sorted(shuffled, key=lambda word: sort_key(word, language))


@pytest.mark.parametrize("language", PUBLISHED)
def test_a_published_list_comes_back_in_its_own_order(language: str) -> None:
    published = words(PUBLISHED[language])
    assert put_in_order(published, language) == published


def test_czech_and_turkish_lists_differ_from_the_order_of_code_points() -> None:
    assert sorted(words(CZECH_DISTRICTS)) != words(CZECH_DISTRICTS)
    assert sorted(words(TURKISH_PROVINCES)) != words(TURKISH_PROVINCES)


@pytest.mark.parametrize("language", ALPHABETS)
def test_every_alphabet_is_in_order_in_small_and_in_capitals(language: str) -> None:
    letters = ALPHABETS[language][0].split()
    assert put_in_order(letters, language) == letters
    capitals = [{"i": "İ", "ı": "I"}.get(one, one.upper()) if language == "tr" else one.upper() for one in letters]
    assert put_in_order(capitals, language) == capitals


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("cs", ["hora", "chata", "Chata", "CHATA", "ihned"]),
        ("cs", ["dal", "dál", "dala"]),
        ("cs", ["Van Dyk", "Vanda", "Vaněk"]),
        ("tr", ["ılık", "Irmak", "ilik", "İpek"]),
        ("tr", ["oz", "öz", "pazar"]),
        ("ru", ["ёлка", "ель", "жук"]),
        ("ru", ["все", "всё", "всем"]),
        ("bg", ["Яна", "Adam"]),
        ("ru", ["Яна", "Adam"]),
        ("en", ["Adam", "Zoe", "Яна"]),
        ("en", ["cafe", "café", "cafes"]),
        ("en", ["Flat 2", "Flat A"]),
        ("en", ["van Dyk", "Vance"]),
    ],
)
def test_words_stand_as_a_dictionary_has_them(language: str, ordered: list[str]) -> None:
    assert put_in_order(ordered, language) == ordered


def test_an_unknown_language_sorts_as_english() -> None:
    assert sort_key("Čapek", "xx") == sort_key("Čapek", "en")
