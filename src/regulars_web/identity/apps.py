"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Names the app ``identity`` and says which work it does in the background."""

    name = "regulars_web.identity"
    label = "identity"

    def ready(self) -> None:
        """Register the kinds of work."""
        from regulars_web.identity import works  # noqa: PLC0415  models are there only now
        from regulars_web.jobs import actions  # noqa: PLC0415

        actions.register(works.PREVIEW, works.preview)
        actions.register(works.JOIN, works.join)
