"""A survey that customers answered is never changed: what changes is a new version."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

import regulars as rg
from regulars.surveys import publishing
from regulars.surveys.definition import SurveyError
from regulars.surveys.ready import template

NOW = datetime(2026, 7, 1, tzinfo=UTC)
NPS = template("nps")


@pytest.fixture
def shop(tmp_path):
    with rg.init(tmp_path / "shop", name="Shop", currency="EUR", time_zone="Europe/Sofia") as made:
        yield made


def publish(shop, survey, **more):
    return publishing.publish(shop, survey, by="ana@example.com", now=NOW, **more)


def test_a_changed_wording_is_a_new_version_and_the_old_one_stays_readable(shop):
    first = publish(shop, NPS)
    second = publish(shop, replace(first, title={**first.title, "en": "Other words"}))
    assert (first.version, second.version) == (1, 2)
    assert publishing.survey(shop, "nps") == second
    assert publishing.survey(shop, "nps", 1) == first
    assert [one.survey.version for one in publishing.history(shop, "nps")] == [1, 2]
    assert publishing.history(shop, "nps")[0].decided_by == "ana@example.com"


def test_a_double_click_publishes_once(shop):
    publish(shop, NPS, request_id="one")
    assert publish(shop, NPS, request_id="one").version == 1
    assert len(publishing.history(shop, "nps")) == 1


def test_a_closed_survey_is_not_in_force_and_can_be_published_again(shop):
    publish(shop, NPS)
    assert publishing.retire(shop, "nps", by="ana@example.com", now=NOW).retired
    assert publishing.surveys(shop) == []
    assert [one.key for one in publishing.surveys(shop, retired=True)] == ["nps"]
    with pytest.raises(SurveyError, match="closed for good"):
        publishing.survey(shop, "nps")
    assert publishing.survey(shop, "nps", 1).version == 1
    assert publish(shop, NPS).version == 3
    assert [one.key for one in publishing.surveys(shop)] == ["nps"]


def test_what_nobody_could_answer_is_not_published(shop):
    with pytest.raises(SurveyError, match="asks nothing"):
        publish(shop, replace(NPS, pages=()))
    with pytest.raises(SurveyError, match="No survey was published yet"):
        publishing.history(shop, "nps")
    publish(shop, NPS)
    with pytest.raises(SurveyError, match="There are: nps"):
        publishing.survey(shop, "other")
    with pytest.raises(SurveyError, match="no version 9"):
        publishing.survey(shop, "nps", 9)


def test_a_key_is_made_of_the_title_and_is_never_taken_twice(shop):
    publish(shop, NPS)
    assert publishing.free_key(shop, "NPS") == "nps-2"
    assert publishing.free_key(shop, "NPS", ["nps-2"]) == "nps-3"
    assert publishing.free_key(shop, "Вашето мнение") == publishing.slug("Вашето мнение")
    assert publishing.slug("!!!") == "survey"
