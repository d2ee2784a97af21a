"""What goes with satisfaction: the map, the ranks, types of customers apart, competitors, Kano's classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars_web.home.provenance import origins
from regulars_web.shared import numbers
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Readings, Row
from regulars_web.voice.reading import charts, words
from regulars_web.voice.reading.frame import ask
from regulars_web.voice.reading.wording import Wording

Context = dict[str, Any]
QUADRANTS: Mapping[str, Any] = {
    "improve first": gettext_lazy("Improve first"),
    "keep up": gettext_lazy("Keep up"),
    "later": gettext_lazy("Later"),
    "enough": gettext_lazy("Enough"),
}
QUADRANT_PILLS: Mapping[str, str] = {"improve first": "pill--harm", "keep up": "pill--good"}
# The library's codes for why a factor stands where it does, and what to be careful about.
REASONS: Mapping[str, Any] = {
    "goes with more, rated lower": gettext_lazy("Goes with the overall answer more than most, and is rated lower."),
    "goes with more, rated higher": gettext_lazy("Goes with the overall answer more than most, and is rated higher."),
    "goes with less, rated lower": gettext_lazy("Goes with the overall answer less than most, and is rated lower."),
    "goes with less, rated higher": gettext_lazy("Goes with the overall answer less than most, and is rated higher."),
    "said to matter more, rated lower": gettext_lazy("Customers say it matters more than most, and rate it lower."),
    "said to matter more, rated higher": gettext_lazy("Customers say it matters more than most, and rate it higher."),
    "said to matter less, rated lower": gettext_lazy("Customers say it matters less than most, and rate it lower."),
    "said to matter less, rated higher": gettext_lazy("Customers say it matters less than most, and rate it higher."),
    "near a line": gettext_lazy("So near the average that its field may be another."),
    "behind a competitor": gettext_lazy("Customers rate a competitor higher on it."),
    "alike": gettext_lazy("Rated so much like other factors that they can hardly be told apart."),
    "thin": gettext_lazy("Few answers for so many factors: importance is rough."),
    "by chance": gettext_lazy("All factors together go with the overall answer no more than chance would have it."),
    "opposite": gettext_lazy("Customers who rate it higher give a lower overall answer."),
}
CAUTIONS = ("near a line", "alike", "thin", "by chance", "opposite")
KANO: Mapping[str, Any] = {
    "must_be": gettext_lazy("Taken for granted"),
    "one_dimensional": gettext_lazy("The more, the better"),
    "attractive": gettext_lazy("A delight"),
    "indifferent": gettext_lazy("Nobody minds"),
    "reverse": gettext_lazy("Better without"),
    "questionable": gettext_lazy("Contradictory"),
}


def reads(frame: Frame) -> Readings:
    """All that the page is made of."""
    return {
        "drivers": ask(frame, "drivers"),
        "by_type": ask(frame, "drivers", by=("customer_type",)),
        "competitors": ask(frame, "competitors"),
        "kano": ask(frame, "kano"),
        "reliability": ask(frame, "reliability"),
    }


def surveys_of(drivers: Reading) -> list[str]:
    """Surveys that rate factors, most answers first."""
    most: dict[str, int] = {}
    for row in drivers.rows:
        most[row["survey"]] = max(most.get(row["survey"], 0), int(row["satisfaction_n"] or 0))
    return sorted(most, key=lambda key: (-most[key], key))


def top_factor(drivers: Reading) -> Row:
    """The first factor of the survey with most answers; an empty row where nothing is ranked."""
    surveys = surveys_of(drivers)
    ranked = [row for row in drivers.rows if row["priority"] is not None and row["survey"] == surveys[0]]
    return min(ranked, key=lambda row: int(row["priority"])) if ranked else {}


def reasons(row: Row) -> list[str]:
    """Why a factor stands where it does, in the reader's language."""
    codes = [code.strip() for code in str(row.get("reason_codes") or "").split(";")]
    return [str(REASONS[code]) for code in codes if code in REASONS]


def context(read: Readings, survey: str, wording: Wording) -> Context:
    """The page of one survey's factors."""
    rows = [row for row in read["drivers"].rows if row["survey"] == survey]
    rows.sort(key=lambda row: (row["priority"] is None, row["priority"] or 0, row["factor"]))
    shown = [_factor(row, wording) for row in rows]
    return {
        "rows": shown,
        "notes": _notes(read["drivers"], survey),
        "unknown": read["drivers"].unknown,
        "outcome": wording.question(rows[0]["outcome"]) if rows and rows[0]["outcome"] else "",
        "r2": _fit(rows),
        "stated": any(row["importance_stated"] is not None for row in rows),
        "rivals": any(row["gap_to_best"] is not None for row in rows),
        "chart": _chart(rows, shown),
        "summary": _summary(shown),
        "types": _types(read["by_type"], survey, wording),
        "gaps": [_gap(row, wording) for row in read["competitors"].rows if row["survey"] == survey],
        "kano": [_kano(row) for row in read["kano"].rows],
        "alphas": [_alpha(row) for row in read["reliability"].rows if row["survey"] == survey],
        "origins": origins(read, "drivers", "competitors", "kano", "reliability"),
    }


def _notes(drivers: Reading, survey: str) -> list[str]:
    """What is to be read beside these factors; what is said of other surveys is left out."""
    others = [f"Survey {one}:" for one in surveys_of(drivers) if one != survey]
    return [note for note in drivers.notes if not note.startswith(tuple(others))]


def _factor(row: Row, wording: Wording) -> Context:
    codes = [code.strip() for code in str(row["reason_codes"] or "").split(";")]
    return {
        "name": _name(row, wording),
        "priority": row["priority"],
        "quadrant": QUADRANTS.get(row["quadrant"], ""),
        "pill": QUADRANT_PILLS.get(row["quadrant"], ""),
        "first": row["quadrant"] == "improve first",
        "satisfaction": words.plain(row["satisfaction"]),
        "satisfaction_interval": words.span(row["satisfaction_low"], row["satisfaction_high"]),
        "n": numbers.number(row["satisfaction_n"]),
        "derived": words.share(row["importance_derived"]),
        "derived_interval": words.share_span(row["importance_derived_low"], row["importance_derived_high"]),
        "derived_reason": row["importance_derived_reason"] or "",
        "stated": words.plain(row["importance_stated"]),
        "stated_interval": words.span(row["importance_stated_low"], row["importance_stated_high"]),
        "gap": words.plain(row["gap_to_best"]),
        "gap_interval": words.span(row["gap_to_best_low"], row["gap_to_best_high"]),
        "rival": row["best_competitor"] or "",
        "alike": row["correlated_with"] or "",
        "reasons": [str(REASONS[code]) for code in codes if code in REASONS and code not in CAUTIONS],
        "cautions": [str(REASONS[code]) for code in codes if code in CAUTIONS],
    }


def _name(row: Row, wording: Wording) -> str:
    known = wording.factor(row["question"])
    return known or str(row["factor"]).replace("_", " ")


def _fit(rows: Sequence[Row]) -> str:
    if not rows or rows[0]["r2"] is None:
        return ""
    told = {
        "share": words.share(rows[0]["r2"]),
        "interval": words.share_span(rows[0]["r2_low"], rows[0]["r2_high"]),
        "n": numbers.number(min(int(row["n"] or 0) for row in rows)),
    }
    return _("All factors together go with %(share)s (%(interval)s) of the differences in it, n = %(n)s.") % told


def _chart(rows: Sequence[Row], shown: Sequence[Context]) -> charts.Specification | None:
    by = "importance_stated" if any(row["map_by"] == "stated" for row in rows) else "importance_derived"
    times = 0.01 if by == "importance_stated" else 1.0
    places = [
        {
            "factor": one["name"],
            "satisfaction": row["satisfaction"],
            "importance": row[by] * times,
            "first": one["first"],
            "text": f"{one['satisfaction']} · {one['stated'] if times < 1 else one['derived']}",
        }
        for row, one in zip(rows, shown, strict=True)
        if row["satisfaction"] is not None and row[by] is not None
    ]
    if len(places) < 2:
        return None
    middle = tuple(sum(place[name] for place in places) / len(places) for name in ("satisfaction", "importance"))
    titles = (_("Satisfaction, 0 to 100"), _("Importance"))
    return charts.importance_map(places, titles, (middle[0], middle[1]))


def _summary(shown: Sequence[Context]) -> str:
    first = [one["name"] for one in shown if one["first"]]
    if first:
        told = {"factors": ", ".join(first)}
        return _("Upper left, important and rated low: %(factors)s. The dashed lines are the factors' means.") % told
    return _("No factor is both important and rated low. The dashed lines are the factors' means.")


def _types(by_type: Reading, survey: str, wording: Wording) -> list[Context]:
    """One table a type of customer, so that end users and resellers are never averaged."""
    found: dict[str, list[Row]] = {}
    for row in by_type.rows:
        if row["survey"] == survey and row["customer_type"]:
            found.setdefault(row["customer_type"], []).append(row)
    if len(found) < 2:
        return []
    return [
        {
            "name": name,
            "rows": [
                _factor(row, wording)
                for row in sorted(rows, key=lambda row: (row["priority"] is None, row["priority"] or 0, row["factor"]))
            ],
        }
        for name, rows in sorted(found.items())
    ]


def _gap(row: Row, wording: Wording) -> Context:
    return {
        "name": _name(row, wording),
        "rival": row["competitor"],
        "ours": words.plain(row["ours"]),
        "theirs": words.plain(row["theirs"]),
        "gap": words.plain(row["gap"]),
        "interval": words.span(row["gap_low"], row["gap_high"]),
        "n": numbers.number(row["n"]),
        "few": bool(row["small_sample"]),
        "real": bool(row["real_gap"]),
        "behind": bool(row["real_gap"]) and row["gap"] < 0,
    }


def _kano(row: Row) -> Context:
    return {
        "name": str(row["factor"]).replace("_", " "),
        "class": KANO.get(row["class"], row["class"] or ""),
        "sure": bool(row["class_sure"]),
        "reason": row["class_reason"] or "",
        "counts": [(KANO[name], row[name]) for name in KANO if row[name]],
        "better": words.plain(row["better"], 2),
        "better_interval": words.span(row["better_low"], row["better_high"], 2),
        "worse": words.plain(row["worse"], 2),
        "worse_interval": words.span(row["worse_low"], row["worse_high"], 2),
        "n": numbers.number(row["n"]),
        "few": bool(row["small_sample"]),
    }


def _alpha(row: Row) -> Context:
    return {
        "name": row["matrix"] or "",
        "questions": row["questions"],
        "alpha": words.plain(row["alpha"], 2),
        "interval": words.span(row["alpha_low"], row["alpha_high"], 2),
        "n": numbers.number(row["n"]),
        "reason": row["alpha_reason"] or "",
    }
