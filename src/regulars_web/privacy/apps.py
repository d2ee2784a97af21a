"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Names the app ``privacy`` and says which work it does in the background."""

    name = "regulars_web.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Register the kinds of work."""
        from regulars_web.jobs import actions  # noqa: PLC0415  models are there only now
        from regulars_web.privacy import works  # noqa: PLC0415

        actions.register(works.ERASE, works.erase)
        actions.register(works.RETAIN, works.retain)
