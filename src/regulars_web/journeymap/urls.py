"""Addresses of the journey map, the four questions, and kept or loyal."""

from __future__ import annotations

from django.urls import path

from regulars_web.journeymap.views import cells, evidence, loyalty, maps, questions

app_name = "journeymap"
urlpatterns = [
    path("", maps.show, name="map"),
    path("add", cells.add, name="add"),
    path("cell/<str:key>/", cells.show, name="cell"),
    path("cell/<str:key>/change", cells.change, name="change"),
    path("cell/<str:key>/remove", cells.remove, name="remove"),
    path("cell/<str:key>/evidence", evidence.pick, name="pick"),
    path("cell/<str:key>/attach", evidence.attach, name="attach"),
    path("cell/<str:key>/detach", evidence.detach, name="detach"),
    path("stages", maps.stages, name="stages"),
    path("versions", maps.versions, name="versions"),
    path("versions/<int:version>", maps.version, name="version"),
    path("versions/<int:version>/put-back", maps.put_back, name="put_back"),
    path("questions", questions.show, name="questions"),
    path("questions/<slug:question>/part", questions.part, name="question_part"),
    path("questions/<slug:question>/answer", questions.answer, name="answer"),
    path("loyalty", loyalty.show, name="loyalty"),
    path("loyalty/part", loyalty.part, name="loyalty_part"),
]
