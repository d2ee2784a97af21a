"""What these pages read from the log besides measures, in DuckDB's SQL over the engine's views.

An answer is an interaction with rows in ``answers``. Its main score is the first there is of recommendation,
satisfaction, effort, rating; importance and ratings of competitors are no scores of ours. Colleagues' own answers and
those of partners are given in confidence: they are counted in the results of their survey, in whole waves of at least
five people, and nowhere else: no page shows a single one of them. Whose an answer is and what is good of it the
measures say; nothing here says it again.
"""

# ruff: noqa: S608  SQL is put together of texts of ours, days and quoted literals

from __future__ import annotations

from datetime import date
from functools import cache

import ibis

from regulars.engines.connection import quoted
from regulars.engines.sql import sql_of
from regulars.measures.log_tables import log_tables
from regulars.measures.scores.answered import judged
from regulars.measures.scores.audience import with_audience
from regulars.measures.scores.levels import BAD, GOOD, MIDDLING, SCORED

_LISTENED = "('review', 'interview', 'focus group', 'mystery visit', 'complaint')"
COLLEAGUES, OPEN = "employees", "customers"  # only single answers of customers are shown
BANDS = {GOOD: "good", MIDDLING: "between", BAD: "poor"}
_OURS = "question NOT LIKE '%.importance' AND question NOT LIKE '%@%'"
_WHEN = " ".join(f"WHEN {level} THEN '{band}'" for level, band in BANDS.items())
_BAND = f"CASE m.main.level {_WHEN} END"


@cache
def answers() -> str:
    """One row an answer to one question, as the measures judge it: whose it is, usable, good or poor, a repeat."""
    log = log_tables()
    rows = judged(log.interactions.select("interaction_id", "client_key", "properties"), log)
    wanted = ("interaction_id", "survey", "question", "score", "scale_min", "scale_max", "choice", "language")
    judgements = ("audience", "usable", "level", "duplicate")
    return sql_of(rows.select(*wanted, *judgements, kind="answer_kind", text="said"), "duckdb")


@cache
def audiences() -> str:
    """One row a known client: whose an interaction without answers is."""
    log = log_tables()
    rows = with_audience(log.clients.select("client_key").distinct().mutate(survey=ibis.null("string")), log)
    return sql_of(rows.select("client_key", "audience"), "duckdb")


@cache
def every() -> str:
    """One row an answer: a filled-in questionnaire, a review, what was said in an interview; also colleagues'."""
    return f"""
SELECT i.interaction_id, i.client_key, i.occurred_at, i.occurred_on, i.kind, i.source, i.touchpoint, i.channel,
    i.employee, i.thread, i.text AS note, i.properties, m.survey, m.main.question AS question,
    m.main.kind AS score_kind, m.main.score AS score, m.main.low AS scale_low, m.main.high AS scale_high,
    m.texts, m.language, {_BAND} AS band, m.audience, m.audience <> '{OPEN}' AS in_confidence
FROM interactions i JOIN (
    SELECT interaction_id, any_value(survey) AS survey, any_value(audience) AS audience,
        min_by(struct_pack(question := question, kind := kind, score := score, low := scale_min, high := scale_max,
                level := CASE WHEN usable THEN level END),
            CASE kind WHEN 'nps' THEN '1' WHEN 'csat' THEN '2' WHEN 'ces' THEN '3' ELSE '4' END || question)
            FILTER (score IS NOT NULL AND kind IN ('nps', 'csat', 'ces', 'rating') AND {_OURS}) AS main,
        list(struct_pack(question := question, text := text, language := language) ORDER BY question)
            FILTER (trim(text) <> '') AS texts,
        any_value(language) FILTER (language IS NOT NULL) AS language
    FROM ({answers()}) GROUP BY interaction_id) m USING (interaction_id)"""


def each() -> str:
    """The same without what colleagues and partners answered: what pages may show one by one."""
    return f"SELECT * FROM ({every()}) WHERE NOT in_confidence"


def within(first: date | None, last: date, prefix: str = "") -> str:
    """A condition on the day."""
    begins = f"{prefix}occurred_on >= DATE '{first}' AND " if first else ""
    return f"{begins}{prefix}occurred_on <= DATE '{last}'"


def any_answer() -> str:
    """One row: whether there is any answer at all, and of how many surveys."""
    return f"SELECT count(*) AS n, count(DISTINCT survey) AS surveys FROM ({answers()}) WHERE audience = '{OPEN}'"


def surveys(first: date | None, last: date) -> str:
    """One row a survey: questionnaires in the period and in all, first and last day, newest version, languages."""
    return f"""
SELECT survey, count(*) FILTER ({within(first, last)}) AS n, count(*) AS ever,
    min(occurred_on) AS first_on, max(occurred_on) AS last_on, any_value(kind) AS kind,
    count(DISTINCT language) AS languages, bool_and(audience = '{COLLEAGUES}') AS colleagues,
    bool_and(in_confidence) AS in_confidence
FROM ({every()}) WHERE occurred_on <= DATE '{last}' GROUP BY survey ORDER BY last_on DESC, survey"""


def evidence(first: date | None, last: date) -> str:
    """One row a kind of evidence: how many there are in the period, of how many customers, first and last day.

    A quote of another customer stands in the log as a row of its own; it is evidence of the same one session.
    """
    return f"""
WITH told AS (
    SELECT i.interaction_id, i.client_key, i.occurred_on, i.step, a.audience AS answered_as,
        CASE WHEN i.kind IN {_LISTENED} THEN i.kind WHEN a.interaction_id IS NOT NULL THEN 'survey'
            ELSE 'contact note' END AS evidence
    FROM interactions i
        LEFT JOIN (SELECT interaction_id, any_value(audience) AS audience FROM ({answers()}) GROUP BY 1) a
            USING (interaction_id)
    WHERE {within(first, last, "i.")} AND (a.interaction_id IS NOT NULL OR i.kind IN {_LISTENED}
        OR (trim(i.text) <> '' AND i.kind NOT IN ('order', 'refund', 'adjustment', 'offer', 'answer')))),
whose AS ({audiences()})
SELECT evidence, count(*) FILTER (coalesce(step, '') <> 'quote') AS n, count(DISTINCT client_key) AS customers,
    min(occurred_on) AS first_on, max(occurred_on) AS last_on
FROM told LEFT JOIN whose USING (client_key)
WHERE coalesce(answered_as, '{OPEN}') = '{OPEN}' AND coalesce(whose.audience, '{OPEN}') <> '{COLLEAGUES}'
GROUP BY evidence ORDER BY n DESC, evidence"""


def poor_answers(first: date | None, last: date) -> str:
    """One row a poor answer of the period, newest first: its number, day and customer."""
    return f"""
SELECT interaction_id, client_key, occurred_on, survey
FROM ({each()}) WHERE band = 'poor' AND {within(first, last)} ORDER BY occurred_at DESC, interaction_id"""


def newest_words(first: date | None, last: date) -> str:
    """The newest words of a poor, a middling and a good answer in the period."""
    return f"""
SELECT * FROM (SELECT *, coalesce(band, 'none') AS place FROM ({each()})) WHERE len(texts) > 0 AND {within(first, last)}
QUALIFY row_number() OVER (PARTITION BY place ORDER BY occurred_at DESC, interaction_id) = 1
ORDER BY occurred_at DESC, interaction_id LIMIT 3"""


def one(interaction: int) -> str:
    """The answer of that number; no row where there is none, or it was given in confidence."""
    return f"SELECT * FROM ({each()}) WHERE interaction_id = {int(interaction)}"


def rows_of(interaction: int) -> str:
    """All that was answered in one questionnaire."""
    return f"""
SELECT question, kind, score, scale_min, scale_max, choice, text, language
FROM answers WHERE interaction_id = {int(interaction)} ORDER BY question, score, choice"""


def replies_to(interaction: int) -> str:
    """Replies that were logged for an answer, oldest first."""
    return f"""
SELECT occurred_at, employee, text, channel FROM interactions
WHERE step = 'reply to answer' AND try_cast(json_extract_string(properties, '$.answer') AS BIGINT) = {int(interaction)}
ORDER BY occurred_at"""


def kinds_of(survey: str, first: date | None, last: date) -> str:
    """One row a kind of question that gives a score: whose answers to it they all are; null where several's."""
    return f"""
SELECT a.kind, CASE WHEN count(DISTINCT a.audience) = 1 THEN any_value(a.audience) END AS audience
FROM ({answers()}) a JOIN interactions i USING (interaction_id)
WHERE a.survey = {quoted(survey)} AND a.score IS NOT NULL AND {within(first, last, "i.")} GROUP BY a.kind"""


def distributions(survey: str, first: date | None, last: date) -> str:
    """One row a question and value: how many customers' answers chose it; and how many answered at all."""
    return _distributions(survey, f"a.audience = '{OPEN}' AND {within(first, last, 'i.')}")


def _distributions(survey: str, which: str) -> str:
    return f"""
WITH mine AS (
    SELECT a.* FROM ({answers()}) a JOIN interactions i USING (interaction_id)
    WHERE a.survey = {quoted(survey)} AND {which}),
asked AS (SELECT question, count(DISTINCT interaction_id) AS answered FROM mine GROUP BY question)
SELECT question, kind, score, choice, any_value(scale_min) AS low, any_value(scale_max) AS high,
    count(DISTINCT interaction_id) AS n, any_value(answered) AS answered
FROM mine JOIN asked USING (question) WHERE kind <> 'text'
GROUP BY question, kind, score, choice ORDER BY question, kind, score, choice"""


def said_in_confidence(survey: str, last: date) -> str:
    """One row a mark or choice that colleagues or partners gave, each by itself: what waves are made of.

    Of this survey; recommendations of all surveys, since measures put them together. Only what measures count.
    """
    return f"""
SELECT year(i.occurred_on) * 12 + month(i.occurred_on) - 1 AS month,
    coalesce(i.client_key, i.interaction_id) AS person, a.interaction_id, a.survey, a.audience, a.question, a.kind,
    a.score, a.choice, a.scale_min AS low, a.scale_max AS high
FROM ({answers()}) a JOIN interactions i USING (interaction_id)
WHERE i.kind = 'answer' AND a.audience <> '{OPEN}' AND (a.survey = {quoted(survey)} OR a.kind = 'nps')
    AND a.kind <> 'text' AND NOT a.duplicate AND (a.usable OR a.kind NOT IN {SCORED})
    AND i.occurred_on <= DATE '{last}'"""


def whose(survey: str) -> str:
    """One row a kind of people who answered a survey."""
    return f"SELECT DISTINCT audience FROM ({answers()}) WHERE survey = {quoted(survey)}"


def by_language(survey: str, first: date | None, last: date) -> str:
    """One row a language: customers' questionnaires, and what recommendations among them add up to."""
    return f"""
SELECT language, count(*) AS n, count(score) FILTER (score_kind = 'nps') AS scored,
    count(*) FILTER (score_kind = 'nps' AND band = 'good') AS good,
    count(*) FILTER (score_kind = 'nps' AND band = 'poor') AS poor, sum(len(texts)) AS texts
FROM ({each()}) WHERE survey = {quoted(survey)} AND {within(first, last)}
GROUP BY language ORDER BY n DESC, language"""


def versions(survey: str) -> str:
    """One row a version of the survey that was answered: first and last day, questionnaires."""
    return f"""
SELECT try_cast(json_extract_string(properties, '$.version') AS INTEGER) AS version,
    min(occurred_on) AS first_on, max(occurred_on) AS last_on, count(*) AS n,
    count(*) FILTER (json_extract_string(properties, '$.duplicate') = 'true') AS duplicates,
    count(*) FILTER (json_extract_string(properties, '$.complete') = 'false') AS unfinished
FROM ({every()}) WHERE survey = {quoted(survey)} GROUP BY 1 ORDER BY 1"""
