"""Every address of the pages, one line a noun."""

from __future__ import annotations

from django.urls import include, path

from regulars_web.accounts import sign_in_server, views
from regulars_web.shared import errors

urlpatterns = [
    path("", include("regulars_web.home.urls")),
    path("", include("regulars_web.shared.urls")),
    # Before allauth's own of the same addresses.
    path("account/email/", views.fixed_address, name="account_email"),
    path("account/oidc/<str:provider_id>/login/", sign_in_server.leave),
    path("account/oidc/<str:provider_id>/login/callback/", sign_in_server.come_back),
    path("account/", include("allauth.urls")),
    path("people/", include("regulars_web.accounts.urls")),
    path("jobs/", include("regulars_web.jobs.urls")),
    path("imports/", include("regulars_web.imports.urls")),
    path("customers/", include("regulars_web.customers.urls")),
    path("groups/", include("regulars_web.groups.urls")),
    path("identity/", include("regulars_web.identity.urls")),
    path("privacy/", include("regulars_web.privacy.urls")),
    path("voice/", include("regulars_web.voice.urls")),
    path("touchpoints/", include("regulars_web.touchpoints.urls")),
    path("journeys/", include("regulars_web.journeys.urls")),
    path("journey-map/", include("regulars_web.journeymap.urls")),
    path("programme/", include("regulars_web.programme.urls")),
    # Holds /definition/ and, for whoever was invited to a round, /say/.
    path("", include("regulars_web.definition.urls")),
    path("staff/", include("regulars_web.staff.urls")),
    path("", include("regulars_web.voice.public.urls")),
]
handler400 = errors.bad_request
handler403 = errors.not_allowed
handler404 = errors.not_found
handler500 = errors.failed
