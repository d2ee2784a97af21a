"""Addresses of imports: the history, one import, and the steps of a dropped file."""

from __future__ import annotations

from django.urls import path

from regulars_web.imports import views, wizard

app_name = "imports"
urlpatterns = [
    path("", views.history, name="history"),
    path("<int:number>", views.detail, name="detail"),
    path("<int:number>/rejects", views.rejects, name="rejects"),
    path("<int:number>/undo", views.undo, name="undo"),
    path("send", wizard.send, name="send"),
    path("file/<int:pk>", wizard.what, name="what"),
    path("file/<int:pk>/columns", wizard.columns, name="columns"),
    path("file/<int:pk>/check", wizard.check, name="check"),
    path("file/<int:pk>/decide", wizard.decide, name="decide"),
    path("file/<int:pk>/import", wizard.bring, name="bring"),
    path("file/<int:pk>/cancel", wizard.cancel, name="cancel"),
]
