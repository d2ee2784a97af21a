"""What those inside and beside the company say: employees on the seven elements, partners; and thanks.

Answers carry no name: an employee's department and level, nothing of a partner.
"""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa

from regulars.demo.answers import opinions
from regulars.demo.asking import rated, scores_of
from regulars.demo.colleagues import ACCOUNTS, department, level_of
from regulars.demo.columns import DAY, HOUR, Ints, money, picks, scattered
from regulars.demo.frame import Column, Frame, touches
from regulars.demo.names import BRANCHES, COUNTRIES
from regulars.demo.people import VAULT
from regulars.demo.staff import EMPLOYEES, PARTNERS, branch_of
from regulars.demo.truths import HISTORY_DAYS
from regulars.log.tables import CLIENTS

ELEMENTS_SURVEY, PARTNER_SURVEY = "seven-elements", "partner"
STATEMENTS = 2  # of each element
WAVE_DAYS = (770, 588, 406, 224, 48)  # before the end of the log
MORE_PARTNERS = (
    "fabric supplier",
    "fittings supplier",
    "glass cutter",
    "carrier in Prague",
    "carrier in Istanbul",
    "carrier in Almaty",
)
PEOPLE_A_PARTNER = 3
_FIRST_CLIENT = 10**12 + 10**6  # beyond the numbers of the other employees and partners
_CODES = (*(f"E{number:02d}" for number in range(1, EMPLOYEES + 1)), *ACCOUNTS)
# What a colleague was thanked for, in the language of the branch.
_THANKED = {
    "London": (
        "Drove back in the evening with the missing screws.",
        "Stayed with an angry customer until the day was agreed.",
    ),
    "Sofia": (
        "Намери същата дамаска при друг доставчик.",
        "Обади се на клиентката, преди тя да разбере за закъснението.",
    ),
    "Almaty": (
        "За помощь со сборкой шкафа после рабочего дня.",
        "За терпеливое объяснение, из чего складывается цена сборки.",
    ),
    "Prague": (
        "Za to, že se skříň dostala do bytu, i když se nevešla do výtahu.",
        "Za vrácení peněz hned a bez dlouhých řečí.",
    ),
    "Istanbul": (
        "Müşterinin eski masasını atölyede ücretsiz onardı.",
        "Teslimattan sonra arayıp her şey yolunda mı diye sordu.",
    ),
}


def more_keys(frame: Frame) -> Ints:
    """Client keys of the accounts' employees, then of the partners of this file."""
    numbers = np.arange(_FIRST_CLIENT, _FIRST_CLIENT + len(ACCOUNTS) + len(MORE_PARTNERS), dtype=np.int64)
    return scattered(numbers, frame.numbering.salt ^ 0x5DEECE66D)


def more_client_rows(frame: Frame) -> pa.Table:
    """Rows of ``clients`` for the accounts' employees and for more partners."""
    keys = more_keys(frame)
    bodies = [
        {"code": code, "department": "accounts", "branch": branch}
        for code, branch in zip(ACCOUNTS, BRANCHES, strict=True)
    ]
    named = [{"name": name} for name in MORE_PARTNERS]
    columns = {
        "client_key": pa.array(keys),
        "import_id": pa.array(np.full(len(keys), frame.import_id)),
        "asserted_at": frame.calendar.instants(np.full(len(keys), frame.calendar.end_s - 2 * HOUR)),
        "kind": pa.array(["employee"] * len(ACCOUNTS) + ["partner"] * len(MORE_PARTNERS)),
        "attributes": pa.array([json.dumps(body) for body in (*bodies, *named)]),
    }
    arrays = [columns.get(field.name, pa.nulls(len(keys), field.type)) for field in CLIENTS]
    return pa.Table.from_arrays(arrays, schema=CLIENTS)


def more_vault_rows(frame: Frame) -> pa.Table:
    """Invented names of the accounts' employees, under their codes."""
    by_branch = {country.branch: country for country in COUNTRIES}
    names = [f"{by_branch[branch].women[3]} {by_branch[branch].surnames_of_women[7]}" for branch in BRANCHES]
    count = len(ACCOUNTS)
    columns = {
        "client_key": pa.array(more_keys(frame)[:count]),
        "source": pa.repeat("staff", count),
        "reference": pa.array(list(ACCOUNTS)),
        "name": pa.array(names),
        "email": pa.array([f"{code.lower()}@oakline.example" for code in ACCOUNTS]),
    }
    arrays = [columns.get(field.name, pa.nulls(count, field.type)) for field in VAULT]
    return pa.Table.from_arrays(arrays, schema=VAULT)


def element_rows(frame: Frame) -> tuple[pa.Table, list[pa.Table]]:
    """The employees' questionnaire, twice a year: rows of ``interactions`` and of ``answers``, none with a name.

    Each statement is rated 1 to 5; whoever leads rates it higher by ``management_gap`` on average.
    """
    person, asked_s = _wave(frame, len(_CODES))
    answered = frame.chance(len(person), frame.truths.element_response)
    person, asked_s = person[answered], asked_s[answered]
    ids = frame.numbering.ids(len(person))
    levels = [level_of(code) for code in _CODES]
    bodies = [_reply(ELEMENTS_SURVEY, level) for level in levels]
    given = _anonymous(
        frame,
        asked_s,
        ids,
        department=picks(person, [department(code) for code in _CODES]),
        properties=picks(person, bodies),
    )
    leads = np.array([level == "management" for level in levels])[person]
    gap = np.where(leads, frame.truths.management_gap, 0.0)
    answers = []
    for element, mean in frame.truths.element_means.items():
        for number in range(1, STATEMENTS + 1):
            score = rated(frame, len(ids), mean + gap, 5)
            key = f"{element}-{number}"
            answers.append(scores_of(frame, ids, ELEMENTS_SURVEY, key, "rating", score, (1.0, 5.0)))
    return given, answers


def partner_rows(frame: Frame) -> tuple[pa.Table, list[pa.Table]]:
    """The partners' pulse on the same days, from three people of each: recommending, and satisfaction 1 to 5."""
    _, asked_s = _wave(frame, PEOPLE_A_PARTNER * (len(PARTNERS) + len(MORE_PARTNERS)))
    asked_s = asked_s[frame.chance(len(asked_s), 0.7)]
    ids = frame.numbering.ids(len(asked_s))
    given = _anonymous(frame, asked_s, ids, properties=_reply(PARTNER_SURVEY, ""))
    score = opinions(frame, frame.truths.partner_nps, len(ids))
    content = np.clip(np.rint(score / 2), 1, 5)
    return given, [
        scores_of(frame, ids, PARTNER_SURVEY, "recommend", "nps", score, (0.0, 10.0)),
        scores_of(frame, ids, PARTNER_SURVEY, "overall", "csat", content, (1.0, 5.0)),
    ]


def _wave(frame: Frame, people: int) -> tuple[Ints, Ints]:
    """So many people on each wave's days: who, and when."""
    first = frame.calendar.end_s // DAY - np.array(WAVE_DAYS)
    person = np.tile(np.arange(people), len(first))
    day = np.repeat(first, people) + frame.rng.integers(0, 10, len(person))
    return person, day * DAY + frame.rng.integers(8 * HOUR, 19 * HOUR, len(person))


def _reply(survey: str, level: str) -> str:
    told = {"level": level} if level else {}
    return json.dumps({"survey": survey, "version": 1, "complete": True, **told})


def _anonymous(frame: Frame, local_s: Ints, ids: Ints, **columns: Column) -> pa.Table:
    return touches(
        frame,
        "answer",
        # To the day: the time would say who sat at the machine.
        local_s // DAY * DAY + 12 * HOUR,
        ids,
        source="survey",
        touchpoint="survey",
        step="answer",
        channel="link",
        initiated_by="client",
        **columns,
    )


def thanks_rows(frame: Frame) -> pa.Table:
    """About three colleagues a month are thanked for something; every third with a bonus."""
    months = HISTORY_DAYS // 30
    month = np.repeat(np.arange(months), frame.rng.poisson(3, months))
    count = len(month)
    local_s = (frame.calendar.first_day + month * 30 + frame.rng.integers(0, 30, count)) * DAY + 16 * HOUR
    person = frame.rng.integers(0, EMPLOYEES, count)
    branches = [branch_of(f"E{number + 1:02d}") for number in range(EMPLOYEES)]
    words = [text for branch in BRANCHES for text in _THANKED[branch]]
    place = np.array([BRANCHES.index(branch) for branch in branches])[person] * 2 + frame.rng.integers(0, 2, count)
    bonus = frame.rng.choice((3000, 5000, 10000), count)
    return touches(
        frame,
        "thanks",
        local_s,
        source="pages",
        employee=picks(person, _CODES),
        department=picks(person, [department(code) for code in _CODES]),
        branch=picks(person, branches),
        initiated_by="company",
        amount=money(bonus, frame.chance(count, 1 / 3)),
        text=picks(place, words),
    )
