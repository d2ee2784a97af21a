"""Pages about colleagues: who there is, invitations, one's own account, the trail of who did what."""

from __future__ import annotations

from typing import NoReturn

from django.contrib import messages
from django.contrib.auth import login, logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regulars import audit
from regulars_web.accounts import actions, invitations, queries
from regulars_web.accounts.forms import InviteForm, JoinForm, MeForm
from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_PEOPLE, PUBLIC, SEE_TRAIL, SIGNED_IN, Role
from regulars_web.shared.company import workspace_folder
from regulars_web.shared.paging import Pages, wanted_page

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@needs(CHANGE_PEOPLE)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who may use the pages, and who was invited."""
    told = {"people": queries.colleagues(), "waiting": queries.waiting(), "roles": Role.choices, "form": InviteForm()}
    return render(request, "accounts/people.html", told)


@needs(CHANGE_PEOPLE)
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a colleague; the link is shown once, to be passed on."""
    form = InviteForm(request.POST)
    told = {"people": queries.colleagues(), "waiting": queries.waiting(), "roles": Role.choices}
    if not form.is_valid():
        return render(request, "accounts/people.html", {**told, "form": form}, status=422)
    token = invitations.invite(request.user, now=timezone.now(), **form.cleaned_data)
    address = request.build_absolute_uri(reverse("accounts:join", args=[token]))
    return render(
        request, "accounts/people.html", {**told, "form": InviteForm(), "link": address, "invited": form.cleaned_data}
    )


@needs(CHANGE_PEOPLE)
@require_POST
def role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a colleague another role."""
    user, chosen = get_object_or_404(User, pk=pk), request.POST.get("role", "")
    if chosen in Role.values:
        actions.change_role(request.user, user, chosen)
        messages.success(request, _("%(name)s is now: %(role)s.") % {"name": user, "role": Role(chosen).label})
    return redirect("accounts:people")


@needs(CHANGE_PEOPLE)
@require_POST
def address(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a colleague's account another e-mail address. Owners who change their own sign in again."""
    user = get_object_or_404(User, pk=pk)
    actions.change_address(request.user, user, request.POST.get("email", ""))
    if user.pk == request.user.pk and user.email != request.user.email:  # type: ignore[union-attr]
        logout(request)
    messages.success(request, _("%(name)s signs in as %(email)s.") % {"name": user, "email": user.email})
    return redirect("accounts:people")


@needs(CHANGE_PEOPLE)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a colleague's access."""
    user = get_object_or_404(User, pk=pk)
    actions.let_go(request.user, user)
    messages.success(request, _("%(name)s cannot sign in any more.") % {"name": user})
    return redirect("accounts:people")


@needs(CHANGE_PEOPLE)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a colleague in again."""
    user = get_object_or_404(User, pk=pk)
    actions.take_back(request.user, user)
    messages.success(request, _("%(name)s can sign in again.") % {"name": user})
    return redirect("accounts:people")


@needs(SEE_TRAIL)
@require_GET
def trail_page(request: HttpRequest) -> HttpResponse:
    """Who saw, changed, exported or erased what; newest first, with the state of the chain."""
    page = wanted_page(request)
    events, count = queries.trail(workspace_folder(), page=page)
    told = {"events": events, "broken": audit.verify(workspace_folder()), "count": count}
    return render(
        request,
        "accounts/trail.html",
        {**told, "pages": Pages(page, count, queries.TRAIL_PAGE)},
    )


@needs(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """One's own name, language, look, and the ways to sign in."""
    form = MeForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:me")
    return render(request, "accounts/me.html", {"form": form, "noun": "me"})


@needs(PUBLIC)
def fixed_address(request: HttpRequest) -> NoReturn:
    """Nobody changes the address of their own account: it is what a server's word is believed about.

    Whoever could take an address that they cannot read would be joined to the account of its owner there. An owner
    changes it (``address``), and then no server is believed until the person has signed in by it.
    """
    raise Http404


@needs(PUBLIC)
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Make one's own account from an invitation."""
    invitation = invitations.open_invitation(token, timezone.now())
    if invitation is None:
        return render(request, "accounts/closed.html", status=404)
    form = JoinForm(request.POST or None, fixed_email=invitation.email, initial={"name": invitation.name})
    if request.method == "GET" or not form.is_valid():
        told = {"form": form, "invitation": invitation, "role": Role(invitation.role).label}
        return render(request, "accounts/join.html", told, status=200 if request.method == "GET" else 422)
    said = {"email": invitation.email, **form.cleaned_data}
    try:
        user = invitations.accept(token, now=timezone.now(), **said)
    except PermissionDenied:
        return render(request, "accounts/closed.html", status=404)
    login(request, user, backend=BACKEND)
    return redirect("home:home")
