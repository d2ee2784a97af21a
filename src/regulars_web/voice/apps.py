"""The app as Django knows it."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """Names the app ``voice``; its parts say which work they do in the background and what they keep of persons."""

    name = "regulars_web.voice"
    label = "voice"

    def ready(self) -> None:
        """Register the kinds of work and the places of personal data."""
        from regulars.privacy.erasing import register_place  # noqa: PLC0415  models are there only now
        from regulars.privacy.exporting import register_part  # noqa: PLC0415
        from regulars_web.jobs import actions  # noqa: PLC0415
        from regulars_web.voice import forgetting, works  # noqa: PLC0415
        from regulars_web.voice.reading import digests  # noqa: PLC0415
        from regulars_web.voice.reading import forgetting as reading  # noqa: PLC0415
        from regulars_web.voice.sending import works as sending  # noqa: PLC0415

        register_place(forgetting.NAME, forgetting.forget_invited)
        register_part(forgetting.PART, forgetting.PART_ABOUT, forgetting.told_of)
        actions.register(works.HAND_OVER, works.hand_over)
        actions.repeat(works.HAND_OVER, timedelta(minutes=10))
        actions.register(sending.SEND, sending.send)
        actions.register(sending.REMIND_DUE, sending.remind_due)
        actions.repeat(sending.REMIND_DUE, timedelta(hours=1))
        register_place(reading.NAME, reading.forget_follow_ups)
        actions.register(digests.KIND, digests.send_due)
        actions.repeat(digests.KIND, timedelta(hours=1))
