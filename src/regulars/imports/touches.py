"""Contacts and answers to interactions: one row of the file is one touch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from regulars.engines.connection import quoted
from regulars.imports.rows import CLIENT_FIELDS, PERSONAL_FIELDS, identity, log_table, reference

CONTACT_FIELDS: tuple[str, ...] = (
    *(
        "customer_id",
        "occurred",
        "occurred_on",
        "kind",
        "touchpoint",
        "step",
        "channel",
        "branch",
        "department",
    ),
    *("employee", "initiated_by", "outcome", "thread", "text", "wait_seconds", "duration_seconds", "due"),
    *("amount", "cost"),
    *CLIENT_FIELDS,
    *PERSONAL_FIELDS,
)
ANSWER_FIELDS: tuple[str, ...] = (
    *("customer_id", "occurred", "occurred_on", "survey", "question", "score", "choice", "text", "language"),
    *("weight", "thread", "channel", "touchpoint", "branch", "department", "employee", "kind"),
    *CLIENT_FIELDS,
    *PERSONAL_FIELDS,
)
# Where answers happen that name no other place.
TOUCHPOINTS = {"answer": "survey", "review": "reviews"}
CONTACT_IDENTITY = ("kind", "step", "touchpoint", "channel", "outcome", "text")
ANSWER_IDENTITY = ("survey", "question", "score", "choice", "text")


def prepare(connection: duckdb.DuckDBPyConnection, source: str, identifying: Sequence[str]) -> None:
    """From table ``typed`` make ``touches``: one row a line, with its client and its stable number."""
    _number(connection, source, identifying, "typed")


def prepare_questionnaires(connection: duckdb.DuckDBPyConnection, source: str, *, several: bool) -> None:
    """The same of the lines that ``refused`` does not name.

    several  there are questions besides the form's own fields: ``contents`` is then part of what a line is
    """
    lines = "SELECT * FROM typed ANTI JOIN refused USING (line)"
    if several:
        _number(connection, source, (*ANSWER_IDENTITY, "content"), f"({lines} LEFT JOIN contents USING (line))")
    else:
        _number(connection, source, ANSWER_IDENTITY, f"({lines})")


def _number(connection: duckdb.DuckDBPyConnection, source: str, identifying: Sequence[str], lines: str) -> None:
    number = identity(
        quoted(source),
        "'touch'",
        "coalesce(thread, '')",
        "coalesce(ref, '')",
        "epoch_us(occurred)",
        *identifying,
    )
    connection.execute(f"""
        CREATE OR REPLACE TABLE touches AS
        WITH named AS (SELECT *, {reference()} AS ref FROM {lines}),
             hashed AS (SELECT *, {number} AS content_id FROM named),
             counted AS (SELECT *, row_number() OVER (PARTITION BY content_id ORDER BY line) AS copy FROM hashed)
        SELECT * EXCLUDE (content_id, copy),
               CAST(md5_number_lower(content_id || '/' || copy) >> 1 AS BIGINT) AS interaction_id
        FROM counted""")


def keep_fresh(connection: duckdb.DuckDBPyConnection, files: Mapping[str, Sequence[str]]) -> None:
    """Make ``fresh``: the touches that the log does not have."""
    known = log_table(files["interactions"], ["interaction_id"])
    connection.execute(
        "CREATE OR REPLACE TABLE fresh AS SELECT * FROM touches "
        f"WHERE interaction_id NOT IN (SELECT interaction_id FROM {known})"
    )


def contacts(import_id: int, source: str) -> str:
    """Query of the interactions of contacts; what has no kind of its own is a 'contact'."""
    return f"""
        SELECT f.interaction_id, {import_id} AS import_id, {quoted(source)} AS source, f.line AS source_row,
               k.client_key, f.occurred AS occurred_at, f.occurred_on, f.due AS due_at,
               lower(trim(coalesce(f.kind, 'contact'))) AS kind, f.touchpoint, f.step, f.channel, f.branch,
               f.department, f.employee, lower(f.initiated_by) AS initiated_by, f.amount, f.cost, f.wait_seconds,
               f.duration_seconds, f.outcome, f.thread, f.text
        FROM fresh f LEFT JOIN client_keys k USING (ref)"""


def answering(import_id: int, source: str, kind: str = "answer") -> str:
    """Query of the interactions of answers (or reviews): the client speaks, and the survey is told."""
    survey = survey_of(source, kind)
    return f"""
        SELECT f.interaction_id, {import_id} AS import_id, {quoted(source)} AS source, f.line AS source_row,
               k.client_key, f.occurred AS occurred_at, f.occurred_on, {quoted(kind)} AS kind,
               coalesce(f.touchpoint, {quoted(TOUCHPOINTS[kind])}) AS touchpoint, {quoted(kind)} AS step, f.channel,
               f.branch, f.department, f.employee, 'client' AS initiated_by, f.thread,
               CAST(json_object('survey', {survey}) AS VARCHAR) AS properties
        FROM fresh f LEFT JOIN client_keys k USING (ref)"""


def answers(import_id: int, source: str, kind: str = "answer") -> str:
    """Query of the answers rows of lines that say themselves which question they answer."""
    return f"""
        SELECT f.interaction_id, {import_id} AS import_id, {survey_of(source, kind)} AS survey,
               coalesce(f.question, 'overall') AS question,
               coalesce(lower(f.kind), CASE WHEN f.score IS NOT NULL THEN coalesce(s.kind, 'rating')
                   WHEN f.choice IS NOT NULL THEN 'choice' ELSE 'text' END) AS kind,
               f.score, CASE WHEN f.score IS NOT NULL THEN s.low END AS scale_min,
               CASE WHEN f.score IS NOT NULL THEN s.high END AS scale_max, f.choice, f.text, f.language, f.weight
        FROM fresh f LEFT JOIN scales s ON s.question IS NOT DISTINCT FROM f.question"""


def survey_of(source: str, kind: str) -> str:
    """SQL of a line's survey: without a name the source is the survey, and reviews are 'reviews'."""
    return f"coalesce(f.survey, {quoted('reviews' if kind == 'review' else source)})"
