"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """Names the app ``journeys``: the ways that customers and their orders really go."""

    name = "regulars_web.journeys"
    label = "journeys"

    def ready(self) -> None:
        """Name what to count ahead."""
        from regulars_web.jobs.beforehand import count_beforehand  # noqa: PLC0415  models are there only now
        from regulars_web.journeys.ahead import AHEAD  # noqa: PLC0415

        count_beforehand(*AHEAD)
