"""Addresses about personal data."""

from __future__ import annotations

from django.urls import path

from regulars_web.privacy import views

app_name = "privacy"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("let-in", views.let_in, name="let_in"),
    path("terms", views.retain, name="retain"),
    path("erasures/<int:pk>", views.erasure, name="erasure"),
    path("customers/<int:key>/export", views.export, name="export"),
    path("customers/<int:key>/erase", views.erase, name="erase"),
    path("customers/<int:key>/consents", views.consents, name="consents"),
]
