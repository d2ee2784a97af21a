"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Names the app ``customers``."""

    name = "regulars_web.customers"
    label = "customers"
