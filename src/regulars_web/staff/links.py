"""The secret in the address of a link: its number, signed with the company's key, so that none can be guessed."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from regulars_web.staff.models import Link

_SIGNER = {"salt": "staff.link", "sep": "."}
LONGEST = 100


def token_of(link: Link) -> str:
    """What stands in the address."""
    return signing.Signer(**_SIGNER).sign(str(link.pk))


def find(token: str) -> Link | None:
    """The link a token leads to, open or not; None for any other text."""
    if len(token) > LONGEST:
        return None
    try:
        number = signing.Signer(**_SIGNER).unsign(token)
    except signing.BadSignature:
        return None
    return Link.objects.filter(pk=int(number)).first()


def address_of(link: Link, base: str, *, via: str = "") -> str:
    """Where somebody answers; ``via`` says by which way they came."""
    return base + reverse("staff:say", args=[token_of(link)]) + (f"?via={via}" if via else "")
