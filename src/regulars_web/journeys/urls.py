"""Addresses of journeys."""

from __future__ import annotations

from django.urls import URLPattern, path

from regulars_web.journeys.views import compare, stages, staying, tables
from regulars_web.journeys.views import map as map_views

app_name = "journeys"
urlpatterns: list[URLPattern] = [
    path("", map_views.map_page, name="map"),
    path("numbers", map_views.numbers, name="numbers"),
    path("variants", tables.variants_page, name="variants"),
    path("steps", tables.steps_page, name="steps"),
    path("handovers", tables.handovers_page, name="handovers"),
    path("touches", tables.touches_page, name="touches"),
    path("compare", compare.compare, name="compare"),
    path("life-cycle", staying.life_cycle, name="life_cycle"),
    path("stages/rules", stages.rules, name="stage_rules"),
    path("stages/rules/new", stages.new, name="stage_new"),
    path("stages/rules/<slug:key>", stages.edit, name="stage_edit"),
    path("stages/rules/<slug:key>/end", stages.retire, name="stage_retire"),
    path("losses", staying.losses_page, name="losses"),
    path("survival", staying.survival_page, name="survival"),
]
