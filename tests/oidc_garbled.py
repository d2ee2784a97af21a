"""A server that claims to be the company's sign-in server, and says whatever a test wants it to say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

TOKEN = {"access_token": "given", "token_type": "Bearer", "expires_in": 300}
PERSON = {"sub": "1", "email": "analyst@example.com", "email_verified": True}


@contextmanager
def garbled(**said: Any) -> Iterator[str]:
    """The address of the server. ``said``: what ``config``, ``token`` and ``userinfo`` say where it is not in order.

    Text is sent as it is, anything else as JSON; of ``config``, an object only changes the entries it names, and an
    empty list takes an entry out.
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    address = f"http://127.0.0.1:{server.server_port}"
    server.RequestHandlerClass = _handler(_answers(address, **said))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield address
    finally:
        server.shutdown()
        server.server_close()


def _answers(address: str, config: Any = None, token: Any = TOKEN, userinfo: Any = PERSON) -> dict[str, Any]:
    places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
    full = {"issuer": address, **{name: f"{address}/{place}" for name, place in places.items()}}
    told = {**full, **(config or {})} if config is None or isinstance(config, dict) else config
    if isinstance(told, dict):
        told = {name: value for name, value in told.items() if value != []}
    return {"/.well-known/openid-configuration": told, "/token": token, "/userinfo": userinfo}


def _handler(answers: dict[str, Any]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told = answers[self.path]
            body = (told if isinstance(told, str) else json.dumps(told)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            return None

    return Handler
