"""Ready surveys about the company as a whole and about one contact with it."""

from __future__ import annotations

from typing import Final

from regulars.surveys.parts import LANGUAGES, Question, ShowIf, Survey
from regulars.surveys.ready_words import (
    AGREE,
    ANYTHING_ELSE,
    LIKELY,
    NO,
    PARTLY,
    SATISFIED,
    THANKS,
    WHO_READS,
    YES,
    page,
    text,
    why_by_score,
    words,
)

RECOMMEND: Final = Question(
    "recommend",
    "nps",
    words(
        "How likely are you to recommend us to a friend or colleague?",
        "Колко вероятно е да ни препоръчате на приятел или колега?",
        "Насколько вероятно, что вы порекомендуете нас другу или коллеге?",
        "Jak pravděpodobné je, že nás doporučíte příteli nebo kolegovi?",
        "Bizi bir arkadaşınıza veya iş arkadaşınıza önerme olasılığınız nedir?",
    ),
    required=True,
    low=0,
    high=10,
    ends=LIKELY,
)

NPS: Final = Survey(
    key="nps",
    title=words(
        "Would you recommend us?",
        "Бихте ли ни препоръчали?",
        "Порекомендуете ли вы нас?",
        "Doporučili byste nás?",
        "Bizi önerir misiniz?",
    ),
    intro=words(
        "Two short questions about your experience with us.",
        "Два кратки въпроса за това как Ви обслужваме.",
        "Два коротких вопроса о том, как мы вас обслуживаем.",
        "Dvě krátké otázky o vaší zkušenosti s námi.",
        "Bizimle olan deneyiminiz hakkında iki kısa soru.",
    ),
    languages=LANGUAGES,
    thanks=THANKS,
    who_reads=WHO_READS,
    minutes=1,
    pages=(
        page(RECOMMEND),
        page(
            *why_by_score("recommend", 6),
        ),
    ),
)

CSAT: Final = Survey(
    key="after-contact",
    title=words(
        "About your recent contact with us",
        "За последния Ви контакт с нас",
        "О вашем недавнем обращении к нам",
        "K vašemu nedávnému kontaktu s námi",
        "Bizimle son görüşmeniz hakkında",
    ),
    intro=words(
        "You were in touch with us recently. Please tell us how it went.",
        "Наскоро се свързахте с нас. Кажете ни как мина.",
        "Недавно вы обращались к нам. Расскажите, как всё прошло.",
        "Nedávno jste s námi byli v kontaktu. Řekněte nám, jak to proběhlo.",
        "Kısa süre önce bizimle görüştünüz. Nasıl geçtiğini anlatır mısınız?",
    ),
    languages=LANGUAGES,
    thanks=THANKS,
    who_reads=WHO_READS,
    minutes=1,
    pages=(
        page(
            Question(
                "satisfaction",
                "csat",
                words(
                    "How satisfied were you with this contact?",
                    "Доволни ли останахте от този контакт?",
                    "Насколько вы довольны этим обращением?",
                    "Jak jste byli s tímto kontaktem spokojeni?",
                    "Bu görüşmeden ne kadar memnun kaldınız?",
                ),
                required=True,
                low=1,
                high=5,
                labels=SATISFIED,
            )
        ),
        page(
            Question(
                "settled",
                "single",
                words(
                    "Was your request settled?",
                    "Решен ли беше въпросът Ви?",
                    "Ваш вопрос решён?",
                    "Byl váš požadavek vyřešen?",
                    "Talebiniz çözüme kavuştu mu?",
                ),
                options=(YES, PARTLY, NO),
            )
        ),
        page(
            *why_by_score("satisfaction", 3),
        ),
    ),
)

EFFORT: Final = Survey(
    key="effort",
    title=words(
        "How easy was it?",
        "Лесно ли беше?",
        "Легко ли было?",
        "Jak snadné to bylo?",
        "Ne kadar kolaydı?",
    ),
    intro=words(
        "Please think of the last time you needed something from us.",
        "Помислете за последния път, когато имахте нужда от нещо от нас.",
        "Вспомните последний случай, когда вам что-то было нужно от нас.",
        "Vzpomeňte si, kdy jste od nás naposledy něco potřebovali.",
        "Bizden en son bir şeye ihtiyaç duyduğunuz zamanı düşünün.",
    ),
    languages=LANGUAGES,
    thanks=THANKS,
    who_reads=WHO_READS,
    minutes=1,
    pages=(
        page(
            Question(
                "easy",
                "ces",
                words(
                    "It was easy for me to get what I needed.",
                    "Получих лесно това, от което имах нужда.",
                    "Получить то, что мне было нужно, было легко.",
                    "Získat, co jsem potřeboval/a, pro mě bylo snadné.",
                    "İhtiyacım olan şeye kolayca ulaştım.",
                ),
                required=True,
                low=1,
                high=7,
                ends=AGREE,
            )
        ),
        page(
            text(
                "what-was-hard",
                words(
                    "What took effort, and where?",
                    "Какво Ви затрудни и къде?",
                    "Что потребовало усилий и где?",
                    "Co vás stálo námahu a kde?",
                    "Sizi ne uğraştırdı, nerede?",
                ),
                ShowIf("easy", "at most", "5"),
            ),
            text("anything-else", ANYTHING_ELSE, ShowIf("easy", "at least", "6")),
        ),
    ),
)
