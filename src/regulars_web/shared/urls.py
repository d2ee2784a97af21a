"""Addresses that belong to no noun: search, the charts' program."""

from __future__ import annotations

from django.urls import path

from regulars_web.shared import views

app_name = "shared"
urlpatterns = [
    path("search", views.search, name="search"),
    path("language", views.language, name="language"),
    path("charts/<slug:version>.js", views.chart_program, name="chart_program"),
]
