"""Addresses of the programme."""

from __future__ import annotations

from django.urls import path

from regulars_web.programme.views import components, fit, index, maturity, mistakes, overview, parts

app_name = "programme"
urlpatterns = [
    path("", overview.show, name="overview"),
    path("part/<slug:name>", parts.part, name="part"),
    path("next/<str:key>", overview.plan, name="plan"),
    path("state/<slug:turn>", overview.state, name="state"),
    path("fit", fit.show, name="fit"),
    path("fit/<str:key>", fit.answer, name="fit_answer"),
    path("index", index.show, name="index"),
    path("index/components", components.edit, name="components"),
    path("index/versions", components.versions, name="versions"),
    path("index/versions/<int:place>/put-back", components.put_back, name="put_back"),
    path("index/research", index.research, name="research"),
    path("maturity", maturity.show, name="maturity"),
    path("maturity/<str:key>", maturity.attest, name="attest"),
    path("mistakes", mistakes.show, name="mistakes"),
    path("mistakes/<str:key>", mistakes.answer, name="mistake_answer"),
    path("elements", index.elements, name="elements"),
]
