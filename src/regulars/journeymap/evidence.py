"""Figures that a cell of the map may rest on: scores by touchpoint and other measures, always as they stand now.

A figure is named by its ref: ``csat`` for the company, ``csat@delivery`` for a touchpoint, ``promise:KEY`` for a
promise. What a ref says is counted when it is read, never copied into the map.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from regulars.fourquestions.asking import Asker, filled
from regulars.fourquestions.parts import Figure
from regulars.journeymap.parts import EvidenceKind

YEAR_DAYS = 365
SCORES = ("nps", "csat", "ces")
Read = Callable[[Asker], dict[str, Figure]]


class Shelf:
    """Figures by their refs; each measure is asked once."""

    def __init__(self, asker: Asker) -> None:
        self.asker = asker
        self._read: dict[str, dict[str, Figure]] = {}

    def figure(self, ref: str) -> Figure | None:
        """The figure as it stands now; None where there is no such figure, or no more."""
        family = family_of(ref)
        return self._family(family).get(ref) if family in FAMILIES else None

    def offered(self, kind: EvidenceKind) -> dict[str, Figure]:
        """Every figure of a kind whose value is known, by ref."""
        families = [name for name in FAMILIES if (name in SCORES) == (kind == "score")]
        found = {ref: figure for name in families for ref, figure in self._family(name).items()}
        return {ref: figure for ref, figure in found.items() if figure.known}

    def _family(self, name: str) -> dict[str, Figure]:
        if name not in self._read:
            self._read[name] = FAMILIES[name](self.asker)
        return self._read[name]


def family_of(ref: str) -> str:
    """What the ref is about, without touchpoint or key."""
    return ref.partition("@")[0].partition(":")[0]


def kind_of(ref: str) -> EvidenceKind | None:
    """score or measure; None for a ref that names no figure."""
    family = family_of(ref)
    return None if family not in FAMILIES else "score" if family in SCORES else "measure"


def _score(measure: str, column: str, name: str, unit: str) -> Read:
    """A score of the whole company and of each touchpoint with answers."""

    def read(asker: Asker) -> dict[str, Figure]:
        blank = Figure(name, measure, unit, "answers")  # type: ignore[arg-type]
        found = {measure: asker.one(blank, column)}
        rows, _ = asker.rows(measure, by="touchpoint")
        return found | {
            f"{measure}@{row['touchpoint']}": filled(replace(blank, about=row["touchpoint"]), row, column)
            for row in rows
            if row["touchpoint"]
        }

    return read


def _of_touchpoints(ref: str, column: str, blank: Figure) -> Read:
    def read(asker: Asker) -> dict[str, Figure]:
        rows = asker.rows("touchpoints")[0] if asker.there("touchpoints") else []
        return {
            f"{ref}@{row['touchpoint']}": filled(replace(blank, about=_called(row)), row, column, prefixed=True)
            for row in rows
            if row["touchpoint"]
        }

    return read


def _promises(asker: Asker) -> dict[str, Figure]:
    blank = Figure("promise kept", "promises", "share", "touches")
    rows = asker.rows("promises")[0] if asker.there("promises") else []
    return {
        f"promise:{row['promise']}": filled(
            replace(blank, about=row["promise_name"] or row["promise"]), row, "kept_share"
        )
        for row in rows
    }


def _come_back(asker: Asker) -> dict[str, Figure]:
    blank = Figure("come back", "repeat", "share", "customers")
    year = asker.one(blank, "repeat_share", row=lambda row: row["window_days"] == YEAR_DAYS, whole=True)
    return {"come-back": year}


def _between(asker: Asker) -> dict[str, Figure]:
    blank = Figure("between orders", "gaps", "days", "gaps")
    return {"between-orders": asker.one(blank, "median_days", row=lambda row: row["gap_number"] is None)}


def _matters(asker: Asker) -> dict[str, Figure]:
    """Each factor's satisfaction, from the survey with most answers to it."""
    blank = Figure("satisfaction with", "drivers", "points", "questionnaires")
    rows = sorted(asker.rows("drivers")[0], key=lambda row: row["satisfaction_n"] or 0)
    return {
        f"what-matters@{row['factor']}": filled(replace(blank, about=row["factor"]), row, "satisfaction", prefixed=True)
        for row in rows
    }


def _stake(asker: Asker) -> dict[str, Figure]:
    blank = Figure("at stake", "stake", "money", "customers")
    rows = asker.rows("stake")[0] if asker.there("stake") else []
    return {
        f"at-stake@{row['touchpoint']}|{row['bad']}": filled(
            replace(blank, about=f"{row['touchpoint']}, {row['bad']}"), row, "at_stake"
        )
        for row in rows
    }


def _standings(asker: Asker) -> dict[str, Figure]:
    rows, _ = asker.rows("kept_or_loyal")
    return {
        f"kept:{row['standing']}": filled(
            Figure(row["standing"], "kept_or_loyal", "share", "customers who came back"), row, "share"
        )
        for row in rows
        if row["standing"] != "all"
    }


def _called(row: Mapping[str, object]) -> str:
    return str(row.get("touchpoint_name") or row["touchpoint"])


FAMILIES: dict[str, Read] = {
    "nps": _score("nps", "nps", "recommendation", "points"),
    "csat": _score("csat", "share", "satisfied", "share"),
    "ces": _score("ces", "share", "easy", "share"),
    "wait": _of_touchpoints("wait", "wait_median", Figure("wait", "touchpoints", "seconds", "touches")),
    "promise": _promises,
    "complaints": _of_touchpoints(
        "complaints", "complaints_per_thousand", Figure("complaints", "touchpoints", "per thousand", "touches")
    ),
    "at-stake": _stake,
    "what-matters": _matters,
    "come-back": _come_back,
    "between-orders": _between,
    "kept": _standings,
}
