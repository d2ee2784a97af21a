"""The resellers who buy most, who keeps each of them, visits planned and made, and their share of wallet.

Planted: the last visit of the first account is overdue, and the next one of each account lies ahead.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from regulars.demo.columns import DAY, HOUR, Ints, picks
from regulars.demo.frame import Frame, touches
from regulars.demo.fulfilment import OrderTouches
from regulars.demo.names import BRANCHES
from regulars.demo.people import People
from regulars.demo.planted import Planted, before
from regulars.demo.programme import planted_rows
from regulars.demo.staff import SALES_EACH, employee_codes
from regulars.log.tables import DECISIONS, FACTS

ACCOUNTS_KEPT, VISITS_EACH, EVERY_DAYS, FIRST_DAYS = 8, 4, 85, 330
WALLET = "share of wallet"
_WALLETS = ("80%", "35%", "60%", "15%", "90%", "45%", "25%", "55%")
_ABOUT = (
    "Trial batch of the new oil in two rooms",
    "Plans for the coming season",
    "Compared our chairs with another maker's in use",
    "What went wrong with the last delivery",
    "Safety stock of chairs",
)


@dataclass(frozen=True)
class Kept:
    """The key accounts: places in People, by sales, and the places of their keepers among the sellers."""

    person: Ints
    keeper: Ints

    def __len__(self) -> int:
        return len(self.person)


def key_accounts(make: OrderTouches, people: People, part: int) -> Kept:
    """The resellers of more than 400 days with the greatest sales, at most eight, of the first part alone."""
    orders = make.orders
    amount = np.bincount(orders.person, make.sales.amount[: len(orders)], minlength=len(people))
    old = people.first_t < make.frame.calendar.end_s / DAY - 400
    chosen = np.flatnonzero(people.reseller & old)
    chosen = chosen[np.argsort(-amount[chosen], kind="stable")][: ACCOUNTS_KEPT if part == 0 else 0]
    return Kept(chosen, people.country[chosen] * SALES_EACH + np.arange(len(chosen)) % SALES_EACH)


def account_decisions(frame: Frame, people: People, kept: Kept) -> pa.Table:
    """Rows of ``decisions``: who keeps whom, and every visit planned, with its day done where it took place."""
    if not len(kept):
        return DECISIONS.empty_table()
    sellers, end, found = employee_codes("sales"), frame.calendar.until, []
    ahead = frame.calendar.ahead_from
    for place, (person, keeper) in enumerate(zip(kept.person, kept.keeper, strict=True)):
        key, code = int(people.key[person]), sellers[keeper]
        found.append(Planted("key account", str(key), {"keeper": code, "note": _ABOUT[place % 5]}, "owner", 350))
        for number, days in enumerate(_days(place)):
            body: dict[str, object] = {"client_key": key, "on": before(end, days, ahead_from=ahead), "keeper": code}
            body["about"] = _ABOUT[(place + number) % len(_ABOUT)]
            if _done(place, number):
                body["done_on"] = before(end, days - 2)
            found.append(Planted("visit planned", f"visit-{place + 1}-{number + 1}", body, code, max(days + 20, 5)))
    return planted_rows(frame, found)


def _days(place: int) -> list[int]:
    """Days before the end of the log of an account's visits; the last one lies after it."""
    first = FIRST_DAYS - 3 * place
    return [*(first - number * EVERY_DAYS for number in range(VISITS_EACH)), -10 - 2 * place]


def _done(place: int, number: int) -> bool:
    """Every visit of the past took place but the first account's last one, and one in nine of the others."""
    if number == VISITS_EACH:
        return False
    return (place, number) != (0, VISITS_EACH - 1) and (place * VISITS_EACH + number) % 9 != 5


def visit_rows(frame: Frame, people: People, kept: Kept) -> pa.Table:
    """Rows of ``interactions``: the visits that took place."""
    made = [
        (place, days - 2)
        for place in range(len(kept))
        for number, days in enumerate(_days(place))
        if _done(place, number)
    ]
    place = np.array([one for one, _ in made], dtype=np.int64)
    days = np.array([day for _, day in made], dtype=np.int64)
    person = kept.person[place]
    return touches(
        frame,
        "visit",
        frame.calendar.end_s - (days + 1) * DAY + 14 * HOUR,
        source="pages",
        client_key=people.key[person],
        touchpoint="key account visit",
        channel="visit",
        branch=picks(people.country[person], BRANCHES),
        department="sales",
        employee=picks(kept.keeper[place], employee_codes("sales")),
        initiated_by="company",
        duration_seconds=frame.rng.integers(HOUR, 3 * HOUR, len(place)),
        properties='{"service_group": true}',
    )


def wallet_rows(frame: Frame, people: People, kept: Kept) -> pa.Table:
    """Rows of ``facts``: which part of their furniture the key accounts buy from us, as they say."""
    count = len(kept)
    days = 20 + 30 * np.arange(count)
    said_s = frame.calendar.instants(frame.calendar.end_s - days * DAY - 10 * HOUR)
    columns = {
        "client_key": pa.array(people.key[kept.person]),
        "import_id": pa.array(np.full(count, frame.import_id)),
        "name": pa.repeat(WALLET, count),
        "value": picks(np.arange(count), _WALLETS),
        "source": pa.repeat("showroom", count),
        "known_at": said_s,
        "confirmed_at": said_s,
        "confirmed_by": picks(kept.keeper, employee_codes("sales")),
    }
    arrays = [columns.get(field.name, pa.nulls(count, field.type)).cast(field.type) for field in FACTS]
    return pa.Table.from_arrays(arrays, schema=FACTS)
