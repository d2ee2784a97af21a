"""How a dropped file is understood at present: what the program guesses, and what the person has said since."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from regulars.errors import NeedsDecision
from regulars.imports.contract import ColumnMapping, FileFormat
from regulars.imports.fields import FORMS
from regulars.imports.mapping import Proposal, propose_mapping
from regulars.imports.preview import Look, doubts, look_at
from regulars.imports.request import DEFAULT_SOURCE
from regulars_web.imports import storing
from regulars_web.imports.models import Upload

HOW = ("encoding", "delimiter", "sheet")
DECISIONS = ("date_format", "decimal_mark")


@dataclass(frozen=True)
class Reading:
    """A file as it is understood now.

    guess      what the program would take by itself, for the chosen form
    proposal   the same with the person's word
    questions  what the first rows leave open
    """

    look: Look
    guess: Proposal
    proposal: Proposal
    questions: tuple[NeedsDecision, ...]

    @property
    def form(self) -> str:
        """The form the file is read as."""
        return self.proposal.mapping.form

    @property
    def ready(self) -> bool:
        """Whether the form has all that it needs."""
        return not self.proposal.unmet


def read(upload: Upload) -> Reading:
    """How the file is understood with all that was said of it. Raises FileUnreadable, MappingError or Refused."""
    said = upload.said
    look = look_of(upload)
    columns, sample = list(look.columns), look.sample
    guess = propose_mapping(said.get("form") or None, columns, sample, {})
    chosen, questions = said.get("map"), sayings(upload)
    proposal = guess
    if chosen is not None or questions:
        proposal = propose_mapping(guess.mapping.form, columns, sample, chosen or {}, questions)
    open_ones = doubts(
        look,
        proposal.mapping,
        date_format=said.get("date_format") or None,
        decimal_mark=said.get("decimal_mark") or None,
    )
    return Reading(look, guess, proposal, open_ones)


def sayings(upload: Upload) -> list[str]:
    """What was said of the columns of a questionnaire, as the library takes it."""
    return [f"{column}={said}" for column, said in upload.said.get("questions", {}).items()]


def look_of(upload: Upload) -> Look:
    """The file's first rows; read once for each way of reading, then kept beside it."""
    how = {name: upload.said.get(name) or None for name in HOW}
    path = storing.path_of(upload)
    known = storing.kept(upload, storing.LOOK_FILE)
    if known is not None and known["how"] == how:
        return _look(known["look"])
    look = look_at(path, **how)
    storing.keep(upload, storing.LOOK_FILE, {"how": how, "look": asdict(look)})
    return look


def arguments(upload: Upload) -> dict[str, Any]:
    """What ``Workspace.import_file`` is told: exactly what the page showed."""
    said = upload.said
    reading = read(upload)
    chosen: dict[str, Any] = {name: said.get(name) or None for name in (*HOW, *DECISIONS)}
    return {
        **chosen,
        "form": reading.form,
        "source": said.get("source") or DEFAULT_SOURCE,
        "map": explicit(reading.proposal.mapping),
        "questions": sayings(upload),
    }


def explicit(mapping: ColumnMapping) -> dict[str, str]:
    """A mapping as overrides that leave nothing to guess: '' for each field that stays empty."""
    constants = {name: f"={text}" for name, text in mapping.constants.items()}
    return {name: mapping.fields.get(name) or constants.get(name, "") for name in FORMS[mapping.form].fields}


def remembered(columns: list[str], history: list[dict[str, object]]) -> dict[str, Any]:
    """What was said of the newest import in force with just these columns; empty where there is none."""
    undone = {row["import_id"] for row in history if row["event"] == "undone"}
    for row in reversed(history):
        if row["event"] != "imported" or row["import_id"] in undone or row["form"] not in FORMS:
            continue
        summary = json.loads(str(row["summary"] or "{}"))
        mapping: Mapping[str, str] = summary.get("mapping", {})
        questions = {one["column"]: _as_said(one) for one in summary.get("questions", ())}
        used = {column for column in mapping.values() if not column.startswith("=")} | set(questions)
        if used and used | set(summary.get("unused", ())) == set(columns):
            form = str(row["form"])
            every = {name: mapping.get(name, "") for name in FORMS[form].fields}
            told = {"form": form, "source": row["source"], "map": every, "remembered": row["import_id"]}
            return told | ({"questions": questions} if questions else {})
    return {}


def _as_said(one: Mapping[str, Any]) -> str:
    """A question of an earlier import in the words that make it the same again."""
    scale = "" if one["low"] is None or one["high"] is None else f" {one['low']:g}-{one['high']:g}"
    codes = {"missing": one["missing"], "never": one["never"]}
    told = "".join(f" {word} {', '.join(found)}" for word, found in codes.items() if found)
    return f"{one['kind']}{scale}{told} as {one['question']}"


def _look(content: Mapping[str, Any]) -> Look:
    told = dict(content["format"])
    told["notes"], told["sheets"] = tuple(told["notes"]), tuple(told["sheets"])
    return Look(
        format=FileFormat(**told),
        columns=tuple(content["columns"]),
        lines=tuple(content["lines"]),
        rows=tuple(tuple(row) for row in content["rows"]),
        broken=tuple((line, reason) for line, reason in content["broken"]),
    )
