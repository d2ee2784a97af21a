"""Ready surveys for people with another tie to the company: employees, and customers who leave."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from regulars.surveys.parts import LANGUAGES, Question, Survey
from regulars.surveys.ready_contact import RECOMMEND
from regulars.surveys.ready_words import (
    AGREE,
    NO,
    THANKS,
    WHO_READS,
    YES,
    option,
    page,
    text,
    why_by_score,
    words,
)

EMPLOYEES: Final = Survey(
    key="employees",
    title=words(
        "Working here",
        "Да работиш при нас",
        "Работа у нас",
        "Práce u nás",
        "Burada çalışmak",
    ),
    intro=words(
        "How it is to work here, and whether you have what you need to serve customers well.",
        "Как се работи при нас и имате ли каквото Ви трябва, за да обслужвате добре клиентите.",
        "Каково работать у нас и есть ли у вас всё, чтобы хорошо обслуживать клиентов.",
        "Jak se u nás pracuje a zda máte, co potřebujete, abyste zákazníkům dobře sloužili.",
        "Burada çalışmak nasıl ve müşterilere iyi hizmet için gerekenlere sahip misiniz?",
    ),
    audience="employees",
    languages=LANGUAGES,
    thanks=THANKS,
    who_reads=words(
        "Your answers are read by the management. In small teams a text may show who wrote it.",
        "Отговорите Ви чете ръководството. В малък екип по текста може да се познае кой го е писал.",
        "Ваши ответы читает руководство. В небольшом коллективе по тексту можно узнать автора.",
        "Vaše odpovědi čte vedení. V malém týmu může být z textu poznat, kdo ho psal.",
        "Yanıtlarınızı yönetim okur. Küçük ekiplerde metinden kimin yazdığı anlaşılabilir.",
    ),
    minutes=2,
    pages=(
        page(
            replace(
                RECOMMEND,
                words=words(
                    "How likely are you to recommend working here to a friend?",
                    "Колко вероятно е да препоръчате на приятел да работи при нас?",
                    "Насколько вероятно, что вы посоветуете другу работать у нас?",
                    "Jak pravděpodobné je, že doporučíte práci u nás příteli?",
                    "Burada çalışmayı bir arkadaşınıza önerme olasılığınız nedir?",
                ),
            )
        ),
        page(*why_by_score("recommend", 6)),
        page(
            Question(
                "serving-customers",
                "matrix",
                words(
                    "How far do you agree?",
                    "Доколко е така?",
                    "Насколько это так?",
                    "Do jaké míry souhlasíte?",
                    "Ne ölçüde katılıyorsunuz?",
                ),
                low=1,
                high=5,
                ends=AGREE,
                factors=(
                    option(
                        "have-what-i-need",
                        "I have what I need to serve customers well.",
                        "Имам каквото ми трябва, за да обслужвам добре клиентите.",
                        "У меня есть всё, чтобы хорошо обслуживать клиентов.",
                        "Mám, co potřebuji, abych zákazníkům dobře sloužil/a.",
                        "Müşterilere iyi hizmet için gerekenlere sahibim.",
                    ),
                    option(
                        "may-decide",
                        "I may decide for a customer's good without asking.",
                        "Мога да решавам в полза на клиента, без да питам.",
                        "Я могу решать в пользу клиента, никого не спрашивая.",
                        "Mohu rozhodnout ve prospěch zákazníka bez ptaní.",
                        "Sormadan müşterinin yararına karar verebilirim.",
                    ),
                    option(
                        "hear-customers",
                        "I hear what customers say about our work.",
                        "Научавам какво казват клиентите за работата ни.",
                        "Я узнаю, что клиенты говорят о нашей работе.",
                        "Dozvídám se, co zákazníci o naší práci říkají.",
                        "Müşterilerin işimiz hakkında söylediklerini öğrenirim.",
                    ),
                    option(
                        "colleagues-help",
                        "Other departments help when a customer needs it.",
                        "Другите отдели помагат, когато клиент има нужда.",
                        "Другие отделы помогают, когда это нужно клиенту.",
                        "Ostatní oddělení pomohou, když to zákazník potřebuje.",
                        "Müşteri gerek duyduğunda diğer bölümler yardım eder.",
                    ),
                ),
                asks=("satisfaction",),
                not_applicable=True,
            )
        ),
        page(
            text(
                "in-the-way",
                words(
                    "What most often stops you from helping a customer?",
                    "Какво най-често Ви пречи да помогнете на клиент?",
                    "Что чаще всего мешает вам помочь клиенту?",
                    "Co vám nejčastěji brání zákazníkovi pomoci?",
                    "Bir müşteriye yardım etmenizi en çok ne engelliyor?",
                ),
            )
        ),
    ),
)

LEAVING: Final = Survey(
    key="leaving",
    title=words(
        "Why you are leaving",
        "Защо си тръгвате",
        "Почему вы уходите",
        "Proč odcházíte",
        "Neden ayrılıyorsunuz",
    ),
    intro=words(
        "You are leaving us, or have already left. Your answers help us understand why.",
        "Напускате ни или вече сте ни напуснали. Отговорите Ви ни помагат да разберем защо.",
        "Вы уходите от нас или уже ушли. Ваши ответы помогут нам понять почему.",
        "Odcházíte od nás, nebo jste už odešli. Vaše odpovědi nám pomohou pochopit proč.",
        "Bizden ayrılıyorsunuz veya ayrıldınız. Yanıtlarınız nedenini anlamamıza yardım eder.",
    ),
    languages=LANGUAGES,
    thanks=THANKS,
    who_reads=WHO_READS,
    minutes=2,
    pages=(
        page(
            Question(
                "reason",
                "single",
                words(
                    "What was the main reason?",
                    "Каква беше основната причина?",
                    "Какова была главная причина?",
                    "Jaký byl hlavní důvod?",
                    "Asıl neden neydi?",
                ),
                required=True,
                options=(
                    option("price", "Price", "Цената", "Цена", "Cena", "Fiyat"),
                    option("quality", "Quality", "Качеството", "Качество", "Kvalita", "Kalite"),
                    option(
                        "service",
                        "How I was treated",
                        "Отношението към мен",
                        "Отношение ко мне",
                        "Jak se mnou jednali",
                        "Bana davranış",
                    ),
                    option(
                        "problem",
                        "A problem was not solved",
                        "Нерешен проблем",
                        "Нерешённая проблема",
                        "Nevyřešený problém",
                        "Çözülmeyen bir sorun",
                    ),
                    option(
                        "offer",
                        "A better offer elsewhere",
                        "По-добро предложение другаде",
                        "Лучшее предложение у других",
                        "Lepší nabídka jinde",
                        "Başka yerde daha iyi teklif",
                    ),
                    option(
                        "no-need",
                        "I no longer need it",
                        "Вече нямам нужда",
                        "Больше не нужно",
                        "Už to nepotřebuji",
                        "Artık gerek duymuyorum",
                    ),
                    option("other", "Something else", "Друго", "Другое", "Něco jiného", "Başka bir neden"),
                ),
            )
        ),
        page(
            text(
                "what-happened",
                words(
                    "What happened?",
                    "Какво се случи?",
                    "Что произошло?",
                    "Co se stalo?",
                    "Ne oldu?",
                ),
            )
        ),
        page(
            Question(
                "come-back",
                "single",
                words(
                    "Would you come back if this were put right?",
                    "Бихте ли се върнали, ако поправим това?",
                    "Вернулись бы вы, если бы мы это исправили?",
                    "Vrátili byste se, kdybychom to napravili?",
                    "Bu düzelirse geri döner misiniz?",
                ),
                options=(YES, option("perhaps", "Perhaps", "Може би", "Возможно", "Možná", "Belki"), NO),
            ),
        ),
    ),
)
