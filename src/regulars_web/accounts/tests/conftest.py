"""The company's own sign-in server, run once for the tests of one worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.oidc import SignInServer


@pytest.fixture(scope="session")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignInServer]:
    """A real OpenID Connect server in its own process; nobody is in it yet."""
    server = SignInServer.start(tmp_path_factory.mktemp("directory"))
    yield server
    server.stop()
