"""Surveys on their way: drafts of colleagues, links to respondents, and answers until they are in the log."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from regulars_web.accounts.models import User
from regulars_web.voice.models_reading import DigestWish, FollowUp
from regulars_web.voice.models_sending import Letter, Sending

__all__ = [
    "DigestWish",
    "Draft",
    "FollowUp",
    "Invitation",
    "Letter",
    "OpenLink",
    "Pace",
    "Salt",
    "Sending",
    "Submission",
    "Token",
]


class Draft(models.Model):
    """A survey as colleagues are writing it; publishing it makes a decision of the log.

    body     JSON as ``regulars.surveys.definition`` writes it; it may not be answerable yet
    version  goes up with every change, so that two people who edit at once do not overwrite each other
    based_on the published version it was begun from; 0 for a new survey
    """

    key = models.CharField(max_length=60, unique=True)
    body = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    based_on = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.key


class OpenLink(models.Model):
    """The open link of a survey, /s/<key>: whoever has it may answer.

    open    whether it takes answers now
    frames  origins whose pages may show the survey inside themselves, e.g. https://shop.example.com
    places  what ``?at=`` may say (a branch, a table); it becomes the branch of the answer
    """

    survey = models.CharField(max_length=60, unique=True)
    open = models.BooleanField(default=True)
    frames = models.JSONField(default=list, blank=True)
    places = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("survey",)

    def __str__(self) -> str:
        return self.survey


class Invitation(models.Model):
    """One client asked to answer one survey, once.

    version     of the survey when the invitation was made; what is answered is the version then in force
    client_key  null for somebody who is no record of the vault (an employee, a partner)
    thread      order or case it is about; touchpoint, employee, branch: what the answer is about
    batch       invitations that were made together
    """

    survey = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    client_key = models.BigIntegerField(null=True, db_index=True)
    channel = models.CharField(max_length=20, default="e-mail")
    language = models.CharField(max_length=5, blank=True)
    thread = models.CharField(max_length=120, blank=True)
    touchpoint = models.CharField(max_length=120, blank=True)
    employee = models.CharField(max_length=120, blank=True)
    branch = models.CharField(max_length=120, blank=True)
    batch = models.CharField(max_length=32, blank=True, db_index=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = (models.Index(fields=("survey", "sent_at"), name="voice_invitation_survey"),)

    def __str__(self) -> str:
        return f"{self.survey} {self.pk}"


class Token(models.Model):
    """A secret that leads to an invitation; a reminder carries its own, so none has to be kept in clear.

    digest  SHA-256 of the token, in hexadecimal
    """

    digest = models.CharField(max_length=64, primary_key=True)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="tokens")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.digest[:6]}…"


class Submission(models.Model):
    """One respondent's answers, page by page, until they are in the log; then only that they were given stays.

    digest       SHA-256 of the token in the respondent's address; null for a personal link, whose token it is
    request_id   names the hand-over to the log, so that it happens once
    given        field of the form -> values, as typed; emptied when the log has them
    reached      number of the furthest page, from 1
    department   of a colleague who answers without a name, and their ``level``; emptied with ``given``
    mark         digest of address and browser with the day's salt; empty for personal links
    finished_at  when the respondent handed it in; from then on nothing changes any more
    kept_at      when the log had it; complete: whether the respondent handed it in
    """

    invitation = models.OneToOneField(Invitation, null=True, on_delete=models.CASCADE, related_name="submission")
    digest = models.CharField(max_length=64, unique=True, null=True)
    request_id = models.CharField(max_length=32, unique=True)
    survey = models.CharField(max_length=60, db_index=True)
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=5)
    channel = models.CharField(max_length=20)
    branch = models.CharField(max_length=120, blank=True)
    department = models.CharField(max_length=120, blank=True)
    level = models.CharField(max_length=20, blank=True)
    given = models.JSONField(default=dict)
    reached = models.PositiveSmallIntegerField(default=1)
    mark = models.CharField(max_length=64, blank=True)
    duplicate = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    complete = models.BooleanField(default=False)

    class Meta:
        ordering = ("-started_at", "-pk")
        indexes = (
            models.Index(fields=("saved_at",), condition=Q(kept_at=None), name="voice_submission_waiting"),
            models.Index(fields=("survey", "mark"), condition=~Q(mark=""), name="voice_submission_mark"),
        )

    def __str__(self) -> str:
        return f"{self.survey} {self.pk}"


class Salt(models.Model):
    """What is mixed into digests of addresses on one day; thrown away afterwards, so they cannot be undone."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.day.isoformat()


class Pace(models.Model):
    """How often something was begun within a window of time.

    mark  digest of an address and a survey, or the survey's own
    """

    mark = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField(db_index=True)
    times = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.times}"
