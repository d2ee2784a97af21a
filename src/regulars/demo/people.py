"""The customers: who they are, where they live, how they came, how they are disposed to buy."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.demo.columns import DAY, Bools, Floats, Ints, either, joined, numbered, picks, scattered
from regulars.demo.frame import Frame
from regulars.demo.names import COUNTRIES, latin
from regulars.demo.truths import HISTORY_DAYS, Buying, FarAway
from regulars.log.tables import CLIENTS, INSTANT

# One row is one record about a client in one source; the only place with names.
VAULT = pa.schema(
    [
        ("client_key", pa.int64()),
        ("source", pa.string()),
        ("reference", pa.string()),  # the customer number in that source
        ("name", pa.string()),
        ("email", pa.string()),
        ("phone", pa.string()),
        ("birthday", pa.date32()),
        ("address", pa.string()),
        ("consents", pa.string()),  # JSON object
    ]
)

OTHER_WAYS = ("advert", "search", "walked in", "trade fair")
SEGMENTS = ("interior designer", "small hotel", "household")


@dataclass(frozen=True)
class People:
    """Equally long arrays, one place a customer."""

    number: Ints  # customer number, from 1
    key: Ints
    reseller: Bools
    country: Ints  # index of COUNTRIES
    collects: Bools  # fetches the goods, so nothing is ever delivered
    recommended: Bools
    first_t: Floats  # first order, in days since 1970
    rate: Floats  # orders a day while a customer
    leaving: Floats  # chance to leave after an order
    spend_rate: Floats  # nu of Gamma-Gamma
    woman: Bools
    birth_year: Ints
    mailable: Bools  # agreed to newsletters
    far: Bools  # lives far away; nobody where the truths say nothing of it

    def __len__(self) -> int:
        return len(self.number)


def seasonal_days(frame: Frame, count: int) -> Floats:
    """Random times of the log in days since 1970: more in December, April and May, and growing by 8% a year."""
    first = frame.calendar.first_day
    days = np.arange(first, first + HISTORY_DAYS)
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12 + 1
    weights = 1.08 ** ((days - first) / 365.25)
    weights = weights * np.where(months == 12, frame.truths.december, 1.0)
    weights = weights * np.where((months == 4) | (months == 5), frame.truths.spring, 1.0)
    cumulated = np.cumsum(weights) / weights.sum()
    day = np.searchsorted(cumulated, frame.rng.random(count), side="right")
    return first + np.minimum(day, HISTORY_DAYS - 1) + frame.rng.random(count)


def _disposition(frame: Frame, buying: Buying, count: int) -> tuple[Floats, Floats, Floats]:
    rate = frame.rng.gamma(buying.r, 1 / buying.alpha_days, count)
    leaving = frame.rng.beta(buying.a, buying.b, count)
    return rate, leaving, frame.rng.gamma(buying.q, 1 / buying.v, count)


def make_people(frame: Frame, count: int, first_number: int = 1) -> People:
    """That many customers, numbered from ``first_number``; the share of resellers is exact up to rounding."""
    rng, truths = frame.rng, frame.truths
    reseller = np.arange(count) < round(count * truths.reseller_share)
    rng.shuffle(reseller)
    end_users = _disposition(frame, truths.end_user, count)
    resellers = _disposition(frame, truths.reseller, count)
    rate, leaving, spend_rate = (np.where(reseller, r, e) for e, r in zip(end_users, resellers, strict=True))
    recommended = frame.chance(count, truths.recommended_share)
    rate = rate * np.where(recommended & ~reseller, truths.recommended_pace, 1.0)
    number = np.arange(first_number, first_number + count, dtype=np.int64)
    people = People(
        number=number,
        key=scattered(number, frame.numbering.salt ^ 0x5DEECE66D),
        reseller=reseller,
        country=rng.choice(len(COUNTRIES), count, p=[country.share for country in COUNTRIES]),
        collects=frame.chance(count, 0.4) & ~reseller,
        recommended=recommended,
        first_t=np.sort(seasonal_days(frame, count)),  # so that customer numbers grow with time
        rate=rate,
        leaving=leaving,
        spend_rate=spend_rate,
        woman=frame.chance(count, 0.54),
        birth_year=rng.integers(1945, 2004, count),
        mailable=frame.chance(count, 0.7),
        far=np.zeros(count, dtype=bool),
    )
    return people if truths.far_away is None else _far_away(frame, people, truths.far_away)


def _far_away(frame: Frame, people: People, truth: FarAway) -> People:
    """Some end users moved far out, who buy less often and for less."""
    far = frame.chance(len(people), truth.share) & ~people.reseller & ~people.collects
    rate = people.rate * np.where(far, truth.pace, 1.0)
    return replace(people, far=far, rate=rate, spend_rate=people.spend_rate / np.where(far, truth.amounts, 1.0))


def client_rows(frame: Frame, people: People, last_order_s: Ints) -> pa.Table:
    """One row of ``clients`` for each customer, as fresh as the newest order."""
    count = len(people)
    other = frame.rng.integers(0, len(OTHER_WAYS), count)
    segment = np.where(people.reseller, frame.rng.integers(0, 2, count), 2)
    cities = [city for country in COUNTRIES for city in country.cities]
    bodies = [f'{{"segment": "{segment}"}}' for segment in SEGMENTS]
    columns = [
        pa.array(people.key),
        pa.array(np.full(count, frame.import_id)),
        frame.calendar.instants(last_order_s).cast(INSTANT),
        pa.repeat("customer", count),
        picks(people.reseller.astype(np.int64), ("end user", "reseller")),
        picks(np.where(people.recommended, 0, 1 + other), ("recommendation", *OTHER_WAYS)),
        picks(people.country, [country.code for country in COUNTRIES]),
        picks(people.collects + 2 * people.far, ("delivery area", "pick-up area", "far away")),
        picks(people.country * 3 + _city(people), cities),
        picks(np.where(people.reseller, -1, people.woman), ("male", "female")),
        pa.array(people.birth_year, mask=people.reseller | (people.number % 10 > 6)),
        picks(segment, bodies),
    ]
    return pa.Table.from_arrays(columns, schema=CLIENTS)


def _city(people: People) -> Ints:
    return people.number * 7 % 3


def _names(people: People, first: Ints, last: Ints) -> tuple[pa.Array, pa.Array]:
    """Full names, and the same in ASCII for e-mail addresses."""
    firsts = [word for country in COUNTRIES for word in (*country.women, *country.men)]
    lasts = [word for country in COUNTRIES for word in (*country.surnames_of_women, *country.surnames)]
    first_code = people.country * 20 + np.where(people.woman, 0, 10) + first
    last_code = people.country * 22 + np.where(people.woman, 0, 11) + last
    surname = picks(last_code, lasts)
    person = joined(picks(first_code, firsts), surname, by=" ")
    firm = joined(picks(people.number % 2, ("Studio", "Hotel")), surname, by=" ")
    ascii_names = joined(
        picks(first_code, [latin(word) for word in firsts]),
        picks(last_code, [latin(word) for word in lasts]),
        by=".",
    )
    return either(people.reseller, firm, person), ascii_names


def vault_rows(frame: Frame, people: People) -> pa.Table:
    """Invented personal records: one from the shop for each customer, a second one from the call centre for 15%.

    E-mail addresses are at example.com and example.org, telephone numbers begin with 00 after the country
    code, where no number does. Some people left no e-mail, telephone or birthday.
    """
    count, rng = len(people), frame.rng
    name, ascii_name = _names(people, rng.integers(0, 10, count), rng.integers(0, 11, count))
    number = pa.array(people.number).cast(pa.string())
    domain = picks(rng.integers(0, 2, count), ("@example.com", "@example.org"))
    email = joined(ascii_name, ".", number, domain)
    dial = picks(people.country, [country.dial for country in COUNTRIES])
    phone = joined(dial, " 00 ", numbered("", people.number, 8))
    # Birthdays in numpy: the year's first day and a day number that every year has.
    new_year = (people.birth_year - 1970).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    birthday = pa.array((new_year + rng.integers(0, 365, count)).astype(np.int32)).cast(pa.date32())
    mail = {"newsletter": people.mailable}
    bodies = ('{"newsletter": false}', '{"newsletter": true}')
    nothing = pa.nulls(count, pa.string())
    columns = {
        "client_key": pa.array(people.key),
        "source": pa.repeat("shop", count),
        "reference": numbered("K", people.number),
        "name": name,
        "email": either(frame.chance(count, 0.92), email, nothing),
        "phone": either(frame.chance(count, 0.85), phone, nothing),
        "birthday": either(frame.chance(count, 0.65) & ~people.reseller, birthday, pa.nulls(count, pa.date32())),
        "address": joined(_addresses(people, rng.integers(0, 4, count)), ", ", _cities(people)),
        "consents": picks(mail["newsletter"].astype(np.int64), bodies),
    }
    shop = pa.table(columns).cast(VAULT)
    second = pa.table(
        {
            **{field: shop[field] for field in ("client_key", "name")},
            "source": pa.repeat("call centre", count),
            "reference": numbered("T", people.number),
            "email": nothing,
            "phone": phone,
            "birthday": pa.nulls(count, pa.date32()),
            "address": nothing,
            "consents": nothing,
        }
    )
    calls = second.select(VAULT.names).cast(VAULT).filter(pa.array(frame.chance(count, 0.15)))
    return pa.concat_tables([shop, calls])


def _addresses(people: People, street: Ints) -> pa.Array:
    streets = [street for country in COUNTRIES for street in country.streets]
    return joined(
        picks(people.country * 4 + street, streets),
        pc.cast(pa.array(people.number * 13 % 140 + 1), pa.string()),
        by=" ",
    )


def _cities(people: People) -> pa.Array:
    cities = [city for country in COUNTRIES for city in country.cities]
    return picks(people.country * 3 + _city(people), cities)


def local_seconds(t: Floats) -> Ints:
    """Local seconds of a time in days: the part of the day is stretched over 7 to 22 o'clock, most in daytime."""
    day = np.floor(t)
    part = np.interp(t - day, (0.0, 0.1, 0.45, 0.8, 1.0), (7.0, 9.5, 13.0, 18.0, 22.0))
    return (day * DAY + np.floor(part * 3600)).astype(np.int64)
