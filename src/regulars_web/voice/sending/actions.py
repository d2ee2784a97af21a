"""What colleagues do to ask people: send, make links, remind, stop, take links back, open a link for everybody."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from regulars.log.consents import EMAIL, PHONE, POST, WITHDRAWN, Consent, record_consent
from regulars.surveys.definition import Survey
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import SEND_SURVEYS
from regulars_web.jobs.actions import ask, ask_once
from regulars_web.jobs.models import Job, State
from regulars_web.shared import trail
from regulars_web.shared.sentences import Refused
from regulars_web.voice.audiences import refuse_others
from regulars_web.voice.building.queries import CLOSED, answer_counts, state_of
from regulars_web.voice.models import Invitation, Letter, OpenLink, Sending
from regulars_web.voice.sending.addresses import mail_lacks
from regulars_web.voice.sending.people import Who, chosen
from regulars_web.voice.sending.reaching import SURVEYS
from regulars_web.voice.sending.reminders import add_reminders
from regulars_web.voice.sending.works import SEND

if TYPE_CHECKING:
    from regulars_web.accounts.models import User

MAIL, LINK = "e-mail", "link"
MEANS = (EMAIL, PHONE, POST)
MOST_REMIND_DAYS = 60


def send(
    by: User,
    workspace: Workspace,
    survey: Survey,
    who: Who,
    *,
    channel: str,
    means: str,
    written: Mapping[str, Mapping[str, str]],
    remind_days: int | None,
    base: str,
    now: datetime,
    request_id: str,
) -> Sending:
    """Ask customers: by e-mail, or by links that leave by other means. The same request asks once.

    means  by which consent they may be reached: e-mail, phone or post

    Raises Refused where mail is not set up, the survey takes no answers, or it does not ask somebody who was chosen.
    """
    require(by, SEND_SURVEYS)
    if channel == MAIL and (lacking := mail_lacks()):
        raise Refused(_("Mails cannot leave yet. Set in regulars.toml: %(what)s.") % {"what": "; ".join(lacking)})
    _refuse_closed(workspace, survey)
    if not who.only:
        people = chosen(workspace, who, by, now=now, audience=survey.audience)
        refuse_others(workspace, survey, [one.customer_key for one in people])
    try:
        with transaction.atomic():
            made = Sending.objects.create(
                survey=survey.key,
                version=survey.version,
                batch=_batch(by, request_id),
                channel=channel if channel == MAIL else LINK,
                who={**who.kept, "means": means if means in MEANS else EMAIL},
                written={language: dict(texts) for language, texts in written.items()},
                base=base,
                remind_days=remind_days if channel == MAIL else None,
                made_at=now,
                made_by=by,
            )
    except IntegrityError:
        return Sending.objects.get(batch=_batch(by, request_id))
    trail.note(by, "survey sent", survey=survey.key, sending=made.pk, channel=made.channel)
    ask(SEND, {"sending": made.pk}, by=by)
    return made


def go_on(by: User, sending: Sending) -> Job | None:
    """Send the letters that wait, where no worker does so already."""
    require(by, SEND_SURVEYS)
    if sending.stopped_at or job_of(sending) is not None:
        return None
    return ask_once(SEND, {"sending": sending.pk}, by=by)


def stop(by: User, sending: Sending, *, now: datetime) -> int:
    """Letters that have not left do not leave any more; returns how many."""
    require(by, SEND_SURVEYS)
    if not Sending.objects.filter(pk=sending.pk, stopped_at=None).update(stopped_at=now):
        return 0
    kept = Letter.objects.filter(sending=sending, state=Letter.State.WAITING).count()
    trail.note(by, "sending stopped", sending=sending.pk, letters=kept)
    return kept


def remind(by: User, workspace: Workspace, sending: Sending, survey: Survey, *, now: datetime) -> int:
    """Put a reminder beside every letter that left and was not answered; each customer gets one at most."""
    require(by, SEND_SURVEYS)
    if lacking := mail_lacks():
        raise Refused(_("Mails cannot leave yet. Set in regulars.toml: %(what)s.") % {"what": "; ".join(lacking)})
    _refuse_closed(workspace, survey)
    count = add_reminders(sending, now=now)
    if count:
        trail.note(by, "survey reminded", sending=sending.pk, letters=count)
        ask_once(SEND, {"sending": sending.pk}, by=by)
    return count


def send_again(by: User, letter: Letter) -> None:
    """Let a letter leave of which nobody knows whether it left, or which the mail server refused."""
    require(by, SEND_SURVEYS)
    unsure = (Letter.State.UNCLEAR, Letter.State.FAILED)
    if Letter.objects.filter(pk=letter.pk, state__in=unsure).update(state=Letter.State.WAITING, reason=""):
        trail.note(by, "letter sent again", sending=letter.sending_id, letter=letter.pk)
        ask_once(SEND, {"sending": letter.sending_id}, by=by)


def take_back(by: User, sending: Sending, invitations: QuerySet[Invitation], *, now: datetime) -> int:
    """Make personal links of a sending stop working, where nobody answered yet; returns how many."""
    require(by, SEND_SURVEYS)
    mine = invitations.filter(batch=sending.batch, answered_at=None, revoked_at=None)
    count = mine.update(revoked_at=now)
    if count:
        trail.note(by, "survey links taken back", sending=sending.pk, links=count)
    return count


def set_open_link(
    by: User, survey: Survey, *, open: bool, frames: list[str], places: list[str], now: datetime
) -> OpenLink:
    """Open or close the link for everybody; say which web pages may show the survey inside, and which places it has."""
    require(by, SEND_SURVEYS)
    link, _made = OpenLink.objects.update_or_create(
        survey=survey.key,
        defaults={"open": open, "frames": frames, "places": places},
        create_defaults={
            "open": open,
            "frames": frames,
            "places": places,
            "made_at": now,
            "made_by": by,
        },
    )
    trail.note(by, "open link changed", survey=survey.key, open=open)
    return link


def refuse_surveys(workspace: Workspace, invitation: Invitation, *, proof: str, now: datetime) -> bool:
    """Keep that a customer wants no more surveys, as they said themselves; False where nobody is known.

    Said twice, it is kept twice: the first one stays the proof.
    """
    if invitation.client_key is None:
        return False
    consent = Consent(invitation.client_key, SURVEYS, WITHDRAWN, now, "survey link", proof, now, "the customer")
    record_consent(workspace.vault, consent)
    Invitation.objects.filter(client_key=invitation.client_key, answered_at=None, revoked_at=None).update(
        revoked_at=now
    )
    return True


def job_of(sending: Sending) -> Job | None:
    """The job that sends, where it waits or runs."""
    return (
        Job.objects.filter(kind=SEND, state__in=(State.WAITING, State.RUNNING), said={"sending": sending.pk})
        .order_by("-pk")
        .first()
    )


def _refuse_closed(workspace: Workspace, survey: Survey) -> None:
    count, _newest = answer_counts(workspace).get(survey.key, (0, None))
    if state_of(survey, count)[0] == CLOSED:
        raise Refused(_("The survey takes no answers, so nobody can be asked. Open it again first."))


def _batch(by: User, request_id: str) -> str:
    """The same for the same form, so that a double click sends once."""
    plain = "".join(sign for sign in request_id if sign.isalnum())[:20]
    return f"{by.pk}-{plain or secrets.token_hex(10)}"[:32]
