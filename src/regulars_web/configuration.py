"""What the web application reads from regulars.toml: where it is reached, where its state lives, how it sends mail."""

from __future__ import annotations

import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from regulars.errors import WorkspaceError

WORKSPACE_VARIABLE = "REGULARS_WORKSPACE"
KEY_FILE = "secret.key"
STATE_FILE = "state.sqlite3"
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Configuration:
    """Settings of the pages.

    address  how people reach the pages, e.g. "https://regulars.example.com"; empty: this machine only, by http
    hosts    further names under which the server may be called
    state    address of a PostgreSQL database; empty: SQLite in the workspace
    mail     [web.mail]: host, port, user, password, tls, from
    sign_in  [[web.sign_in]]: OpenID Connect servers, each with id, name, client_id, secret, address
    """

    folder: Path
    address: str = ""
    hosts: tuple[str, ...] = ()
    state: str = ""
    languages: tuple[str, ...] = ("en",)
    time_zone: str = "UTC"
    mail: Mapping[str, object] = field(default_factory=dict)
    sign_in: tuple[Mapping[str, str], ...] = field(default=(), repr=False)  # holds secrets

    @property
    def secure(self) -> bool:
        """Whether people reach the pages by https."""
        return self.address.startswith("https://")

    @property
    def allowed_hosts(self) -> list[str]:
        """The names the server answers to; any other is refused."""
        named = urlsplit(self.address).hostname
        return [*({named} if named else set()), *self.hosts, "localhost", "127.0.0.1", "[::1]"]


def read_configuration() -> Configuration:
    """The configuration of the workspace named in the environment; defaults where there is no workspace yet."""
    folder = Path(os.environ.get(WORKSPACE_VARIABLE, "."))
    path = folder / "regulars.toml"
    if not path.is_file():
        return Configuration(folder)
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    web = content.get("web", {})
    if not isinstance(web, dict):
        raise WorkspaceError("web in regulars.toml must be a section: a line [web], then one setting a line.")
    address = str(web.get("address", "")).rstrip("/")
    if address and not address.startswith(("https://", "http://")):
        raise WorkspaceError(f"[web] address in regulars.toml must begin with https:// or http://, not {address!r}.")
    return Configuration(
        folder=folder,
        address=address,
        hosts=tuple(str(host) for host in web.get("hosts", ())),
        state=str(content.get("state", "")),
        languages=tuple(str(code) for code in content.get("languages", ["en"])),
        time_zone=str(content.get("time_zone", "UTC")),
        mail=web.get("mail", {}),
        sign_in=_sign_in_servers(web.get("sign_in", [])),
    )


def database(configuration: Configuration) -> dict[str, object]:
    """Django's database: SQLite that forces every commit to disk, or the PostgreSQL that ``state`` names."""
    if not configuration.state:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(configuration.folder / STATE_FILE),
            "OPTIONS": {
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
            },
        }
    return postgres_database(configuration.state)


def postgres_database(address: str) -> dict[str, object]:
    """Django's settings of the database at an address. Raises WorkspaceError for one that cannot be read."""
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise WorkspaceError(
            'state in regulars.toml must be an address such as "postgresql://user:password@host/database".'
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


def secret_key(configuration: Configuration) -> str:
    """The key that signs sessions: made once, kept in the workspace, readable by its owner alone."""
    path = configuration.folder / KEY_FILE
    if path.is_file():
        return path.read_text(encoding="utf-8").strip()
    key = secrets.token_urlsafe(64)
    if (configuration.folder / "regulars.toml").is_file():
        path.touch(mode=0o600)
        path.write_text(key, encoding="utf-8")
    return key


def _sign_in_servers(given: object) -> tuple[Mapping[str, str], ...]:
    """What stands under [[web.sign_in]]. Raises WorkspaceError for a server that nobody could sign in through."""
    if not isinstance(given, list) or not all(isinstance(server, dict) for server in given):
        raise WorkspaceError("web.sign_in in regulars.toml must be a section of its own: a line [[web.sign_in]].")
    for server in given:
        for name in ("id", "client_id", "secret", "address"):
            if not isinstance(server.get(name), str) or not server[name].strip():
                raise WorkspaceError(f'[[web.sign_in]] in regulars.toml needs {name}: a line {name} = "…".')
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", server["id"]):
            raise WorkspaceError(
                f"[[web.sign_in]] id in regulars.toml may have small letters, digits and hyphens, not {server['id']!r}."
            )
        # The answers of the server are believed because the line to it cannot be tampered with.
        parts = urlsplit(server["address"])
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in THIS_MACHINE):
            raise WorkspaceError(
                f"[[web.sign_in]] address in regulars.toml must begin with https://, not {server['address']!r}."
            )
    if len({server["id"] for server in given}) < len(given):
        raise WorkspaceError("Two [[web.sign_in]] in regulars.toml have the same id. Give each its own.")
    return tuple(given)


def sign_in_providers(configuration: Configuration) -> dict[str, object]:
    """Settings of allauth for the company's own sign-in servers (OpenID Connect)."""
    apps = [
        {
            "provider_id": found["id"],
            "name": found.get("name", found["id"]),
            "client_id": found["client_id"],
            "secret": found["secret"],
            "settings": {"server_url": found["address"].rstrip("/")},
        }
        for found in configuration.sign_in
    ]
    return {"openid_connect": {"APPS": apps, "OAUTH_PKCE_ENABLED": True}} if apps else {}
