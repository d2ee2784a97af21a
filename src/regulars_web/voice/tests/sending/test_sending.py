"""What colleagues do to ask customers, and what reaches the customers."""

from __future__ import annotations

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from regulars.log.consents import GRANTED, WITHDRAWN
from regulars.privacy.contact import consents_of
from regulars.privacy.erasing import erase
from regulars.surveys import publishing
from regulars_web.jobs.actions import do_all_waiting, take
from regulars_web.jobs.models import Job, State
from regulars_web.voice import invitations, submitting
from regulars_web.voice.models import Invitation, Letter, Sending
from regulars_web.voice.sending import works
from regulars_web.voice.sending.people import Person
from regulars_web.voice.sending.planning import asked_lately
from regulars_web.voice.tests.sending.conftest import KEY, LINK, asks, invites, now, refuse, sent_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reached")]


class Dying(Exception):
    """A worker that is gone in the middle: nothing in the program catches it."""


def test_customers_are_counted_with_who_is_left_out_and_why_before_anything_is_sent(owner):
    page = asks(owner, do="count")
    text = page.content.decode()
    assert page.status_code == 200
    assert "would be asked" in text
    assert "No e-mail address" in text
    assert "Refused surveys" in text
    assert Sending.objects.count() == 0
    assert mail.outbox == []


def test_everybody_who_may_be_asked_gets_one_mail_with_a_link_of_their_own(owner, shop):
    answer = asks(owner)
    assert answer.status_code == 302
    do_all_waiting()
    made = Sending.objects.get()
    assert made.told["asked"] == len(mail.outbox) > 50
    assert len(set(sent_to())) == len(mail.outbox)
    tokens = {LINK.search(one.body)[1] for one in mail.outbox}
    assert len(tokens) == len(mail.outbox)
    assert all(invitations.find(token).sent_at for token in tokens)
    logged = invites(shop)
    assert len(logged) == len(mail.outbox)
    assert {one["channel"] for one in logged} == {"e-mail"}
    assert {one["outcome"] for one in logged} == {None}
    page = owner.get(answer["Location"]).content.decode()
    assert f"0 of {len(mail.outbox)} customers asked have answered" in page


def test_a_mail_says_who_asks_in_plain_text_and_html_and_how_to_refuse(owner):
    asks(owner, most="1")
    do_all_waiting()
    one = mail.outbox[0]
    assert one.from_email == "Oakline <ask@shop.example.com>"
    assert "Oakline" in one.subject
    html = one.alternatives[0][0]
    assert LINK.search(one.body)[0] in html
    assert "/voice/stop/" in one.body
    assert one.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_double_click_sends_once(owner):
    asks(owner, most="5")
    asks(owner, most="5")
    do_all_waiting()
    assert Sending.objects.count() == 1
    assert len(mail.outbox) == 5


def test_nobody_is_asked_again_within_the_days_of_the_company(owner, shop):
    asks(owner, most="7")
    do_all_waiting()
    first = set(sent_to())
    asks(owner, request_id="two")
    do_all_waiting()
    later = sent_to()
    assert len(later) == len(set(later))
    told = Sending.objects.order_by("-pk").first().told
    assert told["left_out"]["lately"] == 7
    assert len(first) == 7
    assert len(asked_lately(shop, now() + timedelta(days=29), 30)) == len(later)
    assert asked_lately(shop, now() + timedelta(days=31), 30) == set()


def test_who_refuses_while_the_letters_wait_gets_none(owner, shop):
    asks(owner, most="6")
    real, batches = works.why_not_now, []

    def refused_in_between(workspace, listed, purpose, *, reminders):
        if not batches:
            refuse(workspace, listed[0].client_key)
        batches.append(len(listed))
        return real(workspace, listed, purpose, reminders=reminders)

    works.why_not_now = refused_in_between
    try:
        do_all_waiting()
    finally:
        works.why_not_now = real
    assert len(mail.outbox) == 5
    assert Letter.objects.get(state=Letter.State.LEFT_OUT).reason == "refused"


def test_a_no_to_surveys_holds_against_a_later_yes_to_newsletters(owner, shop):
    asks(owner, most="1")
    do_all_waiting()
    key = Invitation.objects.get().client_key
    refuse(shop, key)
    refuse(shop, key, "e-mail", GRANTED)
    told = works.plan(
        shop, publishing.survey(shop, KEY), works.Who("everybody"), [Person(key)], purpose="e-mail", now=now()
    )
    assert told.left_out == {"refused": 1}
    refuse(shop, key, "surveys", GRANTED)
    again = works.plan(
        shop,
        publishing.survey(shop, KEY),
        works.Who("everybody"),
        [Person(key)],
        purpose="e-mail",
        now=now() + timedelta(days=60),
    )
    assert len(again.asked) == 1


def test_somebody_erased_while_the_letters_wait_gets_none_and_leaves_nothing(owner, shop):
    asks(owner, most="4")
    works_job = take()
    sending = Sending.objects.get()
    works._make_invitations(shop, sending, publishing.survey(shop, KEY), lambda step, share: None)
    gone = Invitation.objects.first().client_key
    erase(shop, shop.customer_of(gone), by="o", now=now(), reason="asked for it")
    Job.objects.filter(pk=works_job.pk).update(state=State.WAITING)
    do_all_waiting()
    assert len(mail.outbox) == 3
    assert not Invitation.objects.filter(client_key=gone).exists()
    assert Letter.objects.count() == 3


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_worker_that_dies_in_the_middle_of_a_letter_never_sends_it_twice(owner, monkeypatch, after):
    """It dies in the handing over: nobody knows whether that one letter left, so a person decides."""
    asks(owner, most="5")
    real, calls = EmailBackend.send_messages, []

    def dying(self, messages):
        calls.append(1)
        if len(calls) == after + 1:
            raise Dying
        return real(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", dying)
    with pytest.raises(Dying):
        do_all_waiting()
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    do_all_waiting()
    assert len(mail.outbox) == len(set(sent_to())) == 4
    unclear = Letter.objects.get(state=Letter.State.UNCLEAR)
    page = owner.get(f"/voice/surveys/{KEY}/invite/{unclear.sending_id}").content.decode()
    assert "nobody knows whether it arrived" in page
    owner.post(f"/voice/surveys/{KEY}/invite/{unclear.sending_id}/change", {"do": f"again {unclear.pk}"})
    do_all_waiting()
    assert len(mail.outbox) == len(set(sent_to())) == 5


def test_a_worker_that_dies_between_letters_or_before_the_log_loses_and_doubles_nothing(owner, shop, monkeypatch):
    asks(owner, most="5")
    real, calls = works.log_asked, []

    def dying(*given, **named):
        calls.append(1)
        if len(calls) in (2, 4):
            raise Dying
        return real(*given, **named)

    monkeypatch.setattr(works, "log_asked", dying)
    for _ in range(2):
        with pytest.raises(Dying):
            do_all_waiting()
        Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    do_all_waiting()
    assert len(mail.outbox) == len(set(sent_to())) == 5
    assert len(invites(shop)) == 5
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}


def test_a_mail_server_that_is_away_loses_nothing_and_is_said(owner, monkeypatch):
    asks(owner, most="3")

    def away(self):
        raise OSError("connection refused")

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "open", away)
        do_all_waiting()
    assert Job.objects.get(kind=works.SEND).state == State.FAILED
    made = Sending.objects.get()
    place = f"/voice/surveys/{KEY}/invite/{made.pk}"
    assert "cannot be reached" in owner.get(place).content.decode()
    owner.post(f"{place}/change", {"do": "go on"})
    do_all_waiting()
    assert len(mail.outbox) == 3


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (SMTPRecipientsRefused({}), "failed"),
        (SMTPServerDisconnected("gone"), "unclear"),
        (ConnectionResetError(), "unclear"),
    ],
)
def test_what_the_mail_server_says_stands_at_the_letter(owner, monkeypatch, error, state):
    asks(owner, most="2")
    real, calls = EmailBackend.send_messages, []

    def refusing(self, messages):
        calls.append(1)
        if len(calls) == 1:
            raise error
        return real(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refusing)
    do_all_waiting()
    assert Letter.objects.filter(state=state).count() == 1


def test_one_reminder_after_some_days_reaches_only_those_who_did_not_answer(owner, shop, survey):
    asks(owner, most="4", remind="on", remind_days="7")
    do_all_waiting()
    answered = Invitation.objects.first()
    submission = submitting.begin_invited(answered, survey, language="en", now=now())
    submitting.save(submission, survey.pages[0], {"recommend": ["9"]}, language="en", now=now())
    submitting.finish(submission, now=now())
    assert works.ask_due_reminders(now() + timedelta(days=6)) == 0
    assert works.ask_due_reminders(now() + timedelta(days=7, hours=1)) == 1
    assert works.ask_due_reminders(now() + timedelta(days=8)) == 0
    do_all_waiting()
    assert len(mail.outbox) == 7
    assert len(invites(shop, "remind")) == 3
    reminder = mail.outbox[-1]
    assert invitations.find(LINK.search(reminder.body)[1]).pk != answered.pk
    owner.post(f"/voice/surveys/{KEY}/invite/{Sending.objects.get().pk}/change", {"do": "remind"})
    do_all_waiting()
    assert len(mail.outbox) == 7


def test_a_stopped_sending_sends_no_more_and_links_taken_back_do_not_open(owner, client):
    asks(owner, most="3")
    do_all_waiting()
    made = Sending.objects.get()
    owner.post(f"/voice/surveys/{KEY}/invite/{made.pk}/change", {"do": "take back"})
    token = LINK.search(mail.outbox[0].body)[1]
    assert client.get(f"/i/{token}").status_code == 410
    asks(owner, request_id="two", most="3")
    second = Sending.objects.order_by("-pk").first()
    owner.post(f"/voice/surveys/{KEY}/invite/{second.pk}/change", {"do": "stop"})
    do_all_waiting()
    assert len(mail.outbox) == 3


def test_the_link_to_refuse_asks_first_and_then_keeps_the_refusal_with_its_proof(owner, client, shop):
    asks(owner, most="1")
    do_all_waiting()
    place = re.search(r"/voice/stop/[^\s>]+", mail.outbox[0].body)[0]
    key = shop.customer_of(Invitation.objects.get().client_key)
    # The page speaks the language of whoever was asked, so its form is looked for and not its words.
    assert '<button class="main">' in client.get(place).content.decode()
    before = [one for one in consents_of(shop, key) if one.purpose == "surveys"]
    assert before == []
    assert client.post(place, {"List-Unsubscribe": "One-Click"}).status_code == 204
    kept = [one for one in consents_of(shop, key) if one.purpose == "surveys"]
    assert [(one.state, one.recorded_by) for one in kept] == [(WITHDRAWN, "the customer")]
    assert "one-click" in kept[0].proof
    thanked = client.post(place)
    assert thanked.status_code == 200
    assert '<button class="main">' not in thanked.content.decode()
    assert client.get("/voice/stop/nonsense").status_code == 404


def test_without_a_mail_server_the_page_says_what_to_set_and_sends_nothing(owner, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "regulars@localhost"
    page = owner.get(f"/voice/surveys/{KEY}/invite").content.decode()
    assert "[web.mail] host" in page
    assert "[web.mail] from" in page
    refused = asks(owner)
    assert refused.status_code == 422
    assert "Mails cannot leave yet" in refused.content.decode()
    assert Sending.objects.count() == 0
