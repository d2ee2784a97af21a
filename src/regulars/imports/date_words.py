"""Month and weekday names in five languages, and dates written with them turned into YYYY-MM-DD."""

from __future__ import annotations

import polars as pl

# Per month: forms in English, Bulgarian, Russian, Czech and Turkish; a longer one is replaced before a shorter.
_MONTHS = (
    "january januari jan януари яну января январь янв ledna leden led ocak oca",
    "february feb февруари фев февраля февраль февр února únor úno şubat şub subat",
    "march mar март мар марта března březen bře mart",
    "april apr април апр апреля апрель dubna duben dub nisan nis",
    "may май мая května květen kvě mayıs mayis",
    "june jun юни июня июнь июн června červen čer haziran haz",
    "july jul юли июля июль июл července červenec čvc temmuz tem",
    "august aug август авг августа srpna srpen srp ağustos ağu agustos",
    "september sept sep септември сеп септ сентября сентябрь сен сент září zář eylül eyl",
    "october oct октомври окт октября октябрь října říjen říj ekim eki",
    "november nov ноември ное ноем ноября ноябрь ноя нояб listopadu listopad lis kasım kas",
    "december dec декември дек декем декабря декабрь prosince prosinec pro aralık ara",
)
_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "понеделник вторник сряда четвъртък петък събота неделя понедельник среда четверг пятница суббота воскресенье "
    "пн вт ср чт пт сб вс нд pondělí úterý středa čtvrtek pátek sobota neděle po út st čt pá so ne "
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar pzt çar per cum cmt paz"
)
_BEFORE, _AFTER = r"(^|[^\pL])", r"($|[^\pL])"
_MONTH_PATTERNS = {
    f"m{number:02d}": f"{_BEFORE}(?:{'|'.join(words.split())}){_AFTER}" for number, words in enumerate(_MONTHS, 1)
}
_WEEKDAY_PATTERN = rf"^(?:{'|'.join(_WEEKDAYS.split())})\.?,?\s+"


def tidy_dates(values: pl.Series) -> pl.Series:
    """Dates with words in them as 'YYYY-MM-DD rest'; other cells only lose words such as 'г.' and 'ч.'."""
    text = values.str.to_lowercase().str.normalize("NFC").str.strip_chars()
    text = text.str.replace(_WEEKDAY_PATTERN, "")
    for number, pattern in _MONTH_PATTERNS.items():
        text = text.str.replace(pattern, f"${{1}}{number}${{2}}")
    text = text.str.replace_all(r"\s(?:г|год|года|ч)\.?(\s|$|,)", "${1}").str.strip_chars()
    text = text.str.replace(r"([0-9])(?:st|nd|rd|th)\b", "${1}")
    text = text.str.replace(r"\s?([ap])\.?\s?m\.?$", " ${1}m").str.replace(r"\s(?:öö|ös)$", " ")
    text = text.str.replace(r"\s?(?:gmt|utc)([+-])([0-9])$", " ${1}0${2}:00")
    text = text.str.replace(r"(?:\s?(?:gmt|utc)|(:[0-9]{2}(?:\.[0-9]+)?)\s?)([+-][0-9]{2})$", "${1} ${2}:00")
    between = r"[\s.,/-]*"
    text = text.str.replace(rf"^([0-9]{{1,2}}){between}m([0-9]{{2}}){between}([0-9]{{4}})", "${3}-${2}-${1}")
    text = text.str.replace(rf"^m([0-9]{{2}}){between}([0-9]{{1,2}}){between}([0-9]{{4}})", "${3}-${1}-${2}")
    text = text.str.replace(rf"^([0-9]{{4}}){between}m([0-9]{{2}}){between}([0-9]{{1,2}})", "${1}-${2}-${3}")
    for years, century in (("[0-6][0-9]", "20"), ("[7-9][0-9]", "19")):
        short = rf"^([0-9]{{1,2}}){between}m([0-9]{{2}}){between}({years})\b"
        text = text.str.replace(short, f"{century}${{3}}-${{2}}-${{1}}")
    # '2011-10-3, 14:05:09,250 Uhr' keeps its clock: a comma before it goes, one in it becomes a point.
    return text.str.replace(r"^(\S+),\s", "${1} ").str.replace(r"(:[0-9]{2}),([0-9])", "${1}.${2}")
