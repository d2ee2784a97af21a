"""Signing in through the company's own server: a real one, in a process of its own, walked there and back over HTTP."""

from __future__ import annotations

import re
import socket
from html import unescape
from pathlib import Path
from time import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from regulars.errors import WorkspaceError
from regulars_web.accounts.invitations import first_owner_token, open_invitation
from regulars_web.accounts.models import User
from regulars_web.configuration import Configuration, read_configuration, sign_in_providers
from tests.oidc import NAME, WAY_BACK, WAY_OUT, SignInServer, at_the_server, walk, way_out_of
from tests.web.company import PASSWORD
from tests.web.trail import said_in_trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def company_server(directory: SignInServer, shop_folder: Path, settings: Any) -> SignInServer:
    """The company's server as regulars.toml names it."""
    configure(settings, directory.configured())
    return directory


def configure(settings: Any, *servers: dict[str, str]) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = sign_in_providers(Configuration(settings.WORKSPACE, sign_in=servers))


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def comes_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_a_colleague_known_by_a_confirmed_address_comes_in_with_the_role_given_here(company_server, colleague):
    analyst = colleague("analyst")
    company_server.knows("anna", email="Analyst@example.com", email_verified=True)
    client = Client()
    page = client.get("/account/login/").content.decode()
    assert f"With {NAME}" in page
    assert f'action="{WAY_OUT}?process=login"' in page
    answer = walk(client, "anna")
    assert answer.redirect_chain[-1][0] == "/"
    assert client.get("/people/me").context["user"] == analyst
    assert client.get("/people/").status_code == 403, "what an analyst may not, she may not now either"


def test_whoever_came_in_once_is_known_again(company_server, colleague):
    colleague("analyst")
    company_server.knows("anna", email="analyst@example.com", email_verified=True)
    walk(Client(), "anna")
    client = Client()
    walk(client, "anna")
    assert comes_in(client)
    assert User.objects.count() == 1


def test_a_stranger_whom_nobody_invited_gets_no_account_and_reads_why(company_server, colleague):
    colleague("owner")
    company_server.knows("stranger", email="stranger@example.com", email_verified=True)
    client = Client()
    answer = walk(client, "stranger")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert f"{NAME} knows you as stranger@example.com, but there is no account here for that address." in page
    assert 'class="card outside__card"' in page, "a page of ours"
    assert not comes_in(client)
    assert User.objects.count() == 1
    assert SocialAccount.objects.count() == 0
    assert client.get("/account/3rdparty/signup/", follow=True).request["PATH_INFO"] == "/account/login/"


@pytest.mark.parametrize("said", [{"email_verified": False}, {"email_verified": "false"}, {}], ids=str)
def test_an_address_that_nobody_confirmed_does_not_take_over_the_account_behind_it(company_server, colleague, said):
    owner = colleague("owner")
    company_server.knows("mallory", email=owner.email, **said)
    client = Client()
    answer = walk(client, "mallory")
    assert answer.status_code == 403
    assert f"{NAME} has not confirmed that {owner.email} is your address" in answer.content.decode()
    assert not comes_in(client)
    assert SocialAccount.objects.count() == 0
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_an_address_given_to_somebody_new_does_not_open_the_account_of_whoever_had_it(company_server, colleague):
    colleague("manager")
    for login in ("old hand", "new hand"):
        company_server.knows(login, email="manager@example.com", email_verified=True)
    walk(Client(), "old hand")
    client = Client()
    answer = walk(client, "new hand")
    assert "is joined to somebody else" in answer.content.decode()
    assert not comes_in(client)


def test_whoever_has_no_address_there_is_told_so(company_server, colleague):
    colleague("owner")
    company_server.knows("robot")
    answer = walk(Client(), "robot")
    assert answer.status_code == 403
    assert "did not tell us your e-mail address" in answer.content.decode()


def test_nobody_claims_a_company_that_has_no_owner_yet_by_its_server(company_server):
    token = first_owner_token(timezone.now())
    company_server.knows("early", email="early@example.com", email_verified=True)
    client = Client()
    answer = walk(client, "early")
    assert answer.status_code == 403
    assert "no owner yet" in answer.content.decode()
    assert not User.objects.exists()
    assert open_invitation(token, timezone.now()), "the printed link still stands"


def test_a_second_step_is_asked_for_after_the_companys_server_too(company_server, colleague):
    secret = generate_totp_secret()
    TOTP.activate(colleague("manager"), secret)
    company_server.knows("max", email="manager@example.com", email_verified=True)
    client = Client()
    answer = walk(client, "max")
    assert answer.request["PATH_INFO"] == "/account/2fa/authenticate/"
    assert not comes_in(client)
    client.post("/account/2fa/authenticate/", {"code": format_hotp_value(hotp_value(secret, int(time()) // 30))})
    assert comes_in(client)


def test_ended_access_ends_the_way_through_the_companys_server(company_server, colleague):
    user = colleague("analyst")
    company_server.knows("anna", email=user.email, email_verified=True)
    company_server.knows("vera", email="viewer@example.com", email_verified=True)
    walk(Client(), "anna")
    User.objects.filter(pk__in=[user.pk, colleague("viewer").pk]).update(is_active=False)
    for login in ("anna", "vera"):
        client = Client()
        answer = walk(client, login)
        assert answer.status_code == 403
        assert "Your access to these pages has ended." in answer.content.decode()
        assert not comes_in(client)


def test_the_trail_says_who_came_in_through_the_server(company_server, colleague, shop_folder):
    colleague("analyst")
    company_server.knows("anna", email="analyst@example.com", email_verified=True)
    walk(Client(), "anna")
    for event in ("sign-in joined", "signed in"):
        (line,) = said_in_trail(shop_folder, event)
        assert '"by": "analyst@example.com"' in line
        assert '"server": "company"' in line
    Client().post("/account/login/", {"login": "analyst@example.com", "password": PASSWORD})
    assert "server" not in said_in_trail(shop_folder, "signed in")[-1]


def test_whoever_does_not_consent_is_not_signed_in_and_reads_why(company_server, colleague):
    colleague("analyst")
    company_server.knows("anna", email="analyst@example.com", email_verified=True)
    client = Client()
    answer = walk(client, "anna", consents=False)
    assert f"{NAME} was not allowed to tell us who you are" in answer.content.decode()
    assert not comes_in(client)


def test_a_way_back_that_nobody_began_here_leads_nowhere(company_server, colleague):
    colleague("analyst")
    company_server.knows("anna", email="analyst@example.com", email_verified=True)
    begun_elsewhere = at_the_server(way_out_of(Client().post(WAY_OUT)), "anna")
    client = Client()
    answer = client.get(begun_elsewhere.removeprefix("http://testserver"))
    assert answer.status_code == 403
    assert "begun in another browser" in answer.content.decode()
    assert not comes_in(client)


def test_a_server_out_of_reach_is_told_in_a_sentence(company_server, colleague, settings):
    colleague("analyst")
    for address in (f"http://127.0.0.1:{free_port()}", company_server.address.removesuffix("/o")):
        configure(settings, company_server.configured(address=address))
        answer = Client().post(WAY_OUT)
        assert answer.status_code == 422
        assert f"{NAME} does not answer as it should" in answer.content.decode()


def test_a_server_that_goes_away_while_somebody_is_there_is_told_in_a_sentence(company_server, colleague, settings):
    colleague("analyst")
    company_server.knows("anna", email="analyst@example.com", email_verified=True)
    client = Client()
    back = at_the_server(way_out_of(client.post(WAY_OUT)), "anna")
    configure(settings, company_server.configured(address=f"http://127.0.0.1:{free_port()}"))
    answer = client.get(back.removeprefix("http://testserver"))
    assert answer.status_code == 422
    assert f"{NAME} does not answer as it should" in answer.content.decode()
    assert not comes_in(client)


def test_a_wrong_secret_is_told_in_a_sentence_and_the_reason_is_in_the_log(company_server, colleague, settings, caplog):
    colleague("analyst")
    company_server.knows("anna", email="analyst@example.com", email_verified=True)
    configure(settings, company_server.configured(secret="a guess"))
    client = Client()
    answer = walk(client, "anna")
    assert answer.status_code == 422
    assert f"{NAME} does not answer as it should" in answer.content.decode()
    assert "invalid_client" in caplog.text
    assert not comes_in(client)


def test_nothing_is_offered_where_no_server_is_named(shop_folder):
    assert "/account/oidc/" not in Client().get("/account/login/").content.decode()
    for address in (WAY_OUT, WAY_BACK):
        assert Client().post(address).status_code == 404


def test_a_colleague_joins_an_account_without_a_confirmed_address_and_takes_it_off_again(company_server, client_as):
    company_server.knows("pseudonym", email="someone@elsewhere.example", email_verified=False)
    client = client_as("analyst")
    assert "/account/3rdparty/" in client.get("/people/me").content.decode()
    answer = walk(client, "pseudonym", start=f"{WAY_OUT}?process=connect")
    assert "You can sign in as someone@elsewhere.example." in answer.content.decode()
    assert "Your account there is joined to this one." in answer.content.decode()
    again = Client()
    walk(again, "pseudonym")
    assert again.get("/people/me").context["user"].email == "analyst@example.com"
    other = walk(client_as("manager"), "pseudonym", start=f"{WAY_OUT}?process=connect")
    assert "That account belongs to another colleague here." in other.content.decode()
    again.post("/account/3rdparty/", {"account": SocialAccount.objects.get().pk})
    refused = Client()
    walk(refused, "pseudonym")
    assert not comes_in(refused)


def test_whoever_was_on_the_way_to_a_page_gets_there_and_nowhere_foreign(company_server, colleague):
    colleague("analyst")
    company_server.knows("anna", email="analyst@example.com", email_verified=True)
    client = Client()
    asked = client.get("/customers/", follow=True).content.decode()
    start = re.search(rf'action="({WAY_OUT}[^"]+)"', asked)
    answer = walk(client, "anna", start=unescape(start[1]))
    assert answer.request["PATH_INFO"] == "/customers/"
    foreign = walk(Client(), "anna", start=f"{WAY_OUT}?process=login&next=https://evil.example/")
    assert foreign.redirect_chain[-1][0] == "/"


def test_nobody_takes_an_address_that_a_server_would_confirm_to_somebody_else(client_as, colleague):
    client = client_as("viewer")
    for said in ({"action_add": ""}, {"action_primary": ""}):
        assert client.post("/account/email/", {"email": "boss@example.com", **said}).status_code == 404
    assert [user.email for user in User.objects.all()] == ["viewer@example.com"]


def test_the_settings_in_the_documentation_are_understood(tmp_path, monkeypatch):
    page = Path(__file__).parents[4] / "docs" / "signing-in.md"
    (written,) = re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    (server,) = read(written, tmp_path, monkeypatch).sign_in
    assert (server["id"], server["address"]) == ("company", "https://login.example.com")
    assert "what the server gave you" not in repr(read(written, tmp_path, monkeypatch)), "secrets are not printed"


SERVER = {"id": "one", "client_id": "us", "secret": "s", "address": "https://login.example.com"}


@pytest.mark.parametrize(
    ("servers", "told"),
    [
        ([{**SERVER, "secret": ""}], "needs secret"),
        ([{name: SERVER[name] for name in ("id", "secret", "address")}], "needs client_id"),
        ([{**SERVER, "id": "our server"}], "small letters, digits and hyphens"),
        ([{**SERVER, "address": "http://login.example.com"}], "must begin with https://"),
        ([{**SERVER, "address": "login.example.com"}], "must begin with https://"),
        ([SERVER, SERVER], "the same id"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_server_that_nobody_could_sign_in_through_is_told_at_the_start(servers, told, tmp_path, monkeypatch):
    lines = [["[[web.sign_in]]", *(f'{name} = "{value}"' for name, value in one.items())] for one in servers]
    with pytest.raises(WorkspaceError, match=re.escape(told)):
        read("\n".join(line for one in lines for line in one), tmp_path, monkeypatch)


def test_a_single_section_is_told_to_be_one_of_several(tmp_path, monkeypatch):
    with pytest.raises(WorkspaceError, match=re.escape("[[web.sign_in]]")):
        read('[web.sign_in]\nid = "one"\n', tmp_path, monkeypatch)


def read(written: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Configuration:
    (folder / "regulars.toml").write_text(written, encoding="utf-8")
    monkeypatch.setenv("REGULARS_WORKSPACE", str(folder))
    return read_configuration()
