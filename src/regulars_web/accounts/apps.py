"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Names the app ``accounts``."""

    name = "regulars_web.accounts"
    label = "accounts"
