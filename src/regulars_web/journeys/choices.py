"""What there is to choose journeys by: products, and customers by their attributes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from regulars.log.tables import TABLES
from regulars_web.customers.words import value_words
from regulars_web.journeys.reading import ask_rows
from regulars_web.journeys.whose import COLUMNS, Whose, name_words, read_whose
from regulars_web.shared.frame import Frame
from regulars_web.shared.readings import Reading, Readings, Row

CHOICES = "choices"  # the part of the shelf
MOST_VALUES = 40
NAMED = (*COLUMNS, "city")  # columns of customers; whatever else is known of them is an attribute
CATEGORIES = f"""
    SELECT category AS name, count(*) AS n FROM items
    WHERE category IS NOT NULL GROUP BY 1 ORDER BY n DESC, name LIMIT {MOST_VALUES}"""  # noqa: S608  our own names
_NAMED_VALUES = ", ".join(f"{{'key': '{name}', 'value': {name}}}" for name in NAMED)
# The newest value of each customer, as measures take it; of equally new ones the greatest. Most customers stand in one
# row, which leaves nothing to choose.
VALUES = f"""
    WITH customers AS (SELECT * FROM clients WHERE kind IS NULL OR kind = 'customer'),
    again AS (SELECT client_key FROM customers GROUP BY client_key HAVING count(*) > 1),
    read AS (
        SELECT client_key, asserted_at, [{_NAMED_VALUES}] AS named,
            CASE WHEN json_valid(attributes) AND json_type(attributes) = 'OBJECT'
                THEN map_entries(from_json(attributes, '"MAP(VARCHAR, VARCHAR)"')) END AS others
        FROM customers
    ),
    told AS (
        SELECT client_key, asserted_at, unnest(named) AS one FROM read
        UNION ALL
        SELECT client_key, asserted_at, one FROM (SELECT client_key, asserted_at, unnest(others) AS one FROM read)
        WHERE one.key NOT IN {NAMED}
    ),
    now AS (
        SELECT one.key AS name, one.value AS value FROM told
        WHERE one.value IS NOT NULL AND client_key NOT IN (FROM again)
        UNION ALL
        SELECT one.key, arg_max(one.value, (coalesce(asserted_at, TIMESTAMPTZ '1900-01-01 00:00:00+00'), one.value))
        FROM told WHERE one.value IS NOT NULL AND client_key IN (FROM again) GROUP BY client_key, one.key
    ),
    counted AS (
        SELECT name, value, count(*) AS n, count(*) OVER (PARTITION BY name) AS values_in_all
        FROM now GROUP BY name, value
    )
    SELECT name, value, n, values_in_all FROM counted
    WHERE values_in_all <= {MOST_VALUES} OR n > 1
    QUALIFY row_number() OVER (PARTITION BY name ORDER BY n DESC, value) <= {MOST_VALUES}
    ORDER BY name, n DESC, value"""  # noqa: S608  our own names
# Names that the log has for something else.
_TAKEN = {name for table in ("interactions", "clients", "answers") for name in TABLES[table].names}
_NAME = re.compile(r"\w+")


def choices_read(frame: Frame) -> Readings:
    """Categories of products, and values of customers' attributes."""
    return {"categories": ask_rows(frame, CATEGORIES), "customers": _values_read(frame)}


def _values_read(frame: Frame) -> Reading:
    """What customers can be chosen by: one row an attribute and value, with how many customers have it.

    Of an attribute with many values the most frequent ones; ``values_in_all`` tells how many there are. Attributes that
    are called like a column of the log cannot be asked for, as measures take the column.
    """
    rows = ask_rows(frame, VALUES).rows
    return Reading([row for row in rows if row["name"] in NAMED or _can_be_asked_for(row["name"])])


def parts_of(rows: Sequence[Row], chosen: str = "") -> list[dict[str, Any]]:
    """The attributes to choose from with their values, in the order of their words; what is chosen stays a choice.

    An attribute of one value tells nobody apart and is left out.
    """
    values: dict[str, list[str]] = {}
    for row in rows:
        if int(row["values_in_all"]) > 1:
            values.setdefault(row["name"], []).append(row["value"])
    whose = read_whose(chosen)
    if whose is not None and whose.value not in values.get(whose.name, []):
        values.setdefault(whose.name, []).append(whose.value)
    order = [name for name in NAMED if name in values]
    order += sorted(name for name in values if name not in NAMED)
    return [
        {
            "words": name_words(name),
            "values": [(str(Whose(name, value)), value_words(name, value)) for value in values[name]],
        }
        for name in order
    ]


def wrong_words(said: str, rows: Sequence[Row]) -> str:
    """Why an address's customers cannot be shown; empty where they can."""
    whose = read_whose(said)
    if whose is None:
        told = {"said": said, "example": "country:BG"}
        return (
            _(
                "“%(said)s” names no customers. Write an attribute and its value with a colon between, like "
                "%(example)s. All customers are shown."
            )
            % told
        )
    mine = [row for row in rows if row["name"] == whose.name]
    if not mine:
        told = {"name": whose.name}
        return _("Nothing called “%(name)s” is known of customers. All customers are shown.") % told
    if int(mine[0]["values_in_all"]) <= MOST_VALUES and whose.value not in {row["value"] for row in mine}:
        told = {"name": name_words(whose.name), "value": whose.value}
        return _("No customer has “%(value)s” under “%(name)s”. All customers are shown.") % told
    return ""


def _can_be_asked_for(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and name.lower() not in _TAKEN
