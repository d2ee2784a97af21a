"""A ready survey that asks for an order rather than for marks: people who call everything important must choose."""

from __future__ import annotations

from typing import Final

from regulars.surveys.parts import LANGUAGES, Question, Survey
from regulars.surveys.ready_factors import FACTORS, OVERALL, RATE_US
from regulars.surveys.ready_words import ANYTHING_ELSE, POOR_TO_GOOD, THANKS, WHO_READS, page, text, words

ORDER: Final = Survey(
    key="what-comes-first",
    title=words(
        "What comes first for you",
        "Кое е първо за Вас",
        "Что для вас на первом месте",
        "Co je pro vás na prvním místě",
        "Sizin için ilk sırada ne var",
    ),
    intro=words(
        "First how well we do, then what matters most to you.",
        "Първо колко добре се справяме, после кое е най-важно за Вас.",
        "Сначала — как мы справляемся, потом — что для вас важнее всего.",
        "Nejprve jak si vedeme, potom na čem vám záleží nejvíc.",
        "Önce ne kadar iyi olduğumuz, sonra sizin için en önemli olanlar.",
    ),
    languages=LANGUAGES,
    thanks=THANKS,
    who_reads=WHO_READS,
    minutes=2,
    pages=(
        page(OVERALL),
        page(
            Question(
                "factors",
                "matrix",
                RATE_US,
                low=1,
                high=5,
                ends=POOR_TO_GOOD,
                factors=FACTORS,
                asks=("satisfaction",),
                not_applicable=True,
            )
        ),
        page(
            Question(
                "most-important",
                "rank",
                words(
                    "What matters most to you? Put these in order.",
                    "Кое е най-важно за Вас? Подредете ги.",
                    "Что для вас важнее всего? Расставьте по порядку.",
                    "Na čem vám záleží nejvíc? Seřaďte.",
                    "Sizin için en önemlisi hangisi? Sıraya koyun.",
                ),
                help=words(
                    "1 for what matters most, 2 for the next. The first three are enough.",
                    "1 за най-важното, 2 за следващото. Първите три са достатъчни.",
                    "1 — самое важное, 2 — следующее. Достаточно первых трёх.",
                    "1 pro nejdůležitější, 2 pro další. První tři stačí.",
                    "En önemlisine 1, sonrakine 2 verin. İlk üçü yeter.",
                ),
                options=FACTORS,
            )
        ),
        page(text("anything-else", ANYTHING_ELSE)),
    ),
)
