"""Which records are one customer: exact keys, then the model, then groups. Records in, pairs and groups out.

Nothing is written here and no clock is read; the same records give the same answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl

from regulars.engines.connection import connect
from regulars.identity.blocking import Block, block, block_groups
from regulars.identity.exact import exact_pairs
from regulars.identity.grouping import Groups, Pair, grow
from regulars.identity.model import Model, filled, learn, score

Progress = Callable[[str, float], None]

THRESHOLD = 0.8  # probability from which the model joins
DOUBTFUL = 0.2  # and from which it asks a person
LEAST_SCORED = 0.004  # pairs below are not even kept
LEAST_MEAN = -3.0  # mean weight of all pairs between two groups from which they may be one customer
# Of a pair with little of these in common only the names agree: namesakes, until a person says.
MORE_THAN_NAMES = ("birthday", "email", "phone", "address", "postcode", "city", "occupation")
BESIDE_NAMES = 5.0  # bits that they must weigh together
# Who married has another family name, and shares the first name and one of these with the record from before.
PROOFS = ("birthday", "email", "phone")
# These first names are clearly two people's: a model takes a couple at one address, or twins, for one customer.
_TWO_PEOPLE = """step_given = 'other' AND least(length(l.given), length(r.given)) > 1
    AND jaro_winkler_similarity(l.given, coalesce(r.family, '')) < 0.8
    AND jaro_winkler_similarity(r.given, coalesce(l.family, '')) < 0.8"""
# What a household shares. Where records are full of mistakes in first names, only these tell of two people.
HOUSEHOLD = ("phone", "address", "email")
# Parents and children often share name, address and telephone.
_GENERATION = """step_birthday = 'other' AND step_given IN ('same', 'sounds') AND step_family IN ('same', 'sounds') AND
    abs(try_cast(l.birthday[1:4] AS INTEGER) - try_cast(r.birthday[1:4] AS INTEGER)) BETWEEN 16 AND 50"""
# Share of the pairs of one customer that differ in something, below which a difference tells of two customers. Above,
# the company's records are too full of mistakes to conclude that.
CONTRADICTION = 0.05
HARDLY_KNOWN = 0.1  # of birthdays: above, not even one a generation apart tells of two customers
CLEAR = 0.03  # below, any different birthday does; between the two only one of another generation


@dataclass(frozen=True)
class Said:
    """What is in force already, by pair (smaller key first): what persons said, and what earlier runs joined."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()
    doubtful: frozenset[Pair] = frozenset()  # a person has looked and could not tell
    joined_before: frozenset[Pair] = frozenset()
    doubted_before: frozenset[Pair] = frozenset()

    @property
    def by_persons(self) -> frozenset[Pair]:
        """Pairs that no run says anything about."""
        return self.same | self.different | self.doubtful


NOTHING_SAID = Said()


@dataclass(frozen=True)
class Match:
    """What was found.

    pairs     one row a statement: key_l < key_r, verdict (same, doubtful, different), method (exact, model),
              because (of exact pairs), probability, weight, cut (would have joined two who are not one),
              taken_back (joined by an earlier run),
              step_<comparison>, weight_<comparison>
    groups    records in groups
    model     what the model weighed with
    blocks    what was looked at
    compared  pairs that were weighed
    """

    pairs: pl.DataFrame
    groups: Groups
    model: Model
    blocks: tuple[Block, ...]
    compared: int
    scored: pl.DataFrame = field(repr=False)

    @property
    def taken_back(self) -> int:
        """Joins of earlier runs that do not hold any more."""
        return int(self.pairs["taken_back"].sum())


def match(
    records: pl.DataFrame,
    *,
    spill_to: Path | None = None,
    said: Said = NOTHING_SAID,
    changed: Collection[int] | None = None,
    model: Model | None = None,
    threshold: float = THRESHOLD,
    progress: Progress = lambda step, share: None,
) -> Match:
    """Find which records (columns of ``comparable``) are one customer.

    changed   keys that are new or different since the last run; only their pairs are weighed. None: all
    model     what an earlier run has learned; None: learn from these records
    threshold probability from which the model joins
    """
    connection = connect(spill_to=spill_to)
    try:
        connection.register("given_records", records.sort("key"))
        connection.execute("CREATE TABLE records AS FROM given_records")
        known = model is not None and _fits(connection, model)
        if not known:
            changed = None
        keys = pl.DataFrame({"key": sorted(changed or ())}, schema={"key": pl.Int64})
        connection.register("given_changed", keys)
        connection.execute("CREATE TABLE changed AS FROM given_changed")
        only = changed is not None
        progress("Exact keys", 0.0)
        exact = exact_pairs(connection, only_changed=only)
        progress("Looking for pairs", 0.1)
        blocks = block(connection, only_changed=only)
        progress("Learning", 0.2)
        fitted = model if known and model is not None else learn(connection)
        progress("Weighing", 0.4)
        scored, compared = _weigh(connection, fitted, exact, said, threshold, only_changed=only)
        progress("Grouping", 0.8)
        pairs, groups = _decide(scored, exact, said, changed, threshold)
        progress("Grouping", 1.0)
        return Match(pairs, groups, fitted, tuple(blocks), compared, scored)
    finally:
        connection.close()


def _fits(connection: duckdb.DuckDBPyConnection, model: Model) -> bool:
    """Whether a model knows these columns and was learned from at least half as many records."""
    compared, records = filled(connection)
    return {c.name for c in compared} <= set(model.compared) and records <= 2 * max(model.records, 200)


def _weigh(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    exact: pl.DataFrame,
    said: Said,
    threshold: float,
    *,
    only_changed: bool,
) -> tuple[pl.DataFrame, int]:
    """Weights of the pairs that share a key, and of all pairs inside what could become one group."""
    row = connection.execute("SELECT count(*) FROM pairs").fetchone()
    compared = int(row[0]) if row else 0
    if not model.compared:
        empty = {"key_l": pl.Int64, "key_r": pl.Int64, "probability": pl.Float64, "weight": pl.Float64}
        return pl.DataFrame(schema={**empty, "capped": pl.Boolean}), compared
    score(connection, model, LEAST_SCORED)
    first = _capped(connection, model)
    sure = first.filter((pl.col("probability") >= threshold) & ~pl.col("capped")).select("key_l", "key_r")
    before = pl.DataFrame(sorted(said.same | said.joined_before), schema=_PAIR, orient="row")
    could = pl.concat([sure, exact.select("key_l", "key_r"), before]).unique()
    compared += block_groups(connection, could, first.select("key_l", "key_r"), only_changed=only_changed)
    score(connection, model, 0.0)
    return pl.concat([first, _capped(connection, model)], how="vertical_relaxed").sort("key_l", "key_r"), compared


_PAIR = {"key_l": pl.Int64, "key_r": pl.Int64}


def _capped(connection: duckdb.DuckDBPyConnection, model: Model) -> pl.DataFrame:
    """The scored pairs; ``capped``: only a person may say that these are one customer."""
    there = [name for name in MORE_THAN_NAMES if name in model.compared]
    beside = " + ".join(f"greatest(coalesce(weight_{name}, 0), 0)" for name in there) or "0"
    names_only = f"{beside} < {BESIDE_NAMES}"
    rules = [names_only]
    if "given" in model.compared:
        home = " OR ".join(f"step_{name} IN ('same', 'near', 'part')" for name in HOUSEHOLD if name in model.compared)
        same_day = "coalesce(step_birthday, '') <> 'same'" if "birthday" in model.compared else "true"
        clear = "true" if _differs(model, "given") < CONTRADICTION else f"({home or 'false'}) AND {same_day}"
        rules.append(f"{_TWO_PEOPLE} AND {clear}")
    if {"given", "family", "birthday"} <= set(model.compared) and _differs(model, "birthday") < HARDLY_KNOWN:
        rules.append("step_birthday = 'other'" if _differs(model, "birthday") < CLEAR else _GENERATION)
    if "family" in model.compared and _differs(model, "family") < CONTRADICTION:
        proofs = [f"coalesce(step_{name}, '') <> 'same'" for name in PROOFS if name in model.compared]
        rules.append(" AND ".join(["step_family = 'other'", *proofs]))
    capped = " OR ".join(f"({rule})" for rule in rules)
    query = f"""SELECT s.*, coalesce({capped}, false) AS capped FROM scored s
                JOIN records l ON l.key = s.key_l JOIN records r ON r.key = s.key_r"""
    return connection.execute(query).pl()


def _differs(model: Model, name: str) -> float:
    """Share of the pairs of one customer that differ in this."""
    return model.chances[name]["other"][0]


def _decide(
    scored: pl.DataFrame, exact: pl.DataFrame, said: Said, changed: Collection[int] | None, threshold: float
) -> tuple[pl.DataFrame, Groups]:
    kept = said.same | (_unchanged(said.joined_before, changed) if changed is not None else frozenset())
    sure = scored.filter((pl.col("probability") >= threshold) & ~pl.col("capped"))
    reasons = {(left, right): because for left, right, because in exact.iter_rows()}
    grown = grow(
        given=sorted(said.same) + sorted(kept - said.same),
        exact=[pair for pair in reasons if pair not in said.by_persons],
        modelled=[row for row in sure.select("key_l", "key_r", "weight").iter_rows() if row[:2] not in said.by_persons],
        weighed=scored.select("key_l", "key_r", "weight").iter_rows(),
        apart=said.different,
        least_mean=LEAST_MEAN,
    )
    statements = _statements(scored, reasons, said, changed, grown.groups, grown.joined, grown.cut)
    return statements, grown.groups


def _unchanged(pairs: Collection[Pair], changed: Collection[int]) -> frozenset[Pair]:
    return frozenset(pair for pair in pairs if pair[0] not in changed and pair[1] not in changed)


def _statements(
    scored: pl.DataFrame,
    reasons: Mapping[Pair, str],
    said: Said,
    changed: Collection[int] | None,
    groups: Groups,
    joined: list[Pair],
    cut: list[Pair],
) -> pl.DataFrame:
    """What is new to say, one row a pair; what holds already is not said again."""
    verdicts: dict[Pair, str] = {pair: "same" for pair in joined if pair not in said.joined_before}
    cuts = {pair for pair in cut if groups.of(pair[0]) != groups.of(pair[1])}
    asked = _best_doubts(scored, cuts, said, groups)
    verdicts |= {pair: "doubtful" for pair in asked if pair not in said.doubted_before}
    looked_at = said.joined_before if changed is None else said.joined_before - _unchanged(said.joined_before, changed)
    for pair in sorted(looked_at):
        if groups.of(pair[0]) != groups.of(pair[1]):
            verdicts[pair] = "doubtful"
            cuts.add(pair)
    doubted = said.doubted_before if changed is None else said.doubted_before - _unchanged(said.doubted_before, changed)
    for pair in sorted(doubted - asked):
        if pair not in verdicts and groups.of(pair[0]) != groups.of(pair[1]):
            verdicts[pair] = "different"
    rows = [
        (*pair, verdict, _method(pair, verdict, reasons), reasons.get(pair), pair in cuts, pair in said.joined_before)
        for pair, verdict in sorted(verdicts.items())
    ]
    schema = {**_PAIR, "verdict": pl.String, "method": pl.String, "because": pl.String}
    schema |= {"cut": pl.Boolean, "taken_back": pl.Boolean}
    stated = pl.DataFrame(rows, schema=schema, orient="row")
    return stated.join(scored, on=["key_l", "key_r"], how="left", maintain_order="left")


def _method(pair: Pair, verdict: str, reasons: Mapping[Pair, str]) -> str:
    return "exact" if verdict == "same" and pair in reasons else "model"


def _best_doubts(scored: pl.DataFrame, cuts: Collection[Pair], said: Said, groups: Groups) -> set[Pair]:
    """Of the pairs that a person should look at the surest one between each two groups."""
    rows = scored.filter(pl.col("probability") >= DOUBTFUL).select("key_l", "key_r", "weight")
    best: dict[Pair, tuple[bool, float, Pair]] = {}
    judged = {_between(groups, pair) for pair in said.by_persons}
    for left, right, weight in rows.iter_rows():
        pair = (left, right)
        between = _between(groups, pair)
        if between[0] == between[1] or between in judged or not groups.may_join(left, right):
            continue
        candidate = (pair in said.doubted_before, weight, (-left, -right))
        if between not in best or candidate > best[between]:
            best[between] = candidate
    found = {(-pair[0], -pair[1]) for _, _, pair in best.values()}
    return found | {pair for pair in cuts if pair not in said.by_persons and _between(groups, pair) not in best}


def _between(groups: Groups, pair: Pair) -> Pair:
    left, right = groups.of(pair[0]), groups.of(pair[1])
    return (left, right) if left <= right else (right, left)


def weight_of(probability: float) -> float:
    """Match weight (base 2) of a probability."""
    return math.log2(probability / (1 - probability))
