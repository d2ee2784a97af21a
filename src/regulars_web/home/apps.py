"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Names the app ``home``."""

    name = "regulars_web.home"
    label = "home"

    def ready(self) -> None:
        """Say what this app can do in the background."""
        from regulars_web.home.actions import REFRESH, refresh  # noqa: PLC0415  models are loaded only now
        from regulars_web.jobs.actions import register  # noqa: PLC0415

        register(REFRESH, refresh)
