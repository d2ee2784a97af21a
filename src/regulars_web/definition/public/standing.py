"""What a personal link leads to, and what may be done there now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from regulars.programme.parts import Definition
from regulars.programme.reading import definition
from regulars.workspace import Workspace
from regulars_web.definition import tokens
from regulars_web.definition.models import Invitation, Round

STATE, WAIT, WEIGH, READ, OVER, CLOSED = "state", "wait", "weigh", "read", "over", "closed"


@dataclass(frozen=True)
class Standing:
    """Where the holder of a link stands.

    part        what the page is for: state, wait (statements are closed, drafts not there yet), weigh, read, over, or
                closed with ``why``
    definition  the newest one where the part is read
    """

    part: str
    invitation: Invitation | None = None
    round: Round | None = None
    definition: Definition | None = None
    why: str = ""


def standing(token: str, workspace: Workspace, today: date) -> Standing:
    """Where the holder of a personal link stands."""
    invitation = tokens.find(token)
    if invitation is None:
        return Standing(CLOSED, why="unknown")
    if invitation.revoked_at or (invitation.user and not invitation.user.is_active):
        return Standing(CLOSED, why="revoked")
    round_ = invitation.round
    if round_ is None:
        return _reading(invitation, None, workspace)
    if round_.state == Round.State.PUBLISHED:
        return _reading(invitation, round_, workspace)
    if round_.state == Round.State.ENDED:
        return Standing(CLOSED, why="ended")
    if round_.takes_statements(today):
        return Standing(STATE, invitation, round_)
    if round_.state == Round.State.WEIGHING and round_.drafts.filter(withdrawn_at=None).exists():
        return Standing(WEIGH, invitation, round_)
    return Standing(WAIT, invitation, round_)


def _reading(invitation: Invitation, round_: Round | None, workspace: Workspace) -> Standing:
    """Whoever works here reads and confirms; a customer who took part sees what came of it."""
    newest = definition(workspace)
    if newest is None:
        return Standing(CLOSED, why="nothing")
    return Standing(OVER if invitation.is_customer else READ, invitation, round_, newest)
