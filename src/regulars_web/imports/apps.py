"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Names the app ``imports`` and says which work it does in the background."""

    name = "regulars_web.imports"
    label = "imports"

    def ready(self) -> None:
        """Register the kinds of work."""
        from regulars_web.imports import works  # noqa: PLC0415  models are there only now
        from regulars_web.jobs import actions  # noqa: PLC0415

        actions.register(works.CHECK, works.check)
        actions.register(works.IMPORT, works.bring_in)
        actions.register(works.UNDO, works.take_back)
