"""How people come in, and how they are kept out."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from regulars_web.accounts import invitations
from regulars_web.accounts.models import Invitation, User
from tests.web.company import PASSWORD

pytestmark = pytest.mark.django_db
PERSON = {"email": "first@example.com", "name": "First", "password": PASSWORD}


def test_the_first_owner_comes_in_by_the_link_on_the_terminal(shop_folder):
    token = invitations.first_owner_token(timezone.now())
    client = Client()
    answer = client.post(f"/people/join/{token}", PERSON)
    assert answer["Location"] == "/"
    assert User.objects.get().role == "owner"
    assert client.get("/people/").status_code == 200, "and is signed in at once"


def test_a_second_visitor_cannot_claim_the_set_up(shop_folder):
    token = invitations.first_owner_token(timezone.now())
    Client().post(f"/people/join/{token}", PERSON)
    again = Client().post(f"/people/join/{token}", {**PERSON, "email": "second@example.com"})
    assert again.status_code == 404
    assert invitations.first_owner_token(timezone.now()) is None
    assert [user.email for user in User.objects.all()] == ["first@example.com"]
    for address in ("/account/signup/", "/people/join/", "/people/join/x"):
        assert Client().post(address, {"email": "x@example.com", "password1": PASSWORD}).status_code in (200, 302, 404)
    assert User.objects.count() == 1


def test_two_servers_started_before_the_first_account_leave_one_link_that_works(shop_folder):
    earlier = invitations.first_owner_token(timezone.now())
    later = invitations.first_owner_token(timezone.now())
    assert invitations.open_invitation(earlier, timezone.now()) is None
    assert invitations.open_invitation(later, timezone.now()) is not None


def test_an_invitation_of_an_owner_gives_the_role_it_names(client_as, colleague):
    answer = client_as("owner").post("/people/invite", {"name": "Nora", "email": "nora@example.com", "role": "analyst"})
    token = answer.context["link"].rsplit("/", 1)[1]
    Client().post(f"/people/join/{token}", {"name": "Nora", "email": "thief@example.com", "password": PASSWORD})
    assert User.objects.get(email="nora@example.com").role == "analyst"
    assert not User.objects.filter(email="thief@example.com").exists(), "the address is the invited one"


def test_an_invitation_stands_for_seven_days(colleague, shop_folder):
    now = timezone.now()
    token = invitations.invite(colleague("owner"), email="a@example.com", name="A", role="viewer", now=now)
    assert invitations.open_invitation(token, now + timedelta(days=6, hours=23)) is not None
    assert invitations.open_invitation(token, now + timedelta(days=7, minutes=1)) is None


def test_the_link_itself_is_kept_nowhere(colleague, shop_folder):
    token = invitations.invite(colleague("owner"), email="a@example.com", name="A", role="viewer", now=timezone.now())
    assert token not in repr(list(Invitation.objects.values_list()))
    assert token not in (shop_folder / "audit.jsonl").read_text()


def test_a_manager_invites_nobody(colleague, shop_folder):
    with pytest.raises(PermissionDenied):
        invitations.invite(colleague("manager"), email="a@example.com", name="A", role="owner", now=timezone.now())
    assert not Invitation.objects.exists()


def test_a_weak_password_is_refused_in_words_and_the_link_still_works(shop_folder):
    token = invitations.first_owner_token(timezone.now())
    answer = Client().post(f"/people/join/{token}", {**PERSON, "password": "first"})
    assert answer.status_code == 422
    assert "too short" in answer.content.decode()
    assert Client().post(f"/people/join/{token}", PERSON).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_press_the_button_at_once_one_comes_in(shop_folder):
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite lives in memory, where threads wait for each other; PostgreSQL runs this")
    token, came = invitations.first_owner_token(timezone.now()), []

    def press(number: int) -> None:
        try:
            said = {**PERSON, "email": f"{number}@example.com", "now": timezone.now()}
            came.append(invitations.accept(token, **said))
        except PermissionDenied:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(came) == User.objects.count() == 1
