"""Known mistakes that show in money and customers: prices, discounts, gifts, fees, range, new against old customers."""

from __future__ import annotations

import numpy as np
from scipy import stats

from regulars.measures.intervals import LEVEL, Z
from regulars.measures.programme.finding import Finding, share, unknown
from regulars.measures.programme.rules import LEAST
from regulars.measures.programme.seen import Seen
from regulars.measures.programme.wording import MISTAKES
from regulars.measures.purchases import COST_KNOWN_SHARE
from regulars.measures.touchpoints.comparing import difference

LAST_SALES = 0.05  # of the sales: what the least sold products bring together
LEAST_PRODUCTS, LEAST_BOTH = 20, 5


def price_war(seen: Seen) -> Finding:
    """The same products sold for less than in the year before, in the mean of products."""
    both = _sold_in_both(seen)
    changes = _price_changes(seen)[both]
    if len(changes) < LEAST_BOTH:
        return unknown("Fewer than five products were sold in this year and in the one before.", "products")
    mean = float(changes.mean())
    margin = float(stats.t.ppf(0.5 + LEVEL / 2, len(changes) - 1) * changes.std(ddof=1) / np.sqrt(len(changes)))
    value, low, high = (float(np.expm1(one)) for one in (mean, mean - margin, mean + margin))
    limit = MISTAKES["price-war"].limit
    sentence = f"{len(changes):,} products sold in both years cost {value:+.1%} against the year before."
    return Finding(value < limit and high < 0, sentence, "products", value, low, high, len(changes))


def _sold_in_both(seen: Seen) -> np.ndarray:
    amounts = [seen.numbers("products", name) for name in ("amount", "amount_before", "quantity", "quantity_before")]
    return np.all([one > 0 for one in amounts], axis=0) if len(amounts[0]) else np.zeros(0, dtype=bool)


def _price_changes(seen: Seen) -> np.ndarray:
    """The logarithm of the mean price of the year over that of the year before, product by product."""
    now, before = (
        [seen.numbers("products", f"{name}{when}") for name in ("amount", "quantity")] for when in ("", "_before")
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.log(now[0] / now[1]) - np.log(before[0] / before[1]), dtype=np.float64)


def always_right(seen: Seen) -> Finding:
    """Customers who cost more than they bring, of those whose costs are known."""
    known, bought = seen.numbers("each", "known_value"), seen.numbers("each", "value")
    if not _cost_known(known.sum(), bought.sum()):
        return unknown("The cost of too few orders is known.", "customers")
    chosen = seen.numbers("each", "orders") > 0
    loss, of = int((chosen & (seen.numbers("each", "profit") < 0)).sum()), int(chosen.sum())
    return share(
        loss,
        of,
        limit=MISTAKES["always-right"].limit,
        over=True,
        counted="customers",
        sentence=f"{loss:,} of {of:,} customers cost more than they brought, refunds and adjustments included.",
    )


def unvalued_spending(seen: Seen) -> Finding:
    """Presents cost money, and those who got them do not come back more often."""
    with_, without = (
        [round(seen.total("gifts", name, where={"gifted": gifted})) for name in ("returned", "days")]
        for gifted in (1, 0)
    )
    cost = seen.total("tally", "gesture_cost")
    if with_[1] < LEAST or without[1] < LEAST:
        return unknown("Too few orders with a present are old enough to tell who came back.", "orders")
    if not cost > 0:
        return unknown("It is not known what presents cost.", "orders")
    apart = difference(with_[0], with_[1], without[0], without[1])
    if apart is None:
        return unknown("Too few orders with a present are old enough to tell who came back.", "orders")
    points, currency = 100 * apart.value, seen.scope.currency
    sentence = (
        f"Presents cost {currency} {cost:,.2f} in this time. After orders with one, the share of customers who came "
        f"back differs by {points:+.1f} points from that after others. It is an association, not a proof."
    )
    # A gain that cannot be told from nothing is no warning, as long as a worthwhile one cannot be ruled out.
    warns = True if apart.high < MISTAKES["unvalued-spending"].limit else False if apart.low > 0 else None
    if warns is None:
        sentence += " Too few got one to tell it from chance."
    return Finding(warns, sentence, "orders with a present", apart.value, apart.low, apart.high, with_[1])


def discount_only(seen: Seen) -> Finding:
    """What customers are given beside what they pay for is a discount, and little else."""
    given, discounts = seen.count("given"), seen.count("discounts")
    if given < LEAST:
        return unknown("Fewer than ten offers and presents say what they were.", "offers and presents")
    return share(
        discounts,
        given,
        limit=MISTAKES["discount-only"].limit,
        over=True,
        counted="offers and presents",
        sentence=f"{discounts:,} of {given:,} offers and presents of which it is told what they were are discounts.",
    )


def wide_range(seen: Seen) -> Finding:
    """Many products that together bring hardly anything."""
    amounts = seen.numbers("products", "amount")
    sold = np.sort(amounts[amounts > 0])
    if len(sold) < LEAST_PRODUCTS:
        return unknown("Fewer than 20 products were sold in this time.", "products")
    few = int((np.cumsum(sold) <= LAST_SALES * sold.sum()).sum())
    return share(
        few,
        len(sold),
        limit=MISTAKES["wide-range"].limit,
        over=True,
        counted="products",
        sentence=f"{few:,} of {len(sold):,} products bring together no more than {LAST_SALES:.0%} of the sales.",
    )


def chasing_new(seen: Seen) -> Finding:
    """Customers of the year before do not come back, while more new ones come than old ones stay."""
    before, now = seen.numbers("each", "orders_before") > 0, seen.numbers("each", "orders") > 0
    new, stayed, of = int((seen.numbers("each", "new") > 0).sum()), int((before & now).sum()), int(before.sum())
    if of < LEAST:
        return unknown("Fewer than ten customers bought in the year before.", "customers")
    found = share(
        stayed,
        of,
        limit=MISTAKES["chasing-new"].limit,
        over=False,
        counted="customers",
        sentence=f"{stayed:,} of {of:,} customers of the year before bought again, and {new:,} new ones came.",
    )
    if new <= stayed:
        return _quiet(found)
    return found


def growing_surprises(seen: Seen) -> Finding:
    """More unasked kindnesses for every order than in the year before."""
    now, before = seen.count("gestures"), seen.count("gestures_before")
    orders, orders_before = seen.count("orders"), seen.count("orders_before")
    if before < LEAST or not orders or not orders_before:
        return unknown("Fewer than ten unasked kindnesses are logged for the year before.", "kindnesses")
    ratio = (now / orders) / (before / orders_before)
    if not now:
        return Finding(False, "No unasked kindness is logged for this year.", "kindnesses", -1.0, n=before)
    # Counts are Poisson's: the logarithm of their ratio has the variance 1/now + 1/before.
    margin = Z * float(np.sqrt(1 / now + 1 / before))
    low, high = (float(np.exp(np.log(ratio) + side * margin)) - 1 for side in (-1, 1))
    grown = ratio - 1
    sentence = f"Unasked kindnesses for each order changed by {grown:+.0%}: {now:,} against {before:,} the year before."
    warns = grown > MISTAKES["growing-surprises"].limit and low > 0
    return Finding(warns, sentence, "kindnesses", grown, low, high, now + before)


def conveyor(seen: Seen) -> Finding:
    """Customers whom no employee has seen or heard in the year."""
    bought, met = seen.numbers("each", "orders") > 0, seen.numbers("each", "staffed") > 0
    if not met.any():
        return unknown("The log does not tell which touches were with an employee.", "customers")
    alone, of = int((bought & ~met).sum()), int(bought.sum())
    if of < LEAST:
        return unknown("Fewer than ten known customers bought in this time.", "customers")
    return share(
        alone,
        of,
        limit=MISTAKES["conveyor"].limit,
        over=True,
        counted="customers",
        sentence=f"{alone:,} of {of:,} customers of this time met no employee at all, as far as the log tells.",
    )


def customers_pay(seen: Seen) -> Finding:
    """Orders with a fee that is large beside what was bought."""
    of, with_fee, large = (round(seen.total("fees", name)) for name in ("orders", "with_fee", "large_fee"))
    if of < LEAST:
        return unknown("The lines of orders are not in the log, so fees cannot be told.", "orders")
    return share(
        large,
        of,
        limit=MISTAKES["customers-pay"].limit,
        over=True,
        counted="orders",
        sentence=f"{with_fee:,} of {of:,} orders carry a fee; at {large:,} it is a tenth of the order or more.",
    )


def short_term(seen: Seen) -> Finding:
    """More profit of each sale than in the year before, while fewer customers come back."""
    margins = [_margin(seen, when) for when in ("", "_before")]
    now, before = seen.numbers("each", "orders") > 0, seen.numbers("each", "orders_before") > 0
    earlier = seen.numbers("each", "orders_earlier") > 0
    apart = difference((before & now).sum(), before.sum(), (earlier & before).sum(), earlier.sum())
    if margins[0] is None or margins[1] is None or apart is None or min(before.sum(), earlier.sum()) < LEAST:
        return unknown("Costs are not known well enough, or the log is too short, to compare with before.", "customers")
    points, gain = 100 * apart.value, 100 * (margins[0] - margins[1])
    sentence = (
        f"Profit of sales changed by {gain:+.1f} points against the year before, and the share of customers who bought "
        f"again by {points:+.1f} points."
    )
    warns = margins[0] > margins[1] and apart.high < MISTAKES["short-term"].limit
    return Finding(warns, sentence, "customers", apart.value, apart.low, apart.high, int(before.sum()))


def _margin(seen: Seen, when: str) -> float | None:
    """Profit as a share of the orders of known cost; None where too little is known."""
    known, profit = (seen.total("each", f"{name}{when}") for name in ("known_value" if not when else "known", "profit"))
    value = seen.total("each", f"value{when}")
    return profit / known if _cost_known(known, value) else None


def _cost_known(known: float, value: float) -> bool:
    return bool(value > 0 and known >= COST_KNOWN_SHARE * value)


def _quiet(found: Finding) -> Finding:
    return Finding(False, found.sentence, found.counted, found.value, found.low, found.high, found.n)
