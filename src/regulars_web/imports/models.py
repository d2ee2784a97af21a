"""Files that colleagues dropped, on their way into the log."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from regulars_web.accounts.models import User
from regulars_web.jobs.models import Job


class State(models.TextChoices):
    """Where a file stands. Only an open one is still kept."""

    OPEN = "open", _("not finished")
    IMPORTED = "imported", _("imported")
    CANCELLED = "cancelled", _("cancelled")


class Upload(models.Model):
    """One dropped file. Its content, and all that shows some of it, lies in a private folder of the workspace.

    folder     name of that folder under uploads/
    said       how the person wants the file understood: form, source, map and what ``import_file`` takes besides
    version    goes up whenever ``said`` changes, so that a check belongs to what was checked
    checked    the version whose dry run lies in the folder; 0 for none
    problem    why the newest check or import stopped: sentence, and what would decide it
    result     the summary of the import, without any row of the file
    """

    folder = models.CharField(max_length=32, unique=True)
    file_name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    checksum = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    uploaded_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN, db_index=True)
    said = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    checked = models.PositiveIntegerField(default=0)
    problem = models.JSONField(default=dict)
    check_job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    import_job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    import_id = models.BigIntegerField(null=True)
    result = models.JSONField(default=dict)

    class Meta:
        ordering = ("-uploaded_at", "-pk")

    def __str__(self) -> str:
        return self.file_name
