"""The report's one door: asks the workspace for every measure once, and for what the log holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from regulars.errors import RegularsError
from regulars.fourquestions.publishing import answers
from regulars.journeymap.parts import EVERYONE
from regulars.journeymap.publishing import journey_map
from regulars.programme.parts import StepAction
from regulars.programme.reading import actions
from regulars.report.formats import Notation
from regulars.report.readings import Inventory, Reading, Readings, Source

if TYPE_CHECKING:
    from regulars.workspace import Workspace

YEAR = timedelta(days=365)
# A log may begin some days into the earlier year, as shops do not sell every day.
SLACK = timedelta(days=10)
RETURN_WINDOWS_DAYS = (365, 180, 90)
TYPE = "customer_type"
SHOWN_CUSTOMERS = 25
HORIZON_DAYS = 364  # as the measures take it where the company set none

_INVENTORY = """
SELECT count(*) AS interactions,
       count(*) FILTER (kind IN ('order', 'refund', 'adjustment')) AS purchases,
       count(DISTINCT client_key) FILTER (kind = 'order') AS customers,
       min(occurred_on) FILTER (kind IN ('order', 'refund', 'adjustment')) AS first_on,
       max(occurred_on) AS newest_on
FROM interactions WHERE occurred_on <= DATE '{as_of}'
"""
_TYPES = """
SELECT DISTINCT customer_type FROM clients
WHERE customer_type IS NOT NULL AND client_key IN (SELECT client_key FROM interactions WHERE kind = 'order')
ORDER BY customer_type
"""


@dataclass(frozen=True)
class Question:
    """One run of a measure."""

    measure: str
    by: str = ""
    as_of: date | None = None
    from_on: date | None = None
    to_on: date | None = None


def gather(workspace: Workspace, as_of: date | None = None) -> Readings:
    """Everything the report rests on. An empty log gives an empty inventory and no measures."""
    day = as_of or _newest_on(workspace)
    inventory = _inventory(workspace, day)
    settings = workspace.settings
    readings = Readings(
        company=settings.name,
        notation=Notation(settings.currency),
        languages=settings.languages,
        as_of=day,
        inventory=inventory,
        horizon_days=round(settings.value.get("horizon_days", HORIZON_DAYS)),
    )
    if day is None or not inventory.interactions:
        return readings
    measures = {name: _ask(workspace, question, day) for name, question in questions(day, inventory).items()}
    keys = shown_keys(measures)
    references = workspace.references(keys) if keys else {}
    return replace(
        readings,
        measures=measures,
        references=references,
        actions=_planned(workspace),
        journey_map=journey_map(workspace, EVERYONE),
        said=answers(workspace),
    )


def _planned(workspace: Workspace) -> tuple[StepAction, ...]:
    """What is planned for the five steps and not done; what has a day comes first."""
    waiting = [one for one in actions(workspace).values() if one.done_on is None]
    return tuple(sorted(waiting, key=lambda one: (one.due_on or date.max, one.key)))


def questions(as_of: date, inventory: Inventory) -> dict[str, Question]:
    """Every run of a measure that the report needs, by the name its sections use."""
    names = ("revenue", "rfm", "segments", "pareto", "pareto_curve", "repeat", "gaps", "retention", "coverage")
    models = ("clv_model", "clv", "slipping", "backtest")
    asked = {name: Question(name) for name in (*names, *models)}
    if len(inventory.customer_types) > 1:
        asked |= {f"{name}_by_type": Question(name, by=TYPE) for name in ("revenue", "repeat", "pareto")}
    asked |= {name: Question(name) for name in ("index", "index_gaps", "steps", "maturity", "mistakes")}
    return asked | _meeting_questions(as_of) | _voice_questions(as_of) | _year_questions(as_of, inventory)


def _meeting_questions(as_of: date) -> dict[str, Question]:
    """Touchpoints, journeys and losses of the last year; stages of the day; stakes and staying of all that is known."""
    begins = as_of - YEAR + timedelta(days=1)
    of_the_year = (
        *("touchpoints", "promises", "consistency", "losses", "loss_touches", "kept_or_loyal"),
        *("variants", "journey", "journey_steps"),
    )
    return {name: Question(name, from_on=begins) for name in of_the_year} | {
        name: Question(name) for name in ("stages", "stake", "survival", "announced", "first_impressions")
    }


def _voice_questions(as_of: date) -> dict[str, Question]:
    """What customers said in the last year."""
    begins = as_of - YEAR + timedelta(days=1)
    names = ("nps", "csat", "ces", "drivers", "competitors", "response", "nonresponse")
    asked = {name: Question(name, from_on=begins) for name in names}
    return asked | {"nps_by_survey": Question("nps", by="survey", from_on=begins)}


def _year_questions(as_of: date, inventory: Inventory) -> dict[str, Question]:
    """The last year, and the year before where the log reaches back that far."""
    first_on = inventory.first_on
    if first_on is None:
        return {}
    this = as_of - YEAR + timedelta(days=1)
    asked = {f"{name}_last_year": Question(name, from_on=this) for name in ("pareto", "rfm", "revenue")}
    if first_on <= as_of - 2 * YEAR + SLACK:
        for name in ("pareto", "rfm"):
            begins, ends = as_of - 2 * YEAR + timedelta(days=1), as_of - YEAR
            asked[f"{name}_year_before"] = Question(name, from_on=begins, to_on=ends)
    for days in RETURN_WINDOWS_DAYS:
        window = timedelta(days=days)
        if first_on <= as_of - window - 2 * YEAR + SLACK:
            asked["repeat_last_year"] = _first_orders_in_year_to(as_of, window)
            asked["repeat_year_before"] = _first_orders_in_year_to(as_of - YEAR, window)
            break
    return asked


def _first_orders_in_year_to(day: date, window: timedelta) -> Question:
    """Customers whose first order lies in the last year that leaves them the whole window until ``day``."""
    return Question("repeat", as_of=day, from_on=day - window - YEAR + timedelta(days=1))


def shown_keys(measures: Mapping[str, Reading]) -> list[int]:
    """Customers whom a table may name: those who bring most, and those slipping away."""
    keys: list[int] = []
    for name, amount in (("rfm", "monetary_value"), ("slipping", "at_stake")):
        reading = measures.get(name, Reading())
        if not reading.missing("client_key", amount):
            keys += reading.frame.top_k(SHOWN_CUSTOMERS, by=amount)["client_key"].to_list()
    rfm = measures.get("rfm", Reading())
    if not rfm.missing("client_key", "segment"):
        quiet = rfm.frame.filter(pl.col("segment").is_in(["cannot lose", "at risk"]))
        keys += quiet.top_k(SHOWN_CUSTOMERS, by="monetary_value")["client_key"].to_list()
    return list(dict.fromkeys(keys))


def _ask(workspace: Workspace, question: Question, as_of: date) -> Reading:
    """A measure's result; where it cannot serve, the sentence that says why."""
    try:
        result = workspace.measure(
            question.measure,
            by=question.by or (),
            as_of=question.as_of or as_of,
            from_on=question.from_on,
            to_on=question.to_on,
        )
    except RegularsError as error:
        return Reading(unknown=str(error))
    return Reading(result.to_polars(), tuple(result.notes))


def _newest_on(workspace: Workspace) -> date | None:
    with workspace.engine() as engine:
        newest: date | None = engine.run("SELECT max(occurred_on) AS day FROM interactions").to_pylist()[0]["day"]
    return newest


def _inventory(workspace: Workspace, as_of: date | None) -> Inventory:
    if as_of is None:
        return Inventory()
    with workspace.engine() as engine:
        held = engine.run(_INVENTORY.format(as_of=as_of.isoformat())).to_pylist()[0]
        types = engine.run(_TYPES).column("customer_type").to_pylist()
    return Inventory(**held, customer_types=tuple(types), sources=_sources(workspace))


def _sources(workspace: Workspace) -> tuple[Source, ...]:
    """Imports that were not undone, oldest first."""
    history = workspace.imports()
    undone = {entry["import_id"] for entry in history if entry["event"] == "undone"}
    return tuple(
        Source(
            name=str(entry["source"] or ""),
            file_name=str(entry["file_name"] or ""),
            lines=int(str(entry["lines_imported"] or 0)),
            recorded_at=entry["recorded_at"],  # type: ignore[arg-type]
        )
        for entry in history
        if entry["event"] == "imported" and entry["import_id"] not in undone
    )
