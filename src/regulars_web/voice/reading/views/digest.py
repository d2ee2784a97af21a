"""The weekly mail: what it looks like, and who gets it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from regulars_web.accounts.models import User
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import SEE_VOICE
from regulars_web.shared.company import company
from regulars_web.shared.frame import is_empty
from regulars_web.voice.models_reading import DigestWish
from regulars_web.voice.reading import digests


@needs(SEE_VOICE)
@require_GET
def digest(request: HttpRequest) -> HttpResponse:
    """The mail as it would leave now."""
    workspace = company()
    if is_empty(workspace):
        return HttpResponseRedirect(reverse("voice:overview"))
    told = {
        "letter": digests.letter(workspace, get_language() or settings.LANGUAGE_CODE),
        "wish": DigestWish.objects.filter(user=request.user.pk).first(),
        "can_send": digests.can_send(),
        "scope_hidden": True,
    }
    return render(request, "voice/reading/digest.html", told)


@needs(SEE_VOICE)
@require_POST
def wish(request: HttpRequest) -> HttpResponse:
    """Ask for the mail, or stop it."""
    wanted, user = request.POST.get("wish") == "yes", request.user
    assert isinstance(user, User)  # noqa: S101  the middleware has let nobody else in
    digests.wish(user, wanted, now=timezone.now())
    if wanted and not digests.can_send():
        sentence = _("Noted. No mail leaves until an owner names a mail server in regulars.toml under [mail].")
    else:
        sentence = _("The mail comes once a week.") if wanted else _("No more mail comes.")
    messages.success(request, sentence)
    return HttpResponseRedirect(reverse("voice:digest" if request.POST.get("from") == "digest" else "voice:overview"))
