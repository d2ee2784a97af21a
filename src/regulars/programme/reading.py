"""What was decided, as it stands: the definition and who has read it, fit answers, state, actions, attestations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from regulars.decided import Decided, Kept
from regulars.groups.decisions import Decision, versions
from regulars.programme.definition import (
    action_from,
    action_json,
    answered_from,
    answered_json,
    attested_from,
    attested_json,
    definition_from,
    definition_json,
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
    Words,
)

if TYPE_CHECKING:
    from regulars.workspace import Workspace


def _unreadable(key: str) -> ProgrammeError:
    return ProgrammeError("unreadable", found=key)


DEFINITIONS: Final = Kept("definition", definition_from, definition_json, _unreadable)
FIT: Final = Kept("fit", fit_from, fit_json, _unreadable)
PROGRAMME: Final = Kept("programme", programme_from, programme_json, _unreadable)
ACTIONS: Final = Kept("step action", action_from, action_json, _unreadable)
ATTESTED: Final = Kept("attested", attested_from, attested_json, _unreadable)
ANSWERED: Final = Kept("mistake answered", answered_from, answered_json, _unreadable)
READ_NOUN: Final = "definition read"


def definition(workspace: Workspace, version: int | None = None) -> Definition | None:
    """The definition in force, or one of its versions; None where none was published.

    Raises ProgrammeError for a version that there is not.
    """
    found = history(workspace)
    if version is None:
        return found[-1].body if found else None
    for one in found:
        if one.version == version:
            return one.body
    raise ProgrammeError("unknown_version", version=version, newest=found[-1].version if found else 0)


def history(workspace: Workspace) -> list[Decided[Definition]]:
    """All versions of the definition, oldest first; empty where none was published."""
    first = workspace.settings.languages[0] if workspace.settings.languages else "en"
    return [
        replace(one, body=_in_first_language(one.body, first)) for one in DEFINITIONS.history(workspace, DEFINITION_KEY)
    ]


def readers(workspace: Workspace) -> list[DefinitionRead]:
    """What each person has read of the definition, the newest version each, by person."""
    found: dict[str, DefinitionRead] = {}
    for key, decided in versions(workspace, READ_NOUN).items():
        for one in decided:
            read = _read(key, one)
            if read is not None and (key not in found or found[key].version <= read.version):
                found[key] = read
    return [found[person] for person in sorted(found)]


def not_read(workspace: Workspace, people: Iterable[str]) -> list[str]:
    """Those of these people who have not confirmed the version in force, each once; nobody where there is none.

    people  e-mails of colleagues or codes of employees; either counts where the vault knows that they are one
    """
    now = definition(workspace)
    if now is None:
        return []
    up_to_date = [one for one in readers(workspace) if one.version >= now.version]
    known = {name for one in up_to_date for name in (one.person, one.code) if name}
    return [person for person in dict.fromkeys(people) if person not in known]


def fit_answers(workspace: Workspace) -> dict[str, FitAnswer]:
    """The newest answer of people to each condition of the fit check, by its key."""
    return _newest(FIT.all(workspace))


def fit_history(workspace: Workspace, key: str) -> list[Decided[FitAnswer]]:
    """Everything that was answered to a condition, oldest first."""
    return FIT.history(workspace, key)


def programme(workspace: Workspace) -> Programme:
    """Whether the programme runs; not started where nobody has decided anything."""
    return PROGRAMME.newest(workspace, PROGRAMME_KEY) or Programme()


def programme_history(workspace: Workspace) -> list[Decided[Programme]]:
    """Every start, pause and restart, oldest first."""
    return PROGRAMME.history(workspace, PROGRAMME_KEY)


def actions(workspace: Workspace) -> dict[str, StepAction]:
    """The newest action of each evidence, by its key (2:known-sales), done ones too."""
    return _newest(ACTIONS.all(workspace))


def action_history(workspace: Workspace, key: str) -> list[Decided[StepAction]]:
    """Every action for an evidence, oldest first."""
    return ACTIONS.history(workspace, key)


def attestations(workspace: Workspace) -> dict[str, Attested]:
    """What is attested of each criterion of maturity, by its key; also what has run out."""
    return _newest(ATTESTED.all(workspace))


def attested_history(workspace: Workspace, key: str) -> list[Decided[Attested]]:
    """Everything that was attested of a criterion, oldest first."""
    return ATTESTED.history(workspace, key)


def answered_mistakes(workspace: Workspace) -> dict[str, MistakeAnswered]:
    """Which warnings were answered, by the mistake's key; also those whose time has run out."""
    return _newest(ANSWERED.all(workspace))


def answered_history(workspace: Workspace, key: str) -> list[Decided[MistakeAnswered]]:
    """Every answer to a warning, oldest first."""
    return ANSWERED.history(workspace, key)


def _newest(found: Mapping[str, list[Decided[Body]]]) -> dict[str, Body]:
    return {key: decided[-1].body for key, decided in sorted(found.items())}


def _read(person: str, decision: Decision) -> DefinitionRead | None:
    body = decision.body
    version, own, code = body.get("version"), body.get("own_words", ""), body.get("employee", "")
    if not isinstance(version, int) or isinstance(version, bool):
        return None
    return DefinitionRead(
        person,
        version,
        own if isinstance(own, str) else "",
        decision.decided_at,
        code if isinstance(code, str) else "",
    )


def _in_first_language(found: Definition, language: str) -> Definition:
    """Texts of which nobody has said the language are in the company's first."""

    def placed(several: tuple[Words, ...]) -> tuple[Words, ...]:
        return tuple(_placed(one, language) for one in several)

    return replace(
        found,
        text=_placed(found.text, language),
        parity=_placed(found.parity, language),
        competences=placed(found.competences),
        granted=placed(found.granted),
        refused=placed(found.refused),
        criteria=placed(found.criteria),
    )


def _placed(said: Words, language: str) -> Words:
    return {name or language: text for name, text in said.items()} if "" in said else said
