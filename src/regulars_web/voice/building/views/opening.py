"""Finding the survey that a page is about, and answering when it was changed meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from regulars.surveys.definition import Survey, read_draft
from regulars.surveys.parts import said
from regulars.surveys.publishing import Published
from regulars.workspace import Workspace
from regulars_web.shared.company import company
from regulars_web.voice.building import queries
from regulars_web.voice.models import Draft


@dataclass(frozen=True)
class Opened:
    """A survey as the pages have it: the draft, or the newest published version where nobody is changing it."""

    workspace: Workspace
    draft: Draft | None
    versions: list[Published]
    survey: Survey

    @property
    def published(self) -> Survey | None:
        """The newest published version."""
        return self.versions[-1].survey if self.versions else None

    @property
    def title(self) -> str:
        """What it is called in its first language."""
        return said(self.survey.title, self.survey.languages[0]) or self.survey.key


def opened(key: str) -> Opened:
    """The survey under a key. Raises Http404 where there is neither a draft nor a version."""
    workspace = company()
    draft, versions = queries.draft_of(key), queries.published_of(workspace, key)
    if draft is not None:
        return Opened(workspace, draft, versions, read_draft({**draft.body, "key": draft.key}))
    if not versions:
        raise Http404(key)
    return Opened(workspace, None, versions, versions[-1].survey)


def draft_to_change(key: str) -> tuple[Opened, Draft]:
    """The same where there must be a draft. Raises Http404 where there is none."""
    found = opened(key)
    if found.draft is None:
        raise Http404(key)
    return found, found.draft


def language_of(request: HttpRequest, survey: Survey) -> str:
    """The language of the address; else the reader's own where the survey has it; else the survey's first."""
    wanted = request.GET.get("language", "") or (get_language() or "")[:2]
    return wanted if wanted in survey.languages else survey.languages[0]


def sent_version(request: HttpRequest) -> int:
    """Which version of the draft a form was made from; 0 where it does not say."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
