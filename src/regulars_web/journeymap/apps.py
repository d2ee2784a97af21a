"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class JourneymapConfig(AppConfig):
    """Names the app ``journeymap``, and has words for errors with a code."""

    name = "regulars_web.journeymap"
    label = "journeymap"

    def ready(self) -> None:
        """Register the words for what is wrong with a map or an answer."""
        from regulars.fourquestions.errors import FourQuestionsError  # noqa: PLC0415  models are there only now
        from regulars.journeymap.errors import JourneyMapError  # noqa: PLC0415
        from regulars_web.journeymap import words  # noqa: PLC0415
        from regulars_web.shared.said import speak_for  # noqa: PLC0415

        speak_for(JourneyMapError, words.wrong_words)
        speak_for(FourQuestionsError, words.wrong_words)
