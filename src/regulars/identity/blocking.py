"""Which pairs are looked at: those that share something rare enough. Everybody with everybody would never end."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

# A rule gives each record one key or several; records that share a key become a pair. Most telling rules first.
_TWO_NAMES = "unnest(list_distinct(flatten([[a || ' ' || b for b in tokens if a < b] for a in tokens])))"
RULES = (
    ("e-mail", "email", "email IS NOT NULL"),
    ("telephone", "phone_tail", "phone_tail IS NOT NULL"),
    ("customer number", "card", "length(card) > 4"),
    ("birthday and first name", "birthday || given_sound", "birthday IS NOT NULL AND given_sound IS NOT NULL"),
    ("birthday and family name", "birthday || family_sound", "birthday IS NOT NULL AND family_sound IS NOT NULL"),
    ("birthday and postcode", "birthday || postcode", "birthday IS NOT NULL AND postcode IS NOT NULL"),
    ("birthday and town", "birthday || city", "birthday IS NOT NULL AND city IS NOT NULL"),
    (
        "family name and postcode",
        "family_sound || '|' || postcode",
        "family_sound IS NOT NULL AND postcode IS NOT NULL",
    ),
    ("first name and postcode", "given_sound || '|' || postcode", "given_sound IS NOT NULL AND postcode IS NOT NULL"),
    ("two names", _TWO_NAMES, "len(tokens) BETWEEN 2 AND 6"),
    ("street and postcode", "address || '|' || postcode", "address IS NOT NULL AND postcode IS NOT NULL"),
    ("street and family name", "address || '|' || family_sound", "address IS NOT NULL AND family_sound IS NOT NULL"),
    ("street and first name", "address || '|' || given_sound", "address IS NOT NULL AND given_sound IS NOT NULL"),
    ("before the @", "mail_box", "length(mail_box) > 5 AND NOT role_mail"),
    (
        "beginning of names and year of birth",
        "given_sound[1:2] || family_sound[1:3] || birthday[1:4]",
        "given_sound IS NOT NULL AND family_sound IS NOT NULL AND birthday IS NOT NULL",
    ),
    (
        "short name and family name",
        "unnest(roots) || '|' || family_sound",
        "family_sound IS NOT NULL AND len(roots) > 0",
    ),
    ("family name and town", "family_sound || '|' || city", "family_sound IS NOT NULL AND city IS NOT NULL"),
    ("first name and town", "given_sound || '|' || city", "given_sound IS NOT NULL AND city IS NOT NULL"),
    ("birthday", "birthday", "birthday IS NOT NULL"),
    ("postcode", "postcode", "postcode IS NOT NULL"),
    ("a rare name", "unnest(tokens)", "len(tokens) BETWEEN 1 AND 8"),
    (
        "two words of the street",
        "unnest(list_distinct(flatten([[a || ' ' || b for b in address_words if a < b] for a in address_words])))",
        "len(address_words) BETWEEN 2 AND 7",
    ),
    (
        "house number and postcode",
        "unnest(address_words) || '|' || postcode",
        "len(address_words) > 0 AND postcode IS NOT NULL",
    ),
    (
        "day of birth and beginning of the first name",
        "birthday[5:8] || given_sound[1:3]",
        "birthday IS NOT NULL AND given_sound IS NOT NULL",
    ),
    (
        "beginning of the family name and year of birth",
        "family_sound[1:4] || birthday[1:4]",
        "birthday IS NOT NULL AND given_sound IS NOT NULL",
    ),
)
# Records that may share a key: the fewer, the more the key tells. A rule takes the first size that it can afford.
BLOCK_SIZES = (120, 60, 30, 15, 8)
MOST_PAIRS = 12_000_000
MOST_PAIRS_OF_A_RULE = 3_000_000
MOST_IN_GROUP = 400  # of a larger group, which would be a mistake, not every pair is weighed


@dataclass(frozen=True)
class Block:
    """What one rule gives.

    pairs    how many pairs of records share a key
    largest  most records that may share one; 0 where the rule was left out because of too many pairs
    crowded  records passed over because more than that share their key
    """

    rule: str
    pairs: int
    largest: int
    crowded: int


def block(connection: duckdb.DuckDBPyConnection, *, only_changed: bool, most_pairs: int = MOST_PAIRS) -> list[Block]:
    """Make table ``pairs`` (key_l < key_r) from tables ``records`` and ``changed``; counts before it joins.

    A rule that would bring more pairs than it may, takes rarer keys only, or is left out.
    """
    connection.execute("CREATE OR REPLACE TABLE keys (rule UTINYINT, value UBIGINT, key BIGINT)")
    found: list[Block] = []
    for number, (name, expression, condition) in enumerate(RULES):
        connection.execute(
            f"INSERT INTO keys SELECT DISTINCT {number}, hash(value), key FROM "
            f"(SELECT {expression} AS value, key FROM records WHERE {condition})"
        )
        left = min(MOST_PAIRS_OF_A_RULE, most_pairs - sum(block.pairs for block in found))
        found.append(_cut_to(connection, number, name, left))
    touched = "AND (l.key IN (FROM changed) OR r.key IN (FROM changed))" if only_changed else ""
    connection.execute(
        f"""CREATE OR REPLACE TABLE pairs AS SELECT DISTINCT l.key AS key_l, r.key AS key_r
            FROM keys l JOIN keys r ON l.rule = r.rule AND l.value = r.value AND l.key < r.key {touched}"""
    )
    connection.execute("DROP TABLE keys")
    return found


def block_groups(
    connection: duckdb.DuckDBPyConnection, could: pl.DataFrame, known: pl.DataFrame, *, only_changed: bool
) -> int:
    """Make table ``pairs`` anew: pairs not yet ``known`` inside groups that ``could`` form; returns how many.

    only_changed  leave out groups without a record of table ``changed``
    """
    keys = np.unique(np.concatenate([could["key_l"].to_numpy(), could["key_r"].to_numpy()]))
    places = [np.searchsorted(keys, could[name].to_numpy()) for name in ("key_l", "key_r")]
    graph = coo_array((np.ones(len(could), dtype=np.int8), tuple(places)), shape=(len(keys),) * 2)
    _, group = connected_components(graph, directed=False) if len(keys) else (0, np.empty(0, dtype=np.int32))
    connection.register("given_groups", pl.DataFrame({"key": keys, "in_group": group}))
    connection.register("given_known", known)
    touched = (
        "WHERE in_group IN (SELECT in_group FROM given_groups SEMI JOIN changed USING (key))" if only_changed else ""
    )
    connection.execute(
        f"""CREATE OR REPLACE TABLE pairs AS
            WITH small AS (SELECT * FROM given_groups {touched}
                           QUALIFY count(*) OVER (PARTITION BY in_group) <= {MOST_IN_GROUP})
            SELECT l.key AS key_l, r.key AS key_r FROM small l JOIN small r USING (in_group)
            ANTI JOIN given_known k ON k.key_l = l.key AND k.key_r = r.key WHERE l.key < r.key"""
    )
    row = connection.execute("SELECT count(*) FROM pairs").fetchone()
    return int(row[0]) if row else 0


def _cut_to(connection: duckdb.DuckDBPyConnection, number: int, name: str, most: int) -> Block:
    """Leave only keys in table ``keys`` that few enough records share."""
    sizes = connection.execute(
        f"""SELECT n, count(*) FROM (SELECT count(*) AS n FROM keys WHERE rule = {number} GROUP BY value)
            WHERE n > 1 GROUP BY n"""
    ).fetchall()
    for largest in (*BLOCK_SIZES, 0):
        pairs = sum(n * (n - 1) // 2 * times for n, times in sizes if n <= largest)
        if pairs <= most:
            break
    connection.execute(
        f"""DELETE FROM keys WHERE rule = {number} AND value NOT IN
            (SELECT value FROM keys WHERE rule = {number} GROUP BY value HAVING count(*) BETWEEN 2 AND {largest})"""
    )
    return Block(name, int(pairs), largest, int(sum(n * times for n, times in sizes if n > largest)))
