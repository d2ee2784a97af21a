"""Stages of the life cycle, decided by named people."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import regulars as rg
from regulars.lifecycle.errors import LifeCycleError
from regulars.lifecycle.publishing import Limit, Stage, free_key, history, publish, retire, stage, stages
from regulars.measures.stages.rules import USUAL_STAGES
from regulars.workspace import Workspace

NOW = datetime(2025, 1, 1, tzinfo=UTC)
LARGE = Stage("large", "large  customer", 65, (Limit("value", at_least=5000),), "Spent much in a year.")


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return rg.init(tmp_path / "shop")


def test_the_usual_stages_hold_until_somebody_decides_otherwise(shop: Workspace) -> None:
    assert stages(shop) == list(USUAL_STAGES)
    first = publish(shop, LARGE, by="Maria", now=NOW)
    assert (first.version, first.name, stages(shop)[-1].key) == (1, "large customer", "large")
    second = publish(shop, Stage("large", "key customer", 66), by="Ivan", now=NOW, request_id="once")
    assert publish(shop, Stage("large", "again", 66), by="Ivan", now=NOW, request_id="once") == second
    assert [(one.stage.version, one.decided_by) for one in history(shop, "large")] == [(1, "Maria"), (2, "Ivan")]
    assert history(shop, "left") == []


def test_a_stage_that_is_taken_out_keeps_its_history_and_can_come_back(shop: Workspace) -> None:
    retire(shop, "recommends", by="Maria", now=NOW)
    assert "recommends" not in {one.key for one in stages(shop)}
    assert stages(shop, retired=True)[-1].retired
    with pytest.raises(LifeCycleError, match="There is no stage 'recommends'"):
        stage(shop, "recommends")
    back = publish(shop, history(shop, "recommends")[-1].stage, by="Maria", now=NOW)
    assert (back.retired, back.version) == (False, 2)
    assert stages(shop) == [*USUAL_STAGES[:6], back, *USUAL_STAGES[7:]]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (Stage("Большой", "big", 20), "cannot be a key"),
        (Stage("big", " ", 20), "has no name"),
        (Stage("big", "big", 0), "cannot be the place"),
        (Stage("big", "big", 9), "The stage left already has place 9"),
        (Stage("big", "big", 20, (Limit("luck", at_least=1),)), "There is no figure 'luck'. There are: orders"),
        (Stage("big", "big", 20, (Limit("orders"),)), "neither a least nor a greatest"),
        (Stage("big", "big", 20, (Limit("orders", 3, 2),)), "from 3 to 2, which nobody can meet"),
        (Stage("big", "big", 20, (Limit("orders", float("nan")),)), "no number that can be compared"),
    ],
)
def test_a_rule_that_cannot_be_judged_is_refused_with_what_to_do(shop: Workspace, wrong: Stage, sentence: str) -> None:
    with pytest.raises(LifeCycleError, match=sentence):
        publish(shop, wrong, by="Maria", now=NOW)
    assert stages(shop) == list(USUAL_STAGES)


def test_a_new_stage_gets_a_key_that_no_other_has(shop: Workspace) -> None:
    assert free_key(shop, "Left!") == "left-2"
    assert free_key(shop, "Key account") == "key-account"
