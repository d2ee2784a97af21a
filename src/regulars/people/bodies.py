"""Values out of JSON bodies, each checked for its kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from regulars.people.errors import PeopleError

Json = Mapping[str, object]


def text(body: Json, name: str) -> str:
    """The text under a name; "" where there is none."""
    found = body.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise PeopleError("not_readable", where=name)
    return found


def words(body: Json, name: str) -> tuple[str, ...]:
    """The list of texts under a name; empty where there is none."""
    found = body.get(name, [])
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise PeopleError("not_readable", where=name)
    return tuple(found)


def whole(body: Json, name: str) -> int | None:
    """The whole number under a name; None where there is none."""
    found = body.get(name)
    if found is None:
        return None
    if not isinstance(found, int) or isinstance(found, bool):
        raise PeopleError("not_readable", where=name)
    return found


def money(body: Json, name: str) -> Decimal | None:
    """The amount under a name, written as a number or as a text; None where there is none."""
    found = body.get(name)
    if found is None or found == "":
        return None
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        raise PeopleError("not_readable", where=name)
    try:
        return Decimal(str(found))
    except InvalidOperation:
        raise PeopleError("not_readable", where=name) from None


def day(body: Json, name: str) -> date | None:
    """The date under a name; None where there is none."""
    found = text(body, name)
    if not found:
        return None
    try:
        return date.fromisoformat(found)
    except ValueError:
        raise PeopleError("not_readable", where=name) from None


def needed_day(body: Json, name: str) -> date:
    """The date under a name. Raises PeopleError where there is none."""
    found = day(body, name)
    if found is None:
        raise PeopleError("not_readable", where=name)
    return found


def object_of(body: Json, name: str) -> Json:
    """The object under a name; empty where there is none."""
    found = body.get(name, {})
    if not isinstance(found, Mapping):
        raise PeopleError("not_readable", where=name)
    return found


def version(body: Json) -> int:
    """The number of the version."""
    return whole(body, "version") or 0


def said_only(full: Json) -> dict[str, object]:
    """What does not stand at its default: texts that say something, lists and objects with something in them."""
    return {name: value for name, value in full.items() if value not in ("", [], {}, False, None)}


def iso(when: date | None) -> str:
    """A date as JSON keeps it; "" for none."""
    return when.isoformat() if when else ""


def plain_money(amount: Decimal | None) -> float | int | str | None:
    """An amount as JSON keeps it: a number where it is exact as one, else a text."""
    if amount is None:
        return None
    if amount == amount.to_integral_value():
        return int(amount)
    return float(amount) if Decimal(str(float(amount))) == amount else str(amount)
