"""The row of numbers: each with its count, its interval, what moved, a small line, and where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.measures.estimates import SMALL_SAMPLE
from regulars.measures.intervals import Z, mean_estimate, share_estimate
from regulars.report.changes import Difference, count_difference, estimate_difference, share_difference
from regulars_web.home import writing as say
from regulars_web.home.charts import Spark, spark
from regulars_web.home.provenance import Origin, origins
from regulars_web.home.touches import rate_difference, touches_in, touches_of_months
from regulars_web.home.writing import Change
from regulars_web.shared import numbers
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Readings, Row

SPARK_MONTHS = 24
FEWEST_TO_SHARE = 10  # a tenth of fewer customers is nobody


@dataclass(frozen=True)
class Figure:
    """One number. ``unknown`` says why there is none; ``where`` is the filter of the list of those whom it counts."""

    key: str
    name: str
    value: str = ""
    interval: str = ""
    told: str = ""
    change: Change | None = None
    small: bool = False
    unknown: str = ""
    where: str | None = None
    spark: Spark | None = None
    origins: Sequence[Origin] = ()


@dataclass(frozen=True)
class Ground:
    """What all numbers stand on."""

    frame: Frame
    read: Readings
    currency: str

    def of(self, name: str) -> Reading:
        """A reading; an empty one where it was not taken."""
        return self.read.get(name, Reading())

    @property
    def reaches_back(self) -> bool:
        """Whether the log covers the whole period before."""
        first = self.of("inventory").only.get("first_on")
        return bool(self.frame.before and first and first <= self.frame.before[0])


def figures(frame: Frame, read: Readings, currency: str) -> list[Figure]:
    """The eight numbers, in their order."""
    ground = Ground(frame, read, currency)
    return [make(ground) for make in (_active, _new, _revenue, _orders, _came_back, _few, _slipping, _complaints)]


def _active(ground: Ground) -> Figure:
    """Who bought; where there are contracts, also those whose contract runs, for they stay without buying."""
    n = sum(row["customers"] for row in ground.of("active").rows)
    known = say.count(_inventory(ground)["known"])
    bound = ground.of("coverage").where("name", "under_contract")
    if bound:
        told = {"bought": say.count(n), "bound": say.count(bound["n"]), "customers": known}
        return Figure(
            "active",
            _("Active customers"),
            say.count(n + bound["n"]),
            told=_("%(bought)s bought in the period, %(bound)s more have a contract; of %(customers)s known to the log")
            % told,
            small=n + bound["n"] < SMALL_SAMPLE,
            origins=origins(ground.read, "active", "coverage"),
        )
    return Figure(
        "active",
        _("Customers who bought in the period"),
        say.count(n),
        told=_("of %(customers)s known to the log") % {"customers": known},
        change=_moved(ground, "active", say.count),
        small=n < SMALL_SAMPLE,
        where=_last_order_filter(ground.frame),
        spark=spark(_months(ground), "customers", say.count),
        origins=origins(ground.read, "active", "changes"),
    )


def _new(ground: Ground) -> Figure:
    n = _sum(ground.of("revenue_now").rows, "new_customers")
    before = _sum(ground.of("revenue_before").rows, "new_customers")
    change = say.change(count_difference(n, before), say.count, more_is="good") if ground.reaches_back else None
    return Figure(
        "new",
        _("New customers"),
        say.count(n),
        told=_("first order ever in the period"),
        change=change,
        small=n < SMALL_SAMPLE,
        where=_first_order_filter(ground.frame),
        spark=spark(_months(ground), "new_customers", say.count),
        origins=origins(ground.read, "revenue_now", "revenue_before"),
    )


def _revenue(ground: Ground) -> Figure:
    rows = ground.of("revenue_now").rows
    total = float(_sum(rows, "revenue"))
    guests = float(_sum(rows, "guest_revenue"))
    told = _("orders less refunds")
    if guests:
        told = _("orders less refunds; %(money)s of it names no customer") % {
            "money": say.exact(guests, ground.currency)
        }
    return Figure(
        "revenue",
        _("Revenue"),
        say.exact(total, ground.currency),
        told=told,
        change=_moved(ground, "revenue", lambda amount: say.about(amount, ground.currency)),
        spark=spark(_months(ground), "revenue", lambda amount: say.exact(amount, ground.currency)),
        origins=origins(ground.read, "revenue_now", "changes"),
    )


def _orders(ground: Ground) -> Figure:
    n = _sum(ground.of("revenue_now").rows, "orders")
    row = ground.of("order").only
    mean = mean_estimate([row.get("mean") or 0.0], [row.get("deviation") or 0.0], [row.get("n") or 0], nobody="")
    told = ""
    if row.get("n", 0) > 1:
        told = _("%(mean)s on average (%(low)s to %(high)s)") % {
            "mean": say.exact(mean.value[0], ground.currency),
            "low": say.exact(mean.low[0], ground.currency),
            "high": say.exact(mean.high[0], ground.currency),
        }
    return Figure(
        "orders",
        _("Orders"),
        say.count(n),
        told=told,
        change=_moved(ground, "orders", say.count),
        small=n < SMALL_SAMPLE,
        spark=spark(_months(ground), "orders", say.count),
        origins=origins(ground.read, "revenue_now", "order", "changes"),
    )


def _came_back(ground: Ground) -> Figure:
    days = ground.of("window").only.get("days")
    if days is None:
        reason = _("No customer's first order is long enough ago.")
        return Figure("returning", _("Customers who came back"), unknown=reason)
    row = ground.of("repeat").where("window_days", days)
    name = _("New customers who came back within %(time)s") % {"time": window_words(days)}
    if row.get("repeat_share") is None:
        return Figure("returning", name, unknown=_("No customer's time to come back ended in the period."))
    told = ngettext(
        "of %(n)s customer whose %(time)s ended in the period",
        "of %(n)s customers whose %(time)s ended in the period",
        row["customers"],
    ) % {"n": say.count(row["customers"]), "time": window_words(days)}
    quarters = [
        {"on": each["quarter_on"], "share": each["came_back"] / each["customers"]}
        for each in ground.of("quarters").rows
    ]
    return Figure(
        "returning",
        name,
        say.share(row["repeat_share"]),
        say.share_interval(row["repeat_share_low"], row["repeat_share_high"]),
        told,
        return_change(ground.of("repeat_before"), row, days, reaches_back=_cohort_is_whole(ground, days)),
        small=row["small_sample"],
        spark=spark(quarters, "share", lambda part: numbers.percent(part, 1)),
        origins=origins(ground.read, "repeat", "repeat_before", "quarters"),
    )


def return_change(before: Reading, row: Row, days: int, *, reaches_back: bool) -> Change | None:
    """What moved in the share of new customers who came back."""
    found = return_difference(before, row, days) if reaches_back else None
    return say.change(found, say.points, ends=say.bare_points, more_is="good") if found else None


def return_difference(before: Reading, row: Row, days: int) -> Difference | None:
    """The share that came back, less the share in the period before; None where that is not known."""
    then = before.where("window_days", days)
    if not then or not row:
        return None
    return share_difference(row["repeat_customers"], row["customers"], then["repeat_customers"], then["customers"])


def window_words(days: int) -> str:
    """A window of return as people say it."""
    return _("a year") if days == 365 else say.span(days)


def _few(ground: Ground) -> Figure:
    row = ground.of("pareto").only
    profit = row.get("basis") == "profit"
    name = _("Customers who bring 80% of profit") if profit else _("Customers who bring 80% of revenue")
    source = origins(ground.read, "pareto", "pareto_before", "curve")
    if not row or row["top_share"] is None:
        return Figure(
            "few", name, unknown=_("Nobody bought in the period, or the total is not above zero."), origins=source
        )
    if row["customers"] < FEWEST_TO_SHARE:
        return Figure("few", name, unknown=_("Fewer than ten customers bought, too few to compare."), origins=source)
    told = _("%(top)s of %(all)s; the top tenth bring %(share)s") % {
        "top": say.count(row["top_customers"]),
        "all": say.count(row["customers"]),
        "share": say.share(row["top10_percent_share"]),
    }
    known = row["top_share_low"] is not None
    return Figure(
        "few",
        name,
        say.share(row["top_share"]),
        say.share_interval(row["top_share_low"], row["top_share_high"]) if known else "",
        told,
        _few_change(ground, row),
        small=row["small_sample"],
        where=None if ground.frame.first else "key_customer~is~true",  # the list knows key customers of all time
        spark=spark(ground.of("curve").rows, "value_share", lambda part: numbers.percent(part, 1)),
        origins=source,
    )


def _few_change(ground: Ground, row: Row) -> Change | None:
    then = ground.of("pareto_before").only
    ends = ("top_share", "top_share_low", "top_share_high")
    if not ground.reaches_back or not then or any(each.get(end) is None for each in (row, then) for end in ends):
        return None
    if then["basis"] != row["basis"]:
        return None
    now, before = (tuple(float(each[end]) for end in ends) for each in (row, then))
    return say.change(estimate_difference(now, before), say.points, ends=say.bare_points)  # type: ignore[arg-type]


def _slipping(ground: Ground) -> Figure:
    name, source = _("Money at stake with customers slipping away"), origins(ground.read, "slipping", "state")
    row, trust = ground.of("state").only, ground.of("trust").only
    if trust.get("reason"):
        why = _("The model was tested on your own past and failed, so it is not used here.")
        return Figure("slipping", name, unknown=why, told=_("See “at risk” and “cannot lose” below."), origins=source)
    if row.get("slipping_reason"):
        return Figure("slipping", name, unknown=row["slipping_reason"], origins=source)
    if not row.get("slipping"):
        return Figure("slipping", name, _("none"), told=_("Nobody who used to come back is silent for unusually long."))
    known = not row["unsure"]
    low, high = (say.about(row[end] or 0, ground.currency) for end in ("at_stake_low", "at_stake_high"))
    told = ngettext(
        "with %(n)s customer of %(all)s, as of now", "with %(n)s customers of %(all)s, as of now", row["slipping"]
    ) % {"n": say.count(row["slipping"]), "all": say.count(row["buyers"])}
    return Figure(
        "slipping",
        name,
        say.about(row["at_stake"], ground.currency),
        say.interval(low, high) if known else "",
        told,
        small=row["buyers"] < SMALL_SAMPLE,
        where="slipping~is~true",
        origins=source,
    )


def _complaints(ground: Ground) -> Figure:
    name, source = _("Complaints in 1,000 touches"), origins(ground.read, "touches")
    days = ground.of("touches").rows
    if not any(day["complaints"] for day in days):
        return Figure("complaints", name, unknown=_("The log holds no complaint. Import contacts to see them."))
    now = touches_in(days, ground.frame.first, ground.frame.last)
    if not now.touches:
        return Figure("complaints", name, unknown=_("Nobody was in touch in the period."), origins=source)
    rate = share_estimate([now.complaints], [now.touches], nobody="")
    told = _("%(complaints)s in %(touches)s touches") % {
        "complaints": say.count(now.complaints),
        "touches": say.count(now.touches),
    }
    change = None
    if ground.frame.before and ground.reaches_back:
        found = rate_difference(now, touches_in(days, *ground.frame.before))
        change = say.change(found, per_thousand, more_is="harm") if found else None
    line = spark(
        touches_of_months(days, SPARK_MONTHS), "rate", per_thousand, harm=bool(change and change.tone == "harm")
    )
    return Figure(
        "complaints",
        name,
        per_thousand(rate.value[0]),
        say.interval(per_thousand(rate.low[0]), per_thousand(rate.high[0])),
        told,
        change,
        small=now.touches < SMALL_SAMPLE,
        where="complaints_last_year~at_least~1" if _is_last_year(ground.frame) else None,
        spark=line,
        origins=source,
    )


def per_thousand(rate: float) -> str:
    """A rate in one thousand."""
    return numbers.number(rate * 1000, 1)


def _moved(ground: Ground, name: str, write: say.Write) -> Change | None:
    row = ground.of("changes").only
    if not ground.reaches_back or not row or row.get(name) is None:
        return None
    half = Z * float(row[f"{name}_error"] or 0)
    value = float(row[name])
    return say.change(Difference(value, value - half, value + half), write, more_is="good")


def _cohort_is_whole(ground: Ground, days: int) -> bool:
    return cohort_is_whole(ground.frame, ground.of("inventory").only.get("first_order_on"), days)


def cohort_is_whole(frame: Frame, first_order_on: date | None, days: int) -> bool:
    """Whether the log was there when the customers of the period before, of whom we ask if they came back, began."""
    if frame.before is None or first_order_on is None:
        return False
    return first_order_on <= frame.before[0] - timedelta(days=days)


def _first_order_filter(frame: Frame) -> str:
    """The list's filter for first orders in the period; its ends are left out, so they lie a day outside."""
    after = [f"first_order_on~after~{frame.first - timedelta(days=1)}"] if frame.first else []
    return ";".join([*after, f"first_order_on~before~{frame.last + timedelta(days=1)}"])


def _last_order_filter(frame: Frame) -> str | None:
    """The list's filter for customers with an order in the period; there is one where the period ends now."""
    if frame.last != frame.newest:
        return None
    return f"last_order_on~after~{frame.first - timedelta(days=1)}" if frame.first else "orders~at_least~1"


def _is_last_year(frame: Frame) -> bool:
    """Whether the period is the year that ends now, of which lists speak."""
    days = (frame.newest - frame.first).days if frame.first else 0
    return frame.last == frame.newest and days in (364, 365)


def _months(ground: Ground) -> list[Row]:
    """The months that have ended, for small lines."""
    months = [row for row in ground.of("revenue").rows if row["complete"]][-SPARK_MONTHS:]
    return [{**row, "on": row["period_on"], "revenue": float(row["revenue"])} for row in months]


def _inventory(ground: Ground) -> Row:
    return ground.of("inventory").only


def _sum(rows: Sequence[Row], name: str) -> Any:
    return sum((row[name] for row in rows), Decimal(0) if name.endswith("revenue") else 0)
