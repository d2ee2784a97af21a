"""Addresses about records of one customer."""

from __future__ import annotations

from django.urls import path

from regulars_web.identity import views

app_name = "identity"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("look", views.look, name="look"),
    path("join", views.join, name="join"),
    path("runs/<int:number>/undo", views.undo, name="undo"),
    path("pairs", views.pairs, name="pairs"),
    path("pairs/<int:left>/<int:right>", views.judge, name="judge"),
    path("customers/<int:key>", views.customer, name="customer"),
]
