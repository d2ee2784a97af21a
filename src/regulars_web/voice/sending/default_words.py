"""What a mail says where nobody wrote anything else, in every language of surveys. Colleagues may change every word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Words:
    """Subject and words of a mail. ``button`` and ``stop`` are what its two links are called."""

    subject: str
    words: str
    reminder_subject: str
    reminder: str
    button: str
    stop: str


DEFAULTS: Final[Mapping[str, Words]] = {
    "en": Words(
        subject="{company}: what was it like for you?",
        words="Hello {name},\n\nwould you tell us what we did well and what we should do better? It takes about "
        "{minutes} min.\n\n{link}\n\nThank you\n{company}",
        reminder_subject="{company}: your answer still counts",
        reminder="Hello {name},\n\na few days ago we asked you about your experience with us. We would still like to "
        "hear from you. It takes about {minutes} min, and we will not remind you again.\n\n{link}\n\nThank you\n"
        "{company}",
        button="Answer now",
        stop="No more surveys, please",
    ),
    "bg": Words(
        subject="{company}: как беше за Вас?",
        words="Здравейте, {name},\n\nбихте ли ни казали какво направихме добре и какво да правим по-добре? Отнема "
        "около {minutes} мин.\n\n{link}\n\nБлагодарим Ви\n{company}",
        reminder_subject="{company}: Вашият отговор е важен и сега",
        reminder="Здравейте, {name},\n\nпреди няколко дни Ви попитахме за впечатленията Ви от нас. Още бихме искали да "
        "чуем мнението Ви. Отнема около {minutes} мин. и няма да Ви напомняме повече.\n\n{link}\n\nБлагодарим Ви\n"
        "{company}",
        button="Отговорете сега",
        stop="Не желая повече анкети",
    ),
    "ru": Words(
        subject="{company}: как всё прошло?",
        words="Здравствуйте, {name}!\n\nРасскажите, пожалуйста, что мы сделали хорошо, а что нам стоит делать лучше. "
        "Это займёт около {minutes} мин.\n\n{link}\n\nСпасибо\n{company}",
        reminder_subject="{company}: ваш ответ всё ещё важен",
        reminder="Здравствуйте, {name}!\n\nНесколько дней назад мы спрашивали вас о впечатлениях. Нам по-прежнему "
        "важно ваше мнение. Это займёт около {minutes} мин., и больше мы напоминать не будем.\n\n{link}\n\nСпасибо\n"
        "{company}",
        button="Ответить",
        stop="Больше не присылать опросы",
    ),
    "cs": Words(
        subject="{company}: jaké to pro vás bylo?",
        words="Dobrý den, {name},\n\nřeknete nám, co jsme udělali dobře a co máme dělat lépe? Zabere to asi {minutes} "
        "min.\n\n{link}\n\nDěkujeme\n{company}",
        reminder_subject="{company}: vaše odpověď nás stále zajímá",
        reminder="Dobrý den, {name},\n\npřed několika dny jsme se vás ptali na vaši zkušenost s námi. Stále o vaši "
        "odpověď stojíme. Zabere to asi {minutes} min a znovu už připomínat nebudeme.\n\n{link}\n\nDěkujeme\n{company}",
        button="Odpovědět",
        stop="Další dotazníky už neposílejte",
    ),
    "tr": Words(
        subject="{company}: nasıl bir deneyimdi?",
        words="Merhaba {name},\n\nneyi iyi yaptığımızı ve neyi daha iyi yapmamız gerektiğini bize söyler misiniz? "
        "Yaklaşık {minutes} dakika sürer.\n\n{link}\n\nTeşekkür ederiz\n{company}",
        reminder_subject="{company}: yanıtınız hâlâ önemli",
        reminder="Merhaba {name},\n\nbirkaç gün önce size deneyiminizi sormuştuk. Görüşünüzü hâlâ duymak isteriz. "
        "Yaklaşık {minutes} dakika sürer ve size bir daha hatırlatmayacağız.\n\n{link}\n\nTeşekkür ederiz\n{company}",
        button="Şimdi yanıtlayın",
        stop="Artık anket istemiyorum",
    ),
}
# Where a customer's country speaks one of our languages.
COUNTRY_LANGUAGES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("BG", "BULGARIA"), "bg"),
    **dict.fromkeys(("RU", "RUSSIA", "BY", "KZ"), "ru"),
    **dict.fromkeys(("CZ", "CZECHIA", "CZECH REPUBLIC", "SK"), "cs"),
    **dict.fromkeys(("TR", "TURKEY", "TÜRKIYE"), "tr"),
    **dict.fromkeys(("GB", "UK", "IE", "US", "CA", "AU", "NZ"), "en"),
}
