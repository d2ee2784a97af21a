"""The fit check as the page shows it: what helps, what hinders, who says so, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.programme.parts import FitAnswer
from regulars.programme.publishing import fit_answers
from regulars.workspace import Workspace
from regulars_web.home.provenance import origins
from regulars_web.programme import figures, queries, words
from regulars_web.shared.readings import Reading, Readings, Row

SORTS: Mapping[str, tuple[Any, Any]] = {
    "helps": (gettext_lazy("What helps"), gettext_lazy("The more of these are so, the better it fits.")),
    "hinders": (gettext_lazy("What hinders"), gettext_lazy("The fewer of these are so, the better it fits.")),
}


def fit_context(read: Readings, workspace: Workspace) -> Mapping[str, Any]:
    """Both lists, the verdict and how many conditions nobody has answered."""
    reading = read["fit"]
    answered = fit_answers(workspace)
    names = queries.names_of([one.by for one in answered.values()])
    rows = [_condition(row, answered.get(row["condition"]), names) for row in reading.rows]
    return {
        "reading": reading,
        **verdict(reading),
        "sorts": [
            {"name": name, "help": help_, "rows": [row for row in rows if row["sort"] == sort]}
            for sort, (name, help_) in SORTS.items()
        ],
        "open": sum(row["answer"] == "unknown" for row in rows),
        "origins": origins(read, "fit"),
    }


def verdict(reading: Reading) -> dict[str, Any]:
    """The verdict and its reason; the same in every row."""
    found = str(reading.only.get("verdict") or "not known yet")
    return {
        "verdict": found,
        "verdict_words": words.VERDICTS.get(found, found),
        "verdict_reason": reading.only.get("verdict_reason") or "",
        "verdict_tone": {"start": "good", "start small": "old", "mend this first": "harm"}.get(found, ""),
    }


def _condition(row: Row, said: FitAnswer | None, names: Mapping[str, str]) -> dict[str, Any]:
    answer = str(row.get("answer") or "unknown")
    good = answer == ("yes" if row["sort"] == "helps" else "no")
    return {
        "key": row["condition"],
        "sort": row["sort"],
        "sentence": row["sentence"],
        "answer": answer,
        "answer_words": _("not known") if answer == "unknown" else str(words.ANSWERS[answer]).lower(),
        "tone": "" if answer == "unknown" else "good" if good else "harm",
        "by_log": row.get("how") == "log",
        "by_people": row.get("how") == "people",
        "said": said,
        "said_words": str(words.ANSWERS[said.answer]).lower() if said else "",
        "by": names.get(said.by, said.by) if said else "",
        "figure": figures.figure(row, "value", str(row.get("unit") or "")),
        "needed": figures.written(row.get("needed"), str(row.get("unit") or "")),
        "counted": bool(row.get("unit")),
    }
