"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class TouchpointsConfig(AppConfig):
    """Names the app ``touchpoints``, and has words for errors with a code."""

    name = "regulars_web.touchpoints"
    label = "touchpoints"

    def ready(self) -> None:
        """Register the words for what is wrong with a touchpoint, a standard or a promise, and what to count ahead."""
        from regulars.touchpoints.errors import TouchpointError  # noqa: PLC0415  models are there only now
        from regulars_web.jobs.beforehand import count_beforehand  # noqa: PLC0415
        from regulars_web.shared.said import speak_for  # noqa: PLC0415
        from regulars_web.touchpoints import ahead, sentences  # noqa: PLC0415

        speak_for(TouchpointError, sentences.wrong_words)
        count_beforehand(*ahead.AHEAD)
