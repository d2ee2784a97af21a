"""Pages without JavaScript: parts have a page around them, and the chooser loses nothing of the address."""

from __future__ import annotations

import re

import pytest
from django.utils import translation
from django.utils.translation import pgettext

from regulars.groups.publishing import groups
from regulars_web.accounts.models import User
from regulars_web.home.reads import PARTS
from regulars_web.jobs.models import Job

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def addresses(shop) -> list[str]:
    group = groups(shop)[0].key
    of_group = [f"/groups/of/{group}/part/{name}" for name in ("checks", "needs", "time", "portrait")]
    return [
        *(f"/part/{name}" for name in PARTS),
        *of_group,
        "/groups/portrait/part",
        f"/groups/of/{group}/portrait/part",
    ]


def test_a_part_opened_by_itself_is_a_whole_page_with_one_heading_and_a_way_back(client_as, shop):
    client = client_as("owner")
    for address in addresses(shop):
        page = client.get(address).content.decode()
        assert page.startswith("<!doctype html>"), address
        assert len(re.findall(r"<h1\b", page)) == 1, address
        assert 'class="rail' in page, address


def test_a_part_that_a_page_asks_for_comes_alone(client_as, shop):
    client = client_as("owner")
    for address in addresses(shop):
        assert "<html" not in client.get(address, headers=HTMX).content.decode(), address


def test_the_progress_of_a_job_opened_by_itself_is_a_page(client_as, shop, colleague):
    client = client_as("owner")
    job = Job.objects.create(kind="count", said={}, asked_by=colleague("owner"), asked_at="2026-07-01T09:00:00Z")
    assert client.get(f"/jobs/{job.pk}").content.decode().lower().startswith("<!doctype html>")
    assert "<html" not in client.get(f"/jobs/{job.pk}", headers=HTMX).content.decode()


def test_choosing_a_period_keeps_every_column_that_was_chosen(client_as, shop):
    page = client_as("owner").get("/customers/?column=orders&column=spend&q=ivan&page=3").content.decode()
    chooser = page.split("data-chooser", 1)[1].split("</form>", 1)[0]
    kept = re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', chooser)
    assert [one for one in kept if one[0] == "column"] == [("column", "orders"), ("column", "spend")]
    assert ("q", "ivan") in kept
    assert "page" not in dict(kept)


@pytest.mark.parametrize(("language", "words"), [("cs", "Název"), ("ru", "Название"), ("bg", "Наименование")])
def test_a_group_has_a_title_and_not_a_first_name(client_as, shop, language: str, words: str) -> None:
    client = client_as("owner")
    User.objects.update(language=language)
    with translation.override(language):  # and back to the language before, which the page's own would outlast
        assert pgettext("of a group or a view", "Name") == words
        page = client.get("/groups/new").content.decode()
    assert f'<label for="name">{words}</label>' in page
