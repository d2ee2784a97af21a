"""The pulse of own people and partners, and the links by which they answer without a name."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from regulars.surveys import publishing, ready
from regulars.surveys.definition import Survey
from regulars.surveys.errors import SurveyError
from regulars.surveys.parts import said
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import CHANGE_SURVEYS, SEE_STAFF, SEND_SURVEYS
from regulars_web.shared.company import company
from regulars_web.staff import actions, asking, links, parts, queries, words
from regulars_web.staff.models import Link
from regulars_web.voice.building.words import LANGUAGE_NAMES
from regulars_web.voice.codes import qr_svg
from regulars_web.voice.sending import addresses


@needs(SEE_STAFF)
@require_GET
def pulse(request: HttpRequest) -> HttpResponse:
    """Waves of own people and partners, and what is in use to ask them."""
    workspace, base = company(), addresses.base_address(request)
    departments = queries.department_choices(workspace)
    told = {
        "here": "pulse",
        "part": parts.part(request, "pulse"),
        "asked": asking.in_use(workspace, base, dict(departments)),
        "ready": asking.lying_ready(workspace),
        "departments": departments,
        "levels": words.LEVEL_NAMES.items(),
        "only_here": addresses.only_here(base),
        "request_id": uuid4().hex,
        "scope_hidden": True,
    }
    return render(request, "staff/pulse.html", told)


@needs(CHANGE_SURVEYS)
@require_POST
def use(request: HttpRequest, key: str) -> HttpResponse:
    """Put a ready questionnaire into use; one that is in use already stays as it is."""
    found = next((one for one in ready.ready() if one.key == key and one.audience in asking.INSIDE), None)
    if found is None:
        raise Http404(key)
    if key not in {one.key for one in publishing.surveys(company())}:
        request_id = request.POST.get("request_id", "")[:100]
        actions.publish_ready(request.user, company(), found, now=timezone.now(), request_id=request_id)  # type: ignore[arg-type]
        messages.success(request, _("The questionnaire is in use. Make a link to it now."))
    return HttpResponseRedirect(reverse("staff:pulse"))


@needs(SEND_SURVEYS)
@require_POST
def link_new(request: HttpRequest, key: str) -> HttpResponse:
    """A link to a questionnaire; for a department or a level, or for everybody."""
    _survey(key)
    department, level = request.POST.get("department", ""), request.POST.get("level", "")
    known = dict(queries.department_choices(company()))
    if (department and department not in known) or (level and level not in words.LEVELS):
        raise Http404(key)
    actions.make_link(request.user, key, department=department, level=level, now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("The link is there. Hand it out on paper, in a chat, or hang up the poster."))
    return HttpResponseRedirect(reverse("staff:pulse") + "#links")


@needs(SEND_SURVEYS)
@require_POST
def link_close(request: HttpRequest, number: int) -> HttpResponse:
    """A link takes no more answers."""
    actions.close_link(request.user, _link(number), now=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("The link takes no more answers. Whoever has begun may finish."))
    return HttpResponseRedirect(reverse("staff:pulse") + "#links")


@needs(SEND_SURVEYS)
@require_GET
def code(request: HttpRequest, number: int) -> HttpResponse:
    """The code of a link as an SVG picture."""
    link = _link(number)
    address = links.address_of(link, addresses.base_address(request), via="qr")
    answer = HttpResponse(qr_svg(address), content_type="image/svg+xml")
    if request.GET.get("keep"):
        answer["Content-Disposition"] = f'attachment; filename="{link.survey}-{link.pk}.svg"'
    return answer


@needs(SEND_SURVEYS)
@require_GET
def poster(request: HttpRequest, number: int) -> HttpResponse:
    """A page to print and hang up where people meet: the code, and that nobody knows who answered."""
    link = _link(number)
    survey = _survey(link.survey)
    wanted = request.GET.get("language", "") or (get_language() or "")[:2]
    language = wanted if wanted in survey.languages else survey.languages[0]
    called = dict(queries.department_choices(company()))
    with override(language):
        answer = {
            "link": link,
            "language": language,
            "languages_offered": [(one, LANGUAGE_NAMES[one]) for one in survey.languages],
            "title": said(survey.title, language),
            "intro": said(survey.intro, language),
            "minutes": survey.minutes,
            "department": called.get(link.department, link.department),
            "company_name": company().settings.name,
        }
        return render(request, "staff/poster.html", answer)


def _link(number: int) -> Link:
    if number >= 2**63:
        raise Http404(number)
    return get_object_or_404(Link, pk=number)


def _survey(key: str) -> Survey:
    """A questionnaire for own people or partners that is in use. Raises Http404 for any other."""
    try:
        found = publishing.survey(company(), key)
    except SurveyError:
        raise Http404(key) from None
    if found.audience not in asking.INSIDE:
        raise Http404(key)
    return found
