"""Money at stake in words: how much less often customers come back after a bad touch, like compared with like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from regulars_web.shared import numbers
from regulars_web.shared.readings import Reading, Row
from regulars_web.touchpoints import words

Context = dict[str, Any]
BALANCED = 0.1
VERDICTS: Mapping[str, tuple[Any, str]] = {
    "come back less": (gettext_lazy("come back less often"), "harm"),
    "no difference seen": (gettext_lazy("no difference beyond chance"), ""),
    "perhaps less": (gettext_lazy("perhaps less often"), "old"),
    "perhaps more": (gettext_lazy("perhaps more often"), ""),
    "come back more": (gettext_lazy("come back more often"), "good"),
    "not comparable": (gettext_lazy("not comparable"), "old"),
    "too few": (gettext_lazy("too few to say"), "old"),
}
# What was known before a touch, as the measure names it; a name that is not here is shown as it stands.
KNOWN_BEFORE: Mapping[str, Any] = {
    "orders before": gettext_lazy("orders before"),
    "days since the last order": gettext_lazy("days since the last order"),
    "mean order before": gettext_lazy("mean order before"),
    "exactly one order before": gettext_lazy("exactly one order before"),
    "no order before": gettext_lazy("no order before"),
    "days from the first order to the last": gettext_lazy("days from the first order to the last"),
    "spend before": gettext_lazy("spend before"),
    "time of year (winter to summer)": gettext_lazy("time of year (winter to summer)"),
    "time of year (spring to autumn)": gettext_lazy("time of year (spring to autumn)"),
    "years since 1970": gettext_lazy("year"),
    "customer_type": gettext_lazy("type of customer"),
    "acquired_by": gettext_lazy("came by"),
    "region": gettext_lazy("region"),
    "country": gettext_lazy("country"),
    "branch": gettext_lazy("branch"),
    "channel": gettext_lazy("channel"),
}
SHARES = ("exactly one order before", "no order before")
# Their means say nothing to a reader; how far the two sides lie apart does.
APART_ONLY = ("time of year (winter to summer)", "time of year (spring to autumn)", "years since 1970")


def worst(rows: Sequence[Row]) -> Row:
    """The row of a touchpoint with most at stake: those that come back less beyond chance first; empty for none."""
    known = [row for row in rows if numbers.known(row.get("adjusted_difference"))]
    return max(known, key=lambda row: (is_harm(row), is_perhaps(row), _money(row)), default={})


def _money(row: Row) -> float:
    return float(row["at_stake"]) if numbers.known(row.get("at_stake")) else 0.0


def is_perhaps(row: Row) -> bool:
    """Whether they may come back less often: beyond chance alone, but not among all rows together."""
    return row.get("verdict") == "perhaps less"


def is_harm(row: Row) -> bool:
    """Whether customers come back less often by more than chance."""
    return row.get("verdict") == "come back less"


def is_sure(row: Row) -> bool:
    """Whether the money, too, is beyond chance; coming back is counted more surely than what it brings."""
    return numbers.known(row.get("at_stake_low")) and float(row["at_stake_low"]) > 0


def told(row: Row) -> Context:
    """One row as pages show it."""
    verdict, tone = VERDICTS.get(str(row.get("verdict")), (row.get("verdict") or "", ""))
    bad = str(row.get("bad") or "")
    return {
        "bad": words.BAD.get(bad, bad),
        "verdict": verdict,
        "tone": tone,
        "harm": is_harm(row),
        "sure": is_sure(row),
        "money": words.money(row.get("at_stake")),
        "money_interval": words.money_span(row.get("at_stake_low"), row.get("at_stake_high")),
        "money_reason": row.get("at_stake_reason") or "",
        "difference": words.points(row.get("adjusted_difference")),
        "difference_interval": words.points_span(
            row.get("adjusted_difference_low"), row.get("adjusted_difference_high")
        ),
        "difference_reason": row.get("adjusted_difference_reason") or "",
        "raw": words.points(row.get("raw_difference")),
        "raw_interval": words.points_span(row.get("raw_difference_low"), row.get("raw_difference_high")),
        "back_bad": words.share(row.get("return_bad")),
        "back_good": words.share(row.get("return_good")),
        "customers_bad": numbers.number(row.get("customers_bad")),
        "customers_good": numbers.number(row.get("customers_good")),
        "n": numbers.number(row.get("n")),
        "few": bool(row.get("small_sample")),
        "a_year": numbers.number(row.get("customers_a_year")),
        "spend": words.money(row.get("spend_difference")),
        "spend_interval": words.money_span(row.get("spend_difference_low"), row.get("spend_difference_high")),
        "worth": words.money(row.get("worth")),
        "overlap": words.share(row.get("overlap_share")),
        "days": numbers.number(row.get("return_days")),
        "threshold": words.length(row.get("threshold")) if numbers.known(row.get("threshold")) else "",
        "balance": _balance(row),
        "sentence": sentence(row),
    }


def sentence(row: Row) -> str:
    """What one row says, as an association; empty where nothing can be said."""
    if not numbers.known(row.get("adjusted_difference")):
        return ""
    value = float(row["adjusted_difference"])
    bad = str(row.get("bad") or "")
    filled = {
        "bad": str(words.BAD.get(bad, bad)),
        "points": words.points(abs(value)),
        "interval": _turned(row, value),
        "days": numbers.number(row.get("return_days")),
    }
    if is_harm(row):
        return (
            _(
                "%(bad)s: these customers come back less often within %(days)s days, by %(points)s percentage points "
                "(%(interval)s), like compared with like."
            )
            % filled
        )
    if row.get("verdict") == "come back more":
        return (
            _(
                "%(bad)s: these customers come back more often within %(days)s days, by %(points)s percentage points "
                "(%(interval)s), like compared with like."
            )
            % filled
        )
    filled["interval"] = words.points_span(row.get("adjusted_difference_low"), row.get("adjusted_difference_high"))
    return (
        _(
            "%(bad)s: no sure difference in coming back within %(days)s days; the numbers allow for "
            "%(interval)s percentage points."
        )
        % filled
    )


def _turned(row: Row, value: float) -> str:
    """The ends of the interval of a difference told without its sign."""
    low, high = row.get("adjusted_difference_low"), row.get("adjusted_difference_high")
    if not numbers.known(low) or not numbers.known(high):
        return ""
    return words.points_span(low, high) if value >= 0 else words.points_span(-float(high or 0), -float(low or 0))


def _balance(row: Row) -> str:
    """How alike the compared customers were before."""
    if not numbers.known(row.get("balance_after")):
        return ""
    after = float(row["balance_after"])
    filled = {
        "before": words.plain(row.get("balance_before"), 2),
        "after": words.plain(after, 2),
        "what": _covariate(row.get("worst_covariate")),
    }
    if after <= BALANCED:
        return (
            _("The largest difference beforehand falls from %(before)s to %(after)s deviations: well balanced.")
            % filled
        )
    return _("The largest difference beforehand is still %(after)s deviations (%(what)s): read it with care.") % filled


def _covariate(name: object) -> str:
    first, _colon, level = str(name or "").partition(": ")
    return f"{KNOWN_BEFORE.get(first, first)}: {level}" if level else str(KNOWN_BEFORE.get(first, first))


def stake_context(stake: Reading) -> Context:
    """The card of one touchpoint: every way it went badly there, most money first."""
    rows = sorted(stake.rows, key=lambda one: int(one.get("rank") or 0))
    shown = [row for row in rows if row.get("verdict") != "too few"]
    top = worst(stake.rows)
    return {
        "rows": [told(row) for row in shown],
        "too_few": [words.BAD.get(row["bad"], row["bad"]) for row in rows if row.get("verdict") == "too few"],
        "top": told(top) if top else None,
        "headline": headline(top),
        "unknown": stake.unknown,
        "notes": stake.notes,
    }


def balance_context(balance: Reading) -> Context:
    """What was known beforehand of both sides, a table for each way it went badly."""
    tables: dict[str, list[Context]] = {}
    for row in balance.rows:
        tables.setdefault(str(row.get("bad")), []).append(_covariate_row(row))
    shown = [{"bad": words.BAD.get(bad, bad), "rows": rows} for bad, rows in tables.items()]
    return {"tables": shown, "unknown": balance.unknown}


def headline(row: Row) -> str:
    """The sentence over the card."""
    if not row:
        return _("What is at stake here is not known.")
    if is_perhaps(row):
        return _("Perhaps customers come back less often after a bad touch; it may be chance.")
    if not is_harm(row):
        return _("No difference in coming back that chance could not explain.")
    filled = {
        "money": words.money(row["at_stake"]),
        "interval": words.money_span(row.get("at_stake_low"), row.get("at_stake_high")),
    }
    if not is_sure(row):
        return (
            _("Customers come back less often after a bad touch; in money it is not clear yet (%(interval)s).") % filled
        )
    n = int(row.get("customers_a_year") or 0)
    said = ngettext(
        "About %(money)s of sales a year (%(interval)s) go with bad touches of %(n)s customer.",
        "About %(money)s of sales a year (%(interval)s) go with bad touches of %(n)s customers.",
        n,
    )
    return said % {**filled, "n": numbers.number(n)}


def _covariate_row(row: Row) -> Context:
    name = str(row.get("covariate") or "")
    return {
        "name": _covariate(name),
        "level": row.get("level") or "",
        "bad": _mean(row, "mean_bad"),
        "good": _mean(row, "mean_good"),
        "weighted": _mean(row, "mean_good_weighted"),
        "before": words.plain(row.get("difference_before"), 2),
        "after": words.plain(row.get("difference_after"), 2),
        "balanced": row.get("balanced"),
        "used": row.get("used") is not False,
    }


def _mean(row: Row, column: str) -> str:
    """A mean of what was known before: a share, or a number; empty where only the distance can be read."""
    name = str(row.get("covariate") or "")
    if name in APART_ONLY:
        return ""
    return words.share(row.get(column)) if row.get("level") or name in SHARES else words.plain(row.get(column), 1)
