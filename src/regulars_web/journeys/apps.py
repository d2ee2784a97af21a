"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """Names the app ``journeys``: the ways that customers and their orders really go."""

    name = "regulars_web.journeys"
    label = "journeys"
