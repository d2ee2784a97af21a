"""Where a number comes from: the measure's own words and the query that ran."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from regulars_web.shared.readings import Reading, Readings, measure_words

# What our own queries count, and how their intervals are made.
OWN: Mapping[str, Any] = {
    "changes": _(
        "The difference to the period before is added up customer by customer; its interval takes customers to come "
        "at random (a sum over a Poisson number of customers), so a customer who bought in both periods counts once."
    ),
    "order": _("The mean amount of an order in the period, with Student's interval."),
    "touches": _(
        "Every touch in the log counts, also the company's own steps. Complaints as share of touches with Wilson's "
        "interval; the difference to the period before with Newcombe's."
    ),
    "quarters": _("The small line: quarters by first order, customers who were seen for the whole time."),
    "state": _("The customer base, as lists and cards show it: one row a customer, as of the newest day of the log."),
}


@dataclass(frozen=True)
class Origin:
    """One source of a number: a measure of the registry (English, as everywhere) or a query of ours."""

    name: str
    question: str = ""
    formula: str = ""
    source: str = ""
    words: str = ""
    sql: str = ""


def origins(read: Readings, *names: str) -> list[Origin]:
    """The sources among these readings that were taken, each measure once."""
    found: dict[str, Origin] = {}
    for name in names:
        reading = read.get(name)
        if reading is not None:
            one = _origin(name, reading)
            found.setdefault(one.name, one)
    return list(found.values())


def origins_of(read: Readings, names: Sequence[str]) -> list[Origin]:
    """The same from a list of names."""
    return origins(read, *names)


def _origin(name: str, reading: Reading) -> Origin:
    if not reading.measure:
        return Origin(name, words=str(OWN.get(name, "")), sql=reading.sql)
    told = measure_words(reading.measure)
    return Origin(told["name"], told["question"], told["formula"], told["source"], sql=reading.sql)
