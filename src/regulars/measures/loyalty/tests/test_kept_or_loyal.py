"""Who stays because they must, who because they wish to, and what a decent newcomer could take."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import run_measure
from regulars.measures import find
from regulars.measures.loyalty.statistics import _interval
from regulars.measures.scope import Scope
from tests.small_log import Files, client, purchase, write_log

AS_OF = date(2024, 6, 30)


def fact(key: int, name: str, value: str, on: str = "2024-01-01", **columns: Any) -> dict[str, Any]:
    """One row of facts, said and confirmed on a day."""
    at = datetime.fromisoformat(on).replace(tzinfo=UTC)
    return {
        "client_key": key,
        "name": name,
        "value": value,
        "known_at": at,
        "confirmed_at": at,
        "import_id": 1,
        **columns,
    }


class Shop:
    """A small shop whose customers all came back once, unless said otherwise."""

    def __init__(self) -> None:
        self.interactions: list[dict[str, Any]] = []
        self.answers: list[dict[str, Any]] = []
        self.facts: list[dict[str, Any]] = []
        self.clients: list[dict[str, Any]] = []

    def regular(self, key: int, spend: int = 100, **columns: Any) -> Shop:
        """A customer since 2022 who bought for ``spend`` this spring."""
        self.interactions.append(purchase(key, "2022-01-01", 10, **columns))
        self.interactions.append(purchase(key, "2024-05-01", spend, **columns))
        return self

    def told(self, key: int, name: str, value: str, on: str = "2024-01-01", **columns: Any) -> Shop:
        """A fact on the customer's card."""
        self.facts.append(fact(key, name, value, on, **columns))
        return self

    def says(
        self, key: int, score: float, on: str = "2024-04-01", kind: str = "nps", question: str = "recommend"
    ) -> Shop:
        """An answer to a question with a scale."""
        number, (low, high) = 1000 + len(self.answers), {"nps": (0.0, 10.0)}.get(kind, (1.0, 5.0))
        self.interactions.append(purchase(key, on, None, "answer", interaction_id=number))
        row = {"interaction_id": number, "question": question, "kind": kind, "score": float(score)}
        self.answers.append({**row, "scale_min": low, "scale_max": high})
        return self

    def chooses(self, key: int, question: str, choice: str, on: str = "2024-04-01") -> Shop:
        """An answer to a question with options."""
        number = 1000 + len(self.answers)
        self.interactions.append(purchase(key, on, None, "answer", interaction_id=number))
        self.answers.append({"interaction_id": number, "question": question, "kind": "choice", "choice": choice})
        return self

    def written(self, folder: Path) -> Files:
        """The log's files."""
        tables = {"answers": self.answers, "facts": self.facts, "clients": self.clients}
        return write_log(folder, interactions=self.interactions, **tables)


def rows(name: str, files: Files, **scope: Any) -> list[dict[str, Any]]:
    engine = DuckDBEngine(files)
    found = run_measure(engine, find(name), Scope(as_of=AS_OF, **scope)).to_arrow().to_pylist()
    engine.close()
    return found


def counted(shop: Shop, folder: Path, **scope: Any) -> dict[str, int]:
    """Standing -> customers."""
    return {row["standing"]: row["customers"] for row in rows("kept_or_loyal", shop.written(folder), **scope)}


def standing_of(shop: Shop, folder: Path, key: int = 1, **scope: Any) -> str:
    found = rows("customer_loyalty", shop.written(folder), **scope)
    return str(next(row["standing"] for row in found if row["client_key"] == key))


def test_a_customer_who_came_once_has_neither_been_kept_nor_been_loyal(tmp_path: Path) -> None:
    shop = Shop().regular(1)
    shop.interactions += [purchase(2, "2024-05-01", 50), purchase(3, "2022-01-01", 5), purchase(3, "2023-01-01", 5)]
    assert counted(shop, tmp_path)["all"] == 1, "one came once, one came back two years ago"


def test_what_nobody_knows_is_unknown_and_not_loyal(tmp_path: Path) -> None:
    shop = Shop().regular(1).regular(2).says(2, 10).regular(3).told(3, "no alternative", "no")
    found = {row["standing"]: row for row in rows("kept_or_loyal", shop.written(tmp_path))}
    assert (found["unknown"]["customers"], found["loyal"]["customers"]) == (3, 0)
    assert found["unknown"]["could_take"] is None
    assert found["unknown"]["could_take_reason"]
    assert (found["all"]["untold"], found["all"]["unheard"]) == (2, 2)


def test_who_is_free_to_go_is_loyal_when_satisfied_and_indifferent_when_not(tmp_path: Path) -> None:
    shop = Shop()
    for key, score in ((1, 9), (2, 8), (3, 0)):
        shop.regular(key).told(key, "contract until", "2024-06-30").says(key, score)
    assert counted(shop, tmp_path) == {"locked in": 0, "loyal": 1, "indifferent": 2, "unknown": 0, "all": 3}


def test_of_whom_no_terms_are_told_may_count_as_free_where_the_reader_says_so(tmp_path: Path) -> None:
    shop = Shop().regular(1).says(1, 10).regular(2).says(2, 3)
    assert counted(shop, tmp_path)["unknown"] == 2
    free = counted(shop, tmp_path, choices={"untold": "free"})
    assert (free["loyal"], free["indifferent"], free["unknown"]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("name", "value", "standing"),
    [
        ("contract until", "2024-07-01", "locked in"),
        ("contract until", "2024-06-30", "loyal"),
        ("contract until", "01.07.2024", "locked in"),
        ("contract until", "2024-06", "loyal"),
        ("contract until", "2024", "locked in"),
        ("contract until", "open-ended", "locked in"),
        ("Contract until ", "2025-01-01", "locked in"),
        ("contract until", "next spring", "unknown"),
        ("contract until", "2024-13", "unknown"),
        ("no alternative", "yes", "locked in"),
        ("no alternative", "Да", "locked in"),
        ("no alternative", "hayır", "loyal"),
        ("no alternative", "perhaps", "unknown"),
        ("switching cost", "high", "locked in"),
        ("switching cost", "low", "loyal"),
        ("switching cost", "20 EUR", "locked in"),
        ("switching cost", "19,90", "loyal"),
        ("switching cost", "1.500,00 €", "locked in"),
        ("switching cost", "-5", "unknown"),
        ("favourite wood", "oak", "unknown"),
    ],
)
def test_terms_are_read_as_people_write_them(tmp_path: Path, name: str, value: str, standing: str) -> None:
    shop = Shop().regular(1, spend=100).says(1, 10).told(1, name, value)
    assert standing_of(shop, tmp_path) == standing


def test_terms_that_nobody_can_read_are_counted_in_a_note(tmp_path: Path) -> None:
    engine = DuckDBEngine(Shop().regular(1).told(1, "contract until", "soon").written(tmp_path))
    notes = run_measure(engine, find("kept_or_loyal"), Scope(as_of=AS_OF)).notes
    engine.close()
    assert any(note.startswith("1 terms of customers could not be read") for note in notes)


def test_the_newest_word_on_a_term_holds_whoever_said_it(tmp_path: Path) -> None:
    shop = Shop().regular(1).says(1, 10).told(1, "no alternative", "yes", "2024-01-01")
    shop.chooses(1, "terms.no_alternative", "no", "2024-03-01")
    assert standing_of(shop, tmp_path / "a") == "loyal"
    shop.told(1, "no alternative", "yes", "2024-05-01")
    assert standing_of(shop, tmp_path / "b") == "locked in"


def test_a_fact_that_was_dropped_or_taken_back_holds_nobody(tmp_path: Path) -> None:
    shop = Shop().regular(1).says(1, 10).told(1, "no alternative", "yes")
    shop.told(1, "no alternative", "yes", "2024-02-01", status="dropped")
    assert standing_of(shop, tmp_path / "a") == "unknown"
    shop = Shop().regular(1).says(1, 10).told(1, "no alternative", "no")
    shop.told(1, "no alternative", "yes", "2024-02-01", status="confirmed")
    shop.told(1, "no alternative", "yes", "2024-02-02", status="taken back")
    assert standing_of(shop, tmp_path / "b") == "loyal"


def test_what_was_told_after_the_day_does_not_count_for_it(tmp_path: Path) -> None:
    shop = Shop().regular(1).says(1, 10).told(1, "no alternative", "yes", "2024-07-01")
    files = shop.written(tmp_path)
    engine = DuckDBEngine(files)
    before = run_measure(engine, find("customer_loyalty"), Scope(as_of=AS_OF))
    after = run_measure(engine, find("customer_loyalty"), Scope(as_of=date(2024, 7, 1)))
    engine.close()
    assert [row["standing"] for row in before.to_arrow().to_pylist()] == ["unknown"]
    assert before.notes == ("Facts about customers' terms told after 2024-06-30 do not count for that day: 1.",)
    assert [row["standing"] for row in after.to_arrow().to_pylist()] == ["locked in"]
    assert after.notes == ()


def test_what_was_dropped_or_changed_after_the_day_still_held_on_it(tmp_path: Path) -> None:
    shop = Shop().regular(1).says(1, 10).told(1, "no alternative", "yes")
    shop.told(1, "no alternative", "yes", "2024-07-01", status="dropped")
    assert standing_of(shop, tmp_path / "a") == "locked in"
    shop = Shop().regular(1).says(1, 10).told(1, "contract until", "2025-01-01")
    shop.told(1, "contract until", "2024-06-01", "2024-07-02", known_at=datetime(2024, 1, 1, tzinfo=UTC))
    assert standing_of(shop, tmp_path / "b") == "locked in"


def test_the_day_ends_by_the_companys_clocks(tmp_path: Path) -> None:
    shop = Shop().regular(1).says(1, 10).told(1, "no alternative", "yes", "2024-06-30T22:30")
    assert standing_of(shop, tmp_path / "a", time_zone="UTC") == "locked in"
    assert standing_of(shop, tmp_path / "b", time_zone="Europe/Sofia") == "unknown", "there it was past midnight"


def test_a_fact_without_a_day_counts_for_every_day(tmp_path: Path) -> None:
    shop = Shop().regular(1).says(1, 10).told(1, "no alternative", "yes", known_at=None, confirmed_at=None)
    assert standing_of(shop, tmp_path) == "locked in"


def test_a_list_that_came_later_tells_of_earlier_days_only_where_no_earlier_list_does(tmp_path: Path) -> None:
    shop = Shop().regular(1).says(1, 10).regular(2).says(2, 10)
    later = datetime(2024, 8, 1, tzinfo=UTC)
    ends = [json.dumps({"contract until": until}) for until in ("2024-01-31", "2025-01-31")]
    shop.clients = [
        client(1, attributes=ends[0], asserted_at=datetime(2024, 1, 1, tzinfo=UTC)),
        client(1, attributes=ends[1], asserted_at=later),
        client(2, attributes=ends[1], asserted_at=later),
    ]
    found = {row["client_key"]: row["standing"] for row in rows("customer_loyalty", shop.written(tmp_path))}
    assert found == {1: "loyal", 2: "locked in"}


def test_a_score_on_a_question_about_terms_says_yes_from_two_thirds_of_its_scale(tmp_path: Path) -> None:
    shop = Shop()
    for key, score in ((1, 4), (2, 3)):
        shop.regular(key).says(key, 10).says(key, score, kind="rating", question="switching-cost")
    found = {row["client_key"]: row["standing"] for row in rows("customer_loyalty", shop.written(tmp_path))}
    assert found == {1: "locked in", 2: "loyal"}


def test_a_column_of_a_customer_file_tells_terms_too(tmp_path: Path) -> None:
    shop = Shop().regular(1).says(1, 10).regular(2).says(2, 10)
    shop.clients = [
        client(1, attributes=json.dumps({"Contract_until": "2025-01-31", "segment": "hotel"})),
        client(2, attributes="not JSON, but of a contract"),
    ]
    found = {row["client_key"]: row for row in rows("customer_loyalty", shop.written(tmp_path))}
    assert (found[1]["standing"], found[1]["locked_by"]) == ("locked in", "contract")
    assert found[1]["contract_until"] == date(2025, 1, 31)
    assert found[2]["standing"] == "unknown"


def test_a_recommendation_says_more_than_a_satisfaction_and_an_old_one_says_nothing(tmp_path: Path) -> None:
    shop = Shop()
    for key in (1, 2, 3):
        shop.regular(key).told(key, "no alternative", "no")
    shop.says(1, 9, "2024-01-01").says(1, 1, "2024-06-01", kind="csat", question="how")
    shop.says(2, 4, kind="csat", question="how")
    shop.says(3, 10, "2022-01-01")
    found = {row["client_key"]: row["standing"] for row in rows("customer_loyalty", shop.written(tmp_path))}
    assert found == {1: "loyal", 2: "loyal", 3: "unknown"}


def test_a_newcomer_could_take_the_unhappy_whether_locked_in_or_free_and_nobody_else(tmp_path: Path) -> None:
    shop = Shop()
    shop.regular(1, 100).told(1, "no alternative", "yes").says(1, 2)
    shop.regular(2, 1000).told(2, "no alternative", "yes").says(2, 10)
    shop.regular(3, 30).told(3, "no alternative", "no").says(3, 5)
    shop.regular(4, 7000).told(4, "no alternative", "no").says(4, 9)
    shop.regular(5, 50000)
    found = {row["standing"]: row for row in rows("kept_or_loyal", shop.written(tmp_path))}
    taken = {standing: row["could_take"] for standing, row in found.items()}
    assert taken == {"locked in": 100, "loyal": 0, "indifferent": 30, "unknown": None, "all": 130}
    assert found["all"]["could_take_n"] == 4
    assert found["all"]["revenue"] == Decimal(58130)
    assert found["all"]["could_take_low"] <= 130 <= found["all"]["could_take_high"]
    first = rows("customer_loyalty", shop.written(tmp_path))[:2]
    assert [(row["client_key"], row["open_to_others"]) for row in first] == [(1, True), (3, True)]


def test_revenue_is_that_of_a_year_and_less_what_was_sent_back(tmp_path: Path) -> None:
    shop = Shop().regular(1, 100)
    shop.interactions += [purchase(1, "2024-05-09", -40, "refund"), purchase(1, "2023-07-02", 5)]
    shop.interactions += [purchase(1, "2023-07-01", 700)]
    assert rows("kept_or_loyal", shop.written(tmp_path))[4]["revenue"] == Decimal(65), (
        "1 July 2023 is the 366th day back"
    )


def test_each_side_of_a_split_is_counted_for_itself(tmp_path: Path) -> None:
    shop = Shop().regular(1).regular(2).told(2, "no alternative", "yes")
    shop.clients = [client(1, customer_type="end user"), client(2, customer_type="reseller")]
    found = rows("kept_or_loyal", shop.written(tmp_path), by=("customer_type",))
    locked = {row["customer_type"]: row["customers"] for row in found if row["standing"] == "locked in"}
    assert locked == {"end user": 0, "reseller": 1}
    assert len(found) == 10


def test_a_shop_without_returning_customers_has_no_rows(tmp_path: Path) -> None:
    shop = Shop()
    shop.interactions.append(purchase(1, "2024-05-01", 5))
    assert rows("kept_or_loyal", shop.written(tmp_path)) == []


@given(
    st.lists(
        st.tuples(st.sampled_from(["yes", "no", None]), st.sampled_from([2, 8, 10, None])), min_size=1, max_size=12
    )
)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_slow_twin_counts_the_same(tmp_path: Path, told: list[tuple[str | None, int | None]]) -> None:
    shop, expected = Shop(), {"locked in": 0, "loyal": 0, "indifferent": 0, "unknown": 0, "all": len(told)}
    for key, (stuck, score) in enumerate(told, 1):
        shop.regular(key)
        if stuck:
            shop.told(key, "no alternative", stuck)
        if score is not None:
            shop.says(key, score)
        free = {"yes": "locked in", None: "unknown"}.get(stuck)
        expected[free or ("unknown" if score is None else "loyal" if score >= 9 else "indifferent")] += 1
    assert counted(shop, tmp_path) == expected


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    """Of 200 samples from one company; with 400 customers a bootstrap of a sum is a little too narrow."""
    draw, held = np.random.default_rng(1), 0
    for _ in range(200):
        spend = draw.gamma(1.5, 200, 400) * (draw.random(400) < 0.3)
        low, high = _interval(spend)
        held += low <= 400 * 0.3 * 300 <= high
    assert held >= 180


def test_very_many_customers_get_the_same_interval_from_the_normal_curve(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(2)
    spend = draw.gamma(2, 50, 5_000) * (draw.random(5_000) < 0.4)
    drawn = _interval(spend)
    monkeypatch.setattr("regulars.measures.loyalty.statistics.MOST_DRAWS", 0)
    assert _interval(spend) == pytest.approx(drawn, rel=0.02)
