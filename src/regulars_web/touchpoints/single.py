"""The parts of a touchpoint's page: readings in, what templates show out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars_web.shared import numbers
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Readings, Row
from regulars_web.touchpoints import across, charts, staking, words
from regulars_web.touchpoints.reading import sources

Context = dict[str, Any]
MOST_ROWS = 15


def figures_context(frame: Frame, read: Readings) -> Context:
    """The numbers of the touchpoint, and its promises."""
    row = read["touchpoints"].only
    return {
        "row": row,
        "about": about(row),
        "figures": figures(row) if row else [],
        "unknown": read["touchpoints"].unknown,
        "promises": [across.promise_row(one) for one in read["promises"].rows],
        "notes": (*read["touchpoints"].notes, *read["promises"].notes),
        "origins": sources(read, "touchpoints", "promises"),
    }


def about(row: Row) -> str:
    """How much passes here, in a sentence."""
    if not row or not row.get("traffic"):
        return _("No touch in this period.")
    traffic = int(row["traffic"])
    told = {
        "touches": numbers.number(traffic),
        "share": words.share(row.get("share_of_traffic")),
        "customers": numbers.number(row.get("customers")),
        "first": numbers.number(row.get("first_touches")),
    }
    said = ngettext(
        "%(touches)s touch, %(share)s of all, with %(customers)s known customers.",
        "%(touches)s touches, %(share)s of all, with %(customers)s known customers.",
        traffic,
    )
    met = ngettext("%(first)s met us here first.", "%(first)s met us here first.", int(row.get("first_touches") or 0))
    return f"{said} {met}" % told if row.get("first_touches") else said % told


def figures(row: Row) -> list[Context]:
    """Promises, waiting, score, complaints and cost as numbers."""
    wait = words.cell(row, "wait_median", words.length, words.length_span, counted="wait_median_n")
    if wait["known"]:
        wait["more"] = _("Nine in ten wait no longer than %(time)s.") % {"time": words.length(row.get("wait_p90"))}
    score = words.cell(row, "score", words.plain, words.span, counted="score_n")
    if numbers.known(row.get("nps")):
        filled = {"nps": words.plain(row["nps"]), "ends": words.span(row.get("nps_low"), row.get("nps_high"))}
        score["more"] = _("NPS %(nps)s (%(ends)s)") % filled
    return [
        {
            "name": _("Promises kept"),
            **words.cell(row, "kept_share", words.share, words.share_span, counted="kept_share_n"),
        },
        {"name": _("Waiting, median"), **wait},
        {"name": _("Score, 0 to 100"), **score},
        {
            "name": _("Complaints per 1,000 touches"),
            **_complaints(row),
        },
        {"name": _("Cost of a touch"), **_cost(row)},
    ]


def _complaints(row: Row) -> Context:
    return words.cell(row, "complaints_per_thousand", _tenths, _tenths_span, counted="complaints_per_thousand_n")


def _cost(row: Row) -> Context:
    return words.cell(row, "cost_per_touch", words.money_exact, words.money_exact_span, counted="cost_per_touch_n")


def _tenths(value: float | None) -> str:
    return words.plain(value, 1)


def _tenths_span(low: float | None, high: float | None) -> str:
    return words.span(low, high, 1)


def stake_context(frame: Frame, read: Readings) -> Context:
    """Money at stake."""
    return {**staking.stake_context(read["stake"]), "origins": sources(read, "stake")}


def balance_context(frame: Frame, read: Readings) -> Context:
    """Whether like was compared with like."""
    return {**staking.balance_context(read["stake_balance"]), "origins": sources(read, "stake_balance")}


def uneven_context(frame: Frame, read: Readings) -> Context:
    """Where the same promise is kept unevenly."""
    rows = [across.consistency_row(row) for row in read["consistency"].rows]
    return {
        "apart": [row for row in rows if row["told_apart"]],
        "alike": [row for row in rows if not row["told_apart"]],
        "unknown": read["consistency"].unknown,
        "notes": read["consistency"].notes,
        "origins": sources(read, "consistency"),
    }


def trend_context(frame: Frame, read: Readings) -> Context:
    """Promises kept, waiting, score, complaints, cost and traffic over time, each with its chart."""
    rows = [row for row in read["trend"].rows if row.get("traffic")]
    shown = [
        one
        for name, title, column, times, domain, write, write_span in _TRENDS
        if (one := _trend(rows, name, str(title()), column, times, domain, write, write_span))
    ]
    return {"trends": shown[:2], "more": shown[2:], "unknown": read["trend"].unknown, "origins": sources(read, "trend")}


def _percent(value: float | None) -> str:
    return words.share(None if value is None else value / 100)


def _percents(low: float | None, high: float | None) -> str:
    return words.share_span(None if low is None else low / 100, None if high is None else high / 100)


def _minutes(value: float | None) -> str:
    return words.length(None if value is None else value * words.MINUTE)


def _minutes_span(low: float | None, high: float | None) -> str:
    return words.length_span(None if low is None else low * words.MINUTE, None if high is None else high * words.MINUTE)


_TRENDS: Sequence[tuple[Any, ...]] = (
    ("kept", lambda: _("Promises kept, per cent"), "kept_share", 100.0, (0.0, 100.0), _percent, _percents),
    ("score", lambda: _("Score, 0 to 100"), "score", 1.0, (0.0, 100.0), words.plain, words.span),
    ("wait", lambda: _("Median wait, minutes"), "wait_median", 1 / 60, (0.0, 1e9), _minutes, _minutes_span),
    (
        "complaints",
        lambda: _("Complaints per 1,000 touches"),
        "complaints_per_thousand",
        1.0,
        (0.0, 1e9),
        _tenths,
        _tenths_span,
    ),
    (
        "cost",
        lambda: _("Cost of a touch"),
        "cost_per_touch",
        1.0,
        (0.0, 1e12),
        words.money_exact,
        words.money_exact_span,
    ),
    ("traffic", lambda: _("Touches"), "traffic", 1.0, (0.0, 1e12), words.plain, words.span),
)

_NOTHING_AT_NONE = ("complaints_per_thousand",)  # what was never seen makes no chart


def _trend(
    rows: Sequence[Row],
    name: str,
    title: str,
    column: str,
    times: float,
    domain: tuple[float, float],
    write: Any,
    write_span: Any,
) -> Context | None:
    points = [_point(row, column, times, write, write_span) for row in rows if numbers.known(row.get(column))]
    if len(points) < 2 or (column in _NOTHING_AT_NONE and not any(point["value"] for point in points)):
        return None
    last = points[-1]
    filled = {"when": last["when"], "text": last["text"], "n": last["n"]}
    said = _("%(when)s: %(text)s, n = %(n)s. The band is the 95%% interval.") % filled
    if column == "traffic":
        said = _("%(when)s: %(text)s.") % filled
    return {"name": name, "title": title, "rows": points, "chart": charts.trend(points, title, domain), "words": said}


def _point(row: Row, column: str, times: float, write: Any, write_span: Any) -> Row:
    low, high = row.get(f"{column}_low"), row.get(f"{column}_high")
    known = numbers.known(low) and numbers.known(high)
    value = float(row[column]) * times
    ends = write_span(float(low) * times, float(high) * times) if known else ""  # type: ignore[arg-type]
    n = int(row.get(f"{column}_n") or row.get("traffic") or 0)
    return {
        "when": numbers.month(row["period_on"]),
        "value": value,
        "low": float(low) * times if known else value,  # type: ignore[arg-type]
        "high": float(high) * times if known else value,  # type: ignore[arg-type]
        "shown": write(value),
        "ends": ends,
        "n": numbers.number(n),
        "few": n < words.FEW,
        "complete": row.get("complete") is not False,
        "text": f"{write(value)} ({ends})" if ends else write(value),
    }


def splits_context(frame: Frame, read: Readings) -> Context:
    """The figures by colleague, channel and branch; each table that has at least two rows."""
    tables = [one for name in read if (one := _split(read[name], name))]
    return {"tables": tables}


def _split(reading: Reading, name: str) -> Context | None:
    rows = sorted((row for row in reading.rows if row.get("traffic")), key=lambda row: -int(row["traffic"]))
    if len(rows) < 2:
        return None
    shown: list[Context] = [
        {
            "label": words.label(row.get(name)),
            "traffic": numbers.number(row["traffic"]),
            "kept": words.cell(row, "kept_share", words.share, words.share_span, counted="kept_share_n"),
            "wait": words.cell(row, "wait_median", words.length, words.length_span, counted="wait_median_n"),
            "score": words.cell(row, "score", words.plain, words.span, counted="score_n"),
            "complaints": _complaints(row),
            "cost": _cost(row),
        }
        for row in rows[:MOST_ROWS]
    ]
    has = {what: any(row[what]["known"] for row in shown) for what in shown[0] if isinstance(shown[0][what], dict)}
    return {"name": name, "title": words.UNIT_NAMES[name], "rows": shown, "has": has, "more": len(rows) - len(shown)}


def first_context(frame: Frame, read: Readings) -> Context:
    """First impressions, and who spoke first."""
    row = read["first_impressions"].only
    return {
        "row": row,
        "customers": numbers.number(row.get("customers")) if row else "",
        "bought": words.cell(row, "bought_share", words.share, words.share_span, counted="bought_share_n"),
        "returned": words.cell(row, "returned_share", words.share, words.share_span, counted="returned_share_n"),
        "difference": words.points(row.get("difference")),
        "difference_interval": words.points_span(row.get("difference_low"), row.get("difference_high")),
        "real": bool(row.get("real_difference")),
        "announced": across.announced_events(read["announced"].rows),
        "unknown": read["first_impressions"].unknown,
        "origins": sources(read, "first_impressions", "announced"),
    }


CONTEXTS: Mapping[str, Callable[[Frame, Readings], Context]] = {
    "figures": figures_context,
    "stake": stake_context,
    "balance": balance_context,
    "uneven": uneven_context,
    "trend": trend_context,
    "splits": splits_context,
    "first": first_context,
}
