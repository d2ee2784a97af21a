from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from regulars.groups.descriptions import describe, description, descriptions
from regulars.groups.errors import GroupError
from regulars.groups.publishing import groups
from regulars.workspace import Workspace

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)


def test_people_complete_the_portrait_and_may_change_their_mind(own_shop: Workspace) -> None:
    assert description(own_shop).answers == {}
    describe(own_shop, {"who they are": "Designers. "}, by="Vera", now=NOW)
    describe(own_shop, {"how they choose": "By the wood."}, by="Ivan", now=NOW + timedelta(days=1))
    assert description(own_shop).answers == {"how they choose": "By the wood."}
    assert [one.decided_by for one in descriptions(own_shop)] == ["Vera", "Ivan"]
    assert descriptions(own_shop)[0].answers == {"who they are": "Designers."}


def test_a_group_has_a_portrait_of_its_own_and_is_not_changed_by_it(own_shop: Workspace) -> None:
    before = groups(own_shop)
    describe(own_shop, {"who they are": "Families."}, by="Vera", now=NOW, key="households-nearby")
    assert description(own_shop).answers == {}
    assert groups(own_shop) == before


def test_a_double_click_writes_once(own_shop: Workspace) -> None:
    for _ in range(2):
        describe(own_shop, {"who they are": "Families."}, by="Vera", now=NOW, request_id="click")
    assert len(descriptions(own_shop)) == 1


@pytest.mark.parametrize("answers", [{"shoe size": "9"}, {"who they are": 9}, {"who they are": "x" * 4001}])
def test_another_question_or_no_text_is_refused(own_shop: Workspace, answers: dict[str, object]) -> None:
    with pytest.raises(GroupError) as caught:
        describe(own_shop, answers, by="Vera", now=NOW)
    assert caught.value.reason == "bad_answer"
