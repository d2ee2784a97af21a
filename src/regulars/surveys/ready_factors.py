"""Ready surveys about factors: importance and satisfaction, comparison with competitors, partners."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from regulars.surveys.parts import LANGUAGES, Question, Survey
from regulars.surveys.ready_contact import RECOMMEND
from regulars.surveys.ready_words import (
    ANYTHING_ELSE,
    POOR_TO_GOOD,
    SATISFIED,
    THANKS,
    WHO_READS,
    option,
    page,
    text,
    words,
)

OVERALL: Final = Question(
    "overall",
    "csat",
    words(
        "Overall, how satisfied are you with us?",
        "Като цяло, доволни ли сте от нас?",
        "В целом, довольны ли вы нами?",
        "Jak jste s námi celkově spokojeni?",
        "Genel olarak bizden ne kadar memnunsunuz?",
    ),
    required=True,
    low=1,
    high=5,
    labels=SATISFIED,
)
FACTORS: Final = (
    option(
        "quality",
        "Quality of products",
        "Качество на продуктите",
        "Качество товаров",
        "Kvalita výrobků",
        "Ürün kalitesi",
    ),
    option("choice", "Choice", "Избор", "Выбор", "Výběr", "Seçenekler"),
    option(
        "price",
        "Price for what you get",
        "Цена спрямо качеството",
        "Соотношение цены и качества",
        "Poměr ceny a kvality",
        "Fiyat ve karşılığı",
    ),
    option(
        "staff",
        "Help from our people",
        "Помощ от нашите хора",
        "Помощь наших сотрудников",
        "Pomoc našich lidí",
        "Çalışanlarımızın yardımı",
    ),
    option(
        "promises",
        "Keeping to what was promised",
        "Спазване на обещаното",
        "Выполнение обещаний",
        "Dodržení slibů",
        "Verilen sözlerin tutulması",
    ),
    option(
        "problems",
        "Dealing with problems",
        "Решаване на проблеми",
        "Решение проблем",
        "Řešení problémů",
        "Sorunların çözülmesi",
    ),
)
RATE_US: Final = words(
    "How do you rate us on each of these?",
    "Как ни оценявате по всяко от тези неща?",
    "Как вы оцениваете нас по каждому пункту?",
    "Jak nás hodnotíte v jednotlivých bodech?",
    "Aşağıdakilerin her birinde bizi nasıl değerlendirirsiniz?",
)

IMPORTANCE: Final = Survey(
    key="what-matters",
    title=words(
        "What matters to you, and how we do",
        "Кое е важно за Вас и как се справяме",
        "Что для вас важно и как мы справляемся",
        "Na čem vám záleží a jak si vedeme",
        "Sizin için önemli olanlar ve bizim durumumuz",
    ),
    intro=words(
        "First how satisfied you are overall, then how important single things are to you and how we do.",
        "Първо колко сте доволни като цяло, после кое колко е важно за Вас и как се справяме.",
        "Сначала общая оценка, затем — что насколько важно для вас и как мы справляемся.",
        "Nejprve celková spokojenost, potom jak jsou pro vás jednotlivé věci důležité a jak si v nich vedeme.",
        "Önce genel memnuniyetiniz, sonra tek tek konuların önemi ve bizim durumumuz.",
    ),
    languages=LANGUAGES,
    thanks=THANKS,
    who_reads=WHO_READS,
    minutes=3,
    pages=(
        page(OVERALL),
        page(
            Question(
                "factors",
                "matrix",
                words(
                    "How important is each of these to you, and how well do we do?",
                    "Колко важно е за Вас всяко от тези неща и колко добре се справяме?",
                    "Насколько важен для вас каждый пункт и насколько хорошо мы справляемся?",
                    "Jak je pro vás každý z bodů důležitý a jak dobře si v něm vedeme?",
                    "Aşağıdakilerin her biri sizin için ne kadar önemli ve biz ne kadar iyiyiz?",
                ),
                low=1,
                high=5,
                ends=(
                    words("Low", "Ниско", "Низко", "Málo", "Düşük"),
                    words("High", "Високо", "Высоко", "Hodně", "Yüksek"),
                ),
                factors=FACTORS,
                asks=("importance", "satisfaction"),
                not_applicable=True,
            )
        ),
        page(text("anything-else", ANYTHING_ELSE)),
    ),
)

COMPETITORS: Final = Survey(
    key="compared-with-others",
    title=words(
        "How we compare with others",
        "Как изглеждаме в сравнение с други",
        "Мы в сравнении с другими",
        "Jak si vedeme ve srovnání s jinými",
        "Diğerleriyle karşılaştırıldığında biz",
    ),
    intro=words(
        "Please rate us and others you know. Leave out those you do not know.",
        "Оценете нас и другите, които познавате. Пропуснете онези, които не познавате.",
        "Оцените нас и других, кого вы знаете. Кого не знаете — пропустите.",
        "Ohodnoťte nás a ostatní, které znáte. Koho neznáte, vynechte.",
        "Bizi ve tanıdığınız diğerlerini değerlendirin. Tanımadıklarınızı atlayın.",
    ),
    languages=LANGUAGES,
    thanks=THANKS,
    who_reads=WHO_READS,
    minutes=3,
    pages=(
        page(OVERALL),
        page(
            Question(
                "compared",
                "matrix",
                words(
                    "How do you rate us and the others on each of these?",
                    "Как оценявате нас и другите по всяко от тези неща?",
                    "Как вы оцениваете нас и других по каждому пункту?",
                    "Jak hodnotíte nás a ostatní v jednotlivých bodech?",
                    "Aşağıdakilerin her birinde bizi ve diğerlerini nasıl değerlendirirsiniz?",
                ),
                low=1,
                high=5,
                ends=POOR_TO_GOOD,
                factors=FACTORS,
                asks=("satisfaction",),
                competitors=(
                    option("competitor-1", "Competitor 1", "Конкурент 1", "Конкурент 1", "Konkurent 1", "Rakip 1"),
                    option("competitor-2", "Competitor 2", "Конкурент 2", "Конкурент 2", "Konkurent 2", "Rakip 2"),
                ),
                not_applicable=True,
            )
        ),
        page(
            text(
                "better-elsewhere",
                words(
                    "What do others do better than we do?",
                    "Какво правят другите по-добре от нас?",
                    "Что другие делают лучше нас?",
                    "Co jiní dělají lépe než my?",
                    "Başkaları neyi bizden daha iyi yapıyor?",
                ),
            )
        ),
    ),
)

PARTNER: Final = Survey(
    key="partner",
    title=words(
        "Working together",
        "Нашата съвместна работа",
        "Наше сотрудничество",
        "Naše spolupráce",
        "İş birliğimiz",
    ),
    intro=words(
        "You sell our products or work with us. Please tell us how that goes.",
        "Вие продавате наши продукти или работите с нас. Кажете ни как върви.",
        "Вы продаёте наши товары или работаете с нами. Расскажите, как это идёт.",
        "Prodáváte naše výrobky nebo s námi spolupracujete. Řekněte nám, jak to jde.",
        "Ürünlerimizi satıyor veya bizimle çalışıyorsunuz. Nasıl gittiğini anlatın.",
    ),
    audience="partners",
    languages=LANGUAGES,
    thanks=THANKS,
    who_reads=WHO_READS,
    minutes=2,
    about="",
    pages=(
        page(
            replace(
                OVERALL,
                words=words(
                    "Overall, how satisfied are you with working with us?",
                    "Като цяло, доволни ли сте от работата с нас?",
                    "В целом, довольны ли вы работой с нами?",
                    "Jak jste celkově spokojeni se spoluprací s námi?",
                    "Genel olarak bizimle çalışmaktan ne kadar memnunsunuz?",
                ),
            )
        ),
        page(
            Question(
                "work",
                "matrix",
                RATE_US,
                low=1,
                high=5,
                ends=POOR_TO_GOOD,
                factors=(
                    option(
                        "delivery",
                        "Delivery on time",
                        "Доставка навреме",
                        "Доставка в срок",
                        "Včasné dodání",
                        "Zamanında teslimat",
                    ),
                    option(
                        "terms",
                        "Prices and terms",
                        "Цени и условия",
                        "Цены и условия",
                        "Ceny a podmínky",
                        "Fiyatlar ve koşullar",
                    ),
                    option(
                        "product-news",
                        "Information about products",
                        "Информация за продуктите",
                        "Информация о товарах",
                        "Informace o výrobcích",
                        "Ürün bilgileri",
                    ),
                    option(
                        "contact",
                        "Reaching the right person",
                        "Връзка с правилния човек",
                        "Связь с нужным человеком",
                        "Spojení se správným člověkem",
                        "Doğru kişiye ulaşmak",
                    ),
                    option(
                        "complaints",
                        "Settling complaints",
                        "Уреждане на рекламации",
                        "Разбор претензий",
                        "Vyřízení reklamací",
                        "Şikâyetlerin çözümü",
                    ),
                    option(
                        "demand",
                        "Demand from end customers",
                        "Търсене от крайните клиенти",
                        "Спрос конечных покупателей",
                        "Poptávka konečných zákazníků",
                        "Son müşterilerin talebi",
                    ),
                ),
                asks=("satisfaction",),
                not_applicable=True,
            )
        ),
        page(
            replace(
                RECOMMEND,
                required=False,
                words=words(
                    "How likely are you to recommend working with us to another company?",
                    "Колко вероятно е да препоръчате работата с нас на друга фирма?",
                    "Насколько вероятно, что вы порекомендуете работу с нами другой компании?",
                    "Jak pravděpodobné je, že doporučíte spolupráci s námi jiné firmě?",
                    "Bizimle çalışmayı başka bir şirkete önerme olasılığınız nedir?",
                ),
            )
        ),
        page(
            text(
                "what-would-help",
                words(
                    "What should we change so that you and your customers gain from it?",
                    "Какво да променим, за да спечелите Вие и Вашите клиенти?",
                    "Что нам изменить, чтобы выиграли вы и ваши покупатели?",
                    "Co máme změnit, aby to pomohlo vám i vašim zákazníkům?",
                    "Siz ve müşterileriniz kazansın diye neyi değiştirmeliyiz?",
                ),
            )
        ),
    ),
)
