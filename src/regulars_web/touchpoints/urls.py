"""Addresses of the touchpoints. A key is any text of the log, so it stands last and may hold a slash."""

from __future__ import annotations

from django.urls import path

from regulars_web.touchpoints.views import across, editing, pages, promising, standards

app_name = "touchpoints"
urlpatterns = [
    path("", pages.touchpoint_list, name="list"),
    path("part/<str:name>", pages.list_part, name="list_part"),
    path("promises", across.promises, name="promises"),
    path("consistency", across.consistency, name="consistency"),
    path("announced", across.announced, name="announced"),
    path("across/<str:name>", across.part, name="across_part"),
    path("new", editing.new, name="new"),
    path("of/<path:key>", pages.touchpoint_page, name="touchpoint"),
    path("parts/<str:name>/<path:key>", pages.part, name="part"),
    path("edit/<path:key>", editing.edit, name="edit"),
    path("end/<path:key>", editing.retire, name="retire"),
    path("standard/<path:key>", standards.standard, name="standard"),
    path("write/<path:key>", standards.write, name="write"),
    path("read/<path:key>", standards.confirm, name="confirm"),
    path("promise/new/<path:key>", promising.new, name="promise_new"),
    path("promise/edit/<path:key>", promising.edit, name="promise_edit"),
    path("promise/end/<path:key>", promising.retire, name="promise_retire"),
]
