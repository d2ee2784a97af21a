"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Names the app ``imports`` and says which work it does in the background and what it forgets."""

    name = "regulars_web.imports"
    label = "imports"

    def ready(self) -> None:
        """Register the kinds of work, and the files as a place of personal data."""
        from regulars.privacy.erasing import register_place  # noqa: PLC0415  models are there only now
        from regulars_web.imports import forgetting, works  # noqa: PLC0415
        from regulars_web.jobs import actions  # noqa: PLC0415

        actions.register(works.CHECK, works.check)
        actions.register(works.IMPORT, works.bring_in)
        actions.register(works.UNDO, works.take_back)
        register_place(forgetting.NAME, forgetting.forget_uploads)
