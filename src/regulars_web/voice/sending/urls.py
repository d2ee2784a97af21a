"""Addresses on which customers are asked."""

from __future__ import annotations

from django.urls import URLPattern, path

from regulars_web.voice.sending.views import asking, links

urlpatterns: list[URLPattern] = [
    path("surveys/<slug:key>/invite", asking.invite, name="invite"),
    path("surveys/<slug:key>/invite/<int:number>", asking.sending, name="sending"),
    path("surveys/<slug:key>/invite/<int:number>/change", asking.change, name="sending_change"),
    path("surveys/<slug:key>/invite/<int:number>/links.csv", links.link_list, name="link_list"),
    path("surveys/<slug:key>/links", links.links, name="links"),
    path("surveys/<slug:key>/links/code.svg", links.code, name="code"),
    path("surveys/<slug:key>/links/poster", links.poster, name="poster"),
    path("stop/<str:signed>", links.stop, name="stop"),
]
