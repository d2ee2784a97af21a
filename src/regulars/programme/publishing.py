"""The programme's decisions: published by a named person, kept in every version."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from regulars.decided import Kept
from regulars.groups.decisions import Decision, decide, versions
from regulars.measures.programme.wording import CONDITIONS, CRITERIA, EVIDENCE, MISTAKES
from regulars.programme.definition import (
    action_from,
    action_json,
    answered_from,
    answered_json,
    attested_from,
    attested_json,
    check_definition,
    fit_from,
    fit_json,
    programme_from,
    programme_json,
)
from regulars.programme.errors import ProgrammeError
from regulars.programme.parts import (
    DEFINITION_KEY,
    PROGRAMME_KEY,
    Attested,
    Body,
    Definition,
    DefinitionRead,
    FitAnswer,
    MistakeAnswered,
    Programme,
    StepAction,
)
from regulars.programme.reading import (
    ACTIONS,
    ANSWERED,
    ATTESTED,
    DEFINITIONS,
    FIT,
    PROGRAMME,
    READ_NOUN,
    action_history,
    actions,
    answered_history,
    answered_mistakes,
    attestations,
    attested_history,
    definition,
    fit_answers,
    fit_history,
    history,
    not_read,
    programme,
    programme_history,
    readers,
)
from regulars.programme.reading_json import checked_text

if TYPE_CHECKING:
    from regulars.workspace import Workspace

__all__ = [
    "action_history",
    "actions",
    "answer_fit",
    "answer_mistake",
    "answered_history",
    "answered_mistakes",
    "attest",
    "attestations",
    "attested_history",
    "confirm_definition",
    "definition",
    "fit_answers",
    "fit_history",
    "history",
    "not_read",
    "programme",
    "programme_history",
    "publish_action",
    "publish_definition",
    "publish_programme",
    "readers",
]

# What is attested or answered is looked at again after this time.
LONGEST_DAYS = 366


def publish_definition(
    workspace: Workspace, definition: Definition, *, by: str, now: datetime, request_id: str | None = None
) -> Definition:
    """Publish the definition as a new version; everybody has to confirm it again.

    Raises ProgrammeError for one that says nothing or too much. What it should think of again is told by
    ``challenges.challenges`` and does not stop it.
    """
    body = check_definition(definition)
    return DEFINITIONS.publish(
        workspace, lambda version: replace(body, version=version), DEFINITION_KEY, by=by, now=now, request_id=request_id
    )


def confirm_definition(
    workspace: Workspace,
    *,
    person: str,
    now: datetime,
    own_words: str = "",
    version: int | None = None,
    request_id: str | None = None,
) -> DefinitionRead:
    """A person has read and understood the definition; confirming again keeps the newer own words.

    person   e-mail of a colleague with an account, else an employee's code
    version  the one that was read; None: the one in force

    Raises ProgrammeError where there is no definition, no such version, or nobody is named.
    """
    name, own = person.strip(), checked_text(own_words, "own words")
    if not name:
        raise ProgrammeError("no_person")
    read = definition(workspace, version)
    if read is None:
        raise ProgrammeError("no_definition")
    before = next((one for one in readers(workspace) if one.person == name), None)
    if before and (before.version > read.version or (before.version == read.version and own in ("", before.own_words))):
        return before
    code = employee_code(workspace, name)
    body = {"version": read.version, "own_words": own} | ({"employee": code} if code else {})
    number = max((one.version for one in versions(workspace, READ_NOUN).get(name, [])), default=0) + 1
    decide(workspace, READ_NOUN, Decision(name, number, body, now, name), request_id=request_id)
    return DefinitionRead(name, read.version, own, now, code)


def employee_code(workspace: Workspace, person: str) -> str:
    """The code under which the log knows a colleague, by code or e-mail; "" where it does not."""
    with workspace.engine() as engine:
        rows = engine.run("SELECT DISTINCT client_key, attributes FROM clients WHERE kind = 'employee'").to_pylist()
    codes = {row["client_key"]: code for row in rows if (code := _code(row["attributes"]))}
    if person in codes.values():
        return person
    if "@" not in person:
        return ""
    known = workspace.vault.people(list(codes))
    wanted = person.casefold()
    return next((codes[key] for key, one in sorted(known.items()) if one.get("email", "").casefold() == wanted), "")


def answer_fit(
    workspace: Workspace, answer: FitAnswer, *, by: str, now: datetime, request_id: str | None = None
) -> FitAnswer:
    """Answer a condition of the fit check. Raises ProgrammeError for one that there is not."""
    _known_key(answer.key, CONDITIONS, "unknown_condition")
    body = fit_from({**fit_json(replace(answer, by=by, on=answer.on or now.date())), "key": answer.key})
    return _published(workspace, FIT, body, answer.key, by=by, now=now, request_id=request_id)


def publish_programme(
    workspace: Workspace, programme: Programme, *, by: str, now: datetime, request_id: str | None = None
) -> Programme:
    """Start, pause or restart the programme, whole or with a pilot. Raises ProgrammeError."""
    body = programme_from(programme_json(programme))
    return _published(workspace, PROGRAMME, body, PROGRAMME_KEY, by=by, now=now, request_id=request_id)


def publish_action(
    workspace: Workspace, action: StepAction, *, by: str, now: datetime, request_id: str | None = None
) -> StepAction:
    """Write down the next action of an evidence, with its owner and date, or that it is done. Raises ProgrammeError."""
    _known_key(action.key, {f"{one.step}:{key}": one for key, one in EVIDENCE.items()}, "bad_key")
    body = action_from({**action_json(action), "key": action.key})
    return _published(workspace, ACTIONS, body, action.key, by=by, now=now, request_id=request_id)


def attest(
    workspace: Workspace, attested: Attested, *, by: str, now: datetime, request_id: str | None = None
) -> Attested:
    """Sign that a criterion of maturity is met or not, with the evidence and the day until which it counts.

    Raises ProgrammeError without evidence, for a criterion that there is not, or a day more than a year away.
    """
    _known_key(attested.key, CRITERIA, "bad_key")
    _until(attested.until, now)
    signed = replace(attested, signed_by=attested.signed_by or by, on=attested.on or now.date())
    body = attested_from({**attested_json(signed), "key": attested.key})
    return _published(workspace, ATTESTED, body, attested.key, by=by, now=now, request_id=request_id)


def answer_mistake(
    workspace: Workspace, answered: MistakeAnswered, *, by: str, now: datetime, request_id: str | None = None
) -> MistakeAnswered:
    """Answer a warning: 'we know, because …', until a day.

    Raises ProgrammeError without a reason, for a mistake that there is not, or a day more than a year away.
    """
    _known_key(answered.key, MISTAKES, "bad_key")
    _until(answered.until, now)
    body = answered_from({**answered_json(answered), "key": answered.key})
    return _published(workspace, ANSWERED, body, answered.key, by=by, now=now, request_id=request_id)


def _published(
    workspace: Workspace, kept: Kept[Body], body: Body, key: str, *, by: str, now: datetime, request_id: str | None
) -> Body:
    numbered: Callable[[int], Body] = lambda version: replace(body, version=version)  # type: ignore[type-var]  # noqa: E731
    return kept.publish(workspace, numbered, key, by=by, now=now, request_id=request_id)


def _known_key(key: str, known: object, reason: str) -> None:
    names = list(known)  # type: ignore[call-overload]
    if key not in names:
        raise ProgrammeError(reason, found=repr(key)[:60], known=", ".join(names))


def _until(until: date, now: datetime) -> None:
    if until < now.date():
        raise ProgrammeError("until_passed", found=until.isoformat())
    if until > now.date() + timedelta(days=LONGEST_DAYS):
        raise ProgrammeError("too_long_until", found=until.isoformat(), limit=LONGEST_DAYS)


def _code(attributes: str | None) -> str:
    try:
        told = json.loads(attributes or "")
    except ValueError:
        return ""
    code = told.get("code") if isinstance(told, dict) else None
    return code if isinstance(code, str) else ""
