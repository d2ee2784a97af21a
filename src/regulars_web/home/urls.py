"""Addresses of the home page and its parts."""

from __future__ import annotations

from django.urls import path

from regulars_web.home import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("part/<slug:name>", views.part, name="part"),
]
