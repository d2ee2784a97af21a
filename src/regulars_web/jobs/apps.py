"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Names the app ``jobs``."""

    name = "regulars_web.jobs"
    label = "jobs"
