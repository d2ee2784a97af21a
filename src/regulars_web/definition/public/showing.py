"""What each part of the page behind a personal link shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from regulars.programme.reading import readers
from regulars.workspace import Workspace
from regulars_web.definition import targets
from regulars_web.definition.models import Comment, Doubt, Draft, Invitation, Round, Stand, Statement, Vote
from regulars_web.definition.public.standing import READ, STATE, WEIGH, Standing
from regulars_web.definition.rounds.criteria import words_of
from regulars_web.definition.rounds.taking_part import LONGEST_COMMENT, LONGEST_STATEMENT, LONGEST_SUGGESTION
from regulars_web.definition.typed import whole_number

Given = Mapping[str, Any] | None


@dataclass(frozen=True)
class Shown:
    """A draft as an invited person sees it: its words, and what they said about it so far."""

    number: int
    text: str
    language: str
    comment: str
    stands: str


def part(found: Standing, given: Given, workspace: Workspace, language: str) -> dict[str, Any]:
    """What the part of the page needs; ``given`` is what was typed and not kept."""
    if found.invitation is None:
        return {}
    told: dict[str, Any] = {"invitation": found.invitation, "round": found.round}
    if found.part == STATE and found.round:
        return told | _statement(found.invitation, found.round, given)
    if found.part == WEIGH and found.round:
        return told | _drafts(found.invitation, found.round, given)
    if found.definition:
        told |= {"told": found.definition.told(language), "targets": targets.named(workspace, found.definition.targets)}
        told |= _reading(found, given, workspace) if found.part == READ else {}
        return told
    return told | {"mine": Statement.objects.filter(invitation=found.invitation).first()}


def _statement(invitation: Invitation, round_: Round, given: Given) -> dict[str, Any]:
    mine = Statement.objects.filter(invitation=invitation).first()
    if given is None:
        chosen = set(Vote.objects.filter(invitation=invitation).values_list("criterion_id", flat=True))
    else:
        chosen = {whole_number(one) for one in _several(given, "criterion")}
    criteria = [(one.pk, words_of(one), one.pk in chosen) for one in round_.criteria.all()]
    return {
        "mine": mine,
        "text": given.get("text", "") if given is not None else mine.text if mine else "",
        "suggested": given.get("suggested", "") if given is not None else mine.suggested if mine else "",
        "criteria": criteria,
        "longest": LONGEST_STATEMENT,
        "longest_suggestion": LONGEST_SUGGESTION,
    }


def _drafts(invitation: Invitation, round_: Round, given: Given) -> dict[str, Any]:
    drafts = list(round_.drafts.filter(withdrawn_at=None))
    comments = dict(Comment.objects.filter(invitation=invitation).values_list("draft_id", "text"))
    stands = dict(Stand.objects.filter(invitation=invitation).values_list("draft_id", "stands"))
    shown = [_draft(one, comments, stands, given) for one in drafts]
    mine = Statement.objects.filter(invitation=invitation).first()
    return {"drafts": shown, "mine": mine, "longest": LONGEST_COMMENT}


def _draft(draft: Draft, comments: Mapping[int, str], stands: Mapping[int, bool], given: Given) -> Shown:
    said = {True: "yes", False: "no", None: ""}[stands.get(draft.pk)]
    comment = comments.get(draft.pk, "")
    if given is not None:
        comment, said = given.get(f"comment-{draft.pk}", ""), given.get(f"stands-{draft.pk}", "")
    return Shown(draft.pk, draft.text, draft.language, comment, said)


def _reading(found: Standing, given: Given, workspace: Workspace) -> dict[str, Any]:
    if found.invitation is None or found.definition is None:
        return {}
    person, version = found.invitation.person, found.definition.version
    read = next((one for one in readers(workspace) if person in (one.person, one.code)), None)
    have_read = read is not None and read.version >= version
    doubt = Doubt.objects.filter(person=person, version=version, cleared_at=None).first()
    kept = (read.own_words if read and have_read else "") or (doubt.text if doubt else "")
    return {
        "version": version,
        "read": read if have_read else None,
        "doubt": doubt,
        "text": given.get("text", "") if given is not None else kept,
        "clear": given.get("clear", "") if given is not None else "yes" if have_read else "no" if doubt else "",
    }


def _several(given: Mapping[str, Any], name: str) -> Sequence[str]:
    listed = getattr(given, "getlist", None)
    return listed(name) if listed else ()
