"""Addresses of the pages about staff. Codes and keys are any text of the log, so they stand last."""

from __future__ import annotations

from django.urls import path

from regulars_web.staff.views import asking, authority, editing, inside, outside, pages, say, training

app_name = "staff"
urlpatterns = [
    path("", pages.overview, name="overview"),
    path("part/<str:name>", pages.part, name="part"),
    path("person/<path:code>", pages.employee, name="employee"),
    path("authority", authority.authority, name="authority"),
    path("decide", authority.decide, name="decide"),
    path("trainings", training.trainings, name="trainings"),
    path("trainings/add", training.new, name="training_new"),
    path("trainings/of/<path:key>", training.edit, name="training_edit"),
    path("trainings/out/<path:key>", training.end, name="training_end"),
    path("promises", inside.promises, name="promises"),
    path("promises/rate/<path:key>", inside.rate, name="rate"),
    path("recognition", inside.recognition, name="recognition"),
    path("recognition/<str:unit>", inside.recognition_part, name="recognition_part"),
    path("thanks", inside.thanks, name="thanks"),
    path("service", outside.service, name="service"),
    path("service/visited/<path:key>", outside.visit_done, name="visit_done"),
    path("partners", outside.partners, name="partners"),
    path("partners/<int:key>/expects", outside.expectation, name="expectation"),
    path("pulse", asking.pulse, name="pulse"),
    path("pulse/use/<slug:key>", asking.use, name="use"),
    path("pulse/links/of/<slug:key>", asking.link_new, name="link_new"),
    path("pulse/links/<int:number>/close", asking.link_close, name="link_close"),
    path("pulse/links/<int:number>/code.svg", asking.code, name="code"),
    path("pulse/links/<int:number>/poster", asking.poster, name="poster"),
    path("say/<str:token>", say.say, name="say"),
    path("<slug:noun>/new", editing.new, name="new"),
    path("<slug:noun>/edit/<path:key>", editing.edit, name="edit"),
    path("<slug:noun>/end/<path:key>", editing.end, name="end"),
]
