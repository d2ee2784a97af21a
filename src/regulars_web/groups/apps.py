"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Names the app ``groups`` and says which work it does in the background."""

    name = "regulars_web.groups"
    label = "groups"

    def ready(self) -> None:
        """Register the kind of work."""
        from regulars_web.groups import works  # noqa: PLC0415  models are there only now
        from regulars_web.jobs import actions  # noqa: PLC0415

        actions.register(works.COUNT, works.count)
