"""What the pages about asking customers read: sendings with what became of their letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from regulars_web.jobs.models import Job, State
from regulars_web.voice.building.queries import Response, response
from regulars_web.voice.models import Invitation, Letter, Sending
from regulars_web.voice.sending.planning import WHY
from regulars_web.voice.sending.works import SEND

MOST_SHOWN = 50


@dataclass(frozen=True)
class Told:
    """One sending with its counts. ``letters``: state -> letters of the first mail; ``reminders``: of the second."""

    sending: Sending
    asked: int
    response: Response
    letters: Mapping[str, int]
    reminders: Mapping[str, int]
    revoked: int
    reminder_on: object = None

    @property
    def waiting(self) -> int:
        """Letters that have not left yet."""
        return self.letters.get("waiting", 0) + self.reminders.get("waiting", 0)


def sendings(survey: str) -> list[Told]:
    """The sendings of a survey, newest first."""
    listed = list(Sending.objects.filter(survey=survey).select_related("made_by")[:MOST_SHOWN])
    return told(listed)


def told(listed: list[Sending]) -> list[Told]:
    """Sendings with their counts, in three queries whatever their number."""
    batches = [one.batch for one in listed]
    invited = {
        row["batch"]: row
        for row in Invitation.objects.filter(batch__in=batches)
        .order_by()
        .values("batch")
        .annotate(
            made=Count("pk"),
            asked=Count("pk", Q(sent_at__isnull=False)),
            answered=Count("pk", Q(answered_at__isnull=False)),
            revoked=Count("pk", Q(revoked_at__isnull=False)),
        )
    }
    letters: dict[tuple[int, str], dict[str, int]] = {}
    counted = Letter.objects.filter(sending__in=listed).order_by().values("sending_id", "step", "state")
    for row in counted.annotate(count=Count("pk")):
        letters.setdefault((row["sending_id"], row["step"]), {})[row["state"]] = row["count"]
    found = []
    for one in listed:
        row = invited.get(one.batch, {})
        due = one.made_at + timedelta(days=one.remind_days) if one.remind_days and not one.reminded_at else None
        found.append(
            Told(
                one,
                row.get("made", 0),
                response(row.get("asked", 0), row.get("answered", 0)),
                letters.get((one.pk, Letter.INVITE), {}),
                letters.get((one.pk, Letter.REMIND), {}),
                row.get("revoked", 0),
                due,
            )
        )
    return found


def unsure(sending: Sending) -> QuerySet[Letter]:
    """Letters that a person has to decide on: unclear ones, and those that the mail server refused."""
    states = (Letter.State.UNCLEAR, Letter.State.FAILED)
    return Letter.objects.filter(sending=sending, state__in=states).select_related("invitation")


def left_out(sending: Sending) -> list[tuple[str, int]]:
    """Why customers were left out, with counts, most first: when it was made, and later while sending."""
    first: Mapping[str, int] = sending.told.get("left_out", {})
    found = dict(first)
    later = Letter.objects.filter(sending=sending, state=Letter.State.LEFT_OUT).order_by().values("reason")
    for row in later.annotate(count=Count("pk")):
        found[row["reason"]] = found.get(row["reason"], 0) + row["count"]
    return reasons(found)


def reasons(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Reasons in the reader's words with their counts, most first."""
    words = {**WHY, "taken back": _("The link was taken back before the mail left")}
    listed = [(str(words.get(reason, reason)), count) for reason, count in counts.items()]
    return sorted(listed, key=lambda one: -one[1])


def last_job(sending: Sending) -> Job | None:
    """The newest job of a sending; it says why it stopped where it did."""
    return Job.objects.filter(kind=SEND, said={"sending": sending.pk}).order_by("-pk").first()


def failed_sentence(job: Job | None) -> str:
    """Why the newest job failed; empty where it did not."""
    return job.sentence or _("The work stopped. Send the rest.") if job and job.state == State.FAILED else ""
