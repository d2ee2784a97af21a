"""What else belongs to asking: lists of links, words of mails, codes and posters, who may."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.core import mail

from regulars.log.inbox import Entry
from regulars_web.accounts.models import User
from regulars_web.jobs.actions import do_all_waiting
from regulars_web.jobs.models import Job
from regulars_web.shared.sentences import Refused
from regulars_web.voice.models import Invitation, Sending
from regulars_web.voice.sending.letters import Filling, Written, checked, letter
from regulars_web.voice.tests.sending.conftest import KEY, asks, invites, now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reached")]


def test_a_list_of_links_is_a_file_whose_cells_no_spreadsheet_runs(owner, shop, client):
    with shop.writing():
        key = shop.vault.keys("shop", ["=cmd|1"])["=cmd|1"]
        nasty = {"client_key": key, "source": "shop", "name": "=cmd|' /C calc'!A0", "email": "x@example.com"}
        shop.vault.add_details(shop.pages_import(), [{**nasty, "consents": '{"e-mail": true}'}])
        touch = {"client_key": key, "kind": "visit", "touchpoint": "fair", "source": "pages", "occurred_at": now()}
        shop.add([Entry("interactions", {**touch, "occurred_on": now().date()})])
    asks(owner, channel="link", means="e-mail", who="touch", touchpoint="fair", days="3")
    do_all_waiting()
    made = Sending.objects.get()
    answer = owner.post(f"/voice/surveys/{KEY}/invite/{made.pk}/links.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 1
    assert rows[0]["Name"].startswith("'=")
    assert mail.outbox == []
    assert client.get(rows[0]["Link"].removeprefix("http://shop.example.com")).status_code == 200
    again = owner.post(f"/voice/surveys/{KEY}/invite/{made.pk}/links.csv").content.decode()
    assert rows[0]["Link"] not in again
    assert client.get(rows[0]["Link"].removeprefix("http://shop.example.com")).status_code == 200
    assert len([one for one in invites(shop) if one["client_key"] == key]) == 1


def test_a_touch_tells_which_order_and_colleague_the_question_is_about(owner, shop):
    asks(owner, do="count", who="touch", touchpoint="delivery", days="3650")
    asks(owner, who="touch", touchpoint="delivery", days="3650", most="3")
    do_all_waiting()
    found = list(Invitation.objects.all())
    assert len(found) == 3
    assert {one.touchpoint for one in found} == {"delivery"}
    assert all(one.thread for one in found)


@pytest.mark.parametrize(
    ("subject", "words", "sentence"),
    [
        ("Hello", "no way to answer", "need {link}"),
        ("", "{link}", "needs a subject"),
        ("Hello", "{link} {password}", "is not known"),
        ("See {link}", "{link}", "not in the subject"),
        ("x" * 200, "{link}", "up to 150"),
    ],
)
def test_words_of_a_mail_that_cannot_be_sent_are_refused(owner, subject, words, sentence):
    with pytest.raises(Refused, match=re.escape(sentence)):
        checked(subject, words)
    refused = asks(owner, **{"subject-en-invite": subject, "words-en-invite": words})
    assert refused.status_code == 422
    assert Sending.objects.count() == 0


@pytest.mark.parametrize("name", ["A\nBcc: all@example.com", "A\r\n\r\nbody", "A\x0b\u2028To: x"])
def test_a_name_begins_no_header_and_a_hostile_one_stays_text(name):
    filling = Filling(name + "<script>{link}", "Oak\nline", "S", 2, "http://x/i/t", "http://x/stop")
    made = letter(Written("{name} {company}", "Dear {name},\n\n{link}"), filling, to="a@example.com", language="en")
    assert "\n" not in made.subject
    lines = made.message().as_string().split("\n\n")[0]
    assert not re.search(r"^(Bcc|To: x)", lines, re.MULTILINE)
    html = made.alternatives[0][0]
    assert "<script>" not in html
    assert html.count('href="http://x/i/t"') == 1


def test_only_owner_and_manager_send_and_a_refused_request_changes_nothing(client_as, survey):
    for role in ("analyst", "front line", "viewer"):
        client = client_as(role)
        assert asks(client).status_code == 403
        assert client.post(f"/voice/surveys/{KEY}/links", {"open": "on"}).status_code == 403
    assert Sending.objects.count() == 0
    assert Job.objects.count() == 0


def test_the_open_link_has_a_code_a_poster_and_a_snippet(owner, client):
    owner.post(
        f"/voice/surveys/{KEY}/links", {"open": "on", "places": "Table <4>\n", "frames": "https://shop.example.com/x"}
    )
    page = owner.get(f"/voice/surveys/{KEY}/links").content.decode()
    assert "/s/would-you-recommend-us?via=embed" in page
    assert "Table &lt;4&gt;" in page
    code = owner.get(f"/voice/surveys/{KEY}/links/code.svg?at=Table")
    assert code["Content-Type"] == "image/svg+xml"
    assert b"<script" not in code.content
    poster = owner.get(f"/voice/surveys/{KEY}/links/poster?language=bg&at=<b>").content.decode()
    assert "препоръчате" in poster
    assert "<b>" not in poster
    assert client.get(f"/s/{KEY}").status_code == 200
    refused = owner.post(f"/voice/surveys/{KEY}/links", {"open": "on", "frames": "javascript:alert(1)"})
    assert refused.status_code == 422


def test_the_page_of_all_sendings_asks_the_same_few_questions_for_many(owner, django_assert_max_num_queries):
    by = User.objects.get(role="owner")
    owner.get(f"/voice/surveys/{KEY}/invite")
    with django_assert_max_num_queries(14) as few:
        owner.get(f"/voice/surveys/{KEY}/invite")
    Sending.objects.bulk_create(
        Sending(survey=KEY, version=1, batch=f"b{number}", made_at=now(), made_by=by) for number in range(40)
    )
    with django_assert_max_num_queries(14) as many:
        owner.get(f"/voice/surveys/{KEY}/invite")
    assert len(many) <= len(few) + 2
