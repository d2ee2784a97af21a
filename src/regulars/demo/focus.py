"""Whether customers feel understood: three questions, each month to some of those who bought in the year before."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from regulars.demo.asking import answer_rows_of, rated, reply_properties, scores_of, survey_properties
from regulars.demo.columns import DAY, HOUR, Ints, picks
from regulars.demo.contacts import Phrases, spoken
from regulars.demo.frame import Column, Frame, touches
from regulars.demo.fulfilment import OrderTouches
from regulars.demo.names import LANGUAGES
from regulars.demo.people import People

FOCUS = "customer-focus"
TO_CHANGE, TO_KEEP = "what-to-change", "what-to-keep"  # asked of whom it was worth it up to 3, and from 4 on
WORTH = "worth-it"
MONTHS, EVERY_DAYS = 26, 30
_CONTENT = {
    "en": (
        "They asked how we live before they drew anything.",
        "Somebody rang me before I had to ask.",
        "Worth the money, the wardrobe fits to the millimetre.",
    ),
    "bg": (
        "Попитаха ни как живеем, преди да нарисуват каквото и да било.",
        "Обадиха ми се, преди да се наложи аз да питам.",
        "Струва си парите, гардеробът пасна до милиметър.",
    ),
    "ru": (
        "Сначала спросили, как мы живём, и только потом стали рисовать.",
        "Мне позвонили раньше, чем пришлось спрашивать.",
        "Деньги потрачены не зря: шкаф встал до миллиметра.",
    ),
    "cs": (
        "Než začali kreslit, zeptali se, jak bydlíme.",
        "Zavolali mi dřív, než bylo potřeba se ptát.",
        "Stálo to za ty peníze, skříň sedí na milimetr.",
    ),
    "tr": (
        "Çizime başlamadan önce evde nasıl yaşadığımızı sordular.",
        "Ben sormadan onlar aradı.",
        "Parasına değdi, dolap milimetresi milimetresine oturdu.",
    ),
}
_MISSED = {
    "en": (
        "I had to explain the same thing to three people.",
        "I felt like an order number.",
        "For that price I expected somebody to call me back.",
    ),
    "bg": (
        "Обяснявах едно и също на трима души.",
        "Почувствах се като номер на поръчка.",
        "За тези пари очаквах поне да ми върнат обаждането.",
    ),
    "ru": (
        "Пришлось объяснять одно и то же трём сотрудникам.",
        "Ощущение, что ты просто номер заказа.",
        "За такие деньги могли бы и перезвонить.",
    ),
    "cs": (
        "Totéž bylo nutné vysvětlovat třem lidem.",
        "Člověk si tu připadá jako číslo zakázky.",
        "Za tu cenu by mohli aspoň zavolat zpátky.",
    ),
    "tr": (
        "Aynı şeyi üç kişiye anlatmak zorunda kaldım.",
        "Kendimi bir sipariş numarası gibi hissettim.",
        "Bu fiyata en azından geri aranmayı beklerdim.",
    ),
}


def focus_rows(make: OrderTouches, people: People) -> tuple[list[pa.Table], list[pa.Table]]:
    """Rows of ``interactions`` (invitations and questionnaires) and of ``answers``."""
    frame = make.frame
    chosen, asked_s = _asked(make, people)
    replied = frame.chance(len(chosen), frame.truths.focus_response)
    common: dict[str, Column] = {"source": "survey", "touchpoint": "survey", "channel": "e-mail"}
    invited = touches(
        frame,
        "message",
        asked_s,
        None,
        **common,
        client_key=people.key[chosen],
        step="invite",
        initiated_by="company",
        outcome=picks(replied.astype(np.int64), ("no answer", "answered")),
        properties=survey_properties(FOCUS),
    )
    who, count = chosen[replied], int(replied.sum())
    ids = frame.numbering.ids(count)
    given = touches(
        frame,
        "answer",
        asked_s[replied] + frame.rng.integers(0, 4, count) * DAY + frame.rng.integers(HOUR, 10 * HOUR, count),
        ids,
        **common,
        client_key=people.key[who],
        step="answer",
        initiated_by="client",
        properties=reply_properties(FOCUS),
    )
    return [invited, given], _answers(frame, ids, people.country[who])


def _asked(make: OrderTouches, people: People) -> tuple[Ints, Ints]:
    """Whom, and when: every thirty days one in twelve of those with an order in the 365 days before."""
    frame, orders = make.frame, make.orders
    who, when = [], []
    for month in range(MONTHS, 0, -1):
        asked_s = frame.calendar.end_s - (month * EVERY_DAYS - 20) * DAY + 10 * HOUR
        recent = (orders.ordered_s < asked_s) & (orders.ordered_s >= asked_s - 365 * DAY)
        active = np.unique(orders.person[recent])
        some = active[frame.chance(len(active), 1 / 12)]
        who.append(some)
        when.append(np.full(len(some), asked_s))
    return np.concatenate(who).astype(np.int64), np.concatenate(when)


def _answers(frame: Frame, ids: Ints, language: Ints) -> list[pa.Table]:
    count, tables = len(ids), []
    worth: Ints = np.zeros(count, np.int64)
    for question, mean in frame.truths.focus_means.items():
        score = rated(frame, count, mean, 5)
        worth = score if question == WORTH else worth
        tables.append(scores_of(frame, ids, FOCUS, question, "rating", score, (1.0, 5.0)))
    wrote = frame.chance(count, 0.3)
    content = worth >= 4
    tables.append(_texts(frame, ids[wrote & content], language[wrote & content], TO_KEEP, _CONTENT))
    tables.append(_texts(frame, ids[wrote & ~content], language[wrote & ~content], TO_CHANGE, _MISSED))
    return tables


def _texts(frame: Frame, ids: Ints, language: Ints, question: str, said: Phrases) -> pa.Table:
    return answer_rows_of(
        frame,
        ids,
        FOCUS,
        question,
        kind="text",
        text=spoken(frame, language, said),
        language=picks(language, LANGUAGES),
        weight=pa.repeat(1.0, len(ids)),
    )
