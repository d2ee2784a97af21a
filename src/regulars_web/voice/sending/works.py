"""What the worker does to ask customers: makes the invitations, then lets each letter leave once.

A letter is taken before it is handed to the mail server, in a transaction of its own, and marked as sent after. A
worker that dies between the two leaves one letter of which nobody can know whether it left: it is marked unclear
and waits for a person, because a customer who is asked twice is worse than one who is asked a day later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPServerDisconnected
from typing import Any

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regulars.base import open_base
from regulars.log.consents import EMAIL
from regulars.surveys.answering import About, answer_id, invitation_entry
from regulars.surveys.definition import Survey, said
from regulars.surveys.publishing import survey as published
from regulars.workspace import Workspace
from regulars_web.jobs.actions import Progress, ask_once
from regulars_web.jobs.models import Job
from regulars_web.shared.company import company
from regulars_web.shared.sentences import Refused
from regulars_web.voice import invitations
from regulars_web.voice.models import Invitation, Letter, Sending
from regulars_web.voice.sending import addresses
from regulars_web.voice.sending.default_words import COUNTRY_LANGUAGES
from regulars_web.voice.sending.letters import Filling, Written, defaults, letter
from regulars_web.voice.sending.people import Who, chosen
from regulars_web.voice.sending.planning import Plan, plan, why_not_now
from regulars_web.voice.sending.reaching import Reach
from regulars_web.voice.sending.reminders import add_reminders
from regulars_web.voice.submitting import local_day

SEND, REMIND_DUE = "send-survey", "remind-surveys"
BATCH = 50
MADE_AT_ONCE = 200
MAIL = "e-mail"
LONGEST_REASON = 300


def send(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Make the invitations of a sending where they are not made yet, then let its letters leave."""
    sending = Sending.objects.select_related("made_by").filter(pk=job.said.get("sending")).first()
    if sending is None or sending.stopped_at:
        return {"sent": 0}
    shop = company()
    survey = published(shop, sending.survey)
    if "chosen" not in sending.told:
        progress(_("Choosing whom to ask"), 0.02)
        _make_invitations(shop, sending, survey, progress)
    if sending.channel != MAIL:
        return {"links": Invitation.objects.filter(batch=sending.batch).count()}
    _set_unclear(sending, job.lease)
    sent = _Post(shop, sending, survey, job.lease, progress).send_all()
    return {"sent": sent}


def remind_due(job: Job, progress: Progress) -> Mapping[str, Any]:
    """The kind of work that looks for reminders whose day has come."""
    return {"sendings": ask_due_reminders(timezone.now())}


def ask_due_reminders(now: datetime) -> int:
    """Reminders whose day has come, each sending once; returns how many sendings."""
    count = 0
    waiting = Sending.objects.filter(remind_days__isnull=False, reminded_at=None, stopped_at=None)
    for sending in waiting:
        if sending.made_at + timedelta(days=sending.remind_days or 0) > now:
            continue
        count += 1
        if add_reminders(sending, now=now):
            ask_once(SEND, {"sending": sending.pk}, by=sending.made_by)
    return count


def _make_invitations(shop: Workspace, sending: Sending, survey: Survey, progress: Progress) -> None:
    """Invitations with their letters, in steps that a second attempt goes on from."""
    who = dict(sending.who)
    means = str(who.pop("means", EMAIL))
    meant = published(shop, sending.survey, sending.version).audience  # as it was when they were chosen
    people = chosen(shop, Who(**who), sending.made_by, now=sending.made_at, audience=meant)
    found = plan(shop, survey, Who(**who), people, purpose=means, now=sending.made_at, batch=sending.batch)
    done = set(Invitation.objects.filter(batch=sending.batch).values_list("client_key", flat=True))
    languages = languages_of(shop, survey, [one.customer_key for one, _reach in found.asked])
    fresh = [
        Invitation(
            survey=survey.key,
            version=survey.version,
            client_key=one.customer_key,
            channel=sending.channel,
            language=languages.get(one.customer_key, survey.languages[0]),
            thread=one.thread[:120],
            touchpoint=one.touchpoint[:120],
            employee=one.employee[:120],
            branch=one.branch[:120],
            batch=sending.batch,
            made_at=sending.made_at,
            made_by=sending.made_by,
        )
        for one, _reach in found.asked
        if one.customer_key not in done
    ]
    for begin in range(0, len(fresh), MADE_AT_ONCE):
        with transaction.atomic():
            made = Invitation.objects.bulk_create(fresh[begin : begin + MADE_AT_ONCE])
            if sending.channel == MAIL:
                Letter.objects.bulk_create(Letter(sending=sending, invitation=one) for one in made)
        progress(_("Choosing whom to ask"), 0.02 + 0.08 * begin / len(fresh))
    sending.told = told_of(found)
    sending.save(update_fields=["told"])


def told_of(found: Plan) -> dict[str, object]:
    """The counts of a plan, as they are kept with the sending."""
    return {"chosen": found.chosen, "asked": len(found.asked), "left_out": found.left_out}


def languages_of(shop: Workspace, survey: Survey, keys: Iterable[int]) -> dict[int, str]:
    """Customer -> the survey's language that their country speaks; those of other countries are left out."""
    rows = open_base(shop).rows(list(keys))
    found = {int(row["client_key"]): COUNTRY_LANGUAGES.get(str(row.get("country") or "").upper(), "") for row in rows}
    return {key: language for key, language in found.items() if language in survey.languages}


def _set_unclear(sending: Sending, lease: str) -> None:
    """Letters that a worker took who is not there any more."""
    taken = Letter.objects.filter(sending=sending, state=Letter.State.TAKEN).exclude(taken_by=lease)
    taken.update(state=Letter.State.UNCLEAR, reason="")


class _Post:
    """Lets the letters of a sending leave, one after another."""

    def __init__(self, shop: Workspace, sending: Sending, survey: Survey, lease: str, progress: Progress) -> None:
        self.shop, self.sending, self.survey, self.lease, self.progress = shop, sending, survey, lease, progress
        self.sent = 0

    def send_all(self) -> int:
        """Everything that waits. Raises Refused where the mail server cannot be reached; the rest goes on waiting."""
        self._log_what_left()
        mine = Letter.objects.filter(sending=self.sending)
        total = max(mine.count(), 1)
        connection = get_connection()
        try:
            while batch := self._next_batch():
                for one, reach in self._allowed(batch):
                    if Sending.objects.filter(pk=self.sending.pk, stopped_at__isnull=False).exists():
                        return self.sent
                    self._send_one(connection, one, reach)
                    left = mine.filter(state=Letter.State.WAITING).count()
                    self.progress(_("Sending"), 0.1 + 0.9 * (1 - left / total))
        finally:
            connection.close()
        return self.sent

    def _next_batch(self) -> list[Letter]:
        waiting = Letter.objects.filter(sending=self.sending, state=Letter.State.WAITING)
        return list(waiting.select_related("invitation").order_by("pk")[:BATCH])

    def _allowed(self, batch: list[Letter]) -> list[tuple[Letter, Reach]]:
        """Those that may still leave; the others are left out with the reason."""
        reminders = batch[0].step == Letter.REMIND
        looked = why_not_now(self.shop, [one.invitation for one in batch], EMAIL, reminders=reminders)
        found = []
        for one in batch:
            why, reach = looked[one.invitation_id]
            if one.invitation.revoked_at and not why:
                why = "taken back"
            if why or reach is None:
                waiting = Letter.objects.filter(pk=one.pk, state=Letter.State.WAITING)
                waiting.update(state=Letter.State.LEFT_OUT, reason=why)
            else:
                found.append((one, reach))
        return found

    def _send_one(self, connection: BaseEmailBackend, one: Letter, reach: Reach) -> None:
        self._open(connection)
        waiting = Letter.objects.filter(pk=one.pk, state=Letter.State.WAITING)
        if not waiting.update(state=Letter.State.TAKEN, taken_by=self.lease, taken_at=timezone.now()):
            return  # another worker has it
        mail = self._mail(one, reach)
        try:
            connection.send_messages([mail])
        except SMTPServerDisconnected as error:
            self._end(one, Letter.State.UNCLEAR, reason=str(error))
            raise Refused(
                _("The mail server hung up. Letters that have not left wait; send the rest later.")
            ) from error
        except (SMTPException, ValueError) as error:  # ValueError: a header that the mail library refuses
            self._end(one, Letter.State.FAILED, reason=str(error))
            return
        except OSError as error:
            self._end(one, Letter.State.UNCLEAR, reason=str(error))
            raise Refused(_("The mail server was lost. Letters that have not left wait; send the rest.")) from error
        self._end(one, Letter.State.SENT)
        self.sent += 1
        self._log(one)

    def _open(self, connection: BaseEmailBackend) -> None:
        """Reach the server before a letter is taken, so that none is unclear because the server is away."""
        try:
            connection.open()
        except (SMTPException, OSError) as error:
            raise Refused(
                _("The mail server cannot be reached: %(why)s. Nothing is lost; send the rest when it is back.")
                % {"why": str(error)[:200]}
            ) from error

    def _mail(self, one: Letter, reach: Reach) -> Any:
        now = timezone.now()
        invitation, language = one.invitation, one.invitation.language or self.survey.languages[0]
        link = addresses.personal_link(self.sending.base, invitations.again(invitation, now))
        stop = addresses.stop_link(self.sending.base, invitation)
        filling = Filling(
            name=reach.name,
            company=self.shop.settings.name,
            survey=said(self.survey.title, language),
            minutes=self.survey.minutes,
            link=link,
            stop=stop,
        )
        return letter(
            self._written(one.step, language),
            filling,
            to=reach.email,
            language=language,
            stop_at_once=stop,
            number=one.pk,
        )

    def _written(self, step: str, language: str) -> Written:
        kept = self.sending.written.get(f"{language} {step}") or {}
        if kept.get("subject") and kept.get("words"):
            return Written(kept["subject"], kept["words"])
        return defaults(language, reminder=step == Letter.REMIND)

    def _end(self, one: Letter, state: Letter.State, *, reason: str = "") -> None:
        """What became of a letter that this worker took."""
        now = timezone.now()
        sent_at = now if state == Letter.State.SENT else None
        mine = Letter.objects.filter(pk=one.pk, taken_by=self.lease)
        with transaction.atomic():
            mine.update(state=state, reason=reason[:LONGEST_REASON], sent_at=sent_at)
            if state == Letter.State.SENT:
                column = "reminded_at" if one.step == Letter.REMIND else "sent_at"
                Invitation.objects.filter(pk=one.invitation_id).update(**{column: now})
        one.sent_at = sent_at

    def _log_what_left(self) -> None:
        """Letters that left before a worker could write them into the log."""
        left = Letter.objects.filter(sending=self.sending, state=Letter.State.SENT, logged_at=None)
        for one in left.select_related("invitation"):
            self._log(one)

    def _log(self, one: Letter) -> None:
        log_asked(
            self.shop,
            self.survey,
            one.invitation,
            at=one.sent_at or timezone.now(),
            channel=MAIL,
            name=f"letter {one.pk}",
            reminder=one.step == Letter.REMIND,
        )
        Letter.objects.filter(pk=one.pk).update(logged_at=timezone.now())


def log_asked(
    shop: Workspace,
    survey: Survey,
    invitation: Invitation,
    *,
    at: datetime,
    channel: str,
    name: str,
    reminder: bool = False,
) -> bool:
    """Write into the log that a customer was asked, once for each ``name``; nothing of somebody erased meanwhile."""
    about = About(
        occurred_at=at,
        occurred_on=local_day(at),
        channel=channel,
        client_key=invitation.client_key,
        touchpoint=invitation.touchpoint,
        employee=invitation.employee,
        branch=invitation.branch,
        thread=invitation.thread,
    )
    request = f"survey {name}"
    entry = invitation_entry(survey, about, interaction_id=answer_id(request), reminder=reminder)
    shop.pages_import()
    with shop.writing():
        if not Invitation.objects.filter(pk=invitation.pk).exists():
            return False
        return shop.add([entry], request_id=request)
