"""The app as Django knows it."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig


class DefinitionConfig(AppConfig):
    """Names the app ``definition``; says which work it does in the background and what it keeps of persons."""

    name = "regulars_web.definition"
    label = "definition"

    def ready(self) -> None:
        """Register the kinds of work and the places of personal data."""
        from regulars.privacy.erasing import register_place  # noqa: PLC0415  models are there only now
        from regulars.privacy.exporting import register_part  # noqa: PLC0415
        from regulars_web.definition import forgetting, works  # noqa: PLC0415
        from regulars_web.jobs import actions  # noqa: PLC0415

        register_place(forgetting.NAME, forgetting.forget_invited)
        register_part(forgetting.PART, forgetting.PART_ABOUT, forgetting.told_of)
        actions.register(works.SEND, works.send)
        actions.register(works.ASK_DUE, works.ask_due)
        actions.repeat(works.ASK_DUE, timedelta(hours=1))
