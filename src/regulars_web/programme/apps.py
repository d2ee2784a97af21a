"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Names the app ``programme``, has words for errors with a code, and says what to count ahead."""

    name = "regulars_web.programme"
    label = "programme"

    def ready(self) -> None:
        """Register the words for what is wrong with what is decided here, and what to count ahead."""
        from regulars.index.errors import FocusIndexError  # noqa: PLC0415  models are there only now
        from regulars.programme.errors import ProgrammeError  # noqa: PLC0415
        from regulars_web.jobs.beforehand import count_beforehand  # noqa: PLC0415
        from regulars_web.programme import ahead, components, refused  # noqa: PLC0415
        from regulars_web.shared.said import speak_for  # noqa: PLC0415

        speak_for(ProgrammeError, refused.wrong_words)
        speak_for(FocusIndexError, components.wrong_words)
        count_beforehand(*ahead.AHEAD)
