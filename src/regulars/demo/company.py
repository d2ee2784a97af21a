"""A made-up company, Oakline Furniture, with known truths planted in its history.

It makes furniture to measure, sells it in five showrooms, by telephone and in a web shop, to end users and to
resellers (interior designers, small hotels), delivers and assembles, answers calls, complaints and surveys.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from regulars.demo import apart, notices
from regulars.demo.aftercare import aftercare_rows
from regulars.demo.answers import answer_rows, pulse_rows, survey_rows
from regulars.demo.authority import authority_rows
from regulars.demo.columns import Calendar, scattered
from regulars.demo.contacts import contact_rows
from regulars.demo.contracts import contract_rows
from regulars.demo.expectations import expectation_rows
from regulars.demo.focus import focus_rows
from regulars.demo.frame import Frame, Numbering
from regulars.demo.fulfilment import OrderTouches, fulfilment_rows
from regulars.demo.house import element_rows, more_client_rows, more_vault_rows, partner_rows, thanks_rows
from regulars.demo.key_accounts import account_decisions, key_accounts, visit_rows, wallet_rows
from regulars.demo.people import VAULT, People, client_rows, make_people, vault_rows
from regulars.demo.programme import decision_rows, fact_rows
from regulars.demo.purchases import make_orders
from regulars.demo.sales import make_sales, order_rows, refund_rows
from regulars.demo.staff import staff_rows, staff_vault_rows
from regulars.demo.terms import term_rows
from regulars.demo.truths import FarAway, Truths
from regulars.demo.voice import asked_about, own_frame, voice_rows
from regulars.errors import RegularsError
from regulars.log.tables import TABLES

UNTIL = date(2026, 6, 30)
ZONE = "Europe/Sofia"
NAME = "Oakline Furniture"
CURRENCY = "EUR"
LANGUAGES = ("en", "bg", "ru", "cs", "tr")
SMALLEST, LARGEST = 200, 1_000_000
PART = 100_000  # customers made at a time: what is in memory besides the result


class DemoSize(RegularsError):
    """A company of that size cannot be made up."""

    code = "demo_size"

    def __init__(self, customers: int) -> None:
        super().__init__(
            f"A made-up company has {SMALLEST:,} to {LARGEST:,} customers; {customers:,} were asked for. "
            "Choose a number between with --customers."
        )


@dataclass(frozen=True)
class Company:
    """A made-up company.

    tables   interactions, items, answers, clients, facts and decisions, with the schemas of the log; an import
             that writes them adds its row of ``imports`` itself
    vault    one row is one record about a client in one source; the only place with names (VAULT)
    truths   what is planted
    zone     time zone of the local dates
    """

    tables: dict[str, pa.Table]
    vault: pa.Table
    truths: Truths
    zone: str = ZONE


def _part(frame: Frame, customers: int, first_number: int, seed: int) -> Company:
    """So many customers and everything about them."""
    people = make_people(frame, customers, first_number)
    orders = make_orders(frame, people)
    sales = make_sales(frame, people, orders)
    make = OrderTouches(frame, orders, sales)
    sold, sold_items = order_rows(frame, sales)
    refunded, refunded_items = refund_rows(frame, sales)
    surveyed, replies = survey_rows(make)
    fulfilled = fulfilment_rows(make)
    contacts = contact_rows(make, people)
    touched = [sold, refunded, *fulfilled, *contacts, *surveyed]
    part = (first_number - 1) // PART
    told = notices.notice_rows(OrderTouches(notices.own_frame(frame, seed, part), orders, sales))
    voicing = own_frame(frame, seed, part)
    voiced, said = voice_rows(OrderTouches(voicing, orders, sales), people, asked_about(contacts))
    inside, asked = _apart(OrderTouches(frame, orders, sales), people, contacts, seed, part)
    kept = key_accounts(make, people, part)
    visiting = apart.frame_of(frame, seed, part, "key accounts")
    last = np.concatenate([np.flatnonzero(orders.first)[1:], [len(orders)]]) - 1
    tables = {
        "interactions": pa.concat_tables([*touched, *voiced, told, *inside, visit_rows(visiting, people, kept)]),
        "items": pa.concat_tables([sold_items, refunded_items]),
        "answers": pa.concat_tables([*answer_rows(make, replies), *said, *asked]),
        "clients": client_rows(frame, people, orders.ordered_s[last]),
        "facts": pa.concat_tables(
            [fact_rows(frame, people), term_rows(frame, people), wallet_rows(visiting, people, kept)]
        ),
        "decisions": account_decisions(visiting, people, kept),
    }
    vault = vault_rows(frame, people)
    return Company(tables=tables, vault=vault, truths=frame.truths, zone=frame.calendar.zone)


def _apart(
    make: OrderTouches, people: People, contacts: list[pa.Table], seed: int, part: int
) -> tuple[list[pa.Table], list[pa.Table]]:
    """Rows of ``interactions`` and ``answers`` that are drawn apart from all the others."""

    def drawn(what: str) -> OrderTouches:
        return OrderTouches(apart.frame_of(make.frame, seed, part, what), make.orders, make.sales)

    invited, answered = focus_rows(drawn("customer focus"), people)
    return [
        *authority_rows(drawn("authority"), contacts),
        *contract_rows(drawn("contracts"), people),
        aftercare_rows(drawn("aftercare"), people),
        *invited,
    ], answered


def _staff(frame: Frame, seed: int) -> Company:
    """Employees, departments and partners, what they answered, and what the owner decided."""
    answered, scores = pulse_rows(frame)
    own = {what: apart.frame_of(frame, seed, apart.STAFF_PART, what) for what in ("elements", "partners", "thanks")}
    judged, ratings = element_rows(own["elements"])
    partnered, opinions = partner_rows(own["partners"])
    tables = {
        "interactions": pa.concat_tables([answered, judged, partnered, thanks_rows(own["thanks"])]),
        "items": TABLES["items"].empty_table(),
        "answers": pa.concat_tables([scores, *ratings, *opinions]),
        "clients": pa.concat_tables([staff_rows(frame), more_client_rows(frame)]),
        "facts": expectation_rows(frame),
        "decisions": decision_rows(frame),
    }
    vault = pa.concat_tables([staff_vault_rows(frame), more_vault_rows(frame)])
    return Company(tables=tables, vault=vault, truths=frame.truths, zone=frame.calendar.zone)


def company_parts(
    customers: int = 4000,
    seed: int = 7,
    until: date = UNTIL,
    *,
    import_id: int = 1,
    zone: str = ZONE,
    far_away: bool = False,
    today: date | None = None,
) -> Iterator[Company]:
    """The same company as ``make_company``, piece by piece: first the staff, then up to 100,000 customers each.

    For sizes that should not be in memory at once. Ids differ between all pieces, but no customer of one piece
    recommends one of another.

    today    the day on which it is made up: what is planned lies after it; None: after the last day of the log
    Raises   DemoSize where ``customers`` is not within 200 to 1,000,000
    """
    if not SMALLEST <= customers <= LARGEST:
        raise DemoSize(customers)
    calendar, truths = Calendar(until, zone, today), Truths(far_away=FarAway() if far_away else None)
    numbering = Numbering(salt=int(scattered(np.array([seed]), 0)[0]))
    seeds = np.random.SeedSequence(seed).spawn(2 + customers // PART)
    generators = iter([np.random.default_rng(child) for child in seeds])
    yield _staff(Frame(next(generators), calendar, numbering, truths, import_id), seed)
    for first in range(0, customers, PART):
        frame = Frame(next(generators), calendar, numbering, truths, import_id)
        yield _part(frame, min(PART, customers - first), first + 1, seed)


def make_company(
    customers: int = 4000,
    seed: int = 7,
    until: date = UNTIL,
    *,
    import_id: int = 1,
    zone: str = ZONE,
    far_away: bool = False,
) -> Company:
    """Oakline Furniture with so many known customers and three and a quarter years of history.

    customers   known customers, 200 to 1,000,000; guests come on top. About 20 interactions each
    seed        the same seed gives the same company, byte for byte
    until       last local date of the log
    import_id   written into every row
    zone        the company's time zone; the local dates are the same in every zone
    far_away    whether lateness falls on those more often who would come back less anyhow; see truths.FarAway
    Raises      DemoSize where ``customers`` is out of bounds
    """
    parts = list(company_parts(customers, seed, until, import_id=import_id, zone=zone, far_away=far_away))
    tables = {name: pa.concat_tables([part.tables[name] for part in parts]) for name in parts[0].tables}
    vault = pa.concat_tables([part.vault for part in parts]).cast(VAULT)
    return Company(tables=tables, vault=vault, truths=parts[0].truths, zone=zone)
