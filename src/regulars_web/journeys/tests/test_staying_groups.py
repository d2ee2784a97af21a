"""How long the customers of the company's own groups stay, side by side."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest

from regulars.groups.publishing import groups, members, retire
from regulars_web.journeys import survival
from regulars_web.journeys.reading import frame_for
from regulars_web.journeys.staying_groups import GROUPS
from regulars_web.shared.scope import Scope

pytestmark = pytest.mark.django_db


def test_the_curve_of_each_group_is_that_of_its_members_alone(shop) -> None:
    read = survival.reads(frame_for(shop, Scope()), GROUPS, "automatic")
    for one in groups(shop):
        alone = shop.measure("survival_summary", members=frozenset(members(shop, one.key))).to_polars().to_dicts()[0]
        row = read["summary"].where(GROUPS, one.name)
        wanted = ("customers", "left", "survival_1_year", "survival_1_year_low", "median")
        assert {name: row[name] for name in wanted} == {name: alone[name] for name in wanted}
        curve = [point for point in read["survival"].rows if point[GROUPS] == one.name]
        assert curve[0]["n"] == alone["customers"]


def test_a_group_that_was_chosen_narrows_every_other_one(shop) -> None:
    first, *others = groups(shop)
    read = survival.reads(frame_for(shop, Scope(group=first.key)), GROUPS, "automatic")
    whole = frozenset(members(shop, first.key))
    for one in others:
        both = whole & frozenset(members(shop, one.key))
        found = read["summary"].where(GROUPS, one.name) if both else {"customers": 0}
        assert found["customers"] == len(both)


def test_the_page_offers_groups_and_says_why_it_does_not_test_them(client_as, shop) -> None:
    said = {"by": GROUPS, "whole": "1"}
    text = html.unescape(client_as("viewer").get("/journeys/survival", said).content.decode())
    assert f'<option value="{GROUPS}" selected>Groups</option>' in text
    assert all(one.name in text for one in groups(shop))
    assert "their difference is not tested" in text


def test_without_groups_nobody_is_offered_them(client_as, shop) -> None:
    for one in groups(shop):
        retire(shop, one.key, by="test", now=datetime(2026, 7, 1, tzinfo=UTC))
    text = client_as("viewer").get("/journeys/survival", {"by": GROUPS, "whole": "1"}).content.decode()
    offered = re.search(r'<select id="by".*?</select>', text, re.DOTALL)
    assert offered is not None
    assert GROUPS not in offered[0]
