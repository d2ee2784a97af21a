"""Signing in, staying in, and being put out."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from regulars_web.accounts.models import User
from tests.web.company import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(email: str, password: str = PASSWORD) -> Client:
    client = Client()
    client.post("/account/login/", {"login": email, "password": password})
    return client


def comes_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_whoever_knows_the_password_comes_in_and_others_do_not(colleague, shop_folder):
    colleague("analyst")
    assert comes_in(sign_in("analyst@example.com"))
    assert comes_in(sign_in("ANALYST@example.com")), "the case of an address means nothing"
    assert not comes_in(sign_in("analyst@example.com", "guess"))


def test_a_changed_password_ends_every_other_session(colleague, shop_folder):
    colleague("analyst")
    here, elsewhere = sign_in("analyst@example.com"), sign_in("analyst@example.com")
    new = "another long sentence"
    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert comes_in(here)
    assert not comes_in(elsewhere)


def test_ended_access_ends_open_sessions_too(client_as, colleague):
    user = colleague("analyst")
    theirs = sign_in(user.email)
    client_as("owner").post(f"/people/{user.pk}/end")
    assert not comes_in(theirs)
    assert not comes_in(sign_in(user.email))
    client_as("owner").post(f"/people/{user.pk}/again")
    assert comes_in(sign_in(user.email))


def test_the_last_owner_stays_one(client_as, colleague):
    owner = colleague("owner")
    for address, said in ((f"/people/{owner.pk}/role", {"role": "viewer"}), (f"/people/{owner.pk}/end", {})):
        answer = client_as("owner").post(address, said)
        assert answer.status_code == 422
        assert "only owner" in answer.content.decode()
    owner.refresh_from_db()
    assert (owner.role, owner.is_active) == ("owner", True)


def test_a_request_in_another_hosts_name_is_refused(shop_folder):
    for host in ("evil.example", "evil.example:80", "127.0.0.1.evil.example"):
        assert Client().get("/account/login/", headers={"Host": host}).status_code == 400


def test_a_reset_mail_leads_to_the_configured_address_and_never_elsewhere(colleague, shop_folder, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    colleague("analyst")
    forged = {"Host": "127.0.0.1", "X-Forwarded-Host": "evil.example"}
    Client().post("/account/password/reset/", {"email": "analyst@example.com"}, headers=forged)
    links = re.findall(r"https?://[^\s]+", mail.outbox[0].body)
    assert links
    assert not any("evil" in link for link in links)


def test_a_reset_link_does_not_get_round_the_second_step(colleague, shop_folder, settings):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    user = colleague("analyst")
    TOTP.activate(user, generate_totp_secret())
    client = Client()
    client.post("/account/password/reset/", {"email": user.email})
    link = re.findall(r"https?://[^/]+(/account/password/reset/key/[^\s]+)", mail.outbox[0].body)[0]
    form = client.get(link, follow=True).request["PATH_INFO"]
    client.post(form, {"password1": "another long sentence", "password2": "another long sentence"})
    assert not comes_in(client)
    assert not comes_in(sign_in(user.email, "another long sentence")), "the second step still stands"


def test_a_used_reset_link_is_dead(colleague, shop_folder, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    user = colleague("analyst")
    Client().post("/account/password/reset/", {"email": user.email})
    link = re.findall(r"https?://[^/]+(/account/password/reset/key/[^\s]+)", mail.outbox[0].body)[0]
    for password in ("another long sentence", "a third long sentence"):
        client = Client()
        form = client.get(link, follow=True).request["PATH_INFO"]
        client.post(form, {"password1": password, "password2": password})
    assert comes_in(sign_in(user.email, "another long sentence"))
    assert not comes_in(sign_in(user.email, "a third long sentence"))


def test_every_page_forbids_foreign_and_inline_scripts(client_as):
    policy = client_as("owner").get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_passwords_are_kept_as_argon2(colleague):
    assert colleague("viewer").password.startswith("argon2")
    assert User.objects.get().check_password(PASSWORD)
