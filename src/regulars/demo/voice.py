"""More of the customers' voice: what matters to them, how contacts went, cards in the showroom, reviews.

Everything here is drawn from a generator of its own, so orders, contacts and the older survey stay as they were.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.demo.asking import (
    choices_of,
    drawn,
    rated,
    reply_properties,
    scores_of,
    survey_properties,
    texts_of,
)
from regulars.demo.columns import DAY, HOUR, Bools, Ints, picks
from regulars.demo.frame import Frame, Numbering, touches
from regulars.demo.fulfilment import OrderTouches, happened
from regulars.demo.names import BRANCHES
from regulars.demo.people import People
from regulars.demo.sales import SHOWROOM

MATTERS, AFTER_CONTACT, CARDS, REVIEWS = "what-matters", "after-contact", "showroom-card", "reviews"
COMPETITOR = "Pinehill"
# Row numbers from here on are of this file; no company has so many rows before.
FIRST_NUMBER = 10**13
TEXT_SHARE = 0.4
KANO_WORDS = {
    "attractive": ("like", "neutral"),
    "one-dimensional": ("like", "dislike"),
    "must-be": ("expect", "dislike"),
    "indifferent": ("neutral", "neutral"),
}
OVERALL_ERROR = 5.0

Rows = tuple[list[pa.Table], list[pa.Table]]  # of interactions, and of answers


def own_frame(frame: Frame, seed: int, part: int) -> Frame:
    """The same company with a generator and row numbers of its own."""
    rng = np.random.default_rng([seed, part, 0x566F6963])
    return replace(frame, rng=rng, numbering=Numbering(frame.numbering.salt, FIRST_NUMBER * (part + 1)))


def asked_about(contacts: list[pa.Table]) -> pa.Table:
    """Of all contacts, those that a survey asks about: answered calls of clients, and complaints."""
    found = pa.concat_tables(contacts)
    call = pc.and_(pc.equal(found["kind"], "call"), pc.equal(found["step"], "call"))
    return found.filter(pc.or_(call, pc.equal(found["kind"], "complaint")))


def voice_rows(make: OrderTouches, people: People, contacts: pa.Table) -> Rows:
    """Every row of ``interactions`` and ``answers`` of this file; ``contacts`` are the rows that surveys ask about."""
    interactions: list[pa.Table] = []
    answers: list[pa.Table] = []
    for rows in (
        _what_matters(make.frame, people),
        _after_contacts(make.frame, contacts),
        _showroom_cards(make),
        _reviews(make),
    ):
        interactions += rows[0]
        answers += rows[1]
    return interactions, answers


def _recent(frame: Frame, local_s: Ints) -> Bools:
    return local_s >= frame.calendar.end_s - frame.truths.new_theme_days * DAY


# What matters --------------------------------------------------------------------------------------------


def _what_matters(frame: Frame, people: People) -> Rows:
    """Once a year some customers are asked what matters to them, how we do, and how a competitor does."""
    interactions, answers = [], []
    for year in (2, 1, 0):
        asked_s = frame.calendar.end_s - (40 + 365 * year) * DAY + 10 * HOUR
        chosen = np.flatnonzero((people.first_t < asked_s // DAY) & frame.chance(len(people), 0.4))
        chance = np.where(people.reseller[chosen], frame.truths.reseller_response, frame.truths.end_user_response)
        replied = frame.rng.random(len(chosen)) < chance
        outcome = picks(replied.astype(np.int64), ("no answer", "answered"))
        invited = touches(
            frame,
            "message",
            np.full(len(chosen), asked_s),
            client_key=people.key[chosen],
            step="invite",
            initiated_by="company",
            outcome=outcome,
            properties=survey_properties(MATTERS),
            source="survey",
            touchpoint="survey",
            channel="e-mail",
        )
        who = chosen[replied]
        ids = frame.numbering.ids(len(who))
        given = touches(
            frame,
            "answer",
            asked_s + frame.rng.integers(2 * HOUR, 12 * HOUR, len(who)) + frame.rng.integers(0, 9, len(who)) * DAY,
            ids,
            client_key=people.key[who],
            step="answer",
            initiated_by="client",
            properties=reply_properties(MATTERS),
            source="survey",
            touchpoint="survey",
            channel="e-mail",
        )
        interactions += [invited, given]
        answers += _matters_answers(frame, ids, people.reseller[who])
    return interactions, answers


def _matters_answers(frame: Frame, ids: Ints, reseller: Bools) -> list[pa.Table]:
    truths, count, tables = frame.truths, len(ids), []
    overall = np.zeros(count)
    mood = frame.rng.normal(0, 0.8, count)
    asked_rival = frame.chance(count, 0.5)
    for factor, weight in truths.factor_weights.items():
        mean = 7.3 + mood
        rating = np.rint(mean + frame.rng.normal(0, 1.4, count)).clip(1, 10)
        overall += 10 * np.where(reseller, truths.reseller_factor_weights[factor], weight) * rating
        stated = rated(frame, count, truths.stated_importance[factor])
        rival = rated(frame, int(asked_rival.sum()), truths.competitor_means[factor])
        key = f"factors.{factor}"
        tables += [
            scores_of(frame, ids, MATTERS, key, "rating", rating, (1.0, 10.0)),
            scores_of(frame, ids, MATTERS, f"{key}.importance", "rating", stated, (1.0, 10.0)),
            scores_of(frame, ids[asked_rival], MATTERS, f"{key}@{COMPETITOR}", "rating", rival, (1.0, 10.0)),
        ]
    overall = np.rint(overall + frame.rng.normal(0, OVERALL_ERROR, count)).clip(0, 100)
    tables.append(scores_of(frame, ids, MATTERS, "overall", "csat", overall, (0.0, 100.0)))
    return [*tables, *_kano_answers(frame, ids)]


def _kano_answers(frame: Frame, ids: Ints) -> list[pa.Table]:
    """Both halves of each question pair, from the half of respondents who were asked them."""
    asked = ids[frame.chance(len(ids), 0.5)]
    tables = []
    for feature, shares in frame.truths.kano.items():
        place = frame.rng.choice(len(shares), len(asked), p=np.array(list(shares.values())))
        words = [KANO_WORDS[name] for name in shares]
        for half, ending in enumerate(("with", "without")):
            choice = picks(place.astype(np.int64), [pair[half] for pair in words])
            tables.append(choices_of(frame, asked, MATTERS, f"{feature}.{ending}", choice))
    return tables


# After a contact -----------------------------------------------------------------------------------------


def _after_contacts(frame: Frame, contacts: pa.Table) -> Rows:
    """Half of all answered calls and complaints are followed by two questions the next day."""
    day = contacts["occurred_on"].cast(pa.int32()).to_numpy().astype(np.int64)
    asked_s = (day + 1) * DAY + 11 * HOUR
    named = contacts["client_key"].is_valid().to_numpy(zero_copy_only=False)
    chosen = np.flatnonzero(named & happened(frame, asked_s + 4 * DAY) & frame.chance(len(day), 0.5))
    asked_s, picked = asked_s[chosen], contacts.take(pa.array(chosen))
    replied = frame.chance(len(chosen), frame.truths.contact_response)
    kept = ("client_key", "thread", "branch", "touchpoint")
    about = {name: picked[name].combine_chunks() for name in kept}
    invited = touches(
        frame,
        "message",
        asked_s,
        **about,
        source="survey",
        channel="e-mail",
        step="invite",
        initiated_by="company",
        outcome=picks(replied.astype(np.int64), ("no answer", "answered")),
        properties=survey_properties(AFTER_CONTACT),
    )
    heard = picked.filter(pa.array(replied))
    local_s = asked_s[replied] + frame.rng.integers(0, 3, int(replied.sum())) * DAY + 2 * HOUR
    ids = frame.numbering.ids(len(local_s))
    given = _contact_reply(frame, heard, ids, local_s)
    answers = _contact_answers(frame, heard, ids, local_s)
    again = frame.chance(len(ids), frame.truths.duplicate_share)
    repeats = frame.numbering.ids(int(again.sum()))
    twice = heard.filter(pa.array(again))
    doubled = _contact_reply(frame, twice, repeats, local_s[again] + 60, duplicate=True)
    return [invited, given, doubled], [*answers, *_contact_answers(frame, twice, repeats, local_s[again])]


def _contact_reply(frame: Frame, heard: pa.Table, ids: Ints, local_s: Ints, *, duplicate: bool = False) -> pa.Table:
    kept = ("client_key", "thread", "branch", "touchpoint", "employee")
    return touches(
        frame,
        "answer",
        local_s,
        ids,
        **{name: heard[name].combine_chunks() for name in kept},
        source="survey",
        channel="e-mail",
        step="answer",
        initiated_by="client",
        properties=reply_properties(AFTER_CONTACT, duplicate=duplicate),
    )


def _contact_answers(frame: Frame, heard: pa.Table, ids: Ints, local_s: Ints) -> list[pa.Table]:
    """Satisfaction 1-5, ease 1-7, and a sentence from some."""
    truths, count = frame.truths, len(ids)
    complaint = np.array([kind == "complaint" for kind in heard["kind"].to_pylist()], dtype=bool)
    later = local_s >= frame.calendar.end_s - truths.call_drop_days * DAY
    call = np.where(later, drawn(frame, count, truths.call_csat_later), drawn(frame, count, truths.call_csat))
    satisfied = np.where(complaint, drawn(frame, count, truths.complaint_csat), call)
    easy = np.where(complaint, drawn(frame, count, truths.complaint_ease), drawn(frame, count, truths.call_ease))
    wrote = frame.chance(count, TEXT_SHARE)
    branch = {name: place for place, name in enumerate(BRANCHES)}
    language = np.array([branch.get(name, 0) for name in heard["branch"].to_pylist()], dtype=np.int64)
    return [
        scores_of(frame, ids, AFTER_CONTACT, "satisfied", "csat", satisfied, (1.0, 5.0)),
        scores_of(frame, ids, AFTER_CONTACT, "easy", "ces", easy, (1.0, 7.0)),
        texts_of(
            frame,
            ids[wrote],
            AFTER_CONTACT,
            "why",
            language[wrote],
            satisfied[wrote] >= 4,
            _recent(frame, local_s[wrote]),
        ),
    ]


# Without an invitation -----------------------------------------------------------------------------------


def _showroom_cards(make: OrderTouches) -> Rows:
    """A card with a code on the counter: some who buy in a showroom answer, without a name."""
    frame, sales = make.frame, make.sales
    places = np.flatnonzero((sales.channel == SHOWROOM) & frame.chance(len(sales.channel), 0.05))
    local_s = sales.ordered_s[places] + HOUR // 2
    places, local_s = places[happened(frame, local_s)], local_s[happened(frame, local_s)]
    ids, branch = frame.numbering.ids(len(places)), sales.branch[places]
    given = touches(
        frame,
        "answer",
        local_s,
        ids,
        source="survey",
        touchpoint="showroom",
        channel="qr",
        branch=picks(branch, BRANCHES),
        step="answer",
        initiated_by="client",
        properties=reply_properties(CARDS),
    )
    shares = frame.truths.nps_cards
    level = frame.rng.choice(3, len(ids), p=(shares.promoters, shares.passives, shares.detractors))
    low, width = np.array([9, 7, 0])[level], np.array([2, 2, 7])[level]
    score = low + np.floor(frame.rng.random(len(ids)) * width)
    wrote = frame.chance(len(ids), TEXT_SHARE)
    return [given], [
        scores_of(frame, ids, CARDS, "recommend", "nps", score, (0.0, 10.0)),
        texts_of(frame, ids[wrote], CARDS, "why", branch[wrote], score[wrote] >= 9, _recent(frame, local_s[wrote])),
    ]


def _reviews(make: OrderTouches) -> Rows:
    """Stars and a text on a public site some days after the goods came; nobody was asked and nobody is known."""
    frame, orders = make.frame, make.orders
    reviewed_s = (orders.handed_s // DAY + 5) * DAY + frame.rng.integers(9 * HOUR, 22 * HOUR, len(orders))
    places = np.flatnonzero(happened(frame, reviewed_s) & frame.chance(len(orders), 0.06))
    local_s, language = reviewed_s[places], make.branch[places]
    ids = frame.numbering.ids(len(places))
    given = touches(
        frame,
        "review",
        local_s,
        ids,
        source="review site",
        touchpoint="review site",
        channel="web",
        branch=picks(language, BRANCHES),
        step="review",
        initiated_by="client",
        properties='{"survey": "reviews"}',
    )
    stars = drawn(frame, len(ids), frame.truths.review_stars)
    return [given], [
        scores_of(frame, ids, REVIEWS, "stars", "rating", stars, (1.0, 5.0)),
        texts_of(frame, ids, REVIEWS, "review", language, stars >= 4, _recent(frame, local_s)),
    ]
