"""Who answered, who kept silent, and how the two differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from scipy import stats

from regulars.measures.estimates import SMALL_SAMPLE
from regulars.measures.intervals import share_estimate
from regulars.measures.registry import Columns, Outcome
from regulars.measures.response.expressions import COMPARED, FRESH_DAYS
from regulars.measures.scope import Scope
from regulars.measures.scores.asking import GOOD_SHARE
from regulars.measures.scores.effects import moved
from regulars.measures.scores.trends import holm_levels
from regulars.measures.splits import Key, joined, key_rows, objects

NOT_INVITED = "No invitation to this survey is recorded, so nobody can say who kept silent."
NO_SALES = "None of these people is known to have bought in the last 365 days."
NOBODY_SILENT = "Nobody kept silent."
NOBODY_ANSWERED = "Nobody answered."
TOO_FEW = "It takes two people on each side to compare means."
NOT_KNOWN = "not known"
ALIKE = "The silent do not clearly differ in what is known of them; what they think is not known."

UNITS = {"spend": "currency", "orders": "orders", "recency_days": "days"}
COUNTED = ("invited", "reminded", "answered", "fresh")

Row = dict[str, Any]
Place = tuple[Key, object]


# Response ------------------------------------------------------------------------------------------------


def response_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per survey with an invitation or an answer (and ``by``); see results.py."""
    tables = {name: _by_survey(found[name], scope) for name in ("asked", "open", "covered")}
    sales = _money(found["sales"]["sales"][0])
    places = list(dict.fromkeys(place for table in tables.values() for place in table))
    rows = [
        (key, _response(survey, [table.get((key, survey), {}) for table in tables.values()], sales))
        for key, survey in places
    ]
    rows = [(key, row) for key, row in rows if row["invited"] or row["open_answers"] or row["answered"]]
    parts = [(key, {name: objects([value]) for name, value in row.items()}) for key, row in rows]
    names = list(_response(None, [{}, {}, {}], Decimal(0)))
    return Outcome(joined(parts, scope.by, names), _response_notes([row for _, row in rows], split=bool(scope.by)))


def _by_survey(columns: Columns, scope: Scope) -> dict[Place, Row]:
    keys, surveys = key_rows(columns, scope.by), columns["survey"].tolist()
    values = {name: column.tolist() for name, column in columns.items()}
    return {
        (key, survey): {name: column[row] for name, column in values.items()}
        for row, (key, survey) in enumerate(zip(keys, surveys, strict=True))
    }


def _response(survey: object, found: Sequence[Row], sales: Decimal) -> Row:
    asked, unasked, covered = found
    invited, reminded, answered, fresh = (_count(asked, name) for name in COUNTED)
    share = share_estimate([answered], [invited], nobody=NOT_INVITED)
    value, low, high = (None if np.isnan(end[0]) else float(end[0]) for end in (share.value, share.low, share.high))
    return {
        "survey": survey,
        "invited": invited,
        "reminded": reminded,
        "answered": answered,
        "response_share": value,
        "response_share_low": low,
        "response_share_high": high,
        "n": invited,
        "response_share_reason": share.reason[0],
        "small_sample": invited < SMALL_SAMPLE,
        "fresh": fresh,
        "open_answers": _count(unasked, "open_answers"),
        "people_answered": _count(covered, "people_answered"),
        **_covered("value_share", covered.get("answered_sales"), sales),
        **_covered("invited_value_share", covered.get("invited_sales"), sales),
    }


def _covered(name: str, sales: object, of: Decimal) -> Row:
    known = _money(sales)
    if not known or of <= 0:
        return {name: None, f"{name}_reason": NO_SALES}
    return {name: float(known / of), f"{name}_reason": None}


def _response_notes(rows: Sequence[Row], *, split: bool) -> tuple[str, ...]:
    said = []
    for row in rows if not split else ():
        if row["response_share"] is not None and row["answered"] < row["invited"]:
            said.append(
                f"{_survey(row['survey'])}: {1 - row['response_share']:.0%} of those who were asked kept silent. "
                "How they differ is in the measure nonresponse."
            )
    fresh = sum(row["fresh"] for row in rows)
    if fresh:
        said.append(f"{fresh:,} invitations are less than {FRESH_DAYS} days old; their answers may still come.")
    return tuple(said)


def _count(row: Row, name: str) -> int:
    value = row.get(name)
    return 0 if value is None or value != value else int(value)


def _money(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


# Those who kept silent -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Side:
    """Those who answered, or the silent: how many, and the mean and its variance."""

    n: int
    mean: float
    variance: float  # of the mean
    answers: tuple[float, ...] = ()  # of a share: those who have it, and the others


@dataclass(frozen=True)
class Compared:
    """One thing about customers, in those who answered and in those who kept silent."""

    survey: object
    population: object
    what: str
    unit: str
    answered: Side
    silent: Side

    @property
    def reason(self) -> str | None:
        """Why there is no difference to show."""
        if not self.silent.n:
            return NOBODY_SILENT
        if not self.answered.n:
            return NOBODY_ANSWERED
        return TOO_FEW if min(self.answered.n, self.silent.n) < 2 else None


def nonresponse_rows(found: Mapping[str, Columns], scope: Scope) -> Outcome:
    """One row per survey and thing compared (and ``by``); see results.py."""
    compared: dict[Key, list[Compared]] = {}
    for key, one in [*_means(found["compared"], scope), *_shares(found["counted"], scope)]:
        compared.setdefault(key, []).append(one)
    parts, notes = [], []
    for key, listed in compared.items():
        for survey in dict.fromkeys(one.survey for one in listed):
            rows = _differences([one for one in listed if one.survey == survey], scope)
            parts.append((key, {name: objects(row[name] for row in rows) for name in rows[0]}))
            notes += [_note(survey, rows)] if not scope.by else []
    empty = _difference(Compared(None, None, "", "", Side(0, 0, 0), Side(0, 0, 0)), 1.0, scope)
    return Outcome(joined(parts, scope.by, list(empty)), tuple(notes))


def _means(columns: Columns, scope: Scope) -> list[tuple[Key, Compared]]:
    sides: dict[tuple[Key, object, object], dict[int, Row]] = {}
    for (key, survey), row in _each(columns, scope):
        sides.setdefault((key, survey, row["population"]), {})[int(row["answered"])] = row
    return [
        (key, Compared(survey, population, what, UNITS[what], _mean(both.get(1), what), _mean(both.get(0), what)))
        for (key, survey, population), both in sides.items()
        for what in COMPARED
    ]


def _mean(row: Row | None, what: str) -> Side:
    n = _count(row or {}, f"{what}_count")
    if row is None or not n:
        return Side(0, np.nan, np.nan)
    deviation = row[f"{what}_deviation"]
    return Side(n, float(row[f"{what}_mean"]), float(deviation) ** 2 / n if n > 1 else np.nan)


def _shares(columns: Columns, scope: Scope) -> list[tuple[Key, Compared]]:
    counts: dict[tuple[Key, object, object, str, str], list[int]] = {}
    totals: dict[tuple[Key, object, object, str], list[int]] = {}
    for (key, survey), row in _each(columns, scope):
        what, word, side = row["what"], row["word"] or NOT_KNOWN, int(row["answered"])
        counts.setdefault((key, survey, row["population"], what, word), [0, 0])[side] += int(row["n"])
        totals.setdefault((key, survey, row["population"], what), [0, 0])[side] += int(row["n"])
    found = []
    for (key, survey, population, what, word), (silent, answered) in sorted(counts.items(), key=lambda one: one[0][3:]):
        if word == NOT_KNOWN:
            continue
        quiet, heard = totals[(key, survey, population, what)]
        sides = _share(answered, heard), _share(silent, quiet)
        found.append((key, Compared(survey, population, f"{what}: {word}", "share", *sides)))
    return found


def _share(hits: int, n: int) -> Side:
    return Side(n, hits / n if n else np.nan, np.nan, (float(hits), float(n - hits)))


def _each(columns: Columns, scope: Scope) -> list[tuple[Place, Row]]:
    values = {name: column.tolist() for name, column in columns.items()}
    keys = key_rows(columns, scope.by)
    rows = [{name: column[place] for name, column in values.items()} for place in range(len(keys))]
    return [((key, row["survey"]), row) for key, row in zip(keys, rows, strict=True)]


def _differences(listed: Sequence[Compared], scope: Scope) -> list[Row]:
    """Rows of one survey, each difference judged so that all together err in 5% of cases at most."""
    known = [one for one in listed if one.reason is None]
    levels = iter(holm_levels([_doubt(one)[2] for one in known]))
    return [_difference(one, next(levels) if one.reason is None else 1.0, scope) for one in listed]


def _doubt(one: Compared) -> tuple[float, float, float]:
    """Centre and half the width of a difference's interval in standard errors' terms, and its p value."""
    centre, error, freedom = _centre(one)
    if error == 0:
        return centre, error, 1.0 if centre == 0 else 0.0
    return centre, error, float(2 * stats.t.sf(abs(centre) / error, freedom))


def _centre(one: Compared) -> tuple[float, float, float]:
    """Difference (silent less answered), its standard error and degrees of freedom.

    Source  means: Welch (1947), Biometrika 34; shares: Agresti and Caffo (2000), The American Statistician 54(4)
    """
    heard, quiet = one.answered, one.silent
    if heard.answers:
        (first, variance), (second, other) = (
            moved((side.answers[0], 0.0, side.answers[1]), GOOD_SHARE) for side in (heard, quiet)
        )
        return second - first, float(np.sqrt(variance + other)), np.inf
    variance = heard.variance + quiet.variance
    if variance == 0:
        return quiet.mean - heard.mean, 0.0, np.inf
    freedom = variance**2 / (heard.variance**2 / (heard.n - 1) + quiet.variance**2 / (quiet.n - 1))
    return quiet.mean - heard.mean, float(np.sqrt(variance)), float(freedom)


def _difference(one: Compared, level: float, scope: Scope) -> Row:
    row: Row = {
        "survey": one.survey,
        "population": one.population,
        "what": one.what,
        "unit": one.unit,
        "answered_mean": _known(one.answered.mean),
        "silent_mean": _known(one.silent.mean),
        **dict.fromkeys(("difference", "difference_low", "difference_high")),
        "n": one.answered.n + one.silent.n,
        "answered_n": one.answered.n,
        "silent_n": one.silent.n,
        "difference_reason": one.reason,
        "small_sample": min(one.answered.n, one.silent.n) < SMALL_SAMPLE,
        "real_difference": None,
    }
    if one.reason is None:
        centre, error, _ = _doubt(one)
        margin = float(stats.t.ppf(1 - level / 2, _centre(one)[2])) * error if error else 0.0
        low, high = centre - margin, centre + margin
        row |= {"difference": one.silent.mean - one.answered.mean, "difference_low": low, "difference_high": high}
        row["real_difference"] = low > 0 or high < 0
    return {**row, "sentence": _sentence(one, row, scope)}


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value


def _sentence(one: Compared, row: Row, scope: Scope) -> str:
    if one.reason is not None:
        return one.reason
    if not row["real_difference"]:
        return f"No clear difference in {_called(one)}."
    more = "more" if row["difference"] > 0 else "less"
    low, high = sorted(abs(row[f"difference_{end}"]) for end in ("low", "high"))
    if one.unit == "share":
        share = "larger" if row["difference"] > 0 else "smaller"
        return (
            f"The silent have a {share} share of {_called(one)}: {row['silent_mean']:.0%} against "
            f"{row['answered_mean']:.0%}."
        )
    if one.what == "recency_days":
        ago = "longer ago" if row["difference"] > 0 else "more recently"
        return f"The silent last ordered {abs(row['difference']):,.0f} days {ago} ({low:,.0f} to {high:,.0f})."
    amount = f"{scope.currency} {abs(row['difference']):,.2f}" if one.what == "spend" else None
    if amount:
        return f"The silent spent {amount} {more} in the last 365 days ({low:,.2f} to {high:,.2f})."
    fewer = "more" if row["difference"] > 0 else "fewer"
    orders = f"{abs(row['difference']):,.2f} {fewer} orders"
    return f"The silent placed {orders} in the last 365 days ({low:,.2f} to {high:,.2f})."


def _survey(key: object) -> object:
    return "Invitations that name no survey" if key is None else key


def _called(one: Compared) -> str:
    words = {"spend": "spend", "orders": "orders", "recency_days": "the time since the last order"}
    kind, _, word = one.what.partition(": ")
    return words.get(one.what) or (f"customers of type {word}" if kind == "customer_type" else f"the segment {word}")


def _note(survey: object, rows: Sequence[Row]) -> str:
    whom = "Nobody is recorded as invited; those who answered are compared with all other customers of the last year. "
    before = whom if rows[0]["population"] == "customers" else ""
    real = [row["sentence"] for row in rows if row["real_difference"]]
    if real:
        return f"{_survey(survey)}: {before}{' '.join(real)} Whoever reads the scores should keep that in mind."
    if all(row["difference"] is None for row in rows):
        return f"{_survey(survey)}: {before}{rows[0]['difference_reason']}"
    return f"{_survey(survey)}: {before}{ALIKE}"
