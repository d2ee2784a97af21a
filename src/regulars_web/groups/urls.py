"""Addresses of the groups. A group's own pages stand under ``of/``, since its key may be any word."""

from __future__ import annotations

from django.urls import path

from regulars_web.groups.views import builder, pages, portraits

app_name = "groups"
urlpatterns = [
    path("", pages.group_list, name="list"),
    path("new", builder.new, name="new"),
    path("preview", builder.preview, name="preview"),
    path("portrait", portraits.key_portrait, name="portrait"),
    path("portrait/part", portraits.key_portrait_part, name="portrait_part"),
    path("portrait/complete", portraits.complete, name="complete"),
    path("of/<str:key>", pages.group_page, name="group"),
    path("of/<str:key>/part/<str:name>", pages.part, name="part"),
    path("of/<str:key>/edit", builder.edit, name="edit"),
    path("of/<str:key>/retire", pages.retire, name="retire"),
    path("of/<str:key>/portrait", portraits.group_portrait, name="group_portrait"),
    path("of/<str:key>/portrait/part", portraits.group_portrait_part, name="group_portrait_part"),
    path("of/<str:key>/portrait/complete", portraits.complete, name="group_complete"),
]
