"""Joins that need no model: two records that share something only one customer has, and say nothing against it.

- The same e-mail, unless it is a shared one (info@, office@) or more than six records use it.
- The same telephone and the same full name. A telephone alone belongs to a household, not to a person.
- The same customer number in two sources and the same full name: systems that copy customers keep the number.

None of them joins records with different birthdays, or with clearly different first names: one e-mail of a married
couple is two customers.
"""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl

from regulars.identity.comparisons import BY_NAME

MOST_SHARED = 6  # records that may share an e-mail or a telephone; beyond, it belongs to nobody in particular
_SCHEMA: dict[str, Any] = {"key_l": pl.Int64, "key_r": pl.Int64, "because": pl.String}


def _steps(comparison: str, codes: tuple[str, ...]) -> str:
    found = [step.condition for step in BY_NAME[comparison].steps if step.code in codes]
    return " OR ".join(f"({condition})" for condition in found)


_GIVEN = _steps("given", ("same", "sounds", "swapped", "short", "near"))
_FAMILY = _steps("family", ("same", "sounds", "swapped", "near", "part"))
_FULL_NAME = f"(({_GIVEN}) AND ({_FAMILY}))"
_NAME_NOT_AGAINST = f"(given_l IS NULL OR given_r IS NULL OR {_GIVEN} OR {_steps('given', ('initial', 'elsewhere'))})"
_BIRTHDAY_NOT_AGAINST = (
    f"(birthday_l IS NULL OR birthday_r IS NULL OR {_steps('birthday', ('same', 'swapped', 'near'))})"
)
_KEYS = (
    ("email", "email", "NOT role_mail", _NAME_NOT_AGAINST),
    ("phone", "phone_tail", "true", _FULL_NAME),
    ("number", "card", "length(card) > 4", f"source_l <> source_r AND {_FULL_NAME}"),
)


def exact_pairs(connection: duckdb.DuckDBPyConnection, *, only_changed: bool) -> pl.DataFrame:
    """Pairs of table ``records`` (touching table ``changed``) that are one customer beyond doubt.

    Grain    one row a pair and key that they share
    Columns  key_l < key_r · because: email, phone or number
    """
    touched = "AND (l.key IN (FROM changed) OR r.key IN (FROM changed))" if only_changed else ""
    found = [pl.DataFrame(schema=_SCHEMA)]
    for because, column, condition, agreed in _KEYS:
        sides = ", ".join(f"{side} AS (SELECT COLUMNS(*) AS '\\0_{side}' FROM chosen)" for side in "lr")
        query = f"""
            WITH chosen AS (
                SELECT *, {column} AS shared FROM records WHERE {column} IS NOT NULL AND {condition}
                QUALIFY count(*) OVER (PARTITION BY {column}) BETWEEN 2 AND {MOST_SHARED}),
            {sides}
            SELECT key_l, key_r, '{because}' AS because FROM l JOIN r ON shared_l = shared_r AND key_l < key_r
            WHERE ({agreed}) AND {_BIRTHDAY_NOT_AGAINST} {touched.replace("l.key", "key_l").replace("r.key", "key_r")}
            ORDER BY key_l, key_r"""
        found.append(connection.execute(query).pl().cast(pl.Schema(_SCHEMA)))
    return pl.concat(found)
