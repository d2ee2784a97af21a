"""Addresses of the definition: its pages, and /say/ for whoever comes by a personal link."""

from __future__ import annotations

from django.urls import path

from regulars_web.definition.public.views import say
from regulars_web.definition.views import comparing, editing, inviting, posters, reading, rounds, who_read

app_name = "definition"
urlpatterns = [
    path("say/<str:token>", say, name="say"),
    path("definition/", reading.read, name="read"),
    path("definition/confirm", reading.confirm, name="confirm"),
    path("definition/parity", reading.parity, name="parity"),
    path("definition/versions", reading.versions, name="versions"),
    path("definition/edit", editing.edit, name="edit"),
    path("definition/poster", posters.choose, name="posters"),
    path("definition/poster.pdf", posters.poster, name="poster"),
    path("definition/readers", who_read.readers, name="readers"),
    path("definition/readers/ask", who_read.ask, name="ask"),
    path("definition/readers/asking", who_read.asking, name="asking"),
    path("definition/readers/doubts/<int:number>", who_read.doubt, name="doubt"),
    path("definition/readers/links", who_read.links, name="reader_links"),
    path("definition/rounds/", rounds.all_rounds, name="rounds"),
    path("definition/rounds/new", rounds.new, name="round_new"),
    path("definition/rounds/<int:number>/", rounds.one_round, name="round"),
    path("definition/rounds/<int:number>/do", rounds.act, name="round_act"),
    path("definition/rounds/<int:number>/part", rounds.take_part, name="take_part"),
    path("definition/rounds/<int:number>/statements", comparing.statements, name="statements"),
    path("definition/rounds/<int:number>/hide", comparing.hide, name="hide"),
    path("definition/rounds/<int:number>/drafts", rounds.drafts, name="drafts"),
    path("definition/rounds/<int:number>/people", inviting.people, name="people"),
    path("definition/rounds/<int:number>/people/more", inviting.more, name="invite_more"),
    path("definition/rounds/<int:number>/people/mail", inviting.mail, name="round_mail"),
    path("definition/rounds/<int:number>/people/links", inviting.links, name="round_links"),
    path("definition/rounds/<int:number>/people/<int:invitation>/back", inviting.take_back, name="take_back"),
]
