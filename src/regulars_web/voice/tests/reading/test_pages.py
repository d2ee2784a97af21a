"""The overview, a survey's results, what matters, themes and the weekly mail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

import regulars as rg
from regulars_web.jobs.actions import ask, do_all_waiting
from regulars_web.voice.models_reading import DigestWish
from regulars_web.voice.reading import digests, naming_themes
from regulars_web.voice.tests.reading.conftest import HOSTILE

pytestmark = pytest.mark.django_db
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


@pytest.mark.parametrize("role", ["owner", "front line", "viewer"])
def test_everybody_reads_what_customers_say_and_what_to_do(client_as, role):
    client = client_as(role)
    page = client.get("/voice/?whole=yes").content.decode()
    assert "Would they recommend you? The net promoter score is" in page
    assert "What this rests on" in page
    assert "after the order" in page
    assert ("By employee" in page) == (role != "viewer")


def test_a_company_that_asked_nobody_is_shown_the_way(client_as, tmp_path, settings):
    from regulars_web.shared.company import let_go

    with rg.init(tmp_path / "new"):
        pass
    let_go()
    settings.WORKSPACE = tmp_path / "new"
    page = client_as("owner").get("/voice/").content.decode()
    assert "Nobody has been asked yet" in page
    assert "/imports/" in page


def test_a_survey_shows_the_score_three_ways_and_every_question(client_as):
    page = client_as("analyst").get("/voice/results/after%20the%20order?whole=yes&period=all").content.decode()
    for words in ("As answered", "Weighted", "Re-weighted to all customers", "Those who did not answer", "delivery"):
        assert words in page


def test_a_survey_that_never_was_is_not_there(client_as):
    assert client_as("owner").get("/voice/results/nothing").status_code == 404


def test_factors_are_ranked_with_a_reason_and_types_stand_apart(client_as):
    page = client_as("manager").get("/voice/drivers/part?period=all").content.decode()
    assert "1. " in page
    assert "Types of customers apart" in page
    assert "Goes with the overall answer" in page


def test_a_theme_is_renamed_and_the_change_taken_back(client_as, shop):
    client = client_as("analyst")
    theme = "en:delivery.late"
    client.post("/voice/themes/change", {"do": "rename", "theme": theme, "name": " Late  parcels "})
    held = naming_themes.standing(shop)
    assert held.choices.names == {theme: "Late parcels"}
    assert held.version == 1
    client.post("/voice/themes/change", {"do": "undo", "version": "1"})
    assert naming_themes.standing(shop).choices.names == {}
    again = client.post("/voice/themes/change", {"do": "undo", "version": "1"})
    assert again.status_code == 422
    assert "has changed the themes since" in again.content.decode()


def test_a_theme_is_merged_and_never_into_itself(client_as, shop):
    client = client_as("owner")
    one, other = "en:delivery.late", "en:parcel.slow"
    client.post("/voice/themes/change", {"do": "merge", "theme": one, "into": other})
    assert naming_themes.standing(shop).choices.merged == {one: other}
    assert client.post("/voice/themes/change", {"do": "merge", "theme": other, "into": one}).status_code == 422
    assert naming_themes.standing(shop).choices.merged == {one: other}


@pytest.mark.parametrize("role", ["front line", "viewer"])
def test_other_roles_change_no_theme(client_as, shop, role):
    answer = client_as(role).post("/voice/themes/change", {"do": "pin", "theme": "en:delivery.late"})
    assert answer.status_code == 403
    assert naming_themes.standing(shop).version == 0


def test_the_weekly_mail_goes_once_a_week_to_whoever_asked(client_as, shop, settings):
    settings.EMAIL_BACKEND = LOCMEM
    client_as("viewer").post("/voice/digest/wish", {"wish": "yes"})
    for _again in range(2):
        ask(digests.KIND, {}, by=None)
        do_all_waiting()
    [letter] = mail.outbox
    assert letter.to == ["viewer@example.com"]
    assert "net promoter score" in letter.body
    DigestWish.objects.update(sent_at=timezone.now() - timedelta(days=8))
    ask(digests.KIND, {}, by=None)
    do_all_waiting()
    assert len(mail.outbox) == 2


def test_the_mail_is_plain_text_masked_and_names_nobody(shop, answered, settings):
    answered(1, HOSTILE + " call +359 88 841 22 33\nBcc: all@example.com")
    found = digests.letter(shop, "en")
    assert "841 22 33" not in found.body
    assert "all@example.com" not in found.body
    assert "\n" not in found.subject
    assert "/customers/" not in found.body


def test_nobody_gets_a_mail_after_stopping_it(client_as, settings):
    settings.EMAIL_BACKEND = LOCMEM
    client = client_as("owner")
    client.post("/voice/digest/wish", {"wish": "yes"})
    client.post("/voice/digest/wish", {"wish": "no"})
    ask(digests.KIND, {}, by=None)
    do_all_waiting()
    assert mail.outbox == []
