"""Filled-in questionnaires as rows of the log, and what a measure says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from regulars.engines.duckdb import DuckDBEngine
from regulars.engines.runner import MeasureResult, run_measure
from regulars.measures import find
from regulars.measures.scope import Scope
from tests.real_data import real_data
from tests.small_log import Files, client, purchase, write_log

AS_OF = date(2026, 6, 30)
SCOPE = Scope(as_of=AS_OF)
# Questions that are not ratings on 1-5, by their names.
KINDS: Mapping[str, tuple[str, float, float]] = {
    "recommend": ("nps", 0, 10),
    "overall": ("csat", 1, 5),
    "effort": ("ces", 1, 7),
}


@dataclass
class Forms:
    """Questionnaires on their way into a log."""

    interactions: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)

    def fill_in(
        self,
        given: Mapping[str, float | str | Iterable[str]],
        *,
        client_key: int | None = None,
        survey: str = "shop",
        weight: float | None = None,
        on: str = "2026-05-01",
        **touch: Any,
    ) -> Forms:
        """One questionnaire: numbers are ratings (or as KINDS says), words are choices."""
        number = len(self.interactions) + 1
        told = {"kind": "answer", "step": "answer", **touch}
        self.interactions.append(purchase(client_key, on, None, interaction_id=number, **told))
        for question, answer in given.items():
            common = {"interaction_id": number, "survey": survey, "question": question, "weight": weight}
            if isinstance(answer, int | float):
                kind, low, high = KINDS.get(question, ("rating", 1, 5))
                row = {"kind": kind, "score": float(answer), "scale_min": float(low), "scale_max": float(high)}
                self.answers.append({**common, **row})
                continue
            choices = [answer] if isinstance(answer, str) else list(answer)
            self.answers += [{**common, "kind": "choice", "choice": choice} for choice in choices]
        return self

    def written(self, folder: Path, types: Mapping[int, str] | None = None) -> Files:
        """The log's files; ``types`` are customers' types."""
        clients = [client(key, customer_type=type_) for key, type_ in (types or {}).items()]
        return write_log(folder, interactions=self.interactions, answers=self.answers, clients=clients)


def measured(name: str, files: Files, scope: Scope = SCOPE) -> MeasureResult:
    engine = DuckDBEngine(files)
    found = run_measure(engine, find(name), scope)
    engine.close()
    return found


def rows_of(name: str, files: Files, scope: Scope = SCOPE) -> list[dict[str, Any]]:
    return measured(name, files, scope).to_arrow().to_pylist()


def shoppers(count: int, seed: int = 1, **loads: float) -> list[dict[str, float]]:
    """Ratings 1-5 of factors by so many shoppers, and their overall answer, which goes with them as ``loads`` say."""
    draw = np.random.default_rng(seed)
    mood = draw.normal(0, 0.4, (count, 1))
    ratings = np.clip(np.rint(3.4 + mood + draw.normal(0, 1, (count, len(loads)))), 1, 5)
    felt = ratings @ np.array(list(loads.values())) / sum(loads.values())
    overall = np.clip(np.rint(felt + draw.normal(0, 0.4, count)), 1, 5)
    return [
        {**dict(zip(loads, given.tolist(), strict=True)), "overall": float(all_in_all)}
        for given, all_in_all in zip(ratings, overall, strict=True)
    ]


def ecsi() -> pl.DataFrame:
    """250 mobile-phone customers, 24 items from 1 to 10."""
    return pl.read_parquet(real_data("survey_ecsi_mobile/mobi.parquet"))


def reputation() -> pl.DataFrame:
    """344 customers of mobile providers; -99 is no answer."""
    frame = pl.read_parquet(real_data("survey_corporate_reputation/corp_rep_data.parquet"))
    return frame.with_columns(pl.all().replace(-99, None))


def numbers(frame: pl.DataFrame, *columns: str) -> np.ndarray:
    """Columns as floats, NaN for no answer."""
    return frame.select(pl.col(columns).cast(pl.Float64)).to_numpy().astype(np.float64)
