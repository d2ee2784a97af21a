"""A round on its way, and whom the definition is asked about: what is decided goes into the log as a decision."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regulars_web.accounts.models import User
from regulars_web.definition.models_letters import Letter

__all__ = [
    "Asking",
    "Comment",
    "Criterion",
    "Doubt",
    "Draft",
    "Invitation",
    "Letter",
    "Round",
    "Stand",
    "Statement",
    "Token",
    "Vote",
]


class Round(models.Model):
    """One round: opened, written in, weighed, decided, published.

    question  what everybody is asked, in the opener's own words; empty: the usual question, in the reader's language
    closes_on last local day on which statements may be written and changed
    draft     the one that was decided for; why: the reason, by whoever decided
    version   of the definition that came of it
    """

    class State(models.TextChoices):
        """How far a round is."""

        WRITING = "writing", _("statements are written")
        WEIGHING = "weighing", _("drafts are weighed")
        DECIDED = "decided", _("decided")
        PUBLISHED = "published", _("published")
        ENDED = "ended", _("ended without a decision")

    state = models.CharField(max_length=12, choices=State.choices, default=State.WRITING)
    question = models.CharField(max_length=300, blank=True)
    closes_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    request_id = models.CharField(max_length=120, unique=True)
    weighing_at = models.DateTimeField(null=True)
    draft = models.ForeignKey("Draft", null=True, on_delete=models.SET_NULL, related_name="+")
    why = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-opened_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(state__in=("writing", "weighing", "decided")),
                name="definition_one_open_round",
            ),
        )

    def __str__(self) -> str:
        return f"{self.opened_at:%Y-%m-%d}"

    @property
    def open(self) -> bool:
        """Whether it goes on."""
        return self.state in (self.State.WRITING, self.State.WEIGHING, self.State.DECIDED)

    def takes_statements(self, today: date) -> bool:
        """Whether a statement may be written or changed on a local day."""
        return self.state == self.State.WRITING and today <= self.closes_on


class Criterion(models.Model):
    """One criterion of a good definition, to be agreed on.

    key   of one that comes with the program, whose words are translated; empty for one of the company's own
    words of an own one, as it was typed
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="criteria")
    place = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("place", "pk")

    def __str__(self) -> str:
        return self.key or self.words


class Invitation(models.Model):
    """One person asked, by a personal link: to take part in a round, or (without a round) to read and confirm.

    user        a colleague with an account; else ``employee``, the code of one without, or ``client_key`` alone, a
                customer. An employee's client key is kept where the log has one, so that erasing finds them
    opened_at   when the link was first opened
    stated_at   when the statement was first written
    """

    class Sort(models.TextChoices):
        """Who is asked."""

        COLLEAGUE = "colleague", _("colleague")
        EMPLOYEE = "employee", _("employee without an account")
        CUSTOMER = "customer", _("customer")

    round = models.ForeignKey(Round, null=True, on_delete=models.CASCADE, related_name="invitations")
    sort = models.CharField(max_length=12, choices=Sort.choices)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    employee = models.CharField(max_length=120, blank=True)
    client_key = models.BigIntegerField(null=True, db_index=True)
    language = models.CharField(max_length=5, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(null=True)
    stated_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("sort", "employee", "pk")
        constraints = (
            models.UniqueConstraint(fields=("round", "user"), name="definition_colleague_once"),
            models.UniqueConstraint(
                fields=("user",), condition=Q(round=None, user__isnull=False), name="definition_colleague_reads_once"
            ),
            models.UniqueConstraint(
                fields=("employee",), condition=Q(round=None) & ~Q(employee=""), name="definition_employee_reads_once"
            ),
            models.UniqueConstraint(
                fields=("round", "employee"), condition=~Q(employee=""), name="definition_employee_once"
            ),
            models.UniqueConstraint(
                fields=("round", "client_key"), condition=Q(sort="customer"), name="definition_customer_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.sort} {self.pk}"

    @property
    def is_customer(self) -> bool:
        """Whether a customer is asked, who sees drafts but not what others wrote."""
        return self.sort == self.Sort.CUSTOMER

    @property
    def person(self) -> str:
        """The person by whom the log knows who read a definition; empty for a customer."""
        return "" if self.is_customer else self.user.email if self.user else self.employee


class Token(models.Model):
    """A secret that leads to an invitation; a reminder carries its own, so none has to be kept in clear.

    digest  SHA-256 of the token, in hexadecimal
    """

    digest = models.CharField(max_length=64, primary_key=True)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="tokens")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.digest[:6]}…"


class Statement(models.Model):
    """What customer focus means here, in one person's words; it may be changed until the round stops taking them.

    suggested  a further criterion that this person would ask of a good definition
    hidden_at  when it was taken out of sight, because it names somebody or insults
    """

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="statement")
    text = models.TextField()
    suggested = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, blank=True)
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("written_at", "pk")

    def __str__(self) -> str:
        return f"statement {self.pk}"


class Vote(models.Model):
    """One person finds that a good definition must meet a criterion."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="votes")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="votes")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("invitation", "criterion"), name="definition_one_vote"),)

    def __str__(self) -> str:
        return f"vote {self.pk}"


class Draft(models.Model):
    """One wording of the common definition, put up for comments.

    meets  numbers of the criteria that its writer says it meets
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="drafts")
    text = models.TextField()
    language = models.CharField(max_length=5)
    meets = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("made_at", "pk")

    def __str__(self) -> str:
        return f"draft {self.pk}"


class Comment(models.Model):
    """What one invited person says about a draft; one a person and draft, which may be changed."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="comments")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField()
    language = models.CharField(max_length=5, blank=True)
    changed_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("changed_at", "pk")
        constraints = (models.UniqueConstraint(fields=("draft", "invitation"), name="definition_one_comment"),)

    def __str__(self) -> str:
        return f"comment {self.pk}"


class Stand(models.Model):
    """Whether one invited person could stand behind a draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="stands")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="stands")
    stands = models.BooleanField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("draft", "invitation"), name="definition_one_stand"),)

    def __str__(self) -> str:
        return f"stand {self.pk}"


class Doubt(models.Model):
    """What of a version is not clear to one person, who therefore did not confirm it.

    person  e-mail of a colleague, or the code of an employee without an account
    """

    person = models.CharField(max_length=254)
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    said_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-said_at", "-pk")
        constraints = (models.UniqueConstraint(fields=("person", "version"), name="definition_one_doubt"),)

    def __str__(self) -> str:
        return f"doubt {self.pk}"


class Asking(models.Model):
    """Whether colleagues who have not confirmed are asked by mail without anybody pressing a button; one row."""

    on = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return "on" if self.on else "off"
