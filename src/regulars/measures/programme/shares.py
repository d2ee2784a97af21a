"""What is told of our share in customers' purchases: facts and answers."""

from __future__ import annotations

from typing import Final

import ibis
import ibis.expr.types as ir

from regulars.measures.local_times import seconds_of
from regulars.measures.programme.bought import GONE
from regulars.measures.registry import LogTables
from regulars.measures.scope import Scope
from regulars.measures.scores.answered import is_duplicate

NAMES: Final = ("share of wallet", "our share", "share of purchases")


def told_facts(log: LogTables, scope: Scope) -> ir.Table:
    """Facts of these names, every row of their histories; as known now, whatever the day asked for.

    Grain    one row a row of facts
    Columns  client_key · value · gone int: dropped or taken back · told_s: seconds since 1970
    """
    rows = log.facts.filter(log.facts.client_key.notnull())
    name = rows.name.lower().replace("_", " ").replace("-", " ").strip()
    rows = rows.filter(name.isin(NAMES))
    newest = ibis.coalesce(rows.confirmed_at, rows.known_at)
    return rows.select(
        "client_key",
        "value",
        gone=rows.status.isin(GONE).fill_null(False).cast("int64"),
        told_s=seconds_of(newest),
    )


def told_answers(log: LogTables, scope: Scope) -> ir.Table:
    """Answers of known customers to a question of these names, up to the last day; likely repeats are left out.

    Grain    one row an answer
    Columns  client_key · score, scale_max float · choice, text · told_s: seconds since 1970
    """
    given = log.answers
    question = given.question.lower().replace("_", " ").replace("-", " ")
    about = question.isin(NAMES)
    for name in NAMES:
        about = about | question.endswith(f".{name}")
    wanted = given.filter(about).select("interaction_id", "score", "scale_max", "choice", "text")
    rows = log.interactions
    rows = rows.filter((rows.occurred_on <= ibis.literal(scope.last_on)) & rows.client_key.notnull())
    rows = rows.filter(~is_duplicate(rows)).select("client_key", "interaction_id", "occurred_at")
    both = rows.join(wanted, "interaction_id")
    return both.select("client_key", "score", "scale_max", "choice", "text", told_s=seconds_of(both.occurred_at))
