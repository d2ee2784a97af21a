"""Everything the programme decides as JSON, read and written. The published JSON is the contract with measures."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.programme.errors import ProgrammeError
from regulars.programme.parts import (
    FIT_WORDS,
    STATES,
    Attested,
    Definition,
    FitAnswer,
    MistakeAnswered,
    Pilot,
    Programme,
    StepAction,
    Words,
)
from regulars.programme.reading_json import Json, day, keys, known_day, listed, number, said_only, text, words

MOST_ENTRIES = 20


def definition_from(body: Json) -> Definition:
    """The definition that a JSON object describes. Raises ProgrammeError with the first thing to be mended."""
    found = Definition(
        text=words(body.get("text", ""), "text"),
        competences=listed(body, "competences"),
        targets=keys(body, "targets"),
        granted=listed(body, "granted"),
        refused=listed(body, "refused"),
        parity=words(body.get("parity", ""), "parity"),
        criteria=listed(body, "criteria"),
        version=number(body, "version"),
    )
    return check_definition(found)


def definition_json(definition: Definition) -> dict[str, object]:
    """A definition as a JSON object; what is empty is left out."""
    return said_only(
        {
            "text": _plain(definition.text),
            "competences": [_plain(one) for one in definition.competences],
            "targets": list(definition.targets),
            "granted": [_plain(one) for one in definition.granted],
            "refused": [_plain(one) for one in definition.refused],
            "parity": _plain(definition.parity),
            "criteria": [_plain(one) for one in definition.criteria],
            "version": definition.version,
        }
    )


def check_definition(definition: Definition) -> Definition:
    """The definition itself, tidied. Raises ProgrammeError where it says nothing, or far too much."""
    body: dict[str, object] = {
        "text": definition.text,
        "parity": definition.parity,
        **{name: getattr(definition, name) for name in ("competences", "granted", "refused", "criteria")},
    }
    lists = {name: listed(body, name) for name in ("competences", "granted", "refused", "criteria")}
    for name, entries in {**lists, "targets": definition.targets}.items():
        if len(entries) > MOST_ENTRIES:
            raise ProgrammeError("too_many", where=name, found=len(entries), limit=MOST_ENTRIES)
    said = words(definition.text, "text")
    if not said:
        raise ProgrammeError("no_text")
    targets = keys({"targets": definition.targets}, "targets")
    return Definition(
        text=said,
        targets=targets,
        parity=words(definition.parity, "parity"),
        version=definition.version,
        **lists,
    )


def fit_from(body: Json) -> FitAnswer:
    """An answer to a condition of the fit check. Raises ProgrammeError."""
    answer = text(body, "answer")
    if answer not in FIT_WORDS:
        raise ProgrammeError("unknown_answer", found=repr(answer)[:40])
    return FitAnswer(
        text(body, "key"),
        answer,
        text(body, "because"),
        text(body, "by"),
        day(body, "on"),
        number(body, "version"),
    )


def fit_json(answer: FitAnswer) -> dict[str, object]:
    """An answer to a condition as a JSON object."""
    on = answer.on.isoformat() if answer.on else None
    return said_only(
        {"answer": answer.answer, "because": answer.because, "by": answer.by, "on": on, "version": answer.version}
    )


def programme_from(body: Json) -> Programme:
    """The programme's state. Raises ProgrammeError."""
    state = text(body, "state", "not started")
    if state not in STATES:
        raise ProgrammeError("unknown_state", found=repr(state)[:40], known=", ".join(STATES))
    told = body.get("pilot")
    if told is not None and not isinstance(told, Mapping):
        raise ProgrammeError("not_readable", where="pilot")
    pilot = Pilot(text(told, "group"), text(told, "touchpoint")) if told is not None else None
    if pilot == Pilot():
        raise ProgrammeError("no_pilot")
    return Programme(state, pilot, text(body, "why"), number(body, "version"))


def programme_json(programme: Programme) -> dict[str, object]:
    """The programme's state as a JSON object."""
    pilot = programme.pilot
    told = said_only({"group": pilot.group, "touchpoint": pilot.touchpoint}) if pilot else None
    return {"state": programme.state, "pilot": told} | said_only({"why": programme.why, "version": programme.version})


def action_from(body: Json) -> StepAction:
    """A next action. Raises ProgrammeError."""
    found = text(body, "text")
    if not found:
        raise ProgrammeError("no_action")
    return StepAction(
        text(body, "key"),
        found,
        text(body, "owner"),
        day(body, "due_on"),
        day(body, "done_on"),
        number(body, "version"),
    )


def action_json(action: StepAction) -> dict[str, object]:
    """A next action as a JSON object."""
    days = {name: value.isoformat() for name in ("due_on", "done_on") if (value := getattr(action, name))}
    return said_only({"text": action.text, "owner": action.owner, **days, "version": action.version})


def attested_from(body: Json) -> Attested:
    """What somebody attests of a criterion. Raises ProgrammeError."""
    met = body.get("met")
    if not isinstance(met, bool):
        raise ProgrammeError("not_readable", where="met")
    because = text(body, "because")
    if not because:
        raise ProgrammeError("no_because")
    return Attested(
        text(body, "key"),
        met,
        because,
        known_day(body, "until"),
        text(body, "signed_by"),
        day(body, "on"),
        number(body, "version"),
    )


def attested_json(attested: Attested) -> dict[str, object]:
    """What somebody attests as a JSON object."""
    return {"met": attested.met} | said_only(
        {
            "because": attested.because,
            "until": attested.until.isoformat(),
            "signed_by": attested.signed_by,
            "on": attested.on.isoformat() if attested.on else None,
            "version": attested.version,
        }
    )


def answered_from(body: Json) -> MistakeAnswered:
    """Why a warning is lived with. Raises ProgrammeError."""
    because = text(body, "because")
    if not because:
        raise ProgrammeError("no_because")
    return MistakeAnswered(text(body, "key"), because, known_day(body, "until"), number(body, "version"))


def answered_json(answered: MistakeAnswered) -> dict[str, object]:
    """Why a warning is lived with, as a JSON object."""
    return {"because": answered.because, "until": answered.until.isoformat(), "version": answered.version}


def _plain(said: Words) -> object:
    """Words as JSON: a plain text where nobody has said its language."""
    return said[""] if list(said) == [""] else dict(said)
