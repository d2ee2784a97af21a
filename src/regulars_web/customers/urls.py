"""Addresses of customers."""

from __future__ import annotations

from django.urls import path

from regulars_web.customers.views import card, contacts, exporting, facts, listing, saved

app_name = "customers"
urlpatterns = [
    path("", listing.customer_list, name="list"),
    path("filter", listing.add_filter, name="add_filter"),
    path("filter/value", listing.filter_values, name="filter_values"),
    path("export/<slug:form>", exporting.export, name="export"),
    path("views", saved.save_view, name="save_view"),
    path("views/<int:pk>/rename", saved.rename_view, name="rename_view"),
    path("views/<int:pk>/delete", saved.delete_view, name="delete_view"),
    path("<int:key>/", card.card, name="card"),
    path("<int:key>/touches", card.touches, name="touches"),
    path("<int:key>/touches/<int:touch>", card.lines, name="lines"),
    path("<int:key>/contact", contacts.log_contact, name="log_contact"),
    path("<int:key>/facts", facts.learn, name="learn"),
    path("<int:key>/facts/dropped", facts.dropped, name="dropped"),
    path("<int:key>/facts/<str:fact>", facts.answer, name="answer_fact"),
    path("<int:key>/facts/<str:fact>/edit", facts.edit, name="edit_fact"),
]
