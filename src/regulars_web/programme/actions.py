"""What people decide about the programme: permission, version, trail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from regulars.index.parts import Component, Components
from regulars.index.publishing import publish_components
from regulars.programme import publishing
from regulars.programme.parts import Attested, FitAnswer, FitWord, MistakeAnswered, Programme, StepAction
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import require
from regulars_web.accounts.roles import CHANGE_INDEX, CHANGE_PROGRAMME
from regulars_web.shared import trail

if TYPE_CHECKING:
    from regulars_web.accounts.models import User


def change_state(by: User, workspace: Workspace, wanted: Programme, *, now: datetime, request_id: str) -> Programme:
    """Start, pause or restart the programme, whole or with a pilot; the same request decides once.

    Raises ProgrammeError for a pilot that names nothing, and then nothing was decided.
    """
    require(by, CHANGE_PROGRAMME)
    made = publishing.publish_programme(
        workspace, wanted, by=by.email, now=now, request_id=_once(by, "state", request_id)
    )
    trail.note(by, "programme changed", state=made.state, version=made.version)
    return made


def plan(by: User, workspace: Workspace, action: StepAction, *, now: datetime, request_id: str) -> StepAction:
    """Write down what is done next for an evidence of a step, by whom and until when, or that it is done."""
    require(by, CHANGE_PROGRAMME)
    made = publishing.publish_action(
        workspace, action, by=by.email, now=now, request_id=_once(by, "action", request_id)
    )
    trail.note(by, "step action kept", action=made.key, version=made.version)
    return made


def answer_fit(
    by: User, workspace: Workspace, key: str, answer: FitWord, because: str, *, now: datetime, request_id: str
) -> FitAnswer:
    """Answer a condition of the fit check, with one's name and today's date."""
    require(by, CHANGE_PROGRAMME)
    made = publishing.answer_fit(
        workspace,
        FitAnswer(key, answer, because, by.email),
        by=by.email,
        now=now,
        request_id=_once(by, f"fit {key}", request_id),
    )
    trail.note(by, "fit answered", condition=key, version=made.version)
    return made


def attest(by: User, workspace: Workspace, attested: Attested, *, now: datetime, request_id: str) -> Attested:
    """Sign that a criterion of maturity is met or not. Whether its level may be worked at is asked before."""
    require(by, CHANGE_PROGRAMME)
    made = publishing.attest(
        workspace, attested, by=by.email, now=now, request_id=_once(by, f"attest {attested.key}", request_id)
    )
    trail.note(by, "criterion attested", criterion=made.key, met=made.met, version=made.version)
    return made


def answer_mistake(
    by: User, workspace: Workspace, key: str, because: str, until: date, *, now: datetime, request_id: str
) -> MistakeAnswered:
    """Answer a warning until a day: it stays quiet as long."""
    require(by, CHANGE_PROGRAMME)
    made = publishing.answer_mistake(
        workspace,
        MistakeAnswered(key, because, until),
        by=by.email,
        now=now,
        request_id=_once(by, f"mistake {key}", request_id),
    )
    trail.note(by, "warning answered", mistake=key, version=made.version)
    return made


def decide_components(
    by: User, workspace: Workspace, components: Iterable[Component], note: str, *, now: datetime, request_id: str
) -> Components:
    """Decide floors, targets and weights of the index. Raises FocusIndexError, and then nothing was decided."""
    require(by, CHANGE_INDEX)
    made = publish_components(
        workspace, components, by=by.email, now=now, note=note, request_id=_once(by, "components", request_id)
    )
    trail.note(by, "index components decided", version=made.version)
    return made


def _once(by: User, what: str, request_id: str) -> str | None:
    return f"programme {what} {by.pk} {request_id}" if request_id else None
