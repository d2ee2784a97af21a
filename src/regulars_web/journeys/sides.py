"""What is compared with what: days, customers and products of either side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from regulars.groups.publishing import group, members
from regulars_web.journeys.lens import Lens
from regulars_web.journeys.whose import Whose, read_whose
from regulars_web.shared import numbers
from regulars_web.shared.frame import Frame
from regulars_web.shared.scope import YEARLY, Scope, year_before

PERIOD, YEAR, OTHERS = "period", "year", "others"
# Before the name of another product, or customers as the lens says them; a group's key has no colon.
PRODUCT, CUSTOMERS = "product:", "customers:"
EVERYBODY = "SELECT client_key FROM clients"


@dataclass(frozen=True)
class Side:
    """One side: its days, its customers (None for everyone, and a condition), and the product bought.

    product  empty: as the lens has it
    """

    first: Any
    last: Any
    members: frozenset[int] | None
    where: str | None
    product: str = ""


def compared_customers(against: str) -> Whose | None:
    """The customers that the page's are compared with; None where something else is compared."""
    return read_whose(against.removeprefix(CUSTOMERS)) if against.startswith(CUSTOMERS) else None


def is_group(against: str) -> bool:
    """Whether a group is compared with."""
    return against not in (PERIOD, YEAR, OTHERS) and ":" not in against


def sides_of(frame: Frame, lens: Lens, against: str) -> tuple[Side | None, Side]:
    """Both sides; the first one None where there is nothing before the period."""
    here = Side(frame.first, frame.last, frame.members, lens.where)
    if against in (PERIOD, YEAR):
        days = _days_before(frame, against)
        return (Side(*days, frame.members, lens.where) if days else None), here
    if against.startswith(PRODUCT):
        product = against.removeprefix(PRODUCT)
        return Side(frame.first, frame.last, frame.members, lens.where, product), here
    whose = compared_customers(against)
    if whose is not None:
        theirs, ours = _conditions(lens.whose, whose)
        return tuple(Side(frame.first, frame.last, frame.members, where) for where in (theirs, ours))  # type: ignore[return-value]
    with frame.workspace.engine() as engine:
        everybody = frozenset(row["client_key"] for row in engine.run(EVERYBODY).to_pylist())
    if against == OTHERS:
        return Side(frame.first, frame.last, everybody - (frame.members or frozenset()), lens.where), here
    others = frozenset(members(frame.workspace, against))
    if frame.members is None:
        here = Side(frame.first, frame.last, everybody - others, lens.where)
    return Side(frame.first, frame.last, others, lens.where), here


def _conditions(here: Whose | None, other: Whose) -> tuple[str, str]:
    """What customers of either side meet: another value of the same attribute, else everybody who has not the value."""
    if here is None:
        return other.condition, other.others
    if here.name == other.name:
        return other.condition, here.condition
    return f"{here.condition} and {other.condition}", f"{here.condition} and {other.others}"


def shared(a: Side, b: Side) -> int:
    """How many customers belong to both groups that are compared."""
    if a.members is None or b.members is None or a.members == b.members:
        return 0
    return len(a.members & b.members)


def side_words(frame: Frame, lens: Lens, against: str) -> tuple[str, str]:
    """What the sides are called: a, then b."""
    mine = group(frame.workspace, frame.group).name if frame.group else ""
    if against in (PERIOD, YEAR):
        before = _days_before(frame, against) or (frame.newest, frame.newest)
        return _days(*before), _days(frame.first or frame.newest, frame.last)
    if against.startswith(PRODUCT):
        return against.removeprefix(PRODUCT), lens.product
    whose = compared_customers(against)
    if whose is not None:
        same = lens.whose is not None and lens.whose.name == whose.name
        return whose.words, lens.whose.words if lens.whose and same else _("everybody else")
    if against == OTHERS:
        return _("everybody else"), mine or _("Everyone")
    return group(frame.workspace, against).name, mine or _("everybody else")


def _days_before(frame: Frame, against: str) -> tuple[date, date] | None:
    """The days of the other side; None where the page shows all time, which nothing comes before."""
    if against == PERIOD or frame.first is None:
        return frame.before
    return year_before(frame.first), year_before(frame.last)


def _days(first: Any, last: Any) -> str:
    return _("%(first)s to %(last)s") % {"first": numbers.day(first), "last": numbers.day(last)}


def offered(
    scope: Scope,
    groups: Sequence[tuple[str, str]],
    customers: Sequence[Mapping[str, Any]],
    products: Sequence[str],
) -> list[dict[str, Any]]:
    """What there is to compare with, in parts: times and the rest, groups, customers by their attributes, products."""
    first = [(PERIOD, _("the period before"))]
    first += [] if scope.period in YEARLY else [(YEAR, _("the same days a year before"))]
    first += [(OTHERS, _("everybody else"))] if scope.group else []
    parts: list[dict[str, Any]] = [{"words": "", "sides": first}]
    parts.append({"words": _("Groups"), "sides": [(key, name) for key, name in groups if key != scope.group]})
    parts += [
        {"words": part["words"], "sides": [(f"{CUSTOMERS}{said}", words) for said, words in part["values"]]}
        for part in customers
    ]
    journeys = [(f"{PRODUCT}{name}", _("journeys with %(product)s") % {"product": name}) for name in products]
    parts.append({"words": _("Products"), "sides": journeys})
    return [part for part in parts if part["sides"]]
