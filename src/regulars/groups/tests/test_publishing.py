from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import regulars as rg
from regulars.engines.duckdb import DuckDBEngine
from regulars.groups.errors import GroupError, RuleError
from regulars.groups.publishing import group, groups, history, members, publish, retire, slug
from regulars.log.inbox import Entry
from regulars.workspace import Workspace

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
BODY: dict[str, Any] = {
    "name": "Гости от Варна",
    "rule": {"all": [{"field": "city", "op": "is", "value": "Варна"}]},
    "stance": "target",
    "needs": ["a quick answer", "a quick answer", " parking "],
    "note": "Tried in July.",
}


def test_the_demo_company_has_groups_that_can_be_read(shop: Workspace) -> None:
    found = groups(shop)
    assert {one.key for one in found} == {
        "designers-and-small-hotels",
        "recommended-households",
        "households-nearby",
        "trade-fair-visitors",
    }
    assert {one.stance for one in found} == {"target", "non-target", "neutral"}
    for one in found:
        assert one.readable
        assert one.read_rule().parts
    assert [version.version for version in history(shop, "designers-and-small-hotels")] == [1, 2]
    assert len(members(shop, "designers-and-small-hotels")) == 150


def test_a_published_group_is_there_at_once_with_who_decided_and_when(own_shop: Workspace) -> None:
    made = publish(own_shop, BODY, by="Vera", now=NOW)
    assert made.key == "gosti-ot-varna"
    found = group(own_shop, made.key)
    assert (found.name, found.version, found.decided_by, found.decided_at) == (BODY["name"], 1, "Vera", NOW)
    assert found.needs == ("a quick answer", "parking")
    assert found.rule == BODY["rule"]
    own_shop.seal()
    assert group(own_shop, made.key) == found


def test_a_change_is_a_new_version_and_the_old_one_stays(own_shop: Workspace) -> None:
    made = publish(own_shop, BODY, by="Vera", now=NOW)
    changed = {**BODY, "name": "Varna", "rule": {"all": [{"field": "country", "op": "is", "value": "BG"}]}}
    publish(own_shop, changed, by="Ivan", now=NOW + timedelta(days=1), key=made.key)
    assert [one.name for one in history(own_shop, made.key)] == [BODY["name"], "Varna"]
    assert group(own_shop, made.key).decided_by == "Ivan"
    assert publish(own_shop, BODY, by="Vera", now=NOW).key == "gosti-ot-varna-2"


def test_an_ended_group_is_history_and_can_begin_again(own_shop: Workspace) -> None:
    made = publish(own_shop, BODY, by="Vera", now=NOW)
    retire(own_shop, made.key, by="Vera", now=NOW + timedelta(hours=1))
    assert made.key not in {one.key for one in groups(own_shop)}
    assert made.key in {one.key for one in groups(own_shop, retired=True)}
    with pytest.raises(GroupError, match="has ended"):
        members(own_shop, made.key)
    assert len(history(own_shop, made.key)) == 2
    publish(own_shop, BODY, by="Vera", now=NOW + timedelta(days=1), key=made.key)
    assert group(own_shop, made.key).version == 3


def test_a_double_click_publishes_once(own_shop: Workspace) -> None:
    first = publish(own_shop, BODY, by="Vera", now=NOW, request_id="click")
    second = publish(own_shop, BODY, by="Vera", now=NOW, request_id="click")
    assert second.key == first.key
    assert len(history(own_shop, first.key)) == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": "  "}, "no_name"),
        ({"name": None}, "no_name"),
        ({"name": "x" * 81}, "name_too_long"),
        ({"stance": "enemy"}, "bad_stance"),
        ({"stance": ["target"]}, "bad_stance"),
        ({"needs": "delivery"}, "bad_needs"),
        ({"needs": [""]}, "bad_needs"),
        ({"needs": ["x"] * 51}, "bad_needs"),
        ({"note": 7}, "bad_note"),
        ({"rule": {"all": []}}, "empty_rule"),
        ({"rule": "customer_type = 'reseller'"}, "not_a_rule"),
        ({"rule": {"all": [{"field": "shoe size", "op": "is", "value": 9}]}}, "unknown_field"),
    ],
)
def test_a_group_that_does_not_fit_is_refused_and_nothing_is_written(
    own_shop: Workspace, change: dict[str, Any], reason: str
) -> None:
    before = [one.key for one in groups(own_shop, retired=True)]
    with pytest.raises(GroupError) as caught:
        publish(own_shop, {**BODY, **change}, by="Vera", now=NOW)
    assert caught.value.reason == reason
    assert [one.key for one in groups(own_shop, retired=True)] == before


@pytest.mark.parametrize("key", ["", "Key", "a b", "a--b", "-a", "x'; DROP", "x" * 61])
def test_a_key_is_letters_digits_and_hyphens(own_shop: Workspace, key: str) -> None:
    with pytest.raises(GroupError) as caught:
        publish(own_shop, BODY, by="Vera", now=NOW, key=key)
    assert caught.value.reason == "bad_key"


def test_a_decision_nobody_can_read_breaks_no_list(own_shop: Workspace) -> None:
    for number, body in enumerate(("{", "[]", '{"rule": "x = 1"}', json.dumps({"rule": {"all": []}, "stance": 3}))):
        row = {
            "noun": "group",
            "key": f"odd-{number}",
            "version": 1,
            "decided_at": NOW,
            "decided_by": "x",
            "body": body,
        }
        own_shop.add([Entry("decisions", row)])
    odd = [one for one in groups(own_shop) if one.key.startswith("odd")]
    assert len(odd) == 4
    assert not any(one.readable for one in odd)
    with pytest.raises(GroupError, match="cannot be read"):
        members(own_shop, "odd-1")


def test_an_unknown_group_is_answered_with_those_there_are(own_shop: Workspace) -> None:
    with pytest.raises(GroupError, match="There are: designers-and-small-hotels"):
        history(own_shop, "nobody")


def test_names_in_any_script_make_keys() -> None:
    assert slug("Designers & small hotels") == "designers-small-hotels"
    assert slug("Şükrü'nün müşterileri") == "sukru-nun-musterileri"
    assert slug("顧客") == "group" or slug("顧客")
    assert slug("!!!") == "group"


def test_errors_of_rules_are_errors_of_groups() -> None:
    assert issubclass(RuleError, GroupError)


def test_what_was_decided_is_asked_of_the_log_once_until_somebody_decides_again(
    own_shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    run = DuckDBEngine.run

    def counting(engine: DuckDBEngine, sql: str, **more: Any) -> Any:
        asked.append(sql)
        return run(engine, sql, **more)

    monkeypatch.setattr(DuckDBEngine, "run", counting)
    first = groups(own_shop)
    assert len(asked) == 1
    assert groups(own_shop) == first
    assert len(asked) == 1
    here = publish(own_shop, BODY, by="o", now=NOW)
    assert {one.key for one in groups(own_shop)} == {*(one.key for one in first), here.key}
    with rg.open(own_shop.folder) as another:
        elsewhere = publish(another, {**BODY, "name": "Burgas"}, by="o", now=NOW)
    assert elsewhere.key in {one.key for one in groups(own_shop)}, "also where another process decided"
