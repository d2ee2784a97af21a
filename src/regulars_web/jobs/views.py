"""How far a job is, as a part of the page of the noun it belongs to."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import SIGNED_IN, Role
from regulars_web.jobs.models import Job
from regulars_web.shared.parts import Around, render_part


@needs(SIGNED_IN)
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar of one's own job; owners see everybody's. When it has ended the page around it loads anew."""
    job = get_object_or_404(Job, pk=pk)
    if job.asked_by_id != request.user.pk and request.user.role != Role.OWNER:
        raise PermissionDenied("job")
    answer = render_part(request, "jobs/_progress.html", {"job": job, "scope_hidden": True}, Around(_("Progress")))
    if not job.open:
        answer["HX-Refresh"] = "true"
    return answer
