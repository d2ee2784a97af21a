"""The pages of the company's sign-in server under test, and what it says of its people."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.http import HttpRequest
from django.urls import include, path
from oauth2_provider.oauth2_validators import OAuth2Validator

urlpatterns = [
    path("sign-in/", LoginView.as_view()),
    path("o/", include("oauth2_provider.urls")),
]


def people() -> dict[str, dict[str, Any]]:
    """Who there is, and what the server says of each; read anew each time, as tests change it."""
    said: dict[str, dict[str, Any]] = json.loads((settings.FOLDER / "people.json").read_text(encoding="utf-8"))
    return said


class Directory(ModelBackend):
    """Lets in whoever is in the directory, by the one password of all tests."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **more: Any
    ) -> User | None:
        if username not in people() or password != settings.GIVEN["password"]:
            return None
        return User.objects.get_or_create(username=username)[0]


class Claims(OAuth2Validator):  # type: ignore[misc]
    """Says of a person just what the directory holds: the claims of OpenID Connect by their names."""

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        return people()[request.user.username]
