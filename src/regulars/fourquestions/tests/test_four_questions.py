"""The four questions: the program's own numbers, and the words of the people who work there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

import regulars as rg
from regulars.demo.workspace import make_demo
from regulars.fourquestions.errors import SENTENCES, FourQuestionsError
from regulars.fourquestions.figures import figures
from regulars.fourquestions.parts import QUESTIONS, Figure, Lens
from regulars.fourquestions.publishing import LONGEST, answer, answers, histories
from regulars.workspace import Workspace

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
YEAR = Lens(from_on=date(2025, 7, 1), to_on=date(2026, 6, 30))


@pytest.fixture(scope="module")
def oakline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with make_demo(tmp_path_factory.mktemp("oakline") / "shop", customers=300) as made:
        yield made


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    with rg.init(tmp_path / "shop") as opened:
        yield opened


def found(shop: Workspace, question: str, name: str, lens: Lens = YEAR) -> Figure:
    return next(one for one in figures(shop, question, lens) if one.name == name)  # type: ignore[arg-type]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_figure_has_its_interval_and_count_or_says_why_not(oakline: Workspace, question: str) -> None:
    told = figures(oakline, question, YEAR)  # type: ignore[arg-type]
    assert len(told) >= 4
    for one in told:
        if one.known:
            assert one.n, one
            assert one.low is not None or one.reason, one
            assert one.low is None or one.low <= one.value <= one.high, one  # type: ignore[operator]
        else:
            assert one.reason, one


def test_the_average_order_is_that_of_all_orders_of_the_period(oakline: Workspace) -> None:
    with oakline.engine() as engine:
        rows = engine.run(
            "SELECT amount FROM interactions WHERE kind = 'order' AND occurred_on BETWEEN '2025-07-01' AND '2026-06-30'"
        )
    amounts = np.array(rows["amount"].to_pylist(), dtype=np.float64)
    low, high = stats.t.interval(0.95, len(amounts) - 1, amounts.mean(), stats.sem(amounts))
    order = found(oakline, "means", "average order")
    assert order.n == len(amounts)
    assert (order.value, order.low, order.high) == pytest.approx((amounts.mean(), low, high), rel=1e-6)


def test_a_share_is_that_of_its_measure_and_names_it(oakline: Workspace) -> None:
    come_back = found(oakline, "brings-back", "come back")
    rows = oakline.measure("repeat", to_on=YEAR.to_on).to_arrow().to_pylist()
    year = next(row for row in rows if row["window_days"] == 365)
    assert (come_back.measure, come_back.value, come_back.n) == ("repeat", year["repeat_share"], year["n"])


def test_a_group_is_asked_for_itself(oakline: Workspace) -> None:
    with oakline.engine() as engine:
        rows = engine.run("SELECT client_key FROM clients WHERE customer_type = 'reseller'")
    resellers = Lens(members=frozenset(rows["client_key"].to_pylist()), from_on=YEAR.from_on, to_on=YEAR.to_on)
    assert found(oakline, "means", "average order", resellers).value > found(oakline, "means", "average order").value  # type: ignore[operator]


def test_an_empty_log_says_so_in_every_figure(shop: Workspace) -> None:
    for question in QUESTIONS:
        told = figures(shop, question)
        assert told
        assert all(not one.known and one.reason for one in told), question


def test_what_people_say_is_signed_dated_and_never_lost(shop: Workspace) -> None:
    assert answers(shop) == {}
    answer(shop, "means", "A table for life.", by="ana@example.com", now=NOW)
    said = answer(shop, "means", "A table for two lives.", by="bo@example.com", now=NOW)
    assert (said.version, said.by, said.at) == (2, "bo@example.com", NOW)
    assert answers(shop) == {"means": said}
    assert [one.text for one in histories(shop)["means"]] == ["A table for life.", "A table for two lives."]
    assert answers(shop, "hotels") == {}


def test_a_double_click_answers_once(shop: Workspace) -> None:
    for _ in range(2):
        said = answer(shop, "keeps", "They like it.", by="ana@example.com", now=NOW, request_id="9a")
    assert said.version == 1
    assert len(histories(shop)["keeps"]) == 1


@pytest.mark.parametrize(
    ("question", "text", "reason"),
    [
        ("moon", "cheese", "unknown_question"),
        ("means", " \n", "no_text"),
        ("means", "x" * (LONGEST + 1), "text_too_long"),
        ("means", "a\x07b", "unprintable"),
    ],
)
def test_an_answer_that_does_not_fit_is_not_kept(shop: Workspace, question: str, text: str, reason: str) -> None:
    with pytest.raises(FourQuestionsError) as refused:
        answer(shop, question, text, by="ana@example.com", now=NOW)  # type: ignore[arg-type]
    assert refused.value.reason == reason
    assert answers(shop) == {}


def test_every_sentence_of_an_error_can_be_filled() -> None:
    assert all(FourQuestionsError(reason, found="x", known="y", limit=1) for reason in SENTENCES)
