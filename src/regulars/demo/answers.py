"""Surveys: who was asked, who answered, and what. Opinions exist whether or not they are told to us."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from regulars.demo.asking import answer_rows_of, reply_properties, scores_of, survey_properties
from regulars.demo.columns import DAY, HOUR, Bools, Floats, Ints, either, picks
from regulars.demo.contacts import spoken
from regulars.demo.frame import Frame, touches
from regulars.demo.fulfilment import OrderTouches, happened
from regulars.demo.names import LANGUAGES
from regulars.demo.phrases import ANGER, LATENESS, LUKEWARM, PRAISE
from regulars.demo.staff import EMPLOYEES, department_column, employee_codes, pulse_times, staff_keys
from regulars.demo.truths import SERVED, SERVED_BEST, Shares
from regulars.log.tables import ANSWERS

SURVEY, PULSE = "after the order", "employee pulse"
INVITED_SHARE = 0.6
TEXT_SHARE = 0.35
# Mean rating of each factor at a neutral opinion; a late delivery takes LATE_RATING off the delivery's.
FACTOR_MEANS = {"quality": 7.8, "delivery": 7.4, "price": 6.6, "service": 7.6, "ordering": 7.2}
LATE_RATING = 2.0
OVERALL_ERROR = 4.0


@dataclass(frozen=True)
class Replies:
    """The answered questionnaires: equally long arrays."""

    ids: Ints
    place: Ints  # of the order
    score: Ints  # 0-10, would recommend
    late: Bools


def opinions(frame: Frame, shares: Shares, count: int) -> Ints:
    """Answers 0-10 to "would you recommend us": 9 and 10, 7 and 8 equally; the unhappy mostly near 5 and 6."""
    rng = frame.rng
    happy, so_so = 9 + rng.integers(0, 2, count), 7 + rng.integers(0, 2, count)
    unhappy = rng.choice(7, count, p=(0.06, 0.04, 0.08, 0.12, 0.15, 0.25, 0.30))
    u = rng.random(count)
    middle = np.where(u < shares.promoters + shares.passives, so_so, unhappy)
    return np.where(u < shares.promoters, happy, middle)


def _response(shares: Shares, score: Ints) -> Floats:
    return np.where(score >= 9, shares.promoters, np.where(score >= 7, shares.passives, shares.detractors))


def survey_rows(make: OrderTouches) -> tuple[list[pa.Table], Replies]:
    """Invitations to some customers two days after the goods came, and the answers of those who answer.

    An invitation's outcome says whether it was answered; an answer carries the order's thread and seller.
    """
    frame, orders = make.frame, make.orders
    asked_s = (orders.handed_s // DAY + 2) * DAY + 10 * HOUR
    # Room for the answer, so that no invitation's outcome is still open when the log ends.
    invited = frame.chance(len(orders), INVITED_SHARE) & happened(frame, asked_s + 4 * DAY)
    places = np.flatnonzero(invited)
    late, truths = orders.late[places], frame.truths
    score = np.where(
        late,
        opinions(frame, truths.nps_late, len(places)),
        opinions(frame, truths.nps_on_time, len(places)),
    )
    replied = frame.rng.random(len(places)) < _response(truths.response, score)
    common = {"source": "survey", "touchpoint": "survey", "channel": "e-mail"}
    invitations = make.rows(
        "message",
        places,
        asked_s[places],
        **common,
        step="invite",
        initiated_by="company",
        outcome=picks(replied.astype(np.int64), ("no answer", "answered")),
        properties=survey_properties(SURVEY),
    )
    place = places[replied]
    replies = Replies(frame.numbering.ids(len(place)), place, score[replied], late[replied])
    day = asked_s[place] // DAY + frame.rng.integers(1, 4, len(place))
    answers = make.rows(
        "answer",
        place,
        day * DAY + frame.rng.integers(8 * HOUR, 22 * HOUR, len(place)),
        ids=replies.ids,
        **common,
        step="answer",
        employee=picks(make.sales.seller[place], employee_codes("sales")),
        initiated_by="client",
        properties=reply_properties(SURVEY),
    )
    return [invitations, answers], replies


def _scored(
    frame: Frame, ids: Ints, question: str, kind: str, score: np.ndarray, scale: tuple[float, float]
) -> pa.Table:
    return scores_of(frame, ids, SURVEY, question, kind, score, scale)


def _factors(frame: Frame, replies: Replies) -> list[pa.Table]:
    """A rating 1-10 of each factor, and overall satisfaction 0-100 as their weighted sum with an error."""
    count, tables, overall = len(replies.ids), [], np.zeros(len(replies.ids))
    for factor, weight in frame.truths.factor_weights.items():
        mean = FACTOR_MEANS[factor] + 0.3 * (replies.score - 7.5)
        if factor == "delivery":
            mean = mean - LATE_RATING * replies.late
        rating = np.rint(mean + frame.rng.normal(0, 1.3, count)).clip(1, 10)
        overall += 10 * weight * rating
        tables.append(_scored(frame, replies.ids, factor, "rating", rating, (1.0, 10.0)))
    overall = np.rint(overall + frame.rng.normal(0, OVERALL_ERROR, count)).clip(0, 100)
    return [*tables, _scored(frame, replies.ids, "overall", "csat", overall, (0.0, 100.0))]


def _served(make: OrderTouches, replies: Replies) -> pa.Table:
    """How well the seller served, 1-5, where somebody did."""
    frame, codes = make.frame, employee_codes("sales")
    seller = make.sales.seller[replies.place]
    best = seller == codes.index(frame.truths.best_employee)
    count = len(seller)
    score = np.where(best, frame.rng.choice(5, count, p=SERVED_BEST), frame.rng.choice(5, count, p=SERVED)) + 1
    someone = seller >= 0
    return _scored(frame, replies.ids[someone], "served", "csat", score[someone], (1.0, 5.0))


def _texts(make: OrderTouches, replies: Replies) -> pa.Table:
    """A free sentence from some, in the language of their country, about lateness or after their opinion."""
    frame = make.frame
    wrote = frame.chance(len(replies.ids), TEXT_SHARE)
    language = make.branch[replies.place[wrote]]
    score, late = replies.score[wrote], replies.late[wrote]
    mild = either(score >= 7, spoken(frame, language, LUKEWARM), spoken(frame, language, ANGER))
    text = either(score >= 9, spoken(frame, language, PRAISE), mild)
    text = either(late & (score < 9), spoken(frame, language, LATENESS), text)
    return answer_rows_of(
        frame,
        replies.ids[wrote],
        SURVEY,
        "in your words",
        kind="text",
        text=text,
        language=picks(language, LANGUAGES),
        weight=pa.repeat(1.0, int(wrote.sum())),
    )


def answer_rows(make: OrderTouches, replies: Replies) -> list[pa.Table]:
    """Rows of ``answers`` of the customers' questionnaires: 0-10, effort 1-7, factors, overall, served, text."""
    frame = make.frame
    effort = np.rint(5.2 + 0.25 * (replies.score - 7.5) + frame.rng.normal(0, 1, len(replies.ids))).clip(1, 7)
    return [
        _scored(frame, replies.ids, "recommend", "nps", replies.score, (0.0, 10.0)),
        _scored(frame, replies.ids, "effort", "ces", effort, (1.0, 7.0)),
        *_factors(frame, replies),
        _served(make, replies),
        _texts(make, replies),
    ]


def pulse_rows(frame: Frame) -> tuple[pa.Table, pa.Table]:
    """The employees' own answers each quarter, four in five of them: rows of ``interactions`` and ``answers``.

    Who would recommend working there is content as well: satisfaction 1 to 5 is half the mark from 0 to 10.
    """
    times = pulse_times(frame)
    person = np.tile(np.arange(EMPLOYEES), len(times))
    asked_s = np.repeat(times, EMPLOYEES)
    answers = frame.chance(len(person), 0.8)
    person, asked_s = person[answers], asked_s[answers]
    ids = frame.numbering.ids(len(person))
    interactions = touches(
        frame,
        "answer",
        asked_s,
        ids,
        source="survey",
        client_key=staff_keys(frame)[person],
        touchpoint="survey",
        step="answer",
        channel="e-mail",
        department=department_column(person),
        initiated_by="client",
        properties=reply_properties(PULSE),
    )
    score = opinions(frame, frame.truths.enps, len(person))
    content = np.clip(np.rint(score / 2), 1, 5)
    scored = pa.concat_tables(
        [
            _scored(frame, ids, "recommend as employer", "nps", score, (0.0, 10.0)),
            _scored(frame, ids, "overall", "csat", content, (1.0, 5.0)),
        ]
    )
    survey = pa.repeat(PULSE, len(scored))
    place = scored.schema.get_field_index("survey")
    return interactions, scored.set_column(place, ANSWERS.field("survey"), survey)
