"""A survey gives nothing away, cannot be stuffed unseen, and loses nothing when a database is busy."""

from __future__ import annotations

import json
import re
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from django.utils import timezone

from regulars.errors import LogError
from regulars.privacy import erasing, exporting
from regulars.surveys.answering import SENTENCES as FAULTS
from regulars.surveys.errors import SENTENCES, SurveyError
from regulars.surveys.ready import PURPOSES
from regulars_web.jobs import actions as jobs
from regulars_web.voice import invitations, limits, sentences, submitting, works
from regulars_web.voice.codes import qr_svg
from regulars_web.voice.models import Invitation, OpenLink, Pace, Salt, Submission, Token
from regulars_web.voice.public import words
from regulars_web.voice.tests.public.conftest import NOW, Respondent

PARALLEL = 100
GUESSES = 100_000


@pytest.mark.django_db
def test_a_hundred_thousand_guessed_links_hit_nobody(invited):
    invited()
    known = set(Token.objects.values_list("digest", flat=True))
    guesses = {invitations.new_token() for _ in range(GUESSES)}
    assert len(guesses) == GUESSES
    assert known.isdisjoint(map(invitations.digest, guesses))
    for guess in list(guesses)[:200]:
        assert invitations.find(guess) is None


@pytest.mark.django_db
def test_a_token_has_256_random_bits_and_only_its_digest_is_kept(invited):
    _, token = invited()
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    for model in (Invitation, Token, Submission):
        assert token not in repr(list(model.objects.values_list()))
    assert Token.objects.get().digest == invitations.digest(token)


@pytest.mark.django_db
@pytest.mark.parametrize("bent", ["", "x" * 43, "é" * 43, "../../etc", "a" * 5_000, "%00", "1 OR 1=1"])
def test_a_bent_token_is_unknown_and_breaks_nothing(bent, published):
    published()
    assert invitations.find(bent) is None
    if bent and "/" not in bent:
        assert Client().get(f"/i/{bent}").status_code == 404
        assert Client().post(f"/s/nps/{bent}/1", {}).status_code == 404


@pytest.mark.django_db
def test_pages_set_no_cookie_keep_nothing_and_tell_no_other_site_where_they_were(invited):
    _, token = invited()
    visitor = Respondent(f"/i/{token}?period=nonsense")
    answers = [visitor.answer, visitor.press(recommend="1"), visitor.press(), Client().get("/i/unknown")]
    for answer in answers:
        assert not answer.cookies
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"
    assert not visitor.client.cookies


@pytest.mark.django_db
def test_no_page_needs_a_script_a_style_or_another_host(invited):
    _, token = invited()
    html = Respondent(f"/i/{token}").html
    assert "<script" not in html
    assert "style=" not in html
    assert " on" not in re.sub(r">[^<]*<", "><", html).replace(' content="', "").replace("only", "")
    assert "http://" not in html
    assert "https://" not in html


@pytest.mark.django_db
def test_only_pages_that_a_colleague_named_may_frame_a_survey(published):
    published()
    OpenLink.objects.update(frames=["https://shop.example.com", "https://evil.example.com; script-src *", "*"])
    visitor = Respondent("/s/nps?via=embed")
    visitor.press(recommend="9")
    policy = visitor.answer["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://shop.example.com" in policy
    assert "evil" not in policy
    assert "X-Frame-Options" not in visitor.answer
    assert Client().get("/i/unknown")["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_who_begins_too_often_is_told_when_to_try_again_and_keeps_the_answer(published, monkeypatch):
    published()
    monkeypatch.setattr(limits, "MOST_FROM_ONE_ADDRESS", 2)
    for _ in range(2):
        Respondent("/s/nps").press(recommend="9")
    visitor = Respondent("/s/nps")
    answer = visitor.press(recommend="9")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3_600
    assert "is not taken yet" in visitor.html
    assert 'value="9" checked' in visitor.html
    assert Submission.objects.count() == 2
    assert Respondent("/s/nps", REMOTE_ADDR="198.51.100.9").press(recommend="9").status_code == 200
    Pace.objects.update(since=timezone.now() - timedelta(hours=2))
    assert Respondent("/s/nps").press(recommend="9").status_code == 200


@pytest.mark.django_db
def test_a_survey_as_a_whole_takes_only_so_many_beginnings_an_hour(published, monkeypatch):
    published()
    monkeypatch.setattr(limits, "MOST_OF_ONE_SURVEY", 1)
    assert Respondent("/s/nps", REMOTE_ADDR="198.51.100.1").press(recommend="9").status_code == 200
    assert Respondent("/s/nps", REMOTE_ADDR="198.51.100.2").press(recommend="9").status_code == 429


@pytest.mark.django_db
def test_a_second_answer_from_one_browser_on_one_day_is_marked_and_kept(published, kept):
    published()
    for agent in ("one", "one", "two"):
        visitor = Respondent("/s/nps", HTTP_USER_AGENT=agent)
        visitor.press(recommend="0")
        visitor.press()
    marks = [json.loads(one["properties"]).get("duplicate", False) for one in kept()[0]]
    assert marks == [False, True, False]


@pytest.mark.django_db
def test_what_tells_respondents_apart_holds_no_address_and_is_gone_after_days(published):
    published()
    Respondent("/s/nps", REMOTE_ADDR="198.51.100.77").press(recommend="0")
    told = repr([list(model.objects.values_list()) for model in (Submission, Pace, Salt)])
    assert "198.51.100.77" not in told
    limits.tidy(timezone.now() + timedelta(days=5))
    assert not Salt.objects.exists()
    assert not Pace.objects.exists()
    assert Submission.objects.get().mark == ""


@pytest.mark.django_db
def test_a_log_that_is_busy_loses_nothing_and_is_told_later(invited, kept, monkeypatch):
    _, token = invited()
    visitor = Respondent(f"/i/{token}")
    visitor.press(recommend="1")

    def refuse(submission):
        raise LogError("The log is busy.")

    with monkeypatch.context() as patched:
        patched.setattr(submitting, "hand_over", refuse)
        visitor.press(**{"why-low": "Slow."})
    assert visitor.address.endswith("/thanks")
    assert kept()[0] == []
    jobs.ask(works.HAND_OVER, {}, by=None)
    jobs.do_all_waiting()
    assert [row["text"] for row in kept()[1]] == [None, "Slow."]


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError, DatabaseError])
def test_a_database_that_is_busy_gives_back_what_was_typed(error, invited, monkeypatch):
    _, token = invited()
    visitor = Respondent(f"/i/{token}")
    visitor.press(recommend="1")

    def locked(*_, **__):
        raise error("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(submitting, "save", locked)
        answer = visitor.client.post(visitor.address, {"asked": "why-low", "why-low": "Kept </textarea><b>"})
    assert answer.status_code == 503
    assert answer["Retry-After"]
    html = answer.content.decode()
    assert "Nothing is lost" in html
    assert "Kept &lt;/textarea&gt;&lt;b&gt;" in html
    assert '<form method="post">' in html


@pytest.mark.django_db(transaction=True)
def test_a_hundred_who_send_one_personal_link_at_once_leave_one_answer(invited, kept):
    _, token = invited(client_key=7)
    Respondent(f"/i/{token}").press(recommend="1")
    statuses, start = [], threading.Barrier(20)

    def send():
        start.wait(timeout=30)
        for _ in range(PARALLEL // 20):
            answer = Client().post(f"/i/{token}/2", {"asked": "why-low", "why-low": "same"})
            statuses.append((answer.status_code, answer.get("Location", "")[-7:]))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert len(statuses) == PARALLEL
    # A respondent who meets a busy database is asked to press again; nobody sees a failure.
    assert {status for status, _ in statuses} <= {303, 503}
    assert (303, "/thanks") in statuses
    submitting.hand_over_waiting(timezone.now())
    touches, rows = kept()
    assert len(touches) == 1
    assert [row["question"] for row in rows] == ["recommend", "why-low"]


@pytest.mark.django_db
def test_an_erased_customers_links_and_saved_answers_are_gone(shop, published, invited):
    survey = published()
    with shop.engine() as engine:
        key = engine.run("SELECT min(client_key) AS key FROM clients WHERE kind = 'customer'").to_pylist()[0]["key"]
    customer = shop.customer_of(key)
    _, token = invited(survey, client_key=key)
    _, other = invited(survey, client_key=None)
    Respondent(f"/i/{token}").press(recommend="1")
    name = shop.names([customer])[customer]
    visitor = Respondent("/s/nps")
    visitor.press(recommend="1")
    visitor.press("back", **{"why-low": f"Ask {name} about it"})
    person = exporting.export_person(shop, customer, by="ana@example.com", now=datetime.now(UTC))
    assert person.parts["invitations"][0]["saved_answers"] == {"recommend": ["1"]}
    done = erasing.erase(shop, customer, by="ana@example.com", now=datetime.now(UTC), reason="asked by letter")
    assert done.removed["survey invitations"] == 2
    assert not Invitation.objects.filter(client_key=key).exists()
    assert not Submission.objects.exists()
    assert Respondent(f"/i/{token}").answer.status_code == 404
    assert Respondent(f"/i/{other}").answer.status_code == 200


@pytest.mark.django_db
def test_repeated_work_is_asked_for_once_and_again_when_its_time_has_come():
    asked = jobs.ask_what_is_due()
    assert asked >= 1
    assert jobs.ask_what_is_due() == 0
    assert jobs.Job.objects.filter(kind=works.HAND_OVER).count() == 1


def test_a_code_is_a_picture_without_script_style_or_outside_reference():
    drawn = qr_svg("https://shop.example.com/s/nps?via=qr")
    assert drawn.startswith("<svg")
    for sign in ("<script", "style=", "href"):
        assert sign not in drawn
    assert drawn == qr_svg("https://shop.example.com/s/nps?via=qr") != qr_svg("https://shop.example.com/s/csat")


def test_a_household_of_ipv6_is_one_and_nonsense_is_nobody(rf):
    def at(address):
        return limits.address_of(rf.get("/", REMOTE_ADDR=address))

    assert at("2001:db8::1") == at("2001:db8::2") != at("2001:db8:0:1::1")
    assert at("nonsense") == "unknown"
    assert at("198.51.100.7") == "198.51.100.7"


@pytest.mark.django_db
def test_days_have_different_marks(rf):
    request = rf.get("/", REMOTE_ADDR="198.51.100.7")
    assert limits.mark_of(request, "nps", date(2026, 7, 1)) != limits.mark_of(request, "nps", date(2026, 7, 2))
    assert limits.mark_of(request, "nps", date(2026, 7, 1)) == limits.mark_of(request, "nps", date(2026, 7, 1))
    assert NOW


def test_pages_have_words_for_everything_that_can_be_wrong_with_a_survey():
    assert set(sentences.WRONG_WORDS) == set(SENTENCES)
    assert set(sentences.PURPOSE_WORDS) == set(PURPOSES)
    for reason, sentence in SENTENCES.items():
        names = set(re.findall(r"\{(\w+)\}", sentence))
        assert names == set(re.findall(r"%\((\w+)\)s", str(sentences.WRONG_WORDS[reason]))), reason
    assert set(words.FAULTS) == set(FAULTS)
    assert sentences.wrong_words(SurveyError("bad_quota", found=0)) == str(SurveyError("bad_quota", found=0))
