"""The staff questionnaire: answered without a name, with department and level at most, and by nobody without a link."""

from __future__ import annotations

import json
import re

import pytest
from django.core import signing

from regulars.surveys import publishing
from regulars_web.staff import links
from regulars_web.staff.models import Link
from regulars_web.voice import current
from regulars_web.voice.models import Submission
from regulars_web.voice.tests.public.conftest import Respondent

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "bg", "ru", "cs", "tr")


@pytest.fixture
def link(client_as, shop):
    """A link to the staff questionnaire, as a manager makes it."""
    current.forget()
    client = client_as("manager")
    client.post("/staff/pulse/use/seven-elements", {"request_id": "u"})
    client.post("/staff/pulse/links/of/seven-elements", {"department": "", "level": ""})
    return Link.objects.get(department="", survey="seven-elements")


def address(link):
    """Where somebody answers."""
    return links.address_of(link, "")


def fill(person):
    """Answer every question of a page with 4 and go on, until the thanks."""
    for _page in range(20):
        keys = re.findall(r'name="asked" value="([^"]+)"', person.html)
        if not keys:
            return
        person.press(**dict.fromkeys(keys, "4"))


def answered(shop):
    """The interactions of the questionnaire that came by pages, with their answers."""
    with shop.engine() as engine:
        return engine.run(
            "SELECT i.*, (SELECT count(*) FROM answers a WHERE a.interaction_id = i.interaction_id) AS n "
            "FROM interactions i WHERE i.kind = 'answer' AND i.source = 'pages'"
        ).to_pylist()


def test_an_answer_says_department_level_and_day_and_nothing_else_of_the_person(link, shop):
    person = Respondent(address(link))
    person.press(department="sales", level="front line")
    fill(person)
    assert "Thank you" in person.html
    (found,) = answered(shop)
    said = json.loads(found["properties"])
    assert (found["department"], said["level"], found["n"]) == ("sales", "front line", 14)
    assert found["client_key"] is None
    assert found["employee"] is None
    assert found["branch"] is None
    local = shop.settings.time_zone
    with shop.engine() as engine:
        hour = engine.run(
            f"SELECT date_part('hour', timezone('{local}', occurred_at)) AS h FROM interactions "
            f"WHERE interaction_id = {found['interaction_id']}"
        ).to_pylist()[0]["h"]
    assert hour == 0


def test_nothing_that_tells_people_apart_stays_beside_the_log(link):
    person = Respondent(address(link))
    person.press(department="sales", level="management")
    fill(person)
    left = Submission.objects.get()
    assert (left.department, left.level, left.mark, left.given, left.branch) == ("", "", "", {}, "")


def test_somebody_may_say_nothing_of_where_they_work(link, shop):
    person = Respondent(address(link))
    person.press(department="", level="")
    fill(person)
    (found,) = answered(shop)
    assert found["department"] is None
    assert "level" not in json.loads(found["properties"])


def test_a_department_that_there_is_not_is_not_kept(link):
    Respondent(address(link)).press(department="<script>", level="king")
    kept = Submission.objects.get()
    assert (kept.department, kept.level) == ("", "")


def test_a_link_of_one_department_cannot_be_answered_for_another(client_as, link):
    client_as("manager").post("/staff/pulse/links/of/seven-elements", {"department": "accounts", "level": "management"})
    person = Respondent(address(Link.objects.get(department="accounts")))
    assert 'name="department"' not in person.html
    assert 'name="level"' not in person.html
    person.press(department="sales", level="front line")
    kept = Submission.objects.get()
    assert (kept.department, kept.level) == ("accounts", "management")


def test_a_double_click_begins_once(link):
    person = Respondent(address(link))
    carried, action = person.hidden(), address(link)
    for _again in range(2):
        person.client.post(action, {**carried, "go": "next", "department": "sales", "level": ""})
    assert Submission.objects.count() == 1


def test_two_colleagues_at_one_computer_both_count(link, shop):
    for _colleague in range(2):
        person = Respondent(address(link))
        person.press(department="sales", level="front line")
        fill(person)
    found = answered(shop)
    assert len(found) == 2
    assert not any(json.loads(one["properties"]).get("duplicate") for one in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questionnaire_speaks_five_languages(link, language):
    person = Respondent()
    person.open(f"{address(link)}?lang={language}")
    assert f'<html lang="{language}">' in person.html
    person.press(department="", level="")
    assert f'<html lang="{language}">' in person.html
    assert "/s/seven-elements/" in person.address


def test_another_language_can_be_chosen_before_beginning(link):
    person = Respondent(address(link))
    person.press(language="tr", department="sales", level="support")
    assert '<html lang="tr">' in person.html
    assert Submission.objects.count() == 0
    assert '<option value="sales" selected>' in person.html


@pytest.mark.parametrize("token", ["1.nothing", "1", "x" * 300, ".", "1.%00", "999999.abc"])
def test_a_guessed_link_leads_nowhere(link, token):
    answer = Respondent().client.get(f"/staff/say/{token}")
    assert answer.status_code == 404
    assert "There is no survey here" in answer.content.decode()


def test_a_link_signed_for_something_else_leads_nowhere(link):
    other = signing.Signer(salt="voice.stop", sep=".").sign(str(link.pk))
    assert Respondent().client.get(f"/staff/say/{other}").status_code == 404


def test_a_closed_link_takes_nobody_new_and_lets_those_finish_who_began(client_as, link, shop):
    person = Respondent(address(link))
    person.press(department="sales", level="")
    client_as("manager").post(f"/staff/pulse/links/{link.pk}/close")
    assert Respondent().client.get(address(link)).status_code == 410
    fill(person)
    assert len(answered(shop)) == 1


def test_a_page_that_was_open_for_ever_asks_to_press_again(link):
    answer = Respondent().client.post(address(link), {"go": "next", "ticket": "old", "speaks": "en"})
    assert answer.status_code == 422
    assert Submission.objects.count() == 0


def test_the_beginning_sets_no_cookie_and_tells_nobody_where_it_was(link):
    answer = Respondent().client.get(address(link))
    assert not answer.cookies
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


def test_partners_are_asked_neither_for_a_department_nor_for_a_level(client_as, shop):
    client = client_as("manager")
    client.post("/staff/pulse/use/partner", {"request_id": "p"})
    client.post("/staff/pulse/links/of/partner", {})
    person = Respondent(address(Link.objects.get(survey="partner")))
    assert 'name="department"' not in person.html
    assert 'name="level"' not in person.html


def test_customers_surveys_are_not_asked_this_way(client_as, shop):
    made = next(one for one in publishing.surveys(shop) if one.audience == "customers")
    assert client_as("owner").post(f"/staff/pulse/links/of/{made.key}", {}).status_code == 404
    assert client_as("owner").post("/staff/pulse/use/nps").status_code == 404


def test_a_ready_questionnaire_is_put_into_use_once(client_as, shop):
    client = client_as("manager")
    for _again in range(2):
        client.post("/staff/pulse/use/seven-elements", {"request_id": "same"})
    assert publishing.survey(shop, "seven-elements").version == 1


def test_only_those_who_send_surveys_make_links_and_see_their_codes(client_as, link):
    for role in ("analyst", "front line", "viewer"):
        client = client_as(role)
        assert client.post("/staff/pulse/links/of/seven-elements", {}).status_code == 403
        assert client.get(f"/staff/pulse/links/{link.pk}/code.svg").status_code == 403
    assert links.token_of(link) not in client_as("analyst").get("/staff/pulse").content.decode()
    assert Link.objects.count() == 1


def test_how_many_answered_is_not_told_while_they_are_fewer_than_five(client_as, link):
    person = Respondent(address(link))
    person.press(department="sales", level="")
    fill(person)
    assert "fewer than five answers" in client_as("owner").get("/staff/pulse").content.decode()


def test_the_poster_speaks_the_language_of_those_who_read_it(client_as, link):
    page = client_as("manager").get(f"/staff/pulse/links/{link.pk}/poster?language=cs").content.decode()
    assert '<html lang="cs">' in page
    assert f"/staff/pulse/links/{link.pk}/code.svg" in page
