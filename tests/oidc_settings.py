"""Django's settings of the sign-in server that the tests start: another program, with a database of its own."""

from __future__ import annotations

import json
import os
from pathlib import Path

FOLDER = Path(os.environ["OIDC_FOLDER"])
GIVEN = json.loads((FOLDER / "given.json").read_text(encoding="utf-8"))

SECRET_KEY = GIVEN["secret"]
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tests.oidc_pages"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(FOLDER / "server.sqlite3")}}
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "oauth2_provider",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
_PAGE = "<!doctype html><title>Company directory</title><main>{% block content %}{% endblock %}</main>"
_SIGN_IN = (
    '{% extends "oauth2_provider/base.html" %}{% block content %}<h1>Company directory</h1>'
    '<form method="post">{% csrf_token %}{{ form }}<button>Continue</button></form>{% endblock %}'
)
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            # The library's own page of consent, in a frame that asks no other server for its looks.
            "loaders": [
                (
                    "django.template.loaders.locmem.Loader",
                    {"oauth2_provider/base.html": _PAGE, "registration/login.html": _SIGN_IN},
                ),
                "django.template.loaders.app_directories.Loader",
            ],
        },
    }
]
AUTHENTICATION_BACKENDS = ["tests.oidc_pages.Directory"]
LOGIN_URL = "/sign-in/"
SESSION_COOKIE_NAME = "directory_session"
CSRF_COOKIE_NAME = "directory_csrf"
OAUTH2_PROVIDER = {
    "OIDC_ENABLED": True,
    "OIDC_RSA_PRIVATE_KEY": GIVEN["key"],
    "OAUTH2_VALIDATOR_CLASS": "tests.oidc_pages.Claims",
    "PKCE_REQUIRED": True,
    "SCOPES": {"openid": "Know who you are", "profile": "Read your name", "email": "Read your address"},
}
