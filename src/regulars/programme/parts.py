"""What the programme is made of: the definition and who has read it, fit answers, its state, actions, attestations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal, TypeVar

# Language -> text; "" is a text of which nobody has said in which language it is.
Words = Mapping[str, str]
Body = TypeVar("Body")

FitWord = Literal["yes", "no", "unsure"]
StateWord = Literal["not started", "started", "paused"]
ChallengeKind = Literal[
    "no text",
    "long text",
    "no customer",
    "everybody",
    "always right",
    "no competence",
    "empty competence",
    "short competence",
    "same competence",
    "too many competences",
    "no target",
    "unknown target",
    "no parity",
    "nothing granted",
    "no measure",
    "nothing refused",
    "language missing",
]

DEFINITION_KEY: Final = "customer focus"
PROGRAMME_KEY: Final = "programme"
FIT_WORDS: Final[tuple[FitWord, ...]] = ("yes", "no", "unsure")
STATES: Final[tuple[StateWord, ...]] = ("not started", "started", "paused")


@dataclass(frozen=True)
class Definition:
    """One version of what customer focus means in this company, and what belongs on the same page.

    text         what it means here, in each language it was written in
    competences  key competences: few, specific, long-lasting
    targets      keys of the target groups
    granted      what is granted beyond what the law demands ('decided on the shore')
    refused      what we will not do
    parity       how neither side comes to dominate the other
    criteria     by which criteria a good definition was told from a bad one
    version      0 as long as it is not published
    """

    text: Words = field(default_factory=dict)
    competences: tuple[Words, ...] = ()
    targets: tuple[str, ...] = ()
    granted: tuple[Words, ...] = ()
    refused: tuple[Words, ...] = ()
    parity: Words = field(default_factory=dict)
    criteria: tuple[Words, ...] = ()
    version: int = 0

    def told(self, language: str) -> Told:
        """All its parts in one language; a part that is not written in it stands in the first it has."""
        return Told(
            language=language,
            text=in_language(self.text, language),
            competences=_several(self.competences, language),
            targets=self.targets,
            granted=_several(self.granted, language),
            refused=_several(self.refused, language),
            parity=in_language(self.parity, language),
            criteria=_several(self.criteria, language),
            version=self.version,
        )


@dataclass(frozen=True)
class Told:
    """A definition in one language: what a page or a poster shows. Parts as in :class:`Definition`."""

    language: str
    text: str
    competences: tuple[str, ...]
    targets: tuple[str, ...]
    granted: tuple[str, ...]
    refused: tuple[str, ...]
    parity: str
    criteria: tuple[str, ...]
    version: int


@dataclass(frozen=True)
class DefinitionRead:
    """A person has read and understood a version of the definition.

    person     e-mail of a colleague with an account, else an employee's code
    own_words  how they say it themselves; empty where they did not
    code       the employee's code in the log, where the vault knows whose e-mail it is
    """

    person: str
    version: int
    own_words: str = ""
    read_at: datetime | None = None
    code: str = ""


@dataclass(frozen=True)
class Challenge:
    """Something that the definition should think of again; it may still be published.

    about     the part it is about: text, competences, targets, granted, refused, parity
    found     what stands there; empty where nothing does
    sentence  what is meant, in English
    """

    kind: ChallengeKind
    about: str
    found: str
    sentence: str


@dataclass(frozen=True)
class FitAnswer:
    """What people answer to a condition of the fit check; ``key`` is the condition's."""

    key: str
    answer: FitWord
    because: str = ""
    by: str = ""
    on: date | None = None
    version: int = 0


@dataclass(frozen=True)
class Pilot:
    """Where the programme is tried first: one target group at one touchpoint; either may be left open."""

    group: str = ""
    touchpoint: str = ""


@dataclass(frozen=True)
class Programme:
    """Whether the programme runs, where it is tried first, and why."""

    state: StateWord = "not started"
    pilot: Pilot | None = None
    why: str = ""
    version: int = 0


@dataclass(frozen=True)
class StepAction:
    """What is done next for one evidence of a step; ``key`` is the step and the evidence: 2:known-sales."""

    key: str
    text: str
    owner: str = ""
    due_on: date | None = None
    done_on: date | None = None
    version: int = 0

    def late_on(self, day: date) -> bool:
        """Whether its day has passed and nobody has said that it is done."""
        return self.done_on is None and self.due_on is not None and self.due_on < day


@dataclass(frozen=True)
class Attested:
    """What only people can say of a criterion of maturity, with its evidence, signed and for a time.

    met      whether the criterion is met
    because  the evidence: what was seen, where and when
    until    the last day on which it counts
    """

    key: str
    met: bool
    because: str
    until: date
    signed_by: str = ""
    on: date | None = None
    version: int = 0


@dataclass(frozen=True)
class MistakeAnswered:
    """'We know, because …': why a warning is lived with, and until which day; ``key`` is the mistake's."""

    key: str
    because: str
    until: date
    version: int = 0


def in_language(words: Words, language: str) -> str:
    """The words in a language; else in the first there is; "" for none."""
    return words.get(language) or next((text for text in words.values() if text), "")


def _several(parts: tuple[Words, ...], language: str) -> tuple[str, ...]:
    return tuple(in_language(part, language) for part in parts)
