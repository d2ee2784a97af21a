"""The definition: read and confirmed by everybody, asked for again by a new version, printed in every language."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core import mail
from django.test import Client

import regulars as rg
from regulars.programme.parts import Definition
from regulars.programme.reading import definition, readers
from regulars_web.definition import actions, queries, works
from regulars_web.definition.models import Doubt, Invitation, Letter
from regulars_web.definition.poster import OwnFiles, poster_pdf
from regulars_web.definition.tests.conftest import Invited, now
from regulars_web.jobs import actions as jobs
from regulars_web.shared.company import let_go
from regulars_web.voice.submitting import local_day

pytestmark = pytest.mark.django_db
LONG = "We deliver on the day we said, and call before it gets late. " * 40


@pytest.fixture
def reached(settings):
    """The pages have an address and a sender."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, address="http://shop.example.com")
    settings.DEFAULT_FROM_EMAIL = "Oakline <ask@shop.example.com>"


def state_of(shop, email):
    found = queries.reading(shop, definition(shop).version, local_day(now()))
    return "have" if email in [one.who.person for one in found.have] else "have not"


def test_a_colleague_confirms_in_own_words_and_a_new_version_asks_again(client_as, published, shop):
    made = published()
    seller = client_as("front line")
    seller.post("/definition/confirm", {"version": made.version, "clear": "yes", "text": "I call first."})
    assert {one.person: one.own_words for one in readers(shop)}["front.line@example.com"] == "I call first."
    assert state_of(shop, "front.line@example.com") == "have"
    published("We deliver on the day we said, and mend what fails.")
    assert state_of(shop, "front.line@example.com") == "have not"
    assert b"This version is new" in seller.get("/definition/").content


def test_confirming_an_older_version_than_the_one_in_force_keeps_nothing(client_as, published, shop):
    old = published()
    published("Something newer.")
    client_as("analyst").post("/definition/confirm", {"version": old.version, "clear": "yes"})
    assert "analyst@example.com" not in {one.person for one in readers(shop)}


def test_whoever_does_not_understand_is_talked_with_and_counts_as_not_confirmed(client_as, owner, published, shop):
    made = published()
    sent = {"version": made.version, "clear": "no", "text": "Does it hold for accounts?"}
    client_as("analyst").post("/definition/confirm", sent)
    assert state_of(shop, "analyst@example.com") == "have not"
    assert b"Does it hold for accounts?" in owner.get("/definition/readers").content
    owner.post(f"/definition/readers/doubts/{Doubt.objects.get().pk}")
    assert Doubt.objects.get().cleared_at is not None


def test_an_employee_without_an_account_confirms_by_the_card(owner, published, shop):
    published()
    page = owner.post("/definition/readers/links")
    assert page.status_code == 200
    assert b"<svg" in page.content
    assert page["Cache-Control"] == "no-store, private"
    reader = Invited(Invitation.objects.get(round=None, employee="E03"))
    reader.send(clear="yes", text="")
    assert state_of(shop, "E03") == "have"


def test_a_viewer_reads_and_is_not_asked_to_confirm(client_as, published):
    published()
    page = client_as("viewer").get("/definition/").content
    assert b"We deliver on the day we said." in page
    assert b'name="clear"' not in page


def test_mails_ask_once_and_remind_once_and_lead_to_the_confirmation(owner, published, shop, reached):
    published()
    for _ in range(3):
        owner.post("/definition/readers/ask")
        jobs.do_all_waiting()
    to_owner = [one for one in mail.outbox if one.to == ["owner@example.com"]]
    assert len(to_owner) == 2
    link = next(word for word in to_owner[0].body.split() if "/say/" in word)
    page = Client().get(link.removeprefix("http://shop.example.com"))
    assert page.status_code == 200
    assert b"We deliver on the day we said." in page.content


def test_nothing_leaves_by_itself_unless_the_company_wants_it_and_new_staff_are_asked_on_arrival(
    colleague, published, shop, reached
):
    published()
    assert works.ask_whoever_is_due(now()) == 0
    actions.ask_automatically(colleague("owner"), True, now=now())
    assert works.ask_whoever_is_due(now()) > 1
    assert works.ask_whoever_is_due(now()) == 0
    colleague("analyst", "new@example.com")
    assert works.ask_whoever_is_due(now()) == 1
    assert Letter.objects.filter(invitation__user__email="new@example.com").count() == 1


@pytest.mark.parametrize("language", ["en", "bg", "ru", "cs", "tr"])
def test_the_poster_is_one_page_in_every_language(owner, published, language):
    published(granted=({"en": "Exchange within 60 days", "bg": "Замяна до 60 дни"},))
    answer = owner.get(f"/definition/poster.pdf?language={language}&size=A3")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert answer.content.count(b"/Type /Page\n") <= 1


def test_a_long_definition_is_set_smaller_and_a_hostile_one_fetches_nothing(shop, monkeypatch):
    asked = []
    monkeypatch.setattr(OwnFiles, "fetch", _noting(OwnFiles.fetch, asked))
    hostile = '<img src="http://evil.example/x.png"><link rel=stylesheet href="file:///etc/passwd">'
    made = Definition(text={"en": hostile + LONG}, version=1)
    drawn = poster_pdf(made, language="en", paper="A4", company=hostile, targets=[], decided_on=None)
    assert drawn.startswith(b"%PDF")
    assert asked
    assert all(one.startswith("own:") for one in asked)
    with pytest.raises(ValueError, match="own files"):
        OwnFiles().fetch("file:///etc/passwd")


def test_the_editor_keeps_what_was_typed_when_somebody_published_meanwhile(owner, published, shop):
    made = published()
    published("Newer words.")
    sent = {"do": "publish", "based_on": made.version, "request_id": "q", "text-en": "My words."}
    answer = owner.post("/definition/edit", sent)
    assert answer.status_code == 422
    assert b"My words." in answer.content
    assert definition(shop).text["en"] == "Newer words."


def test_lists_in_two_languages_belong_together_line_by_line(owner, published, shop):
    sent = {"do": "publish", "based_on": _version(shop), "request_id": "q", "text-en": "Words."}
    both = {**sent, "granted-en": "One\nTwo\nThree", "granted-bg": "Едно\n\nТри"}
    assert owner.post("/definition/edit", both).status_code == 302
    three = ({"en": "One", "bg": "Едно"}, {"en": "Two"}, {"en": "Three", "bg": "Три"})
    assert definition(shop).granted == three


def test_an_empty_competence_is_challenged_before_it_is_published(owner, shop):
    sent = {"do": "check", "based_on": _version(shop), "text-en": "Words.", "competences-en": "Quality at fair prices"}
    answer = owner.post("/definition/edit", sent).content.decode()
    assert "definition__challenges" in answer
    assert "Quality at fair prices" in answer


def test_a_company_without_a_log_is_told_where_to_begin(tmp_path, settings, client_as):
    rg.init(tmp_path / "new").close()
    settings.WORKSPACE = tmp_path / "new"
    let_go()
    owner = client_as("owner")
    assert b"Open a round" in owner.get("/definition/").content
    pages = ("parity", "versions", "edit", "readers", "rounds/", "rounds/new")
    assert [owner.get(f"/definition/{page}").status_code for page in pages] == [200] * len(pages)
    assert owner.get("/definition/poster.pdf").status_code == 404
    let_go()


def _version(shop):
    found = definition(shop)
    return found.version if found else 0


def _noting(fetch, asked):
    def noted(self, url, headers=None):
        asked.append(url)
        return fetch(self, url, headers)

    return noted
