"""Which account belongs to which employee, and links by which colleagues and partners answer without a name."""

from __future__ import annotations

from django.db import models

from regulars_web.accounts.models import User


class Account(models.Model):
    """An employee of the log who may sign in. Without a row, an account is known by its e-mail in the vault.

    code  as it stands in the column ``employee`` of interactions
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="employee")
    code = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.code


class Link(models.Model):
    """Whoever has it may answer one survey, and nobody knows who it was. Its secret is kept nowhere: see ``links``.

    department  what is noted of everybody who comes by it; empty: they choose, or say nothing
    level       the same of management, front line and support
    closed_at   when it stopped taking answers
    """

    survey = models.CharField(max_length=60, db_index=True)
    department = models.CharField(max_length=120, blank=True)
    level = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("survey", "department", "level", "pk")

    def __str__(self) -> str:
        return f"{self.survey} {self.pk}"
