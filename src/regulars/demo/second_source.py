"""The call centre's own customer list: customers of the shop written another way, and people who only look alike.

A number of the shop's customers rang before they were asked for their customer number, so the call centre made a
record of its own: the name by ear in Latin letters, the telephone as it was said, a birthday with a slip. Relatives of
other customers have records there as well. Which is which is known (``SecondSource``), so that joining records can be
checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from regulars.demo.columns import DAY, HOUR, Calendar, local_dates, scattered
from regulars.demo.company import UNTIL, Company
from regulars.demo.names import COUNTRIES, latin
from regulars.demo.people import VAULT
from regulars.demo.truths import Truths
from regulars.log.tables import CLIENTS, INTERACTIONS

CALL_CENTRE = "call centre"
LAST_DAYS = 300  # calls fall on the end of the log
_BRANCHES = {country.code: country.branch for country in COUNTRIES}
Row = Mapping[str, object]


@dataclass(frozen=True)
class SecondSource:
    """The call centre's records and their calls, and the truth about them.

    company     tables clients and interactions, and the vault's rows, to be added beside the shop's
    same        record of the call centre -> record of the shop: one customer
    lookalikes  record of the call centre -> record of the shop: two people of one household
    """

    company: Company
    same: dict[int, int]
    lookalikes: dict[int, int]


def second_source(company: Company, *, seed: int, until: date = UNTIL) -> SecondSource:
    """The call centre's records about the customers of one piece of a company; none for a piece without customers.

    The same seed and company give the same records. No record is in both ``same`` and ``lookalikes``.
    """
    clients = {row["client_key"]: row for row in company.tables["clients"].to_pylist()}
    shop = [
        row
        for row in company.vault.to_pylist()
        if row["source"] == "shop" and clients[row["client_key"]]["customer_type"] == "end user"
    ]
    rng = np.random.default_rng([seed, len(shop), 0x5EC0])
    drawn = rng.random(len(shop))
    truths = company.truths
    same_until, alike_until = truths.second_record_share, truths.second_record_share + truths.lookalike_share
    made: list[tuple[Row, Row]] = []
    same: dict[int, int] = {}
    lookalikes: dict[int, int] = {}
    for person, chance in zip(shop, drawn, strict=True):
        if chance >= alike_until:
            continue
        key = int(scattered(np.array([person["client_key"] % 2**53]), seed ^ 0x2D0C)[0])
        own = _written_anew(person, rng) if chance < same_until else _relative(person, rng, truths)
        made.append((person, {**own, "client_key": key, "source": CALL_CENTRE, "reference": f"C{len(made) + 1:07d}"}))
        (same if chance < same_until else lookalikes)[key] = person["client_key"]
    tables = {
        "clients": pa.Table.from_pylist([_client(clients[p["client_key"]], own) for p, own in made], schema=CLIENTS),
        "interactions": _calls(made, clients, rng, Calendar(until, company.zone), seed),
    }
    vault = pa.Table.from_pylist([dict(own) for _, own in made], schema=VAULT)
    return SecondSource(Company(tables, vault, truths, company.zone), same, lookalikes)


def _written_anew(person: Row, rng: np.random.Generator) -> dict[str, object]:
    """The same customer, heard on the telephone; something besides the name is always there."""
    given, family = _latin_name(str(person["name"]))
    if rng.random() < 0.2:
        family = _slip(family, rng)
    name = f"{family}, {given}" if rng.random() < 0.2 else f"{given} {family}"
    email = person["email"] if rng.random() < 0.3 else None
    birthday = person["birthday"] if rng.random() < 0.7 else None
    phone = person["phone"] if rng.random() < 0.75 or not (email or birthday) else None
    if isinstance(birthday, date) and rng.random() < 0.25:
        birthday = _other_day(birthday, rng)
    return {
        "name": name,
        "email": email,
        "phone": _said(str(phone)) if phone else None,
        "birthday": birthday,
        "address": person["address"] if rng.random() < 0.5 or not (phone or email or birthday) else None,
    }


def _relative(person: Row, rng: np.random.Generator, truths: Truths) -> dict[str, object]:
    """Somebody else at the same address: a parent with the same name, or husband or wife with the same telephone."""
    given, family = _latin_name(str(person["name"]))
    born = person["birthday"]
    # Without the shop's birthday nobody could tell a parent of the same name.
    if isinstance(born, date) and rng.random() < truths.lookalike_parent_share:
        years = int(rng.integers(24, 34))
        earlier = born.replace(year=born.year - years, day=min(born.day, 28), month=(born.month + 4) % 12 + 1)
        return {"name": f"{given} {family}", "birthday": earlier, "address": person["address"]}
    others = [word for country in COUNTRIES for word in (*country.women, *country.men)]
    other = latin(others[int(rng.integers(0, len(others)))]).title()
    while other[:2] == given[:2]:
        other = latin(others[int(rng.integers(0, len(others)))]).title()
    phone = _said(str(person["phone"])) if person["phone"] else None
    return {"name": f"{other} {family}", "phone": phone, "address": person["address"]}


def _latin_name(name: str) -> tuple[str, str]:
    given, _, family = name.partition(" ")
    return latin(given).title(), latin(family).title()


def _slip(word: str, rng: np.random.Generator) -> str:
    """Two neighbouring letters swapped, behind the first."""
    if len(word) < 5:
        return word
    place = int(rng.integers(1, len(word) - 2))
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _other_day(day: date, rng: np.random.Generator) -> date:
    """Day and month swapped where that is a date, else the next day."""
    if day.day <= 12 and day.day != day.month and rng.random() < 0.6:
        return day.replace(month=day.day, day=day.month)
    return day + timedelta(days=1)


def _said(phone: str) -> str:
    """The number in another way: 00 for the plus, grouped."""
    dial, gap, rest = phone.removeprefix("+").split(" ", 2)
    return f"00{dial} {gap} {rest[:4]}-{rest[4:]}"


def _client(known: Row, own: Row) -> dict[str, object]:
    said = {name: known[name] for name in ("import_id", "asserted_at", "kind", "customer_type", "country", "city")}
    return {**said, "client_key": own["client_key"]}


def _calls(
    made: list[tuple[Row, Row]],
    clients: Mapping[int, Row],
    rng: np.random.Generator,
    calendar: Calendar,
    seed: int,
) -> pa.Table:
    """One to three answered calls of each record, in working hours of the last months."""
    places = np.repeat(np.arange(len(made)), rng.integers(1, 4, len(made)))
    count = len(places)
    day = calendar.end_s // DAY - 1 - rng.integers(1, LAST_DAYS, count)
    local_s = day * DAY + rng.integers(9 * HOUR, 16 * HOUR, count)
    waits = np.rint(18.0 * np.exp(rng.normal(0, 0.8, count))).astype(np.int64)
    durations = rng.integers(40, 700, count)
    keys = [made[place][1]["client_key"] for place in places]
    countries = [str(clients[int(str(made[place][0]["client_key"]))]["country"]) for place in places]
    first = int(scattered(np.array([seed]), 0xCA11)[0]) % 2**40
    same_for_all = {
        "kind": "call",
        "source": CALL_CENTRE,
        "touchpoint": CALL_CENTRE,
        "step": "call",
        "channel": "phone",
        "department": CALL_CENTRE,
        "initiated_by": "client",
        "outcome": "answered",
    }
    columns: dict[str, object] = {name: pa.repeat(word, count) for name, word in same_for_all.items()}
    columns |= {
        "interaction_id": scattered(first + np.array(keys, dtype=np.int64) % 2**40 * 4 + _nth(places), seed ^ 0xCA11),
        "import_id": np.ones(count, dtype=np.int64),
        "client_key": pa.array(keys, pa.int64()),
        "occurred_at": calendar.instants(local_s),
        "occurred_on": local_dates(local_s),
        "branch": [_BRANCHES.get(country) for country in countries],
        "wait_seconds": waits,
        "duration_seconds": durations,
    }
    arrays = [
        pa.array(columns[field.name]).cast(field.type) if field.name in columns else pa.nulls(count, field.type)
        for field in INTERACTIONS
    ]
    return pa.Table.from_arrays(arrays, schema=INTERACTIONS)


def _nth(places: np.ndarray[tuple[int], np.dtype[np.int64]]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """0, 1, 2 for the calls of one record."""
    starts = np.flatnonzero(np.diff(places, prepend=-1))
    numbers: np.ndarray[tuple[int], np.dtype[np.int64]] = np.arange(len(places)) - np.repeat(
        starts, np.diff(np.append(starts, len(places)))
    )
    return numbers
