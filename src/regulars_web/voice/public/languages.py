"""In which language a respondent reads: the one chosen, then the browser's, then the survey's first."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from regulars_web.voice.public.standing import Standing


def language_of(request: HttpRequest, found: Standing) -> str:
    """The language to show a page in; always one that the survey has, where there is one."""
    if found.survey is None:
        return translation.get_language() or settings.LANGUAGE_CODE
    offered = found.survey.languages
    wishes = [request.GET.get("lang", "")]
    if found.submission:
        wishes.append(found.submission.language)
    if found.invitation:
        wishes.append(found.invitation.language)
    wishes += [code for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500].lower())]
    for wish in wishes:
        if (language := wish.partition("-")[0]) in offered:
            return language
    return offered[0]


def languages_of(found: Standing) -> list[tuple[str, str]]:
    """The languages to choose from, as (code, own name); none where there is only one."""
    names = dict(settings.LANGUAGES)
    offered = found.survey.languages if found.survey else ()
    return [(code, str(names.get(code, code))) for code in offered] if len(offered) > 1 else []
