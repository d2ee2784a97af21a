"""Every address of the pages, one line a noun."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from regulars_web.shared import errors

urlpatterns = [
    path("", include("regulars_web.home.urls")),
    path("", include("regulars_web.shared.urls")),
    path("account/", include("allauth.urls")),
    path("people/", include("regulars_web.accounts.urls")),
    path("jobs/", include("regulars_web.jobs.urls")),
]
urlpatterns += [
    path(f"{noun}/", include(f"regulars_web.{noun}.urls"))
    for noun in ("imports", "customers", "groups", "identity", "privacy")
    if f"regulars_web.{noun}" in settings.INSTALLED_APPS
]
handler400 = errors.bad_request
handler403 = errors.not_allowed
handler404 = errors.not_found
handler500 = errors.failed
