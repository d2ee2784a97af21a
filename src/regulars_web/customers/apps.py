"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Names the app ``customers``."""

    name = "regulars_web.customers"
    label = "customers"

    def ready(self) -> None:
        """Name the place of personal data among this app's tables."""
        from regulars.privacy.erasing import register_place  # noqa: PLC0415  models are there only now
        from regulars_web.customers import forgetting  # noqa: PLC0415

        register_place(forgetting.NAME, forgetting.forget_views)
