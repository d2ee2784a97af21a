"""Saving, renaming and deleting views of the list."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import SEE_CUSTOMERS
from regulars_web.customers.actions import saved_views as actions
from regulars_web.customers.models import SavedView


@needs(SEE_CUSTOMERS)
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the view of the address under a name."""
    said = request.POST
    saved = actions.save_view(
        request.user,  # type: ignore[arg-type]
        name=said.get("name", ""),
        query=said.get("query", ""),
        shared=bool(said.get("shared")),
    )
    messages.success(request, _("The view “%(name)s” is kept.") % {"name": saved.name})
    return _to_list(saved.query)


@needs(SEE_CUSTOMERS)
@require_POST
def rename_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a view another name, or share it."""
    view = _seen(request, pk)
    said = request.POST
    actions.rename_view(request.user, view, name=said.get("name", ""), shared=bool(said.get("shared")))  # type: ignore[arg-type]
    messages.success(request, _("The view is now called “%(name)s”.") % {"name": view.name})
    return _to_list(view.query)


@needs(SEE_CUSTOMERS)
@require_POST
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a view; what it showed stays on the screen."""
    view = _seen(request, pk)
    name, query = view.name, view.query
    actions.delete_view(request.user, view)  # type: ignore[arg-type]
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": name})
    return _to_list(query)


def _seen(request: HttpRequest, pk: int) -> SavedView:
    """A view that this person can see; others' own views do not exist for them."""
    return get_object_or_404(SavedView.objects.filter(Q(owner=request.user) | Q(shared=True)), pk=pk)


def _to_list(query: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("customers:list") + (f"?{query}" if query else ""))
