"""A made-up company as a whole workspace: a log with lines of orders, answers, facts, and a vault with names."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import regulars as rg
from bench import made_up
from regulars.demo.names import COUNTRIES
from regulars.workspace import Workspace

SOURCE = "shop"
ASSERTED_AT = datetime(2024, 12, 31, tzinfo=UTC)
LATIN = ("ka", "ro", "mi", "ve", "ta", "lo", "zde", "pra", "nov", "jan", "bor", "sel", "dra", "gor", "hor", "li")
CYRILLIC = ("ка", "ро", "ми", "ве", "та", "ло", "де", "пра", "нов", "ян", "бор", "сел", "дра", "гор", "хор", "ли")


def company(folder: Path, rows: int) -> Path:
    """The folder of a workspace with so many interactions, made once; its log is compacted."""
    home = folder / f"company-{rows}"
    if home.exists():
        return home
    files = made_up.interactions(folder, rows)
    draft = folder / f"company-{rows}.part"
    shutil.rmtree(draft, ignore_errors=True)
    with rg.init(draft, name="Made up", currency="EUR", time_zone="Europe/Sofia") as workspace:
        for file in files:
            _add(workspace, file)
        workspace.compact()
    settings = draft / "regulars.toml"
    settings.write_text(settings.read_text("utf-8").replace('# country = "BG"', 'country = "BG"'), "utf-8")
    draft.rename(home)
    return home


def _add(workspace: Workspace, file: str) -> None:
    touches = pq.read_table(file)
    dice = np.random.default_rng(len(touches))
    keys = touches["client_key"].drop_null().unique()
    people = keys.to_numpy()
    tables = {"interactions": touches, "items": _lines(file), "answers": _answers(file)}
    if len(people):
        tables |= {"clients": _clients(dice, people), "facts": _facts(dice, people)}
    number = workspace.add_tables(tables, form="orders", source=SOURCE)
    workspace.vault.add_records(
        {"client_key": key, "source": SOURCE, "reference": f"C{key % 10**9:09}{place}"}
        for place, key in enumerate(people.tolist())
    )
    workspace.vault.add_details(number, _details(dice, people))


def _lines(file: str) -> pa.Table:
    """One or two lines an order."""
    query = f"""
        SELECT interaction_id, 1 AS import_id, hash(interaction_id, line) >> 2 AS line_id,
            'P' || hash(interaction_id, line) % 4000 AS product,
            'Oak chair, model ' || hash(interaction_id, line) % 4000 AS product_name, 'chairs' AS category,
            1 + hash(interaction_id) % 3 AS quantity, amount AS unit_price, amount
        FROM read_parquet('{file}'), (SELECT unnest([1, 2]) AS line)
        WHERE kind = 'order' AND (line = 1 OR interaction_id % 2 = 0)"""
    return duckdb.sql(query).to_arrow_table()


def _answers(file: str) -> pa.Table:
    """Every tenth visit is followed by an answer, kept under the visit itself."""
    query = f"""
        SELECT interaction_id, 1 AS import_id, 'after the visit' AS survey, 'recommend' AS question, 'nps' AS kind,
            CAST(interaction_id % 11 AS DOUBLE) AS score, 0.0::DOUBLE AS scale_min, 10.0::DOUBLE AS scale_max
        FROM read_parquet('{file}') WHERE kind = 'visit' AND interaction_id % 10 = 0"""
    return duckdb.sql(query).to_arrow_table()


def _clients(dice: np.random.Generator, people: np.ndarray) -> pa.Table:
    countries = np.array([country.code for country in COUNTRIES])[dice.integers(0, len(COUNTRIES), len(people))]
    types = np.where(dice.random(len(people)) < 0.1, "reseller", "end user")
    return pa.table(
        {
            "client_key": people,
            "import_id": np.ones(len(people), dtype=np.int64),
            "asserted_at": pa.array([ASSERTED_AT] * len(people), pa.timestamp("us", tz="UTC")),
            "kind": pa.array(["customer"] * len(people)),
            "customer_type": types.tolist(),
            "country": countries.tolist(),
        }
    )


def _facts(dice: np.random.Generator, people: np.ndarray) -> pa.Table:
    some = people[dice.random(len(people)) < 0.2]
    values = np.array(["call after 17 h", "no small talk", "safety stock", "other documents"])
    names = np.array(["preference", "need"])[dice.integers(0, 2, len(some))]
    return pa.table(
        {
            "client_key": some,
            "import_id": np.ones(len(some), dtype=np.int64),
            "name": names.tolist(),
            "value": values[dice.integers(0, len(values), len(some))].tolist(),
            "source": pa.array(["notes"] * len(some)),
            "known_at": pa.array([ASSERTED_AT] * len(some), pa.timestamp("us", tz="UTC")),
        }
    )


def _details(dice: np.random.Generator, people: np.ndarray) -> Iterator[dict[str, object]]:
    picked = dice.integers(0, 10**9, (len(people), 5)).tolist()
    for key, (country, first, *parts, phone) in zip(people.tolist(), picked, strict=True):
        home = COUNTRIES[country % len(COUNTRIES)]
        given = (home.women + home.men)[first % (len(home.women) + len(home.men))]
        syllables = CYRILLIC if given[0] > "Ѐ" else LATIN
        # Squared: some surnames are frequent, most are rare.
        number = (parts[0] % 181) ** 2 + parts[1] % 7
        surname = "".join(syllables[number // 16**place % 16] for place in range(4)).capitalize()
        yield {
            "client_key": key,
            "source": SOURCE,
            "name": f"{given} {surname}",
            "email": f"u{key % 10**10}@example.com",
            "phone": f"08{87 + phone % 3}{phone % 10**6:06}",
        }
