"""Rules about customers: who slips away, who does not come back, what is owed to whom."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.measures.estimates import SMALL_SAMPLE
from regulars.measures.intervals import share_estimate
from regulars_web.accounts import roles
from regulars_web.home import writing as say
from regulars_web.home.addresses import customers_where
from regulars_web.home.candidates import FEWEST, Ground, Thing
from regulars_web.home.figures import cohort_is_whole, per_thousand, return_difference, window_words
from regulars_web.home.touches import rate_difference, touches_in

ONCE_SHARE = 0.40
DAYS_IN_YEAR = 365.25
MONTHS_IN_YEAR = 12


def slipping(ground: Ground) -> Thing | None:
    """Key customers silent for unusually long; only where the model's test on the own past did not fail."""
    state, medians = ground.state, ground.of("slipping").only
    if ground.of("trust").only.get("reason") or (state.get("key_slipping") or 0) < FEWEST or not medians:
        return None
    told = {
        "customers": say.count(state["key_slipping"]),
        "money": say.about(state["key_at_stake"], ground.currency),
        "low": say.about(state["key_at_stake_low"] or 0, ground.currency),
        "high": say.about(state["key_at_stake_high"] or 0, ground.currency),
        "horizon": _horizon(ground.horizon_days),
        "gap": say.span(medians["mean_gap_days"]),
        "silence": say.span(medians["recency_days"]),
        "all": say.count(state["slipping"]),
    }
    if state["key_unsure"]:
        sentence = ngettext(
            "%(customers)s valuable customer is slipping away. About %(money)s of what they would bring in "
            "%(horizon)s is at stake.",
            "%(customers)s valuable customers are slipping away. About %(money)s of what they would bring in "
            "%(horizon)s is at stake.",
            state["key_slipping"],
        )
    else:
        sentence = ngettext(
            "%(customers)s valuable customer is slipping away. About %(money)s of what they would bring in "
            "%(horizon)s is at stake (%(low)s to %(high)s).",
            "%(customers)s valuable customers are slipping away. About %(money)s of what they would bring in "
            "%(horizon)s is at stake (%(low)s to %(high)s).",
            state["key_slipping"],
        )
    why = _(
        "They used to buy every %(gap)s and have been silent for %(silence)s (medians). They are among the few who "
        "bring 80%% of the money; of all customers, %(all)s are slipping away."
    )
    where = "slipping~is~true;key_customer~is~true"
    address = customers_where(where, sort="-at_stake", columns="segment,last_order_on,recency_days,spend,at_stake")
    money = float(state["key_at_stake"])
    return Thing(
        "slipping", sentence % told, why % told, _("Call list"), address, roles.SEE_CUSTOMERS, "slipping", money
    )


def quiet(ground: Ground) -> Thing | None:
    """Good customers gone quiet, by what they did, where no model can be relied on."""
    state = ground.state
    if slipping(ground) or (state.get("quiet") or 0) < FEWEST:
        return None
    years = max(((ground.frame.newest - state["first_order_on"]).days + 1) / DAYS_IN_YEAR, 1.0)
    spent = float(state["quiet_spend"]) / years
    told = {
        "customers": say.count(state["quiet"]),
        "money": say.about(spent, ground.currency),
        "silence": say.span(state["quiet_days"]),
    }
    return Thing(
        "quiet",
        ngettext(
            "%(customers)s customer who used to buy often or much has gone quiet. They spent %(money)s a year.",
            "%(customers)s customers who used to buy often or much have gone quiet. They spent %(money)s a year.",
            state["quiet"],
        )
        % told,
        _(
            "Half of them have been silent for %(silence)s or longer. They are named by what they did, not by a "
            "forecast."
        )
        % told,
        _("Call list"),
        customers_where("segment~one_of~cannot lose~at risk", sort="-spend"),
        roles.SEE_CUSTOMERS,
        "segments",
        spent,
    )


def fewer_come_back(ground: Ground) -> Thing | None:
    """The share of new customers who come back fell for real."""
    days = ground.of("window").only.get("days")
    row = ground.of("repeat").where("window_days", days) if days else {}
    orders = [each for each in ground.of("revenue").rows if each["complete"]][-MONTHS_IN_YEAR:]
    if not row or not cohort_is_whole(ground.frame, ground.of("inventory").only["first_order_on"], days):
        return None
    found = return_difference(ground.of("repeat_before"), row, days)
    if found is None or found.high >= 0 or not orders:
        return None
    new = sum(each["new_customers"] for each in orders)
    number = sum(each["orders"] for each in orders)
    worth = float(sum(each["orders_amount"] for each in orders)) / number if number else 0.0
    told = {
        "share": say.share(row["repeat_share"]),
        "time": window_words(days),
        "points": say.points(-found.value),
        "low": say.bare_points(-found.high),
        "high": say.bare_points(-found.low),
        "n": say.count(row["customers"]),
        "new": say.count(new),
        "order": say.exact(worth, ground.currency),
    }
    return Thing(
        "fewer_come_back",
        _("Fewer new customers come back: %(share)s within %(time)s, down by %(points)s (%(low)s to %(high)s).") % told,
        _("Counted over new customers: %(n)s. In the last 12 months came %(new)s; an order is worth %(order)s.") % told,
        _("See who bought once"),
        customers_where("orders~is~1", sort="-last_order_on"),
        roles.SEE_CUSTOMERS,
        "returning",
        -found.value * new * worth,
    )


def overdue(ground: Ground) -> Thing | None:
    """Promises past their date."""
    state = ground.state
    n = int(state.get("overdue") or 0)
    if not n:
        return None
    told = _people_and_spend(ground, n, state["overdue_customers"], state["overdue_spend"])
    sentence = ngettext(
        "%(n)s promise is past its date and not kept yet.", "%(n)s promises are past their date and not kept yet.", n
    )
    return Thing(
        "overdue",
        sentence % told,
        _the_customers_bought(told, state["overdue_customers"]),
        _("See whom they were made to"),
        customers_where(
            "overdue_promises~at_least~1", columns="overdue_promises,last_contact_at,last_contact_kind,spend"
        ),
        roles.SEE_CUSTOMERS,
        "numbers",
    )


def open_complaints(ground: Ground) -> Thing | None:
    """Complaints without an end."""
    state = ground.state
    n = int(state.get("complaints") or 0)
    if not n:
        return None
    told = _people_and_spend(ground, n, state["complaint_customers"], state["complaint_spend"])
    sentence = ngettext("%(n)s complaint is still open.", "%(n)s complaints are still open.", n)
    return Thing(
        "open_complaints",
        sentence % told,
        _the_customers_bought(told, state["complaint_customers"]),
        _("See who complained"),
        customers_where("open_complaints~at_least~1"),
        roles.SEE_CUSTOMERS,
        "complaints",
    )


def more_complaints(ground: Ground) -> Thing | None:
    """The rate of complaints rose for real."""
    first_order = ground.of("inventory").only.get("first_order_on")
    if ground.frame.before is None or first_order is None or first_order > ground.frame.before[0]:
        return None
    days = ground.of("touches").rows
    now = touches_in(days, ground.frame.first, ground.frame.last)
    before = touches_in(days, *ground.frame.before)
    found = rate_difference(now, before)
    if found is None or found.low <= 0 or not before.complaints:
        return None
    told = {
        "rate": per_thousand(now.complaints / now.touches),
        "more": per_thousand(found.value),
        "low": per_thousand(found.low),
        "high": per_thousand(found.high),
        "complaints": say.count(now.complaints),
        "touches": say.count(now.touches),
        "before": say.count(before.complaints),
        "touches_before": say.count(before.touches),
    }
    return Thing(
        "more_complaints",
        _("More complaints: %(rate)s in 1,000 touches, %(more)s more than before (%(low)s to %(high)s).") % told,
        _(
            "%(complaints)s in %(touches)s touches of the period, %(before)s in %(touches_before)s touches of the "
            "period before."
        )
        % told,
        _("See who complained"),
        customers_where("complaints_last_year~at_least~1"),
        roles.SEE_CUSTOMERS,
        "complaints",
    )


def bought_once(ground: Ground) -> Thing | None:
    """Many customers have bought only once; some of them are still within the time in which others came back."""
    state, still = ground.state, ground.of("still").only
    once, buyers = state.get("once") or 0, state.get("buyers") or 0
    if buyers < SMALL_SAMPLE or once / buyers < ONCE_SHARE:
        return None
    part = share_estimate([once], [buyers], nobody="")
    told = {
        "once": say.count(once),
        "buyers": say.count(buyers),
        "share": say.share(part.value[0]),
        "interval": say.share_interval(part.low[0], part.high[0]),
    }
    sentence = _("%(once)s of %(buyers)s customers have bought once: %(share)s (%(interval)s).") % told
    where, why = "orders~is~1", _("Nothing tells yet whether they return.")
    if still:
        told |= {"days": say.span(still["days"]), "still": say.count(still["customers"])}
        why = _(
            "Of those who came back, three in four did so within %(days)s; %(still)s of the others are still within it."
        )
        where = f"orders~is~1;recency_days~at_most~{still['days']}"
    address = customers_where(where, sort="-last_order_on")
    return Thing("bought_once", sentence, why % told, _("Ask how it went"), address, roles.SEE_CUSTOMERS, "returning")


def _horizon(days: int) -> str:
    return _("a year") if 360 <= days <= 370 else say.span(days)


def _people_and_spend(ground: Ground, n: int, customers: int, spend: Any) -> dict[str, str]:
    return {
        "n": say.count(n),
        "customers": say.count(customers),
        "money": say.exact(spend or Decimal(0), ground.currency),
    }


def _the_customers_bought(told: dict[str, str], customers: int) -> str:
    return (
        ngettext(
            "It concerns %(customers)s customer, who bought for %(money)s in the last 12 months.",
            "They concern %(customers)s customers, who bought for %(money)s in the last 12 months.",
            customers,
        )
        % told
    )
