"""A link of a round gives nothing away, cannot be guessed, and what was written under it goes with the person."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from regulars.privacy.person import Traces
from regulars_web.definition import forgetting, tokens
from regulars_web.definition.models import Comment, Doubt, Draft, Invitation, Round, Statement, Token

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>=cmd|calc'


def test_a_link_has_256_random_bits_and_only_its_digest_is_kept(invited):
    customer = invited("customer")
    token = customer.address.removeprefix("/say/")
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    for model in (Invitation, Token, Statement):
        assert token not in repr(list(model.objects.values_list()))
    assert Token.objects.filter(digest=tokens.digest(token)).exists()


@pytest.mark.parametrize("bent", ["x" * 43, "é" * 43, "a" * 5_000, "%00", "1 OR 1=1"])
def test_a_bent_link_leads_nowhere(bent, opened):
    assert tokens.find(bent) is None
    assert Client().get(f"/say/{bent}").status_code == 404


def test_whoever_guesses_links_is_slowed_down_and_the_invited_are_not(invited, opened):
    customer = invited("customer")
    stranger = Client()
    codes = {stranger.get(f"/say/{tokens.secrets.token_urlsafe(32)}").status_code for _ in range(70)}
    assert codes == {404, 429}
    assert customer.open().status_code == 200


def test_a_form_sent_over_and_over_is_refused_for_a_while_and_loses_nothing(invited):
    guard = invited("employee")
    codes = [guard.client.post(guard.address, {"part": "state", "text": f"n {n}"}).status_code for n in range(65)]
    assert codes.count(429) == 5
    assert Statement.objects.get().text == "n 59"


def test_a_link_that_was_taken_back_shows_and_takes_nothing(invited, owner, opened):
    customer = invited("customer")
    owner.post(f"/definition/rounds/{opened.pk}/people/{customer.invitation.pk}/back")
    assert customer.client.post(customer.address, {"part": "state", "text": "still?"}).status_code == 410
    assert customer.open().status_code == 410
    assert not Statement.objects.exists()


def test_answers_to_links_are_kept_by_nobody_and_set_no_cookie(invited):
    answer = invited("customer").answer
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    assert "<script" not in answer.content.decode()


def test_hostile_words_stay_words_on_every_page(invited, owner, opened):
    guard = invited("employee")
    guard.send(text=HOSTILE, suggested=HOSTILE)
    at = f"/definition/rounds/{opened.pk}"
    pages = [guard.html, owner.get(f"{at}/statements").content.decode(), owner.get(f"{at}/").content.decode()]
    owner.post(f"{at}/do", {"do": "weigh"})
    owner.post(f"{at}/drafts", {"do": "put", "text": HOSTILE, "language": "en"})
    guard.open()
    guard.send(**{f"comment-{Draft.objects.get().pk}": HOSTILE})
    pages += [guard.html, owner.get(f"{at}/").content.decode()]
    for page in pages:
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("role", ["analyst", "front line", "viewer"])
def test_only_owners_and_managers_run_a_round(role, client_as, opened):
    other = client_as(role)
    at = f"/definition/rounds/{opened.pk}"
    asked = [(f"{at}/do", {"do": "end"}), (f"{at}/drafts", {"do": "put", "text": "x"}), (f"{at}/people/links", {})]
    asked += [("/definition/edit", {"do": "publish", "text-en": "x"}), ("/definition/readers/ask", {})]
    assert [other.post(path, sent).status_code for path, sent in asked] == [403] * len(asked)
    assert Round.objects.get().state == "writing"
    assert not Draft.objects.exists()


def test_what_a_person_wrote_goes_when_they_are_erased(invited, opened, shop):
    customer, other = invited("customer"), invited("customer", 1)
    customer.send(text="Call me early.")
    other.send(text="Keep the day.")
    person = _person(customer.invitation)
    told = forgetting.told_of(person)
    assert [one["statement"] for one in told] == ["Call me early."]
    forgetting.forget_invited(shop, person, Untold())
    assert [one.text for one in Statement.objects.all()] == ["Keep the day."]
    assert not Token.objects.filter(invitation__client_key=customer.invitation.client_key).exists()
    assert not Comment.objects.exists()
    assert not Doubt.objects.exists()


class Untold(Traces):
    """Traces of somebody of whom nothing is said anywhere."""

    def __init__(self):
        pass

    def told_in(self, cells):
        return False


def _person(invitation):
    class OnlyKeys:
        keys = frozenset({invitation.client_key})

    return OnlyKeys()
