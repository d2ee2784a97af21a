"""The company's own sign-in server (OpenID Connect): started, told of people, and walked through as they do.

The server is django-oauth-toolkit in a process of its own (tests/oidc_server.py); nothing of it is ours.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

CLIENT, SECRET, PASSWORD = "regulars", "what only the two servers know", "the directory's own password"
NAME = "Corner Shop sign-in"
WAY_OUT = "/account/oidc/company/login/"
WAY_BACK = "/account/oidc/company/login/callback/"
# Longer than any run of tests; then it ends by itself.
LIMIT_SECONDS = 3600


@dataclass(frozen=True)
class SignInServer:
    """A running server: its address as it stands in regulars.toml, and the folder it reads."""

    address: str
    folder: Path
    _process: subprocess.Popen[str]

    @classmethod
    def start(cls, folder: Path) -> SignInServer:
        """Start the server with a fresh RSA key; it answers when this returns."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        # The second stands for any port of this machine (RFC 8252).
        back = [f"http://testserver{WAY_BACK}", f"http://127.0.0.1{WAY_BACK}"]
        given = {"key": pem, "client_id": CLIENT, "secret": SECRET, "password": PASSWORD, "back": back}
        (folder / "given.json").write_text(json.dumps(given), encoding="utf-8")
        (folder / "people.json").write_text("{}", encoding="utf-8")
        environment = {**os.environ, "OIDC_FOLDER": str(folder), "DJANGO_SETTINGS_MODULE": "tests.oidc_settings"}
        command = [sys.executable, "-m", "tests.oidc_server", str(LIMIT_SECONDS)]
        root = Path(__file__).parent.parent
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True)
        address = process.stdout.readline().strip() if process.stdout else ""
        if not address:
            raise AssertionError("the sign-in server ended before it said where it is")
        return cls(address, folder, process)

    def stop(self) -> None:
        """End the server, and wait until it is gone."""
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def knows(self, login: str, **claims: Any) -> None:
        """Put somebody into the directory, or change what it says of them."""
        path = self.folder / "people.json"
        people = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**people, login: {"name": login.title(), **claims}}), encoding="utf-8")

    def configured(self, **other: str) -> dict[str, str]:
        """What stands under [[web.sign_in]] in regulars.toml."""
        given = {"id": "company", "name": NAME, "client_id": CLIENT, "secret": SECRET, "address": self.address}
        return {**given, **other}


def walk(client: Any, login: str, *, consents: bool = True, start: str = WAY_OUT) -> Any:
    """Walk from our sign-in page through the server and back, as a browser does; returns our last answer."""
    answer = client.post(start)
    assert answer.status_code == 200, answer.content
    back = at_the_server(way_out_of(answer), login, consents=consents)
    return client.get(back.removeprefix("http://testserver"), follow=True)


def way_out_of(answer: Any) -> str:
    """Where our page leads to: the address a browser follows by itself."""
    found = re.search(r'http-equiv="refresh" content="0;\s*url=([^"]+)"', answer.content.decode())
    assert found, answer.content.decode()
    return unescape(found[1])


def at_the_server(address: str, login: str, *, consents: bool = True) -> str:
    """Sign in and answer the question of consent over HTTP; returns the address that leads back to us."""
    with requests.Session() as browser:
        page = browser.get(address, timeout=20)
        page = _fill_in(browser, page, username=login, password=PASSWORD)
        assert "Authorize" in page.text, page.text
        decided = {"allow": "Authorize"} if consents else {}
        sent = _fill_in(browser, page, follow=False, **decided)
        return str(sent.headers["Location"])


def _fill_in(browser: requests.Session, page: requests.Response, *, follow: bool = True, **given: str) -> Any:
    inputs = re.findall(r"<input type=\"hidden\"[^>]*>", page.text)
    hidden = {_of(one, "name"): _of(one, "value") for one in inputs}
    answer = browser.post(page.url, data={**hidden, **given}, allow_redirects=follow, timeout=20)
    assert answer.status_code < 400, answer.text
    return answer


def _of(tag: str, attribute: str) -> str:
    found = re.search(rf'{attribute}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""
