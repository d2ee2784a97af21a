"""Addresses of the customer's voice that colleagues use; those of respondents stand in ``public/urls.py``."""

from __future__ import annotations

from django.urls import include, path

app_name = "voice"
urlpatterns = [
    path("", include("regulars_web.voice.building.urls")),
    path("", include("regulars_web.voice.sending.urls")),
    path("", include("regulars_web.voice.typing_in.urls")),
    path("", include("regulars_web.voice.listening.urls")),
    path("", include("regulars_web.voice.reading.urls")),
]
