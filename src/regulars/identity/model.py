"""The model that weighs what agrees and what does not: Splink's, trained on the company's own records.

Source   Fellegi and Sunter (1969), A theory for record linkage, JASA 64(328); Winkler (1988), EM for its parameters;
         Linacre and others (2022), Splink, International Journal of Population Data Science 7(3)
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import polars as pl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from regulars.identity.comparisons import BY_NAME, COMPARISONS, Comparison, creator, step_sql

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

SEED = 20_260_630
FEWEST_TO_LEARN = 300  # records below which nothing is learned from them
FILLED_ENOUGH = 0.02  # share of records with the column
CHANCE_PAIRS = 200_000  # random pairs that show how often strangers agree
TRAINING_PAIRS = 200_000  # pairs of one lesson
PRESUMED_PAIRS = 50.0  # pairs of one customer that outweigh what is presumed of them
PRESUMED_STRANGERS = 1_000.0  # the same of strangers
# A lesson looks at pairs that share these columns, and learns about the comparisons that do not use them. Each asks for
# something that one person has: what a household shares would teach that married couples are one customer.
LESSONS = (
    (("given", "family"), ("given", "family", "others")),
    (("birthday",), ("birthday",)),
    (("email",), ("email",)),
    (("phone_tail", "given"), ("phone", "given", "family", "others")),
    (("postcode", "given"), ("postcode", "given", "family", "others")),
)
ROUNDS = 40
SETTLED = 500.0  # records from which on the count of a value says more than the share of its step
FIRM = 1e7  # pairs seen before that no lesson moves
LEAST_PRIOR, MOST_PRIOR = 0.02, 15.0  # other records of the same customer, on average over all records


@dataclass(frozen=True)
class Model:
    """What a run has learned; no personal data.

    prior      chance that two records picked at random are one customer
    chances    comparison -> step -> (share among pairs of one customer, share among strangers)
    records    how many records it has learned from
    learned    comparisons that were learned, the others are presumed
    """

    prior: float
    chances: Mapping[str, Mapping[str, tuple[float, float]]]
    records: int
    learned: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The model as a decision keeps it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, body: Mapping[str, Any]) -> Model:
        """A model that a decision keeps."""
        chances = {
            name: {code: (float(pair[0]), float(pair[1])) for code, pair in steps.items()}
            for name, steps in body["chances"].items()
        }
        return cls(float(body["prior"]), chances, int(body["records"]), tuple(body["learned"]))

    @property
    def compared(self) -> tuple[str, ...]:
        """Names of the comparisons, in their order."""
        return tuple(self.chances)


@contextmanager
def quiet() -> Iterator[None]:
    """No word of Splink on the terminal; its log keeps its level afterwards."""
    log = logging.getLogger("splink")
    before = log.disabled, log.level
    log.disabled = True
    children = [logging.getLogger(name) for name in logging.root.manager.loggerDict if name.startswith("splink.")]
    silenced = [(child, child.disabled) for child in children]
    for child in children:
        child.disabled = True
    try:
        yield
    finally:
        log.disabled, level = before
        log.setLevel(level)
        for child, disabled in silenced:
            child.disabled = disabled


def filled(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[Comparison, ...], int]:
    """The comparisons whose columns are filled often enough in table ``records``, and the number of records."""
    counts = ", ".join(f"count({comparison.column})" for comparison in COMPARISONS)
    row = connection.execute(f"SELECT count(*), {counts} FROM records").fetchone()
    total, *known = row if row else (0, *[0] * len(COMPARISONS))
    chosen = [c for c, n in zip(COMPARISONS, known, strict=True) if n >= 2 and n >= FILLED_ENOUGH * total]
    return tuple(chosen), int(total)


def presumed(compared: tuple[Comparison, ...], records: int) -> Model:
    """The model before anything is learned: about one record in five has a second one."""
    prior = 0.4 / max(records - 1, 1)
    chances = {c.name: {s.code: (s.likely, s.by_chance) for s in c.steps} for c in compared}
    return Model(min(prior, 0.05), chances, 0, ())


def learn(connection: duckdb.DuckDBPyConnection) -> Model:
    """Learn from tables ``records`` and ``pairs``; what they do not show clearly stays near what is presumed.

    The same records give the same model.
    """
    compared, total = filled(connection)
    start = presumed(compared, total)
    if total < FEWEST_TO_LEARN or not compared:
        return start
    strangers = _strangers(connection, start, total)
    likely = {c.name: {s.code: s.likely * PRESUMED_PAIRS for s in c.steps} for c in compared}
    columns, taught = {c.column for c in compared}, set()
    for shared, used in LESSONS:
        if not set(shared) <= columns:
            continue
        patterns = _patterns(connection, start, _sharing(shared))
        free = [name for name in start.compared if name not in used]
        counted, _ = lesson(patterns, {name: strangers[name] for name in free}, {name: likely[name] for name in free})
        for name, steps in counted.items():
            taught.add(name)
            likely[name] = {code: likely[name][code] + steps[code] for code in steps}
    shares = {name: _shares(steps) for name, steps in likely.items()}
    patterns = _patterns(connection, start, "FROM pairs")
    firm = {name: {code: share * FIRM for code, share in steps.items()} for name, steps in shares.items()}
    _, matched = lesson(patterns, strangers, firm) if len(patterns) else ({}, 0.0)
    matched *= patterns["all"][0] / patterns["n"].sum() if len(patterns) else 0.0
    prior = _rounded(min(max(matched / (total * (total - 1) / 2), LEAST_PRIOR / total), MOST_PRIOR / total))
    return Model(prior, _apart(prior, shares, strangers), total, tuple(name for name in shares if name in taught))


def score(connection: duckdb.DuckDBPyConnection, model: Model, least: float) -> None:
    """Make table ``scored`` from tables ``records`` and ``pairs``.

    Grain    one row a pair with at least the probability ``least``
    Columns  key_l, key_r, probability, weight · step_<comparison>, weight_<comparison> (base 2)
    """
    with _predicted(connection, model, least) as table:
        weights = "".join(f", {_weight(BY_NAME[name])} AS weight_{name}" for name in model.compared)
        connection.execute(
            f"""CREATE OR REPLACE TABLE weighed AS
                SELECT least(key_l, key_r) AS key_l, greatest(key_l, key_r) AS key_r, match_probability AS probability,
                       match_weight AS weight{weights} FROM {table}"""
        )
    connection.execute(
        f"""CREATE OR REPLACE TABLE scored AS
            SELECT * FROM weighed JOIN ({_stepped("weighed", model, "step_")}) USING (key_l, key_r)"""
    )
    unknown = ", ".join(f"CASE WHEN step_{n} IS NOT NULL THEN weight_{n} END AS weight_{n}" for n in model.compared)
    connection.execute(
        f"CREATE OR REPLACE TABLE scored AS SELECT * REPLACE ({unknown}) FROM scored; DROP TABLE weighed"
    )


@contextmanager
def _predicted(connection: duckdb.DuckDBPyConnection, model: Model, least: float) -> Iterator[str]:
    """Name of Splink's table of weighed pairs, for as long as the block runs."""
    connection.execute(
        """CREATE OR REPLACE TABLE blocked AS
           SELECT '0' AS match_key, key_l AS join_key_l, key_r AS join_key_r FROM pairs"""
    )
    with quiet():
        linker = _linker(connection, model)
        _register_rarity(connection, linker, model)
        linker.table_management.register_blocked_pairs_for_predict(linker._db_api.register("blocked"))
        found = linker.inference.predict(threshold_match_probability=least, warning_mode="never")
        yield found.physical_name
        found.drop_table_from_database_and_remove_from_cache()
    connection.execute("DROP TABLE blocked")


def _register_rarity(connection: duckdb.DuckDBPyConnection, linker: Linker, model: Model) -> None:
    """How often a stranger has each value: counted without the two records that are compared.

    A plain share would call a value of two records among fifty common, and a small company would never join anybody.
    What is not counted is as rare as the step says on the whole.
    """
    for name in model.compared:
        for step in BY_NAME[name].steps:
            if not step.rarer:
                continue
            column, by_chance = step.rarer, model.chances[name][step.code][1]
            connection.execute(
                f"""CREATE OR REPLACE TABLE rarity_{column} AS
                    WITH whole AS (SELECT count({column}) AS n FROM records)
                    SELECT {column},
                           greatest(0.000001, least(1.0, (greatest(count(*) - 2, 0) + 0.5 * n / (n + {SETTLED})
                           + {SETTLED} * {by_chance}) / (n + {SETTLED}))) AS tf_{column}
                    FROM records, whole WHERE {column} IS NOT NULL GROUP BY {column}, n"""
            )
            table = linker._db_api.register(f"rarity_{column}")
            linker.table_management.register_term_frequency_lookup(table, column)


def _weight(comparison: Comparison) -> str:
    """The weight of a comparison, from what Splink calls it."""
    rarer = f" + mw_tf_adj_{comparison.name}" if any(step.rarer for step in comparison.steps) else ""
    return f"mw_{comparison.name}{rarer}"


def _linker(connection: duckdb.DuckDBPyConnection, model: Model) -> Linker:
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[creator(BY_NAME[name], dict(steps)) for name, steps in model.chances.items()],
        blocking_rules_to_generate_predictions=[block_on("key")],
        probability_two_random_records_match=model.prior,
        unique_id_column_name="key",
        retain_intermediate_calculation_columns=True,
        retain_matching_columns=False,
        linker_uid="regulars",
    )
    api = DuckDBAPI(connection)
    return Linker(api.register("records"), settings, log_level=None, validate_settings=False)


def lesson(
    patterns: pl.DataFrame, strangers: Mapping[str, Mapping[str, float]], before: Mapping[str, Mapping[str, float]]
) -> tuple[dict[str, dict[str, float]], float]:
    """How often each step is seen among the pairs of one customer that these patterns hold, and how many these are.

    patterns   one row a pattern: a column a comparison with the step's code, null where unknown; n pairs
    strangers  comparison -> step -> share among random pairs of strangers
    before     comparison -> step -> pairs of one customer seen before this lesson

    Expectation maximisation with what is known before as prior on both sides. Strangers are learned anew each time,
    because those of a lesson have something in common: namesakes live in one country, and often in one town. A lesson
    without any pair of one customer teaches nothing.
    """
    names = [name for name in strangers if patterns[name].null_count() < len(patterns)]
    count = patterns["n"].to_numpy().astype(float)
    places = {name: _places(patterns[name], tuple(strangers[name])) for name in names}
    known = {name: np.array(list(before[name].values())) for name in names}
    others = {name: np.array(list(strangers[name].values())) * PRESUMED_PAIRS for name in names}
    seen = {name: np.zeros(len(known[name])) for name in names}
    apart = {name: np.zeros(len(known[name])) for name in names}
    matched, share = np.zeros(len(count)), 0.1
    for _ in range(ROUNDS):
        ratio = np.full(len(count), np.log(share / (1 - share)))
        for name in names:
            one, two = known[name] + seen[name], others[name] + apart[name]
            # The last place is for pairs of which nothing is known.
            ratio += np.append(np.log(one / one.sum()) - np.log(two / two.sum()), 0.0)[places[name]]
        matched = count / (1 + np.exp(-np.clip(ratio, -500, 500)))
        share = float(np.clip((matched.sum() + 0.5) / (count.sum() + 5.0), 1e-6, 1 - 1e-6))
        seen = {name: _summed(places[name], matched, len(known[name])) for name in names}
        apart = {name: _summed(places[name], count - matched, len(known[name])) for name in names}
    told = {name: dict(zip(strangers[name], seen[name].tolist(), strict=True)) for name in names}
    return told, float(matched.sum())


def _places(codes: pl.Series, steps: tuple[str, ...]) -> Places:
    """The number of each pattern's step; one more where it is unknown."""
    numbers = codes.replace_strict(list(steps), list(range(len(steps))), return_dtype=pl.Int64)
    return np.asarray(numbers.fill_null(len(steps)).to_numpy(), dtype=np.int64)


def _summed(places: Places, weights: Floats, steps: int) -> Floats:
    return np.asarray(np.bincount(places, weights=weights, minlength=steps + 1)[:steps], dtype=np.float64)


def _shares(counts: Mapping[str, float]) -> dict[str, float]:
    total = sum(counts.values())
    return {code: count / total for code, count in counts.items()}


def _sharing(columns: Sequence[str]) -> str:
    """Query of pairs that share these columns; of very many a part, always the same."""
    same = " AND ".join(f"l.{column} = r.{column}" for column in columns)
    return f"FROM (SELECT l.key AS key_l, r.key AS key_r FROM records l JOIN records r ON {same} AND l.key < r.key)"


def _patterns(connection: duckdb.DuckDBPyConnection, model: Model, pairs: str) -> pl.DataFrame:
    """How often each pattern of steps occurs among at most TRAINING_PAIRS of these pairs; ``all``: how many there are.

    Which ones are taken depends on their keys alone, so that the same records teach the same.
    """
    row = connection.execute(f"SELECT count(*) {pairs}").fetchone()
    total = int(row[0]) if row else 0
    part = f"WHERE hash(key_l, key_r) % 1000000 < {int(1_000_000 * min(1.0, TRAINING_PAIRS / max(total, 1)))}"
    connection.execute(f"CREATE OR REPLACE TABLE taught AS SELECT key_l, key_r {pairs} {part}")
    query = (
        f"SELECT * EXCLUDE (key_l, key_r), count(*) AS n FROM ({_stepped('taught', model)}) GROUP BY ALL ORDER BY ALL"
    )
    return connection.execute(query).pl().with_columns(all=pl.lit(total))


def _stepped(pairs: str, model: Model, prefix: str = "") -> str:
    """Query of the step that each pair reaches in each comparison; key_l and key_r beside."""
    steps = "".join(f", {step_sql(BY_NAME[name])} AS {prefix}{name}" for name in model.compared)
    sides = [f"(SELECT COLUMNS(*) AS '\\0_{side}' FROM records) {side}" for side in "lr"]
    return f"SELECT p.key_l, p.key_r{steps} FROM {pairs} p JOIN {sides[0]} USING (key_l) JOIN {sides[1]} USING (key_r)"


def _strangers(connection: duckdb.DuckDBPyConnection, model: Model, records: int) -> dict[str, dict[str, float]]:
    """Comparison -> step -> share among random pairs, drawn a little towards what is presumed."""
    shifts = np.random.default_rng(SEED).permutation(np.arange(1, (records + 1) // 2))[: CHANCE_PAIRS // records + 1]
    connection.register("given_shifts", pl.DataFrame({"shift": shifts}))
    connection.execute(
        """CREATE OR REPLACE TABLE places AS
           SELECT key, row_number() OVER (ORDER BY hash(key), key) - 1 AS place FROM records"""
    )
    patterns = _patterns(
        connection,
        model,
        f"""FROM (SELECT l.key AS key_l, r.key AS key_r FROM places l CROSS JOIN given_shifts
            JOIN places r ON r.place = (l.place + shift) % {records})""",
    )
    found: dict[str, dict[str, float]] = {}
    for name in model.compared:
        steps = {step.code: PRESUMED_STRANGERS * step.by_chance for step in BY_NAME[name].steps}
        places = _places(patterns[name], tuple(steps))
        seen = _summed(places, patterns["n"].to_numpy().astype(float), len(steps)).tolist()
        found[name] = _shares({code: steps[code] + more for code, more in zip(steps, seen, strict=True)})
    return found


def _apart(
    prior: float, shares: Mapping[str, Mapping[str, float]], strangers: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, tuple[float, float]]]:
    """Comparison -> step -> (share among pairs of one customer, share among strangers).

    Random pairs hold some of one customer too; in a small company those are most of what agrees, so they are taken out.
    """
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for name, steps in strangers.items():
        left = _shares({code: max(u - prior * shares[name][code], u / 20) for code, u in steps.items()})
        found[name] = {code: (_rounded(shares[name][code]), _rounded(left[code])) for code in steps}
    return found


def _rounded(share: float) -> float:
    """Six figures: sums over threads differ in the last ones."""
    return float(f"{max(share, 1e-9):.6g}")
