"""The words in which a survey's questions were asked, by version; keys stand for what was never published here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from regulars.groups.decisions import versions
from regulars.surveys.definition import from_json
from regulars.surveys.errors import SurveyError
from regulars.surveys.parts import Question, Survey, said
from regulars.workspace import Workspace

NOUN = "survey"
LAST = 10_000


@dataclass(frozen=True)
class Wording:
    """A survey's words in one language. Without a survey, keys are shown as they are."""

    key: str
    language: str
    survey: Survey | None = None
    places: Mapping[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The survey's title, else its key."""
        return (said(self.survey.title, self.language) if self.survey else "") or self.key

    def question(self, key: str) -> str:
        """What was asked; for a row of a table also the row."""
        found, rest = self._found(key)
        if found is None:
            return key.replace("_", " ")
        asked = said(found.words, self.language) or key
        part = self._part(found, rest)
        return f"{asked} · {part}" if part else asked

    def factor(self, key: str) -> str:
        """What a row of a table is called; empty where it is not known."""
        found, rest = self._found(key)
        return self._part(found, rest) if found is not None and rest else ""

    def option(self, key: str, choice: str) -> str:
        """What a chosen option says."""
        found, _rest = self._found(key)
        options = found.options if found else ()
        return next((said(one.words, self.language) for one in options if one.key == choice), "") or choice

    def label(self, key: str, score: float | None) -> str:
        """What a step of the scale is called; empty where it has no name of its own."""
        found, _rest = self._found(key)
        if found is None or score is None:
            return ""
        if found.labels and float(score).is_integer() and int(score) in found.steps:
            return said(found.labels[int(score) - found.low], self.language)
        if found.ends and score in (found.low, found.high):
            return said(found.ends[0 if score == found.low else 1], self.language)
        return ""

    def place(self, key: str) -> int:
        """Where the question stands in the survey; those not in it stand last."""
        return self.places.get(key.partition(".")[0], LAST)

    def _found(self, key: str) -> tuple[Question | None, str]:
        if self.survey is None:
            return None, ""
        whole = self.survey.question(key)
        if whole is not None:
            return whole, ""
        head, _dot, rest = key.partition(".")
        return self.survey.question(head), rest

    def _part(self, found: Question, rest: str) -> str:
        """The row of a table, what it asks, and of whom."""
        if not rest:
            return ""
        name, _at, rival = rest.partition("@")
        factor, _dot, asks = name.partition(".")
        row = next((said(one.words, self.language) for one in found.factors if one.key == factor), "") or factor
        of = next((said(one.words, self.language) for one in found.competitors if one.key == rival), "") or rival
        return " · ".join(part for part in (row, asks, of) if part)


def wording_of(workspace: Workspace, key: str, version: int | None, language: str) -> Wording:
    """The words of that version, of the newest one where no version is named; keys where none can be read."""
    published = {one.version: one for one in versions(workspace, NOUN).get(key, [])}
    if not published:
        return Wording(key, language)
    chosen = published.get(version) if version is not None else published[max(published)]
    if chosen is None:
        return Wording(key, language)
    try:
        survey = from_json(chosen.body)
    except SurveyError:
        return Wording(key, language)
    places = {question.key: place for place, question in enumerate(survey.questions)}
    return Wording(key, language, survey, places)
