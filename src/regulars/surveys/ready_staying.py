"""A ready survey that tells customers who stay because they wish to from those who cannot leave.

Its question keys are what the measure ``kept_or_loyal`` reads of a customer's terms.
"""

from __future__ import annotations

from typing import Final

from regulars.surveys.parts import LANGUAGES, Question, Survey
from regulars.surveys.ready_contact import RECOMMEND
from regulars.surveys.ready_words import (
    ANYTHING_ELSE,
    NO,
    THANKS,
    WHO_READS,
    YES,
    option,
    page,
    text,
    words,
)

NO_ALTERNATIVE: Final = Question(
    "no-alternative",
    "single",
    words(
        "Are we the only ones from whom you can get what you need?",
        "Само от нас ли можете да получите това, което Ви трябва?",
        "Только у нас вы можете получить то, что вам нужно?",
        "Jsme jediní, od koho můžete dostat, co potřebujete?",
        "İhtiyacınız olanı yalnızca bizden mi alabiliyorsunuz?",
    ),
    options=(YES, NO),
    not_applicable=True,
)
SWITCHING_COST: Final = Question(
    "switching-cost",
    "single",
    words(
        "If you wanted to change to somebody else: how much money, time and effort would it cost you?",
        "Ако искате да преминете към друг: колко пари, време и усилия ще Ви струва?",
        "Если бы вы захотели перейти к другим: сколько денег, времени и сил это бы вам стоило?",
        "Kdybyste chtěli přejít jinam: kolik peněz, času a námahy by vás to stálo?",
        "Başkasına geçmek isteseniz: bu size ne kadar paraya, zamana ve zahmete mal olur?",
    ),
    options=(
        option("low", "Little", "Малко", "Немного", "Málo", "Az"),
        option(
            "medium",
            "Some, but we could do it",
            "Известно, но се справяме",
            "Заметно, но терпимо",
            "Něco, ale šlo by to",
            "Biraz, ama yapılabilir",
        ),
        option(
            "high",
            "So much that we would rather stay",
            "Толкова, че по-скоро ще останем",
            "Столько, что проще остаться",
            "Tolik, že raději zůstaneme",
            "O kadar çok ki kalmayı yeğleriz",
        ),
    ),
    not_applicable=True,
)
CONTRACT_UNTIL: Final = Question(
    "contract-until",
    "text",
    words(
        "Until when does a contract bind you to us?",
        "До кога сте обвързани с договор с нас?",
        "До какого времени вас связывает договор с нами?",
        "Do kdy vás k nám váže smlouva?",
        "Bizimle sözleşmeniz ne zamana kadar bağlayıcı?",
    ),
    help=words(
        "A day, a month or a year: 31.12.2027, 2027-12 or 2027. Leave it blank if nothing binds you.",
        "Ден, месец или година: 31.12.2027, 2027-12 или 2027. Оставете празно, ако нищо не Ви обвързва.",
        "День, месяц или год: 31.12.2027, 2027-12 или 2027. Оставьте пустым, если вас ничто не связывает.",
        "Den, měsíc nebo rok: 31.12.2027, 2027-12 nebo 2027. Nechte prázdné, pokud vás nic neváže.",
        "Gün, ay veya yıl: 31.12.2027, 2027-12 veya 2027. Sizi bağlayan bir şey yoksa boş bırakın.",
    ),
)

STAYING: Final = Survey(
    key="why-you-stay",
    title=words(
        "Why you stay with us",
        "Защо сте с нас",
        "Почему вы с нами",
        "Proč jste u nás",
        "Neden bizimlesiniz",
    ),
    intro=words(
        "Whether you are with us because you like it, or because it is hard to leave. Both help us to know.",
        "С нас ли сте, защото Ви харесва, или защото е трудно да си тръгнете. Важно е да знаем и едното, и другото.",
        "Вы с нами потому, что вам нравится, или потому, что уйти трудно? Нам важно знать и то, и другое.",
        "Jste u nás, protože se vám tu líbí, nebo protože je těžké odejít? Obojí je pro nás dobré vědět.",
        "Beğendiğiniz için mi bizimlesiniz, yoksa ayrılmak zor olduğu için mi? İkisini de bilmek isteriz.",
    ),
    languages=LANGUAGES,
    thanks=THANKS,
    who_reads=WHO_READS,
    minutes=2,
    pages=(
        page(RECOMMEND),
        page(NO_ALTERNATIVE, SWITCHING_COST, CONTRACT_UNTIL),
        page(text("anything-else", ANYTHING_ELSE)),
    ),
)
