"""Addresses of colleagues' accounts."""

from __future__ import annotations

from django.urls import path

from regulars_web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.people, name="people"),
    path("invite", views.invite, name="invite"),
    path("<int:pk>/role", views.role, name="role"),
    path("<int:pk>/address", views.address, name="address"),
    path("<int:pk>/end", views.end, name="end"),
    path("<int:pk>/again", views.again, name="again"),
    path("trail", views.trail_page, name="trail"),
    path("me", views.me, name="me"),
    path("join/<str:token>", views.join, name="join"),
]
