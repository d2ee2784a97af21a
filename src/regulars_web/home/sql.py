"""What the page reads from the log besides measures, in DuckDB's SQL, over the engine's views."""

from __future__ import annotations

from datetime import date

from regulars.measures.purchases import PURCHASE_KINDS
from regulars_web.voice.reading.sql import answers

# Clients who are no customers: employees, departments, partners.
OTHERS = "SELECT client_key FROM clients WHERE kind IS NOT NULL AND kind <> 'customer'"
SHORTEST_TEXT, LONGEST_TEXT = 12, 260


def inventory(newest: date) -> str:
    """One row: how much there is, and from when to when.

    ``customers`` are those with an interaction, ``known`` those in a list of customers alone, too.
    """
    return f"""
SELECT count(*) AS interactions,
    count(DISTINCT client_key) FILTER (client_key NOT IN ({OTHERS})) AS customers,
    customers + (
        SELECT count(DISTINCT client_key) FROM clients WHERE client_key NOT IN ({OTHERS})
            AND client_key NOT IN (SELECT client_key FROM interactions WHERE client_key IS NOT NULL)) AS known,
    count(*) FILTER (kind = 'order') AS orders,
    count(*) FILTER (coalesce(kind, '') NOT IN {PURCHASE_KINDS}) AS contacts,
    min(occurred_on) FILTER (kind = 'order') AS first_order_on,
    min(occurred_on) AS first_on, max(occurred_on) AS newest_on, max(occurred_at) AS newest_at
FROM interactions WHERE occurred_on <= DATE '{newest}'"""  # noqa: S608  days and words of ours


def changes(first: date, last: date, before: tuple[date, date]) -> str:
    """One row: orders, revenue and active customers of a period less the period before, with standard errors.

    Each customer (each guest order) gives one difference; customers are taken to come at random, so the variance of
    the sum is the sum of their squares, and what a customer does in both periods is not counted as chance twice.
    """
    now = f"occurred_on BETWEEN DATE '{first}' AND DATE '{last}'"
    then = f"occurred_on BETWEEN DATE '{before[0]}' AND DATE '{before[1]}'"
    return f"""
WITH each AS (
    SELECT client_key IS NOT NULL AS known,
        count(*) FILTER (kind = 'order' AND {now}) AS orders,
        count(*) FILTER (kind = 'order' AND {then}) AS orders_before,
        coalesce(sum(amount) FILTER ({now}), 0) AS revenue,
        coalesce(sum(amount) FILTER ({then}), 0) AS revenue_before
    FROM interactions
    WHERE kind IN {PURCHASE_KINDS} AND ({now} OR {then})
    GROUP BY client_key, CASE WHEN client_key IS NULL THEN interaction_id END)
SELECT sum(orders) - sum(orders_before) AS orders, sqrt(sum((orders - orders_before) ** 2)) AS orders_error,
    CAST(sum(revenue) - sum(revenue_before) AS DOUBLE) AS revenue,
    sqrt(sum(CAST(revenue - revenue_before AS DOUBLE) ** 2)) AS revenue_error,
    count(*) FILTER (known AND orders > 0) - count(*) FILTER (known AND orders_before > 0) AS active,
    sqrt(count(*) FILTER (known AND (orders > 0) <> (orders_before > 0))) AS active_error
FROM each"""  # noqa: S608  days and words of ours


def average_order(first: date | None, last: date) -> str:
    """One row: number, mean and standard deviation of order amounts in the period."""
    return f"""
SELECT count(amount) AS n, avg(CAST(amount AS DOUBLE)) AS mean, stddev_samp(CAST(amount AS DOUBLE)) AS deviation
FROM interactions WHERE kind = 'order' AND {_within(first, last)}"""  # noqa: S608  days and words of ours


def touches_by_day(newest: date) -> str:
    """One row a day: touches, and how many of them are complaints."""
    return f"""
SELECT occurred_on, count(*) AS touches, count(*) FILTER (kind = 'complaint') AS complaints
FROM interactions WHERE occurred_on <= DATE '{newest}' GROUP BY occurred_on ORDER BY occurred_on"""  # noqa: S608  days and words of ours


def came_back_by_quarter(newest: date, window_days: int) -> str:
    """One row a quarter of first orders: customers seen for the whole window, and how many came back within it."""
    return f"""
WITH days AS (
    SELECT DISTINCT client_key, occurred_on FROM interactions
    WHERE kind = 'order' AND client_key IS NOT NULL AND occurred_on <= DATE '{newest}'),
firsts AS (SELECT client_key, min(occurred_on) AS first_on FROM days GROUP BY client_key),
seconds AS (
    SELECT client_key, first_on, min(d.occurred_on) FILTER (d.occurred_on > first_on) AS second_on
    FROM firsts JOIN days d USING (client_key) GROUP BY client_key, first_on)
SELECT CAST(date_trunc('quarter', first_on) AS DATE) AS quarter_on, count(*) AS customers,
    count(*) FILTER (second_on <= first_on + {window_days}) AS came_back
FROM seconds WHERE first_on + {window_days} <= DATE '{newest}'
GROUP BY 1 ORDER BY 1"""  # noqa: S608  days and words of ours


def recommending(first: date | None, last: date) -> str:
    """One row: answers of customers to 'would you recommend us' in the period, and how many known customers gave them.

    The same answers as the measure counts.
    """
    return f"""
SELECT count(*) AS n, count(DISTINCT i.client_key) AS customers
FROM ({answers()}) a JOIN interactions i USING (interaction_id)
WHERE i.kind = 'answer' AND a.kind = 'nps' AND a.score IS NOT NULL AND a.usable AND NOT a.duplicate
    AND a.audience = 'customers' AND {_within(first, last, "i.")}"""  # noqa: S608  days and words of ours


def quotes(first: date | None, last: date) -> str:
    """The newest words of a detractor, of a promoter and of anybody else in the period, with the score given then."""
    return f"""
WITH given AS ({answers()}),
said AS (
    SELECT i.client_key, i.occurred_on, i.occurred_at, trim(a.text) AS text, a.language, i.interaction_id
    FROM given a JOIN interactions i USING (interaction_id)
    WHERE a.text IS NOT NULL AND length(trim(a.text)) BETWEEN {SHORTEST_TEXT} AND {LONGEST_TEXT}
        AND {_within(first, last, "i.")} AND i.client_key IS NOT NULL AND a.audience = 'customers'),
scored AS (
    SELECT said.*, n.score, n.scale_max,
        CASE n.level WHEN -1 THEN 'low' WHEN 1 THEN 'high' ELSE 'between' END AS kind
    FROM said LEFT JOIN given n ON n.interaction_id = said.interaction_id AND n.kind = 'nps')
SELECT * EXCLUDE (interaction_id) FROM scored
QUALIFY row_number() OVER (PARTITION BY kind ORDER BY occurred_at DESC, text) = 1
ORDER BY occurred_at DESC, text"""  # noqa: S608  days and words of ours


def complaint_words(first: date | None, last: date) -> str:
    """The newest complaints of the period in the customers' words, for a log without answers in words."""
    return f"""
SELECT client_key, occurred_on, occurred_at, trim(text) AS text, NULL AS language, NULL AS score, NULL AS scale_max,
    'complaint' AS kind
FROM interactions
WHERE kind = 'complaint' AND length(trim(text)) BETWEEN {SHORTEST_TEXT} AND {LONGEST_TEXT} AND {_within(first, last)}
    AND client_key NOT IN ({OTHERS})
ORDER BY occurred_at DESC, text LIMIT 2"""  # noqa: S608  days and words of ours


# One row: pairs of records whose newest statement says that they may be one customer.
DOUBTFUL_PAIRS = """
SELECT count(*) AS pairs FROM (
    SELECT verdict FROM recorded_links
    QUALIFY row_number() OVER (
        PARTITION BY least(left_key, right_key), greatest(left_key, right_key)
        ORDER BY decided_at DESC, import_id DESC) = 1)
WHERE verdict = 'doubtful'"""

# Of the customer base; ? are the group's keys.
IN_GROUP = " WHERE client_key IN (SELECT unnest(CAST(? AS BIGINT[])))"
STATE = """
SELECT count(*) AS customers, count(*) FILTER (orders > 0) AS buyers, count(*) FILTER (orders = 1) AS once,
    count(*) FILTER (slipping) AS slipping, sum(at_stake) AS at_stake,
    count(*) FILTER (slipping AND key_customer) AS key_slipping,
    sum(at_stake) FILTER (key_customer) AS key_at_stake,
    sum(at_stake_low) FILTER (slipping AND key_customer) AS key_at_stake_low,
    sum(at_stake_high) FILTER (slipping AND key_customer) AS key_at_stake_high,
    count(*) FILTER (slipping AND key_customer AND at_stake_low IS NULL) AS key_unsure,
    sum(at_stake_low) AS at_stake_low, sum(at_stake_high) AS at_stake_high,
    count(*) FILTER (slipping AND at_stake_low IS NULL) AS unsure,
    min(at_stake_reason) FILTER (slipping IS NULL) AS slipping_reason,
    count(*) FILTER (segment IN ('cannot lose', 'at risk') AND spend > 0) AS quiet,
    sum(spend) FILTER (segment IN ('cannot lose', 'at risk') AND spend > 0) AS quiet_spend,
    median(recency_days) FILTER (segment IN ('cannot lose', 'at risk') AND spend > 0) AS quiet_days,
    coalesce(sum(facts_known), 0) AS facts, coalesce(sum(facts_stale), 0) AS stale,
    count(*) FILTER (facts_stale > 0) AS stale_customers,
    sum(spend_last_year) FILTER (facts_stale > 0) AS stale_spend,
    coalesce(sum(overdue_promises), 0) AS overdue, count(*) FILTER (overdue_promises > 0) AS overdue_customers,
    sum(spend_last_year) FILTER (overdue_promises > 0) AS overdue_spend,
    coalesce(sum(open_complaints), 0) AS complaints, count(*) FILTER (open_complaints > 0) AS complaint_customers,
    sum(spend_last_year) FILTER (open_complaints > 0) AS complaint_spend,
    sum(spend_last_year) AS spend_last_year, min(first_order_on) AS first_order_on
FROM base"""
SLIPPING_KEYS = "SELECT client_key FROM base WHERE slipping AND key_customer"
STILL_IN_TIME = "SELECT count(*) AS customers FROM base WHERE orders = 1 AND recency_days <= ?"
SEGMENTS = """
SELECT segment, count(*) AS customers, sum(spend) AS revenue, median(recency_days) AS median_recency_days,
    avg(CAST(spend AS DOUBLE)) AS average_value, stddev_samp(CAST(spend AS DOUBLE)) AS deviation
FROM base{group} {joint} segment IS NOT NULL GROUP BY segment ORDER BY revenue DESC, segment"""


def _within(first: date | None, last: date, prefix: str = "") -> str:
    begins = f"{prefix}occurred_on >= DATE '{first}' AND " if first else ""
    return f"{begins}{prefix}occurred_on <= DATE '{last}'"
