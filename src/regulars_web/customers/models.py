"""Views of the customer list that colleagues keep."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SavedView(models.Model):
    """One kept view of the list: what is searched, filtered, sorted and shown, as a query string.

    shared  everybody who may see customers finds it in the list; else its owner alone
    query   ``q``, ``where``, ``sort``, ``columns`` and ``group`` of the address, in this order; never a page
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(pgettext_lazy("of a group or a view", "name"), max_length=80)
    shared = models.BooleanField(_("shown to all colleagues"), default=False)
    query = models.TextField(blank=True, default="")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[object]] = [Lower("name"), "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_view_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
