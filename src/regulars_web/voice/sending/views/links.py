"""The link for everybody with its code, poster and snippet; lists of personal links; refusing further surveys."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regulars.exports import csv_parts
from regulars.surveys.parts import said
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import SEE_VOICE, SEND_SURVEYS
from regulars_web.shared import trail
from regulars_web.shared.company import company
from regulars_web.shared.sentences import Refused
from regulars_web.voice import invitations
from regulars_web.voice.building.question_forms import plain_text
from regulars_web.voice.building.views.opening import Opened, language_of, opened
from regulars_web.voice.building.words import LANGUAGE_NAMES
from regulars_web.voice.codes import qr_svg
from regulars_web.voice.models import Invitation, OpenLink, Sending
from regulars_web.voice.public.headers import respondents_page
from regulars_web.voice.sending import actions, addresses
from regulars_web.voice.sending.default_words import DEFAULTS
from regulars_web.voice.sending.reaching import reaches
from regulars_web.voice.sending.works import log_asked

MOST_PLACES = 40


@needs(SEND_SURVEYS)
@require_http_methods(["GET", "POST"])
def links(request: HttpRequest, key: str) -> HttpResponse:
    """The open link: on or off, its code, a poster, a snippet for one's own web page."""
    found = _published(key)
    if request.method == "POST":
        _change(request, found)
        return HttpResponseRedirect(reverse("voice:links", args=[key]))
    link = OpenLink.objects.filter(survey=key).first()
    base = addresses.base_address(request)
    embedded = addresses.open_link(base, key, via="embed")
    answer = {
        "found": found,
        "survey": found.survey,
        "title": found.title,
        "draft": found.draft,
        "part": "links",
        "link": link,
        "address": addresses.open_link(base, key),
        "only_here": addresses.only_here(base),
        "snippet": f'<iframe src="{embedded}" title="{key}" width="100%" height="640"></iframe>',
        "frames": "\n".join(link.frames) if link else "",
        "places": "\n".join(link.places) if link else "",
        "scope_hidden": True,
    }
    return render(request, "voice/sending/links.html", answer)


@needs(SEND_SURVEYS)
@require_GET
def code(request: HttpRequest, key: str) -> HttpResponse:
    """The code of the open link as an SVG picture."""
    found, at = _published(key), plain_text(request.GET.get("at", ""), 120)
    address = addresses.open_link(addresses.base_address(request), found.survey.key, via="qr", at=at)
    answer = HttpResponse(qr_svg(address), content_type="image/svg+xml")
    if request.GET.get("keep"):
        answer["Content-Disposition"] = f'attachment; filename="{found.survey.key}.svg"'
    return answer


@needs(SEE_VOICE)
@require_GET
def poster(request: HttpRequest, key: str) -> HttpResponse:
    """A page to print and hang up: the question, the code, the address."""
    found = _published(key)
    survey, at = found.versions[-1].survey, plain_text(request.GET.get("at", ""), 120)
    language = language_of(request, survey)
    base = addresses.base_address(request)
    first = survey.questions[0] if survey.questions else None
    with override(language):
        answer = {
            "survey": survey,
            "language": language,
            "languages_offered": [(code, LANGUAGE_NAMES[code]) for code in survey.languages],
            "title": said(survey.title, language),
            "asked": said(first.words, language) if first else "",
            "who_reads": said(survey.who_reads, language),
            "minutes": survey.minutes,
            "address": addresses.open_link(base, key).partition("://")[2],
            "at": at,
            "company_name": company().settings.name,
        }
        return render(request, "voice/sending/poster.html", answer)


@needs(SEND_SURVEYS)
@require_POST
def link_list(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Personal links of a sending as a file, to be sent by other means. Each file has fresh links; older ones work."""
    found = _published(key)
    sending = get_object_or_404(Sending, pk=number, survey=key, channel=actions.LINK)
    if sending.stopped_at:
        raise Refused(_("This sending was stopped, so it hands out no links."))
    table = _links_table(found, sending, request)
    trail.note(request.user, "survey links handed out", sending=number, links=table.num_rows)  # type: ignore[arg-type]
    headings = {"name": _("Name"), "email": _("E-mail"), "phone": _("Telephone"), "address": _("Address")}
    headings |= {"language": _("Language"), "link": _("Link")}
    answer = HttpResponse(
        "".join(csv_parts(table, headings=headings, mark=True)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{key}-links-{number}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@respondents_page
def stop(request: HttpRequest, signed: str) -> HttpResponse:
    """A customer wants no more surveys. Opening the page changes nothing, since mail programs open links to look.

    Mail programs refuse by sending a form themselves (RFC 8058); the signed address is what allows it.
    """
    invitation = addresses.invitation_of_stop(signed)
    if invitation is None:
        raise Http404("stop")
    language = invitation.language if invitation.language in DEFAULTS else "en"
    done = False
    if request.method == "POST":
        by_program = request.POST.get("List-Unsubscribe") == "One-Click"
        way = "one-click refusal in" if by_program else "refused on the page behind the link in"
        proof = f"{way} the mail about the survey {invitation.survey}"
        done = actions.refuse_surveys(company(), invitation, proof=proof, now=timezone.now())
        if by_program:
            return HttpResponse(status=204)
    with override(language):
        answer = {"language": language, "done": done, "company": company().settings.name}
        return render(request, "voice/sending/stop.html", answer)


def _change(request: HttpRequest, found: Opened) -> None:
    frames = [_origin(line) for line in request.POST.get("frames", "").splitlines() if line.strip()]
    places = [plain_text(line, 120) for line in request.POST.get("places", "").splitlines() if line.strip()]
    actions.set_open_link(
        request.user,  # type: ignore[arg-type]
        found.versions[-1].survey,
        open=request.POST.get("open") == "on",
        frames=frames[:MOST_PLACES],
        places=places[:MOST_PLACES],
        now=timezone.now(),
    )
    messages.success(request, _("Kept."))


def _origin(line: str) -> str:
    """The origin of a web page. Raises Refused for what is none."""
    parts = urlsplit(line.strip())
    wrong = _("%(found)s is no address of a web page. Write it as https://shop.example.com.")
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise Refused(wrong % {"found": line.strip()[:80]}) from None
    host = parts.hostname or ""
    plain = bool(host) and all(part.isalnum() or part in "-._" for part in host)
    if parts.scheme not in ("http", "https") or not plain:
        raise Refused(wrong % {"found": line.strip()[:80]})
    return f"{parts.scheme}://{host}{port}"


def _links_table(found: Opened, sending: Sending, request: HttpRequest) -> pa.Table:
    """One row a customer who can still answer; the links are made now and kept nowhere."""
    workspace, now = company(), timezone.now()
    base = sending.base or addresses.base_address(request)
    waiting = list(Invitation.objects.filter(batch=sending.batch, answered_at=None, revoked_at=None).order_by("pk"))
    customers = workspace.customers()
    keys = {one.pk: customers.of(one.client_key) for one in waiting if one.client_key is not None}
    means = str(sending.who.get("means", "e-mail"))
    known = reaches(workspace, set(keys.values()), means, only_agreed=workspace.settings.asks_only_who_agreed)
    references = workspace.references(list(keys.values()))
    rows: list[dict[str, str]] = []
    for one in waiting:
        reach = known.get(keys.get(one.pk, 0))
        if reach is None or reach.against:
            continue
        row = {"reference": references.get(reach.customer_key, ""), "name": reach.name, "email": reach.email}
        row |= {"phone": reach.phone, "address": reach.address, "language": one.language}
        rows.append({**row, "link": addresses.personal_link(base, invitations.again(one, now))})
        if one.sent_at is None:
            Invitation.objects.filter(pk=one.pk, sent_at=None).update(sent_at=now)
            log_asked(workspace, found.versions[-1].survey, one, at=now, channel="link", name=f"link {one.pk}")
    return pa.Table.from_pylist(rows, schema=_COLUMNS)


def _published(key: str) -> Opened:
    found = opened(key)
    if not found.versions:
        raise Http404(key)
    return found


_COLUMNS: Any = pa.schema(
    [(name, pa.string()) for name in ("reference", "name", "email", "phone", "address", "language", "link")]
)
