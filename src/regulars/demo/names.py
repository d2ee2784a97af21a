"""Invented names, places and streets of the five languages' countries."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Country:
    """Where customers live: the words their names and addresses are made of."""

    code: str
    language: str
    branch: str  # the showroom that serves them
    share: float  # of customers
    dial: str
    cities: tuple[str, ...]
    streets: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    surnames_of_women: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ENGLISH = _words("Ashworth Barlow Cartwright Dunmore Ellery Fairfax Greenhill Hartnell Kingsley Loxley Penrose")
_TURKISH = _words("Yıldız Demirel Kaplan Aydoğan Çınar Öztürk Şahin Korkut Aksoy Güneş Bozkurt")

COUNTRIES = (
    Country(
        code="GB",
        language="en",
        branch="London",
        share=0.10,
        dial="+44",
        cities=("London", "Bristol", "Leeds"),
        streets=("Oak Lane", "Mill Road", "Station Road", "Orchard Street"),
        women=_words("Alice Emma Grace Hannah Isabel Lucy Martha Nora Olivia Rose"),
        men=_words("Adam Arthur Edward George Henry James Oliver Samuel Thomas William"),
        surnames=_ENGLISH,
        surnames_of_women=_ENGLISH,
    ),
    Country(
        code="BG",
        language="bg",
        branch="Sofia",
        share=0.40,
        dial="+359",
        cities=("София", "Пловдив", "Варна"),
        streets=("ул. Дъбова", "ул. Липа", "бул. Витоша", "ул. Роза"),
        women=_words("Мария Елена Ивана Цветелина Десислава Гергана Йоана Радка Силвия Боряна"),
        men=_words("Георги Иван Димитър Николай Петър Стоян Христо Калоян Борис Явор"),
        surnames=_words("Иванов Петров Димитров Стоянов Николов Ангелов Тодоров Колев Радев Цветанов Желязков"),
        surnames_of_women=_words(
            "Иванова Петрова Димитрова Стоянова Николова Ангелова Тодорова Колева Радева Цветанова Желязкова"
        ),
    ),
    Country(
        code="KZ",
        language="ru",
        branch="Almaty",
        share=0.10,
        dial="+7",
        cities=("Алматы", "Астана", "Караганда"),
        streets=("ул. Садовая", "ул. Лесная", "пр. Мира", "ул. Берёзовая"),
        women=_words("Анна Ольга Екатерина Наталья Светлана Ирина Юлия Татьяна Людмила Вера"),
        men=_words("Алексей Дмитрий Сергей Михаил Андрей Павел Юрий Фёдор Илья Константин"),
        surnames=_words("Смирнов Кузнецов Соколов Лебедев Морозов Волков Зайцев Орлов Щукин Ершов Журавлёв"),
        surnames_of_women=_words(
            "Смирнова Кузнецова Соколова Лебедева Морозова Волкова Зайцева Орлова Щукина Ершова Журавлёва"
        ),
    ),
    Country(
        code="CZ",
        language="cs",
        branch="Prague",
        share=0.20,
        dial="+420",
        cities=("Praha", "Brno", "Plzeň"),
        streets=("Dubová", "Lipová", "Nádražní", "Školní"),
        women=_words("Jana Eva Tereza Lucie Kateřina Veronika Alžběta Zdeňka Hana Markéta"),
        men=_words("Jan Petr Tomáš Jiří Ondřej Lukáš Vojtěch Karel Radek Šimon"),
        surnames=_words("Novák Svoboda Dvořák Černý Procházka Kučera Veselý Horák Němec Pokorný Růžička"),
        surnames_of_women=_words(
            "Nováková Svobodová Dvořáková Černá Procházková Kučerová Veselá Horáková Němcová Pokorná Růžičková"
        ),
    ),
    Country(
        code="TR",
        language="tr",
        branch="Istanbul",
        share=0.20,
        dial="+90",
        cities=("İstanbul", "İzmir", "Bursa"),
        streets=("Meşe Sokak", "Çınar Caddesi", "Gül Sokak", "İstasyon Caddesi"),
        women=_words("Ayşe Zeynep Elif Fatma Gül İpek Özlem Şebnem Derya Çiğdem"),
        men=_words("Mehmet Ahmet Can Emre Kerem Ömer Tolga İsmail Hüseyin Yiğit"),
        surnames=_TURKISH,
        surnames_of_women=_TURKISH,
    ),
)

BRANCHES = tuple(country.branch for country in COUNTRIES)
LANGUAGES = tuple(country.language for country in COUNTRIES)

_CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяёı",
        _words("a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sht a y - e yu ya yo i"),
        strict=True,
    )
)


def latin(word: str) -> str:
    """A word in lower-case ASCII letters, for the invented e-mail addresses."""
    letters = "".join(_CYRILLIC.get(letter, letter) for letter in word.lower())
    plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    return plain.replace("-", "")
