"""Orders, refunds and their lines: amounts, channels, who served, what it cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from regulars.demo.columns import DAY, HOUR, Bools, Floats, Ints, decimals, money, numbered, picks
from regulars.demo.frame import Frame, touches
from regulars.demo.names import BRANCHES
from regulars.demo.people import People, local_seconds, seasonal_days
from regulars.demo.phrases import PRODUCTS, PRODUCTS_EACH, TIERS_FROM_EUR
from regulars.demo.purchases import Orders
from regulars.demo.staff import SALES_EACH, employee_codes
from regulars.demo.truths import HISTORY_DAYS
from regulars.log.tables import ITEMS

WEB, SHOWROOM, PHONE = 0, 1, 2
CHANNELS = ("web", "showroom", "phone")
TOUCHPOINTS = ("web shop", "showroom", "telephone sales")
SOURCES = ("shop", "till", "crm")


@dataclass(frozen=True)
class Sales:
    """What was bought: one place an order; the orders of guests follow those of customers."""

    ids: Ints
    number: Ints  # of the order; threads are made of it
    key: pa.Array  # client, null for guests
    ordered_s: Ints
    branch: Ints
    channel: Ints
    seller: Ints  # index of the sales people, -1 on the web
    amount: Ints  # cents
    known_cost: Bools
    margin: Floats  # share of the amount
    lines: Lines

    @property
    def thread(self) -> pa.Array:
        """The order number that everything about the order carries."""
        return numbered("O", self.number)


@dataclass(frozen=True)
class Lines:
    """Equally long arrays, one place a line of an order."""

    sale: Ints  # place in Sales
    product: Ints
    quantity: Ints
    unit_price: Ints  # cents

    @property
    def amount(self) -> Ints:
        """Cents of the line."""
        return self.quantity * self.unit_price


def _lines(frame: Frame, wanted: Floats) -> Lines:
    """Orders of about the wanted worth in EUR, split into one to five lines of whole cents."""
    rng = frame.rng
    count = np.minimum(1 + rng.poisson(0.9, len(wanted)), 5)
    sale = np.repeat(np.arange(len(wanted)), count)
    weight = 0.2 + rng.random(len(sale))
    total = np.bincount(sale, weight, minlength=len(wanted))
    worth = wanted[sale] * weight / total[sale]
    tier = np.searchsorted(TIERS_FROM_EUR, worth, side="right") - 1
    quantity = np.where(tier < 2, rng.integers(1, 5, len(sale)), 1 + (rng.random(len(sale)) < 0.2))
    free = wanted[sale] == 0
    unit_price = np.where(free, 0, np.maximum(np.rint(100 * worth / quantity), 1)).astype(np.int64)
    product = tier * PRODUCTS_EACH + rng.integers(0, PRODUCTS_EACH, len(sale))
    return Lines(sale=sale, product=product, quantity=quantity.astype(np.int64), unit_price=unit_price)


def _channels(frame: Frame, ordered_s: Ints, reseller: Bools) -> Ints:
    """Web orders of end users grow on a straight line; resellers mostly ring up."""
    truths = frame.truths
    age = (ordered_s // DAY - frame.calendar.first_day) / (HISTORY_DAYS - 1)
    web = truths.web_share_first + (truths.web_share_last - truths.web_share_first) * age
    web = np.where(reseller, 0.3, web)
    phone = np.where(reseller, 0.5, 0.08)
    u = frame.rng.random(len(age))
    return np.where(u < web, WEB, np.where(u < web + phone, PHONE, SHOWROOM))


def _guests(frame: Frame, showroom_orders: int) -> tuple[Ints, Ints, Floats]:
    """Time, branch and worth of the sales to people who left no name."""
    share, buying = frame.truths.guest_share_of_showroom, frame.truths.end_user
    count = round(showroom_orders * share / (1 - share))
    spend_rate = frame.rng.gamma(buying.q, 1 / buying.v, count)
    worth = frame.rng.gamma(buying.p, 1 / spend_rate)
    branch = frame.rng.integers(0, len(BRANCHES), count)
    return local_seconds(seasonal_days(frame, count)), branch, worth


def make_sales(frame: Frame, people: People, orders: Orders) -> Sales:
    """Every sale: the customers' orders in their order, then those of guests."""
    rng, person = frame.rng, orders.person
    reseller = people.reseller[person]
    shape = np.where(reseller, frame.truths.reseller.p, frame.truths.end_user.p)
    worth = rng.gamma(shape, 1 / people.spend_rate[person])
    worth = np.where(reseller & frame.chance(len(worth), frame.truths.sample_share_of_reseller), 0.0, worth)
    channel = _channels(frame, orders.ordered_s, reseller)
    guest_s, guest_branch, guest_worth = _guests(frame, int((channel == SHOWROOM).sum()))
    guests, total = len(guest_s), len(orders) + len(guest_s)
    channel = np.concatenate([channel, np.full(guests, SHOWROOM)])
    branch = np.concatenate([people.country[person], guest_branch])
    lines = _lines(frame, np.concatenate([worth, guest_worth]))
    ordered_s = np.concatenate([orders.ordered_s, guest_s])
    number = np.empty(total, np.int64)
    number[np.argsort(ordered_s, kind="stable")] = frame.numbering.following + np.arange(total)
    key = np.concatenate([people.key[person], np.zeros(guests, np.int64)])
    return Sales(
        ids=frame.numbering.ids(total),
        number=number,
        key=pa.array(key, mask=np.arange(total) >= len(orders)),
        ordered_s=ordered_s,
        branch=branch,
        channel=channel,
        seller=np.where(channel == WEB, -1, branch * SALES_EACH + rng.integers(0, SALES_EACH, total)),
        amount=np.bincount(lines.sale, lines.amount, minlength=total).astype(np.int64),
        known_cost=frame.chance(total, frame.truths.cost_known_share),
        margin=rng.normal(np.concatenate([np.where(reseller, 0.30, 0.42), np.full(guests, 0.42)]), 0.04),
        lines=lines,
    )


def _costs(amount: Ints, margin: Floats) -> Ints:
    return np.rint(amount * (1 - margin)).astype(np.int64)


def _item_rows(frame: Frame, ids: Ints, sales: Sales, lines: Lines, sign: int) -> pa.Table:
    """Rows of ``items`` for lines of sales; ``ids`` are the interactions of the lines, one a line."""
    known = sales.known_cost[lines.sale]
    cost = sign * _costs(lines.amount, sales.margin[lines.sale])
    columns = [
        pa.array(ids),
        pa.array(np.full(len(ids), frame.import_id)),
        pa.array(frame.numbering.ids(len(ids))),
        pa.nulls(len(ids), pa.int64()),
        picks(lines.product, [product.code for product in PRODUCTS]),
        picks(lines.product, [product.name for product in PRODUCTS]),
        picks(lines.product, [product.category for product in PRODUCTS]),
        money(sign * lines.quantity * 100),
        decimals(lines.unit_price, pa.decimal128(18, 6)),
        money(sign * lines.amount),
        money(cost, known),
    ]
    return pa.Table.from_arrays(columns, schema=ITEMS)


def _costs_of_sales(sales: Sales, lines: Lines) -> Ints:
    line_costs = _costs(lines.amount, sales.margin[lines.sale])
    return np.bincount(lines.sale, line_costs, minlength=len(sales.ids)).astype(np.int64)


def order_rows(frame: Frame, sales: Sales) -> tuple[pa.Table, pa.Table]:
    """Rows of ``interactions`` and of ``items`` for all sales."""
    interactions = touches(
        frame,
        "order",
        sales.ordered_s,
        sales.ids,
        source=picks(sales.channel, SOURCES),
        client_key=sales.key,
        touchpoint=picks(sales.channel, TOUCHPOINTS),
        step="order",
        channel=picks(sales.channel, CHANNELS),
        branch=picks(sales.branch, BRANCHES),
        department="sales",
        employee=picks(sales.seller, employee_codes("sales")),
        initiated_by="client",
        amount=money(sales.amount),
        cost=money(_costs_of_sales(sales, sales.lines), sales.known_cost),
        thread=sales.thread,
    )
    return interactions, _item_rows(frame, sales.ids[sales.lines.sale], sales, sales.lines, 1)


def refund_rows(frame: Frame, sales: Sales) -> tuple[pa.Table, pa.Table]:
    """Refunds of 3% of the orders that cost something: negative lines, in the order's thread.

    Three in five refunds take the whole order back, the others its first line. The log's last orders have
    fewer, since a refund comes 3 to 30 days after the goods.
    """
    paid = sales.amount > 0
    refunded = paid & frame.chance(len(paid), frame.truths.refund_share)
    whole = frame.chance(len(paid), 0.6)
    days = frame.rng.integers(3, 31, len(paid))
    refund_s = (sales.ordered_s // DAY + days) * DAY + frame.rng.integers(9 * HOUR, 18 * HOUR, len(paid))
    chosen = refunded & (refund_s < frame.calendar.end_s)
    lines = sales.lines
    first = np.concatenate([[True], lines.sale[1:] != lines.sale[:-1]])
    kept = chosen[lines.sale] & (whole[lines.sale] | first)
    taken = Lines(lines.sale[kept], lines.product[kept], lines.quantity[kept], lines.unit_price[kept])
    ids = np.zeros(len(paid), np.int64)
    ids[chosen] = frame.numbering.ids(int(chosen.sum()))
    amount = np.bincount(taken.sale, taken.amount, minlength=len(paid)).astype(np.int64)
    keep = pa.array(chosen)
    interactions = touches(
        frame,
        "refund",
        refund_s[chosen],
        ids[chosen],
        source="till",
        client_key=sales.key.filter(keep),
        touchpoint="showroom",
        step="refund",
        channel=picks(sales.channel[chosen], CHANNELS),
        branch=picks(sales.branch[chosen], BRANCHES),
        department="accounts",
        initiated_by="client",
        amount=money(-amount[chosen]),
        cost=money(-_costs_of_sales(sales, taken)[chosen], sales.known_cost[chosen]),
        thread=sales.thread.filter(keep),
    )
    return interactions, _item_rows(frame, ids[taken.sale], sales, taken, -1)
