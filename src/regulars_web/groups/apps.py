"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Names the app ``groups``, says which work it does in the background, and has words for errors with a code."""

    name = "regulars_web.groups"
    label = "groups"

    def ready(self) -> None:
        """Register the kind of work, and the words for what is wrong with a group."""
        from regulars.groups.errors import GroupError  # noqa: PLC0415  models are there only now
        from regulars_web.groups import words, works  # noqa: PLC0415
        from regulars_web.jobs import actions  # noqa: PLC0415
        from regulars_web.shared.said import speak_for  # noqa: PLC0415

        actions.register(works.COUNT, works.count)
        speak_for(GroupError, words.wrong_words)
