"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Names the app ``home``."""

    name = "regulars_web.home"
    label = "home"
