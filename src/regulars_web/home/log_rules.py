"""Rules about the log: what is old, what nobody can be tied to, what was never asked or decided."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.measures.estimates import SMALL_SAMPLE
from regulars.measures.intervals import share_estimate
from regulars_web.accounts import roles
from regulars_web.home import writing as say
from regulars_web.home.addresses import customers_where, first_address
from regulars_web.home.candidates import FEWEST, Ground, Thing
from regulars_web.shared import numbers

STALE_DAYS, DOUBTFUL_DAYS = 21, 60
GUEST_SHARE, COST_SHARE = 0.10, 0.10
IMPORT_PAGES = ("imports:history",)


def log_is_old(ground: Ground) -> Thing | None:
    """Nothing new for weeks: what the page says of now may have passed. A made-up company never grows."""
    days = (ground.today - ground.frame.newest).days
    if ground.demo or days < STALE_DAYS:
        return None
    told = {"day": numbers.day(ground.frame.newest), "age": say.span(days)}
    return Thing(
        "log_is_old",
        _("Nothing newer than %(day)s has reached the log.") % told,
        _("That is %(age)s ago, so what this page says of now may have passed.") % told,
        _("Import a file"),
        first_address(*IMPORT_PAGES),
        roles.IMPORT_FILES,
        "freshness",
        first=days >= DOUBTFUL_DAYS,
    )


def guests(ground: Ground) -> Thing | None:
    """Sales that nobody can be tied to."""
    row = ground.check("guest_orders")
    if not row or row["total"] < SMALL_SAMPLE or (row["share"] or 0) < GUEST_SHARE:
        return None
    part = share_estimate([row["n"]], [row["total"]], nobody="")
    told = {
        "share": say.share(part.value[0]),
        "interval": say.share_interval(part.low[0], part.high[0]),
        "money": say.exact(row["amount"], ground.currency),
        "n": say.count(row["n"]),
        "total": say.count(row["total"]),
    }
    return Thing(
        "guests",
        _("%(share)s of orders (%(interval)s) name no customer. Who made %(money)s of sales is not known.") % told,
        _("%(n)s of %(total)s orders in the period. Ask for a telephone number or e-mail, and say what it is for.")
        % told,
        _("See what is not known"),
        "",
        roles.SEE_HOME,
        "known",
    )


def doubtful_pairs(ground: Ground) -> Thing | None:
    """Records that may be one customer, for a person to look at."""
    if not ground.pairs:
        return None
    sentence = ngettext(
        "%(n)s pair of records may be one customer.", "%(n)s pairs of records may be one customer.", ground.pairs
    )
    return Thing(
        "doubtful_pairs",
        sentence % {"n": say.count(ground.pairs)},
        _("Until somebody decides, each record counts as a customer of its own."),
        _("Look at them"),
        first_address("identity:pairs", "identity:overview"),
        roles.JOIN_RECORDS,
        "known",
    )


def facts_to_ask(ground: Ground) -> Thing | None:
    """Facts that nobody has confirmed for long."""
    state = ground.state
    n, known = int(state.get("stale") or 0), int(state.get("facts") or 0)
    if n < FEWEST:
        return None
    part = share_estimate([n], [known], nobody="")
    told = {
        "n": say.count(n),
        "customers": say.count(state["stale_customers"]),
        "known": say.count(known),
        "share": say.share(part.value[0]),
        "interval": say.share_interval(part.low[0], part.high[0]),
        "money": say.exact(state["stale_spend"] or Decimal(0), ground.currency),
    }
    return Thing(
        "facts_to_ask",
        ngettext(
            "%(n)s fact has not been confirmed for long; customers concerned: %(customers)s.",
            "%(n)s facts have not been confirmed for long; customers concerned: %(customers)s.",
            n,
        )
        % told,
        _(
            "That is %(share)s (%(interval)s) of %(known)s known facts. These customers bought for %(money)s in the "
            "last 12 months."
        )
        % told,
        _("Ask again"),
        customers_where(
            "facts_stale~at_least~1", sort="-facts_stale", columns="segment,last_contact_at,facts_stale,spend"
        ),
        roles.SEE_CUSTOMERS,
        "known",
    )


def costs_unknown(ground: Ground) -> Thing | None:
    """Profit cannot be seen."""
    row = ground.check("missing_cost")
    if not row or row["total"] < SMALL_SAMPLE or (row["share"] or 0) < COST_SHARE:
        return None
    told = {"share": say.share(row["share"]), "n": say.count(row["n"]), "total": say.count(row["total"])}
    return Thing(
        "costs_unknown",
        _("Profit is not known: %(share)s of orders carry no cost.") % told,
        _("%(n)s of %(total)s orders in the period. Who buys much may still bring little.") % told,
        _("Import costs"),
        first_address(*IMPORT_PAGES),
        roles.IMPORT_FILES,
        "known",
    )


def contacts_missing(ground: Ground) -> Thing | None:
    """A log of purchases alone."""
    row = ground.of("inventory").only
    if not row or row["contacts"]:
        return None
    return Thing(
        "contacts_missing",
        ngettext(
            "The log holds %(n)s purchase and no call, visit, message or complaint.",
            "The log holds %(n)s purchases and no call, visit, message or complaint.",
            row["interactions"],
        )
        % {"n": say.count(row["interactions"])},
        _("What customers met between their orders is not known, so no complaint and no promise shows here."),
        _("Import contacts"),
        first_address(*IMPORT_PAGES),
        roles.IMPORT_FILES,
        "known",
    )


def answers_missing(ground: Ground) -> Thing | None:
    """Nobody was asked."""
    row = ground.of("answers").only
    if not row or row["n"]:
        return None
    return Thing(
        "answers_missing",
        _("No customer was asked in the period: the log holds 0 answers."),
        _("Only customers can judge how they are served; nothing here speaks in their words."),
        _("Import answers"),
        first_address(*IMPORT_PAGES),
        roles.IMPORT_FILES,
        "said",
    )


def no_group(ground: Ground) -> Thing | None:
    """Nobody has said yet who the target customers are."""
    if ground.groups or ground.frame.group:
        return None
    return Thing(
        "no_group",
        _("No group of customers is defined yet: 0 of %(n)s customers belong to one.")
        % {"n": say.count(ground.state.get("customers") or 0)},
        _("Nobody can serve everybody alike. Say by rule who the target customers are."),
        _("Define a group"),
        first_address("groups:new", "groups:list"),
        roles.CHANGE_GROUPS,
        "segments",
    )
