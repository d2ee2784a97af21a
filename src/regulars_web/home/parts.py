"""The parts of the page: readings in, what templates show out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.measures.intervals import mean_estimate, share_estimate
from regulars.workspace import Workspace
from regulars_web.accounts.permissions import holds
from regulars_web.customers.words import SEGMENT_WORDS
from regulars_web.home import charts, leading
from regulars_web.home import writing as say
from regulars_web.home.addresses import card_address, customers_where, first_address, with_group
from regulars_web.home.candidates import Ground
from regulars_web.home.elsewhere import WAITS
from regulars_web.home.figures import FEWEST_TO_SHARE, figures
from regulars_web.home.history import newest_imports
from regulars_web.home.provenance import origins
from regulars_web.home.things import MORE, SHOWN, all_things
from regulars_web.home.words import CHECKS, WHAT_TO_DO
from regulars_web.shared import numbers
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Readings, Row
from regulars_web.voice.reading.findings import change_words
from regulars_web.voice.reading.masks import masked
from regulars_web.voice.reading.words import nps_cells

Context = dict[str, Any]
TREND_MONTHS = 24
HORIZON_DAYS = 364  # as the measures take it where the company set none


def lead_context(frame: Frame, read: Readings, user: Any, group: str) -> Context:
    """The title, what the page was read from, the index and the steps."""
    index = leading.index_context(read)
    return {
        "title": leading.lead_title(index),
        "lede": _lede(_ground(frame, read)),
        "index": index,
        "programme": leading.steps_context(frame, read),
        "origins": origins(read, "index", "index_gaps", "steps"),
    }


def next_context(frame: Frame, read: Readings, user: Any, group: str) -> Context:
    """The three things, each with a way to go that this person may take, and what else there is to do."""
    proposed = all_things(_ground(frame, read))
    found = [
        {
            "thing": thing,
            "place": place,
            "address": with_group(thing.address, group) if holds(user, thing.permission) else "",
        }
        for place, thing in enumerate(proposed, start=1)
    ]
    return {
        "title": _title(len(found[:SHOWN])),
        "things": found[:SHOWN],
        "more": found[SHOWN : SHOWN + MORE],
        "waits": WAITS in read,
    }


def _ground(frame: Frame, read: Readings) -> Ground:
    """What rules and the sentence under the title look at."""
    workspace = frame.workspace
    return Ground(
        frame,
        read,
        workspace.settings.currency,
        round(workspace.settings.value.get("horizon_days", HORIZON_DAYS)),
        _today(workspace),
        demo=_is_demo(workspace),
        pairs=0 if frame.group or "pairs" not in read else read["pairs"].only["pairs"],
        groups=read["groups"].only["groups"] if "groups" in read else 0,
    )


def _title(n: int) -> str:
    if not n:
        return _("Nothing stands out now")
    return {
        1: _("One thing deserves your attention"),
        2: _("Two things deserve your attention"),
        3: _("Three things deserve your attention"),
    }[n]


def _lede(ground: Ground) -> list[str]:
    held = ground.of("inventory").only
    touches = ngettext("%(n)s interaction", "%(n)s interactions", held["interactions"]) % {
        "n": say.count(held["interactions"])
    }
    told = {
        "interactions": touches,
        "customers": ngettext("%(n)s customer", "%(n)s customers", held["customers"])
        % {"n": say.count(held["customers"])},
        "newest": numbers.moment(held["newest_at"]),
    }
    lines = [_("Read from %(interactions)s with %(customers)s. Newest fact: %(newest)s.") % told]
    guest, cost = ground.check("guest_orders"), ground.check("missing_cost")
    if guest and guest["amount_share"] is not None and not ground.frame.group:
        part = say.share(max(1 - guest["amount_share"], 0.0))
        lines.append(_("Known customers stand for %(share)s of sales in the period.") % {"share": part})
    if cost and cost["share"] is not None:
        lines.append(_("Costs are known for %(share)s of orders.") % {"share": say.share(1 - cost["share"])})
    return lines


def numbers_context(frame: Frame, read: Readings, user: Any, group: str) -> Context:
    """The eight numbers, each with a way to the list it counts."""
    shown = figures(frame, read, frame.workspace.settings.currency)
    addresses = {one.key: with_group(customers_where(one.where), group) for one in shown if one.where}
    return {"figures": [{"figure": one, "address": addresses.get(one.key, "")} for one in shown]}


def trends_context(frame: Frame, read: Readings, user: Any, group: str) -> Context:
    """Revenue and customers by month."""
    currency = frame.workspace.settings.currency
    rows = [_month(row, currency) for row in read["revenue"].rows[-TREND_MONTHS:]]
    ended = [row for row in rows if row["over"]]
    names = (_("bought before"), _("first order ever"))
    return {
        "months": rows,
        "revenue_chart": charts.months_of_money(rows, _("Revenue"), _axis(currency)),
        "customers_chart": charts.months_of_customers(rows, names),
        "revenue_words": _revenue_words(ended),
        "customers_words": _customers_words(ended),
        "origins": origins(read, "revenue"),
    }


def _month(row: Row, currency: str) -> Row:
    return {
        "month": numbers.month(row["period_on"]),
        "amount": float(row["revenue"]),
        "text": say.exact(row["revenue"], currency),
        "orders": row["orders"],
        "customers": row["customers"],
        "new": row["new_customers"],
        "known": row["customers"] - row["new_customers"],
        "over": row["complete"],
    }


def _revenue_words(ended: Sequence[Row]) -> str:
    if not ended:
        return _("No month has ended yet.")
    best = max(ended, key=lambda row: row["amount"])
    told = {"month": ended[-1]["month"], "amount": ended[-1]["text"], "best": best["month"], "most": best["text"]}
    return _("%(month)s brought %(amount)s; the best month shown is %(best)s with %(most)s.") % told


def _customers_words(ended: Sequence[Row]) -> str:
    if not ended:
        return _("No month has ended yet.")
    last = ended[-1]
    told = {"month": last["month"], "customers": say.count(last["customers"]), "new": say.count(last["new"])}
    return (
        ngettext(
            "In %(month)s %(customers)s customer bought, %(new)s of them for the first time.",
            "In %(month)s %(customers)s customers bought, %(new)s of them for the first time.",
            last["customers"],
        )
        % told
    )


def _axis(currency: str) -> str:
    """How the axis of amounts is labelled: short numbers, as charts everywhere have them."""
    return "format(datum.value, '~s')"


def few_context(frame: Frame, read: Readings, user: Any, group: str) -> Context:
    """Who brings the money."""
    row, source = read["pareto"].only, origins(read, "pareto", "curve")
    if not row or row["top_share"] is None or row["customers"] < FEWEST_TO_SHARE:
        return {"chart": None, "origins": source}
    titles = (_("customers, best first"), _("profit") if row["basis"] == "profit" else _("revenue"))
    return {
        "chart": charts.concentration(read["curve"].rows, row["top_share"], titles),
        "words": _few_words(row),
        "basis_reason": row["basis_reason"],
        "curve": [each for each in read["curve"].rows if round(each["customers_share"] * 100) % 10 == 0],
        "origins": source,
    }


def segments_context(frame: Frame, read: Readings, user: Any, group: str) -> Context:
    """What kinds of customers there are, and what to do with each."""
    rows = _segments(read, frame.workspace.settings.currency, group)
    return {"segments": rows, "origins": origins(read, "segments")}


def _few_words(row: Row) -> str:
    told = {
        "top": say.count(row["top_customers"]),
        "all": say.count(row["customers"]),
        "share": say.share(row["top_share"]),
        "interval": say.share_interval(row["top_share_low"], row["top_share_high"])
        if row["top_share_low"] is not None
        else _("interval not known"),
        "tenth": say.share(row["top10_percent_share"]),
    }
    if row["basis"] == "profit":
        return (
            _("%(top)s of %(all)s customers, %(share)s (%(interval)s), bring 80%% of profit; the top tenth %(tenth)s.")
            % told
        )
    return (
        _("%(top)s of %(all)s customers, %(share)s (%(interval)s), bring 80%% of revenue; the top tenth %(tenth)s.")
        % told
    )


def _segments(read: Readings, currency: str, group: str) -> list[Context]:
    rows = read["segments"].rows
    customers, revenue = sum(row["customers"] for row in rows), sum(row["revenue"] or 0 for row in rows)
    return [_segment(row, customers, float(revenue), currency, group) for row in rows]


def _segment(row: Row, customers: int, revenue: float, currency: str, group: str) -> Context:
    part = share_estimate([row["customers"]], [customers], nobody="")
    mean = mean_estimate([row["average_value"]], [row["deviation"] or 0.0], [row["customers"]], nobody="")
    alone = row["customers"] < 2
    return {
        "name": SEGMENT_WORDS.get(row["segment"], row["segment"]),
        "address": with_group(customers_where(f"segment~is~{row['segment']}"), group),
        "customers": row["customers"],
        "share": say.share(part.value[0]),
        "interval": say.share_interval(part.low[0], part.high[0]),
        "revenue": say.exact(row["revenue"] or 0, currency),
        "revenue_share": say.share(float(row["revenue"] or 0) / revenue) if revenue > 0 else "",
        "mean": say.exact(mean.value[0], currency),
        "mean_interval": "" if alone else say.interval(*(say.exact(end[0], currency) for end in (mean.low, mean.high))),
        "silent": say.span(row["median_recency_days"]),
        "what_to_do": WHAT_TO_DO.get(row["segment"], ""),
        "small": row["customers"] < 30,
    }


def known_context(frame: Frame, read: Readings, user: Any, group: str) -> Context:
    """What the log cannot tell, and the imports it rests on."""
    rows = [row for name in CHECKS if (row := read["coverage"].where("name", name)) and row["n"]]
    imports = newest_imports(frame.workspace)
    return {
        "checks": [_check(row, frame.workspace.settings.currency) for row in rows],
        "imports": imports[:3],
        "all_imports": len(imports),
        "imports_address": first_address("imports:history"),
        "newest_on": read["inventory"].only.get("newest_on"),
        "newest_days": (_today(frame.workspace) - frame.newest).days,
        "origins": origins(read, "coverage"),
    }


def _check(row: Row, currency: str) -> Context:
    name, follows = CHECKS[row["name"]]
    part = share_estimate([row["n"]], [row["total"]], nobody="")
    return {
        "name": name,
        "n": row["n"],
        "total": row["total"],
        "share": say.share(part.value[0]),
        "interval": say.share_interval(part.low[0], part.high[0]),
        "amount": say.exact(row["amount"], currency) if row["amount"] else "",
        "follows": follows,
    }


def said_context(frame: Frame, read: Readings, user: Any, group: str) -> Context:
    """What customers wrote, and whether they would recommend the company; who did not answer is said."""
    row, buyers = read["nps"].only, sum(each["customers"] for each in read["active"].rows)
    told: Context = {"quotes": [_quote(one) for one in read["quotes"].rows] if "quotes" in read else None}
    told["origins"] = origins(read, "nps", "nps_trend")
    n, answered = row.get("n") or 0, read["answers"].only.get("customers") or 0
    if n:
        told["nps"] = {
            **nps_cells(row),
            "answers": n,
            "change": change_words(read["nps_trend"]),
            "answered": answered,
            "buyers": buyers,
            "part": say.share(answered / buyers) if buyers else "",
        }
    return told


def _quote(row: Row) -> Context:
    return {
        "text": masked(row["text"]),
        "language": row["language"],
        "score": None if row["score"] is None else numbers.number(row["score"]),
        "most": None if row["scale_max"] is None else numbers.number(row["scale_max"]),
        "on": row["occurred_on"],
        "address": card_address(row["client_key"]),
        "complaint": row["kind"] == "complaint",
    }


CONTEXTS: Mapping[str, Callable[[Frame, Readings, Any, str], Context]] = {
    "lead": lead_context,
    "next": next_context,
    "warned": leading.warned_context,
    "numbers": numbers_context,
    "trends": trends_context,
    "few": few_context,
    "segments": segments_context,
    "known": known_context,
    "said": said_context,
}


def _is_demo(workspace: Workspace) -> bool:
    newest = newest_imports(workspace)
    return bool(newest) and newest[0]["key"] == "demo"


def _today(workspace: Workspace) -> date:
    """The day where the company is."""
    return timezone.now().astimezone(ZoneInfo(workspace.settings.time_zone)).date()
