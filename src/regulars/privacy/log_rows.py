"""Rows that leave the log: every table rewritten where one of them lies, the rest bit for bit as it was.

What is to leave is told by two tables that the caller fills: clients whose every row goes, and interactions. Money can
stay as a sale to a guest: such a row has another number, no client, no text, no thread and no line of a file.
"""

# ruff: noqa: S608  SQL is put together of names of our own columns, keys and file names; see quoted()

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from regulars.engines.connection import quoted
from regulars.log.head import Head
from regulars.log.store import KINDS, LogFile, LogStore
from regulars.log.tables import IMPORTS
from regulars.privacy.person import Person, Traces

ERASED = "(erased)"
# What a sale keeps when its customer goes. The hour stays for figures by hour; the minute might tell who it was.
_KINDS = ", ".join(quoted(kind) for kind in sorted(KINDS))
_GUEST_TOUCH = f"""
    g.new_id AS interaction_id, import_id, source, date_trunc('hour', occurred_at) AS occurred_at, occurred_on,
    CASE WHEN kind IN ({_KINDS}) THEN kind ELSE 'contact' END AS kind, own(touchpoint) AS touchpoint,
    own(channel) AS channel, own(branch) AS branch, own(department) AS department, own(employee) AS employee,
    CASE WHEN initiated_by IN ('client', 'company') THEN initiated_by END AS initiated_by,
    amount, cost, original_amount, original_currency, rate"""
_GUEST_ITEM = """
    g.new_id AS interaction_id, import_id, md5_number_lower(g.new_id || '/' || uuid()) >> 1 AS line_id,
    own(product) AS product, own(product_name) AS product_name, own(category) AS category,
    quantity, unit_price, amount, cost"""
_LEAVES = {
    "interactions": "interaction_id IN (SELECT interaction_id FROM gone_touches)",
    "items": "interaction_id IN (SELECT interaction_id FROM gone_touches)",
    "answers": "interaction_id IN (SELECT interaction_id FROM gone_touches)",
    "clients": "client_key IN (SELECT client_key FROM gone_clients)",
    "facts": "client_key IN (SELECT client_key FROM gone_clients) OR "
    "(client_key, coalesce(fact_id, 0), name, coalesce(value, '')) IN (FROM gone_facts)",
    "links": "left_key IN (SELECT client_key FROM gone_clients) OR right_key IN (SELECT client_key FROM gone_clients)",
    # A key account is kept under the customer's key; a visit names the customer in its body.
    "decisions": "key IN (SELECT CAST(client_key AS VARCHAR) FROM gone_clients) OR (noun = 'visit planned' AND "
    'regexp_extract(body, \'"client_key": *"?(-?[0-9]+)\', 1) IN '
    "(SELECT CAST(client_key AS VARCHAR) FROM gone_clients))",
}
_GONE = "(SELECT interaction_id AS old_id, stays, new_id FROM gone_touches)"
# Notes of a group, of which no customer is the owner: sentences that name the person go, the others stay.
_GROUP_KINDS = "('interview', 'focus group', 'mystery visit')"
_NAMED = "interaction_id IN (SELECT interaction_id FROM gone_names) AND names_somebody(text)"
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])(?=\s)|(?<=\n)")  # a point inside an e-mail address ends none
# Whose words go while the row stays.
_SILENT = "interaction_id IN (SELECT interaction_id FROM gone_texts)"
_SILENCED = ("interactions", "answers")
_STAYS = {"interactions": _GUEST_TOUCH, "items": _GUEST_ITEM}


@dataclass
class Rewrite:
    """A rewriting under way. The caller holds the log alone, publishes ``head`` and deletes the old files.

    removed     table -> rows that left
    silenced    table -> rows that lost their text
    anonymous   table -> rows that stay as a guest's
    """

    store: LogStore
    connection: duckdb.DuckDBPyConnection
    head: Head
    traces: Traces = field(default_factory=Traces)
    removed: dict[str, int] = field(default_factory=dict)
    anonymous: dict[str, int] = field(default_factory=dict)
    silenced: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        connection = self.connection
        connection.execute("CREATE TABLE gone_clients (client_key BIGINT)")
        connection.execute("CREATE TABLE gone_touches (interaction_id BIGINT, stays BOOLEAN, new_id BIGINT)")
        connection.execute("CREATE TABLE gone_texts (interaction_id BIGINT)")
        connection.execute("CREATE TABLE gone_names (interaction_id BIGINT)")
        connection.execute("CREATE TABLE gone_facts (client_key BIGINT, fact_id BIGINT, name VARCHAR, value VARCHAR)")
        connection.create_function("names_somebody", self.traces.named_in, ["VARCHAR"], "BOOLEAN")
        connection.create_function("without_names", self._without_names, ["VARCHAR"], "VARCHAR")
        known = "CASE WHEN names_somebody(cell) THEN NULL ELSE cell END" if self.traces else "cell"
        connection.execute(f"CREATE MACRO own(cell) AS {known}")

    def take_clients(self, keys: Sequence[int], *, keep_amounts: bool) -> None:
        """Every row of these clients leaves; of their interactions those with money stay as a guest's, if kept.

        What a file told without a customer, in a thread that is theirs alone, is theirs too.
        """
        self.connection.register("given", pa.table({"client_key": pa.array(sorted(keys), pa.int64())}))
        self.connection.execute("INSERT INTO gone_clients SELECT client_key FROM given")
        self.connection.unregister("given")
        files = self._all("interactions")
        if files:
            self.take_touches(_THEIRS.format(touches=self._read("interactions", files)), keep_amounts=keep_amounts)

    def take_touches(self, query: str, *, keep_amounts: bool) -> None:
        """The interactions of a query (interaction_id, has_money) leave, or lose all that is personal."""
        stays = "has_money" if keep_amounts else "false"
        found = self.connection.execute(
            f"SELECT interaction_id, {stays} AS stays FROM ({query}) "
            "WHERE interaction_id NOT IN (SELECT interaction_id FROM gone_touches)"
        ).to_arrow_table()
        numbered = found.append_column("new_id", pa.array(_random_ids(found.num_rows)))
        self.connection.register("given", numbered)
        self.connection.execute("INSERT INTO gone_touches SELECT interaction_id, stays, new_id FROM given")
        self.connection.unregister("given")

    def take_texts(self, query: str) -> None:
        """The interactions of a query (interaction_id) lose their words, and those of their answers."""
        self.connection.execute(f"INSERT INTO gone_texts {query}")

    def take_names(self) -> None:
        """Notes and quotes of groups, which belong to no single customer, lose the sentences that name the person."""
        if self.traces and (touches := self.read("interactions")):
            self.connection.execute(
                f"INSERT INTO gone_names SELECT interaction_id FROM {touches} "
                f"WHERE client_key IS NULL AND kind IN {_GROUP_KINDS}"
            )

    def take_facts(self, query: str) -> None:
        """The facts of a query (client_key, fact_id or 0, name, value or '') leave with their history."""
        self.connection.execute(f"INSERT INTO gone_facts {query}")

    def read(self, table: str) -> str | None:
        """SQL of a table's visible rows; None where there are none."""
        files = self._all(table)
        return self._read(table, files) if files else None

    def amount_gone(self) -> Decimal:
        """The money of the interactions that leave without a guest's sale in their place."""
        files = self._all("interactions")
        if not files:
            return Decimal(0)
        row = self.connection.execute(
            f"SELECT sum(amount) FROM {self._read('interactions', files)} "
            "WHERE interaction_id IN (SELECT interaction_id FROM gone_touches WHERE NOT stays)"
        ).fetchall()[0]
        return Decimal(row[0] or 0)

    def mentions(self, person: Person) -> int:
        """How many texts and facts of other customers hold the person's name, e-mail or address, as it is written."""
        pieces = [text for column in ("name", "email", "address") for text in person.said(column) if len(text) > 3]
        if not pieces:
            return 0
        found = 0
        for table, column in (("interactions", "text"), ("answers", "text"), ("facts", "value")):
            held = " OR ".join(f"contains(lower({column}), lower({quoted(piece)}))" for piece in pieces)
            if files := self._all(table):
                row = self.connection.execute(
                    f"SELECT count(*) FROM {self._read(table, files)} WHERE {held}"
                ).fetchall()
                found += int(row[0][0])
        return found

    def run(self) -> Head:
        """Commit every table without the rows that leave; the new head, not published yet."""
        for table, leaves in _LEAVES.items():
            self._rewrite(table, leaves)
        if self.traces:
            self._rewrite_history()
        return self.head

    # Inside ------------------------------------------------------------------------------------------

    def _rewrite(self, table: str, leaves: str) -> None:
        spoken = f"(({_SILENT} AND text IS NOT NULL) OR ({_NAMED}))"
        files = self._holding(table, f"{leaves} OR {spoken}" if table in _SILENCED else leaves)
        if not files:
            return
        staged = [self.store.stage(self.connection, table, self._kept(table, leaves, file)) for file in files]
        self._count(table, leaves, files)
        self.head = self.store.commit(self.head, table, [file for file in staged if file], files)

    def _kept(self, table: str, leaves: str, file: LogFile) -> str:
        """Query of what a file holds afterwards."""
        source = self._read(table, [file])
        words = f"CASE WHEN {_SILENT} THEN NULL WHEN {_NAMED} THEN without_names(text) ELSE text END"
        silent = f" REPLACE ({words} AS text)" if table in _SILENCED else ""
        kept = f"SELECT *{silent} FROM {source} WHERE NOT coalesce({leaves}, false)"
        if table not in _STAYS:
            return kept
        guests = f"SELECT {_STAYS[table]} FROM {source} t JOIN {_GONE} g ON t.interaction_id = g.old_id WHERE g.stays"
        return f"SELECT * FROM ({kept} UNION ALL BY NAME {guests})"

    def _count(self, table: str, leaves: str, files: Sequence[LogFile]) -> None:
        stays = (
            "interaction_id IN (SELECT interaction_id FROM gone_touches WHERE stays)" if table in _STAYS else "false"
        )
        row = self.connection.execute(
            f"SELECT count(*) FILTER (WHERE NOT {stays}), count(*) FILTER (WHERE {stays}) "
            f"FROM {self._read(table, files)} WHERE {leaves}"
        ).fetchall()[0]
        self.removed[table], self.anonymous[table] = int(row[0]), int(row[1])
        if table in _SILENCED:
            spoken = f"SELECT count(*) FROM {self._read(table, files)} WHERE {_SILENT} AND text IS NOT NULL"
            self.silenced[table] = int(self.connection.execute(spoken).fetchall()[0][0])
            named = f"SELECT count(*) FROM {self._read(table, files)} WHERE {_NAMED} AND NOT coalesce({leaves}, false)"
            self.anonymous[table] += int(self.connection.execute(named).fetchall()[0][0])

    def _without_names(self, text: str) -> str:
        """The text, with ERASED in the place of each sentence that names the person; all of it where none does alone.

        A name may reach over the end of a line; then no single sentence holds it.
        """
        pieces = _SENTENCE_ENDS.split(text)
        kept = "".join(_erased(piece) if self.traces.named_in(piece) else piece for piece in pieces)
        return ERASED if self.traces.named_in(kept) else kept

    def _rewrite_history(self) -> None:
        """File names and summaries of imports that name the person say so no more."""
        changed = 0
        files = self._all("imports")
        for file in files:
            rows = (
                self.connection.execute(f"SELECT * FROM {self._read('imports', [file])}").to_arrow_table().to_pylist()
            )
            told = [_without_traces(row, self.traces) for row in rows]
            count = sum(1 for before, after in zip(rows, told, strict=True) if before != after)
            if not count:
                continue
            changed += count
            self.connection.register("told", pa.Table.from_pylist(told, schema=IMPORTS))
            staged = self.store.stage(self.connection, "imports", "SELECT * FROM told")
            self.connection.unregister("told")
            self.head = self.store.commit(self.head, "imports", [staged] if staged else [], [file])
        if changed:
            self.anonymous["imports"] = changed

    def _holding(self, table: str, leaves: str) -> list[LogFile]:
        """The files of a table in which a row leaves."""
        files = self._all(table)
        if not files:
            return []
        source = self._read(table, files, ", filename = true")
        found = self.connection.execute(f"SELECT DISTINCT filename FROM {source} WHERE {leaves}").fetchall()
        names = {str(row[0]).rpartition("/")[2] for row in found}
        return [file for file in files if file.name in names]

    def _all(self, table: str) -> list[LogFile]:
        return self.store.log_files(table, self.head.versions[table])

    def _read(self, table: str, files: Sequence[LogFile], more: str = "") -> str:
        paths = ", ".join(quoted(str(self.store.folder / table / file.name)) for file in files)
        return f"read_parquet([{paths}], union_by_name = true{more})"


_THEIRS = """
    WITH t AS (SELECT interaction_id, client_key, source, thread, coalesce(amount, cost) IS NOT NULL AS has_money
               FROM {touches}),
         theirs AS (SELECT * FROM t WHERE client_key IN (SELECT client_key FROM gone_clients)),
         threads AS (SELECT source, thread FROM t SEMI JOIN theirs USING (source, thread)
                     GROUP BY source, thread HAVING count(client_key) FILTER (
                         WHERE client_key NOT IN (SELECT client_key FROM gone_clients)) = 0)
    SELECT interaction_id, has_money FROM theirs
    UNION ALL SELECT interaction_id, has_money FROM t SEMI JOIN threads USING (source, thread)
    WHERE client_key IS NULL"""


def _erased(sentence: str) -> str:
    """ERASED with the blanks that stood around the sentence."""
    words = sentence.strip()
    return sentence.replace(words, ERASED) if words else sentence


def _random_ids(count: int) -> NDArray[np.int64]:
    """Positive numbers that nobody can work back to anything."""
    return np.frombuffer(os.urandom(8 * count), dtype=np.int64) & np.int64(2**63 - 1)


def _without_traces(row: dict[str, object], traces: Traces) -> dict[str, object]:
    """A row of the imports' history that does not name the person."""
    told = {**row, "file_name": _hidden(row["file_name"], traces)}
    if row["summary"]:
        before = json.loads(str(row["summary"]))
        after = _hidden(before, traces)
        if after != before:
            told["summary"] = json.dumps(after, ensure_ascii=False)
    return told


def _hidden(told: object, traces: Traces) -> object:
    if isinstance(told, str):
        return ERASED if traces.named_in_file_name(told) else told
    if isinstance(told, dict):
        return {_hidden(key, traces): _hidden(value, traces) for key, value in told.items()}
    if isinstance(told, list):
        return [_hidden(value, traces) for value in told]
    return told
