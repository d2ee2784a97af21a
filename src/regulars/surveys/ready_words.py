"""Wording that ready surveys share, in all five languages: scale labels, why-questions, who reads, thanks."""

from __future__ import annotations

from typing import Final

from regulars.surveys.parts import LANGUAGES, Option, Page, Question, ShowIf, Texts


def words(*said: str) -> Texts:
    """Texts from the words in English, Bulgarian, Russian, Czech and Turkish, in this order."""
    return dict(zip(LANGUAGES, said, strict=True))


def option(key: str, *said: str) -> Option:
    """An option with its words in the same order."""
    return Option(key, words(*said))


def text(key: str, said: Texts, show_if: ShowIf | None = None) -> Question:
    """An open question; it may always be left blank."""
    return Question(key, "text", said, show_if=show_if)


def page(*questions: Question) -> Page:
    """Questions that are seen together."""
    return Page(questions)


def why_by_score(score: str, low: int) -> tuple[Question, Question]:
    """Two why-questions of which one is shown: up to ``low``, or above."""
    return (
        text("why-low", WHAT_TO_PUT_RIGHT, ShowIf(score, "at most", str(low))),
        text("why-high", MAIN_REASON, ShowIf(score, "at least", str(low + 1))),
    )


LIKELY: Final = (
    words("Not at all likely", "Изобщо не е вероятно", "Совсем маловероятно", "Vůbec ne", "Hiç olası değil"),
    words("Very likely", "Много вероятно", "Очень вероятно", "Určitě ano", "Çok olası"),
)
AGREE: Final = (
    words("Strongly disagree", "Изобщо не е така", "Нет, совсем не так", "Vůbec nesouhlasím", "Hiç katılmıyorum"),
    words("Strongly agree", "Точно така е", "Да, именно так", "Zcela souhlasím", "Tamamen katılıyorum"),
)
SATISFIED: Final = (
    words("Very dissatisfied", "Много недоволни", "Совсем нет", "Velmi nespokojeni", "Hiç memnun değilim"),
    words("Dissatisfied", "Недоволни", "Скорее нет", "Nespokojeni", "Memnun değilim"),
    words("Neither one nor the other", "Нито едното, нито другото", "И да и нет", "Ani tak, ani tak", "Kararsızım"),
    words("Satisfied", "Доволни", "Скорее да", "Spokojeni", "Memnunum"),
    words("Very satisfied", "Много доволни", "Да, полностью", "Velmi spokojeni", "Çok memnunum"),
)
POOR_TO_GOOD: Final = (
    words("Very poor", "Много лошо", "Очень плохо", "Velmi špatné", "Çok kötü"),
    words("Very good", "Много добро", "Очень хорошо", "Velmi dobré", "Çok iyi"),
)
WHAT_TO_PUT_RIGHT: Final = words(
    "What is the main reason for your score? What should we put right?",
    "Каква е основната причина за Вашата оценка? Какво да поправим?",
    "Какова главная причина вашей оценки? Что нам исправить?",
    "Jaký je hlavní důvod vašeho hodnocení? Co máme napravit?",
    "Bu puanı vermenizin asıl nedeni nedir? Neyi düzeltmeliyiz?",
)
MAIN_REASON: Final = words(
    "What is the main reason for your score?",
    "Каква е основната причина за Вашата оценка?",
    "Какова главная причина вашей оценки?",
    "Jaký je hlavní důvod vašeho hodnocení?",
    "Bu puanı vermenizin asıl nedeni nedir?",
)
ANYTHING_ELSE: Final = words(
    "Is there anything else you would like to tell us?",
    "Има ли още нещо, което искате да ни кажете?",
    "Хотите что-нибудь добавить?",
    "Chcete nám sdělit ještě něco?",
    "Bize söylemek istediğiniz başka bir şey var mı?",
)
WHO_READS: Final = words(
    "Your answers are read by the people here who look after customers. They are not passed on to anybody else.",
    "Отговорите Ви четат хората при нас, които се грижат за клиентите. Не ги предаваме на никой друг.",
    "Ваши ответы читают наши сотрудники, которые заботятся о клиентах. Мы никому их не передаём.",
    "Vaše odpovědi čtou lidé, kteří se u nás starají o zákazníky. Nikomu jinému je nepředáváme.",
    "Yanıtlarınızı burada müşterilerle ilgilenen kişiler okur. Başka kimseyle paylaşılmaz.",
)
THANKS: Final = words(
    "Thank you. We read every answer.",
    "Благодарим Ви. Четем всеки отговор.",
    "Спасибо. Мы читаем каждый ответ.",
    "Děkujeme. Každou odpověď si přečteme.",
    "Teşekkür ederiz. Her yanıtı okuyoruz.",
)
YES: Final = option("yes", "Yes", "Да", "Да", "Ano", "Evet")
PARTLY: Final = option("partly", "Partly", "Отчасти", "Частично", "Částečně", "Kısmen")
NO: Final = option("no", "No", "Не", "Нет", "Ne", "Hayır")
