"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Names the app ``staff``, and has words for errors with a code."""

    name = "regulars_web.staff"
    label = "staff"

    def ready(self) -> None:
        """Register the words for what is wrong with the register of people, and what to count ahead."""
        from regulars.people.errors import PeopleError  # noqa: PLC0415  models are there only now
        from regulars_web.jobs.beforehand import count_beforehand  # noqa: PLC0415
        from regulars_web.shared.said import speak_for  # noqa: PLC0415
        from regulars_web.staff import ahead, sentences  # noqa: PLC0415

        speak_for(PeopleError, sentences.wrong_words)
        count_beforehand(*ahead.AHEAD)
