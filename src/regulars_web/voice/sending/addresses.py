"""Addresses as respondents get them, and what has to be set before a mail can leave."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from regulars_web.voice.models import Invitation

STOP = "voice.stop"  # what the link to refuse surveys is signed for
_DUMMY = "django.core.mail.backends.dummy.EmailBackend"
_HERE = ("localhost", "127.0.0.1", "::1", "")


def base_address(request: HttpRequest) -> str:
    """Where the pages are reached: as regulars.toml says, else as this request came."""
    return str(settings.CONFIGURATION.address) or f"{request.scheme}://{request.get_host()}"


def only_here(base: str) -> bool:
    """Whether an address leads to nobody but this machine."""
    return (urlsplit(base).hostname or "") in _HERE


def personal_link(base: str, token: str) -> str:
    """The address behind which one customer answers."""
    return base + reverse("public:personal", args=[token])


def open_link(base: str, key: str, *, via: str = "", at: str = "") -> str:
    """The address behind which anybody answers; ``via`` says by which way they came, ``at`` where they are."""
    said = "&".join(f"{name}={text}" for name, text in (("via", via), ("at", at)) if text)
    return base + reverse("public:open", args=[key]) + (f"?{said}" if said else "")


def stop_link(base: str, invitation: Invitation) -> str:
    """The address behind which a customer refuses further surveys; it tells nothing and cannot be guessed."""
    return base + reverse("voice:stop", args=[signing.dumps(invitation.pk, salt=STOP, compress=True)])


def invitation_of_stop(text: str) -> Invitation | None:
    """The invitation that a link to refuse belongs to; None for a text that we did not sign."""
    try:
        number = signing.loads(text, salt=STOP)
    except signing.BadSignature:
        return None
    return Invitation.objects.filter(pk=number).first()


def mail_lacks() -> list[str]:
    """What has to be set in regulars.toml before a mail can leave; empty where everything is."""
    lacking = []
    if settings.EMAIL_BACKEND == _DUMMY:
        lacking.append(_("[web.mail] host: the mail server, with port, user and password as your provider says"))
    if settings.DEFAULT_FROM_EMAIL == "regulars@localhost":
        lacking.append(_("[web.mail] from: the address that customers see as the sender"))
    if only_here(str(settings.CONFIGURATION.address)):
        lacking.append(_("[web] address: where customers reach these pages, for example https://ask.example.com"))
    return lacking
