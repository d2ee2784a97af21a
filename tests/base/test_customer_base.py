"""The customer base says of each customer what the log says, and nothing that the data do not support."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

import regulars as rg
from regulars.base import building, columns, open_base
from regulars.base.trust import Trust
from regulars.card import log_contact
from regulars.errors import MeasureError
from regulars.groups.rules import RuleError
from regulars.log.inbox import Entry
from regulars.workspace import Workspace
from tests.base.shops import ANA, BORIS, CEM, DORA, EVA, NEWEST, add, at, name, small_shop, touch

NOW = datetime(2026, 9, 15, 9, tzinfo=UTC)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    with small_shop(tmp_path / "shop") as workspace:
        yield workspace


def listed(workspace: Workspace, **asked: object) -> list[int]:
    return [row["client_key"] for row in open_base(workspace).page(**asked).rows]


def test_what_was_bought_is_counted_as_by_hand(shop: Workspace) -> None:
    ana = open_base(shop).row(ANA)
    assert (ana["orders"], ana["orders_last_year"]) == (3, 2)
    assert (ana["spend"], ana["spend_last_year"]) == (Decimal(550), Decimal(450))
    assert (ana["first_order_on"], ana["last_order_on"]) == (date(2025, 1, 10), date(2026, 6, 20))
    assert ana["recency_days"] == 10
    assert ana["profit"] == Decimal(100 + 200 + 300 - 50 - 3 * 40)
    assert ana["profit_reason"] is None


def test_profit_is_unknown_with_a_reason_where_costs_are(shop: Workspace) -> None:
    boris, dora = open_base(shop).row(BORIS), open_base(shop).row(DORA)
    assert boris["profit"] is None
    assert "Costs are known for less than 90%" in boris["profit_reason"]
    assert (dora["profit"], dora["profit_reason"]) == (None, "No orders yet.")


def test_shares_are_of_what_all_known_customers_bring(shop: Workspace) -> None:
    base = open_base(shop)
    assert base.about.basis == "revenue"
    shares = {key: base.row(key)["value_share"] for key in (ANA, BORIS, CEM)}
    assert shares == pytest.approx({ANA: 550 / 1560, BORIS: 1000 / 1560, CEM: 10 / 1560})
    assert [base.row(key)["value_rank"] for key in (BORIS, ANA, CEM)] == [1, 2, 3]
    assert [base.row(key)["key_customer"] for key in (BORIS, ANA, CEM, DORA)] == [True, True, False, False]


def test_contacts_complaints_and_promises_are_those_of_the_log(shop: Workspace) -> None:
    base = open_base(shop)
    ana, boris, cem = (base.row(key) for key in (ANA, BORIS, CEM))
    assert (ana["late_last_year"], ana["overdue_promises"]) == (1, 0)
    assert (boris["complaints_last_year"], boris["open_complaints"], boris["overdue_promises"]) == (1, 1, 1)
    assert (cem["last_contact_kind"], cem["last_contact_touchpoint"]) == ("call", "call centre")
    assert cem["last_contact_at"] == at("2026-06-30")
    assert (ana["last_answer_kind"], ana["last_answer_score"], ana["last_answer_scale"]) == ("nps", 9.0, "0-10")


def test_facts_are_counted_and_the_old_ones_too(shop: Workspace) -> None:
    ana = open_base(shop).row(ANA)
    assert (ana["facts_known"], ana["facts_stale"]) == (2, 1)


def test_a_customer_known_from_a_list_only_has_a_row_and_no_orders(shop: Workspace) -> None:
    dora = open_base(shop).row(DORA)
    assert (dora["orders"], dora["spend"], dora["recency_days"], dora["segment"]) == (0, 0, None, None)


def test_partners_stand_apart_from_customers(shop: Workspace) -> None:
    base = open_base(shop)
    assert set(listed(shop)) == {ANA, BORIS, CEM, DORA}
    assert [row["client_key"] for row in base.page(kind="partner").rows] == [EVA]
    assert base.row(EVA)["kind"] == "partner"


def test_without_enough_orders_nothing_is_expected_and_each_row_says_why(shop: Workspace) -> None:
    ana = open_base(shop).row(ANA)
    assert ana["clv"] is None
    assert ana["p_alive"] is None
    assert ana["slipping"] is None
    assert "50" in ana["clv_reason"]
    assert ana["at_stake_reason"] == ana["clv_reason"]


def test_a_failed_back_test_takes_every_expectation_away(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = Trust("It does not fit.", 100, "The model was wrong by 40% over the last 364 days: it is not used.")
    monkeypatch.setattr(building, "trust", lambda *_: failed)
    ana = open_base(shop).row(ANA)
    assert ana["clv"] is None
    assert ana["clv_reason"] == ana["at_stake_reason"] == failed.reason
    assert open_base(shop).about.trust == failed


def test_columns_of_a_row_are_the_declared_ones(shop: Workspace) -> None:
    assert list(open_base(shop).row(ANA)) == [column.name for column in columns()]
    assert not next(column for column in columns() if column.name == "country").depends_on_us
    assert next(column for column in columns() if column.name == "spend").depends_on_us


def test_a_list_is_sorted_by_any_column_with_the_unknown_last(shop: Workspace) -> None:
    assert listed(shop, sort="spend") == [BORIS, ANA, CEM, DORA]
    assert listed(shop, sort="recency_days", descending=False) == [ANA, CEM, BORIS, DORA]
    assert listed(shop, sort="recency_days", descending=True) == [BORIS, CEM, ANA, DORA]


def test_names_are_in_the_order_of_the_readers_language(shop: Workspace) -> None:
    by_name = {"sort": "name", "descending": False}
    assert listed(shop, **by_name, language="bg") == [ANA, BORIS, CEM, DORA]
    assert listed(shop, **by_name, language="en") == [BORIS, CEM, DORA, ANA]
    assert listed(shop, sort="name", descending=True, language="en") == [ANA, DORA, CEM, BORIS]


def test_a_new_name_takes_its_place_at_once(shop: Workspace) -> None:
    by_name = {"sort": "name", "descending": False, "language": "cs"}
    assert listed(shop, **by_name)[0] == BORIS
    shop.vault.add_details(2, [{"client_key": BORIS, "source": "shop", "name": "Zora Čapek"}])
    assert listed(shop, **by_name) == [CEM, DORA, BORIS, ANA]


def test_pages_follow_each_other_and_totals_are_of_all_pages(shop: Workspace) -> None:
    base = open_base(shop)
    first, second = base.page(limit=3), base.page(limit=3, offset=3)
    assert [row["client_key"] for row in (*first.rows, *second.rows)] == [BORIS, ANA, CEM, DORA]
    assert first.total == second.total == 4
    assert first.sums["spend"] == Decimal(1560)
    assert first.sums["clv"] is None


def test_conditions_are_a_groups_rule(shop: Workspace) -> None:
    bulgarian = {"all": [{"field": "country", "op": "is", "value": "BG"}]}
    assert set(listed(shop, conditions=bulgarian)) == {ANA, BORIS}
    assert open_base(shop).keys(bulgarian).tolist() == [ANA, BORIS]
    fearing = {"all": [{"field": "fact:fear", "op": "known"}]}
    assert listed(shop, conditions=fearing) == [ANA]
    assert open_base(shop).table(fearing, columns=["client_key", "spend"]).to_pylist() == [
        {"client_key": ANA, "spend": Decimal(550)}
    ]


def test_a_search_narrows_the_list_and_may_give_its_order(shop: Workspace) -> None:
    assert listed(shop, search_keys=[CEM, ANA, CEM, 999], sort=None) == [CEM, ANA]
    assert listed(shop, search_keys=[CEM, ANA]) == [ANA, CEM]
    assert listed(shop, search_keys=[]) == []
    assert open_base(shop).page(search_keys=[CEM]).total == 1


@pytest.mark.parametrize("wrong", ["nothing", "spend; DROP TABLE base", "", "1"])
def test_an_unknown_column_is_refused_with_those_there_are(shop: Workspace, wrong: str) -> None:
    base = open_base(shop)
    for ask in (lambda: base.page(sort=wrong), lambda: base.distinct(wrong), lambda: base.aggregate(of=[wrong])):
        with pytest.raises(MeasureError, match="There are: client_key"):
            ask()


def test_a_rule_that_cannot_be_read_is_refused(shop: Workspace) -> None:
    with pytest.raises(RuleError):
        open_base(shop).page({"all": [{"field": "nothing", "op": "is", "value": "x"}]})
    injected = {"all": [{"field": "country", "op": "is", "value": "x' OR '1'='1"}]}
    assert open_base(shop).page(injected).total == 0


def test_values_of_a_filter_come_with_their_customers(shop: Workspace) -> None:
    base = open_base(shop)
    assert base.distinct("country") == [("BG", 2), ("TR", 1)]
    assert base.fact_names() == [("fear", 1), ("need", 1)]


def test_means_come_with_their_count_and_interval(shop: Workspace) -> None:
    base = open_base(shop)
    everyone = base.aggregate(of=["spend"])[0]
    assert (everyone["customers"], everyone["spend_n"], everyone["spend_sum"]) == (4, 4, Decimal(1560))
    # Student's interval of 550, 1000, 10, 0 with three degrees of freedom.
    assert (everyone["spend_mean_low"], everyone["spend_mean_high"]) == pytest.approx((-375.44, 1155.44), abs=0.01)
    turkish = base.aggregate(of=["spend"], by="country")[1]
    assert (turkish["country"], turkish["spend_mean"], turkish["spend_mean_low"]) == ("TR", 10.0, None)


def test_an_empty_log_has_an_empty_base(tmp_path: Path) -> None:
    with rg.init(tmp_path / "empty") as workspace:
        base = open_base(workspace)
        assert base.page().total == 0
        assert base.about.as_of is None
        assert base.row(1) is None


def test_the_base_follows_the_log(shop: Workspace) -> None:
    before = open_base(shop)
    assert open_base(shop) is before
    number = add(shop, interactions=[touch(20, CEM, "2026-06-30", amount=5000)])
    assert listed(shop)[0] == CEM
    shop.undo(number)
    assert listed(shop)[0] == BORIS
    assert before.row(CEM)["spend"] == Decimal(10)


def test_a_contact_logged_later_does_not_age_every_customer(shop: Workspace) -> None:
    assert open_base(shop).about.as_of == NEWEST
    log_contact(shop, ANA, kind="call", touchpoint="desk", by="eva", now=NOW)
    shop.seal()
    ana = open_base(shop).row(ANA)
    assert open_base(shop).about.as_of == NEWEST
    assert ana["recency_days"] == 10
    assert ana["last_contact_at"] == NOW


def test_an_earlier_day_sees_nothing_later(shop: Workspace) -> None:
    base = open_base(shop, as_of=date(2026, 2, 28))
    ana = base.row(ANA)
    assert (ana["orders"], ana["spend"], ana["recency_days"]) == (2, Decimal(300), 18)
    assert base.row(BORIS)["complaints_last_year"] == 0


def test_joined_records_are_one_row(shop: Workspace) -> None:
    link = {"left_key": ANA, "right_key": CEM, "verdict": "same", "method": "person", "decided_at": at("2026-06-30")}
    shop.add([Entry("links", link)])
    shop.seal()
    base = open_base(shop)
    assert base.row(CEM) is None
    assert (base.row(ANA)["orders"], base.row(ANA)["spend"]) == (4, Decimal(560))
    assert base.page(sort="name").total == 3


def test_no_name_and_no_text_is_kept_in_the_cache(shop: Workspace) -> None:
    name(shop, 99, "Unmistakable Canary")
    add(shop, interactions=[touch(30, 99, "2026-06-30", "call", text="Unmistakable note")])
    open_base(shop).page(sort="name")
    kept = b"".join(path.read_bytes() for path in (shop.folder / "cache").rglob("*") if path.is_file())
    assert kept
    assert b"Unmistakable" not in kept


def test_many_who_ask_at_once_wait_for_one_build(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[date | None] = []
    real = building.build
    monkeypatch.setattr("regulars.base.opening.build", lambda *asked: (built.append(asked[1]), real(*asked)))
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(open_base(shop).page().total)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [4] * 6
    assert len(built) == 1
