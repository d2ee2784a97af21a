"""Addresses on which answers are typed in."""

from __future__ import annotations

from django.urls import URLPattern, path

from regulars_web.voice.typing_in import views

urlpatterns: list[URLPattern] = [
    path("surveys/<slug:key>/type", views.type_answers, name="type"),
    path("answers/<int:touch>/take-back", views.take_back, name="take_back"),
    path("type/customers", views.customers, name="type_customers"),
]
