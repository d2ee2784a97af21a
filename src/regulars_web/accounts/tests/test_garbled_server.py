"""Whatever the company's sign-in server says, people read a sentence, nobody comes in, and the log has the reason."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from regulars_web.accounts.tests.test_sign_in_server import comes_in, configure
from tests.oidc import CLIENT, NAME, SECRET, WAY_BACK, WAY_OUT, way_out_of
from tests.oidc_garbled import PERSON, TOKEN, garbled

pytestmark = pytest.mark.django_db


def named(settings: Any, address: str) -> None:
    configure(settings, {"id": "company", "name": NAME, "client_id": CLIENT, "secret": SECRET, "address": address})


def come_back(client: Client) -> Any:
    """Out and back with a code, as if the person had signed in there."""
    (state,) = parse_qs(urlsplit(way_out_of(client.post(WAY_OUT))).query)["state"]
    return client.get(WAY_BACK, {"state": state, "code": "given"}, follow=True)


def told_in_a_sentence(answer: Any) -> bool:
    return answer.status_code == 422 and f"{NAME} does not answer as it should" in answer.content.decode()


def test_a_server_in_order_lets_the_colleague_in(shop_folder, colleague, settings):
    analyst = colleague("analyst")
    client = Client()
    with garbled() as address:
        named(settings, address)
        come_back(client)
    assert client.get("/people/me").context["user"] == analyst


@pytest.mark.parametrize(
    "config",
    ["", "<html>", [], "null", '"yes"', {"token_endpoint": None}, {"authorization_endpoint": "javascript:alert(1)"},
     {"authorization_endpoint": 5}, {"authorization_endpoint": "//["}, {"authorization_endpoint": "https://[x"}],
    ids=str,
)  # fmt: skip
def test_a_server_that_does_not_say_where_to_go_is_told_in_a_sentence(config, shop_folder, settings):
    with garbled(config=config) as address:
        named(settings, address)
        answer = Client().post(WAY_OUT)
    if config == {"token_endpoint": None}:  # nobody needs it before the way back
        assert answer.status_code == 200
    else:
        assert told_in_a_sentence(answer)


@pytest.mark.parametrize(
    "said",
    [
        *({"token": token} for token in ("", "<html>", [], "null", "5", {}, {"access_token": None, "x": 1})),
        {"token": {**TOKEN, "expires_in": "soon"}},
        {"token": {**TOKEN, "expires_in": 10**30}},
        {"token": {**TOKEN, "id_token": 5}},
        {"token": {**TOKEN, "id_token": "not.a.token"}},
        {"token": {**TOKEN, "id_token": jwt.encode({"sub": "1"}, "k" * 32)}},
        *({"userinfo": person} for person in ("", "<html>", [], "null", '"yes"', {})),
        {"userinfo": {**PERSON, "sub": None}},
        {"userinfo": {**PERSON, "sub": {"a": 1}}},
        {"userinfo": {**PERSON, "sub": ""}},
        {"userinfo": {**PERSON, "sub": "s" * 5000}},
        {"userinfo": {**PERSON, "sub": "1\0"}},
        {"userinfo": {**PERSON, "email": {"a": 1}}},
        {"userinfo": {**PERSON, "email": ["analyst@example.com"]}},
        {"userinfo": {**PERSON, "name": "a\0b"}},
        {"userinfo": {**PERSON, "name": ["a"]}},
        {"config": {"token_endpoint": None}},
        {"config": {"token_endpoint": []}},
        {"config": {"userinfo_endpoint": []}},
        {"config": {"userinfo_endpoint": "nowhere"}},
    ],
    ids=lambda said: str(said)[:60],
)
def test_a_server_that_says_nothing_that_can_be_read_lets_nobody_in(said, shop_folder, colleague, settings, caplog):
    colleague("analyst")
    client = Client()
    # The way out is in order, so that whatever goes wrong does so on the way back.
    with garbled() as sound:
        named(settings, sound)
        (state,) = parse_qs(urlsplit(way_out_of(client.post(WAY_OUT))).query)["state"]
    with garbled(**said) as address:
        named(settings, address)
        answer = client.get(WAY_BACK, {"state": state, "code": "given"}, follow=True)
    assert told_in_a_sentence(answer) or "did not tell us your e-mail address" in answer.content.decode()
    assert answer.status_code in (403, 422)
    assert "sign-in server 'company' failed" in caplog.text or answer.status_code == 403
    assert not comes_in(client)
    assert not SocialAccount.objects.exists()


def test_two_answers_that_mean_two_people_let_in_neither(shop_folder, colleague, settings):
    colleague("analyst")
    client = Client()
    with garbled() as first:
        named(settings, first)
        (state,) = parse_qs(urlsplit(way_out_of(client.post(WAY_OUT))).query)["state"]
    claims = {"sub": "somebody else", "aud": CLIENT, "exp": 4_000_000_000}
    with garbled(config={"issuer": "us", "jwks_uri": "unused"},
                 token={**TOKEN, "id_token": jwt.encode({**claims, "iss": "us"}, "k" * 32)}) as address:  # fmt: skip
        named(settings, address)
        answer = client.get(WAY_BACK, {"state": state, "code": "given"}, follow=True)
    assert told_in_a_sentence(answer)
    assert not comes_in(client)
