"""Addresses of the pages about what was answered."""

from __future__ import annotations

from django.urls import URLPattern, path

from regulars_web.voice.reading.views import answers, digest, drivers, overview, surveys, themes

urlpatterns: list[URLPattern] = [
    path("", overview.overview, name="overview"),
    path("part/<slug:name>", overview.part, name="part"),
    path("answers/", answers.answers, name="answers"),
    path("answers/file.<slug:form>", answers.export, name="export"),
    path("answers/<int:touch>/", answers.answer, name="answer"),
    path("answers/<int:touch>/follow-up", answers.follow_up, name="follow_up"),
    path("answers/<int:touch>/reply", answers.reply, name="reply"),
    path("results/<path:key>", surveys.survey, name="survey"),
    path("results-part/<slug:name>/<path:key>", surveys.part, name="survey_part"),
    path("drivers/", drivers.drivers, name="drivers"),
    path("drivers/part", drivers.part, name="drivers_part"),
    path("themes/", themes.themes, name="themes"),
    path("themes/part", themes.part, name="themes_part"),
    path("themes/change", themes.change, name="themes_change"),
    path("digest/", digest.digest, name="digest"),
    path("digest/wish", digest.wish, name="digest_wish"),
]
