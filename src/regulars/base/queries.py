"""What the base reads from the log itself, in DuckDB's SQL, over the engine's views."""

# ruff: noqa: S608  SQL is put together of names of our own columns; values are bound

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from regulars.base.columns import YEAR_DAYS
from regulars.facts import current_facts
from regulars.measures.purchases import PURCHASE_KINDS
from regulars.measures.scores.taken_back import TAKEN_BACK

# Touches that are no contact: money, the company's own steps, mass mail and what only follows from other touches.
NO_CONTACT = (
    *PURCHASE_KINDS,
    "cancellation",
    "production",
    "offer",
    "answer",
    "review",
    "mystery visit",
    "departure",
    "referral",
    "escalation",
)
# Steps of messages that are none either: to be asked for an answer is not to be served.
NO_CONTACT_STEPS = ("invite", "remind")
IS_CONTACT = f"(kind IS NULL OR kind NOT IN {NO_CONTACT}) AND (step IS NULL OR step NOT IN {NO_CONTACT_STEPS})"
# Touches by which a promise is kept.
KEPT_BY = ("delivery", "collection")
# Outcomes by which a promise is over, as files and pages write them.
OVER = ("delivered", "collected", "done", "resolved", "closed", "called back", "finished", "cancelled")


def newest_days(pages: str) -> str:
    """The newest day that files brought (as_of), and the newest of all (seen_to): one row, nulls in an empty log.

    A contact logged on a page must not make a shop look deserted whose last orders were imported a month ago.
    """
    return f"""
        SELECT coalesce(max(occurred_on) FILTER (source IS DISTINCT FROM '{pages}'), max(occurred_on)) AS as_of,
            max(occurred_on) AS seen_to
        FROM recorded_interactions"""


def touches(as_of: date, seen_to: date) -> str:
    """One row per known client: what was bought up to ``as_of``, contacts and complaints up to ``seen_to``."""
    year = f"occurred_on > DATE '{as_of - timedelta(days=YEAR_DAYS)}'"
    known = f"occurred_on <= DATE '{as_of}'"
    bought = f"kind IN {PURCHASE_KINDS} AND {known}"
    contact = f"({IS_CONTACT})"
    newest = "max({'at': occurred_at, 'kind': kind, 'touchpoint': touchpoint})"
    return f"""
        SELECT client_key, min(occurred_on) AS first_seen_on,
            count(*) FILTER (kind = 'order' AND {known} AND {year}) AS orders_last_year,
            sum(amount) FILTER ({bought} AND {year}) AS spend_last_year,
            sum(amount) FILTER ({bought}) AS revenue,
            sum(amount - coalesce(cost, 0)) FILTER ({bought} AND (cost IS NOT NULL OR kind <> 'order')) AS margin,
            sum(amount) FILTER (kind = 'order' AND {known}) AS order_value,
            sum(amount) FILTER (kind = 'order' AND {known} AND cost IS NOT NULL) AS known_value,
            count(*) FILTER ({contact} AND {year}) AS contacts_last_year,
            {newest} FILTER ({contact}) AS last_contact,
            count(*) FILTER (kind = 'complaint' AND {year}) AS complaints_last_year,
            count(*) FILTER (kind = 'complaint' AND lower(outcome) = 'open') AS open_complaints,
            count(*) FILTER (kind IN {KEPT_BY} AND occurred_at > due_at AND {year}) AS late_last_year
        FROM interactions WHERE client_key IS NOT NULL AND occurred_on <= DATE '{seen_to}'
        GROUP BY client_key"""


def overdue(as_of: date, time_zone: str) -> str:
    """One row per client with a promise past its date: how many are not kept.

    A row with a due date that is itself a delivery or a collection is a promise that was kept, on time or late. Any
    other is a promise; it is kept by a delivery or collection of the same order or case, or by its own outcome.
    """
    end = datetime.combine(as_of + timedelta(days=1), time(), ZoneInfo(time_zone))
    return f"""
        SELECT p.client_key, count(*) AS overdue_promises FROM interactions p
        WHERE p.client_key IS NOT NULL AND p.due_at < TIMESTAMPTZ '{end.isoformat()}'
            AND p.occurred_on <= DATE '{as_of}' AND (p.kind IS NULL OR p.kind NOT IN {KEPT_BY})
            AND coalesce(lower(p.outcome), '') NOT IN {OVER}
            AND NOT EXISTS (
                SELECT 1 FROM interactions k
                WHERE k.client_key = p.client_key AND k.thread = p.thread AND k.kind IN {KEPT_BY}
                    AND k.occurred_at >= p.occurred_at AND k.occurred_on <= DATE '{as_of}')
        GROUP BY p.client_key"""


# Who answers in confidence: by what they are, and by the survey that they answer.
IN_CONFIDENCE = "SELECT client_key FROM clients WHERE kind IN ('employee', 'department', 'partner')"
INNER_SURVEYS = """SELECT key FROM decisions WHERE noun = 'survey'
    AND regexp_matches(body, '"audience" *: *"(employees|partners)"')"""


def last_answers(as_of: date) -> str:
    """One row per client who answered with a score: the most telling score of the last time.

    What employees and partners answer is given in confidence and never stands beside one of them; what was typed in by
    mistake and taken back counts nowhere.
    """
    telling = "CASE a.kind WHEN 'nps' THEN 4 WHEN 'csat' THEN 3 WHEN 'ces' THEN 2 ELSE 1 END"
    scale = "printf('%g-%g', a.scale_min, a.scale_max)"
    return f"""
        SELECT client_key, last.answered_on AS last_answer_on, last.kind AS last_answer_kind,
            last.score AS last_answer_score, last.scale AS last_answer_scale
        FROM (
            SELECT i.client_key, max({{'at': i.occurred_at, 'telling': {telling}, 'answered_on': i.occurred_on,
                'kind': a.kind, 'score': a.score, 'scale': {scale}}}) AS last
            FROM answers a JOIN interactions i USING (interaction_id)
            WHERE i.client_key IS NOT NULL AND a.score IS NOT NULL AND i.occurred_on <= DATE '{as_of}'
                AND i.client_key NOT IN ({IN_CONFIDENCE}) AND coalesce(a.survey, '') NOT IN ({INNER_SURVEYS})
                AND i.interaction_id NOT IN ({TAKEN_BACK})
            GROUP BY i.client_key)"""


FACTS = current_facts(
    "client_key, import_id, name, value, source, known_at, confirmed_at, confirmed_by, fact_id, status"
)


def ranked(basis: Literal["margin", "revenue"]) -> str:
    """One row per customer with a purchase: what they bring, their place by it, and all together."""
    return f"""
        SELECT client_key, {basis} AS brings, row_number() OVER best AS value_rank,
            sum({basis}) OVER (best ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS better,
            sum({basis}) OVER () AS total
        FROM touches SEMI JOIN rfm USING (client_key) WINDOW best AS (ORDER BY {basis} DESC NULLS LAST, client_key)"""
