"""Guards against stuffing an open survey: how often it may be begun, and whether somebody answered already.

Nothing is put into the respondent's browser. Somebody is known for one day by a digest of network address, browser
and the day's salt; the salt is thrown away afterwards, and with it the way back to an address.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from regulars_web.voice.models import Pace, Salt, Submission

WINDOW = timedelta(hours=1)
MOST_FROM_ONE_ADDRESS = 60  # a shop's guests share one address
MOST_OF_ONE_SURVEY = 5_000
SALTS_KEPT = timedelta(days=2)
NETWORK_BITS = 64  # what one household has of an IPv6 address


class TooOften(Exception):
    """Begun too often; ``seconds`` until the next try is taken."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def address_of(request: HttpRequest) -> str:
    """The respondent's network address; behind the company's own proxy the one that the proxy saw."""
    told = str(request.META.get("REMOTE_ADDR") or "")
    if settings.CONFIGURATION.secure and (forwarded := request.META.get("HTTP_X_FORWARDED_FOR")):
        told = str(forwarded).rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, NETWORK_BITS), strict=False).network_address)
    return str(address)


def mark_of(request: HttpRequest, survey: str, day: date) -> str:
    """What stands for a respondent of a survey on a day: the same for the same address and browser."""
    browser = "|".join(request.headers.get(name, "") for name in ("User-Agent", "Accept-Language"))
    return _mark(day, survey, address_of(request), browser)


def is_repeated(submission: Submission) -> bool:
    """Whether an answer to the same survey was handed in under the same mark before."""
    others = Submission.objects.filter(survey=submission.survey, mark=submission.mark, complete=True)
    return bool(submission.mark) and others.exclude(pk=submission.pk).exists()


def note_begun(request: HttpRequest, survey: str, now: datetime, day: date) -> None:
    """Count a beginning of an open survey. Raises TooOften, and then nothing is counted."""
    with transaction.atomic():
        _count(_mark(day, survey, address_of(request)), MOST_FROM_ONE_ADDRESS, now)
        _count(_mark(day, survey), MOST_OF_ONE_SURVEY, now)


def tidy(now: datetime) -> None:
    """Throw away what is no longer needed to tell respondents apart."""
    Salt.objects.filter(day__lt=(now - SALTS_KEPT).date()).delete()
    Pace.objects.filter(since__lt=now - WINDOW).delete()
    Submission.objects.filter(started_at__lt=now - 2 * SALTS_KEPT).exclude(mark="").update(mark="")


def _count(mark: str, most: int, now: datetime) -> None:
    Pace.objects.get_or_create(mark=mark, defaults={"since": now})
    pace = Pace.objects.select_for_update().get(mark=mark)
    if now - pace.since >= WINDOW:
        pace.since, pace.times = now, 0
    if pace.times >= most:
        raise TooOften(max(1, int((pace.since + WINDOW - now).total_seconds())))
    pace.times += 1
    pace.save()


def _mark(day: date, *parts: str) -> str:
    salt, _ = Salt.objects.get_or_create(day=day, defaults={"salt": secrets.token_hex(32)})
    return hmac.new(bytes.fromhex(salt.salt), "\n".join(parts).encode(), hashlib.sha256).hexdigest()
