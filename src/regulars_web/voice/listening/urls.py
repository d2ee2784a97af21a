"""Addresses of interviews, focus groups and mystery visits."""

from __future__ import annotations

from django.urls import URLPattern, path

from regulars_web.voice.listening import views

urlpatterns: list[URLPattern] = [
    path("listening/", views.listening, name="listening"),
    path("listening/<int:number>", views.session, name="session"),
    path("listening/new/<slug:slug>", views.new, name="listen"),
]
