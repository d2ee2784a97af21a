"""An owner gives a colleague's account another address, and nobody comes into an account that is not theirs by it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from regulars_web.accounts import actions, invitations
from regulars_web.accounts.models import FormerAddress, User
from regulars_web.accounts.tests.test_sign_in_server import configure
from regulars_web.accounts.tests.test_signing_in import comes_in, sign_in
from tests.oidc import NAME, SignInServer, walk
from tests.web.company import PASSWORD
from tests.web.trail import said_in_trail

pytestmark = pytest.mark.django_db
NEW = "anna.new@example.com"


@pytest.fixture
def letters(settings: Any) -> list[Any]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return mail.outbox


def change(owner: Client, user: User, email: str) -> Any:
    return owner.post(f"/people/{user.pk}/address", {"email": email})


def forgets(email: str, letters: list[Any]) -> list[str]:
    """The links to a new password that somebody gets who asks for one for this address."""
    letters.clear()
    Client().post("/account/password/reset/", {"email": email})
    return [link for one in letters for link in re.findall(r"/account/password/reset/key/[^\s]+", one.body)]


def test_a_colleague_signs_in_by_the_address_an_owner_gave_and_the_password_they_had(client_as, colleague):
    user = colleague("analyst")
    theirs = sign_in(user.email)
    answer = change(client_as("owner"), user, "  Anna.NEW@example.com ")
    assert answer["Location"] == "/people/"
    assert not comes_in(theirs), "every open session ended"
    assert not comes_in(sign_in("analyst@example.com"))
    assert comes_in(sign_in(NEW))


def test_the_trail_keeps_the_old_address_and_who_changed_it(client_as, colleague, shop_folder):
    change(client_as("owner"), colleague("analyst"), NEW)
    (line,) = said_in_trail(shop_folder, "address changed")
    for said in (f'"email": "{NEW}"', '"was": "analyst@example.com"', '"by": "owner@example.com"'):
        assert said in line
    page = client_as("owner").get("/people/trail").content.decode()
    assert "was: analyst@example.com" in page
    sign_in(NEW)
    sign_in(NEW)
    assert len(said_in_trail(shop_folder, "address confirmed")) == 1


def test_the_trail_keeps_the_role_that_somebody_had(client_as, colleague, shop_folder):
    client_as("owner").post(f"/people/{colleague('analyst').pk}/role", {"role": "viewer"})
    (line,) = said_in_trail(shop_folder, "role changed")
    assert '"was": "analyst"' in line
    assert '"role": "viewer"' in line


@pytest.mark.parametrize("taken", ["manager@example.com", "MANAGER@example.com"])
def test_nobody_is_given_the_address_of_another_colleague(taken, client_as, colleague):
    user, manager = colleague("analyst"), colleague("manager")
    answer = change(client_as("owner"), user, taken)
    assert answer.status_code == 422
    assert "There is an account with this e-mail already." in answer.content.decode()
    user.refresh_from_db()
    assert (user.email, user.email_confirmed) == ("analyst@example.com", True)
    assert sign_in("manager@example.com").get("/people/me").context["user"] == manager


@pytest.mark.parametrize("said", ["", "nobody", "a@b", "a@example.com\nBcc: x@example.com", f"{'x' * 300}@example.com"])
def test_what_is_no_address_changes_nothing(said, client_as, colleague):
    user = colleague("analyst")
    answer = change(client_as("owner"), user, said)
    assert answer.status_code == 422
    assert "is not an e-mail address." in answer.content.decode()
    user.refresh_from_db()
    assert user.email == "analyst@example.com"


def test_a_mistyped_address_opens_the_account_to_nobody(client_as, colleague, letters):
    """Whoever reads it gets no link to a new password, until the person has signed in by it once."""
    change(client_as("owner"), colleague("analyst"), NEW)
    assert forgets(NEW, letters) == []
    assert forgets("analyst@example.com", letters) == []
    sign_in(NEW, "a guess")
    assert forgets(NEW, letters) == []
    sign_in(NEW)
    assert len(forgets(NEW, letters)) == 1


def test_a_link_to_a_new_password_that_went_to_the_old_address_is_dead(client_as, colleague, letters):
    user = colleague("analyst")
    (link,) = forgets(user.email, letters)
    change(client_as("owner"), user, NEW)
    client = Client()
    form = client.get(link, follow=True).request["PATH_INFO"]
    client.post(form, {"password1": "another long sentence", "password2": "another long sentence"})
    assert not comes_in(sign_in(NEW, "another long sentence"))
    assert comes_in(sign_in(NEW))


def test_the_companys_server_is_believed_about_the_new_address_only_after_a_first_sign_in(
    directory: SignInServer, client_as, colleague, settings
):
    configure(settings, directory.configured())
    directory.knows("finder", email=NEW, email_verified=True)
    change(client_as("owner"), colleague("analyst"), NEW)
    client = Client()
    answer = walk(client, "finder")
    assert answer.status_code == 403
    assert f"Sign in once with {NEW} and your password" in answer.content.decode()
    assert NAME in answer.content.decode()
    assert not comes_in(client)
    sign_in(NEW)
    walk(client, "finder")
    assert comes_in(client)


def test_whoever_came_in_by_the_old_address_through_the_companys_server_does_not_any_more(
    directory: SignInServer, client_as, colleague, settings
):
    configure(settings, directory.configured())
    directory.knows("anna", email="analyst@example.com", email_verified=True)
    walk(Client(), "anna")
    EmailAddress.objects.create(user=colleague("analyst"), email="analyst@example.com", verified=True, primary=True)
    change(client_as("owner"), colleague("analyst"), NEW)
    client = Client()
    assert walk(client, "anna").status_code == 403
    assert not comes_in(client)
    assert not comes_in(sign_in("analyst@example.com")), "no second address that allauth would know them by"
    assert not SocialAccount.objects.exists()


def test_an_address_that_somebody_had_is_never_given_to_somebody_else(client_as, colleague):
    owner, user, other = client_as("owner"), colleague("analyst"), colleague("viewer")
    change(owner, user, NEW)
    answer = change(owner, other, "analyst@example.com")
    assert answer.status_code == 422
    assert "Another colleague had this e-mail here." in answer.content.decode()
    answer = owner.post("/people/invite", {"name": "N", "email": "Analyst@example.com", "role": "viewer"})
    assert answer.status_code == 422
    assert "Another colleague had this e-mail here." in answer.content.decode()
    assert change(owner, user, "analyst@example.com").status_code == 302, "but the person may have it back"
    assert set(FormerAddress.objects.values_list("email", flat=True)) == {"analyst@example.com", NEW}


def test_an_invitation_to_an_address_that_an_account_has_by_now_is_closed(client_as, colleague):
    owner = colleague("owner")
    token = invitations.invite(owner, email=NEW, name="N", role="owner", now=timezone.now())
    change(client_as("owner"), colleague("analyst"), NEW)
    answer = Client().post(f"/people/join/{token}", {"name": "N", "password": PASSWORD})
    assert answer.status_code == 404
    assert User.objects.get(email=NEW).role == "analyst"


def test_of_two_invitations_to_one_address_the_second_is_closed_by_the_first(colleague, shop_folder):
    tokens = [
        invitations.invite(colleague("owner"), email=NEW, name="N", role=role, now=timezone.now())
        for role in ("viewer", "owner")
    ]
    answers = [Client().post(f"/people/join/{token}", {"name": "N", "password": PASSWORD}) for token in tokens]
    assert [answer.status_code for answer in answers] == [302, 404]
    assert User.objects.get(email=NEW).role == "viewer"


def test_an_owner_who_changes_the_own_address_signs_in_again(client_as, colleague):
    client = client_as("owner")
    answer = change(client, colleague("owner"), "boss.new@example.com")
    assert answer.status_code == 302
    assert not comes_in(client)
    assert comes_in(sign_in("boss.new@example.com"))


def test_the_same_address_again_ends_no_session(client_as, colleague, shop_folder):
    user = colleague("analyst")
    theirs = sign_in(user.email)
    change(client_as("owner"), user, "ANALYST@example.com")
    assert comes_in(theirs)
    assert said_in_trail(shop_folder, "address changed") == []


@pytest.mark.parametrize("role", ["manager", "analyst", "front line", "viewer"])
def test_whoever_is_no_owner_changes_no_address_not_even_their_own(role, client_as, colleague):
    user = colleague(role)
    assert change(client_as(role), user, NEW).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.change_address(user, user, NEW)
    user.refresh_from_db()
    assert user.email != NEW


def test_the_page_says_who_has_not_signed_in_by_the_new_address_yet(client_as, colleague):
    owner = client_as("owner")
    assert "not signed in by it yet" not in owner.get("/people/").content.decode()
    change(owner, colleague("analyst"), NEW)
    assert "not signed in by it yet" in owner.get("/people/").content.decode()
    sign_in(NEW)
    assert "not signed in by it yet" not in owner.get("/people/").content.decode()


def test_the_list_of_colleagues_asks_the_database_as_often_for_many_as_for_few(client_as, django_assert_num_queries):
    owner = client_as("owner")
    for number in range(30):
        User.objects.create(email=f"{number}@example.com", name=str(number), role="viewer")
        actor = User.objects.get(email="owner@example.com")
        invitations.invite(actor, email=f"new{number}@example.com", name="N", role="viewer", now=timezone.now())
        if number in (0, 29):
            with django_assert_num_queries(4):  # session, colleague, colleagues, invitations
                owner.get("/people/")


def test_the_sign_in_page_leads_once_to_whoever_forgot_the_password(shop_folder):
    page = Client().get("/account/login/").content.decode()
    assert page.count("/account/password/reset/") == 1
