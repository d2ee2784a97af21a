"""What people decide about touchpoints: who may, what is kept, and that nothing is decided twice."""

from __future__ import annotations

import re

import pytest

from regulars.touchpoints import errors, publishing
from regulars_web.touchpoints import sentences
from regulars_web.touchpoints.tests.conftest import TEXT, form
from tests.web.trail import said_in_trail

pytestmark = pytest.mark.django_db

NASTY = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "=cmd|' /C calc'!A0", "{{ 7*7 }}"]
PROMISE = {"name": "We answer within 30 seconds", "column": "wait_seconds", "limit": "30", "unit": "s"}


def published(shop, key):
    """The newest version of a touchpoint, retired or not."""
    return publishing.history(shop, key)[-1].body


def read_by(shop, person):
    """The version of delivery's standard that somebody has read; None for none."""
    return next((one.version for one in publishing.confirmations(shop, "delivery") if one.person == person), None)


def test_a_touchpoint_seen_in_the_log_is_registered_under_its_own_text(client_as, shop, shop_folder):
    sent = form(key="workshop", name="Our workshop", owner="D. Petrova", stages=["considers", "uses"], sort="employee")
    answer = client_as("manager").post("/touchpoints/new", sent)
    assert answer.status_code == 302
    found = published(shop, "workshop")
    assert (found.called, found.owner, found.sort) == ("Our workshop", "D. Petrova", "employee")
    assert found.stages == ("considers", "uses")
    assert len(said_in_trail(shop_folder, "touchpoint published")) == 1


def test_a_form_sent_twice_registers_once(client_as, shop):
    client, before = client_as("manager"), published(shop, "delivery").version
    for _again in range(2):
        client.post("/touchpoints/edit/delivery", form(name="Delivery", owner="A", request_id="same"))
    assert published(shop, "delivery").version == before + 1


def test_a_touchpoint_keeps_every_version_and_its_text_in_the_log(client_as, shop):
    client = client_as("analyst")
    client.post("/touchpoints/edit/delivery", form(key="something else", name="To the door", owner="A"))
    assert published(shop, "delivery").called == "To the door"
    with pytest.raises(errors.TouchpointError):
        publishing.touchpoint(shop, "something else")
    assert [one.body.called for one in publishing.history(shop, "delivery")][-2:] == ["Delivery", "To the door"]


def test_what_a_colleague_published_meanwhile_is_not_overwritten(client_as, shop):
    shown = str(published(shop, "delivery").version)
    client_as("manager").post("/touchpoints/edit/delivery", form(name="Theirs", version=shown))
    answer = client_as("analyst").post("/touchpoints/edit/delivery", form(name="Mine", version=shown))
    assert answer.status_code == 422
    assert "meanwhile" in answer.content.decode()
    assert published(shop, "delivery").called == "Theirs"


def test_a_touchpoint_that_is_registered_is_not_registered_again(client_as, shop):
    answer = client_as("manager").post("/touchpoints/new", form(key="delivery", name="Another"))
    assert answer.status_code == 422
    assert published(shop, "delivery").called == "Delivery"


def test_guides_are_added_and_taken_out_before_anything_is_published(client_as, shop):
    client = client_as("manager")
    one = {"guide-0-title": "Begin", "guide-0-text": "Good morning."}
    page = client.post("/touchpoints/edit/delivery", form(name="Kept", do="add", **one)).content.decode()
    assert 'name="guide-1-title"' in page
    assert 'value="Kept"' in page
    assert published(shop, "delivery").called == "Delivery"
    two = {**one, "guide-1-title": "End", "guide-1-text": "Goodbye."}
    page = client.post("/touchpoints/edit/delivery", form(do="remove:0", **two)).content.decode()
    assert "Goodbye." in page
    assert "Good morning." not in page
    client.post("/touchpoints/edit/delivery", form(**two))
    assert [guide.title for guide in published(shop, "delivery").guides] == ["Begin", "End"]


def test_a_guide_without_words_is_refused_in_a_sentence(client_as, shop):
    answer = client_as("manager").post(
        "/touchpoints/edit/delivery", form(**{"guide-0-title": "Begin", "guide-0-text": ""})
    )
    assert answer.status_code == 422
    assert "Talk guide 1 has no title or no text" in answer.content.decode()
    assert published(shop, "delivery").guides == ()


def test_a_touchpoint_ends_and_can_be_registered_again(client_as, shop, shop_folder):
    client = client_as("manager")
    for _again in range(2):
        assert client.post("/touchpoints/end/delivery", {"request_id": "x"}).status_code == 302
    assert published(shop, "delivery").retired
    assert len(said_in_trail(shop_folder, "touchpoint ended")) == 1
    client.post("/touchpoints/edit/delivery", form(name="Back", owner="A"))
    assert not published(shop, "delivery").retired


def test_a_standard_is_written_anew_and_has_to_be_read_anew(client_as, shop):
    client_as("front line").post("/touchpoints/read/delivery", {"version": "1"})
    assert read_by(shop, "front.line@example.com") == 1
    client_as("manager").post("/touchpoints/write/delivery", {"text": "One line.", "never": "", "request_id": "a"})
    assert publishing.standard(shop, "delivery").version == 2
    page = client_as("front line").get("/touchpoints/standard/delivery").content.decode()
    assert "You read version 1; it has changed since." in page
    assert TEXT in page, "earlier versions stay to be read"


def test_reading_a_standard_is_kept_once_a_colleague(client_as, shop, shop_folder):
    client = client_as("front line")
    for _again in range(2):
        assert client.post("/touchpoints/read/delivery", {"version": "1"}).status_code == 302
    assert read_by(shop, "front.line@example.com") == 1
    assert len(said_in_trail(shop_folder, "standard read")) >= 1
    assert "You read this version on" in client.get("/touchpoints/standard/delivery").content.decode()


def test_a_version_that_was_never_written_cannot_be_read(client_as, shop):
    answer = client_as("front line").post("/touchpoints/read/delivery", {"version": "7"})
    assert answer.status_code == 422
    assert read_by(shop, "front.line@example.com") is None


def test_an_empty_standard_is_refused(client_as, shop):
    assert client_as("manager").post("/touchpoints/write/delivery", {"text": "  "}).status_code == 422
    assert publishing.standard(shop, "delivery").version == 1


def test_a_promise_is_kept_in_the_unit_of_the_log(client_as, shop):
    client = client_as("manager")
    client.post("/touchpoints/promise/new/call%20centre", {**PROMISE, "limit": "1.5", "unit": "min", "request_id": "a"})
    [made] = [one for one in publishing.promises(shop, "call centre") if one.name == PROMISE["name"]]
    assert (made.column, made.at_most) == ("wait_seconds", 90)
    page = client.get(f"/touchpoints/promise/edit/{made.key}").content.decode()
    assert re.search(r'name="limit" value="90"', page), "a minute and a half is typed as seconds"


@pytest.mark.parametrize(
    ("column", "unit", "limit", "kept"),
    [("late_days", "d", "1", 1), ("checklist", "p", "90", 90), ("resolved_seconds", "h", "24", 86_400)],
)
def test_each_kind_of_promise_has_its_own_unit(client_as, shop, column, unit, limit, kept):
    sent = {**PROMISE, "column": column, "unit": unit, "limit": limit}
    client_as("manager").post("/touchpoints/promise/new/call%20centre", sent)
    [made] = [one for one in publishing.promises(shop, "call centre") if one.name == PROMISE["name"]]
    assert (made.at_least if column == "checklist" else made.at_most) == kept


@pytest.mark.parametrize(("column", "unit"), [("late_days", "min"), ("checklist", "d"), ("wait_seconds", "p")])
def test_a_unit_that_does_not_go_with_the_promise_is_refused(client_as, shop, column, unit):
    before = publishing.promises(shop)
    sent = {**PROMISE, "column": column, "unit": unit}
    assert client_as("manager").post("/touchpoints/promise/new/call%20centre", sent).status_code == 422
    assert publishing.promises(shop) == before


def test_a_promise_ends_and_its_versions_stay(client_as, shop):
    there = publishing.promises(shop, "delivery")[0]
    client = client_as("manager")
    for _again in range(2):
        sent = {"request_id": "x", "touchpoint": "delivery"}
        assert client.post(f"/touchpoints/promise/end/{there.key}", sent).status_code == 302
    assert there.key not in [one.key for one in publishing.promises(shop)]
    assert publishing.promise_history(shop, there.key)[0].body.at_most == there.at_most


WRITES = [
    ("/touchpoints/new", form(key="workshop")),
    ("/touchpoints/edit/delivery", form(name="Mine")),
    ("/touchpoints/end/delivery", {}),
    ("/touchpoints/write/delivery", {"text": "Mine"}),
    ("/touchpoints/promise/new/delivery", PROMISE),
    ("/touchpoints/promise/edit/answer%20calls", PROMISE),
    ("/touchpoints/promise/end/answer%20calls", {}),
]


@pytest.mark.parametrize("role", ["front line", "viewer", ""])
@pytest.mark.parametrize(("path", "sent"), WRITES)
def test_those_who_may_not_change_anything_leave_everything_as_it_is(client_as, shop, shop_folder, role, path, sent):
    before = register_of(shop)
    assert client_as(role).post(path, sent).status_code == (403 if role else 302)
    assert register_of(shop) == before
    assert said_in_trail(shop_folder, "touchpoint published") == []


def test_a_viewer_cannot_say_that_they_work_by_a_standard(client_as, shop):
    assert client_as("viewer").post("/touchpoints/read/delivery", {"version": "1"}).status_code == 403
    assert read_by(shop, "viewer@example.com") is None


def register_of(shop):
    """Everything that can be decided about touchpoints."""
    promises = publishing.promises(shop, retired=True)
    return publishing.touchpoints(shop, retired=True), publishing.standards(shop), promises


@pytest.mark.parametrize("nasty", NASTY)
def test_hostile_text_stays_text(client_as, shop, nasty):
    client = client_as("manager")
    guide = {"guide-0-title": nasty, "guide-0-text": nasty}
    sent = form(key=nasty, name=nasty, owner=nasty, channel=nasty, **guide)
    there = client.post("/touchpoints/new", sent)["Location"]
    client.post(there.replace("/of/", "/write/"), {"text": nasty, "never": nasty})
    client.post(there.replace("/of/", "/promise/new/"), {**PROMISE, "name": nasty, "kind": nasty, "step": nasty})
    assert publishing.standard(shop, nasty).text == nasty
    for path in (there, there.replace("/of/", "/standard/"), there.replace("/of/", "/edit/")):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert ">49<" not in page


@pytest.mark.parametrize("key", ["chat / e-mail", "50% off?", "Тел. линия #1", "a/edit", "promise/new/x"])
def test_a_touchpoint_of_any_text_has_pages_of_its_own(client_as, shop, key):
    client = client_as("manager")
    there = client.post("/touchpoints/new", form(key=key, owner="A"))["Location"]
    assert publishing.touchpoint(shop, key).key == key
    for page in (there, there.replace("/of/", "/edit/", 1), there.replace("/of/", "/standard/", 1)):
        assert client.get(page).status_code == 200, page


def test_every_sentence_of_the_register_has_words_for_pages_with_the_same_names():
    assert set(sentences.WRONG_WORDS) == set(errors.SENTENCES)
    for reason, sentence in errors.SENTENCES.items():
        names = set(re.findall(r"\{(\w+)\}", sentence))
        assert names == set(re.findall(r"%\((\w+)\)s", str(sentences.WRONG_WORDS[reason]))), reason
    error = errors.TouchpointError("no_text")
    assert sentences.wrong_words(error) == str(error)
