"""Keep, rename and delete views of the list."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import SEE_CUSTOMERS
from regulars_web.customers.listing import view_query
from regulars_web.customers.models import SavedView
from regulars_web.shared import trail
from regulars_web.shared.sentences import Refused

MOST_VIEWS, LONGEST_NAME, LONGEST_QUERY = 60, 80, 6000


def save_view(by: User, *, name: str, query: str, shared: bool) -> SavedView:
    """Keep a view under a name; one's own view of that name is replaced."""
    require(by, SEE_CUSTOMERS)
    called, kept = _name(name), view_query(QueryDict(query[:LONGEST_QUERY]))
    with transaction.atomic():
        mine = SavedView.objects.filter(owner=by)
        if mine.count() >= MOST_VIEWS and not mine.filter(name=called).exists():
            raise Refused(_("You have %(count)d views. Delete one you do not use any more.") % {"count": MOST_VIEWS})
        saved, _made = SavedView.objects.update_or_create(
            owner=by, name=called, defaults={"query": kept, "shared": shared}
        )
    trail.note(by, "view saved", view=saved.pk, shared=shared)
    return saved


def rename_view(by: User, view: SavedView, *, name: str, shared: bool) -> None:
    """Give one's own view another name, or share it."""
    require(by, SEE_CUSTOMERS)
    _own(by, view)
    view.name, view.shared = _name(name), shared
    try:
        with transaction.atomic():
            view.save(update_fields=["name", "shared", "saved_at"])
    except IntegrityError as error:
        raise Refused(_("You have a view of this name already. Choose another one.")) from error
    trail.note(by, "view changed", view=view.pk, shared=shared)


def delete_view(by: User, view: SavedView) -> None:
    """Delete one's own view; no customer is touched."""
    require(by, SEE_CUSTOMERS)
    _own(by, view)
    pk = view.pk
    view.delete()
    trail.note(by, "view deleted", view=pk)


def _own(by: User, view: SavedView) -> None:
    if view.owner_id != by.pk:
        raise Refused(_("This view belongs to a colleague. Save your own copy and change that."))


def _name(name: str) -> str:
    called = " ".join(name.split())[:LONGEST_NAME]
    if not called:
        raise Refused(_("The view needs a name. Say in a few words whom it shows."))
    return called
