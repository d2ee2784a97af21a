"""What a company decides about its index, in every version."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import regulars as rg
from regulars.groups.decisions import Decision, decide
from regulars.index.errors import FocusIndexError
from regulars.index.parts import COMPONENTS
from regulars.index.publishing import components, decided, history, publish_components, restore_components
from regulars.workspace import Workspace

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CAME_BACK = next(one for one in COMPONENTS if one.name == "came back")


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return rg.init(tmp_path / "shop")


def test_every_version_of_the_weights_is_kept_with_its_note(shop: Workspace) -> None:
    assert components(shop) == COMPONENTS
    assert decided(shop).version == 0
    heavy = replace(CAME_BACK, weight=20, floor=0.2, target=0.8)
    first = publish_components(shop, [heavy], by="owner", now=NOW, note=" we live by it ", request_id="once")
    assert publish_components(shop, [], by="owner", now=NOW, request_id="once") == first
    assert (first.version, first.note, first.find("came back")) == (1, "we live by it", heavy)
    assert components(shop) == first.components
    restore_components(shop, by="manager", now=NOW)
    assert components(shop) == COMPONENTS
    assert [(one.version, one.decided_by) for one in history(shop)] == [(1, "owner"), (2, "manager")]


def test_weights_of_parts_from_before_are_the_first_versions(shop: Workspace) -> None:
    decide(shop, "index", Decision("weights", 1, {"understanding": 1, "valuing": 1, "creating value": 2}, NOW, "owner"))
    assert sum(one.weight for one in components(shop)) == pytest.approx(4)
    publish_components(shop, COMPONENTS, by="owner", now=NOW)
    assert [one.version for one in history(shop)] == [1, 1]
    assert components(shop) == COMPONENTS


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ([replace(CAME_BACK, name="luck")], "has no component 'luck'"),
        ([CAME_BACK, CAME_BACK], "named twice"),
        ([replace(CAME_BACK, weight=-1)], "cannot have the weight -1"),
        ([replace(CAME_BACK, weight=float("nan"))], "cannot have the weight nan"),
        ([replace(CAME_BACK, target=1.5)], "from 0 to 1"),
        ([replace(CAME_BACK, floor=0.9, target=0.9)], "is not below its target"),
        ([replace(one, weight=0) for one in COMPONENTS], "All weights are 0"),
    ],
)
def test_what_cannot_stand_is_refused_with_what_to_do(shop: Workspace, wrong: list, sentence: str) -> None:
    with pytest.raises(FocusIndexError, match=sentence):
        publish_components(shop, wrong, by="owner", now=NOW)
    assert history(shop) == []
