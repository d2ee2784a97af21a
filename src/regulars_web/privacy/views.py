"""Pages about personal data: what is kept and for how long, handing it out, erasing, consents."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regulars.privacy import contact, kept_out, retention
from regulars.privacy.person import Person, UnknownPerson, person_of
from regulars_web.accounts.permissions import needs
from regulars_web.accounts.roles import ERASE_PERSONS, EXPORT_PERSONS, RECORD_CONSENTS, SEE_PRIVACY
from regulars_web.jobs.models import Job
from regulars_web.privacy import actions
from regulars_web.privacy.forms import ConsentForm, EraseForm, LetInForm
from regulars_web.privacy.works import ERASE, RETAIN
from regulars_web.shared import trail
from regulars_web.shared.company import company


@needs(SEE_PRIVACY)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What the company keeps of people, for how long, and who was erased."""
    workspace = company()
    told = {
        "due": retention.due(workspace, timezone.now()),
        "kept_out": len(kept_out.suppression_of(workspace)),
        "erasures": Job.objects.filter(kind=ERASE)[:20],
        "term_job": Job.objects.filter(kind=RETAIN, state__in=("waiting", "running")).first(),
        "form": LetInForm(),
    }
    return render(request, "privacy/overview.html", told)


@needs(ERASE_PERSONS)
@require_POST
def let_in(request: HttpRequest) -> HttpResponse:
    """Let an erased person come back."""
    form = LetInForm(request.POST)
    if form.is_valid():
        count = actions.let_in(request.user, **form.cleaned_data)
        said = ngettext("%(count)s person may come in again.", "%(count)s people may come in again.", count)
        messages.success(request, said % {"count": count} if count else _("Nobody erased was known by that."))
    else:
        messages.warning(request, _("Give the e-mail, the telephone or the code the person was known by."))
    return redirect("privacy:overview")


@needs(ERASE_PERSONS)
@require_POST
def retain(request: HttpRequest) -> HttpResponse:
    """Let go of what is older than the company's terms."""
    actions.ask_retain(request.user)
    messages.success(request, _("What is due goes now. This page shows when it is done."))
    return redirect("privacy:overview")


@needs(EXPORT_PERSONS)
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest, key: int) -> HttpResponse:
    """Say what would be handed out; then hand it out as one archive."""
    person = _person(key)
    if request.method == "GET":
        return render(request, "privacy/export.html", {"name": _name(person), "key": key})
    done = actions.export(request.user, key)
    answer = HttpResponse(content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="person-{key}.zip"'
    done.write(answer)
    return answer


@needs(ERASE_PERSONS)
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, key: int) -> HttpResponse:
    """Say what erasing means, ask for the reason, then do it."""
    person, form = _person(key), EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        job = actions.ask_erase(request.user, key, keep_amounts=said["keep_amounts"], reason=said["reason"])
        return redirect("privacy:erasure", pk=job.pk)
    told = {"name": _name(person), "key": key, "records": len(person.keys), "form": form}
    return render(request, "privacy/erase.html", told, status=422 if request.method == "POST" else 200)


@needs(ERASE_PERSONS)
@require_GET
def erasure(request: HttpRequest, pk: int) -> HttpResponse:
    """How an erasure stands: what went, what stayed without a name, what else is to be done."""
    job = get_object_or_404(Job, pk=pk, kind=ERASE)
    # Pairs, since one of the places is the log's table "items", which a template would take for the method.
    places = {name: list(job.told.get(name, {}).items()) for name in ("removed", "anonymous")}
    return render(request, "privacy/erasure.html", {"job": job, "told": job.told, **places})


@needs(RECORD_CONSENTS)
@require_http_methods(["GET", "POST"])
def consents(request: HttpRequest, key: int) -> HttpResponse:
    """What a customer agreed to, with its proof, and a new word of theirs."""
    person, form = _person(key), ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.record_consent(request.user, key, form.cleaned_data)
        messages.success(request, _("Recorded."))
        return redirect("privacy:consents", key=key)
    trail.note(request.user, "consents seen", customer=key)
    told = {
        "name": _name(person),
        "key": key,
        "form": form,
        "consents": list(reversed(contact.consents_of(company(), key))),
        "answers": [(channel, contact.may_contact(company(), key, channel)) for channel in contact.CHANNELS],
    }
    return render(request, "privacy/consents.html", told, status=422 if request.method == "POST" else 200)


def _person(key: int) -> Person:
    try:
        return person_of(company(), key)
    except UnknownPerson as error:
        raise Http404(str(error)) from error


def _name(person: Person) -> str:
    names = person.said("name")
    return names[-1] if names else _("A customer without a name")
