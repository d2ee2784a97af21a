"""What these pages read from the log besides measures, in DuckDB's SQL over the engine's views.

An answer is an interaction with rows in ``answers``. Its main score is the first there is of recommendation,
satisfaction, effort, rating; importance and ratings of competitors are no scores of ours. Colleagues' own answers are
counted in the results of their survey, and nowhere else: no page shows a single one of them.
"""

# ruff: noqa: S608  SQL is put together of texts of ours, days and quoted literals

from __future__ import annotations

from datetime import date

from regulars.engines.connection import quoted

# From and to which share of its scale a score counts as good or poor, as the measures have it (csat, ces).
QUARTERS, THIRDS = (0.75, 0.25), (2 / 3, 1 / 3)
COLLEAGUES = "SELECT client_key FROM clients WHERE kind IN ('employee', 'department')"
# Surveys whose known respondents and invited people all are colleagues: who answers them by an open link is one, too.
INNER_SURVEYS = f"""
SELECT survey FROM (
    SELECT a.survey, i.client_key FROM answers a JOIN interactions i USING (interaction_id)
    UNION ALL
    SELECT json_extract_string(properties, '$.survey'), client_key FROM interactions WHERE step = 'invite')
WHERE survey IS NOT NULL AND client_key IS NOT NULL
GROUP BY survey
HAVING bool_and(client_key IN ({COLLEAGUES}))"""
MINE = f"""(CASE WHEN i.client_key IS NULL THEN {{survey}} NOT IN ({INNER_SURVEYS})
    ELSE i.client_key NOT IN ({COLLEAGUES}) END)"""
_OURS = "question NOT LIKE '%.importance' AND question NOT LIKE '%@%'"

MAIN = f"""
SELECT interaction_id, any_value(survey) AS survey,
    min_by(struct_pack(question := question, kind := kind, score := score, low := scale_min, high := scale_max),
        CASE kind WHEN 'nps' THEN '1' WHEN 'csat' THEN '2' WHEN 'ces' THEN '3' ELSE '4' END || question)
        FILTER (score IS NOT NULL AND kind IN ('nps', 'csat', 'ces', 'rating') AND {_OURS}) AS main,
    list(struct_pack(question := question, text := text, language := language) ORDER BY question)
        FILTER (trim(text) <> '') AS texts,
    any_value(language) FILTER (language IS NOT NULL) AS language,
    count(*) AS rows_given
FROM answers GROUP BY interaction_id"""

_WAY = "(main.score - main.low) / (main.high - main.low)"
BAND = f"""
CASE WHEN main IS NULL THEN NULL
    WHEN main.kind = 'nps' THEN
        CASE WHEN main.score >= 9 THEN 'good' WHEN main.score <= 6 THEN 'poor' ELSE 'between' END
    WHEN main.high > main.low THEN
        CASE WHEN {_WAY} >= CASE main.kind WHEN 'ces' THEN {THIRDS[0]} ELSE {QUARTERS[0]} END - 1e-9 THEN 'good'
            WHEN {_WAY} <= CASE main.kind WHEN 'ces' THEN {THIRDS[1]} ELSE {QUARTERS[1]} END + 1e-9 THEN 'poor'
            ELSE 'between' END
END"""

EVERY = f"""
SELECT i.interaction_id, i.client_key, i.occurred_at, i.occurred_on, i.kind, i.source, i.touchpoint, i.channel,
    i.employee, i.thread, i.text AS note, i.properties, m.survey, m.main.question AS question,
    m.main.kind AS score_kind, m.main.score AS score, m.main.low AS scale_low, m.main.high AS scale_high,
    m.texts, m.language, {BAND} AS band, NOT {MINE.format(survey="m.survey")} AS colleague
FROM interactions i JOIN ({MAIN}) m USING (interaction_id)"""
EACH = f"SELECT * FROM ({EVERY}) WHERE NOT colleague"


def within(first: date | None, last: date, prefix: str = "") -> str:
    """A condition on the day."""
    begins = f"{prefix}occurred_on >= DATE '{first}' AND " if first else ""
    return f"{begins}{prefix}occurred_on <= DATE '{last}'"


def any_answer() -> str:
    """One row: whether there is any answer at all, and of how many surveys."""
    return f"""
SELECT count(*) AS n, count(DISTINCT a.survey) AS surveys
FROM answers a JOIN interactions i USING (interaction_id) WHERE {MINE.format(survey="a.survey")}"""


def surveys(first: date | None, last: date) -> str:
    """One row a survey: questionnaires in the period and in all, first and last day, newest version, languages."""
    return f"""
SELECT survey, count(*) FILTER ({within(first, last)}) AS n, count(*) AS ever,
    min(occurred_on) AS first_on, max(occurred_on) AS last_on, any_value(kind) AS kind,
    count(DISTINCT language) AS languages, bool_and(colleague) AS colleagues
FROM ({EVERY}) WHERE occurred_on <= DATE '{last}' GROUP BY survey ORDER BY last_on DESC, survey"""


def evidence(first: date | None, last: date) -> str:
    """One row a kind of evidence: how many there are in the period, of how many customers, first and last day."""
    return f"""
WITH each AS (
    SELECT CASE WHEN i.kind IN ('review', 'interview', 'focus group', 'mystery visit', 'complaint') THEN i.kind
        WHEN a.interaction_id IS NOT NULL THEN 'survey' ELSE 'contact note' END AS evidence,
        i.client_key, i.occurred_on
    FROM interactions i
        LEFT JOIN (SELECT interaction_id, any_value(survey) AS survey FROM answers GROUP BY 1) a USING (interaction_id)
    WHERE {MINE.format(survey="coalesce(a.survey, '')")} AND {within(first, last, "i.")}
        AND (a.interaction_id IS NOT NULL
        OR i.kind IN ('review', 'interview', 'focus group', 'mystery visit', 'complaint')
        OR (trim(i.text) <> '' AND i.kind NOT IN ('order', 'refund', 'adjustment', 'offer'))))
SELECT evidence, count(*) AS n, count(DISTINCT client_key) AS customers, min(occurred_on) AS first_on,
    max(occurred_on) AS last_on
FROM each GROUP BY evidence ORDER BY n DESC, evidence"""


def poor_answers(first: date | None, last: date) -> str:
    """One row a poor answer of the period, newest first: its number, day and customer."""
    return f"""
SELECT interaction_id, client_key, occurred_on, survey
FROM ({EACH}) WHERE band = 'poor' AND {within(first, last)} ORDER BY occurred_at DESC, interaction_id"""


def newest_words(first: date | None, last: date) -> str:
    """The newest words of a poor, a middling and a good answer in the period."""
    return f"""
SELECT * FROM (SELECT *, coalesce(band, 'none') AS place FROM ({EACH})) WHERE len(texts) > 0 AND {within(first, last)}
QUALIFY row_number() OVER (PARTITION BY place ORDER BY occurred_at DESC, interaction_id) = 1
ORDER BY occurred_at DESC, interaction_id LIMIT 3"""


def one(interaction: int) -> str:
    """The answer of that number; no row where there is none, or a colleague gave it."""
    return f"SELECT * FROM ({EACH}) WHERE interaction_id = {int(interaction)}"


def rows_of(interaction: int) -> str:
    """All that was answered in one questionnaire."""
    return f"""
SELECT question, kind, score, scale_min, scale_max, choice, text, language
FROM answers WHERE interaction_id = {int(interaction)} ORDER BY question, choice"""


def replies_to(interaction: int) -> str:
    """Replies that were logged for an answer, oldest first."""
    return f"""
SELECT occurred_at, employee, text, channel FROM interactions
WHERE step = 'reply to answer' AND try_cast(json_extract_string(properties, '$.answer') AS BIGINT) = {int(interaction)}
ORDER BY occurred_at"""


def kinds_of(survey: str, first: date | None, last: date) -> str:
    """One row a kind of question that gives a score: whether only colleagues answered it."""
    return f"""
SELECT a.kind, bool_and(NOT {MINE.format(survey="a.survey")}) AS colleagues
FROM answers a JOIN interactions i USING (interaction_id)
WHERE a.survey = {quoted(survey)} AND a.score IS NOT NULL AND {within(first, last, "i.")} GROUP BY a.kind"""


def distributions(survey: str, first: date | None, last: date) -> str:
    """One row a question and value: how many chose it; and how many answered the question at all."""
    return f"""
WITH mine AS (
    SELECT a.* FROM answers a JOIN interactions i USING (interaction_id)
    WHERE a.survey = {quoted(survey)} AND {within(first, last, "i.")}),
asked AS (SELECT question, count(DISTINCT interaction_id) AS answered FROM mine GROUP BY question)
SELECT question, kind, score, choice, any_value(scale_min) AS low, any_value(scale_max) AS high,
    count(DISTINCT interaction_id) AS n, any_value(answered) AS answered
FROM mine JOIN asked USING (question) WHERE kind <> 'text'
GROUP BY question, kind, score, choice ORDER BY question, kind, score, choice"""


def by_language(survey: str, first: date | None, last: date) -> str:
    """One row a language: questionnaires, and what recommendations among them add up to."""
    return f"""
SELECT language, count(*) AS n, count(score) FILTER (score_kind = 'nps') AS scored,
    count(*) FILTER (score_kind = 'nps' AND band = 'good') AS good,
    count(*) FILTER (score_kind = 'nps' AND band = 'poor') AS poor, sum(len(texts)) AS texts
FROM ({EVERY}) WHERE survey = {quoted(survey)} AND {within(first, last)}
GROUP BY language ORDER BY n DESC, language"""


def versions(survey: str) -> str:
    """One row a version of the survey that was answered: first and last day, questionnaires."""
    return f"""
SELECT try_cast(json_extract_string(properties, '$.version') AS INTEGER) AS version,
    min(occurred_on) AS first_on, max(occurred_on) AS last_on, count(*) AS n,
    count(*) FILTER (json_extract_string(properties, '$.duplicate') = 'true') AS duplicates,
    count(*) FILTER (json_extract_string(properties, '$.complete') = 'false') AS unfinished
FROM ({EVERY}) WHERE survey = {quoted(survey)} GROUP BY 1 ORDER BY 1"""
