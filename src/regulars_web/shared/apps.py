"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """Names the app ``shared``."""

    name = "regulars_web.shared"
    label = "shared"
