"""What is told of the customers' terms: contracts of resellers, and whether somebody else could serve a customer.

Told of a customer by its number, so nothing is drawn and all other chances stay as they are. Of most customers nothing
is told, as in most companies.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from regulars.demo.columns import DAY, HOUR, Ints, picks
from regulars.demo.frame import Frame
from regulars.demo.people import People
from regulars.demo.staff import employee_codes
from regulars.log.tables import FACTS

CONTRACT, ALTERNATIVE, SWITCHING = "contract until", "no alternative", "switching cost"
_DAY_ZERO = date(1970, 1, 1)
# A contract ends so many days after the end of the log; the last two are over.
CONTRACT_DAYS = (45, 200, 410, -30, -200)


def term_rows(frame: Frame, people: People) -> pa.Table:
    """Rows of ``facts``: every second reseller has a contract, three in five of them running; some customers have no
    alternative, of some others it is told that they have one, and for some changing is dear or cheap.

    Two in five were last confirmed more than a year ago, as other facts.
    """
    last = frame.calendar.end_s // DAY - 1
    # As with other facts, only of customers of more than 400 days.
    old = np.flatnonzero(last - people.first_t.astype(np.int64) > 400)
    number, reseller = people.number[old], people.reseller[old]
    told = [
        _told(old[reseller & (number % 2 == 0)], CONTRACT, people.number, _ends(last)),
        _told(old[number % 11 == 0], ALTERNATIVE, people.number, ("yes",)),
        _told(old[np.isin(number % 11, (2, 4, 6))], ALTERNATIVE, people.number, ("no",)),
        _told(old[reseller & (number % 3 == 0)], SWITCHING, people.number, ("high", "low")),
    ]
    return _rows(frame, people, told, last)


def _ends(last: int) -> tuple[str, ...]:
    return tuple((_DAY_ZERO + timedelta(days=int(last) + days)).isoformat() for days in CONTRACT_DAYS)


def _told(person: Ints, name: str, number: Ints, values: tuple[str, ...]) -> tuple[Ints, str, pa.Array]:
    return person, name, picks(number[person] // 6 % len(values), values)


def _rows(frame: Frame, people: People, told: list[tuple[Ints, str, pa.Array]], last: int) -> pa.Table:
    person = np.concatenate([one for one, _, _ in told])
    names = pa.concat_arrays([pa.repeat(name, len(one)) for one, name, _ in told])
    number, count = people.number[person], len(person)
    age = np.where(number // 2 % 5 < 2, 380, 20 + number % 300)
    said_s = frame.calendar.instants((last - age) * DAY + 10 * HOUR)
    columns = {
        "client_key": pa.array(people.key[person]),
        "import_id": pa.array(np.full(count, frame.import_id)),
        "name": names,
        "value": pa.concat_arrays([values for _, _, values in told]),
        "source": pa.repeat("showroom", count),
        "known_at": said_s,
        "confirmed_at": said_s,
        "confirmed_by": picks(number % len(employee_codes("sales")), employee_codes("sales")),
    }
    arrays = [columns.get(field.name, pa.nulls(count, field.type)) for field in FACTS]
    return pa.Table.from_arrays(
        [array.cast(field.type) for array, field in zip(arrays, FACTS, strict=True)], schema=FACTS
    )
