"""One made-up company for both engines, and one Spark for the whole session."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.spark import SparkEngine
from tests.engines.contracts import listed, published_stages, stages_of_life
from tests.engines.journeys import threads
from tests.engines.programme import (
    programme_answers,
    programme_decisions,
    programme_facts,
    programme_items,
    programme_staff,
    programme_touches,
)
from tests.engines.terms import asked_terms, attributes, told_terms
from tests.engines.touches import decided, touches
from tests.engines.voices import EMPLOYEES, PARTNERS, voices
from tests.small_log import Files, client, purchase, write_log

FIRST_ON = date(2023, 1, 3)
LAST_ON = date(2024, 6, 30)
# Compiling Java for each of a thousand queries of a small log takes longer than they run; what they say is the same.
OF_A_SMALL_LOG = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
}


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """150 customers with every awkward thing: guests, refunds, bad debt, gifts, missing costs, ties, changed types.

    Most of them are asked for their opinion, some answer, and strangers write reviews: see voices.py. Their orders run
    through touchpoints that promise something: see touches.py. Cases with loops and ties: see journeys.py.
    """
    draw = random.Random(7)
    rows: list[dict[str, Any]] = []
    for key in range(1, 151):
        rows += _purchases_of(key, draw)
    rows += [purchase(None, "2024-02-29", 25, channel="shop"), purchase(None, "2023-05-05", -40, "adjustment")]
    rows += [purchase(9_000_000_000_000_000_000, LAST_ON, 0, channel=None)]
    voiced, answers = voices(random.Random(8))
    touched = touches(random.Random(9))
    return write_log(
        tmp_path_factory.mktemp("company"),
        interactions=rows
        + voiced
        + touched
        + programme_touches(random.Random(11))
        + stages_of_life()
        + threads(random.Random(10)),
        clients=_assertions(draw) + attributes() + listed() + programme_staff(),
        items=programme_items(touched),
        facts=told_terms() + programme_facts(random.Random(12)),
        answers=answers + asked_terms(answers) + programme_answers(voiced),
        decisions=[
            {"noun": "themes", "key": "themes", "version": 1, "body": '{"names": {}}'},
            *decided(),
            *published_stages(),
            *programme_decisions(),
        ],
    )


def _purchases_of(key: int, draw: random.Random) -> list[dict[str, Any]]:
    day, rows = FIRST_ON + timedelta(days=draw.randrange(300)), []
    while day <= LAST_ON:
        amount = f"{draw.choice([0, 5, 19.9, 20, 120, 75.25]):.2f}"
        channel = draw.choice(["web", "shop", None])
        cost = draw.choice([None, "3.5", "11"]) if channel == "shop" else "2.1234"
        rows.append(purchase(key, day, amount, channel=channel, cost=cost))
        if draw.random() < 0.1:
            rows.append(purchase(key, day + timedelta(days=1), f"-{amount}", "refund", channel=channel))
        day += timedelta(days=draw.choice([0, 1, 14, 30, 45, 90, 200, 400]))
        if draw.random() < 0.2:
            break
    return [row for row in rows if row["occurred_on"] <= LAST_ON]


def _assertions(draw: random.Random) -> list[dict[str, Any]]:
    kinds = ["end user", "reseller", None]
    came = ("recommendation", "advert", None)
    first = [
        client(key, "2023-01-01", customer_type=draw.choice(kinds), birth_year=1980, acquired_by=came[key % 3])
        for key in range(1, 141)
    ]
    later = [
        client(key, draw.choice(["2023-01-01", "2024-01-01", None]), customer_type=draw.choice(kinds), city="Brno")
        for key in range(1, 141, 2)
    ]
    others = [client(key, kind="employee") for key in EMPLOYEES] + [client(key, kind="partner") for key in PARTNERS]
    return first + later + others


@pytest.fixture(scope="session")
def duck(company: Files) -> Iterator[DuckDBEngine]:
    engine = DuckDBEngine(company)
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def spark(company: Files) -> Iterator[SparkEngine]:
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine")
    pytest.importorskip("pyspark")
    engine = SparkEngine(company)
    for name, value in {
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.shuffle.partitions": "1",
    }.items():
        engine._spark.conf.set(name, value)
    yield engine
    engine.close()
