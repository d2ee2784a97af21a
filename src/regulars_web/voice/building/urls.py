"""Addresses on which surveys are built."""

from __future__ import annotations

from django.urls import URLPattern, path

from regulars_web.voice.building.views import editor, lists, publishing

urlpatterns: list[URLPattern] = [
    path("surveys/", lists.survey_list, name="surveys"),
    path("surveys/new", lists.new, name="new"),
    path("surveys/<slug:key>/", publishing.made, name="made"),
    path("surveys/<slug:key>/edit", editor.edit, name="edit"),
    path("surveys/<slug:key>/edit/question/<slug:question>", editor.question, name="question"),
    path("surveys/<slug:key>/edit/texts", editor.texts, name="texts"),
    path("surveys/<slug:key>/edit/languages", editor.languages, name="languages"),
    path("surveys/<slug:key>/edit/discard", editor.discard, name="discard"),
    path("surveys/<slug:key>/preview", publishing.preview, name="preview"),
    path("surveys/<slug:key>/publish", publishing.publish, name="publish"),
    path("surveys/<slug:key>/end", publishing.end, name="end"),
    path("surveys/<slug:key>/close", publishing.close, name="close"),
]
