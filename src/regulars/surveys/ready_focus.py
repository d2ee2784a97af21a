"""The ready survey in which customers judge the company's customer focus: understood, valued, worth it."""

from __future__ import annotations

from typing import Final

from regulars.surveys.parts import LANGUAGES, Question, ShowIf, Survey, Texts
from regulars.surveys.ready_words import AGREE, THANKS, WHO_READS, page, text, words


def _statement(key: str, said: Texts) -> Question:
    """A statement that customers agree with more or less, from 1 to 5."""
    return Question(key, "scale", said, low=1, high=5, ends=AGREE, not_applicable=True)


_WORTH: Final = "worth-it"

CUSTOMER_FOCUS: Final = Survey(
    key="customer-focus",
    title=words(
        "Do we understand you?",
        "Разбираме ли Ви?",
        "Понимаем ли мы вас?",
        "Rozumíme vám?",
        "Sizi anlıyor muyuz?",
    ),
    intro=words(
        "Three statements about us. You alone can judge whether they are true.",
        "Три твърдения за нас. Само Вие можете да прецените дали са верни.",
        "Три утверждения о нас. Только вы можете судить, верны ли они.",
        "Tři výroky o nás. Jen vy můžete posoudit, zda jsou pravdivé.",
        "Bizimle ilgili üç ifade. Doğru olup olmadıklarını yalnızca siz söyleyebilirsiniz.",
    ),
    languages=LANGUAGES,
    thanks=THANKS,
    who_reads=WHO_READS,
    minutes=1,
    pages=(
        page(
            _statement(
                "understands-me",
                words(
                    "This company understands what I need.",
                    "Тази фирма разбира от какво имам нужда.",
                    "Эта компания понимает, что мне нужно.",
                    "Tato firma rozumí tomu, co potřebuji.",
                    "Bu şirket neye ihtiyacım olduğunu anlıyor.",
                ),
            ),
            _statement(
                "matters-to-them",
                words(
                    "I matter to this company.",
                    "Тази фирма държи на мен.",
                    "Эта компания мной дорожит.",
                    "Této firmě na mně záleží.",
                    "Bu şirket bana önem veriyor.",
                ),
            ),
            _statement(
                _WORTH,
                words(
                    "What I get here is worth what it costs me in money, time and effort.",
                    "Това, което получавам тук, си струва парите, времето и усилията.",
                    "То, что я здесь получаю, стоит моих денег, времени и сил.",
                    "To, co tu dostávám, stojí za mé peníze, čas i námahu.",
                    "Burada aldığım şey, verdiğim paraya, zamana ve emeğe değiyor.",
                ),
            ),
        ),
        page(
            text(
                "what-to-change",
                words(
                    "What should we change first, so that it is worth it for you?",
                    "Какво да променим най-напред, за да си струва за Вас?",
                    "Что нам изменить прежде всего, чтобы для вас это того стоило?",
                    "Co máme změnit jako první, aby se vám to vyplatilo?",
                    "Sizin için değmesi adına önce neyi değiştirmeliyiz?",
                ),
                ShowIf(_WORTH, "at most", "3"),
            ),
            text(
                "what-to-keep",
                words(
                    "What should we keep exactly as it is?",
                    "Какво да запазим точно както е?",
                    "Что нам оставить именно так, как есть?",
                    "Co máme zachovat přesně tak, jak to je?",
                    "Neyi olduğu gibi sürdürmeliyiz?",
                ),
                ShowIf(_WORTH, "at least", "4"),
            ),
        ),
    ),
)
