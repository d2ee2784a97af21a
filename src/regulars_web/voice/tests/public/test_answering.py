"""A customer opens a link, answers page by page, and is in the log when thanked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from regulars.surveys import publishing
from regulars_web.voice import current, invitations, submitting
from regulars_web.voice.models import Invitation, OpenLink, Submission
from regulars_web.voice.tests.public.conftest import NOW, Respondent

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>'{{ 7|add:1 }}=cmd|' /C calc'!A0"


def test_an_invited_customer_answers_and_the_log_knows_who_and_about_what(shop, invited, kept):
    _, token = invited(client_key=7, thread="O-1", employee="E05", touchpoint="delivery", branch="Sofia")
    visitor = Respondent(f"/i/{token}")
    assert "Takes about 1 minute." in visitor.html
    assert "read by the people here who look after customers" in visitor.html
    visitor.press(recommend="3")
    assert "What should we put right?" in visitor.html
    visitor.press(**{"why-low": "Late.\nTwice."})
    assert visitor.address.endswith("/thanks")
    assert "Thank you. We read every answer." in visitor.html
    touches, rows = kept()
    assert [(one["client_key"], one["thread"], one["employee"]) for one in touches] == [(7, "O-1", "E05")]
    assert (touches[0]["touchpoint"], touches[0]["branch"], touches[0]["channel"]) == ("delivery", "Sofia", "e-mail")
    assert json.loads(touches[0]["properties"]) == {"survey": "nps", "version": 1, "complete": True}
    assert [(row["question"], row["score"], row["text"]) for row in rows] == [
        ("recommend", 3.0, None),
        ("why-low", None, "Late.\nTwice."),
    ]
    submission = Submission.objects.get()
    assert submission.given == {}
    assert submission.kept_at is not None
    assert Invitation.objects.get().answered_at is not None


def test_opening_a_link_changes_nothing_since_mail_programs_open_them_too(invited):
    _, token = invited()
    Respondent(f"/i/{token}")
    assert not Submission.objects.exists()


def test_a_personal_link_is_for_one_answer(invited, kept):
    _, token = invited()
    first, second = Respondent(f"/i/{token}"), Respondent(f"/i/{token}")
    first.press(recommend="9")
    first.press(**{"why-high": ""})
    second.press(recommend="0")
    assert second.address.endswith("/thanks")
    assert [row["score"] for row in kept()[1]] == [9.0]
    again = Respondent(f"/i/{token}")
    assert again.answer.status_code == 410
    assert "You have answered already" in again.html


def test_everybody_with_the_open_link_may_answer(published, kept):
    published()
    for score in ("10", "6"):
        visitor = Respondent("/s/nps?via=qr&at=Table+4", HTTP_USER_AGENT=score)
        visitor.press(recommend=score)
        visitor.press()
    touches, rows = kept()
    assert sorted(row["score"] for row in rows) == [6.0, 10.0]
    assert {one["channel"] for one in touches} == {"qr"}
    assert {one["client_key"] for one in touches} == {None}
    assert {one["branch"] for one in touches} == {None}, "a place nobody listed is not believed"


def test_a_listed_place_becomes_the_branch(published, kept):
    published()
    OpenLink.objects.update(places=["Table 4"])
    visitor = Respondent("/s/nps?via=qr&at=Table+4")
    visitor.press(recommend="8")
    visitor.press()
    assert kept()[0][0]["branch"] == "Table 4"


def test_what_is_missing_is_said_beside_the_question_and_what_was_given_stays(published):
    published("what-matters")
    visitor = Respondent("/s/what-matters")
    assert visitor.press().status_code == 422
    assert "Please answer this question." in visitor.html
    assert 'aria-describedby="f-overall"' in visitor.html
    assert not Submission.objects.exists()


def test_a_text_that_is_too_long_comes_back_whole_with_the_reason(published):
    published()
    visitor = Respondent("/s/nps")
    visitor.press(recommend="2")
    assert visitor.press(**{"why-low": "long " * 1_200}).status_code == 422
    assert "at most 5,000 characters. You wrote 5,999." in visitor.html
    assert ("long " * 1_200).strip() in visitor.html
    visitor.press(**{"why-low": "short"})
    assert visitor.address.endswith("/thanks")


def test_going_back_shows_what_was_given_and_changing_it_changes_what_follows(published, kept):
    published()
    visitor = Respondent("/s/nps")
    visitor.press(recommend="2")
    visitor.press("back", **{"why-low": "unfinished thou"})
    assert visitor.address.endswith("/1")
    assert 'value="2" checked' in visitor.html
    visitor.press(recommend="2")
    assert "unfinished thou" in visitor.html
    visitor.press("back")
    visitor.press(recommend="10")
    assert "put right" not in visitor.html
    visitor.press()
    assert [(row["question"], row["score"]) for row in kept()[1]] == [("recommend", 10.0)]


def test_whoever_comes_back_is_where_they_were(invited):
    _, token = invited()
    Respondent(f"/i/{token}").press(recommend="2")
    visitor = Respondent(f"/i/{token}")
    assert visitor.address == f"/i/{token}/2"
    assert Respondent(f"/i/{token}/99").address == f"/i/{token}/2"
    assert Respondent(f"/i/{token}/thanks").address == f"/i/{token}/2"


def test_a_page_that_was_not_reached_leads_back_to_the_first(invited):
    _, token = invited()
    assert Respondent(f"/i/{token}/2").address == f"/i/{token}"
    assert Respondent(f"/i/{token}/thanks").address == f"/i/{token}"


def test_a_page_is_skipped_when_nothing_on_it_is_asked(published):
    published("effort")
    visitor = Respondent("/s/effort")
    visitor.press(easy="7")
    assert "anything else" in visitor.html
    assert "took effort" not in visitor.html


def test_a_button_pressed_twice_counts_once(published, kept):
    published()
    visitor = Respondent("/s/nps")
    first, carried = visitor.html, visitor.hidden()
    assert first
    for _ in range(2):
        visitor.client.post("/s/nps", {**carried, "recommend": "4"})
    assert Submission.objects.count() == 1
    where = visitor.client.post("/s/nps", {**carried, "recommend": "4"})["Location"]
    for _ in range(2):
        answer = visitor.client.post(where, {"asked": "why-low", "why-low": "x"})
        assert answer["Location"].endswith("/thanks")
    assert len(kept()[0]) == 1


def test_a_form_that_this_server_did_not_make_begins_nothing_and_loses_nothing(published):
    published()
    answer = Client().post("/s/nps", {"recommend": "4", "ticket": "made:up", "asked": "recommend"})
    assert answer.status_code == 422
    assert 'value="4" checked' in answer.content.decode()
    assert not Submission.objects.exists()


def test_the_version_that_was_begun_is_the_version_that_is_kept(shop, published, kept):
    first = published()
    visitor = Respondent("/s/nps")
    visitor.press(recommend="4")
    publishing.publish(shop, replace(first, thanks={"en": "New words"}), by="ana@example.com", now=NOW)
    current.forget()
    visitor.press(**{"why-low": "x"})
    assert "We read every answer" in visitor.html
    assert json.loads(kept()[0][0]["properties"])["version"] == 1
    assert Respondent("/s/nps").press(recommend="9").status_code == 200
    assert Submission.objects.filter(version=2).count() == 1


@pytest.mark.parametrize("via", ["personal", "open"])
def test_hostile_text_is_shown_and_kept_as_text(via, published, invited, kept):
    survey = published()
    visitor = Respondent("/s/nps" if via == "open" else f"/i/{invited(survey)[1]}")
    visitor.press(recommend="1")
    visitor.press("back", **{"why-low": HOSTILE})
    visitor.press(recommend="1")
    assert "<script" not in visitor.html
    assert "<img" not in visitor.html
    assert "&lt;script&gt;" in visitor.html
    assert "{{ 7|add:1 }}" in visitor.html
    visitor.press(**{"why-low": HOSTILE})
    assert next(row["text"] for row in kept()[1] if row["kind"] == "text") == HOSTILE


@pytest.mark.parametrize(
    "said", [{"recommend": HOSTILE}, {"recommend": ["1", "2"]}, {"recommend": "11"}, {"go": HOSTILE, "asked": HOSTILE}]
)
def test_whatever_a_form_holds_is_taken_or_refused_and_never_breaks(published, said):
    published()
    visitor = Respondent("/s/nps")
    answer = visitor.press(**said) if "go" not in said else visitor.client.post("/s/nps", {**visitor.hidden(), **said})
    assert answer.status_code in (200, 303, 422)


@pytest.mark.parametrize(
    ("why", "status", "words"),
    [
        ("closed for good", 410, "This survey is closed"),
        ("its day is over", 410, "This survey is closed"),
        ("its link is closed", 410, "This survey is closed"),
        ("full", 410, "has enough answers"),
        ("never there", 404, "There is no survey here"),
        ("no open link", 404, "There is no survey here"),
    ],
)
def test_an_open_link_that_takes_no_answer_says_so_kindly(why, status, words, shop, published):
    survey = published(quota=1, closes_on=date(2020, 1, 1) if why == "its day is over" else None)
    if why == "closed for good":
        publishing.retire(shop, "nps", by="ana@example.com", now=NOW)
        current.forget()
    if why == "full":
        visitor = Respondent("/s/nps")
        visitor.press(recommend="9")
        visitor.press()
    OpenLink.objects.update(open=why != "its link is closed")
    if why == "no open link":
        OpenLink.objects.all().delete()
    visitor = Respondent("/s/moon" if why == "never there" else f"/s/{survey.key}")
    assert visitor.answer.status_code == status
    assert words in visitor.html
    assert "Thank you" in visitor.html or status == 404


def test_a_link_that_was_taken_back_stops_also_in_the_middle(invited):
    invitation, token = invited()
    visitor = Respondent(f"/i/{token}")
    visitor.press(recommend="2")
    assert invitations.revoke([invitation], NOW) == 1
    visitor.press(**{"why-low": "x"})
    assert visitor.answer.status_code == 410
    assert "This link no longer works" in visitor.html


def test_whoever_has_begun_may_finish_when_the_survey_closes(shop, published, kept):
    published(quota=1)
    slow, quick = Respondent("/s/nps"), Respondent("/s/nps", HTTP_USER_AGENT="other")
    slow.press(recommend="2")
    quick.press(recommend="9")
    quick.press()
    publishing.retire(shop, "nps", by="ana@example.com", now=NOW)
    current.forget()
    slow.press(**{"why-low": "x"})
    assert slow.address.endswith("/thanks")
    assert len(kept()[0]) == 2


def test_a_reminder_has_its_own_link_to_the_same_invitation(invited):
    invitation, token = invited()
    second = invitations.again(invitation, NOW)
    assert second != token
    assert invitations.find(token) == invitations.find(second) == invitation


def test_an_answer_left_unfinished_for_a_day_is_kept_as_incomplete(invited, kept):
    _, token = invited(client_key=7)
    Respondent(f"/i/{token}").press(recommend="2")
    assert submitting.hand_over_waiting(timezone.now() + timedelta(hours=23)) == {
        "complete": 0,
        "incomplete": 0,
        "empty": 0,
    }
    later = timezone.now() + timedelta(hours=25)
    assert submitting.hand_over_waiting(later)["incomplete"] == 1
    assert submitting.hand_over_waiting(later)["incomplete"] == 0
    touches, rows = kept()
    assert json.loads(touches[0]["properties"])["complete"] is False
    assert [row["score"] for row in rows] == [2.0]
    assert Respondent(f"/i/{token}").answer.status_code == 410


def test_an_empty_beginning_is_thrown_away_after_a_day(published, kept):
    published("nps", key="free", pages=tuple(reversed(_optional())))
    Respondent("/s/free").press()
    later = timezone.now() + timedelta(hours=25)
    told = submitting.hand_over_waiting(later)
    assert told["incomplete"] == 0
    assert kept("free")[1] == []


def _optional():
    from regulars.surveys.definition import Page, Question

    return (
        Page((Question("b", "text", {"en": "B?"}),)),
        Page((Question("a", "text", {"en": "A?"}),)),
    )


def test_an_order_is_given_by_numbers_and_no_place_twice(published, kept):
    published("what-comes-first")
    visitor = Respondent("/s/what-comes-first")
    visitor.press(overall="4")
    visitor.press(factors__price="3")
    assert visitor.html.count("<select") == 6
    assert 'type="radio"' not in visitor.html
    visitor.press(**{"most-important__price": "1", "most-important__staff": "1"})
    assert visitor.answer.status_code == 422
    assert "Please give each place once." in visitor.html
    assert visitor.html.count("selected") == 2, "what was chosen is still there"
    visitor.press(**{"most-important__price": "2", "most-important__staff": "1"})
    visitor.press()
    places = {row["choice"]: row["score"] for row in kept("what-comes-first")[1] if row["question"] == "most-important"}
    assert places == {"staff": 1.0, "price": 2.0}
