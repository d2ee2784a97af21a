"""A company without a log opens every page, without an error and without an invented number."""

from __future__ import annotations

import re

import pytest

from regulars_web.programme.tests.conftest import page_of
from regulars_web.programme.views.parts import PARTS

PAGES = ("", "fit", "index", "index/research", "index/components", "index/versions", "maturity", "mistakes", "elements")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_folder")]


@pytest.fixture
def owner(colleague):
    from django.test import Client

    client = Client()
    client.force_login(colleague("owner"), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens(owner, page):
    page_of(owner, f"/programme/{page}")
    page_of(owner, f"/programme/{page}?whole=yes")


@pytest.mark.parametrize("part", sorted(PARTS))
def test_no_number_is_invented(owner, part):
    text = re.sub(r"<[^>]+>", " ", page_of(owner, f"/programme/part/{part}"))
    assert "(0% to" not in text
    assert not re.search(r"\bn = (?!0\b)\d", text)


def test_the_programme_says_what_to_do_first(owner):
    page = page_of(owner, "/programme/?whole=yes")
    assert "Nothing of the five steps is done yet" in page
    assert "Write the definition and check whether customer focus fits" in page
    assert "Start" in page


def test_there_is_no_index_of_nothing(owner):
    page = page_of(owner, "/programme/part/index")
    assert "Too little is known yet" in page or "empty" in page
    assert "49%" not in page


def test_the_fit_can_be_answered_before_anything_is_imported(owner):
    assert owner.post("/programme/fit/time", {"answer": "yes", "request_id": "1"}).status_code == 302
    assert "Owner said yes" in page_of(owner, "/programme/part/fit")
