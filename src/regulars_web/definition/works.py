"""What the worker does for the definition: lets each letter leave once, and asks those who have not confirmed.

A letter is taken before it is handed to the mail server, and marked as sent after. A worker that dies between the two
leaves one letter of which nobody can know whether it left: it is marked unclear and not sent again by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPServerDisconnected
from typing import Any

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.translation import gettext as _

from regulars.programme.reading import definition
from regulars_web.definition import actions, letters, queries
from regulars_web.definition.models import Invitation, Letter
from regulars_web.jobs.actions import Progress, ask_once
from regulars_web.jobs.models import Job
from regulars_web.shared.company import company
from regulars_web.shared.sentences import Refused
from regulars_web.voice.sending.addresses import mail_lacks
from regulars_web.voice.submitting import local_day

SEND, ASK_DUE = "definition-letters", "definition-ask"
REMIND_AFTER = timedelta(days=7)
MOST_LETTERS = 2  # about one version
LONGEST_REASON = 300


def send(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Let every letter that waits leave. Raises Refused where the mail server cannot be reached; the rest waits."""
    taken = Letter.objects.filter(state=Letter.State.TAKEN).exclude(taken_by=job.lease)
    taken.update(state=Letter.State.UNCLEAR)
    waiting = Letter.objects.filter(state=Letter.State.WAITING).order_by("pk")
    total, sent = max(waiting.count(), 1), 0
    connection = get_connection()
    try:
        while one := waiting.select_related("invitation__round", "invitation__user").first():
            sent += _send_one(connection, one, job.lease)
            progress(_("Sending"), min(sent / total, 0.99))
    finally:
        connection.close()
    return {"sent": sent}


def ask_due(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Ask those who have not confirmed, where the company wants mails to leave by themselves."""
    return {"asked": ask_whoever_is_due(timezone.now())}


def ask_whoever_is_due(now: datetime) -> int:
    """A first letter to whoever has none about this version, a reminder a week later; returns how many are new.

    New colleagues and new employees are among them from the day they arrive.
    """
    shop = company()
    if not actions.asks_automatically() or mail_lacks():
        return 0
    newest = definition(shop)
    if newest is None:
        return 0
    found = queries.reading(shop, newest.version, local_day(now))
    due = [one.who for one in found.have_not if _is_due(one, now)]
    made = actions.ask_to_read(None, due, newest.version, shop.settings.languages[0], now=now)
    if made:
        ask_once(SEND, {}, by=None)
    return made


def _is_due(one: queries.Reader, now: datetime) -> bool:
    if not one.who.email or one.asked >= MOST_LETTERS:
        return False
    return one.asked_at is None or one.asked_at + REMIND_AFTER <= now


def _send_one(connection: BaseEmailBackend, one: Letter, lease: str) -> int:
    """Let one letter leave; 1 where it did."""
    _open(connection)
    waiting = Letter.objects.filter(pk=one.pk, state=Letter.State.WAITING)
    if not waiting.update(state=Letter.State.TAKEN, taken_by=lease):
        return 0  # another worker has it
    mine = Letter.objects.filter(pk=one.pk, taken_by=lease)
    made = letters.letter(company(), one, now=timezone.now())
    if isinstance(made, str):
        mine.update(state=Letter.State.LEFT_OUT, reason=made)
        return 0
    try:
        connection.send_messages([made])
    except SMTPServerDisconnected as error:
        mine.update(state=Letter.State.UNCLEAR, reason=str(error)[:LONGEST_REASON])
        raise Refused(_("The mail server hung up. Letters that have not left wait; send the rest later.")) from error
    except (SMTPException, ValueError) as error:  # ValueError: a header that the mail library refuses
        mine.update(state=Letter.State.FAILED, reason=str(error)[:LONGEST_REASON])
        return 0
    except OSError as error:
        mine.update(state=Letter.State.UNCLEAR, reason=str(error)[:LONGEST_REASON])
        raise Refused(_("The mail server was lost. Letters that have not left wait; send the rest.")) from error
    mine.update(state=Letter.State.SENT, sent_at=timezone.now())
    if one.invitation.sort == Invitation.Sort.CUSTOMER:
        letters.log_asked(company(), one)
    return 1


def _open(connection: BaseEmailBackend) -> None:
    """Reach the server before a letter is taken, so that none is unclear because the server is away."""
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        raise Refused(
            _("The mail server cannot be reached: %(why)s. Nothing is lost; send the rest when it is back.")
            % {"why": str(error)[:200]}
        ) from error
