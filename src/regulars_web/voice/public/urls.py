"""Addresses of respondents: /i/ for personal links, /s/ for open ones."""

from __future__ import annotations

from django.urls import path

from regulars_web.voice.public import views

app_name = "public"
urlpatterns = [
    path("i/<str:token>", views.personal, name="personal"),
    path("i/<str:token>/thanks", views.personal_thanks, name="personal_thanks"),
    path("i/<str:token>/<int:number>", views.personal_page, name="personal_page"),
    path("s/<str:key>", views.opened, name="open"),
    path("s/<str:key>/<str:token>/thanks", views.opened_thanks, name="open_thanks"),
    path("s/<str:key>/<str:token>/<int:number>", views.opened_page, name="open_page"),
]
