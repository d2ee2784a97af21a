"""What the pages about building surveys read: surveys with their drafts, and how many answers there are so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q
from django.http import Http404
from django.utils import timezone

from regulars.measures.intervals import share_estimate
from regulars.measures.scores.taken_back import STANDING
from regulars.names.folding import fold
from regulars.surveys import publishing
from regulars.surveys.definition import Survey, read_draft
from regulars.surveys.errors import SurveyError
from regulars.surveys.parts import said
from regulars.workspace import Workspace
from regulars_web.voice.models import Draft, Invitation

DRAFT, OPEN, CLOSED = "draft", "open", "closed"


@dataclass(frozen=True)
class Response:
    """How many of those asked have answered, with the 95% interval; shares None where nobody was asked."""

    asked: int = 0
    answered: int = 0
    share: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Listed:
    """One line of the list of surveys.

    why      why a closed one takes no answers: closed, ended or full; empty where it does
    draft    when the draft was last changed; None where there is none
    answers  filled-in questionnaires in the log, duplicates left out
    """

    survey: Survey
    title: str
    state: str
    why: str
    draft: datetime | None
    answers: int
    response: Response
    newest_on: date | None = None


def listed(workspace: Workspace) -> list[Listed]:
    """Every survey, open ones first, then drafts, then closed ones, each by title."""
    published = {one.key: one for one in publishing.surveys(workspace, retired=True)}
    drafts = {one.key: one for one in Draft.objects.all()}
    answers, responses = answer_counts(workspace), response_counts()
    found = []
    for key in {*published, *drafts}:
        draft = drafts.get(key)
        survey = published.get(key) or read_draft(drafts[key].body)
        count, newest = answers.get(key, (0, None))
        state, why = state_of(published.get(key), count)
        title = said(survey.title, survey.languages[0]) or key
        changed = draft.changed_at if draft else None
        response = responses.get(key, Response())
        found.append(Listed(survey, title, state, why, changed, count, response, newest))
    order = {OPEN: 0, DRAFT: 1, CLOSED: 2}
    return sorted(found, key=lambda one: (order[one.state], fold(one.title), one.survey.key))


def state_of(published: Survey | None, answers: int) -> tuple[str, str]:
    """The state of a survey and, of a closed one, why."""
    if published is None:
        return DRAFT, ""
    if published.retired:
        return CLOSED, "closed"
    if published.closes_on is not None and published.closes_on < today():
        return CLOSED, "ended"
    if published.quota is not None and answers >= published.quota:
        return CLOSED, "full"
    return OPEN, ""


def answer_counts(workspace: Workspace) -> dict[str, tuple[int, date | None]]:
    """Survey -> answers in the log and the day of the newest; suspected duplicates are not counted."""
    sql = f"""
        SELECT json_extract_string(properties, '$.survey') AS survey, count(*) AS answers, max(occurred_on) AS newest_on
        FROM interactions
        WHERE kind = 'answer' AND json_valid(properties)
          AND {STANDING}
          AND coalesce(json_extract_string(properties, '$.duplicate'), 'false') <> 'true'
        GROUP BY survey"""  # noqa: S608  ours
    with workspace.engine() as engine:
        rows = engine.run(sql).to_pylist()
    return {row["survey"]: (int(row["answers"]), row["newest_on"]) for row in rows if row["survey"]}


def response_counts(survey: str = "") -> dict[str, Response]:
    """Survey -> response of those whom these pages asked."""
    asked = Invitation.objects.filter(sent_at__isnull=False)
    if survey:
        asked = asked.filter(survey=survey)
    counted = (
        asked.order_by()
        .values("survey")
        .annotate(asked=Count("pk"), answered=Count("pk", Q(answered_at__isnull=False)))
    )
    return {row["survey"]: response(row["asked"], row["answered"]) for row in counted}


def response(asked: int, answered: int) -> Response:
    """The share with its interval."""
    if not asked:
        return Response()
    found = share_estimate([answered], [asked], nobody="")
    return Response(asked, answered, float(found.value[0]), float(found.low[0]), float(found.high[0]))


def draft_of(key: str) -> Draft | None:
    """The draft under a key."""
    return Draft.objects.filter(key=key).select_related("changed_by").first()


def published_of(workspace: Workspace, key: str) -> list[publishing.Published]:
    """Every version that was published under a key, oldest first; none, an empty list."""
    try:
        return publishing.history(workspace, key)
    except SurveyError as error:
        if error.reason == "unknown_survey":
            return []
        raise


def survey_or_404(workspace: Workspace, key: str) -> Survey:
    """The newest published version, closed or not. Raises Http404 where there never was one."""
    found = published_of(workspace, key)
    if not found:
        raise Http404(key)
    return found[-1].survey


def taken_keys(versions: list[publishing.Published]) -> set[str]:
    """Keys of all questions that were ever asked in these versions."""
    return {question.key for one in versions for question in one.survey.questions}


def touchpoints(workspace: Workspace) -> list[tuple[str, int]]:
    """Touchpoints of the log with their touches, most frequent first."""
    sql = """
        SELECT touchpoint, count(*) AS touches FROM interactions
        WHERE touchpoint IS NOT NULL AND touchpoint <> '' AND kind <> 'answer' AND coalesce(step, '') NOT IN
          ('invite', 'remind')
        GROUP BY touchpoint ORDER BY touches DESC, touchpoint LIMIT 60"""
    with workspace.engine() as engine:
        rows: list[Mapping[str, object]] = engine.run(sql).to_pylist()
    return [(str(row["touchpoint"]), int(str(row["touches"]))) for row in rows]


def today() -> date:
    """The company's local day."""
    return timezone.now().astimezone(ZoneInfo(settings.TIME_ZONE)).date()
